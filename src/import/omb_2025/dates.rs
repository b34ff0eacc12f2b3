//! Dates as the inventory writes them: thirteen ways, American order, many without a day.

use crate::import::Reason;
use crate::time::Date;

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A day.
    Day(Date),
    /// A month or a year.
    Imprecise,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `2024-10-01` and `10/1/2024`, with or without a time of day, as days, and `10/2024`, `Oct-24` and `2024` as dates
/// without one.
pub(super) fn read(text: &str) -> Result<Written, Reason> {
    let (day, time) = match text.split_once(' ') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    if !time.is_none_or(is_time_of_day) {
        return Err(Reason::NotADate);
    }
    match parts(day).as_deref() {
        Some(&[(year, 4), (month, 2), (date, 2)]) if day.contains('-') => on(year, month, date),
        Some(&[(month, 1 | 2), (date, 1 | 2), (year, 4)]) if day.contains('/') => on(year, month, date),
        Some(&[(month, 1 | 2), (_, 4)]) if day.contains('/') && time.is_none() => imprecise((1..=12).contains(&month)),
        Some(&[(_, 4)]) if time.is_none() => Ok(Written::Imprecise),
        None if time.is_none() && is_month_and_year(day) => Ok(Written::Imprecise),
        _ => Err(Reason::NotADate),
    }
}

/// The numbers between hyphens or slashes, and how many digits each has.
fn parts(day: &str) -> Option<Vec<(u32, usize)>> {
    let separator = if day.contains('/') { '/' } else { '-' };
    day.split(separator).map(|part| Some((number(part)?, part.len()))).collect()
}

/// A number of one to four digits.
fn number(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn on(year: u32, month: u32, day: u32) -> Result<Written, Reason> {
    let date = format!("{year:04}-{month:02}-{day:02}").parse();
    date.map(Written::Day).map_err(|_| Reason::NoSuchDay)
}

fn imprecise(exists: bool) -> Result<Written, Reason> {
    if exists { Ok(Written::Imprecise) } else { Err(Reason::NoSuchDay) }
}

/// `Oct-24`.
fn is_month_and_year(text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(month, year)| MONTHS.contains(&month) && year.len() == 2 && number(year).is_some())
}

/// `0:00`, `00:00:00` or `12:00:00 AM`. No zone, so it cannot move the day.
fn is_time_of_day(text: &str) -> bool {
    let (clock, hours) = match text.strip_suffix(" AM").or_else(|| text.strip_suffix(" PM")) {
        Some(clock) => (clock, 1..=12),
        None => (text, 0..=23),
    };
    let parts: Option<Vec<u32>> = clock.split(':').map(number).collect();
    match parts.as_deref() {
        Some([hour, minutes @ ..]) if matches!(minutes.len(), 1 | 2) => {
            hours.contains(hour) && minutes.iter().all(|minute| *minute < 60)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn day(text: &str, date: &str) {
        assert_eq!(read(text), Ok(Written::Day(date.parse().unwrap())), "{text}");
    }

    #[test]
    fn a_day_is_read_from_every_shape_that_has_one() {
        for text in ["2024-10-01 00:00:00", "10/1/2024", "10/01/2024", "10/01/2024 00:00:00", "2024-10-01"] {
            day(text, "2024-10-01");
        }
        day("09/24/2024 12:00:00 AM", "2024-09-24");
        day("9/1/2019 0:00", "2019-09-01");
    }

    #[test]
    fn months_come_before_days() {
        day("1/2/2021", "2021-01-02");
        assert_eq!(read("13/2/2021"), Err(Reason::NoSuchDay));
    }

    #[test]
    fn a_date_without_a_day_is_imprecise() {
        for text in ["01/2024", "1/2024", "Oct-24", "Jan-03", "2023"] {
            assert_eq!(read(text), Ok(Written::Imprecise), "{text}");
        }
    }

    #[test]
    fn a_time_of_day_does_not_move_the_day() {
        day("10/1/2024 17:30", "2024-10-01");
        day("10/1/2024 11:59:59 PM", "2024-10-01");
        for text in ["10/1/2024 24:00", "10/1/2024 0:60", "10/1/2024 13:00 PM", "10/1/2024 0:00Z", "10/1/2024 noon"] {
            assert_eq!(read(text), Err(Reason::NotADate), "{text}");
        }
    }

    #[test]
    fn a_day_that_never_was_is_not_read() {
        for text in ["2/30/2024", "2023-02-29", "0000-01-01", "13/2024", "00/2024"] {
            assert_eq!(read(text), Err(Reason::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["TBD", "Q3 2024", "Oct-2024", "Okt-24", "October 1, 2024", "1/1/24", "2024-1-1", "24", "1-1-2024"]
        {
            assert_eq!(read(text), Err(Reason::NotADate), "{text}");
        }
        for text in ["2024/10/01", "2023 0:00", "01/2024 0:00", "+1/1/2024", "٢٠٢٤", "1/1/2024 ", "/", "-", "12345"]
        {
            assert_eq!(read(text), Err(Reason::NotADate), "{text}");
        }
    }
}
