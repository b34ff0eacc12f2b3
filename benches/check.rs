//! What a check costs, as ratios to what reading the same bytes costs in the same run.
//!
//! `cargo bench` prints a table. Absolute times depend on the machine and on its neighbours; the ratios are what we hold
//! ourselves to: a manifest without findings is checked in at most the time that `serde_json::Value` takes to parse it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use govlint::engine::Plan;
use govlint::json::{self, Limits};
use govlint::manifest::{BUILT_IN, Manifest, Origin};
use govlint::pack::built_in;
use govlint::report::human::{Group, Human};
use govlint::report::{Look, Making, report};
use govlint::time::Date;
use serde::de::IgnoredAny;
use serde_json::Value;

/// How many manifests one round checks.
const MANIFESTS: usize = 1_000;

/// How large they are made, in bytes.
const BYTES: usize = 3_000;

/// How often each thing is measured; the things take turns, so that a noisy neighbour disturbs all of them alike.
const ROUNDS: usize = 15;

/// Something to measure, done to one text. What it returns keeps it from being optimised away.
type Thing<'t> = (&'t str, &'t dyn Fn(Vec<u8>) -> usize);

fn main() {
    let plan = plan_of(&["cn-algorithmic-recommendation", "us-omb-m-25-21"]);
    let as_of: Date = "2026-09-15".parse().expect("a date");
    let texts = manifests(&plan, as_of);
    let bytes: usize = texts.iter().map(Vec::len).sum();
    println!("{MANIFESTS} manifests of {} bytes on average, {ROUNDS} rounds, medians", bytes / MANIFESTS);
    assert!(quiet(&plan, texts[0].clone(), as_of), "the manifests of this benchmark have findings");
    let things: [Thing<'_>; 6] = [
        ("serde_json::Value", &|text| serde_json::from_slice::<Value>(&text).expect("JSON").is_object().into()),
        ("serde::de::IgnoredAny", &|text| serde_json::from_slice::<IgnoredAny>(&text).is_ok().into()),
        ("read with places", &|text| json::read(text, &Limits::default()).expect("JSON").node_count()),
        ("read and keep the schema", &|text| read(text).root().len()),
        ("whole check, plan only", &|text| plan.check(read(text).root(), as_of).len()),
        ("whole check, with its report", &|text| checked(&plan, text, as_of)),
    ];
    let medians = measure(&things, &texts);
    let (value, ignored) = (medians[0], medians[1]);
    println!("{:32}{:>12}{:>10}{:>14}", "", "each", "x Value", "x IgnoredAny");
    for ((name, _), median) in things.iter().zip(&medians) {
        let each = *median / u32::try_from(MANIFESTS).expect("a small number");
        println!(
            "{name:32}{:>12}{:>10.2}{:>14.2}",
            format!("{each:?}"),
            ratio(*median, value),
            ratio(*median, ignored)
        );
    }
    more_packs(&texts, as_of);
    rendering(&plan, as_of);
    start_up();
}

/// The built-in packs of these names.
fn plan_of(names: &[&str]) -> Plan {
    let mut packs = built_in::all(&BUILT_IN);
    packs.retain(|pack| names.contains(&pack.instrument.id.as_str()));
    assert_eq!(packs.len(), names.len(), "all of {names:?} are built in");
    Plan::new(&BUILT_IN, packs)
}

/// What further packs add: reading and plan, without a report.
fn more_packs(texts: &[Vec<u8>], as_of: Date) {
    let one = plan_of(&["cn-algorithmic-recommendation"]);
    let two = plan_of(&["cn-algorithmic-recommendation", "us-omb-m-25-21"]);
    let all = Plan::new(&BUILT_IN, built_in::all(&BUILT_IN));
    let check = |plan: &Plan, text| plan.check(read(text).root(), as_of).len();
    let things: [Thing<'_>; 3] = [
        ("cn-algorithmic-recommendation", &|text| check(&one, text)),
        ("and us-omb-m-25-21", &|text| check(&two, text)),
        ("all built-in packs", &|text| check(&all, text)),
    ];
    let texts: Vec<_> = texts.iter().filter(|text| contains(text, b"recommendation_off_switch")).cloned().collect();
    let medians = measure(&things, &texts);
    println!("\nmore packs, on {} manifests offered in China, plan only", texts.len());
    for (((name, _), median), plan) in things.iter().zip(&medians).zip([&one, &two, &all]) {
        println!("{name:32}{:>6} rules{:>8.2} x one pack", plan.len(), ratio(*median, medians[0]));
    }
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

/// Copies of the compliant examples of the plan's packs, made as small as we promise and told apart by their names.
fn manifests(plan: &Plan, as_of: Date) -> Vec<Vec<u8>> {
    let examples: Vec<Value> = plan.packs().iter().map(|pack| slim(plan, pack.example.clone(), as_of)).collect();
    let numbered = |number: usize| {
        let mut value = examples[number % examples.len()].clone();
        value["system"]["name"] = format!("System {number}").into();
        written(&value)
    };
    (0..MANIFESTS).map(numbered).collect()
}

/// Takes members away for as long as the manifest is too large, those without which it would have findings apart.
fn slim(plan: &Plan, mut value: Value, as_of: Date) -> Value {
    if value.pointer("/markets/US/high_impact").is_some() {
        let determined = serde_json::json!({ "determination": "not-high-impact", "presumed_categories": [] });
        value["markets"]["US"]["high_impact"] = determined;
        value["system"]["decision_role"] = "assistive".into();
    }
    let mut pointers = Vec::new();
    members(&value, "", &mut pointers);
    for pointer in pointers {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a slash");
        let mut slimmer = value.clone();
        let Some(parent) = slimmer.pointer_mut(parent).and_then(Value::as_object_mut) else { continue };
        parent.shift_remove(name);
        let text = written(&slimmer);
        let valid = Manifest::read(Origin::file("bench.json"), text.clone(), &Limits::default()).is_ok();
        if text.len() >= BYTES && valid && quiet(plan, text, as_of) {
            value = slimmer;
        }
    }
    value
}

fn members(value: &Value, pointer: &str, found: &mut Vec<String>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/{name}");
        members(member, &pointer, found);
        found.push(pointer);
    }
}

