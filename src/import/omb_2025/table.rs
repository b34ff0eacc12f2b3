//! Which column states which fact, and in which words.
//!
//! In the order of the manifest's schema, so that manifests come out in it. The answers are the short forms in which the
//! inventory was published, and the longer ones that it kept in places; its data dictionary has both. An answer that
//! belongs to another question is none of a column's answers.

use super::cell::{Reading, Words};

/// Facts, and what states them.
#[derive(Debug)]
pub(super) struct Entry {
    /// The facts, by their pointers.
    pub(super) facts: &'static [&'static str],
    /// What states them.
    pub(super) from: From,
}

/// What states facts.
#[derive(Debug)]
pub(super) enum From {
    /// Being in the inventory; the value is JSON.
    Source(&'static str),
    /// A column.
    Column(&'static str, Reading),
}

const fn source(fact: &'static [&'static str], json: &'static str) -> Entry {
    Entry { facts: fact, from: From::Source(json) }
}

const fn column(name: &'static str, reading: Reading, facts: &'static [&'static str]) -> Entry {
    Entry { facts, from: From::Column(name, reading) }
}

/// The whole mapping. Each column occurs once.
pub(super) const TABLE: &[Entry] = &[
    source(&["/manifest"], r#""1""#),
    // The system.
    column("id", Reading::Identifier, &["/system/id"]),
    column("use_case_name", Reading::Text, &["/system/name"]),
    column("development_stage", Reading::Word(STAGE), &["/system/stage"]),
    column("operational_date", Reading::Date, &["/system/started_on"]),
    // The inventory is of what US federal agencies use.
    source(&["/system/offered_in"], r#"["US"]"#),
    column("topic_area", Reading::OneWord(TOPIC), &["/system/sectors"]),
    column("problem_solved", Reading::Text, &["/system/purpose"]),
    column("benefits", Reading::Text, &["/system/expected_benefits"]),
    column("system_outputs", Reading::Text, &["/system/outputs"]),
    column("classification", Reading::OneWord(CLASSIFICATION), &["/system/techniques"]),
    column("contracting_usage", Reading::Word(ORIGIN), &["/system/origin"]),
    column("vendor_name", Reading::OneName, &["/system/vendors"]),
    column("has_custom_code", Reading::YesNo, &["/system/source_code/custom"]),
    column("code_url", Reading::Address, &["/system/source_code/url"]),
    column("data_description", Reading::Text, &["/system/training_data/description"]),
    column("link_to_data", Reading::Address, &["/system/training_data/catalogue_url"]),
    // The agency.
    column("agency_name", Reading::Text, &["/provider/name"]),
    column("agency", Reading::Text, &["/provider/short_name"]),
    column("agency_bureau", Reading::Text, &["/provider/unit"]),
    column("contact_email", Reading::Text, &["/provider/contact"]),
    source(&["/markets/US/federal_agency"], "true"),
    column("is_high_impact", Reading::Word(HIGH_IMPACT), &["/markets/US/high_impact/determination"]),
    column(
        "HI_justification",
        Reading::Reasons,
        &["/markets/US/high_impact/justified", "/markets/US/high_impact/justification"],
    ),
    // The people.
    column("has_pii", Reading::YesNo, &["/personal_data/processed"]),
    column(
        "demographic_features",
        Reading::Features { items: DEMOGRAPHIC_FEATURES, none: "None of the above" },
        &["/fairness/demographic_features"],
    ),
    // The minimum practices for high-impact AI.
    column("hi_testing_conducted", Reading::Word(YES_OR_IN_PROGRESS), &["/assessments/pre_deployment_testing/status"]),
    column("hi_assessment_completed", Reading::Word(YES_OR_IN_PROGRESS), &["/assessments/ai_impact/status"]),
    column("hi_potential_impacts", Reading::Text, &["/assessments/ai_impact/potential_impacts"]),
    column(
        "hi_independent_review",
        Reading::TwoWords(INDEPENDENT_REVIEW),
        &["/assessments/independent_review/status", "/assessments/independent_review/reviewer"],
    ),
    column("pia_url", Reading::Address, &["/assessments/personal_information_impact/url"]),
    column("hi_ongoing_monitoring", Reading::Word(MONITORING), &["/governance/monitoring/status"]),
    column("hi_training_established", Reading::Word(TRAINING), &["/governance/operator_training/status"]),
    column(
        "hi_public_consultation",
        Reading::Practices { items: CONSULTATION, statuses: CONSULTATION_STATUS },
        &["/governance/public_consultation/status", "/governance/public_consultation/methods"],
    ),
    column("hi_failsafe_presence", Reading::Word(FAIL_SAFE), &["/human_oversight/fail_safe/status"]),
    column("hi_appeal_process", Reading::Word(APPEAL), &["/complaints/appeal/status"]),
    // The inventory, and the authorisation.
    // A row of the published list of uses that were reported one by one.
    source(&["/filings/ai_inventory/listed"], "true"),
    source(&["/filings/ai_inventory/reported_as"], r#""individual""#),
    source(&["/filings/ai_inventory/public"], "true"),
    column("is_withheld", Reading::Word(WITHHELD), &["/filings/ai_inventory/withheld"]),
    column("have_ato", Reading::YesNo, &["/security/authorisation_to_operate/granted"]),
    column("system_name_ato", Reading::Text, &["/security/authorisation_to_operate/system_name"]),
];

const STAGE: Words =
    &[("Pre-deployment", "pre-deployment"), ("Pilot", "pilot"), ("Deployed", "deployed"), ("Retired", "retired")];

/// Three of the answers have strayed past the form's options; each says plainly which field it means.
const TOPIC: Words = &[
    ("Admin Functions", "administration"),
    ("Administrative Functions", "administration"),
    ("Administrative functions", "administration"),
    ("Benefits Processing", "benefits"),
    ("Government Benefits Processing", "benefits"),
    ("Cybersecurity", "cybersecurity"),
    ("Emergency Mgmt", "emergency-management"),
    ("Emergency Management", "emergency-management"),
    ("Energy and Environment", "energy-and-environment"),
    ("Energy and the Environment", "energy-and-environment"),
    ("Health and Medical", "health"),
    ("HR", "human-resources"),
    ("Human Resources", "human-resources"),
    ("IT", "information-technology"),
    ("Information Technology", "information-technology"),
    ("International Affairs", "international-affairs"),
    ("Law Enforcement", "law-enforcement"),
    ("Procurement and Finance Mgmt", "procurement-and-finance"),
    ("Procurement and Financial Management", "procurement-and-finance"),
    ("Science", "science"),
    ("Service Delivery", "service-delivery"),
    ("Transportation", "transport"),
    ("Other", "other"),
    ("Other (use other text field)", "other"),
    ("Other – Economic & Financial", "economics-and-finance"),
    ("Other - Applied Mathematical Sciences", "mathematics"),
];

const CLASSIFICATION: Words = &[
    ("Agentic AI", "agentic"),
    ("Classical ML", "classical-machine-learning"),
    ("Computer Vision", "computer-vision"),
    ("Generative AI", "generative"),
    ("NLP", "natural-language-processing"),
    ("Reinforcement Learning", "reinforcement-learning"),
    ("Other", "other"),
];

const ORIGIN: Words = &[
    ("Vendor Purchased", "vendor"),
    ("In-house Development", "in-house"),
    ("Contracting and In House", "in-house-and-vendor"),
];

const HIGH_IMPACT: Words = &[
    ("High-impact", "high-impact"),
    ("Presumed High-Impact, but Not High-impact", "presumed-but-not"),
    ("Not High-impact", "not-high-impact"),
];

const DEMOGRAPHIC_FEATURES: Words = &[
    ("Race/Ethnicity", "race-or-ethnicity"),
    ("Sex", "sex"),
    ("Age", "age"),
    ("Religious Affiliation", "religion"),
    ("Socioeconomic Status", "socioeconomic-status"),
    ("Ability Status", "ability"),
    ("Residency Status", "residency"),
    ("Marital Status", "marital-status"),
    ("Income", "income"),
    ("Employment Status", "employment-status"),
    ("Other", "other"),
];

// `No` is an option of none of the practices, and some have answered it. It is clear.

const YES_OR_IN_PROGRESS: Words =
    &[("Yes", "done"), ("In-progress", "in-progress"), ("CAIO Waived", "waived"), ("No", "not-done")];

const INDEPENDENT_REVIEW: &[(&str, &str, Option<&str>)] = &[
    ("Internal Independent Review", "done", Some("other-office")),
    ("Oversight Board Review", "done", Some("oversight-board")),
    ("CAIO Review", "done", Some("chief-ai-officer")),
    ("In-progress", "in-progress", None),
    ("CAIO Waived", "waived", None),
    ("No", "not-done", None),
];

const MONITORING: Words = &[
    ("Yes - Monitoring Established", "done"),
    ("In-progress", "in-progress"),
    ("CAIO Waived", "waived"),
    ("No", "not-done"),
];

const TRAINING: Words = &[
    ("Training Established", "done"),
    ("Training In-progress", "in-progress"),
    ("CAIO Waived", "waived"),
    ("No", "not-done"),
];

const FAIL_SAFE: Words = &[
    ("Yes", "done"),
    ("In-progress", "in-progress"),
    ("Not Applicable", "not-applicable"),
    ("CAIO Waived", "waived"),
    ("No", "not-done"),
];

const APPEAL: Words = &[
    ("Appeal Process Established", "done"),
    ("Appeal Process In-progress", "in-progress"),
    ("Not Applicable", "not-applicable"),
    ("Appeal Precluded by Law", "precluded-by-law"),
    ("CAIO Waived", "waived"),
    ("No", "not-done"),
];

const CONSULTATION: Words = &[
    ("Usability Testing", "usability-testing"),
    ("Direct usability testing", "usability-testing"),
    ("Public Feedback Solicitations", "public-comment"),
    ("General solicitations of feedback and comments from the public", "public-comment"),
    ("General solicitations of \ncomments from the public", "public-comment"),
    ("Public Hearings", "public-hearing"),
    ("Public hearings or meetings", "public-hearing"),
    ("Other", "other"),
];

const CONSULTATION_STATUS: Words = &[("In-progress", "in-progress"), ("CAIO Waived", "waived")];

const WITHHELD: Words = &[
    ("No", "no"),
    ("Yes - Disclosure Risk", "disclosure-risk"),
    ("Yes - Prohibited by Law", "prohibited-by-law"),
    ("Other", "other"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;
    use crate::manifest::SCHEMA;

    /// A fact's schema and, for each step of its pointer, that member's position among the others.
    fn fact(pointer: &str) -> (Value, Vec<usize>) {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        let mut at = schema.clone();
        let mut places = Vec::new();
        for name in pointer.split('/').skip(1) {
            let members = at["properties"].as_object().unwrap_or_else(|| panic!("{pointer} has no members at {name}"));
            places.push(members.keys().position(|key| key == name).unwrap_or_else(|| panic!("no fact {pointer}")));
            at = members[name].clone();
            while let Some(reference) = at.get("$ref") {
                at = schema.pointer(reference.as_str().unwrap().trim_start_matches('#')).unwrap().clone();
            }
        }
        (at, places)
    }

    #[test]
    fn facts_stand_in_the_order_of_the_schema() {
        let places: Vec<_> =
            TABLE.iter().flat_map(|entry| entry.facts).map(|pointer| (fact(pointer).1, *pointer)).collect();
        for pair in places.windows(2) {
            assert!(pair[0] < pair[1], "{} comes after {}", pair[0].1, pair[1].1);
        }
    }

    #[test]
    fn each_column_occurs_once_and_there_are_36() {
        let columns: Vec<_> = TABLE
            .iter()
            .filter_map(|entry| match entry.from {
                From::Column(name, _) => Some(name),
                From::Source(_) => None,
            })
            .collect();
        assert_eq!(columns.len(), 36);
        assert_eq!(columns.iter().collect::<HashSet<_>>().len(), 36);
    }

    #[test]
    fn every_word_is_one_of_its_facts() {
        let check = |pointer: &str, word: &str| {
            let schema = fact(pointer).0;
            let options = schema.get("items").unwrap_or(&schema)["enum"].as_array().unwrap().clone();
            assert!(options.contains(&word.into()), "{pointer} cannot be {word}");
        };
        for entry in TABLE {
            let From::Column(_, reading) = entry.from else { continue };
            match reading {
                Reading::Word(words) | Reading::OneWord(words) | Reading::Features { items: words, .. } => {
                    words.iter().for_each(|(_, word)| check(entry.facts[0], word));
                }
                Reading::TwoWords(answers) => answers.iter().for_each(|(_, first, second)| {
                    check(entry.facts[0], first);
                    second.iter().for_each(|second| check(entry.facts[1], second));
                }),
                Reading::Practices { items, statuses } => {
                    check(entry.facts[0], "done");
                    statuses.iter().for_each(|(_, word)| check(entry.facts[0], word));
                    items.iter().for_each(|(_, word)| check(entry.facts[1], word));
                }
                _ => {}
            }
        }
    }
}
