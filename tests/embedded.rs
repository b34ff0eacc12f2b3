//! The built-in packs are the folders under `rules/`. `GOVLINT_BLESS=1 cargo test --test embedded` rewrites the list.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use govlint::manifest::BUILT_IN;
use govlint::pack::{built_in, folder};

#[test]
fn the_list_of_built_in_packs_is_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("src/pack/embedded.rs");
    let current = fs::read_to_string(&path).expect("the list is there");
    let (head, _) = current.split_once("pub const PACKS").expect("the list begins");
    let mut wanted = format!("{head}pub const PACKS: &[EmbeddedPack] = &[\n");
    for pack in sorted(&root.join("rules")) {
        let _ = writeln!(wanted, "    (\n        \"{pack}\",\n        &[");
        // Markdown is for people.
        for file in sorted(&root.join("rules").join(&pack)).iter().filter(|file| !file.ends_with(".md")) {
            let _ = writeln!(wanted, "            (\"{file}\", include_str!(\"../../rules/{pack}/{file}\")),");
        }
        let _ = writeln!(wanted, "        ],\n    ),");
    }
    wanted.push_str("];\n");
    if std::env::var_os("GOVLINT_BLESS").is_some() {
        fs::write(&path, &wanted).expect("the list can be written");
    } else {
        assert_eq!(current, wanted, "run GOVLINT_BLESS=1 cargo test --test embedded");
    }
}

#[test]
fn every_built_in_pack_loads_with_full_proof_and_as_embedded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for pack in built_in::all(&BUILT_IN) {
        let proven = folder(&BUILT_IN, &root.join(&pack.instrument.id)).expect("a built-in pack has no mistakes");
        assert_eq!(proven.digest, pack.digest);
        assert_eq!(proven.rules.len(), pack.rules.len());
    }
}

fn sorted(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