fn written(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).expect("JSON can be written")
}

fn read(text: Vec<u8>) -> Manifest {
    Manifest::read(Origin::file("bench.json"), text, &Limits::default()).expect("a manifest")
}

fn making(as_of: Date) -> Making {
    Making { as_of, lang: govlint::lang::Lang::En, results: false, settle: false, redact: false }
}

fn checked(plan: &Plan, text: Vec<u8>, as_of: Date) -> usize {
    report(plan, &read(text), false, making(as_of)).findings.len()
}

fn quiet(plan: &Plan, text: Vec<u8>, as_of: Date) -> bool {
    checked(plan, text, as_of) == 0
}

fn measure(things: &[Thing<'_>], texts: &[Vec<u8>]) -> Vec<Duration> {
    let mut times = vec![Vec::new(); things.len()];
    for _ in 0..ROUNDS {
        for ((_, thing), times) in things.iter().zip(&mut times) {
            // Whoever checks a text has read it into memory of its own.
            let own = texts.to_vec();
            let start = Instant::now();
            black_box(own.into_iter().map(thing).sum::<usize>());
            times.push(start.elapsed());
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort();
            times[times.len() / 2]
        })
        .collect()
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// Rendering is linear: ten times the findings in ten times the text take about ten times as long.
fn rendering(plan: &Plan, as_of: Date) {
    println!("\nrendering every finding of one manifest with many waivers");
    let look = Look { colour: false, unicode: true, width: 100, lang: govlint::lang::Lang::En };
    let mut before: Option<Duration> = None;
    for waivers in [125, 1_250] {
        let text = waived(waivers);
        let manifest = read(text.clone());
        let made = report(plan, &manifest, false, making(as_of));
        let human = Human { plan, look, as_of, redact: false, group: Group::Duty };
        let start = Instant::now();
        let drawn = human.manifest(&made, usize::MAX);
        let taken = start.elapsed();
        let growth =
            before.map_or_else(String::new, |before| format!(", {:.1} x the time before", ratio(taken, before)));
        println!(
            "  {} kB, {} findings, {} kB drawn: {taken:?}{growth}",
            text.len() / 1_000,
            made.findings.len(),
            drawn.len() / 1_000
        );
        before = Some(taken);
    }
}

/// A manifest with many waivers, about each of which several rules have something to say.
fn waived(count: usize) -> Vec<u8> {
    let packs = built_in::all(&BUILT_IN);
    let pack = packs.iter().find(|pack| pack.instrument.id == "us-omb-m-25-21").expect("a built-in pack");
    let mut value = pack.example.clone();
    let waiver = |number: usize| {
        serde_json::json!({
            "id": format!("waiver-{number}"), "practices": ["appeal"], "granted_on": "2026-01-05", "reported": false,
            "granted_by": "other-official", "ground": "other", "revoked": false, "determined_in_writing": false,
            "risk_assessed": false, "summary_published": false, "centrally_tracked": false,
            "padding": null,
        })
    };
    let waivers: Vec<Value> = (0..count)
        .map(waiver)
        .map(|mut waiver| {
            waiver.as_object_mut().expect("an object").remove("padding");
            waiver
        })
        .collect();
    value["governance"]["waivers"] = waivers.into();
    let long: String = "Lorem ipsum. ".repeat(count * 256);
    value["system"]["description"] = long.into();
    serde_json::to_vec_pretty(&value).expect("JSON can be written")
}

/// What loading and compiling all built-in packs costs.
fn start_up() {
    let start = Instant::now();
    let packs = built_in::all(&BUILT_IN);
    let loaded = start.elapsed();
    let plan = Plan::new(&BUILT_IN, packs);
    println!("\nstart: {} rules loaded in {loaded:?}, compiled in {:?}", plan.len(), start.elapsed() - loaded);
}
