//! Every rule's tests, each a test with a name: `us-omb-m-25-21/4(b)(i).1: testing in progress`.

use std::path::Path;
use std::sync::Arc;

use govlint::authoring::test::Bench;
use govlint::manifest::BUILT_IN;
use govlint::pack::{PackError, folder};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut trials = Vec::new();
    let mut folders: Vec<_> =
        std::fs::read_dir(&rules).expect("there are rules").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    for path in folders {
        let name = path.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        match folder(&BUILT_IN, &path) {
            Ok(pack) => trials.extend(trials_of(Arc::new(pack))),
            Err(errors) => trials.push(Trial::test(format!("{name} loads"), move || Err(Failed::from(told(&errors))))),
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn trials_of(pack: Arc<govlint::pack::Pack>) -> Vec<Trial> {
    let bench = Arc::new(Bench::new(&BUILT_IN, Arc::clone(&pack)));
    let mut trials = Vec::new();
    for (rule, source) in pack.rules.iter().enumerate() {
        for (test, named) in source.tests.iter().enumerate() {
            let bench = Arc::clone(&bench);
            trials.push(Trial::test(format!("{}: {}", source.id, named.name), move || {
                let rule = &bench.pack().rules[rule];
                bench.run(rule, &rule.tests[test]).map_err(Failed::from)
            }));
        }
    }
    trials
}

fn told(errors: &[PackError]) -> String {
    let lines = errors.iter().map(|error| {
        let place = error.file.region(error.span);
        format!(
            "{}:{}:{}: {error}\n  {}",
            error.file.name,
            place.line,
            place.column,
            error.kind.help().unwrap_or_default()
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}
