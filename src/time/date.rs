//! A day, written in one way only.
//!
//! Everything about the Gregorian calendar is `jiff`'s; what is ours is the one spelling, `YYYY-MM-DD`, the years
//! 0001 to 9999, and arithmetic that stops at their ends instead of failing.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{SignedDuration, Span, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the years 0001 to 9999, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Why a text is not a [`Date`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not written as four, two and two digits.
    #[error("`{text}` is not a date, which is written `YYYY-MM-DD`")]
    Shape {
        /// What was written.
        text: String,
    },
    /// It is written as a date is, and no calendar has that day.
    #[error("there is no day `{text}`")]
    NoSuchDay {
        /// What was written.
        text: String,
    },
}

impl Date {
    /// The first day there is, 0001-01-01.
    pub const MIN: Date = Date(civil::Date::constant(1, 1, 1));
    /// The last day there is, 9999-12-31.
    pub const MAX: Date = Date(civil::Date::constant(9999, 12, 31));

    /// More months than there are between [`Date::MIN`] and [`Date::MAX`].
    const ALL_MONTHS: i32 = 9999 * 12;

    /// The day that it is now in UTC. A clock set before 1970 reads as 1970-01-01.
    pub fn today_utc() -> Date {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let epoch = civil::Date::constant(1970, 1, 1);
        Date(epoch.saturating_add(since_epoch))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday)
    }

    /// The day after; after the last there is none, so it stays the last.
    #[must_use]
    pub fn next(self) -> Date {
        self.plus_days(1)
    }

    /// The day before; before the first there is none, so it stays the first.
    #[must_use]
    pub fn previous(self) -> Date {
        self.plus_days(-1)
    }

    /// The day so many days later, or earlier when negative; stops at [`Date::MIN`] and [`Date::MAX`].
    pub(super) fn plus_days(self, days: i32) -> Date {
        Date(self.0.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))).at_least_min()
    }

    /// The same day so many months later or earlier, or that month's last if it has no such day; stops likewise.
    pub(super) fn plus_months(self, months: i32) -> Date {
        let months = months.clamp(-Self::ALL_MONTHS, Self::ALL_MONTHS);
        Date(self.0.saturating_add(Span::new().months(months))).at_least_min()
    }

    /// `jiff` goes on before the year 1; we don't.
    fn at_least_min(self) -> Date {
        self.max(Date::MIN)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let Some((year, month, day)) = digits(text) else {
            return Err(DateError::Shape { text: text.to_owned() });
        };
        civil::Date::new(year, month, day)
            .map(Date)
            .ok()
            .filter(|date| *date >= Date::MIN)
            .ok_or_else(|| DateError::NoSuchDay { text: text.to_owned() })
    }
}

/// The three numbers of `YYYY-MM-DD`, whatever day they name.
fn digits(text: &str) -> Option<(i16, i8, i8)> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let digit = |byte: u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
        digits.iter().try_fold(0, |number, byte| Some(number * 10 + digit(*byte)?))
    };
    let pair = |digits: &[u8]| i8::try_from(number(digits)?).ok();
    Some((number(&[y1, y2, y3, y4])?, pair(&[m1, m2])?, pair(&[d1, d2])?))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn shape(text: &str) {
        assert_eq!(text.parse::<Date>(), Err(DateError::Shape { text: text.into() }));
    }

    #[track_caller]
    fn no_such_day(text: &str) {
        assert_eq!(text.parse::<Date>(), Err(DateError::NoSuchDay { text: text.into() }));
    }

    #[test]
    fn a_date_has_one_spelling() {
        for text in ["0001-01-01", "2024-02-29", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["", "20240101", "2024-1-1", "2024-01-01T00:00", "+024-01-01", "-002024-01-01"] {
            shape(text);
        }
        for text in [" 2024-01-0", "2024/01/01", "2024-W01-1", "24-01-0001", "2024-01-0１", "٢٠٢٤-٠١"] {
            shape(text);
        }
    }

    #[test]
    fn a_day_that_never_is_is_no_date() {
        for text in ["2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "0000-01-01", "1900-02-29"] {
            no_such_day(text);
        }
    }

    #[test]
    fn errors_say_what_was_expected() {
        let shape = "1 May".parse::<Date>().unwrap_err().to_string();
        assert_eq!(shape, "`1 May` is not a date, which is written `YYYY-MM-DD`");
        let day = "2023-02-29".parse::<Date>().unwrap_err().to_string();
        assert_eq!(day, "there is no day `2023-02-29`");
    }

    #[test]
    fn a_date_serialises_as_its_text() {
        let date: Date = "2024-02-29".parse().unwrap();
        assert_eq!(serde_json::to_string(&date).unwrap(), "\"2024-02-29\"");
        assert_eq!(serde_json::from_str::<Date>("\"2024-02-29\"").unwrap(), date);
        assert!(serde_json::from_str::<Date>("\"2023-02-29\"").is_err());
    }

    #[test]
    fn today_is_after_this_was_written() {
        assert!(Date::today_utc() >= "2026-11-01".parse().unwrap());
    }

    #[test]
    fn arithmetic_stops_at_the_first_and_the_last_day() {
        for far in [1, i32::MAX] {
            assert_eq!(Date::MAX.plus_days(far), Date::MAX);
            assert_eq!(Date::MAX.plus_months(far), Date::MAX);
            assert_eq!(Date::MIN.plus_days(-far), Date::MIN);
            assert_eq!(Date::MIN.plus_months(-far), Date::MIN);
        }
        assert_eq!(Date::MAX.plus_days(i32::MIN), Date::MIN);
        assert_eq!(Date::MIN.plus_months(i32::MIN), Date::MIN);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_an_error_and_only_its_own_spelling(text in "[0-9-]{8,11}|\\PC*") {
            if let Ok(date) = text.parse::<Date>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }

        #[test]
        fn dates_order_as_their_texts_do(a in 0..3_652_058, b in 0..3_652_058) {
            let (a, b) = (Date::MIN.plus_days(a), Date::MIN.plus_days(b));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
