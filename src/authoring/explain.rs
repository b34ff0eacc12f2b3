//! A rule in words, and what it comes to on a manifest, part by part.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::one_line::one_line;
use crate::engine::reference::{Evaluated, FactValue, Judged, Of, Reference, State};
use crate::engine::{Outcome, Truth};
use crate::json::Kind;
use crate::lang::Lang;
use crate::manifest::{Manifest, ManifestSchema};
use crate::pack::{Condition, Decides, Pack, Rule, TextStatus};
use crate::report::cite::{cite, in_force_from};
use crate::report::human::outcome;
use crate::report::{Look, days, hanging, plain, words};
use crate::time::Date;

/// How wide the column of truths is, and what stands after it: a place, perhaps with a value.
const TRUTH: usize = 9;
const PLACE: usize = 15;
const VALUE: usize = 28;

/// Everything that a rule says.
pub fn rule(pack: &Pack, rule: &Rule, look: Look) -> String {
    let lang = look.lang;
    let mut out = head(pack, rule, look);
    if let Some(array) = &rule.each {
        let _ = writeln!(out, "\n  {}{}", lang.pick("for each item of ", "逐项检查："), array.text);
    }
    let applies = rule.applies.as_ref().unwrap_or(&pack.instrument.applies);
    section(&mut out, lang.pick("concerns", "适用对象"), applies, look);
    let optional = [(lang.pick("applies when", "适用条件"), &rule.when), (lang.pick("unless", "例外"), &rule.unless)];
    for (word, condition) in optional {
        if let Some(condition) = condition {
            section(&mut out, word, condition, look);
        }
    }
    section(&mut out, lang.pick("requires", "要求"), &rule.require, look);
    if let Some(due) = &rule.due {
        let _ = writeln!(out, "\n  {}{}", lang.pick("due by ", "期限："), days::expression(due, lang));
    }
    out.push('\n');
    let texts = [
        (lang.pick("when violated:", "违反时："), &rule.message),
        (lang.pick("to judge:", "待判断："), &rule.review),
        (lang.pick("help:", "建议："), &rule.help),
    ];
    for (word, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        out.push_str(&wrapped(word, text.get(lang), look));
    }
    out
}

/// What a rule comes to on a manifest: every part with its truth, and the line that decides it.
pub fn on_manifest(
    schema: &ManifestSchema,
    pack: &Pack,
    rule: &Rule,
    manifest: &Manifest,
    as_of: Date,
    look: Look,
) -> String {
    let lang = look.lang;
    let mut out = head(pack, rule, look);
    let reference = Reference { schema, root: manifest.root(), as_of };
    let judged = reference.judge(&pack.instrument, rule);
    if judged.is_empty() {
        let _ = writeln!(out, "\n  {}", nothing_to_walk(lang));
    }
    for judged in &judged {
        out.push_str(&parts(manifest, judged, false, look));
    }
    out.push('\n');
    out.push_str(&wrapped(lang.pick("help:", "建议："), rule.help.get(lang), look));
    out
}

/// What is said where a rule has no item to speak of.
pub const fn nothing_to_walk(lang: Lang) -> &'static str {
    lang.pick("the array that it walks is empty: not applicable", "所检查的列表为空：不适用")
}

/// What a rule comes to on one item, part by part; perhaps with the values of the facts.
pub fn parts(manifest: &Manifest, judged: &Judged<'_>, values: bool, look: Look) -> String {
    let mut out = String::new();
    Explainer { manifest, values, look }.judged(&mut out, judged);
    out
}

