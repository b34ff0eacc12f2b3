//! Facts as rules name them: `/a/b`, `./b`, `../b`, resolved against the manifest's schema.
//!
//! Knows the schema's shapes. Knows nothing of what a rule asks of a fact.

use super::error::Mistake;
use super::model::{Anchor, ArrayPath, FactPath, Step};
use crate::manifest::{FactKind, ManifestSchema, Resolved, Shape, ShapeId, Unresolved, suggest};

/// Resolves the fact that `text` names, where `frames` are the items being walked, outermost first.
pub(super) fn fact(schema: &ManifestSchema, frames: &[ShapeId], text: &str) -> Result<FactPath, Mistake> {
    let (anchor, rest) = anchor(schema, frames.len(), text)?;
    let start = match anchor {
        Anchor::Root => schema.root(),
        Anchor::Item(level) => frames[level],
    };
    let segments: Vec<&str> = rest.split('/').collect();
    let (fact, steps) = schema.resolve(start, &segments).map_err(|why| unknown(schema, start, (text, rest), why))?;
    let steps = steps.into_iter().map(|step| match step {
        Resolved::Member(name) => Step::Member(name),
        Resolved::Document => Step::Document,
    });
    Ok(FactPath { text: text.to_owned(), anchor, steps: steps.collect(), fact })
}

/// Resolves the array of objects that `in` names, and the shape of its items.
pub(super) fn array(schema: &ManifestSchema, frames: &[ShapeId], text: &str) -> Result<(FactPath, ShapeId), Mistake> {
    let path = fact(schema, frames, text)?;
    if schema.fact(path.fact).kind != FactKind::Collection {
        return Err(Mistake::NotAnArray(text.to_owned()));
    }
    let start = match path.anchor {
        Anchor::Root => schema.root(),
        Anchor::Item(level) => frames[level],
    };
    let names = path.steps.iter().filter_map(|step| match step {
        Step::Member(name) => Some(name.as_str()),
        Step::Document => None,
    });
    let item = schema.item(start, &names.collect::<Vec<_>>()).ok_or_else(|| Mistake::NotAnArray(text.to_owned()))?;
    Ok((path, item))
}

/// Resolves the arrays that `for` names, and the shapes of their items.
pub(super) fn arrays(schema: &ManifestSchema, text: &str) -> Result<(ArrayPath, Vec<ShapeId>), Mistake> {
    let mut frames = Vec::new();
    let mut levels = Vec::new();
    for part in text.split("/*/") {
        let relative = if levels.is_empty() { part.to_owned() } else { format!("./{part}") };
        let (path, item) = array(schema, &frames, &relative)?;
        levels.push(path);
        frames.push(item);
    }
    Ok((ArrayPath { text: text.to_owned(), levels }, frames))
}

fn anchor<'t>(schema: &ManifestSchema, depth: usize, text: &'t str) -> Result<(Anchor, &'t str), Mistake> {
    if let Some(rest) = text.strip_prefix('/') {
        return Ok((Anchor::Root, rest));
    }
    let (mut up, mut rest) = (1, text);
    while let Some(further) = rest.strip_prefix("../") {
        (up, rest) = (up + 1, further);
    }
    let rest = if up == 1 { text.strip_prefix("./") } else { Some(rest) };
    let rest = rest.ok_or_else(|| not_a_fact(schema, text))?;
    depth.checked_sub(up).map(|level| (Anchor::Item(level), rest)).ok_or_else(|| Mistake::NoItem(text.to_owned()))
}

fn not_a_fact(schema: &ManifestSchema, text: &str) -> Mistake {
    let keywords = ["all", "any", "not", "each", "some"];
    let rooted = repaired(schema, schema.root(), text).map(|path| format!("/{path}"));
    Mistake::UnknownFact {
        pointer: text.to_owned(),
        suggestion: suggest::nearest(text, keywords).map(str::to_owned).or(rooted),
        why: Some(
            "a condition's members are facts (`/a/b`, `./b`, `../b`), `all`, `any`, `not`, `each` and `some`".into(),
        ),
    }
}

fn unknown(schema: &ManifestSchema, start: ShapeId, (text, rest): (&str, &str), why: Unresolved) -> Mistake {
    let (suggestion, why) = match why {
        Unresolved::NoMember { .. } => {
            let moved = schema.moved_to(text).map(str::to_owned);
            let prefix = text.strip_suffix(rest).expect("the rest of a path is its end");
            let near = || repaired(schema, start, rest).map(|path| format!("{prefix}{path}"));
            (moved.or_else(near).or_else(|| elsewhere(schema, text)), None)
        }
        Unresolved::BelowFact(at) => (None, Some(format!("`{at}` is a fact and has no members"))),
        Unresolved::ThroughArray(at) => {
            (None, Some(format!("`{at}` is a list of objects; walk it with `for`, `each` or `some`")))
        }
        Unresolved::Object(at) if is_open(schema, start, &at) => {
            (None, Some(format!("the schema says nothing of what stands at `{at}`, so no rule can read it")))
        }
        Unresolved::Object(at) => (None, Some(format!("`{at}` is an object; name one of its facts"))),
    };
    Mistake::UnknownFact { pointer: text.to_owned(), suggestion, why }
}

fn is_open(schema: &ManifestSchema, start: ShapeId, at: &str) -> bool {
    let shape = at.split('/').skip(1).try_fold(start, |shape, segment| schema.child(shape, segment));
    shape.is_some_and(|shape| matches!(schema.shape(shape), Shape::Open))
}

/// The path with every misspelt member replaced by the nearest there is, if that leads to a fact.
fn repaired(schema: &ManifestSchema, start: ShapeId, path: &str) -> Option<String> {
    let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
    for _ in 0..=segments.len() {
        let names: Vec<&str> = segments.iter().map(String::as_str).collect();
        match schema.resolve(start, &names) {
            Ok(_) => return Some(segments.join("/")),
            Err(Unresolved::NoMember { parent, suggestion, .. }) => {
                *segments.get_mut(parent.matches('/').count())? = suggestion?;
            }
            Err(_) => return None,
        }
    }
    None
}

/// The one fact that ends in the same name and stands elsewhere.
fn elsewhere(schema: &ManifestSchema, text: &str) -> Option<String> {
    let last = text.rsplit('/').next()?;
    let mut ends = schema
        .facts()
        .map(|(_, fact)| fact.pointer.as_str())
        .filter(|pointer| pointer.rsplit('/').next() == Some(last));
    ends.next().filter(|_| ends.next().is_none()).map(str::to_owned)
}
