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
    let path = Path::new(name);
    if path.is_dir() {
        let pack = folder(&BUILT_IN, path).map_err(|errors| Failure::Drawn(human::pack_errors(&errors, look)))?;
        if built_in::names().any(|known| known == pack.instrument.id) {
            let id = &pack.instrument.id;
            let same = built_in::named(&BUILT_IN, id).is_some_and(|known| known.digest == pack.digest);
            if !same {
                return Err(Failure::NotBuiltIn { folder: name.to_owned(), id: id.clone() });
            }
        }
        return Ok(Arc::new(pack));
    }
    let near = suggest::nearest(name, built_in::names()).map(str::to_owned);
    Err(Failure::UnknownPack { name: name.to_owned(), near, there: built_in::names().collect() })
}

/// Compiles packs into a plan.
pub fn plan(packs: Vec<Arc<Pack>>) -> Plan {
    Plan::new(&BUILT_IN, packs)
}
