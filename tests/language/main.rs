//! `docs/rule-language.md` is true: its tables are the language's, and its examples come out as it says.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod page;

use std::collections::BTreeSet;
use std::sync::Arc;

use govlint::authoring::test::Bench;
use govlint::json::{Limits, read};
use govlint::manifest::{BUILT_IN, ManifestSchema};
use govlint::pack::{
    self, Condition, Expect, Expected, OUTCOMES, OWN_KEYWORDS, Pack, PackError, PackFile, Proof, SCHEMA_KEYWORDS,
};
use govlint::schema::compile;
use govlint::time::Date;
use page::{Example, examples, refused, table};
use serde_json::{Map, Value, json};

#[test]
fn every_example_is_a_pack() {
    for example in examples() {
        pack_of(&example);
    }
}

#[test]
fn every_example_is_valid_in_an_editor() {
    let schemas =
        [include_str!("../../schemas/instrument.schema.json"), include_str!("../../schemas/rule.schema.json")];
    let validators = schemas.map(|schema| compile(&serde_json::from_str(schema).unwrap()).unwrap());
    for example in examples() {
        for (file, validator) in
            files(&schema_of(&example), &example.rule, &example.instrument).into_iter().zip(&validators)
        {
            let text = read(file.bytes, &Limits::default()).unwrap();
            let errors: Vec<_> = validator.iter_errors(text.root()).map(|error| error.to_string()).collect();
            assert_eq!(errors, [""; 0], "line {}: {}", example.line, file.name);
        }
    }
}

#[test]
fn every_manifest_is_one() {
    let built_in = compile(BUILT_IN.value()).unwrap();
    for example in examples() {
        let own = example.schema.as_ref().map(|schema| compile(schema).unwrap());
        let validator = own.as_ref().unwrap_or(&built_in);
        for case in &example.cases {
            let text = read(case.manifest.to_string().into_bytes(), &Limits::default()).unwrap();
            let errors: Vec<_> = validator.iter_errors(text.root()).map(|error| error.to_string()).collect();
            assert_eq!(errors, [""; 0], "line {}: {}", example.line, case.manifest);
            assert_eq!(case.manifest["manifest"], "1", "line {}", example.line);
        }
    }
}

#[test]
fn every_case_has_a_date_and_an_outcome() {
    for example in examples() {
        let line = example.line;
        assert!(!example.cases.is_empty(), "line {line}");
        for case in &example.cases {
            let as_of = case.as_of.as_ref().or(example.as_of.as_ref());
            assert!(as_of.is_some_and(|date| date.parse::<Date>().is_ok()), "line {line}: no date");
            let outcomes = outcomes(&case.expect);
            assert!(outcomes.iter().all(|outcome| OUTCOMES.contains(&outcome.as_str())), "line {line}: {outcomes:?}");
            assert_eq!(case.on.is_some(), outcomes == ["upcoming"], "line {line}: an upcoming outcome has a day");
            assert!(case.on.as_ref().is_none_or(|date| date.parse::<Date>().is_ok()), "line {line}");
            let by_item = case.expect.is_object();
            assert!(!by_item || example.rule.contains_key("for"), "line {line}: items need `for`");
        }
    }
}

#[test]
fn every_refused_rule_is_refused_with_these_words() {
    for refused in refused() {
        let errors = load(&BUILT_IN, &refused.rule, &refused.instrument).expect_err("the rule should be refused");
        let told: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert!(told.contains(&refused.message), "line {}: {told:#?}", refused.line);
    }
}

