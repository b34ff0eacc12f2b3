//! Declares random systems: manifests that keep a schema.

use govlint::manifest::{Fact, FactKind, ManifestSchema, Shape, ShapeId};
use serde_json::{Map, Value};

use crate::choices::Choices;
use crate::leaves;
use crate::vocabulary::own_keys;

/// Declares one system.
pub struct Declarer<'s> {
    schema: &'s ManifestSchema,
    choices: Choices,
    /// How many of a hundred facts are stated.
    stated: usize,
}

impl<'s> Declarer<'s> {
    /// Declares a system.
    pub fn declare(schema: &'s ManifestSchema, mut choices: Choices) -> Value {
        let stated = *choices.pick(&[95, 99, 90, 60]);
        let mut declarer = Declarer { schema, choices, stated };
        let mut manifest = declarer.object(schema.root(), "");
        if manifest.contains_key("markets")
            && let Some(Value::Object(system)) = manifest.get_mut("system")
        {
            system.insert("offered_in".into(), own_keys("markets").into_iter().collect());
        }
        Value::Object(manifest)
    }

    fn object(&mut self, shape: ShapeId, path: &str) -> Map<String, Value> {
        let Shape::Object { members, rest } = self.schema.shape(shape) else { return Map::new() };
        let own = rest.iter().flat_map(|rest| own_keys(path).map(|key| (key, *rest)));
        let named = members.iter().map(|(name, member)| (name.as_str(), *member)).collect::<Vec<_>>();
        let mut object = Map::new();
        for (name, member) in named.into_iter().chain(own) {
            // Whatever refers to a document must find it, and items are told apart.
            let needed = ["manifest", "id", "documents", "plan", "report"].contains(&name);
            if needed || self.choices.chance(self.stated) {
                let path = format!("{path}/{name}");
                object.extend(self.value(member, path.trim_start_matches('/')).map(|value| (name.to_owned(), value)));
            }
        }
        object
    }

    fn value(&mut self, shape: ShapeId, path: &str) -> Option<Value> {
        match self.schema.shape(shape) {
            Shape::Object { .. } => Some(Value::Object(self.object(shape, path))),
            Shape::Collection { item, .. } => {
                let count = *self.choices.early(&[1, 2, 3, 0]);
                Some((0..count).map(|number| Value::Object(self.object(*item, &format!("{path}/{number}")))).collect())
            }
            Shape::Fact(id) => Some(self.fact(self.schema.fact(*id), path)),
            Shape::Open => None,
        }
    }

    fn fact(&mut self, fact: &Fact, path: &str) -> Value {
        if let Some(only) = fact.schema.get("const") {
            return only.clone();
        }
        if path.ends_with("/id") && path.contains(['0', '1', '2']) {
            return path.replace('/', ".").into();
        }
        let values = leaves::values(fact);
        if fact.kind != FactKind::List {
            return self.choices.early(&values).clone();
        }
        let unique = fact.schema.get("uniqueItems").is_some();
        let mut list: Vec<Value> = Vec::new();
        for _ in 0..self.choices.below(4) {
            let item = self.choices.early(&values);
            if !unique || !list.contains(item) {
                list.push(item.clone());
            }
        }
        list.into()
    }
}
