//! Conditions: maps, lists, names and walks, read and type-checked in one pass.

use std::sync::Arc;

use super::error::Mistake;
use super::leaf;
use super::model::{Check, Condition, Leaf, Walk};
use super::path;
use super::read::FileReader;
use crate::json::{Kind, Member, NodeRef};
use crate::manifest::{FactKind, ManifestSchema, ShapeId, suggest};

/// How often a pack may read its shared conditions.
const MOST_NAMED: u32 = 10_000;

/// Where a condition stands.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    /// The manifest's schema.
    pub schema: &'a ManifestSchema,
    /// The shared conditions, with the file that holds them.
    pub shared: Option<Shared<'a>>,
    /// The shapes of the items being walked, outermost first.
    pub frames: Vec<ShapeId>,
    /// Whether it is part of a `require`.
    pub in_require: bool,
    /// Whether it stands under a `not`.
    pub under_not: bool,
    /// The shared conditions that lead here.
    pub names: Vec<String>,
}

/// The shared conditions of an instrument.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    /// The object that holds them.
    pub conditions: NodeRef<'a>,
    /// The file it stands in.
    pub file: &'a FileReader<'a>,
}

impl<'a> Scope<'a> {
    /// The scope of a condition that walks nothing yet.
    pub fn root(schema: &'a ManifestSchema, shared: Option<Shared<'a>>) -> Self {
        Self { schema, shared, frames: Vec::new(), in_require: false, under_not: false, names: Vec::new() }
    }
}

