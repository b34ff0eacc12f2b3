//! The built-in packs, loaded.

use std::sync::Arc;

use rayon::prelude::*;

use crate::manifest::ManifestSchema;

use super::embedded::{EmbeddedPack, PACKS};
use super::load::{PackFile, load};
use super::model::Pack;
use super::read::Proof;

/// The names of the built-in packs, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|(name, _)| *name)
}

/// Loads one built-in pack, without the tests of its rules.
pub fn named(schema: &ManifestSchema, name: &str) -> Option<Arc<Pack>> {
    PACKS.iter().find(|(known, _)| *known == name).map(|pack| loaded(schema, pack, Proof::Done))
}

/// Loads one built-in pack with the tests of its rules.
pub fn with_tests(schema: &ManifestSchema, name: &str) -> Option<Arc<Pack>> {
    PACKS.iter().find(|(known, _)| *known == name).map(|pack| loaded(schema, pack, Proof::Full))
}

/// Loads all built-in packs, as many at once as there are processors.
pub fn all(schema: &ManifestSchema) -> Vec<Arc<Pack>> {
    PACKS.par_iter().map(|pack| loaded(schema, pack, Proof::Done)).collect()
}

fn loaded(schema: &ManifestSchema, (name, files): &EmbeddedPack, proof: Proof) -> Arc<Pack> {
    let file =
        |(file, text): &(&str, &str)| PackFile { name: format!("{name}/{file}"), bytes: text.as_bytes().to_vec() };
    let pack = load(schema, files.iter().map(file).collect(), proof);
    Arc::new(pack.expect("a test loads every built-in pack with full proof"))
}