#[test]
fn everything_in_the_language_has_an_example() {
    let mut seen = BTreeSet::new();
    for example in examples() {
        keys(&Value::Object(example.rule), &mut seen);
        example.cases.iter().for_each(|case| seen.extend(outcomes(&case.expect)));
    }
    let members =
        ["for", "applies", "when", "unless", "require", "due", "decides", "strength", "in_force", "text_status"];
    let dates = ["fact", "date", "plus", "minus"];
    let conditions = ["all", "any", "not", "each", "some", "in", "hold"];
    let wanted = SCHEMA_KEYWORDS.iter().chain(&OWN_KEYWORDS).chain(&OUTCOMES).chain(&members);
    for word in wanted.chain(&dates).chain(&conditions) {
        assert!(seen.contains(*word), "no example shows `{word}`");
    }
}

#[test]
fn and_or_and_not_are_kleenes() {
    const WORDS: [&str; 3] = ["false", "unknown", "true"];
    let rank = |word: &str| WORDS.iter().position(|known| *known == word).expect(word);
    for (name, join) in [("and", usize::min as fn(usize, usize) -> usize), ("or", usize::max)] {
        let table = table(name);
        assert_eq!((table.len(), table[0].len()), (4, 4), "{name}");
        for row in &table[1..] {
            for (column, cell) in table[0].iter().zip(row).skip(1) {
                assert_eq!(rank(cell), join(rank(&row[0]), rank(column)), "{} {name} {column}", row[0]);
            }
        }
    }
    let not = table("not");
    assert_eq!(not.len(), 4);
    assert!(not[1..].iter().all(|row| rank(&row[1]) == 2 - rank(&row[0])));
}

#[test]
fn the_outcomes_table_decides_every_case_and_each_of_its_lines_counts() {
    let (in_force, truths) = (["yes", "not yet", "repealed"], ["true", "false", "unknown"]);
    let due = ["none", "past", "not past", "unknown"];
    let mut used = BTreeSet::new();
    for (in_force, scope, unless, require, due) in cases(&in_force, &truths, &due) {
        let row = outcome_row([in_force, scope, unless, require, due]);
        used.insert(row.expect("a line fits every case"));
    }
    assert_eq!(used.len(), table("outcomes").len() - 1, "a line never fits first");
}

/// Every combination of in force, scope, `unless`, `require` and `due`.
fn cases<'w>(
    in_force: &'w [&'w str],
    truths: &'w [&'w str],
    due: &'w [&'w str],
) -> impl Iterator<Item = (&'w str, &'w str, &'w str, &'w str, &'w str)> {
    let scopes = in_force.iter().flat_map(move |a| truths.iter().map(move |b| (*a, *b)));
    let unless = scopes.flat_map(move |(a, b)| truths.iter().map(move |c| (a, b, *c)));
    let require = unless.flat_map(move |(a, b, c)| truths.iter().map(move |d| (a, b, c, *d)));
    require.flat_map(move |(a, b, c, d)| due.iter().map(move |e| (a, b, c, d, *e)))
}

/// The first line of the outcomes table that fits.
fn outcome_row(case: [&str; 5]) -> Option<usize> {
    let fits = |row: &Vec<String>| row.iter().zip(case).all(|(cell, word)| cell == "any" || cell == word);
    table("outcomes").iter().skip(1).position(fits)
}

/// The words of an expectation, without severities.
fn outcomes(expect: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap().split('/').next().unwrap().to_owned();
    expect.as_object().map_or_else(|| vec![word(expect)], |items| items.values().map(word).collect())
}

fn keys(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            seen.insert(key.clone());
            keys(value, seen);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys(item, seen)),
        _ => {}
    }
}

/// The pack that an example's rule and instrument stand for.
fn pack_of(example: &Example) -> (ManifestSchema, Pack) {
    let schema = schema_of(example);
    let told = |errors: Vec<PackError>| errors.iter().map(|error| format!("{error}\n")).collect::<String>();
    let pack = load(&schema, &example.rule, &example.instrument).map_err(told);
    let mut pack = pack.unwrap_or_else(|errors| panic!("docs/rule-language.md:{}: {errors}", example.line));
    if !example.instrument.contains_key("applies") {
        // No instrument concerns every system; an example's does.
        pack.instrument.applies = Condition::All(Vec::new());
    }
    (schema, pack)
}

