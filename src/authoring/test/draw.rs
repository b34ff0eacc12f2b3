//! A test that does not hold, on a terminal: its place, what came out and why, and what would have to be otherwise.

use std::fmt::Write as _;

use super::{Bench, CameOut, Changed, TestFailure, word, written};
use crate::authoring::explain;
use crate::engine::reference::{Judged, Reference};
use crate::engine::{Outcome, Severity};
use crate::json::Span;
use crate::lang::Lang;
use crate::manifest::Manifest;
use crate::pack::{Drafts, Expect, Expected, Rule, RuleTest};
use crate::report::{Block, Excerpts, Look, hanging, plain};

/// Draws a test that does not hold, ended by an empty line.
pub fn failed(
    bench: &Bench,
    drafts: &Drafts<'_>,
    (rule, test): (&Rule, &RuleTest),
    failure: &TestFailure,
    look: Look,
) -> String {
    let excerpts = Excerpts::new(&bench.pack().files[test.place.file], look.width);
    let block = Block {
        severity: Severity::Error,
        headline: format!("{}  {}", rule.id, plain(&test.name)),
        excerpts: Some(&excerpts),
        labels: labels(drafts, rule, test, failure, look.lang),
        lines: Vec::new(),
    };
    let mut drawn = block.draw(look);
    drawn.truncate(drawn.trim_end().len());
    drawn.push('\n');
    if let (TestFailure::Outcome { found, .. }, Ok(manifest)) = (failure, bench.patched(test)) {
        drawn += &tree(bench, rule, test, &manifest, look);
        drawn += &otherwise(bench, (rule, test), &manifest, found, look);
    }
    drawn + "\n"
}

/// Where the test says what did not come out, and what did.
fn labels(drafts: &Drafts<'_>, rule: &Rule, test: &RuleTest, failure: &TestFailure, lang: Lang) -> Vec<(Span, String)> {
    let node = drafts.test(rule, test);
    let expect = node.get("expect").expect("a test has an expectation");
    let changed = node.get("patch").or_else(|| node.get("ops")).unwrap_or(expect);
    let TestFailure::Outcome { expected, found } = failure else {
        let place = if matches!(failure, TestFailure::Disagreement { .. }) { expect } else { changed };
        return vec![(place.span(), plain(&failure.say(lang)))];
    };
    let found_word = lang.pick("found ", "实际为 ");
    let Expect::Items(items) = expected else {
        return vec![(expect.span(), plain(&format!("{found_word}{}", written(found))))];
    };
    let wrong = |(id, wanted): &(String, Expected)| {
        let here = expect.get(id).map_or(expect.span(), |node| node.span());
        let of_item = found.iter().find(|found| found.item == *id);
        let is_met = of_item.is_some_and(|found| Expect::One(wanted.clone()).is_met_by(std::slice::from_ref(found)));
        let told = of_item.map_or_else(
            || lang.pick("there is no such item", "没有该项").to_owned(),
            |found| format!("{found_word}{}", word(&found.outcome)),
        );
        (!is_met).then_some((here, told))
    };
    let unlisted = |found: &CameOut| {
        let listed = items.iter().any(|(id, _)| *id == found.item);
        let told = match (lang, found.item.is_empty()) {
            (_, true) => format!("{found_word}{}", word(&found.outcome)),
            (Lang::En, false) => format!("`{}` is missing, found {}", plain(&found.item), word(&found.outcome)),
            (Lang::Zh, false) => format!("未列出 `{}`，实际为 {}", plain(&found.item), word(&found.outcome)),
        };
        (!listed).then_some((expect.span(), told))
    };
    items.iter().filter_map(wrong).chain(found.iter().filter_map(unlisted)).collect()
}

/// Every part of the rule with its truth, on each item of which something else was expected.
fn tree(bench: &Bench, rule: &Rule, test: &RuleTest, manifest: &Manifest, look: Look) -> String {
    let reference = Reference { schema: bench.schema(), root: manifest.root(), as_of: bench.as_of(test) };
    let judged = reference.judge(&bench.pack().instrument, rule);
    if judged.is_empty() {
        return format!("\n  {}\n", explain::nothing_to_walk(look.lang));
    }
    let is_wrong = |judged: &&Judged<'_>| !is_as_expected(rule, &test.expect, judged);
    judged.iter().filter(is_wrong).map(|judged| explain::parts(manifest, judged, true, look)).collect()
}

