//! What tells a mutant that no test noticed from the rule: a test that one could add, or a proof that nothing does.

use serde_json::{Map, Value, json};

use super::Mutant;
use super::formula::severities;
use crate::authoring::test::{CameOut, came_out};
use crate::engine::Outcome;
use crate::json::Limits;
use crate::manifest::{Manifest, ManifestSchema, Origin};
use crate::pack::{Pack, Rule};
use crate::prove::{Answer, Day, Duty, Goal, Prover};
use crate::time::Date;

/// A test that would notice a mutant.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The rule whose test it would be, by its position in the pack.
    pub rule: usize,
    /// How it changes the example.
    pub patch: Value,
    /// The run's date, where it is not the instrument's.
    pub as_of: Option<Date>,
    /// What the rule comes to, which whoever adds the test must find right.
    pub found: Vec<CameOut>,
    /// What the mutant comes to.
    pub instead: Vec<CameOut>,
}

/// Whether something tells a mutant from the rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Apart {
    /// This test does.
    By(Suggestion),
    /// Nothing does: the mutant is proven equivalent.
    Never,
    /// Nothing was found, and nothing is proven.
    Unknown,
}

/// The outcomes, those first that make the plainest tests.
const PLAINEST: [Outcome; 7] = [
    Outcome::Fail,
    Outcome::Review,
    Outcome::Pass,
    Outcome::NotApplicable,
    Outcome::Upcoming,
    Outcome::Unstated,
    Outcome::Undetermined,
];

/// Looks for what tells a mutant from the rules that it touches.
pub fn apart(prover: &Prover<'_>, schema: &ManifestSchema, pack: &Pack, mutant: &Mutant) -> Apart {
    let best = pack.instrument.tests_as_of;
    let mut proven = true;
    for outcome in PLAINEST {
        for (number, mutated) in &mutant.rules {
            let rule = &pack.rules[*number];
            for (duty, other) in Duty::all(pack, rule).into_iter().zip(Duty::all(pack, mutated)) {
                let answer = prover.find(&otherwise(outcome, duty, other), Day::Any { best });
                let suggestion = match &answer {
                    Answer::Witness(found) => {
                        let question = Question { schema, pack, rule, mutated, as_of: found.as_of };
                        question.suggest(*number, &found.manifest)
                    }
                    Answer::Never | Answer::Unknown(_) => None,
                };
                if let Some(suggestion) = suggestion {
                    return Apart::By(suggestion);
                }
                proven &= answer == Answer::Never;
            }
        }
    }
    if proven { Apart::Never } else { Apart::Unknown }
}

/// The rule comes to this outcome and the mutant to something else, as far as a test can tell.
fn otherwise<'p>(outcome: Outcome, duty: Duty<'p>, mutant: Duty<'p>) -> Goal<'p> {
    let told = |rule: &Rule| {
        let severity =
            severities(rule).into_iter().find_map(|(other, severity)| (other == outcome).then_some(severity));
        (severity, outcome == Outcome::Pass && !rule.decides.pass)
    };
    let comes_to = duty.outcome(outcome);
    if told(duty.rule) == told(mutant.rule) { comes_to.and(!mutant.outcome(outcome)) } else { comes_to }
}

/// A rule and a mutant of it on a day.
struct Question<'a> {
    schema: &'a ManifestSchema,
    pack: &'a Pack,
    rule: &'a Rule,
    mutated: &'a Rule,
    as_of: Date,
}

impl Question<'_> {
    /// The smallest part found of what makes the witness of the pack's example that tells rule and mutant apart still.
    fn suggest(&self, number: usize, witness: &Value) -> Option<Suggestion> {
        let whole = difference(&self.pack.example, witness);
        self.told_apart(&whole)?;
        let mut kept = Value::Object(whole);
        // Documents can only stay away while nothing names them, so once they are there, more can go.
        for _ in 0..2 {
            self.shrink(&mut kept, &mut Vec::new());
        }
        let (found, instead) = self.told_apart(kept.as_object()?)?;
        let as_of = (self.as_of != self.pack.instrument.tests_as_of).then_some(self.as_of);
        Some(Suggestion { rule: number, patch: kept, as_of, found, instead })
    }

    /// What rule and mutant come to on the example with a patch, where that is a manifest and they differ.
    fn told_apart(&self, patch: &Map<String, Value>) -> Option<(Vec<CameOut>, Vec<CameOut>)> {
        let mut value = self.pack.example.clone();
        json_patch::merge(&mut value, &Value::Object(patch.clone()));
        let manifest = Manifest::read(Origin::file(""), value.to_string().into_bytes(), &Limits::default()).ok()?;
        let of = |rule| came_out(self.schema, &self.pack.instrument, rule, manifest.root(), self.as_of);
        let told = |found: &[CameOut]| {
            found.iter().map(|found| (found.item.clone(), found.outcome.clone())).collect::<Vec<_>>()
        };
        let (found, instead) = (of(self.rule), of(self.mutated));
        (told(&found) != told(&instead)).then_some((found, instead))
    }

    /// Takes away each member that is not needed, at `path` and below.
    fn shrink(&self, whole: &mut Value, path: &mut Vec<String>) {
        let at = |whole: &Value, path: &[String]| -> Vec<String> {
            let object = path.iter().try_fold(whole, |value, key| value.get(key)).and_then(Value::as_object);
            object.into_iter().flat_map(Map::keys).cloned().collect()
        };
        for key in at(whole, path) {
            let mut without = whole.clone();
            let object =
                path.iter().try_fold(&mut without, |value, key| value.get_mut(key)).and_then(Value::as_object_mut);
            object.map(|object| object.shift_remove(&key));
            if without.as_object().is_some_and(|patch| self.told_apart(patch).is_some()) {
                *whole = without;
                continue;
            }
            path.push(key);
            self.shrink(whole, path);
            path.pop();
        }
    }
}

/// The merge patch that makes one manifest of another.
fn difference(from: &Value, to: &Value) -> Map<String, Value> {
    let mut patch = Map::new();
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (from, to) = (members(from), members(to));
    for (key, value) in &to {
        match from.get(key) {
            Some(known) if known == value => {}
            Some(known) if known.is_object() && value.is_object() => {
                patch.insert(key.clone(), Value::Object(difference(known, value)));
            }
            _ => drop(patch.insert(key.clone(), value.clone())),
        }
    }
    patch.extend(from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), Value::Null)));
    patch
}

impl Suggestion {
    /// The test as it would stand in the rule's file, without a name.
    pub fn test(&self) -> Value {
        let mut test = Map::new();
        if self.patch.as_object().is_some_and(|patch| !patch.is_empty()) {
            test.insert("patch".to_owned(), self.patch.clone());
        }
        test.extend(self.as_of.map(|day| ("as_of".to_owned(), json!(day))));
        test.insert("expect".to_owned(), expectation(&self.found));
        Value::Object(test)
    }
}

/// What came out, as a test would expect it.
fn expectation(found: &[CameOut]) -> Value {
    let word = |found: &CameOut| Value::from(crate::authoring::test::word(&found.outcome));
    match found {
        [only] if only.item.is_empty() => word(only),
        items => Value::Object(items.iter().map(|found| (found.item.clone(), word(found))).collect()),
    }
}
