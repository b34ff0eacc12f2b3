//! Goals to formulas: walks expanded over the items that can matter, facts named by their place.
//!
//! A walk's truth is kept if of the items one is kept that brings it about (that fails an `each`, that meets a `some`,
//! that is unknown). So no more items matter than there are different walks over an array, and one for a rule's `for`;
//! and as an item can stand there twice, an array is not stated, empty, has one item, or has that many. Where walks
//! over an array depend on its own items, more may matter than are tried; then nothing is proven.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::manifest::{FactId, FactKind, ManifestSchema, Shape, ShapeId};
use crate::pack::{
    Age, Anchor, ArrayPath, Check, Condition, DateBase, DateExpr, FactPath, Leaf, LeafSchema, Step, Walk,
};
use crate::schema::compile;
use crate::time::Unit;

use super::formula::{
    Array, ArrayId, Base, Formula, Node, NodeId, Relation, Segment, Shift, Slot, SlotId, Term, Wanted,
};
use super::goal::{At, Goal, Part, Truths, What};

/// No array is tried with more items than this.
const MOST_ITEMS: usize = 10;

/// No formula has more nodes than this.
const MOST_NODES: usize = 20_000;

/// Where the codes of the countries stand in which a system is offered: a market must be one of them.
const OFFERED: [&str; 2] = ["system", "offered_in"];

/// Expands a goal.
pub(super) fn ground(schema: &ManifestSchema, goal: &Goal<'_>) -> Formula {
    let mut limits = BTreeMap::new();
    loop {
        let mut grounder = Grounder::new(schema, &limits);
        let wanted = grounder.goal(goal);
        let markets = grounder.markets();
        let wanted = if markets.is_empty() { wanted } else { Wanted::All([vec![wanted], markets].concat()) };
        let more = grounder.wanting();
        let grew = more.iter().any(|(fact, count)| (*count).min(MOST_ITEMS) > limits.get(fact).copied().unwrap_or(1));
        if !grew || grounder.overflow {
            let complete = !grounder.overflow && more.values().all(|count| *count <= MOST_ITEMS);
            return Formula { goal: wanted, complete, ..grounder.formula };
        }
        for (fact, count) in more {
            let limit = limits.entry(fact).or_insert(1);
            *limit = (*limit).max(count.min(MOST_ITEMS));
        }
    }
}

/// An item being walked: its place, or none where its array is not stated.
type Frame = Option<Vec<Segment>>;

struct Grounder<'s> {
    schema: &'s ManifestSchema,
    formula: Formula,
    limits: &'s BTreeMap<FactId, usize>,
    nodes: HashMap<Node, NodeId>,
    slots: HashMap<Vec<Segment>, SlotId>,
    arrays: HashMap<Vec<Segment>, ArrayId>,
    overflow: bool,
}

impl<'s> Grounder<'s> {
    fn new(schema: &'s ManifestSchema, limits: &'s BTreeMap<FactId, usize>) -> Self {
        Self {
            schema,
            formula: Formula::default(),
            limits,
            nodes: HashMap::new(),
            slots: HashMap::new(),
            arrays: HashMap::new(),
            overflow: false,
        }
    }

    fn goal(&mut self, goal: &Goal<'_>) -> Wanted {
        match goal {
            Goal::Is(part, truths) => Wanted::Is(self.part(part), *truths),
            Goal::Not(goal) => Wanted::Not(Box::new(self.goal(goal))),
            Goal::All(goals) => Wanted::All(goals.iter().map(|goal| self.goal(goal)).collect()),
            Goal::Any(goals) => Wanted::Any(goals.iter().map(|goal| self.goal(goal)).collect()),
        }
    }

    fn part(&mut self, part: &Part<'_>) -> NodeId {
        let mut frames = self.frames(part.at);
        match part.what {
            What::Condition(condition) => self.condition(condition, &mut frames),
            What::Open(date) => {
                let as_of = Term { base: Base::AsOf, shift: Shift::None };
                let day = self.date(date, &frames);
                self.related(Some(as_of), day)
            }
            What::Since(day) => {
                let day = Term { base: Base::Day(day), shift: Shift::None };
                self.related(Some(day), Some(Term { base: Base::AsOf, shift: Shift::None }))
            }
        }
    }

