//! Other people's formats to manifests, one file per format.
//!
//! An importer reads what somebody published and writes one manifest per line. It invents nothing: what a cell does not
//! say, or says in words that the importer does not know, stays unstated, and is counted. Importers know the facts of the
//! manifest's schema by their pointers. They know nothing of rules, and judge nothing that they read.

mod error;
pub mod omb_2025;
mod report;
mod rows;

use std::fmt;
use std::io::{Read, Write};

use crate::lang::Lang;

pub use error::{ImportError, Place};
pub use report::{ColumnTally, Reason, Tally, Unread};

/// A format that manifests can be made from.
#[derive(Debug)]
pub struct Importer {
    /// The word that names it on the command line.
    pub name: &'static str,
    /// What it reads, in English.
    en: &'static str,
    /// What it reads, in Chinese.
    zh: &'static str,
    /// Reads all of the input and writes the manifests.
    pub run: Run,
    /// Where each fact comes from, in the order of the manifest's schema.
    pub mappings: fn() -> Vec<Mapping>,
}

/// From a reader to manifests, one per line, on a writer. What could not be read is told to the third argument.
pub type Run = fn(&mut dyn Read, &mut dyn Write, &mut dyn FnMut(Unread)) -> Result<Tally, ImportError>;

impl Importer {
    /// What it reads.
    pub const fn about(&self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }
}

/// Where facts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What says so.
    pub origin: Origin,
    /// The facts, by their pointers.
    pub facts: &'static [&'static str],
}

/// What an imported fact rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A column of the source.
    Column(&'static str),
    /// Being in the source at all; the value is JSON.
    Source(&'static str),
}

impl Mapping {
    /// The mapping in one line.
    pub fn say(&self, lang: Lang) -> String {
        let facts = self.facts.join(", ");
        match (self.origin, lang) {
            (Origin::Column(name), _) => format!("{name} -> {facts}"),
            (Origin::Source(value), Lang::En) => format!("(the source itself: {value}) -> {facts}"),
            (Origin::Source(value), Lang::Zh) => format!("（来源本身：{value}）-> {facts}"),
        }
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// Every importer.
pub const IMPORTERS: &[Importer] = &[omb_2025::IMPORTER];

/// The importer of this name.
pub fn named(name: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().find(|importer| importer.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn importers_are_found_by_name() {
        let importer = named("omb-2025").unwrap();
        assert_ne!(importer.about(Lang::En), importer.about(Lang::Zh));
        assert!(named("omb-1925").is_none());
    }
}