/// Reads a condition; what is wrong with it has been reported where this is `None`.
pub(super) fn read(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Condition> {
    match node.kind() {
        Kind::Object => map(cx, scope, node),
        Kind::Array => all(cx, scope, node),
        Kind::String => named(cx, scope, node),
        _ => {
            cx.wrong_type(node, "a condition", "an object, a list or the name of a shared condition");
            None
        }
    }
}

/// Reads a `require`, where `stated` needs company.
pub(super) fn read_require(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Condition> {
    let condition = read(cx, &Scope { in_require: true, ..scope.clone() }, node)?;
    let files = [Some(cx), scope.shared.map(|shared| shared.file)];
    stated_in_company(&files, &condition, false);
    Some(condition)
}

fn map(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Condition> {
    if node.is_empty() {
        cx.report(node.span(), Mistake::Empty("condition"));
        return None;
    }
    let conditions: Vec<_> = node.members().map(|member| self::member(cx, scope, &member)).collect();
    conditions.into_iter().collect::<Option<Vec<_>>>().map(only_or_all)
}

fn member(cx: &FileReader<'_>, scope: &Scope<'_>, member: &Member<'_>) -> Option<Condition> {
    match member.key.as_ref() {
        "all" => all(cx, scope, member.value),
        "any" => any(cx, scope, member.value),
        "not" => {
            let scope = Scope { under_not: true, ..scope.clone() };
            read(cx, &scope, member.value).map(|condition| Condition::Not(Box::new(condition)))
        }
        "each" => walk(cx, scope, member.value, "`each`").map(Condition::Each),
        "some" => walk(cx, scope, member.value, "`some`").map(Condition::Some),
        _ => fact(cx, scope, member),
    }
}

fn list(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>, what: &'static str) -> Option<Vec<Condition>> {
    let items = cx.items(node, what);
    if items.is_empty() && node.kind() == Kind::Array {
        cx.report(node.span(), Mistake::Empty("list of conditions"));
    }
    if items.is_empty() {
        return None;
    }
    let conditions: Vec<_> = items.into_iter().map(|item| read(cx, scope, item)).collect();
    conditions.into_iter().collect()
}

fn all(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Condition> {
    list(cx, scope, node, "`all`").map(only_or_all)
}

fn any(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Condition> {
    list(cx, scope, node, "`any`").map(Condition::Any)
}

fn only_or_all(mut conditions: Vec<Condition>) -> Condition {
    if conditions.len() == 1 { conditions.remove(0) } else { Condition::All(conditions) }
}

fn walk(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>, what: &'static str) -> Option<Walk> {
    if !cx.object(node, what, &["in", "hold"]) {
        return None;
    }
    let (array, hold) = (cx.need(node, what, "in"), cx.need(node, what, "hold"));
    let array = array?;
    let text = cx.string(array, "`in`")?;
    let resolved = path::array(scope.schema, &scope.frames, &text).map_err(|mistake| cx.report(array.span(), mistake));
    let (array, item) = resolved.ok()?;
    let mut scope = scope.clone();
    scope.frames.push(item);
    Some(Walk { array, hold: Box::new(read(cx, &scope, hold?)?) })
}

fn fact(cx: &FileReader<'_>, scope: &Scope<'_>, member: &Member<'_>) -> Option<Condition> {
    let fact = path::fact(scope.schema, &scope.frames, &member.key)
        .map_err(|mistake| cx.report(member.key_span, mistake))
        .ok()?;
    if scope.schema.fact(fact.fact).kind == FactKind::Collection {
        cx.report(member.key_span, Mistake::LeafOnArray(fact.text));
        return None;
    }
    let checks = leaf::checks(cx, scope, &fact, member.value);
    (!checks.is_empty()).then(|| Condition::Leaf(Leaf { fact, checks, place: cx.place(member.key_span) }))
}

fn named(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Condition> {
    let name = cx.string(node, "the name of a shared condition")?;
    let found = scope.shared.and_then(|shared| Some((shared, shared.conditions.get(&name)?)));
    let Some((shared, meaning)) = found else {
        let names: Vec<_> = scope
            .shared
            .iter()
            .flat_map(|shared| shared.conditions.members())
            .map(|member| member.key.into_owned())
            .collect();
        let suggestion = suggest::nearest(&name, names.iter().map(String::as_str)).map(str::to_owned);
        cx.report(node.span(), Mistake::UnknownCondition { name, suggestion });
        return None;
    };
    if scope.names.contains(&name) {
        cx.report(node.span(), Mistake::Cycle(name));
        return None;
    }
    if too_many(cx, shared.file, node) {
        return None;
    }
    let mut scope = scope.clone();
    scope.names.push(name.clone());
    let meaning = Arc::new(read(shared.file, &scope, meaning)?);
    Some(Condition::Named { name, meaning })
}

/// Whether shared conditions have been read too often, as they are where each names the next one twice.
fn too_many(cx: &FileReader<'_>, shared: &FileReader<'_>, node: NodeRef<'_>) -> bool {
    let read = shared.named.get();
    if read == MOST_NAMED {
        cx.report(node.span(), Mistake::TooManyNames(MOST_NAMED));
    }
    shared.named.set(read.saturating_add(1));
    read >= MOST_NAMED
}

/// Reports each `stated` that has nothing beside it that can be false.
fn stated_in_company(files: &[Option<&FileReader<'_>>], condition: &Condition, company: bool) {
    match condition {
        Condition::Leaf(leaf) => {
            if !company && !can_be_false(leaf) {
                let file = files.iter().flatten().find(|file| file.file == leaf.place.file);
                file.expect("a condition stands in the rule's file or the instrument's")
                    .report(leaf.place.span, Mistake::StatedAlone);
            }
        }
        Condition::All(parts) => {
            let company = company || has_company(condition);
            parts.iter().for_each(|part| stated_in_company(files, part, company));
        }
        Condition::Named { meaning, .. } => stated_in_company(files, meaning, company),
        Condition::Any(parts) => parts.iter().for_each(|part| stated_in_company(files, part, false)),
        Condition::Not(part) => stated_in_company(files, part, false),
        Condition::Each(walk) | Condition::Some(walk) => stated_in_company(files, &walk.hold, false),
    }
}

fn has_company(condition: &Condition) -> bool {
    match condition {
        Condition::Leaf(leaf) => can_be_false(leaf),
        Condition::All(parts) => parts.iter().any(has_company),
        Condition::Named { meaning, .. } => has_company(meaning),
        _ => false,
    }
}

fn can_be_false(leaf: &Leaf) -> bool {
    leaf.checks.iter().any(|check| *check != Check::Stated)
}
