//! Outcomes to findings, and findings to formats.
//!
//! Rendering knows findings and spans, never how rules are decided. One file per format.

mod block;
mod build;
pub mod cite;
pub mod days;
mod evidence;
mod excerpt;
mod finding;
pub mod human;
pub mod json;
pub mod say;
mod spacing;
mod summary;
mod totals;
pub mod words;
mod wrap;

pub use block::{Block, Look};
pub use build::{MOST_LABELS, Making, report, waiting};
pub use excerpt::{Excerpts, plain};
pub use finding::{
    Counts, Finding, ItemName, Label, ManifestReport, NamedFact, Note, ResultLine, Role, System, Waiting,
};
pub use summary::table;
pub use totals::{Allow, FailOn, Gate, Totals, most_first};
pub use wrap::{hanging, wrap};
