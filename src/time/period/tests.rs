//! Tests of periods and how they are counted.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[track_caller]
fn after(period: &str, event: &str, expected: &str) {
    let counted = period.parse::<Period>().unwrap().after(day(event));
    assert_eq!(counted, Counted { date: day(expected), beyond: None });
}

#[track_caller]
fn before(period: &str, event: &str, expected: &str) {
    let counted = period.parse::<Period>().unwrap().before(day(event));
    assert_eq!(counted, Counted { date: day(expected), beyond: None });
}

#[test]
fn the_day_of_the_event_is_not_counted_and_the_last_day_is() {
    after("1 day", "2026-03-02", "2026-03-03");
    after("30 days", "2026-03-02", "2026-04-01");
    after("10 working days CN", "2026-03-02", "2026-03-16");
    before("30 days", "2026-04-01", "2026-03-02");
    before("10 working days CN", "2026-03-16", "2026-03-02");
}

#[test]
fn an_event_on_a_day_off_starts_on_the_next_working_day() {
    after("1 working day CN", "2026-02-15", "2026-02-24");
    after("1 working day CN", "2026-02-20", "2026-02-24");
}

#[test]
fn nothing_counted_is_the_same_day_even_if_it_is_a_day_off() {
    for unit in ["days", "months", "working days CN"] {
        after(&format!("0 {unit}"), "2025-01-29", "2025-01-29");
        before(&format!("0 {unit}"), "2025-01-29", "2025-01-29");
    }
}

#[test]
fn months_clip_to_the_months_end() {
    after("1 month", "2023-01-31", "2023-02-28");
    after("1 month", "2024-01-31", "2024-02-29");
    after("2 months", "2024-01-31", "2024-03-31");
    after("12 months", "2024-02-29", "2025-02-28");
    after("48 months", "2024-02-29", "2028-02-29");
    before("1 month", "2024-03-31", "2024-02-29");
    before("6 months", "2026-08-31", "2026-02-28");
}

/// Sunday 26 January and Saturday 8 February 2025 are worked; 28 January to 4 February are off.
#[test]
fn across_the_spring_festival_of_2025() {
    after("1 working day CN", "2025-01-24", "2025-01-26");
    after("2 working days CN", "2025-01-24", "2025-01-27");
    after("3 working days CN", "2025-01-24", "2025-02-05");
    after("10 working days CN", "2025-01-24", "2025-02-13");
    after("11 working days CN", "2025-01-24", "2025-02-14");
}

/// Sunday 4 and Sunday 18 February 2024 are worked; 10 to 17 February are off, 9 February is not.
#[test]
fn across_the_spring_festival_of_2024() {
    after("1 working day CN", "2024-02-02", "2024-02-04");
    after("6 working days CN", "2024-02-02", "2024-02-09");
    after("10 working days CN", "2024-02-02", "2024-02-21");
    after("11 working days CN", "2024-02-02", "2024-02-22");
}

/// Sunday 28 September and Saturday 11 October 2025 are worked; 1 to 8 October are off.
#[test]
fn across_the_national_day_of_2025() {
    after("10 working days CN", "2025-09-25", "2025-10-15");
    after("11 working days CN", "2025-09-25", "2025-10-16");
}

/// 25 to 27 September and 1 to 7 October 2026 are off; Sunday 20 September and Saturday 10 October are worked.
#[test]
fn across_the_national_day_of_2026() {
    after("10 working days CN", "2026-09-18", "2026-10-09");
    after("11 working days CN", "2026-09-18", "2026-10-10");
}

#[test]
fn backwards_over_a_holiday_is_the_mirror_image() {
    before("10 working days CN", "2025-02-13", "2025-01-24");
    before("1 working day CN", "2025-02-09", "2025-02-08");
    before("1 working day CN", "2025-02-05", "2025-01-27");
}

#[test]
fn a_notice_may_arrange_the_december_before_its_year() {
    after("1 working day CN", "2022-12-30", "2023-01-03");
}

#[test]
fn outside_the_table_monday_to_friday_are_counted_and_said_so() {
    let ten: Period = "10 working days CN".parse().unwrap();
    let counted = ten.after(day("2026-12-25"));
    assert_eq!(counted.date, day("2027-01-08"));
    let beyond = counted.beyond.unwrap();
    assert_eq!(beyond, Beyond { calendar: CalendarId::Cn, years: vec![2027..=2027] });
    assert_eq!(
        beyond.to_string(),
        "calendar `CN` covers 2022 to 2026; in 2027, working days were counted Monday to Friday"
    );
    assert_eq!(ten.before(day("2021-10-15")).date, day("2021-10-01"));
    assert_eq!(ten.before(day("2022-01-05")).beyond.unwrap().years, [2021..=2021]);
}

#[test]
fn only_the_days_counted_decide_whether_the_table_was_left() {
    after("1 working day CN", "2021-12-31", "2022-01-04");
    before("1 working day CN", "2027-01-01", "2026-12-31");
    after("0 working days CN", "2030-01-01", "2030-01-01");
}

