//! The table of outcomes, row by row as the language's definition has it, against the engine's, on every input.
//!
//! Both evaluators share the engine's table, so that their agreement alone would not show a mistake in it.

use govlint::engine::{Decided, Due, Inputs, Outcome, Reason, Truth, decide};
use govlint::pack::{Decides, InForce};
use govlint::time::Date;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The first row whose condition holds.
fn by_the_table(inputs: &Inputs) -> (Outcome, Option<Reason>) {
    let Inputs { applies, when, unless, require, in_force, due, decides, as_of } = *inputs;
    let repealed = in_force.until.is_some_and(|last| as_of > last);
    let not_yet = as_of < in_force.from;
    let not_past = matches!(due, Due::Day(last) if as_of <= last);
    let na = Outcome::NotApplicable;
    let rows = [
        (repealed, na, Some(Reason::Repealed)),
        (applies == Truth::False || when == Truth::False, na, Some(Reason::Scope)),
        (unless == Truth::True, na, Some(Reason::Exception)),
        (require == Truth::True, Outcome::Pass, None),
        (not_yet || not_past, Outcome::Upcoming, None),
        (applies == Truth::Unknown || when == Truth::Unknown, Outcome::Undetermined, None),
        (require == Truth::Unknown || due == Due::Unknown, Outcome::Unstated, None),
        (decides.breach, Outcome::Fail, None),
        (true, Outcome::Review, None),
    ];
    let (_, outcome, reason) = rows.into_iter().find(|(fits, ..)| *fits).unwrap();
    (outcome, reason)
}

/// Every input, with days before, at and after the run's.
fn inputs() -> Vec<Inputs> {
    let as_of = day("2026-06-15");
    let days = ["2026-06-14", "2026-06-15", "2026-06-16"].map(day);
    let untils = days.map(Some).into_iter().chain([None]);
    let in_force: Vec<_> = untils.flat_map(|until| days.map(|from| InForce { from, until })).collect();
    let dues: Vec<_> = days.map(Due::Day).into_iter().chain([Due::None, Due::Unknown]).collect();
    let truths = || Truth::ALL.into_iter();
    let mut all = Vec::new();
    for (applies, when) in truths().flat_map(|applies| truths().map(move |when| (applies, when))) {
        for (unless, require) in truths().flat_map(|unless| truths().map(move |require| (unless, require))) {
            for (&in_force, &due) in in_force.iter().flat_map(|dates| dues.iter().map(move |due| (dates, due))) {
                for (breach, pass) in [(true, true), (true, false), (false, true), (false, false)] {
                    let decides = Decides { breach, pass };
                    all.push(Inputs { applies, when, unless, require, in_force, due, decides, as_of });
                }
            }
        }
    }
    all
}

#[test]
fn the_outcome_is_the_first_row_that_fits() {
    for inputs in inputs() {
        let Decided { outcome, reason, due, indicated } = decide(&inputs);
        assert_eq!((outcome, reason), by_the_table(&inputs), "{inputs:?}");
        assert_eq!(indicated, outcome == Outcome::Pass && !inputs.decides.pass, "{inputs:?}");
        assert_eq!(due.is_some(), outcome == Outcome::Upcoming, "{inputs:?}");
    }
}

#[test]
fn what_is_upcoming_says_the_day_on_which_both_waits_end() {
    for inputs in inputs() {
        let Some(due) = decide(&inputs).due else { continue };
        assert!(due >= inputs.as_of && due >= inputs.in_force.from, "{inputs:?}");
        assert!(due == inputs.in_force.from || Due::Day(due) == inputs.due, "{inputs:?}");
        assert!(!matches!(inputs.due, Due::Day(last) if last > due), "{inputs:?}");
    }
}
