//! From bytes to a manifest that keeps the schema, or to everything that is wrong with it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use crate::json::{self, Document, Kind, Limits, NodeRef, ReadErrorKind, ReadFailure, Span};
use crate::schema::{Validator, compile};
use crate::source::SourceFile;

use super::form::Form;
use super::problem::{Also, Problem, ProblemKind, Wanted};
use super::quick::Quick;
use super::schema::{BUILT_IN, FactKind, ManifestSchema, Shape, ShapeId};
use super::suggest;

/// A manifest that keeps the schema.
#[derive(Debug)]
pub struct Manifest {
    /// Its name and text.
    pub file: Arc<SourceFile>,
    document: Document,
}

/// A text that is not a manifest.
#[derive(Debug)]
pub struct Broken {
    /// Its name and text.
    pub file: Arc<SourceFile>,
    /// What is wrong, in the order of the text; never empty.
    pub problems: Vec<Problem>,
}

/// Where a text comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The file's name.
    pub name: String,
    /// The line of the file at which the text begins, from 1.
    pub line: u64,
    /// The byte of the file at which the text begins.
    pub byte: u64,
}

impl Origin {
    /// The text is the whole file.
    pub fn file(name: impl Into<String>) -> Self {
        Self { name: name.into(), line: 1, byte: 0 }
    }
}

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| compile(BUILT_IN.value()).expect("the built-in manifest schema compiles"));

static QUICK: LazyLock<Quick> = LazyLock::new(|| Quick::new(BUILT_IN.value()));

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Where the text is not JSON, or does not keep the schema.
    pub fn read(origin: Origin, text: Vec<u8>, limits: &Limits) -> Result<Self, Broken> {
        match json::read(text, limits) {
            Ok(document) => {
                let file = source_file(origin, document.source());
                let fine = QUICK.accepts(document.root());
                let problems = if fine { Vec::new() } else { check(&BUILT_IN, document.root()) };
                if problems.is_empty() { Ok(Self { file, document }) } else { Err(Broken { file, problems }) }
            }
            Err(failure) => Err(broken(origin, failure)),
        }
    }

    /// The manifest's outermost object.
    pub fn root(&self) -> NodeRef<'_> {
        self.document.root()
    }

    /// What `/system/id` states.
    pub fn system_id(&self) -> Option<String> {
        self.root().pointer("/system/id")?.as_str().map(std::borrow::Cow::into_owned)
    }

    /// What `/system/name` states.
    pub fn system_name(&self) -> Option<String> {
        self.root().pointer("/system/name")?.as_str().map(std::borrow::Cow::into_owned)
    }
}

fn source_file(origin: Origin, source: &Arc<json::Source>) -> Arc<SourceFile> {
    Arc::new(SourceFile {
        name: origin.name,
        source: Arc::clone(source),
        first_line: origin.line,
        first_byte: origin.byte,
    })
}

fn broken(origin: Origin, failure: ReadFailure) -> Broken {
    let file = source_file(origin, &failure.source);
    let mut problems: Vec<_> = failure.errors.into_iter().map(not_json).collect();
    if failure.omitted > 0 {
        let span = problems.last().map_or(Span { start: 0, end: 0 }, |last| last.span);
        problems.push(Problem { span, second: None, kind: ProblemKind::MoreDuplicates(failure.omitted) });
    }
    Broken { file, problems }
}

fn not_json(error: json::ReadError) -> Problem {
    let also = if matches!(error.kind, ReadErrorKind::DuplicateKey { .. }) { Also::First } else { Also::Opened };
    let second = error.second().map(|(span, _)| (span, also));
    let help = error.help().map(std::borrow::Cow::into_owned);
    Problem { span: error.span, second, kind: ProblemKind::NotJson(error.kind, help) }
}

