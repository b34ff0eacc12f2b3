//! Manifests to change, and what comes out: read, checked and judged by the gate as `govlint check` does.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use govlint::engine::{Outcome, Plan, Severity};
use govlint::json::Limits;
use govlint::lang::Lang;
use govlint::manifest::{BUILT_IN, Manifest, Origin};
use govlint::pack::{built_in, folder};
use govlint::report::{Allow, FailOn, Gate, Making, Totals, report};
use govlint::time::Date;
use serde_json::Value;

/// The day for which examples are checked that name none.
const DAY: &str = "2026-11-24";

/// A manifest with the packs and the day to check it for.
pub struct Example {
    pub name: String,
    pub manifest: Value,
    plan: Arc<Plan>,
    as_of: Date,
}

/// What came out.
pub enum Run {
    Broken,
    Checked(Gate, Vec<Outcome>),
}

impl Run {
    pub fn gate(&self) -> Gate {
        match self {
            Self::Broken => Gate::Error,
            Self::Checked(gate, _) => *gate,
        }
    }

    pub fn outcomes(&self) -> Vec<Outcome> {
        match self {
            Self::Broken => Vec::new(),
            Self::Checked(_, outcomes) => outcomes.clone(),
        }
    }
}

impl Example {
    /// Checks a changed manifest.
    pub fn run(&self, manifest: &Value) -> Run {
        let bytes = manifest.to_string().into_bytes();
        let Ok(manifest) = Manifest::read(Origin::file("changed.json".to_owned()), bytes, &Limits::default()) else {
            return Run::Broken;
        };
        let making = Making { as_of: self.as_of, lang: Lang::En, results: false, settle: false, redact: false };
        let report = report(&self.plan, &manifest, false, making);
        let mut totals = Totals::new(&self.plan, FailOn::At(Severity::Warning), Allow::default());
        totals.add(&report);
        Run::Checked(totals.gate(), report.results.iter().map(|result| result.outcome).collect())
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn entries(path: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut entries: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Each pack with its folder.
fn packs() -> Vec<(PathBuf, Arc<Plan>, Date)> {
    let loaded = entries("rules").into_iter().map(|path| {
        let pack = Arc::new(folder(&BUILT_IN, &path).unwrap());
        let as_of = pack.instrument.tests_as_of;
        (path, Arc::new(Plan::new(&BUILT_IN, vec![pack])), as_of)
    });
    loaded.collect()
}

/// The example of each pack on its own rules, and each example on all of them.
pub fn examples() -> Vec<Example> {
    let of_packs = packs().into_iter().map(|(path, plan, as_of)| Example {
        name: stem(&path),
        manifest: json(&path.join("example.json")),
        plan,
        as_of,
    });
    let all = Arc::new(Plan::new(&BUILT_IN, built_in::all(&BUILT_IN)));
    let files = entries("examples").into_iter().filter(|path| path.extension().is_some_and(|end| end == "json"));
    let others = files.map(|path| Example {
        name: format!("examples-{}", stem(&path)),
        manifest: json(&path),
        plan: Arc::clone(&all),
        as_of: DAY.parse().unwrap(),
    });
    of_packs.chain(others).collect()
}

/// Manifests that fail: of each rule the first test that expects it to be violated.
pub fn failing() -> Vec<Example> {
    let mut all = Vec::new();
    for (path, plan, as_of) in packs() {
        let example = json(&path.join("example.json"));
        let files = entries(&format!("rules/{}", stem(&path)));
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
            for rule in json(file)["rules"].as_array().into_iter().flatten() {
                let tests = rule["tests"].as_array().into_iter().flatten();
                // A violation of what the law only encourages is advice, which fails no gate by default.
                let violated = |expect: &Value| {
                    rule["strength"] != "encouraged"
                        && expect.as_str().is_some_and(|word| word.starts_with("fail") && word != "fail/advice")
                };
                let fails = |test: &&Value| match &test["expect"] {
                    Value::Object(items) => items.values().any(violated),
                    outcome => violated(outcome),
                };
                let Some(test) = tests.into_iter().find(|test| fails(test) && test.get("patch").is_some()) else {
                    continue;
                };
                let mut manifest = example.clone();
                json_patch::merge(&mut manifest, &test["patch"]);
                let as_of = test["as_of"].as_str().map_or(as_of, |day| day.parse().unwrap());
                let name = format!("{}/{}", stem(&path), rule["id"].as_str().unwrap());
                all.push(Example { name, manifest, plan: Arc::clone(&plan), as_of });
            }
        }
    }
    all
}
