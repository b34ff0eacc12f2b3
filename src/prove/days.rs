//! Days in a wanted order: the earliest days that meet comparisons, or the proof that none do.
//!
//! Each comparison says that one day, moved, is not later than another, moved, or is later. To move a day never turns
//! the order of two days around. So from where the day on the left must lie follows from when on the day on the right
//! may lie; to follow that until nothing changes gives the earliest days that will do, if any will.

use crate::pack::Offset;
use crate::time::{Date, Period, Unit};

use super::Day;
use super::formula::{Base, Relation, Shift, SlotId, Term};

/// So many times each comparison is followed.
const MOST_ROUNDS: usize = 300;

/// So many days are tried around the one that a period leads to.
const MOST_TRIED: usize = 500;

/// Days are looked for in these years; at the ends of the calendar counting stops, and nothing follows from anything.
const FIRST_YEAR: i16 = 1000;
/// The last of them; the longest period, a hundred years, leads from it to no end.
const LAST_YEAR: i16 = 8999;

/// What must be so.
#[derive(Debug, Default)]
pub(super) struct Wanted<'f> {
    /// Comparisons, and whether they hold.
    pub relations: Vec<(&'f Relation, bool)>,
    /// The days that facts state, where they are free; and whether they cannot lie after the run's date.
    pub free: Vec<(SlotId, bool)>,
    /// The days that facts state, where they are fixed.
    pub fixed: Vec<(SlotId, Date, bool)>,
    /// What facts state that count days or months; of some, nothing is known.
    pub counts: Vec<(SlotId, Option<u32>)>,
}

/// Days that meet what is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Days {
    pub as_of: Date,
    pub facts: Vec<(SlotId, Date)>,
}

fn year(year: i16) -> Date {
    format!("{year}-01-01").parse().expect("every year begins")
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    Days(Days),
    Never,
    Unknown,
}

/// Looks for days, not too far from the run's date if that will do.
pub(super) fn find(wanted: &Wanted<'_>, day: Day) -> Found {
    let (best, free) = match day {
        Day::On(day) => (day, false),
        Day::Any { best } => (best, true),
    };
    if wanted.goes_round() {
        return Found::Never;
    }
    let recent = Period::new(24, Unit::Months).map_or(Date::MIN, |period| period.before(best).date);
    let mut last = Found::Unknown;
    let (first, end) = (year(FIRST_YEAR), year(LAST_YEAR));
    let tries = [(recent, (best, best)), (first, (best, best)), (best, (best, end)), (first, (first, end))];
    for (floor, as_of) in tries {
        if as_of != (best, best) && !free {
            break;
        }
        last = System::new(wanted, floor, as_of).solve();
        if matches!(last, Found::Days(_)) {
            return last;
        }
    }
    // What a fact counts is one of many numbers.
    if last == Found::Never && wanted.counts_matter() { Found::Unknown } else { last }
}

impl Wanted<'_> {
    /// Whether some day would have to lie before itself. Then no days will do, and to follow comparisons would not end.
    fn goes_round(&self) -> bool {
        let edges: Vec<_> = self.relations.iter().flat_map(|(relation, holds)| edge(relation, *holds)).collect();
        let past = self.free.iter().copied().chain(self.fixed.iter().map(|(slot, _, past)| (*slot, *past)));
        let past = past.filter(|(_, past)| *past).map(|(slot, _)| (Base::Fact(slot), Base::AsOf, 0));
        let edges: Vec<(Base, Base, i64)> = edges.into_iter().chain(past).collect();
        let mut bases: Vec<(Base, i64)> = Vec::new();
        for base in edges.iter().flat_map(|(from, to, _)| [*from, *to]) {
            if !bases.iter().any(|(known, _)| *known == base) {
                bases.push((base, 0));
            }
        }
        for _ in 0..=bases.len() {
            let before = bases.clone();
            for (from, to, days) in &edges {
                let reached = bases.iter().find(|(base, _)| base == from).map_or(0, |(_, reached)| reached + days);
                bases.iter_mut().filter(|(base, _)| base == to).for_each(|(_, known)| *known = reached.max(*known));
            }
            if bases == before {
                return false;
            }
        }
        true
    }

    fn counts_matter(&self) -> bool {
        let counts = |term: &Term| matches!(term.shift, Shift::Count(..));
        self.relations.iter().any(|(relation, _)| counts(&relation.early) || counts(&relation.late))
    }
}

