//! A case: a pack, a manifest and a day, printed so that a person can read them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use govlint::engine::reference::Reference;
use govlint::engine::{Decided, Outcome, Plan, Reason};
use govlint::json::{Document, Limits, NodeId, read};
use govlint::pack::{Pack, PackError, PackFile, Proof, Rule, load};
use govlint::time::Date;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::author::{Author, Written};
use crate::choices::{Choices, numbers};
use crate::declarer::Declarer;
use crate::edit;
use crate::vocabulary::{PUBLISHED, SMALL, Vocabulary};

/// A pack, a manifest and a day.
#[derive(Clone)]
pub struct Case {
    pub vocabulary: &'static Vocabulary,
    pub written: Written,
    pub manifest: Value,
    pub as_of: Date,
}

/// Cases over the small schema.
pub fn small() -> impl Strategy<Value = Case> {
    cases(&SMALL, 300)
}

/// Cases over the published schema.
pub fn published() -> impl Strategy<Value = Case> {
    cases(&PUBLISHED, 1_000)
}

fn cases(vocabulary: &'static Vocabulary, facts: usize) -> impl Strategy<Value = Case> {
    let days = prop::sample::select(vec!["2026-06-15", "2026-06-14", "2026-06-16", "2025-06-15", "2026-09-30"]);
    (numbers(300), numbers(facts), days).prop_map(move |(rules, facts, day)| Case {
        vocabulary,
        written: Author::write(vocabulary, Choices::new(rules)),
        manifest: Declarer::declare(vocabulary.schema, Choices::new(facts)),
        as_of: day.parse().unwrap(),
    })
}

/// What one rule comes to, for the manifest or for an item.
pub type Results = Vec<(u32, Decided)>;

impl Case {
    /// The pack, read from its text.
    pub fn pack(&self) -> Arc<Pack> {
        self.written.load(self.vocabulary).unwrap_or_else(|errors| panic!("{self:?}\nis refused: {errors:#?}"))
    }

    /// A plan of the pack alone.
    pub fn plan(&self) -> Plan {
        Plan::new(self.vocabulary.schema, vec![self.pack()])
    }

    /// The names of members that the pack's paths speak of.
    pub fn names(&self) -> BTreeSet<String> {
        let mut names = edit::names(&json!([self.written.instrument, self.written.rules]));
        // A rule reads a document without naming it.
        names.extend(["documents", "plan", "report"].map(str::to_owned));
        names
    }

    /// The pointers of the manifest's members that have one of those names.
    pub fn named_members(&self) -> Vec<String> {
        let names = self.names();
        let named = |pointer: &String| pointer.rsplit('/').next().is_some_and(|name| names.contains(name));
        edit::members(&self.manifest).into_iter().filter(named).collect()
    }

    /// The outcomes that a plan finds on a manifest at the case's day.
    pub fn check(&self, plan: &Plan, manifest: &Value) -> Results {
        let document = document(manifest);
        plan.check(document.root(), self.as_of).iter().map(|result| (result.rule.0, result.decided)).collect()
    }

    /// The outcomes that the reference evaluator finds, by the item that they speak of.
    pub fn judge(&self, pack: &Pack, rule: &Rule, manifest: &Value) -> Vec<(String, Decided)> {
        let document = document(manifest);
        let reference = Reference { schema: self.vocabulary.schema, root: document.root(), as_of: self.as_of };
        let judged = reference.judge(&pack.instrument, rule);
        judged
            .iter()
            .map(|judged| (judged.item.as_ref().map_or_else(String::new, |item| item.pointer.clone()), judged.decided))
            .collect()
    }
}

/// The text of a manifest, read.
pub fn document(manifest: &Value) -> Document {
    read(manifest.to_string().into_bytes(), &Limits::default()).unwrap()
}

