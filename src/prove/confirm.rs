//! The reference evaluator's word on a manifest: whether it is one, and whether it meets a goal.

use serde_json::Value;

use crate::engine::Truth;
use crate::engine::reference::{Item, Reference};
use crate::json::{self, Limits, NodeRef};
use crate::manifest::{BUILT_IN, Manifest, ManifestSchema, Origin};
use crate::pack::{ArrayPath, Step};
use crate::schema::{Validator, compile};
use crate::time::Date;

use super::goal::{At, Goal, Part, What};

/// Confirms witnesses.
#[derive(Debug)]
pub(super) struct Judge<'s> {
    schema: &'s ManifestSchema,
    /// What keeps a schema that is not the built-in one.
    validator: Option<Validator>,
}

impl<'s> Judge<'s> {
    pub fn new(schema: &'s ManifestSchema) -> Self {
        let other = !std::ptr::eq(schema, &*BUILT_IN);
        Self { schema, validator: other.then(|| compile(schema.value()).ok()).flatten() }
    }

    /// Whether it is a manifest that meets the goal.
    pub fn confirms(&self, goal: &Goal<'_>, manifest: &Value, as_of: Date) -> bool {
        let text = manifest.to_string().into_bytes();
        match &self.validator {
            Some(validator) => json::read(text, &Limits::default())
                .is_ok_and(|document| validator.is_valid(document.root()) && self.meets(goal, document.root(), as_of)),
            None => Manifest::read(Origin::file("witness"), text, &Limits::default())
                .is_ok_and(|manifest| self.meets(goal, manifest.root(), as_of)),
        }
    }

    fn meets(&self, goal: &Goal<'_>, root: NodeRef<'_>, as_of: Date) -> bool {
        goal.met(&|part| truth(self.schema, part, root, as_of).unwrap_or(Truth::Unknown)) && seen(goal, root)
    }
}

fn truth(schema: &ManifestSchema, part: &Part<'_>, root: NodeRef<'_>, as_of: Date) -> Option<Truth> {
    let reference = Reference { schema, root, as_of };
    let items = items(part.at, root)?;
    Some(match part.what {
        What::Condition(condition) => reference.condition_at(condition, &items).truth,
        What::Open(date) => reference.day_at(date, &items).map_or(Truth::Unknown, |day| Truth::from(as_of <= day)),
        What::Since(day) => Truth::from(day <= as_of),
    })
}

/// Whether everything is there that the goal is seen from.
fn seen(goal: &Goal<'_>, root: NodeRef<'_>) -> bool {
    let mut seen = true;
    goal.parts(&mut |part| seen &= items(part.at, root).is_some());
    seen
}

/// The items that a part is seen from, outermost first; none where they are not as it says.
fn items<'a>(at: At<'_>, root: NodeRef<'a>) -> Option<Vec<Item<'a>>> {
    let (array, stated): (&ArrayPath, usize) = match at {
        At::System => return Some(Vec::new()),
        At::Item(array) => (array, array.levels.len()),
        At::Absent(array, level) => (array, level),
    };
    let (mut items, mut node, mut pointer) = (Vec::new(), Some(root), String::new());
    for (number, level) in array.levels.iter().enumerate() {
        for step in &level.steps {
            let Step::Member(name) = step else { return None };
            node = node.and_then(|node| node.get(name));
            pointer = format!("{pointer}/{name}");
        }
        if number < stated {
            node = Some(node?.items().next()?);
            pointer.push_str("/0");
        } else if node.is_some() {
            return None;
        }
        items.push(Item { pointer: pointer.clone(), node });
    }
    Some(items)
}