/// At least so many days the second day lies after the first.
fn edge(relation: &Relation, holds: bool) -> Option<(Base, Base, i64)> {
    let fixed = |base| matches!(base, Base::Day(_));
    let (early, late) = (&relation.early, &relation.late);
    let (from, to, strictly) = if holds { (early, late, 0) } else { (late, early, 1) };
    let (least, most) = (span(from.shift)?.0, span(to.shift)?.1);
    (!fixed(from.base) && !fixed(to.base)).then_some((from.base, to.base, least - most + strictly))
}

/// By how many days a shift moves a day: at least and at most, no more exactly than is needed.
fn span(shift: Shift) -> Option<(i64, i64)> {
    let of = |period: Period| {
        let count = i64::from(period.count());
        match period.unit() {
            Unit::Days => (count, count),
            Unit::Months => ((count * 28).max(count * 30 - 3), count * 31),
            Unit::WorkingDays(_) => (count, count * 3 + 15),
        }
    };
    match shift {
        Shift::None => Some((0, 0)),
        Shift::By(Offset::Plus(period)) => Some(of(period)),
        Shift::By(Offset::Minus(period)) => Some((-of(period).1, -of(period).0)),
        Shift::Count(..) => None,
    }
}

/// A day that is looked for: from when on and until when it may lie.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    least: Date,
    most: Date,
}

struct System<'w, 'f> {
    wanted: &'w Wanted<'f>,
    as_of: Bounds,
    facts: Vec<(SlotId, Bounds)>,
}

/// Why a comparison cannot be followed.
enum Stop {
    Never,
    Unknown,
}

impl<'w, 'f> System<'w, 'f> {
    fn new(wanted: &'w Wanted<'f>, floor: Date, (from, to): (Date, Date)) -> Self {
        let free = wanted.free.iter().map(|(slot, _)| (*slot, Bounds { least: floor, most: year(LAST_YEAR) }));
        let fixed = wanted.fixed.iter().map(|(slot, day, _)| (*slot, Bounds { least: *day, most: *day }));
        Self { wanted, as_of: Bounds { least: from, most: to }, facts: free.chain(fixed).collect() }
    }

    fn solve(mut self) -> Found {
        for _ in 0..MOST_ROUNDS {
            let before = self.least();
            if let Err(stop) = self.follow_all() {
                return match stop {
                    Stop::Never => Found::Never,
                    Stop::Unknown => Found::Unknown,
                };
            }
            if self.least() == before {
                return Found::Days(before);
            }
        }
        Found::Unknown
    }

    fn least(&self) -> Days {
        let facts = self.facts.iter().map(|(slot, bounds)| (*slot, bounds.least));
        Days { as_of: self.as_of.least, facts: facts.collect() }
    }

    fn follow_all(&mut self) -> Result<(), Stop> {
        let unmoved = |base| Term { base, shift: Shift::None };
        let past = self.wanted.free.iter().map(|(slot, past)| (*slot, *past));
        let past = past.chain(self.wanted.fixed.iter().map(|(slot, _, past)| (*slot, *past)));
        for (slot, _) in past.filter(|(_, past)| *past).collect::<Vec<_>>() {
            self.follow(&unmoved(Base::Fact(slot)), &unmoved(Base::AsOf), false)?;
        }
        for (relation, holds) in &self.wanted.relations {
            if *holds {
                self.follow(&relation.early, &relation.late, false)?;
            } else {
                self.follow(&relation.late, &relation.early, true)?;
            }
        }
        Ok(())
    }

    /// The left day is not later than the right, or earlier if `strictly`.
    fn follow(&mut self, left: &Term, right: &Term, strictly: bool) -> Result<(), Stop> {
        let (Some(left_day), Some(bounds)) = (self.bounds(left.base), self.bounds(right.base)) else {
            return Err(Stop::Unknown);
        };
        let reached = self.moved(left_day.least, left.shift).ok_or(Stop::Unknown)?;
        if strictly && reached == Date::MAX {
            return Err(Stop::Never);
        }
        let target = if strictly { reached.next() } else { reached };
        if self.moved(bounds.least, right.shift).ok_or(Stop::Unknown)? >= target {
            return Ok(());
        }
        let least = self.first(target, right.shift, bounds)?;
        if least > bounds.most {
            return Err(Stop::Never);
        }
        match right.base {
            Base::Day(_) => return Err(Stop::Never),
            Base::AsOf => self.as_of.least = least,
            Base::Fact(slot) => {
                self.facts.iter_mut().filter(|(known, _)| *known == slot).for_each(|(_, day)| day.least = least);
            }
        }
        Ok(())
    }