/// What the plan says of a rule, and what the reference evaluator says of it.
pub type Both = (Vec<(Option<NodeId>, Decided)>, Vec<(Option<NodeId>, Decided)>);

/// Both evaluators' outcomes, rule by rule.
pub fn both(case: &Case, plan: &Plan, manifest: &Document) -> Vec<Both> {
    let results = plan.check(manifest.root(), case.as_of);
    let reference = Reference { schema: case.vocabulary.schema, root: manifest.root(), as_of: case.as_of };
    let nothing = Decided { outcome: Outcome::NotApplicable, reason: Some(Reason::Scope), due: None, indicated: false };
    let each = plan.rules().map(|(number, pack, rule)| {
        let own = results.iter().filter(|result| result.rule == number);
        let planned = own.map(|result| (result.item().map(|item| item.id()), result.decided)).collect();
        let judged = reference.judge(&pack.instrument, rule);
        let items = judged.iter().map(|judged| {
            let node = judged.item.as_ref().and_then(|item| item.node);
            (node.map(|node| node.id()), judged.decided)
        });
        // There is nothing to judge in an empty array.
        let judged = if judged.is_empty() { vec![(None, nothing)] } else { items.collect() };
        (planned, judged)
    });
    each.collect()
}

impl Written {
    /// Reads the pack from its text, with the texts that every pack needs and without conditions that nothing names.
    pub fn load(&self, vocabulary: &Vocabulary) -> Result<Arc<Pack>, Vec<PackError>> {
        let text = json!({ "en": "…" });
        let mut instrument = json!({
            "id": "laws", "version": "1", "title": text, "short_title": text, "issuer": text, "languages": ["en"],
            "text_status": "text", "tests": { "as_of": "2026-06-15" },
            "articles": [{ "article": "1", "title": text, "duties": [{ "summary": text, "checkable": "yes" }] }],
        });
        instrument.as_object_mut().unwrap().extend(self.named_only().instrument);
        let rules = self.rules.iter().enumerate().map(|(number, rule)| {
            let mut whole = json!({
                "id": number.to_string(), "title": text, "cite": { "article": "1" }, "topics": ["ethics"],
                "message": text, "review": text, "help": text,
            });
            whole.as_object_mut().unwrap().extend(rule.clone());
            whole
        });
        let rules = json!({ "rules": rules.collect::<Value>() });
        let file = |name: &str, value: &Value| PackFile { name: name.into(), bytes: value.to_string().into_bytes() };
        load(vocabulary.schema, vec![file("instrument.json", &instrument), file("rules.json", &rules)], Proof::Full)
            .map(Arc::new)
    }

    /// One of its rules, alone.
    pub fn only(&self, rule: usize) -> Self {
        Self { instrument: self.instrument.clone(), rules: vec![self.rules[rule].clone()] }
    }

    /// Without the shared conditions that nothing names; they only name earlier ones.
    fn named_only(&self) -> Self {
        let mut kept = self.clone();
        let Some(Value::Object(all)) = kept.instrument.shift_remove("conditions") else { return kept };
        let mut text = format!("{:?}{:?}", kept.instrument, kept.rules);
        let mut named: Vec<_> = all
            .into_iter()
            .rev()
            .filter(|(name, meaning)| {
                let wanted = text.contains(&format!("{name:?}"));
                text.push_str(&if wanted { format!("{meaning:?}") } else { String::new() });
                wanted
            })
            .collect();
        named.reverse();
        if !named.is_empty() {
            kept.instrument.insert("conditions".into(), Value::Object(named.into_iter().collect()));
        }
        kept
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "as of {}", self.as_of)?;
        writeln!(f, "manifest {:#}", self.manifest)?;
        write!(f, "{:?}", self.written)
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.named_only();
        writeln!(f, "instrument {:#}", Value::Object(kept.instrument))?;
        kept.rules.into_iter().try_for_each(|rule| writeln!(f, "rule {:#}", Value::Object(rule)))
    }
}