    /// The items that a part is seen from.
    fn frames(&mut self, at: At<'_>) -> Vec<Frame> {
        let (array, stated): (&ArrayPath, usize) = match at {
            At::System => return Vec::new(),
            At::Item(array) => (array, array.levels.len()),
            At::Absent(array, level) => (array, level),
        };
        let mut frames: Vec<Frame> = Vec::new();
        for (number, level) in array.levels.iter().enumerate() {
            let place = self.place(level, &frames).map(|(place, _)| place);
            let id = place.filter(|_| number <= stated).map(|place| self.array(place));
            let Some(id) = id else {
                frames.push(None);
                continue;
            };
            let array = &mut self.formula.arrays[id];
            if number < stated {
                array.has_item = true;
                frames.push(Some([array.place.clone(), vec![Segment::Item(0)]].concat()));
            } else {
                array.is_absent = true;
                frames.push(None);
            }
        }
        frames
    }

    fn condition(&mut self, condition: &Condition, frames: &mut Vec<Frame>) -> NodeId {
        match condition {
            Condition::All(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, frames)).collect();
                self.node(Node::All(parts))
            }
            Condition::Any(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, frames)).collect();
                self.node(Node::Any(parts))
            }
            Condition::Not(part) => {
                let part = self.condition(part, frames);
                self.node(Node::Not(part))
            }
            Condition::Each(walk) => self.walk(walk, true, frames),
            Condition::Some(walk) => self.walk(walk, false, frames),
            Condition::Named { meaning, .. } => self.condition(meaning, frames),
            Condition::Leaf(leaf) => self.leaf(leaf, frames),
        }
    }

    fn walk(&mut self, walk: &Walk, each: bool, frames: &mut Vec<Frame>) -> NodeId {
        let Some((place, _)) = self.place(&walk.array, frames) else { return self.node(Node::Unknown) };
        let array = self.array(place);
        let mut items = Vec::new();
        for number in 0..self.formula.arrays[array].most {
            let item = [self.formula.arrays[array].place.as_slice(), &[Segment::Item(number)]].concat();
            frames.push(Some(item));
            items.push(self.condition(&walk.hold, frames));
            frames.pop();
        }
        self.node(Node::Walk { each, array, items })
    }

    fn leaf(&mut self, leaf: &Leaf, frames: &[Frame]) -> NodeId {
        let Some(slot) = self.fact(&leaf.fact, frames) else { return self.node(Node::Unknown) };
        let checks: Vec<_> = leaf.checks.iter().map(|check| self.check(check, slot, frames)).collect();
        if let [only] = checks[..] { only } else { self.node(Node::All(checks)) }
    }

    fn check(&mut self, check: &Check, slot: SlotId, frames: &[Frame]) -> NodeId {
        let own = Some(Term { base: Base::Fact(slot), shift: Shift::None });
        match check {
            Check::Schema(schema) => self.schema_check(slot, schema),
            Check::Stated => self.node(Node::Stated(slot)),
            Check::NotBefore(date) => {
                let date = self.date(date, frames);
                self.related(date, own)
            }
            Check::NotAfter(date) => {
                let date = self.date(date, frames);
                self.related(own, date)
            }
            Check::MaxAge(age) => {
                let shift = match age {
                    Age::Period(period) => Some(Shift::By(crate::pack::Offset::Plus(*period))),
                    Age::Fact(path) => self.count(path, frames),
                };
                let last = shift.map(|shift| Term { base: Base::Fact(slot), shift });
                self.related(Some(Term { base: Base::AsOf, shift: Shift::None }), last)
            }
        }
    }

    fn schema_check(&mut self, slot: SlotId, schema: &LeafSchema) -> NodeId {
        let checks = &mut self.formula.slots[slot].checks;
        let check = checks.iter().position(|known| known == schema).unwrap_or_else(|| {
            checks.push(schema.clone());
            checks.len() - 1
        });
        self.node(Node::Schema { slot, check })
    }

    fn count(&mut self, path: &FactPath, frames: &[Frame]) -> Option<Shift> {
        let slot = self.fact(path, frames)?;
        match self.schema.fact(path.fact).unit.as_deref() {
            Some("days") => Some(Shift::Count(slot, Unit::Days)),
            Some("months") => Some(Shift::Count(slot, Unit::Months)),
            _ => None,
        }
    }

    fn date(&mut self, date: &DateExpr, frames: &[Frame]) -> Option<Term> {
        let base = match &date.base {
            DateBase::Day(day) => Base::Day(*day),
            DateBase::AsOf => Base::AsOf,
            DateBase::Fact(path) => Base::Fact(self.fact(path, frames)?),
        };
        Some(Term { base, shift: date.offset.map_or(Shift::None, Shift::By) })
    }

    fn related(&mut self, early: Option<Term>, late: Option<Term>) -> NodeId {
        let (Some(early), Some(late)) = (early, late) else { return self.node(Node::Unknown) };
        let relation = Relation { early, late };
        let relations = &mut self.formula.relations;
        let id = relations.iter().position(|known| *known == relation).unwrap_or_else(|| {
            relations.push(relation);
            relations.len() - 1
        });
        self.node(Node::Related(id))
    }

    fn node(&mut self, node: Node) -> NodeId {
        if let Some(known) = self.nodes.get(&node) {
            return *known;
        }
        self.overflow |= self.formula.nodes.len() >= MOST_NODES;
        self.formula.nodes.push(node.clone());
        self.nodes.insert(node, self.formula.nodes.len() - 1);
        self.formula.nodes.len() - 1
    }

    /// Where a path leads to and the document's key that it leads through last; nowhere from an item that is not there.
    fn place(&mut self, path: &FactPath, frames: &[Frame]) -> Option<(Vec<Segment>, Option<SlotId>)> {
        let mut place = match path.anchor {
            Anchor::Root => Vec::new(),
            Anchor::Item(level) => frames[level].clone()?,
        };
        let mut needs = None;
        for step in &path.steps {
            match step {
                Step::Member(name) => place.push(Segment::Member(name.clone())),
                Step::Document => {
                    needs = Some(self.slot(place.clone(), needs)?);
                    place.push(Segment::Document);
                }
            }
        }
        Some((place, needs))
    }

    fn fact(&mut self, path: &FactPath, frames: &[Frame]) -> Option<SlotId> {
        let (place, needs) = self.place(path, frames)?;
        self.slot(place, needs)
    }

    fn slot(&mut self, place: Vec<Segment>, needs: Option<SlotId>) -> Option<SlotId> {
        if let Some(known) = self.slots.get(&place) {
            return Some(*known);
        }
        let Shape::Fact(fact) = self.schema.shape(self.shape(&place)?) else { return None };
        let must = self.is_required(&place);
        let known = self.schema.fact(*fact);
        let (is_day, past) = (known.kind == FactKind::Date, known.past);
        let slot = Slot { place: place.clone(), fact: *fact, checks: Vec::new(), needs, must, is_day, past };
        self.formula.slots.push(slot);
        self.slots.insert(place, self.formula.slots.len() - 1);
        Some(self.formula.slots.len() - 1)
    }

    fn array(&mut self, place: Vec<Segment>) -> ArrayId {
        if let Some(known) = self.arrays.get(&place) {
            return *known;
        }
        let fact = match self.shape(&place).map(|shape| self.schema.shape(shape)) {
            Some(Shape::Collection { fact, .. }) => *fact,
            _ => unreachable!("the pack's reader takes only arrays of objects for walks"),
        };
        let most = self.limits.get(&fact).copied().unwrap_or(1);
        self.formula.arrays.push(Array { place: place.clone(), fact, most, has_item: false, is_absent: false });
        self.arrays.insert(place, self.formula.arrays.len() - 1);
        self.formula.arrays.len() - 1
    }

    fn shape(&self, place: &[Segment]) -> Option<ShapeId> {
        place.iter().try_fold(self.schema.root(), |at, segment| match segment {
            Segment::Member(name) => self.schema.child(at, name),
            Segment::Document => self.schema.document(),
            Segment::Item(_) => match self.schema.shape(at) {
                Shape::Collection { item, .. } => Some(*item),
                _ => None,
            },
        })
    }

    /// Whether a fact is stated wherever the item is, or the manifest, in which it stands.
    fn is_required(&self, place: &[Segment]) -> bool {
        let Some((Segment::Member(name), parent)) = place.split_last() else { return false };
        matches!(parent.last(), None | Some(Segment::Item(_)))
            && schema_at(self.schema.value(), parent).is_some_and(|schema| requires(schema, name))
    }

    /// How many items of each array can matter: one for each different walk, and one that a rule is about.
    fn wanting(&self) -> BTreeMap<FactId, usize> {
        let mut walks = vec![0; self.formula.arrays.len()];
        for node in &self.formula.nodes {
            if let Node::Walk { array, .. } = node {
                walks[*array] += 1;
            }
        }
        let mut most = BTreeMap::new();
        for (array, walks) in self.formula.arrays.iter().zip(walks) {
            let count = most.entry(array.fact).or_insert(1);
            *count = (*count).max(walks + usize::from(array.has_item));
        }
        most
    }

    /// A market about which something is stated is among those in which the system is offered, where those are stated.
    fn markets(&mut self) -> Vec<Wanted> {
        let place = OFFERED.map(|name| Segment::Member(name.to_owned()));
        let Some(offered) = self.slots.get(&place[..]).copied() else { return Vec::new() };
        if self.schema.fact(self.formula.slots[offered].fact).kind != FactKind::List {
            return Vec::new();
        }
        let market = |place: &[Segment]| match place {
            [Segment::Member(markets), Segment::Member(market), ..] if markets == "markets" => Some(market.clone()),
            _ => None,
        };
        let mut below: BTreeMap<String, Vec<Node>> = BTreeMap::new();
        for (id, slot) in self.formula.slots.iter().enumerate() {
            market(&slot.place).into_iter().for_each(|name| below.entry(name).or_default().push(Node::Stated(id)));
        }
        for (id, array) in self.formula.arrays.iter().enumerate() {
            market(&array.place).into_iter().for_each(|name| below.entry(name).or_default().push(Node::Listed(id)));
        }
        below.into_iter().map(|(name, stated)| self.market(offered, &name, stated)).collect()
    }

    fn market(&mut self, offered: SlotId, name: &str, stated: Vec<Node>) -> Wanted {
        let value = json!({ "contains": { "const": name } });
        let validator = compile(&value).expect("a constant is a schema");
        let listed = self.schema_check(offered, &LeafSchema { value, validator: validator.into() });
        let silent = stated.into_iter().map(|node| Wanted::Is(self.node(node), Truths::UNKNOWN));
        let silent = Wanted::All(silent.collect());
        Wanted::Any(vec![Wanted::Is(listed, Truths::FALSE.other()), silent])
    }
}

/// What the manifest's schema says of a place.
pub(super) fn schema_at<'v>(schema: &'v Value, place: &[Segment]) -> Option<&'v Value> {
    place.iter().try_fold(schema, |at, segment| match segment {
        Segment::Member(name) => at.get("properties")?.get(name).or_else(|| at.get("additionalProperties")),
        Segment::Item(_) => at.get("items"),
        Segment::Document => schema.get("properties")?.get("documents")?.get("additionalProperties"),
    })
}

/// Whether a schema of an object requires a member.
pub(super) fn requires(schema: &Value, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|names| names.iter().any(|required| required == name))
}