#[test]
fn a_long_period_names_the_years_on_both_sides() {
    let beyond = "3000 working days CN".parse::<Period>().unwrap().after(day("2020-06-01")).beyond.unwrap();
    assert_eq!(beyond.years, [2020..=2021, 2027..=2032]);
    assert!(beyond.to_string().contains("in 2020 to 2021 and 2027 to 2032,"), "{beyond}");
}

#[test]
fn counting_stops_at_the_ends_of_time() {
    for period in ["36525 days", "1200 months", "26100 working days CN"] {
        let period: Period = period.parse().unwrap();
        assert_eq!(period.after(day("9999-01-01")).date, Date::MAX);
        assert_eq!(period.before(day("0001-12-31")).date, Date::MIN);
        assert_eq!(period.after(Date::MAX).date, Date::MAX);
        assert_eq!(period.before(Date::MIN).date, Date::MIN);
    }
}

/// Each day's working or not, straight from the file's words; slow and obvious.
struct Reference {
    off: BTreeSet<String>,
    worked: BTreeSet<String>,
}

impl Reference {
    fn read() -> Reference {
        let file: serde_json::Value = serde_json::from_str(include_str!("../calendar/CN.json")).unwrap();
        let (mut off, mut worked) = (BTreeSet::new(), BTreeSet::new());
        for year in file["years"].as_array().unwrap() {
            for range in year["off"].as_array().unwrap() {
                let to = day(range["to"].as_str().unwrap());
                let mut date = day(range["from"].as_str().unwrap());
                while date <= to {
                    off.insert(date.to_string());
                    date = date.plus_days(1);
                }
            }
            worked.extend(year["worked"].as_array().unwrap().iter().map(|day| day.as_str().unwrap().to_owned()));
        }
        Reference { off, worked }
    }

    /// How many days are worked after the first day and up to the last.
    fn between(&self, first: Date, last: Date) -> u32 {
        let (mut date, mut count) = (first, 0);
        while date < last {
            date = date.plus_days(1);
            let text = date.to_string();
            let ordinary = !date.is_weekend() && !self.off.contains(&text);
            count += u32::from(ordinary || self.worked.contains(&text));
        }
        count
    }
}

/// Days from 2019 to 2030, most of them inside the table.
fn around_the_table() -> impl Strategy<Value = Date> {
    (0..4_000).prop_map(|days| day("2019-01-01").plus_days(days))
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Days), Just(Unit::Months), Just(Unit::WorkingDays(CalendarId::Cn))]
}

fn period(count: u32, unit: Unit) -> Period {
    Period::new(count, unit).unwrap()
}

proptest! {
    #[test]
    fn days_before_undo_days_after(count in 0..=36_525_u32, event in around_the_table()) {
        let period = period(count, Unit::Days);
        prop_assert_eq!(period.before(period.after(event).date).date, event);
    }

    #[test]
    fn from_a_working_day_working_days_before_undo_working_days_after(count in 0..400_u32, event in around_the_table()) {
        prop_assume!(CalendarId::Cn.calendar().is_working_day(event));
        let period = period(count, Unit::WorkingDays(CalendarId::Cn));
        prop_assert_eq!(period.before(period.after(event).date).date, event);
    }

    #[test]
    fn a_longer_period_never_ends_earlier(count in 0..400_u32, unit in any_unit(), event in around_the_table()) {
        let (shorter, longer) = (period(count, unit), period(count + 1, unit));
        prop_assert!(shorter.after(event).date < longer.after(event).date);
        prop_assert!(shorter.before(event).date > longer.before(event).date);
    }

    #[test]
    fn a_later_event_never_ends_earlier(count in 0..400_u32, unit in any_unit(), event in around_the_table()) {
        let period = period(count, unit);
        let next = event.plus_days(1);
        prop_assert!(period.after(event).date <= period.after(next).date);
        prop_assert!(period.before(event).date <= period.before(next).date);
    }

    #[test]
    fn working_days_end_on_a_working_day(count in 1..400_u32, event in around_the_table()) {
        let period = period(count, Unit::WorkingDays(CalendarId::Cn));
        prop_assert!(CalendarId::Cn.calendar().is_working_day(period.after(event).date));
        prop_assert!(CalendarId::Cn.calendar().is_working_day(period.before(event).date));
    }

    #[test]
    fn a_slow_and_obvious_reference_counts_the_same(count in 1..400_u32, event in around_the_table()) {
        let reference = Reference::read();
        let period = period(count, Unit::WorkingDays(CalendarId::Cn));
        let last = period.after(event).date;
        prop_assert_eq!(reference.between(event, last), count);
        prop_assert_eq!(reference.between(event, last.plus_days(-1)), count - 1);
        let first = period.before(event).date;
        prop_assert_eq!(reference.between(first.plus_days(-1), event.plus_days(-1)), count);
        prop_assert_eq!(reference.between(first, event.plus_days(-1)), count - 1);
    }
}
