//! Tests of the working-day calendars.

use std::collections::BTreeSet;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Every calendar's file. A new one is added here, and `files_and_names_agree` notices if it isn't.
const FILES: &[&str] = &[include_str!("CN.json")];

fn files() -> Vec<File> {
    FILES.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn china() -> &'static Calendar {
    CalendarId::Cn.calendar()
}

#[test]
fn files_and_names_agree() {
    let named = |text: &&str| serde_json::from_str::<serde_json::Value>(text).unwrap()["calendar"].clone();
    let in_files: Vec<_> = FILES.iter().map(named).collect();
    let names: Vec<&str> = CalendarId::ALL.iter().map(|id| id.name()).collect();
    assert_eq!(in_files, names);
    for id in CalendarId::ALL {
        assert_eq!(id.name().parse(), Ok(*id));
        assert!(!id.calendar().notices().is_empty());
    }
}

#[test]
fn the_years_follow_each_other_and_each_names_its_notice() {
    for file in files() {
        for (at, year) in (file.years[0].year..).zip(&file.years) {
            assert_eq!(year.year, at);
            assert!(year.notice.title.contains(&at.to_string()), "{}", year.notice.title);
            assert_eq!(year.notice.date.year(), at - 1, "{}", year.notice.number);
            assert!(year.notice.number.contains(&(at - 1).to_string()), "{}", year.notice.number);
        }
    }
}

#[test]
fn a_notice_arranges_its_own_year_and_at_most_the_december_before() {
    for year in files().into_iter().flat_map(|file| file.years) {
        let earliest = day(&format!("{}-12-01", year.year - 1));
        for range in &year.off {
            assert!(earliest <= range.from && range.from <= range.to, "{}", range.from);
            assert_eq!(range.to.year(), year.year, "{}", range.to);
        }
        assert!(year.worked.iter().all(|day| earliest <= *day && day.year() <= year.year), "{}", year.year);
    }
}

#[test]
fn no_day_is_named_twice_and_only_weekend_days_are_made_up() {
    for file in files() {
        let mut seen = BTreeSet::new();
        for year in &file.years {
            let off = year.off.iter().flat_map(Range::days);
            for day in off.chain(year.worked.iter().copied()) {
                assert!(seen.insert(day), "{day} is named twice");
            }
            assert!(year.worked.iter().all(|day| day.is_weekend()), "{}", year.year);
            assert!(year.worked.is_sorted(), "{}", year.year);
            assert!(year.off.is_sorted_by_key(|range| range.from), "{}", year.year);
        }
    }
}

/// Weekdays off less weekend days worked are the statutory holidays: 11, and 13 since 2025.
#[test]
fn china_trades_days_and_gives_none_away() {
    for year in files().remove(0).years {
        let off = year.off.iter().flat_map(Range::days).filter(|day| !day.is_weekend()).count();
        let statutory = if year.year < 2025 { 11 } else { 13 };
        assert_eq!(off - year.worked.len(), statutory, "{}", year.year);
    }
}

#[test]
fn a_saturday_can_be_a_working_day_and_a_monday_off() {
    assert!(china().is_working_day(day("2025-02-08")));
    assert!(!china().is_working_day(day("2025-02-15")));
    assert!(!china().is_working_day(day("2025-02-03")));
    assert!(china().is_working_day(day("2025-02-10")));
}

#[test]
fn leave_that_employers_are_only_asked_to_grant_is_a_working_day() {
    assert!(china().is_working_day(day("2024-02-09")));
    assert!(!china().is_working_day(day("2025-01-28")), "a statutory holiday since 2025");
}

#[test]
fn outside_the_table_monday_to_friday_are_worked() {
    assert_eq!(china().years(), 2022..=2026);
    assert!(china().is_working_day(day("2021-10-01")));
    assert!(!china().is_working_day(day("2021-10-09")));
    assert!(china().is_working_day(day("2027-01-01")));
}

#[test]
fn an_unknown_name_is_answered_with_the_one_that_was_meant() {
    let error = |name: &str| name.parse::<CalendarId>().unwrap_err().to_string();
    assert_eq!(error("CHN"), "no calendar is named `CHN`; did you mean `CN`?");
    assert_eq!(error("China"), "no calendar is named `China`; did you mean `CN`?");
    assert_eq!(error("cn"), "no calendar is named `cn`; did you mean `CN`?");
    assert_eq!(error("EU"), "no calendar is named `EU`; there is `CN`");
    assert_eq!(error(""), "no calendar is named ``; there is `CN`");
}
