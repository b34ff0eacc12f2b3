//! Writes random rules, every member and keyword of the rule language among them, so that the pack's reader takes each.

use govlint::manifest::{FactKind, ShapeId};
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::leaves::{DAYS, PERIODS};
use crate::vocabulary::Vocabulary;

/// How deep conditions nest.
const DEPTH: usize = 3;

/// Writes one pack.
pub struct Author<'v> {
    vocabulary: &'v Vocabulary,
    choices: Choices,
    shared: Vec<Shared>,
}

/// A shared condition.
struct Shared {
    name: String,
    /// The item that it speaks of; without one, it can stand everywhere.
    item: Option<ShapeId>,
    meaning: Value,
}

/// Where a condition stands.
#[derive(Clone, Copy)]
struct Place {
    /// In `require` and under no `not`, so that `stated` may be written.
    may_ask: bool,
    depth: usize,
}

impl Place {
    fn deeper(self) -> Self {
        Self { depth: self.depth - 1, ..self }
    }
}

/// The members of a pack that matter to the engine.
#[derive(Clone)]
pub struct Written {
    pub instrument: Map<String, Value>,
    pub rules: Vec<Map<String, Value>>,
}

impl<'v> Author<'v> {
    /// Writes a pack of one to three rules.
    pub fn write(vocabulary: &'v Vocabulary, choices: Choices) -> Written {
        let mut author = Author { vocabulary, choices, shared: Vec::new() };
        for number in 0..author.choices.below(3) {
            author.share(number);
        }
        let applies = author.scope(&[]);
        let in_force = author.in_force();
        let rules = (0..=author.choices.below(3)).map(|_| author.rule()).collect();
        let conditions = author.shared.into_iter().map(|shared| (shared.name, shared.meaning)).collect();
        let instrument = [("applies", applies), ("in_force", in_force), ("conditions", Value::Object(conditions))];
        Written { instrument: members(instrument), rules }
    }

    fn share(&mut self, number: usize) {
        let items = self.arrays(&[]).into_iter().map(|(_, item)| Some(item));
        let item = *self.choices.pick(&[None].into_iter().chain(items).collect::<Vec<_>>());
        let frames: Vec<_> = item.into_iter().collect();
        let meaning = self.condition(&frames, Place { may_ask: false, depth: 1 });
        self.shared.push(Shared { name: format!("shared-{number}"), item, meaning });
    }

    fn rule(&mut self) -> Map<String, Value> {
        let (each, frames) = self.each();
        let mut rule = Map::new();
        rule.extend(each.map(|array| ("for".to_owned(), array.into())));
        for (member, percent) in [("applies", 30), ("when", 40), ("unless", 40)] {
            if self.choices.chance(percent) {
                rule.insert(member.into(), self.scope(&frames));
            }
        }
        rule.insert("require".into(), self.condition(&frames, Place { may_ask: true, depth: DEPTH }));
        if self.choices.chance(30) {
            rule.insert("due".into(), self.date(&frames));
        }
        if self.choices.chance(25) {
            rule.insert("in_force".into(), self.in_force());
        }
        let decides = [json!(["breach"]), json!(["pass"]), json!([])];
        if self.choices.chance(60) {
            rule.insert("decides".into(), self.choices.pick(&decides).clone());
        }
        rule.insert("strength".into(), (*self.choices.pick(&["must", "must-not", "should", "encouraged"])).into());
        if self.choices.chance(25) {
            rule.insert("text_status".into(), (*self.choices.pick(&["text", "secondary", "memory"])).into());
        }
        rule
    }

    /// A condition that is true rather often, so that there is something to decide.
    fn scope(&mut self, frames: &[ShapeId]) -> Value {
        let place = Place { may_ask: false, depth: 1 };
        if self.choices.chance(70) {
            return json!({ "any": [self.condition(frames, place), self.condition(frames, place)] });
        }
        self.condition(frames, place)
    }