fn schema_of(example: &Example) -> ManifestSchema {
    ManifestSchema::new(example.schema.clone().unwrap_or_else(|| BUILT_IN.value().clone()))
}

fn load(
    schema: &ManifestSchema,
    rule: &Map<String, Value>,
    instrument: &Map<String, Value>,
) -> Result<Pack, Vec<PackError>> {
    pack::load(schema, files(schema, rule, instrument).into(), Proof::Full)
}

/// The instrument and the rule file, with whatever an example leaves out.
fn files(schema: &ManifestSchema, rule: &Map<String, Value>, instrument: &Map<String, Value>) -> [PackFile; 2] {
    let text = json!({ "en": "…" });
    let mut whole_instrument = json!({
        "id": "a-law", "version": "1", "title": text, "short_title": text, "issuer": text, "languages": ["en"],
        "text_status": "text", "in_force": { "from": "2025-01-01" }, "applies": some_systems(schema),
        "tests": { "as_of": "2026-01-01" },
        "articles": [{ "article": "1", "title": text, "duties": [{ "summary": text, "checkable": "yes" }] }]
    });
    let mut whole_rule = json!({
        "id": "1.1", "title": text, "cite": { "article": "1" }, "strength": "must", "topics": ["accountability"],
        "message": text, "review": text, "help": text
    });
    whole_instrument.as_object_mut().unwrap().extend(instrument.clone());
    whole_rule.as_object_mut().unwrap().extend(rule.clone());
    let file = |name: &str, value: Value| PackFile { name: name.into(), bytes: value.to_string().into_bytes() };
    [file("instrument.json", whole_instrument), file("1.json", json!({ "rules": [whole_rule] }))]
}

/// A condition that some systems meet, in whichever schema; `pack_of` takes it away again.
fn some_systems(schema: &ManifestSchema) -> Value {
    let built_in = schema.facts().any(|(_, fact)| fact.pointer == "/system/stage");
    if built_in {
        json!({ "/system/stage": { "const": "deployed" } })
    } else {
        json!({ "/manifest": { "minLength": 2 } })
    }
}

/// Both evaluators say of every case what the page says.
#[test]
fn every_example_comes_out_as_it_says() {
    for example in examples() {
        let (schema, pack) = pack_of(&example);
        // A plan keeps its schema for the program's life.
        let bench = Bench::new(Box::leak(Box::new(schema)), Arc::new(pack));
        let rule = &bench.pack().rules[0];
        for case in &example.cases {
            let as_of: Date = case.as_of.as_ref().or(example.as_of.as_ref()).unwrap().parse().unwrap();
            let manifest = read(case.manifest.to_string().into_bytes(), &Limits::default()).unwrap();
            for (who, outcomes) in ["plan", "reference"].into_iter().zip(bench.outcomes(rule, manifest.root(), as_of)) {
                let at =
                    format!("docs/rule-language.md:{}: {} as of {as_of}, by the {who}", example.line, case.manifest);
                assert!(as_written(&case.expect).is_met_by(&outcomes), "{at}: {outcomes:?}, not {}", case.expect);
                let on = outcomes.first().and_then(|outcome| outcome.due);
                assert_eq!(on.map(|date| date.to_string()), case.on, "{at}");
            }
        }
    }
}

fn as_written(expect: &Value) -> Expect {
    let one = |written: &Value| {
        let word = written.as_str().unwrap();
        let (outcome, detail) = word.split_once('/').map_or((word, None), |(outcome, detail)| (outcome, Some(detail)));
        Expected { outcome: outcome.to_owned(), detail: detail.map(str::to_owned) }
    };
    match expect {
        Value::Object(items) => Expect::Items(items.iter().map(|(id, written)| (id.clone(), one(written))).collect()),
        written => Expect::One(one(written)),
    }
}
