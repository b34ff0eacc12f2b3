//! The end of the report for people: what came out altogether, which questions to answer first, what a pass means.
//!
//! It is never silent: how many rules applied is always said.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::engine::Outcome;
use crate::lang::Lang;
use crate::pack::{Pack, built_in};

use super::block::Look;
use super::finding::{Counts, NamedFact};
use super::human::{Human, outcome};
use super::totals::{Gate, Totals, most_first};
use super::wrap::{filled, wrap};

/// How many questions are listed.
const MOST_QUESTIONS: usize = 5;

impl Human<'_> {
    /// What came out, which questions would settle the most, what a pass means.
    pub fn summary(&self, totals: &Totals) -> String {
        let mut out = filled(&self.sums(totals), self.look.dot(), self.look.width);
        out.push('\n');
        out.push_str(&self.questions(totals));
        out.push_str(&self.verdict(totals));
        out
    }

    /// The parts of the line of sums.
    fn sums(&self, totals: &Totals) -> Vec<String> {
        let lang = self.look.lang;
        let (colon, comma) = (lang.pick(": ", "："), lang.pick(", ", "、"));
        let mut parts = Vec::new();
        if totals.manifests > 1 {
            parts.push(format!("{}{}", totals.manifests, lang.pick(" manifests", " 份清单")));
        }
        parts.extend(counts(&totals.outcomes, self.look));
        parts.push(format!("{} {}", lang.pick("as of", "检查日期"), self.as_of));
        parts.push(format!("{}{colon}{}", lang.pick("packs", "规则包"), self.packs(comma)));
        let allowed = totals.allow().outcomes();
        if !allowed.is_empty() {
            let words = allowed.into_iter().map(|allowed| match lang {
                Lang::En => allowed.word(),
                Lang::Zh => outcome(allowed, lang),
            });
            parts.push(format!("{}{colon}{}", lang.pick("allowed", "放行"), words.collect::<Vec<_>>().join(comma)));
        }
        match (totals.errors, lang) {
            (0, _) => {}
            (1, Lang::En) => parts.push("1 input could not be checked".to_owned()),
            (errors, Lang::En) => parts.push(format!("{errors} inputs could not be checked")),
            (errors, Lang::Zh) => parts.push(format!("{errors} 个输入无法检查")),
        }
        parts
    }

    /// The packs by name and version, or in a word where they are all that there are.
    fn packs(&self, comma: &str) -> String {
        let packs = self.plan.packs();
        let ids = packs.iter().map(|pack| pack.instrument.id.as_str());
        if packs.len() > 1 && ids.eq(built_in::names()) {
            return match self.look.lang {
                Lang::En => format!("all {} built-in", packs.len()),
                Lang::Zh => format!("全部 {} 个内置规则包", packs.len()),
            };
        }
        let named = packs.iter().map(|pack| format!("{} {}", pack.instrument.id, pack.instrument.version));
        named.collect::<Vec<_>>().join(comma)
    }

    fn questions(&self, totals: &Totals) -> String {
        let lang = self.look.lang;
        let (settled, waiting) = (most_first(&totals.settled), most_first(&totals.waiting));
        let most = settled.first().map_or(0, |(_, count)| *count);
        // A fact that settles nothing by itself comes first where more wait for it than any other settles.
        let first = waiting.first().filter(|(fact, count)| *count > most && !totals.settled.contains_key(*fact));
        let entry = |settle: bool, (fact, count): &(&NamedFact, u64)| match (lang, settle) {
            (Lang::En, true) => format!("{} (settles {count})", fact.pointer),
            (Lang::En, false) if *count == 1 => format!("{} (1 waits for it)", fact.pointer),
            (Lang::En, false) => format!("{} ({count} wait for it)", fact.pointer),
            (Lang::Zh, true) => format!("{}（可判定 {count} 项）", fact.pointer),
            (Lang::Zh, false) => format!("{}（{count} 项待此说明）", fact.pointer),
        };
        let first = first.map(|first| entry(false, first));
        let listed: Vec<_> = if settled.is_empty() {
            waiting.iter().take(MOST_QUESTIONS).map(|waited| entry(false, waited)).collect()
        } else {
            first.into_iter().chain(settled.iter().map(|settled| entry(true, settled))).take(MOST_QUESTIONS).collect()
        };
        let head = lang.pick("State these to settle the most:", "优先说明以下事实：");
        let line = format!("{head}{}{}", lang.gap(), listed.join("   "));
        match listed.as_slice() {
            [] => String::new(),
            _ if line.width() <= self.look.width => line + "\n",
            _ => listed.iter().fold(format!("{head}\n"), |lines, entry| lines + "  " + entry + "\n"),
        }
    }

    fn verdict(&self, totals: &Totals) -> String {
        let lang = self.look.lang;
        let sentence = if totals.errors == 0 && totals.gate() == Gate::Error {
            lang.pick(
                "Nothing was checked: no rule applies to any of this. If that is right, say --allow not-applicable.",
                "未作任何检查：没有规则适用。如确属如此，请使用 --allow not-applicable。",
            )
        } else {
            lang.pick(
                "A pass means that the manifest states the facts a duty asks for, not that the system is lawful.",
                "“符合”仅表示清单说明了该项要求所需的事实，不表示系统合法。",
            )
        };
        wrap(sentence, self.look.width) + "\n"
    }

    /// The results of each rule that applies to anything, as a table for each pack.
    pub fn table(&self, totals: &Totals) -> String {
        let mut out = String::new();
        for pack in self.plan.packs() {
            let (rows, idle) = self.rows(pack, totals);
            let _ = writeln!(out, "{} {}", pack.instrument.id, pack.instrument.version);
            if rows.len() > 1 {
                out.push_str(&table(&rows));
            }
            let _ = match (self.look.lang, idle) {
                (_, 0) => Ok(()),
                (Lang::En, 1) => writeln!(out, "1 rule applies to none of them"),
                (Lang::En, _) => writeln!(out, "{idle} rules apply to none of them"),
                (Lang::Zh, _) => writeln!(out, "另有 {idle} 条规则对全部清单均不适用"),
            };
            out.push('\n');
        }
        out
    }

    /// The rows of a pack's table, without the columns that hold nothing, and how many rules apply to nothing.
    fn rows(&self, pack: &Pack, totals: &Totals) -> (Vec<Vec<String>>, usize) {
        let lang = self.look.lang;
        let of_pack: Vec<_> =
            self.plan.rules().filter(|(_, owner, _)| owner.instrument.id == pack.instrument.id).collect();
        let counted = of_pack.iter().map(|(number, _, rule)| (*rule, &totals.by_rule[number.0 as usize]));
        let applies = |counts: &Counts| counts.of(Outcome::NotApplicable) < counts.all() || counts.excepted > 0;
        let (some, none): (Vec<_>, Vec<_>) = counted.partition(|(_, counts)| applies(counts));
        let shown = |outcome: &Outcome| some.iter().any(|(_, counts)| counts.of(*outcome) > 0);
        let columns: Vec<_> = Outcome::ALL.into_iter().filter(shown).collect();
        let excepted = some.iter().any(|(_, counts)| counts.excepted > 0);
        let mut head = vec![lang.pick("rule", "规则").to_owned()];
        head.extend(columns.iter().map(|column| outcome_column(*column, lang).to_owned()));
        head.extend(excepted.then(|| lang.pick("excepted", "例外").to_owned()));
        let mut rows = vec![head];
        for (rule, counts) in &some {
            let mut row = vec![rule.id.name.clone()];
            row.extend(columns.iter().map(|column| counts.of(*column).to_string()));
            row.extend(excepted.then(|| counts.excepted.to_string()));
            rows.push(row);
        }
        (rows, none.len())
    }
}

