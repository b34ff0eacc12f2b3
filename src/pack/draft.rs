//! Single parts of a pack read anew, for tools that change rules.
//!
//! What a draft gives is what the loader would have made of a file that says so; it gives nothing where the loader would
//! refuse the file. Knows nothing of what is changed, or why.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use serde_json::Value;

use super::condition::{self, Scope, Shared};
use super::error::PackError;
use super::leaf;
use super::model::{Check, Condition, DateExpr, Pack, Rule, RuleTest};
use super::path;
use super::read::{FileReader, Proof};
use super::uses;
use crate::json::{self, Document, Limits, NodeRef};
use crate::manifest::{FactId, ManifestSchema, ShapeId};

/// A pack with its files as they were written.
#[derive(Debug)]
pub struct Drafts<'p> {
    schema: &'p ManifestSchema,
    pack: &'p Pack,
    documents: Vec<Document>,
    /// Which of the files is the instrument's.
    instrument: usize,
    /// The leaves that were proven when the pack was loaded.
    proven: HashSet<(FactId, String)>,
}

/// Where a draft of a condition is to stand.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'r> {
    /// The rule; none for the instrument's `applies`.
    pub rule: Option<&'r Rule>,
    /// Whether it is the rule's `require`.
    pub require: bool,
}

impl<'p> Drafts<'p> {
    /// Reads a pack's files once more.
    pub fn new(schema: &'p ManifestSchema, pack: &'p Pack) -> Self {
        let read = |text: &str| json::read(text.as_bytes().to_vec(), &Limits::default());
        let documents: Vec<_> = pack.files.iter().map(|file| read(file.source.text())).collect();
        let documents: Result<Vec<_>, _> = documents.into_iter().collect();
        let documents = documents.expect("the files of a pack that was loaded are JSON");
        let instrument = pack.files.iter().position(|file| file.name.rsplit('/').next() == Some("instrument.json"));
        let instrument = instrument.expect("a pack that was loaded has an instrument");
        Self { schema, pack, documents, instrument, proven: proven(pack) }
    }

    /// The file that the instrument stands in, and the instrument as it is written.
    pub fn instrument(&self) -> (usize, NodeRef<'_>) {
        (self.instrument, self.documents[self.instrument].root())
    }

    /// A rule as it is written.
    pub fn rule(&self, rule: &Rule) -> NodeRef<'_> {
        let rules = self.documents[rule.place.file].root().get("rules").into_iter().flat_map(NodeRef::items);
        rules.into_iter().find(|node| node.span() == rule.place.span).expect("a rule stands at its place")
    }

    /// A test of a rule as it is written.
    pub fn test(&self, rule: &Rule, test: &RuleTest) -> NodeRef<'_> {
        let tests = self.rule(rule).get("tests").into_iter().flat_map(NodeRef::items);
        tests.into_iter().find(|node| node.span() == test.place.span).expect("a test stands at its place")
    }

    /// Reads a condition, perhaps with other shared conditions than the pack's.
    pub fn condition(&self, spot: Spot<'_>, written: NodeRef<'_>, shared: Option<NodeRef<'_>>) -> Option<Condition> {
        self.read(|cx, main| {
            let shared = shared.or_else(|| self.instrument().1.get("conditions"));
            let scope = Scope::root(self.schema, shared.map(|conditions| Shared { conditions, file: main }));
            let scope = Scope { frames: self.frames(spot.rule), ..scope };
            let read = if spot.require { condition::read_require } else { condition::read };
            let condition = read(cx, &scope, written)?;
            self.prove(&scope, &condition).then_some(condition)
        })
    }

    /// Reads a day, such as a rule's `due`.
    pub fn date(&self, rule: &Rule, written: NodeRef<'_>) -> Option<DateExpr> {
        let scope = Scope { frames: self.frames(Some(rule)), ..Scope::root(self.schema, None) };
        self.read(|cx, _| leaf::date_expr(cx, &scope, written))
    }

    /// What comes of reading, unless it reports a mistake.
    fn read<T>(&self, read: impl FnOnce(&FileReader<'_>, &FileReader<'_>) -> Option<T>) -> Option<T> {
        let errors = RefCell::new(Vec::new());
        // A place in a draft means nothing, so any file will do.
        let (cx, main) = (self.reader(Proof::Done, &errors), self.reader(Proof::Done, &errors));
        read(&cx, &main).filter(|_| errors.borrow().is_empty())
    }

    fn reader<'a>(&'a self, proof: Proof, errors: &'a RefCell<Vec<PackError>>) -> FileReader<'a> {
        let source = &self.pack.files[self.instrument];
        FileReader { file: self.instrument, source, languages: &[], proof, errors, named: Cell::new(0) }
    }

    /// The shapes of the items that a rule speaks of.
    fn frames(&self, rule: Option<&Rule>) -> Vec<ShapeId> {
        let array = rule.and_then(|rule| rule.each.as_ref());
        let resolved = array.map(|array| path::arrays(self.schema, &array.text));
        resolved.map_or_else(Vec::new, |resolved| resolved.expect("the rule was loaded with it").1)
    }

    /// Whether each leaf that is new can be met and can be broken.
    fn prove(&self, scope: &Scope<'_>, condition: &Condition) -> bool {
        let mut good = true;
        uses::leaves(condition, &mut |leaf| {
            let schema = leaf.checks.iter().find_map(|check| match check {
                Check::Schema(schema) => Some(&schema.value),
                _ => None,
            });
            let Some(schema) = schema.filter(|_| good) else { return };
            let text = schema.to_string();
            if !self.proven.contains(&(leaf.fact.fact, text.clone())) {
                let errors = RefCell::new(Vec::new());
                let written = draft(schema);
                let proven = leaf::prove(&self.reader(Proof::Full, &errors), scope, &leaf.fact, written.root(), schema);
                good = proven.is_some() && errors.borrow().is_empty();
            }
        });
        good
    }
}

/// A value as a text to read from.
pub fn draft(value: &Value) -> Document {
    json::read(value.to_string().into_bytes(), &Limits::default()).expect("a value that was written reads back")
}

fn proven(pack: &Pack) -> HashSet<(FactId, String)> {
    let mut proven = HashSet::new();
    let mut collect = |condition: &Condition| {
        uses::leaves(condition, &mut |leaf| {
            proven.extend(leaf.checks.iter().filter_map(|check| match check {
                Check::Schema(schema) => Some((leaf.fact.fact, schema.value.to_string())),
                _ => None,
            }));
        });
    };
    collect(&pack.instrument.applies);
    for rule in &pack.rules {
        [&rule.applies, &rule.when, &rule.unless].into_iter().flatten().chain([&rule.require]).for_each(&mut collect);
    }
    proven
}
