//! Periods as text: `30 days`, `12 months`, `10 working days CN`.
//!
//! What reads as a period but is spelt otherwise (`1 days`, `010 days`) is refused with the right spelling, so that a
//! period has one text and printing it gives back what was written.

use std::fmt;
use std::str::FromStr;

use super::calendar::all_names;
use super::{Period, Unit, UnknownCalendar};

/// Why a text is not a [`Period`], or a count too long for one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// It is not a number and a unit.
    #[error("`{text}` is not a period, which is written like `30 days`, `12 months` or `10 working days CN`")]
    Shape {
        /// What was written.
        text: String,
    },
    /// Working days of whom?
    #[error("`{text}` does not say whose working days; name a calendar after it: {}", all_names())]
    NoCalendar {
        /// What was written.
        text: String,
    },
    /// The calendar's name is none.
    #[error(transparent)]
    UnknownCalendar(#[from] UnknownCalendar),
    /// No period is as long as that.
    #[error("a period is at most a hundred years, here `{most}`")]
    TooLong {
        /// The longest period in that unit.
        most: Period,
    },
    /// It is a period in another spelling.
    #[error("`{text}` is written `{period}`")]
    Spelling {
        /// What was written.
        text: String,
        /// What was meant.
        period: Period,
    },
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let shape = || PeriodError::Shape { text: text.to_owned() };
        let words: Vec<&str> = text.split_whitespace().collect();
        let (count, unit) = words.split_first().ok_or_else(shape)?;
        if !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(shape());
        }
        let unit = match unit {
            ["day" | "days"] => Unit::Days,
            ["month" | "months"] => Unit::Months,
            ["working", "day" | "days", name] => Unit::WorkingDays(name.parse()?),
            ["working", "day" | "days"] => {
                return Err(PeriodError::NoCalendar { text: text.to_owned() });
            }
            _ => return Err(shape()),
        };
        // Digits that don't fit are too many, and `new` says so.
        let period = Period::new(count.parse().unwrap_or(u32::MAX), unit)?;
        if period.to_string() == text {
            Ok(period)
        } else {
            Err(PeriodError::Spelling { text: text.to_owned(), period })
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.count();
        let s = if count == 1 { "" } else { "s" };
        match self.unit() {
            Unit::Days => write!(f, "{count} day{s}"),
            Unit::Months => write!(f, "{count} month{s}"),
            Unit::WorkingDays(calendar) => write!(f, "{count} working day{s} {calendar}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::CalendarId;

    const CHINA: Unit = Unit::WorkingDays(CalendarId::Cn);

    #[track_caller]
    fn reads(text: &str, count: u32, unit: Unit) {
        let period = text.parse::<Period>().unwrap();
        assert_eq!((period.count(), period.unit()), (count, unit));
        assert_eq!(period.to_string(), text);
    }

    #[track_caller]
    fn refused(text: &str, sentence: &str) {
        assert_eq!(text.parse::<Period>().unwrap_err().to_string(), sentence);
    }

    #[test]
    fn a_period_is_a_count_and_a_unit() {
        reads("30 days", 30, Unit::Days);
        reads("1 day", 1, Unit::Days);
        reads("0 days", 0, Unit::Days);
        reads("12 months", 12, Unit::Months);
        reads("1 month", 1, Unit::Months);
        reads("10 working days CN", 10, CHINA);
        reads("1 working day CN", 1, CHINA);
    }

    #[test]
    fn what_is_no_period_is_told_how_one_is_written() {
        for text in ["", "days", "30", "ten days", "-1 days", "+1 days", "1.5 days", "3 weeks", "P30D", "30days"] {
            let told = "is not a period, which is written like `30 days`, `12 months` or `10 working days CN`";
            refused(text, &format!("`{text}` {told}"));
        }
    }

    #[test]
    fn another_spelling_is_told_the_right_one() {
        refused("1 days", "`1 days` is written `1 day`");
        refused("2 month", "`2 month` is written `2 months`");
        refused("010 days", "`010 days` is written `10 days`");
        refused(" 10  days", "` 10  days` is written `10 days`");
    }

    #[test]
    fn working_days_are_somebodys() {
        refused("10 working days", "`10 working days` does not say whose working days; name a calendar after it: `CN`");
        refused("10 working days CHN", "no calendar is named `CHN`; did you mean `CN`?");
        refused("10 working days EU", "no calendar is named `EU`; there is `CN`");
    }

    #[test]
    fn a_period_is_at_most_a_hundred_years() {
        reads("36525 days", 36_525, Unit::Days);
        refused("36526 days", "a period is at most a hundred years, here `36525 days`");
        refused("1201 months", "a period is at most a hundred years, here `1200 months`");
        refused("99999999999 working days CN", "a period is at most a hundred years, here `26100 working days CN`");
    }

    proptest! {
        #[test]
        fn any_text_is_a_period_or_an_error_and_only_its_own_spelling(text in "[0-9]{0,6} ?(working )?(days?|months?)( CN)?|\\PC*") {
            if let Ok(period) = text.parse::<Period>() {
                prop_assert_eq!(period.to_string(), text);
            }
        }
    }
}