/// Counts in a few parts of a sentence.
pub fn counts(counts: &Counts, look: Look) -> Vec<String> {
    let lang = look.lang;
    let of = |outcome| counts.of(outcome);
    let applying = counts.applying();
    let mut first = match (lang, applying) {
        (Lang::En, 1) => "1 rule applies".to_owned(),
        (Lang::En, _) => format!("{applying} rules apply"),
        (Lang::Zh, _) => format!("适用 {applying} 项"),
    };
    let parts = [
        (of(Outcome::Pass), lang.pick("met", "符合")),
        (of(Outcome::Fail) - counts.advice, lang.pick("violated", "违反")),
        (counts.advice, lang.pick("not as advised", "未采纳建议")),
        (of(Outcome::Review), lang.pick("to review", "待人工判断")),
        (of(Outcome::Unstated), lang.pick("unstated", "未说明")),
    ];
    let listed: Vec<_> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| entry(count, word, lang)).collect();
    if !listed.is_empty() {
        let _ = write!(first, "{}{}", lang.pick(": ", "："), listed.join(lang.pick(", ", "，")));
    }
    let further = [
        (of(Outcome::Undetermined), lang.pick("not decidable yet", "适用与否待定")),
        (of(Outcome::Upcoming), lang.pick("upcoming", "尚未到期")),
        (counts.excepted, lang.pick("excepted", "属例外")),
    ];
    let further = further.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| entry(count, word, lang));
    std::iter::once(first).chain(further).collect()
}

fn entry(count: u64, word: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{count} {word}"),
        Lang::Zh => format!("{word} {count} 项"),
    }
}

fn outcome_column(of: Outcome, lang: Lang) -> &'static str {
    match of {
        Outcome::Pass => lang.pick("pass", "符合"),
        Outcome::Fail => lang.pick("fail", "违反"),
        Outcome::Undetermined => lang.pick("undetermined", "待定"),
        Outcome::NotApplicable => lang.pick("n/a", "不适用"),
        other => outcome(other, lang),
    }
}

/// Rows in columns, the first to the left and the others to the right, by display width.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[column] - cell.width());
            let _ = if column == 0 { write!(out, "{cell}{gap}") } else { write!(out, "  {gap}{cell}") };
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}
