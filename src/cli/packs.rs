//! The packs that a command works with: built-in ones by name, others by folder.

use std::path::Path;
use std::sync::Arc;

use crate::engine::Plan;
use crate::manifest::{BUILT_IN, suggest};
use crate::pack::{Pack, built_in, folder};
use crate::report::{Look, human};

use super::failure::Failure;

/// Loads the packs named, or all built-in ones where none is.
pub fn load(named: &[String], look: Look) -> Result<Vec<Arc<Pack>>, Failure> {
    if named.is_empty() {
        return Ok(built_in::all(&BUILT_IN));
    }
    let mut packs: Vec<Arc<Pack>> = Vec::new();
    for name in named {
        let pack = one(name, look)?;
        let known = packs.iter().find(|known| known.instrument.id == pack.instrument.id);
        match known {
            Some(known) if known.digest == pack.digest => {}
            Some(_) => return Err(Failure::TwoPacks(pack.instrument.id.clone())),
            None => packs.push(pack),
        }
    }
    Ok(packs)
}

/// Loads one pack.
pub fn one(name: &str, look: Look) -> Result<Arc<Pack>, Failure> {
    if let Some(pack) = built_in::named(&BUILT_IN, name) {
        return Ok(pack);
    }
    if Path::new(name).is_dir() {
        let pack = read(Path::new(name), look)?;
        if built_in::names().any(|known| known == pack.instrument.id) {
            let id = &pack.instrument.id;
            let same = built_in::named(&BUILT_IN, id).is_some_and(|known| known.digest == pack.digest);
            if !same {
                return Err(Failure::NotBuiltIn { folder: name.to_owned(), id: id.clone() });
            }
        }
        return Ok(pack);
    }
    Err(unknown(name))
}

/// Loads the packs named, or all built-in ones where none is, with the tests of their rules. A folder may hold what is
/// to become a built-in pack.
pub fn to_author(named: &[String], look: Look) -> Result<Vec<Arc<Pack>>, Failure> {
    let built_in = built_in::names().map(str::to_owned).collect::<Vec<_>>();
    let named = if named.is_empty() { &built_in } else { named };
    let load = |name: &String| match built_in::with_tests(&BUILT_IN, name) {
        Some(pack) => Ok(pack),
        None if Path::new(name).is_dir() => read(Path::new(name), look),
        None => Err(unknown(name)),
    };
    named.iter().map(load).collect()
}

fn read(path: &Path, look: Look) -> Result<Arc<Pack>, Failure> {
    folder(&BUILT_IN, path).map(Arc::new).map_err(|errors| Failure::Drawn(human::pack_errors(&errors, look)))
}

fn unknown(name: &str) -> Failure {
    let near = suggest::nearest(name, built_in::names()).map(str::to_owned);
    Failure::UnknownPack { name: name.to_owned(), near, there: built_in::names().collect() }
}

/// Compiles packs into a plan.
pub fn plan(packs: Vec<Arc<Pack>>) -> Plan {
    Plan::new(&BUILT_IN, packs)
}
