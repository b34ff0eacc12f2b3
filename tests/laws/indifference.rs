//! What must not matter: facts that no rule names, the order of members, other rules, earlier runs.

use govlint::engine::{Decided, Plan};
use proptest::prelude::*;
use serde_json::Value;

use crate::case::{Case, small};
use crate::cases;
use crate::edit::{backwards, mixed};

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn facts_that_no_rule_names_change_nothing(case in small(), other in small()) {
        let changed = mixed(&case.manifest, &other.manifest, &case.names());
        let plan = case.plan();
        prop_assert_eq!(case.check(&plan, &case.manifest), case.check(&plan, &changed), "{:#}", changed);
    }

    #[test]
    fn the_order_of_members_changes_nothing(case in small()) {
        let mut other = case.clone();
        let reverse = |value: Value| backwards(&value).as_object().cloned().unwrap();
        other.written.instrument = reverse(Value::Object(other.written.instrument));
        other.written.rules = other.written.rules.into_iter().map(|rule| reverse(Value::Object(rule))).collect();
        other.written.instrument.entry("conditions").and_modify(|conditions| *conditions = backwards(conditions));
        let (plan, turned) = (case.plan(), other.plan());
        let results = case.check(&plan, &case.manifest);
        prop_assert_eq!(&results, &case.check(&plan, &backwards(&case.manifest)));
        prop_assert_eq!(&results, &case.check(&turned, &case.manifest));
    }

    #[test]
    fn a_rule_does_not_depend_on_the_other_rules(case in small()) {
        let together = case.check(&case.plan(), &case.manifest);
        for rule in 0..case.written.rules.len() {
            let alone = Case { written: case.written.only(rule), ..case.clone() };
            let alone = alone.check(&alone.plan(), &case.manifest);
            let own = together.iter().filter(|(number, _)| *number as usize == rule);
            prop_assert_eq!(outcomes(alone.iter()), outcomes(own), "rule {}", rule);
        }
    }

    #[test]
    fn a_pack_does_not_depend_on_the_other_packs(one in small(), two in small()) {
        let plan = Plan::new(one.vocabulary.schema, vec![one.pack(), two.pack()]);
        let together = one.check(&plan, &one.manifest);
        let (first, second) = (one.check(&one.plan(), &one.manifest), one.check(&two.plan(), &one.manifest));
        prop_assert_eq!(outcomes(together.iter()), outcomes(first.iter().chain(&second)));
    }

    #[test]
    fn a_second_run_is_like_the_first(case in small(), other in small()) {
        let plan = case.plan();
        let first = case.check(&plan, &case.manifest);
        other.check(&plan, &other.manifest);
        prop_assert_eq!(first, case.check(&plan, &case.manifest));
    }
}

fn outcomes<'r>(results: impl Iterator<Item = &'r (u32, Decided)>) -> Vec<Decided> {
    results.map(|(_, decided)| *decided).collect()
}