    fn bounds(&self, base: Base) -> Option<Bounds> {
        match base {
            Base::Day(day) => Some(Bounds { least: day, most: day }),
            Base::AsOf => Some(self.as_of),
            Base::Fact(slot) => self.facts.iter().find(|(known, _)| *known == slot).map(|(_, bounds)| *bounds),
        }
    }

    /// A day, moved.
    fn moved(&self, day: Date, shift: Shift) -> Option<Date> {
        Some(match shift {
            Shift::None => day,
            Shift::By(Offset::Plus(period)) => period.after(day).date,
            Shift::By(Offset::Minus(period)) => period.before(day).date,
            Shift::Count(slot, unit) => {
                let count = self.wanted.counts.iter().find(|(known, _)| *known == slot)?.1?;
                Period::new(count, unit).map_or(Date::MAX, |period| period.after(day).date)
            }
        })
    }

    /// The first day from some day on that, moved, is not before the target.
    fn first(&self, target: Date, shift: Shift, bounds: Bounds) -> Result<Date, Stop> {
        let moved = |day| self.moved(day, shift).ok_or(Stop::Unknown);
        if moved(bounds.most)? < target {
            return Err(Stop::Never);
        }
        let guess = match shift {
            Shift::None => target,
            Shift::By(Offset::Plus(period)) => period.before(target).date,
            Shift::By(Offset::Minus(period)) => period.after(target).date,
            Shift::Count(slot, unit) => {
                let count = self.wanted.counts.iter().find(|(known, _)| *known == slot).and_then(|(_, count)| *count);
                let period = count.and_then(|count| Period::new(count, unit).ok());
                period.map_or(bounds.least, |period| period.before(target).date)
            }
        };
        let mut day = guess.clamp(bounds.least, bounds.most);
        for _ in 0..MOST_TRIED {
            if moved(day)? < target {
                day = day.next();
            } else if day > bounds.least && moved(day.previous())? >= target {
                day = day.previous();
            } else {
                return Ok(day);
            }
        }
        Err(Stop::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn term(base: Base, period: Option<&str>) -> Term {
        let shift = period.map_or(Shift::None, |period| Shift::By(Offset::Plus(period.parse().unwrap())));
        Term { base, shift }
    }

    #[test]
    fn the_earliest_days_in_order_are_found() {
        let filed = Relation { early: term(Base::Fact(1), None), late: term(Base::Fact(0), Some("10 days")) };
        let later = Relation { early: term(Base::Day(day("2026-03-01")), None), late: term(Base::Fact(1), None) };
        let wanted = Wanted {
            relations: vec![(&filed, true), (&later, true)],
            free: vec![(0, true), (1, true)],
            ..Wanted::default()
        };
        let Found::Days(days) = find(&wanted, Day::On(day("2026-06-01"))) else { panic!() };
        assert_eq!(days.facts, [(0, day("2026-02-19")), (1, day("2026-03-01"))]);
        let broken = Wanted {
            relations: vec![(&filed, false), (&later, true)],
            free: vec![(0, true), (1, true)],
            ..Wanted::default()
        };
        let Found::Days(days) = find(&broken, Day::On(day("2026-06-01"))) else { panic!() };
        assert_eq!(days.facts, [(0, day("2024-06-01")), (1, day("2026-03-01"))]);
    }

    #[test]
    fn what_cannot_be_is_proven() {
        let after = Relation { early: term(Base::Fact(0), Some("1 day")), late: term(Base::Fact(1), None) };
        let before = Relation { early: term(Base::Fact(1), None), late: term(Base::Fact(0), None) };
        let wanted = Wanted {
            relations: vec![(&after, true), (&before, true)],
            free: vec![(0, true), (1, true)],
            ..Wanted::default()
        };
        assert_eq!(find(&wanted, Day::On(day("2026-06-01"))), Found::Never);
    }

    #[test]
    fn a_day_of_the_past_does_not_lie_ahead() {
        let ahead = Relation { early: term(Base::Day(day("2026-06-02")), None), late: term(Base::Fact(0), None) };
        let wanted = Wanted { relations: vec![(&ahead, true)], free: vec![(0, true)], ..Wanted::default() };
        assert_eq!(find(&wanted, Day::On(day("2026-06-01"))), Found::Never);
        let Found::Days(days) = find(&wanted, Day::Any { best: day("2026-06-01") }) else { panic!() };
        assert_eq!(days.as_of, day("2026-06-02"));
    }
}