/// Whether what came out of an item is what was expected of it.
pub(super) fn is_as_expected(rule: &Rule, expect: &Expect, judged: &Judged<'_>) -> bool {
    let Expect::Items(items) = expect else { return false };
    let found = CameOut::new(rule, judged.item.as_ref().and_then(|item| item.node), judged.decided);
    let wanted = items.iter().find(|(id, _)| *id == found.item);
    wanted.is_some_and(|(_, wanted)| Expect::One(wanted.clone()).is_met_by(&[found]))
}

/// What would have to be otherwise.
fn otherwise(
    bench: &Bench,
    (rule, test): (&Rule, &RuleTest),
    manifest: &Manifest,
    found: &[CameOut],
    look: Look,
) -> String {
    let lang = look.lang;
    let told = |sentence: &str| format!("\n{}\n", hanging("  ", sentence, look.width));
    if let Some(sentence) = only_the_detail(&test.expect, found, lang) {
        return told(sentence);
    }
    let answers = bench.smallest_difference(rule, test, manifest);
    if answers.is_empty() && !names_all(&test.expect, found) {
        return String::new();
    }
    let mut out = told(match answers.len() {
        0 => lang.pick(
            "No change of one or two facts was found that would make it come out as expected.",
            "未找到仅改动一两项事实即可得出预期结果的方法。",
        ),
        1 => lang.pick("It would come out as expected with this change:", "作以下改动即可得出预期结果："),
        _ => lang.pick("It would come out as expected with any of these changes:", "作以下任一改动即可得出预期结果："),
    });
    for answer in answers {
        let steps: Vec<_> = answer.iter().map(|changed| changed.say(lang)).collect();
        let _ = writeln!(out, "{}", hanging("    ", &steps.join(lang.pick(" and ", "，且")), look.width));
    }
    out
}

/// Whether the test names the items that there are, and no others.
fn names_all(expect: &Expect, found: &[CameOut]) -> bool {
    let Expect::Items(items) = expect else { return true };
    items.len() == found.len() && found.iter().all(|found| items.iter().any(|(id, _)| *id == found.item))
}

/// Where the outcomes are right, and only what stands behind the slash is not.
fn only_the_detail(expect: &Expect, found: &[CameOut], lang: Lang) -> Option<&'static str> {
    let outcomes: Vec<(&str, &Expected)> = match expect {
        Expect::One(wanted) => vec![("", wanted)],
        Expect::Items(items) => items.iter().map(|(id, wanted)| (id.as_str(), wanted)).collect(),
    };
    let is_right = |(id, wanted): &(&str, &Expected)| {
        let same = |found: &&CameOut| id.is_empty() || found.item == *id;
        found.iter().find(same).is_some_and(|found| found.outcome.outcome == wanted.outcome)
    };
    let passes = outcomes.iter().any(|(_, wanted)| wanted.outcome == Outcome::Pass.word());
    (outcomes.len() == found.len() && outcomes.iter().all(is_right)).then(|| {
        if passes {
            lang.pick(
                "The outcome is right; whether a pass is only an indication is what `decides` says.",
                "结果无误；符合是否仅为迹象，由 `decides` 决定。",
            )
        } else {
            lang.pick(
                "The outcome is right; its severity comes from `strength` and `text_status`.",
                "结果无误；严重程度由 `strength` 和 `text_status` 决定。",
            )
        }
    })
}

impl Changed {
    /// The change as one asks for it.
    pub fn say(&self, lang: Lang) -> String {
        let pointer = plain(&self.pointer);
        let to = self.to.as_ref().map(|value| plain(&value.to_string()));
        match (lang, to, self.stated) {
            (Lang::En, Some(to), true) => format!("set {pointer} to {to}"),
            (Lang::En, Some(to), false) => format!("state {pointer} as {to}"),
            (Lang::En, None, _) => format!("leave out {pointer}"),
            (Lang::Zh, Some(to), true) => format!("将 {pointer} 改为 {to}"),
            (Lang::Zh, Some(to), false) => format!("将 {pointer} 填写为 {to}"),
            (Lang::Zh, None, _) => format!("删去 {pointer}"),
        }
    }
}