fn head(pack: &Pack, rule: &Rule, look: Look) -> String {
    let lang = look.lang;
    let title = rule.title.get(lang);
    let mut out = format!("{}  {title}\n", rule.id);
    if out.width() > look.width {
        out = format!("{}\n{}\n", rule.id, hanging("  ", title, look.width));
    }
    let topics: Vec<_> = rule.topics.iter().map(|topic| words::topic(topic, lang)).collect();
    let strength = words::strength(rule.strength, lang);
    let _ = writeln!(out, "  {strength}{}{}", look.dot(), topics.join(lang.pick(", ", "、")));
    let mut cited: Vec<_> = rule.cite.iter().map(|citation| cite(&pack.instrument, citation, lang)).collect();
    // Parts of one place are cited as that place, once.
    cited.dedup();
    let (separator, comma) = (lang.pick("; ", "；"), lang.pick(", ", "，"));
    let cited = format!("{}{comma}{}", cited.join(separator), in_force_from(rule.in_force.from, lang));
    out += &(hanging("  ", &cited, look.width) + "\n");
    for same in &rule.same_as {
        let sentence = format!(
            "{}{}{}{}",
            lang.pick("the same duty as ", "与以下规则要求相同："),
            same.rule,
            lang.pick(": ", "："),
            same.difference.get(lang)
        );
        out += &(hanging("  ", &sentence, look.width) + "\n");
    }
    if let Some(until) = rule.in_force.until {
        let _ = writeln!(out, "  {} {until}", lang.pick("in force until", "施行至"));
    }
    let status = match rule.text_status {
        TextStatus::Text => None,
        TextStatus::Secondary => {
            Some(lang.pick("known from descriptions by others, so at most a warning", "依据他人转述，至多为警告"))
        }
        TextStatus::Memory => Some(lang.pick("written from memory, so at most a warning", "依据记忆撰写，至多为警告")),
    };
    let decides = match rule.decides {
        Decides { breach: true, pass: true } => None,
        Decides { breach: true, pass: false } => Some(lang.pick(
            "can show a violation; when met, it only indicates that the duty is met",
            "可认定违反；满足时仅为符合的迹象",
        )),
        Decides { breach: false, pass: true } => Some(lang.pick(
            "can show that the duty is met; when contradicted, a person must judge",
            "可认定符合；不满足时由人工判断",
        )),
        Decides { breach: false, pass: false } => {
            Some(lang.pick("settles nothing by itself: a person must judge", "本身不作认定，由人工判断"))
        }
    };
    for sentence in [status, decides].into_iter().flatten() {
        let _ = writeln!(out, "  {sentence}");
    }
    out
}

fn section(out: &mut String, word: &str, condition: &Condition, look: Look) {
    let _ = writeln!(out, "\n  {word}");
    outline(out, condition, 2, look);
}

/// A condition as an indented outline.
fn outline(out: &mut String, condition: &Condition, depth: usize, look: Look) {
    let lang = look.lang;
    let indent = "  ".repeat(depth);
    let parts: (&str, &[Condition]) = match condition {
        Condition::All(parts) if depth == 2 => return parts.iter().for_each(|part| outline(out, part, depth, look)),
        Condition::All(parts) => (lang.pick("all of", "全部满足"), parts),
        Condition::Any(parts) => (lang.pick("any of", "任一满足"), parts),
        Condition::Not(part) => (lang.pick("not", "并非"), std::slice::from_ref(part.as_ref())),
        Condition::Each(walk) => {
            let _ = writeln!(out, "{indent}{}{}", lang.pick("each item of ", "每一项："), walk.array.text);
            return outline(out, &walk.hold, depth + 1, look);
        }
        Condition::Some(walk) => {
            let _ = writeln!(out, "{indent}{}{}", lang.pick("some item of ", "某一项："), walk.array.text);
            return outline(out, &walk.hold, depth + 1, look);
        }
        Condition::Named { meaning, .. } => return outline(out, meaning, depth, look),
        Condition::Leaf(_) => {
            let _ = writeln!(out, "{}", hanging(&indent, &words::condition(condition, lang), look.width));
            return;
        }
    };
    let _ = writeln!(out, "{indent}{}", parts.0);
    parts.1.iter().for_each(|part| outline(out, part, depth + 1, look));
}

fn wrapped(word: &str, sentence: &str, look: Look) -> String {
    hanging(&format!("  {word}{}", look.lang.gap()), sentence, look.width) + "\n"
}

struct Explainer<'a> {
    manifest: &'a Manifest,
    /// Whether the value of each fact stands beside its place.
    values: bool,
    look: Look,
}

