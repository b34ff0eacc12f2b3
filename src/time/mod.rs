//! Days, periods and working-day calendars.
//!
//! Law counts in days, in months and in working days, and a working day is what a state's yearly notice says it is.
//! This module answers which day a period ends on, exactly and without a clock or a time zone. It must not know
//! who asks: no manifests, no rules, no reports.
//!
//! A period does not count the day of the event and includes its last day. What no notice has arranged yet is
//! counted Monday to Friday, and [`Counted::beyond`] says so.

mod calendar;
mod date;
mod parse;
mod period;

pub use calendar::{Calendar, CalendarId, Notice, UnknownCalendar};
pub use date::{Date, DateError};
pub use parse::PeriodError;
pub use period::{Beyond, Counted, Period, Unit};