/// Everything that is wrong with a document.
fn check(schema: &ManifestSchema, root: NodeRef<'_>) -> Vec<Problem> {
    let problem = |span, kind| Problem { span, second: None, kind };
    if root.kind() != Kind::Object {
        return vec![problem(root.span(), ProblemKind::NotAnObject(root.kind()))];
    }
    let mut problems = Vec::new();
    if !VALIDATOR.is_valid(root) {
        problems = VALIDATOR.iter_errors(root).flat_map(|error| explain(schema, root, &error)).collect();
        if problems.is_empty() {
            // A refusal that we have no words for is a refusal all the same.
            let first = VALIDATOR.iter_errors(root).next();
            let keyword = first.map_or_else(|| "$schema".to_owned(), |error| error.kind().keyword().to_owned());
            problems.push(problem(head(root), ProblemKind::Other(keyword)));
        }
    }
    problems.extend(across(schema, root));
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    problems.dedup();
    problems
}

/// What the validator found, in our words and at the smallest place.
fn explain(schema: &ManifestSchema, root: NodeRef<'_>, error: &ValidationError<'_>) -> Vec<Problem> {
    let pointer = error.instance_path().as_str();
    let Some(node) = root.pointer(pointer) else { return Vec::new() };
    let at = |span, kind| vec![Problem { span, second: None, kind }];
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let unexpected: HashSet<&str> = unexpected.iter().map(String::as_str).collect();
            let members = node.members().filter(|member| unexpected.contains(member.key.as_ref()));
            members.enumerate().map(|(number, member)| unknown_member(schema, pointer, member, number)).collect()
        }
        ValidationErrorKind::PropertyNames { .. } => bad_keys(pointer, node),
        ValidationErrorKind::Required { .. } if pointer.is_empty() => at(head(node), ProblemKind::NoVersion),
        ValidationErrorKind::Required { property } => {
            at(head(node), ProblemKind::MissingMember(property.as_str().unwrap_or_default().to_owned()))
        }
        ValidationErrorKind::Constant { .. } if pointer == "/manifest" => at(node.span(), ProblemKind::UnknownVersion),
        kind => at(node.span(), value_problem(schema, pointer, node, kind)),
    }
}

fn value_problem(schema: &ManifestSchema, pointer: &str, node: NodeRef<'_>, kind: &ValidationErrorKind) -> ProblemKind {
    match kind {
        ValidationErrorKind::Type { .. } if node.is_null() => ProblemKind::Null,
        ValidationErrorKind::Type { .. } => ProblemKind::WrongType { expected: expected_at(schema, pointer) },
        ValidationErrorKind::Enum { options } => {
            let words: Vec<_> =
                options.as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect();
            let word = node.as_str().unwrap_or_default().into_owned();
            let suggestion = suggest::nearest(&word, words.iter().map(String::as_str)).map(str::to_owned);
            ProblemKind::UnknownWord { word, words, suggestion }
        }
        ValidationErrorKind::Format { format } if format == "date" => ProblemKind::BadDate,
        ValidationErrorKind::Pattern { pattern } => ProblemKind::BadForm(Form::of(pattern).unwrap_or(Form::NotEmpty)),
        ValidationErrorKind::MinLength { .. } => ProblemKind::BadForm(Form::NotEmpty),
        ValidationErrorKind::Minimum { limit } => ProblemKind::OutOfBounds { least: true, bound: limit.to_string() },
        ValidationErrorKind::Maximum { limit } => ProblemKind::OutOfBounds { least: false, bound: limit.to_string() },
        ValidationErrorKind::UniqueItems => ProblemKind::Repeated,
        other => ProblemKind::Other(other.keyword().to_owned()),
    }
}

fn bad_keys(pointer: &str, node: NodeRef<'_>) -> Vec<Problem> {
    let form = Form::of_keys(pointer);
    let bad = node.members().filter(|member| !form.surely(member.key.as_bytes()));
    bad.map(|member| {
        let kind = ProblemKind::BadKey { key: member.key.into_owned(), parent: pointer.to_owned() };
        Problem { span: member.key_span, second: None, kind }
    })
    .collect()
}

/// So many unknown members of one object are compared with what there is.
const MOST_COMPARED: usize = 100;

