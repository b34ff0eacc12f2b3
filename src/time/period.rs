//! Counting a period from a day.
//!
//! The day of the event is not counted, the period's last day is: ten working days after a Monday end on the tenth
//! working day that follows it. Months end on the day with the same number, or on their last day if they have none.
//! Backwards is the mirror image. Counting stops at [`Date::MIN`] and [`Date::MAX`].

use std::fmt;
use std::ops::RangeInclusive;

use super::{CalendarId, Date, PeriodError};

/// What a period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Calendar months.
    Months,
    /// The days that this calendar says are worked.
    WorkingDays(CalendarId),
}

/// A length of time as law states it, at most a hundred years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    count: u32,
    unit: Unit,
}

/// The day that a period ends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// That day.
    pub date: Date,
    /// There if some of the days counted lie beyond what the calendar knows, so that the day may still turn out another.
    pub beyond: Option<Beyond>,
}

/// Working days that were counted Monday to Friday, because the calendar has no notice for their years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// The calendar that was counted by.
    pub calendar: CalendarId,
    /// Its unknown years among those counted, in order: at most one run before its table and one after.
    pub years: Vec<RangeInclusive<i16>>,
}

#[derive(Clone, Copy)]
enum Direction {
    Later,
    Earlier,
}

impl Unit {
    /// How many of it a period may count: a hundred years.
    fn most(self) -> u32 {
        match self {
            Unit::Days => 36_525,
            Unit::Months => 1_200,
            Unit::WorkingDays(_) => 26_100,
        }
    }
}

impl Period {
    /// So many of this unit, none included.
    pub fn new(count: u32, unit: Unit) -> Result<Period, PeriodError> {
        let most = unit.most();
        if count > most {
            return Err(PeriodError::TooLong { most: Period { count: most, unit } });
        }
        Ok(Period { count, unit })
    }

    /// How many.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Of what.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The last day of the period that an event on this day starts.
    pub fn after(&self, event: Date) -> Counted {
        self.counted(event, Direction::Later)
    }

    /// The first day of the period that an event on this day ends.
    pub fn before(&self, event: Date) -> Counted {
        self.counted(event, Direction::Earlier)
    }

    fn counted(&self, event: Date, direction: Direction) -> Counted {
        let step = direction.step();
        let count = i32::try_from(self.count).expect("a period is at most a hundred years");
        match self.unit {
            Unit::Days => Counted { date: event.plus_days(step * count), beyond: None },
            Unit::Months => Counted { date: event.plus_months(step * count), beyond: None },
            Unit::WorkingDays(calendar) => working_days(self.count, calendar, event, direction),
        }
    }
}

/// Walks day by day: a period is short, and a calendar is quick to ask.
fn working_days(count: u32, id: CalendarId, event: Date, direction: Direction) -> Counted {
    let calendar = id.calendar();
    let first = event.plus_days(direction.step());
    let (mut date, mut left) = (event, count);
    while left > 0 && date != direction.end() {
        date = date.plus_days(direction.step());
        if calendar.is_working_day(date) {
            left -= 1;
        }
    }
    let beyond = if count == 0 { None } else { Beyond::of(id, first.min(date), first.max(date)) };
    Counted { date, beyond }
}

impl Direction {
    fn step(self) -> i32 {
        match self {
            Direction::Later => 1,
            Direction::Earlier => -1,
        }
    }

    fn end(self) -> Date {
        match self {
            Direction::Later => Date::MAX,
            Direction::Earlier => Date::MIN,
        }
    }
}

impl Beyond {
    /// The years from this day to that one which the calendar doesn't know, if there are any.
    fn of(calendar: CalendarId, from: Date, to: Date) -> Option<Beyond> {
        let (from, to) = (from.year(), to.year());
        let known = calendar.calendar().years();
        let earlier = from..=to.min(known.start() - 1);
        let later = from.max(known.end() + 1)..=to;
        let years: Vec<_> = [earlier, later].into_iter().filter(|run| !run.is_empty()).collect();
        (!years.is_empty()).then_some(Beyond { calendar, years })
    }
}

impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let runs: Vec<String> = self.years.iter().map(in_words).collect();
        let known = in_words(&self.calendar.calendar().years());
        let years = runs.join(" and ");
        write!(f, "calendar `{}` covers {known}; in {years}, working days were counted Monday to Friday", self.calendar)
    }
}

fn in_words(years: &RangeInclusive<i16>) -> String {
    let (first, last) = (years.start(), years.end());
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

#[cfg(test)]
mod tests;
