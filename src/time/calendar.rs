//! Which days are worked.
//!
//! One data file per calendar, `calendar/NAME.json`, holds what each year's official notice arranges. A calendar knows
//! only the years of its notices: elsewhere Monday to Friday are worked, and whoever counts has to say so.
//!
//! To add a year, add its notice to the file, checked against the notice's own text. A notice may also arrange the end
//! of the December before it, so the last weeks of a table can still change with the notice that follows.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Date;

/// The name of a built-in calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarId {
    /// Mainland China: the yearly holiday arrangements of the General Office of the State Council.
    Cn,
}

/// A name that no built-in calendar has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no calendar is named `{name}`{}", hint(*.did_you_mean))]
pub struct UnknownCalendar {
    /// What was written.
    pub name: String,
    /// The calendar that was probably meant.
    pub did_you_mean: Option<CalendarId>,
}

/// The working days of one state.
#[derive(Debug)]
pub struct Calendar {
    years: RangeInclusive<i16>,
    notices: Vec<Notice>,
    /// Weekdays that are not worked, sorted.
    off: Vec<Date>,
    /// Weekend days that are worked, sorted.
    worked: Vec<Date>,
}

/// The official document that arranges the days of one year.
#[derive(Debug, Deserialize)]
pub struct Notice {
    /// Its title, in the language that it is written in.
    pub title: String,
    /// The number it is filed under.
    pub number: String,
    /// The day it was issued.
    pub date: Date,
}

impl CalendarId {
    /// Every built-in calendar.
    pub const ALL: &'static [CalendarId] = &[CalendarId::Cn];

    /// The name as it is written in a period.
    pub fn name(self) -> &'static str {
        match self {
            CalendarId::Cn => "CN",
        }
    }

    /// The state whose working days these are, in English.
    pub fn state(self) -> &'static str {
        match self {
            CalendarId::Cn => "China",
        }
    }

    /// The calendar itself.
    pub fn calendar(self) -> &'static Calendar {
        static CN: LazyLock<Calendar> = LazyLock::new(|| Calendar::embedded(include_str!("calendar/CN.json")));
        match self {
            CalendarId::Cn => &CN,
        }
    }
}

impl Calendar {
    /// Whether this day is worked; outside [`Calendar::years`], whether it is one of Monday to Friday.
    pub fn is_working_day(&self, day: Date) -> bool {
        if day.is_weekend() { self.worked.binary_search(&day).is_ok() } else { self.off.binary_search(&day).is_err() }
    }

    /// The years whose notices are known, without a gap.
    pub fn years(&self) -> RangeInclusive<i16> {
        self.years.clone()
    }

    /// The notices that the calendar is made from, one for each of its years.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    fn embedded(text: &str) -> Calendar {
        let file: File = serde_json::from_str(text).expect("a test reads every embedded calendar");
        let first = file.years.first().expect("a test finds a year in every calendar").year;
        let mut calendar = Calendar { years: first..=first, notices: Vec::new(), off: Vec::new(), worked: Vec::new() };
        for year in file.years {
            calendar.years = first..=year.year;
            calendar.off.extend(year.off.iter().flat_map(Range::days).filter(|day| !day.is_weekend()));
            calendar.worked.extend(year.worked);
            calendar.notices.push(year.notice);
        }
        calendar.off.sort_unstable();
        calendar.worked.sort_unstable();
        calendar
    }
}

/// A calendar's file.
#[derive(Deserialize)]
struct File {
    years: Vec<Year>,
}

/// What one notice arranges.
#[derive(Deserialize)]
struct Year {
    year: i16,
    notice: Notice,
    off: Vec<Range>,
    worked: Vec<Date>,
}

/// Days off in a row, first and last included.
#[derive(Deserialize)]
struct Range {
    from: Date,
    to: Date,
}

impl Range {
    fn days(&self) -> impl Iterator<Item = Date> {
        let to = self.to;
        std::iter::successors(Some(self.from), |day| Some(day.plus_days(1))).take_while(move |day| *day <= to)
    }
}

impl fmt::Display for CalendarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for CalendarId {
    type Err = UnknownCalendar;

    fn from_str(name: &str) -> Result<CalendarId, UnknownCalendar> {
        Self::ALL
            .iter()
            .copied()
            .find(|id| id.name() == name)
            .ok_or_else(|| UnknownCalendar { name: name.to_owned(), did_you_mean: closest(name) })
    }
}

/// The calendar whose name, or whose state, is written most like this, if any is.
fn closest(name: &str) -> Option<CalendarId> {
    let name = name.to_lowercase();
    let likeness = |id: CalendarId| {
        let alike = |other: &str| strsim::normalized_levenshtein(&name, &other.to_lowercase());
        alike(id.name()).max(alike(id.state()))
    };
    let best = CalendarId::ALL.iter().copied().max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
    best.filter(|id| likeness(*id) > 0.6)
}

/// The end of the sentence about an unknown name: what was meant, or else what there is.
fn hint(did_you_mean: Option<CalendarId>) -> String {
    match did_you_mean {
        Some(id) => format!("; did you mean `{id}`?"),
        None => format!("; there is {}", all_names()),
    }
}

/// Every calendar's name, as a sentence lists them.
pub(super) fn all_names() -> String {
    let names: Vec<String> = CalendarId::ALL.iter().map(|id| format!("`{id}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests;
