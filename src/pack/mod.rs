//! Rule packs: instruments, rules and conditions, read and type-checked against the manifest's schema.
//!
//! A pack that has any mistake is not loaded; all its mistakes are reported, each at its place. Nothing here decides a
//! condition: that is `engine`'s, which this module must not know.

pub mod built_in;
mod condition;
mod draft;
pub mod embedded;
mod error;
mod instrument;
mod leaf;
mod load;
mod model;
mod path;
mod read;
mod rule;
pub mod uses;

pub use draft::{Drafts, Spot, draft};
pub use error::{Mistake, PackError};
pub(crate) use leaf::bare;
pub use leaf::{OWN_KEYWORDS, SCHEMA_KEYWORDS};
pub use load::{PackFile, folder, load};
pub use model::*;
pub use read::Proof;
pub use rule::{OUTCOMES, TOPICS};