    /// The array that a rule walks, and the items that it then speaks of.
    fn each(&mut self) -> (Option<String>, Vec<ShapeId>) {
        let levels = [0, 0, 0, 1, 1, 2][self.choices.below(6)];
        let (mut text, mut frames) = (None::<String>, Vec::new());
        for _ in 0..levels {
            let start = frames.last().copied().unwrap_or_else(|| self.vocabulary.schema.root());
            let arrays = &self.vocabulary.frame(start).arrays;
            if arrays.is_empty() {
                break;
            }
            let (path, item) = self.choices.pick(arrays);
            text = Some(text.map_or_else(|| format!("/{path}"), |outer| format!("{outer}/*/{path}")));
            frames.push(*item);
        }
        (text, frames)
    }

    fn in_force(&mut self) -> Value {
        let dates = [
            json!({ "from": "2020-01-01" }),
            json!({ "from": "2020-01-01" }),
            json!({ "from": "2020-01-01", "until": "2026-06-15" }),
            json!({ "from": "2026-06-15" }),
            json!({ "from": "2026-06-16" }),
            json!({ "from": "2020-01-01", "until": "2026-06-14" }),
        ];
        self.choices.early(&dates).clone()
    }

    fn condition(&mut self, frames: &[ShapeId], place: Place) -> Value {
        match self.choices.below(10) {
            8 if place.depth > 0 => self.list(frames, place.deeper()),
            9 => self.named(frames).unwrap_or_else(|| self.map(frames, place)),
            _ => self.map(frames, place),
        }
    }

    fn list(&mut self, frames: &[ShapeId], place: Place) -> Value {
        (0..*self.choices.early(&[1, 2, 3])).map(|_| self.condition(frames, place)).collect()
    }

    fn named(&mut self, frames: &[ShapeId]) -> Option<Value> {
        let fits = |shared: &&Shared| shared.item.is_none() || shared.item == frames.last().copied();
        let names: Vec<_> = self.shared.iter().filter(fits).map(|shared| shared.name.clone()).collect();
        (!names.is_empty()).then(|| self.choices.pick(&names).as_str().into())
    }

    fn map(&mut self, frames: &[ShapeId], place: Place) -> Value {
        let mut map = Map::new();
        for _ in 0..*self.choices.early(&[1, 2, 3]) {
            let (key, value) = self.member(frames, place);
            map.insert(key, value);
        }
        let in_company = map.keys().any(|key| key.starts_with(['/', '.']));
        if in_company && place.may_ask && self.choices.chance(25) {
            let (path, _, _) = self.fact(frames);
            map.entry(path).or_insert(json!({ "stated": true }));
        }
        Value::Object(map)
    }

    fn member(&mut self, frames: &[ShapeId], place: Place) -> (String, Value) {
        let kind = if place.depth == 0 { 0 } else { self.choices.below(14) };
        match kind {
            7 => ("any".into(), self.list(frames, place.deeper())),
            8 => ("all".into(), self.list(frames, place.deeper())),
            9 => ("not".into(), self.condition(frames, Place { may_ask: false, ..place.deeper() })),
            10 | 11 => ("each".into(), self.walk(frames, place.deeper())),
            12 | 13 => ("some".into(), self.walk(frames, place.deeper())),
            _ => self.leaf(frames, place),
        }
    }

    fn walk(&mut self, frames: &[ShapeId], place: Place) -> Value {
        let (path, item) = self.choices.pick(&self.arrays(frames)).clone();
        let hold = self.condition(&[frames, &[item]].concat(), place);
        json!({ "in": path, "hold": hold })
    }

    /// The arrays that can be named within some items, the innermost item's first.
    fn arrays(&self, frames: &[ShapeId]) -> Vec<(String, ShapeId)> {
        let starts = (0..=frames.len()).map(|up| self.start(frames, up));
        let arrays = starts.flat_map(|(prefix, start)| {
            let arrays = &self.vocabulary.frame(start).arrays;
            arrays.iter().map(move |(path, item)| (format!("{prefix}{path}"), *item))
        });
        arrays.collect()
    }