fn unknown_member(schema: &ManifestSchema, parent: &str, member: json::Member<'_>, number: usize) -> Problem {
    let name = member.key.into_owned();
    let moved_to = schema.moved_to(&format!("{parent}/{name}")).map(str::to_owned);
    let moved = moved_to.is_some();
    let siblings = shape_at(schema, parent).map(|shape| match schema.shape(shape) {
        Shape::Object { members, .. } => members.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    });
    let near = || suggest::nearest(&name, siblings.into_iter().flatten()).map(str::to_owned);
    let near = || near().or_else(|| elsewhere(schema, &name));
    let suggestion = moved_to.or_else(|| if number < MOST_COMPARED { near() } else { None });
    let kind = ProblemKind::UnknownMember { name, parent: parent.to_owned(), suggestion, moved };
    Problem { span: member.key_span, second: None, kind }
}

/// A fact of exactly that name which stands elsewhere.
fn elsewhere(schema: &ManifestSchema, name: &str) -> Option<String> {
    let ends_so = |pointer: &&str| pointer.split('/').any(|segment| segment == name);
    let pointer = schema.facts().map(|(_, fact)| fact.pointer.as_str()).find(ends_so)?;
    let end = pointer.find(&format!("/{name}"))? + name.len() + 1;
    Some(pointer[..end].to_owned())
}

fn shape_at(schema: &ManifestSchema, pointer: &str) -> Option<ShapeId> {
    pointer.split('/').skip(1).try_fold(schema.root(), |at, segment| match schema.shape(at) {
        Shape::Collection { item, .. } => Some(*item),
        _ => schema.child(at, segment),
    })
}

fn expected_at(schema: &ManifestSchema, pointer: &str) -> Wanted {
    match shape_at(schema, pointer).map(|shape| schema.shape(shape)) {
        Some(Shape::Object { .. }) => Wanted::Object,
        Some(Shape::Fact(fact)) => Wanted::Fact(schema.fact(*fact).kind),
        Some(Shape::Collection { fact, .. }) => Wanted::Fact(schema.fact(*fact).kind),
        Some(Shape::Open) => Wanted::Text,
        // An item of a list: the lists of the schema hold strings.
        None => Wanted::Text,
    }
}

/// What no schema can say: references between facts.
fn across(schema: &ManifestSchema, root: NodeRef<'_>) -> Vec<Problem> {
    let mut problems = markets(root);
    let documents = root.get("documents");
    references(schema, schema.root(), root, documents, &mut problems);
    problems
}

/// A market needs to be one of those in which the system is offered, where that is stated.
fn markets(root: NodeRef<'_>) -> Vec<Problem> {
    let Some(markets) = root.get("markets") else { return Vec::new() };
    let offered = root.get("system").and_then(|system| system.get("offered_in"));
    let Some(offered) = offered.filter(|list| list.kind() == Kind::Array) else { return Vec::new() };
    let listed = |key: &str| offered.items().any(|code| code.says(key));
    let strange = markets.members().filter(|member| !listed(&member.key));
    strange
        .map(|member| Problem {
            span: member.key_span,
            second: None,
            kind: ProblemKind::NotOffered(member.key.into_owned()),
        })
        .collect()
}

/// References to documents, and identifiers of items.
fn references(
    schema: &ManifestSchema,
    shape: ShapeId,
    node: NodeRef<'_>,
    documents: Option<NodeRef<'_>>,
    problems: &mut Vec<Problem>,
) {
    match schema.shape(shape) {
        Shape::Object { .. } => {
            for member in node.members() {
                if let Some(child) = schema.child(shape, &member.key) {
                    references(schema, child, member.value, documents, problems);
                }
            }
        }
        Shape::Collection { item, .. } => {
            unique_ids(node, problems);
            node.items().for_each(|each| references(schema, *item, each, documents, problems));
        }
        Shape::Fact(fact) if schema.fact(*fact).kind == FactKind::Document => {
            problems.extend(node.as_str().and_then(|key| unknown_document(&key, node.span(), documents)));
        }
        Shape::Fact(_) | Shape::Open => {}
    }
}