impl Explainer<'_> {
    fn judged(&self, out: &mut String, judged: &Judged<'_>) {
        let lang = self.look.lang;
        if let Some(array) = &judged.absent {
            let unstated = lang.pick(" is not stated, so nothing is known of its items", " 未说明，因此无从得知其各项");
            let _ = writeln!(out, "\n  {}{unstated}", array.pointer);
        } else if let Some(item) = &judged.item {
            let id = item.node.and_then(|node| node.get("id")?.as_str()).unwrap_or_default();
            let _ = writeln!(out, "\n  {} {} {}", lang.pick("item", "项"), item.pointer, plain(&id));
        }
        let scope: Vec<_> = judged.applies.iter().collect();
        self.section(out, lang.pick("concerns", "适用对象"), scope.last().copied());
        self.section(out, lang.pick("applies when", "适用条件"), judged.when.as_ref());
        self.section(out, lang.pick("unless", "例外"), judged.unless.as_ref());
        self.section(out, lang.pick("requires", "要求"), Some(&judged.require));
        let _ = writeln!(out, "\n  {}", self.verdict(judged));
    }

    fn verdict(&self, judged: &Judged<'_>) -> String {
        let lang = self.look.lang;
        let decided = judged.decided;
        let mut sentence = format!("{}{}", lang.pick("outcome: ", "结果："), outcome(decided.outcome, lang));
        if decided.outcome == Outcome::Upcoming
            && let Some(due) = decided.due
        {
            let _ = match lang {
                Lang::En => write!(sentence, ", from {due}"),
                Lang::Zh => write!(sentence, "，自 {due} 起"),
            };
        }
        if decided.indicated {
            sentence += lang.pick(" (indicated)", "（迹象）");
        }
        sentence
    }

    fn section(&self, out: &mut String, word: &str, evaluated: Option<&Evaluated<'_>>) {
        let Some(evaluated) = evaluated else { return };
        out.push('\n');
        self.row(out, 1, word, evaluated.truth, "");
        self.tree(out, evaluated, 2);
    }

    fn tree(&self, out: &mut String, evaluated: &Evaluated<'_>, depth: usize) {
        let lang = self.look.lang;
        match &evaluated.of {
            Of::All(parts) if depth == 2 => parts.iter().for_each(|part| self.tree(out, part, depth)),
            Of::All(parts) => {
                self.row(out, depth, lang.pick("all of", "全部满足"), evaluated.truth, "");
                parts.iter().for_each(|part| self.tree(out, part, depth + 1));
            }
            Of::Any(parts) => {
                self.row(out, depth, lang.pick("any of", "任一满足"), evaluated.truth, "");
                parts.iter().for_each(|part| self.tree(out, part, depth + 1));
            }
            Of::Not(part) => {
                self.row(out, depth, lang.pick("not", "并非"), evaluated.truth, "");
                self.tree(out, part, depth + 1);
            }
            Of::Named(_, part) => self.tree(out, part, depth),
            Of::Each(array, items) | Of::Some(array, items) => {
                let each = matches!(evaluated.of, Of::Each(..));
                let word = if each {
                    lang.pick("each item of ", "每一项：")
                } else {
                    lang.pick("some item of ", "某一项：")
                };
                self.row(out, depth, &format!("{word}{}", array.pointer), evaluated.truth, &self.place(array));
                items.iter().for_each(|item| self.tree(out, item, depth + 1));
            }
            Of::Leaf(leaf) => {
                let condition = Condition::Leaf(leaf.leaf.clone());
                self.row(out, depth, &words::condition(&condition, lang), evaluated.truth, &self.place(&leaf.fact));
            }
        }
    }

    fn place(&self, fact: &FactValue<'_>) -> String {
        match fact.state {
            State::Stated(value) => {
                let line = self.manifest.file.region(value.span()).line;
                let line = match self.look.lang {
                    Lang::En => format!("line {line}"),
                    Lang::Zh => format!("第 {line} 行"),
                };
                if !self.values || value.items().any(|item| item.kind() == Kind::Object) {
                    return line;
                }
                let told = format!("{line}{}{}", self.look.lang.pick(": ", "："), plain(&one_line(&value.to_value())));
                cut(&told, self.look.width.saturating_sub(self.column() + TRUTH))
            }
            State::Future(_) => self.look.lang.pick("lies ahead", "尚未发生").to_owned(),
            State::Unstated => self.look.lang.pick("unstated", "未说明").to_owned(),
        }
    }

    fn row(&self, out: &mut String, depth: usize, text: &str, truth: Truth, place: &str) {
        let lang = self.look.lang;
        let word = match truth {
            Truth::True => lang.pick("true", "成立"),
            Truth::False => lang.pick("false", "不成立"),
            Truth::Unknown => lang.pick("unknown", "未知"),
        };
        let column = self.column();
        let text = hanging(&"  ".repeat(depth), text, column - 2);
        let last = text.lines().next_back().unwrap_or_default();
        let gap = " ".repeat(column.saturating_sub(last.width()).max(2));
        let row = format!("{text}{gap}{word}{}{place}", " ".repeat(TRUTH.saturating_sub(word.width())));
        let _ = writeln!(out, "{}", row.trim_end());
    }

    /// Where the column of truths begins.
    fn column(&self) -> usize {
        let after = TRUTH + PLACE + if self.values { VALUE } else { 0 };
        self.look.width.saturating_sub(after).max(40)
    }
}

/// A text that is no wider than so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used <= columns
    };
    text.chars().take_while(fits).collect::<String>() + "…"
}