    /// How a path begins that leads so many items up, and what it starts from; from the manifest, past all of them.
    fn start(&self, frames: &[ShapeId], up: usize) -> (String, ShapeId) {
        match frames.len().checked_sub(up + 1) {
            None => ("/".into(), self.vocabulary.schema.root()),
            Some(level) if up == 0 => ("./".into(), frames[level]),
            Some(level) => ("../".repeat(up), frames[level]),
        }
    }

    /// How far up a path leads: mostly not at all.
    fn up(&mut self, frames: &[ShapeId]) -> usize {
        if self.choices.chance(50) { self.choices.below(frames.len() + 1) } else { 0 }
    }

    fn fact(&mut self, frames: &[ShapeId]) -> (String, FactKind, &'v [Value]) {
        let up = self.up(frames);
        let (prefix, start) = self.start(frames, up);
        let fact = self.choices.pick(&self.vocabulary.frame(start).facts);
        (format!("{prefix}{}", fact.path), fact.kind, &fact.leaves)
    }

    fn leaf(&mut self, frames: &[ShapeId], place: Place) -> (String, Value) {
        let (path, kind, leaves) = self.fact(frames);
        let mut leaf = self.choices.early(leaves).as_object().cloned().unwrap();
        if kind == FactKind::Date {
            match self.choices.below(6) {
                0 => {}
                1 => leaf = members([("not_before", self.date(frames))]),
                2 => leaf = members([("not_after", self.date(frames))]),
                3 => leaf = members([("max_age", self.age(frames))]),
                4 => leaf = members([("not_after", self.date(frames)), ("not_before", self.date(frames))]),
                _ => leaf.extend(members([("not_after", self.date(frames))])),
            }
        }
        if place.may_ask && self.choices.chance(15) {
            leaf.insert("stated".into(), true.into());
        }
        (path, Value::Object(leaf))
    }

    /// A date expression.
    fn date(&mut self, frames: &[ShapeId]) -> Value {
        let kind = self.choices.below(6);
        let base = match kind {
            0 => return (*self.choices.pick(&DAYS)).into(),
            1 => return "as-of".into(),
            2 => ("date", (*self.choices.pick(&DAYS)).to_owned()),
            3 => ("date", "as-of".to_owned()),
            _ => ("fact", self.one_of(frames, |frame| &frame.dates).unwrap_or_default()),
        };
        let mut date = members([(base.0, base.1.into())]);
        let period = *self.choices.pick(&PERIODS);
        match self.choices.below(3) {
            0 => {}
            1 => drop(date.insert("plus".into(), period.into())),
            _ => drop(date.insert("minus".into(), period.into())),
        }
        Value::Object(date)
    }

    fn age(&mut self, frames: &[ShapeId]) -> Value {
        let stated = if self.choices.chance(40) { self.one_of(frames, |frame| &frame.periods) } else { None };
        stated.map_or_else(|| (*self.choices.pick(&PERIODS)).into(), |fact| json!({ "fact": fact }))
    }

    /// One of some facts, the manifest's own where the items have none.
    fn one_of(
        &mut self,
        frames: &[ShapeId],
        facts: impl Fn(&'v crate::vocabulary::Frame) -> &'v [String],
    ) -> Option<String> {
        let up = self.up(frames);
        let starts = [self.start(frames, up), self.start(frames, frames.len())];
        let (prefix, facts) = starts
            .into_iter()
            .map(|(prefix, start)| (prefix, facts(self.vocabulary.frame(start))))
            .find(|(_, facts)| !facts.is_empty())?;
        Some(format!("{prefix}{}", self.choices.pick(facts)))
    }
}

fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