fn unique_ids(list: NodeRef<'_>, problems: &mut Vec<Problem>) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for id in list.items().filter_map(|item| item.get("id")) {
        let Some(text) = id.as_str() else { continue };
        if let Some(first) = seen.get(text.as_ref()) {
            let kind = ProblemKind::RepeatedId(text.into_owned());
            problems.push(Problem { span: id.span(), second: Some((*first, Also::First)), kind });
        } else {
            seen.insert(text.into_owned(), id.span());
        }
    }
}

fn unknown_document(key: &str, span: Span, documents: Option<NodeRef<'_>>) -> Option<Problem> {
    if documents.is_some_and(|documents| documents.get(key).is_some()) {
        return None;
    }
    let keys: Vec<_> = documents.into_iter().flat_map(NodeRef::members).map(|member| member.key.into_owned()).collect();
    let suggestion = suggest::nearest(key, keys.iter().map(String::as_str)).map(str::to_owned);
    Some(Problem { span, second: None, kind: ProblemKind::UnknownDocument { key: key.to_owned(), suggestion } })
}

/// The opening brace: where to point when something is missing from an object.
fn head(node: NodeRef<'_>) -> Span {
    let Span { start, end } = node.span();
    Span { start, end: end.min(start + 1) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const EXAMPLE: &str = include_str!("../../rules/us-omb-m-25-21/example.json");

    /// A place of the example and what is put there; `None` takes it away.
    fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Option<Value>)>> {
        let values = [
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(10),
            json!(""),
            json!(" "),
            json!("done"),
            json!("CN"),
            json!("US"),
            json!("2026-02-30"),
            json!("2026-02-28"),
            json!("0000-01-01"),
            json!("https://a b"),
            json!("http://ä"),
            json!("test-report"),
            json!("a  b"),
            json!("a b"),
            json!("ä"),
            json!("en"),
            json!("zh-Hans"),
            json!([]),
            json!({}),
            json!(["US"]),
            json!(["US", "US"]),
            json!(["CN"]),
            json!([{ "id": "a" }, { "id": "a" }]),
            json!([{ "id": "a" }]),
            json!([{}]),
            json!({ "US": {} }),
            json!({ "us": {} }),
            json!({ "a": 1 }),
            json!("1"),
            json!("2"),
            json!("a\nb"),
        ];
        let value = prop::option::weighted(0.8, prop::sample::select(values.to_vec()));
        prop::collection::vec((any::<prop::sample::Index>(), value), 0..4)
    }

    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        for (name, member) in value.as_object().into_iter().flatten() {
            found.push(format!("{at}/{name}"));
            pointers(member, &format!("{at}/{name}"), found);
        }
    }

    fn changed(changes: Vec<(prop::sample::Index, Option<Value>)>) -> Value {
        let mut value: Value = serde_json::from_str(EXAMPLE).expect("JSON");
        for (index, replacement) in changes {
            let mut all = Vec::new();
            pointers(&value, "", &mut all);
            if all.is_empty() {
                break;
            }
            let (parent, name) = index.get(&all).rsplit_once('/').expect("a pointer has a slash");
            let parent = value.pointer_mut(parent).and_then(Value::as_object_mut).expect("its parent is an object");
            match replacement {
                Some(replacement) => drop(parent.insert(name.to_owned(), replacement)),
                None => drop(parent.remove(name)),
            }
        }
        value
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn what_is_accepted_has_nothing_wrong_by_the_validator(changes in changes()) {
            let document = json::read(changed(changes).to_string().into_bytes(), &Limits::default()).expect("JSON");
            let problems = check(&BUILT_IN, document.root());
            prop_assert!(!problems.is_empty() || VALIDATOR.is_valid(document.root()));
            if QUICK.accepts(document.root()) {
                prop_assert_eq!(problems, vec![]);
            }
        }
    }

    #[test]
    fn the_quick_walk_accepts_a_compliant_example() {
        let document = json::read(EXAMPLE.into(), &Limits::default()).expect("JSON");
        assert!(QUICK.accepts(document.root()));
    }
}
