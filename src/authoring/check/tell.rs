//! What is said about findings, in both languages, and the report as JSON.

use serde_json::{Value, json};

use crate::lang::Lang;
use crate::pack::Strength;
use crate::report::words;

use super::problem::{Finding, Problem};
use super::{Open, Report};

impl Finding {
    /// What is wrong, in a sentence.
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NeverArises => "no system can be in the scope of this rule".into(),
            Self::NeverExcepted => "the exception can never hold where the rule applies".into(),
            Self::AlwaysMet => "the rule is always met where it applies, whatever a manifest states".into(),
            Self::NeverBroken => "the rule decides breach, but no manifest can break it".into(),
            Self::NeverMet => "the rule cannot be met where it applies".into(),
            Self::Conflict(other) => format!("applies together with {other}, and both cannot be met"),
            Self::Covered { by, mutual: false } => format!("says nothing that {by} does not say already"),
            Self::Covered { by, mutual: true } => format!("says exactly what {by} says"),
            Self::UnaskedDay(day) => format!("whether the rule applies hangs on `{day}`, which no rule asks for"),
            Self::IdlePart { member, words } => {
                format!("a part of `{}` never makes a difference: {}", member.word(), words[Lang::En as usize])
            }
            Self::PassOnPart(_) => "decides pass, but a manifest shows only a part of the duty".into(),
            Self::TooStrong { member, word, strength, .. } => {
                format!("the {member} says “{word}”, but the rule's strength is `{}`", strength.word())
            }
            Self::TooWeak { member, word, .. } => format!("the {member} says “{word}”, but the law commands"),
            Self::Untranslated(member) => format!("`{member}` is the same in both languages"),
            Self::WrongLanguage { member, lang: Lang::En } => {
                format!("the English `{member}` holds Chinese characters")
            }
            Self::WrongLanguage { member, lang: Lang::Zh } => {
                format!("the Chinese `{member}` holds no Chinese characters")
            }
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::NeverArises => "任何系统都不可能在该规则的适用范围内".into(),
            Self::NeverExcepted => "规则适用时，其例外不可能成立".into(),
            Self::AlwaysMet => "无论清单声明什么，规则适用时总是符合".into(),
            Self::NeverBroken => "规则可判定违反，但没有任何清单会违反它".into(),
            Self::NeverMet => "规则适用时不可能符合".into(),
            Self::Conflict(other) => format!("与 {other} 同时适用，但二者不可能同时符合"),
            Self::Covered { by, mutual: false } => format!("其内容已全部包含在 {by} 中"),
            Self::Covered { by, mutual: true } => format!("与 {by} 的内容完全相同"),
            Self::UnaskedDay(day) => format!("规则是否适用取决于 `{day}`，但没有任何规则要求声明该日期"),
            Self::IdlePart { member, words } => {
                format!("`{}` 中有一部分从不影响结果：{}", member.word(), words[Lang::Zh as usize])
            }
            Self::PassOnPart(_) => "规则可判定符合，但清单只能说明该项要求的一部分".into(),
            Self::TooStrong { member, word, strength, .. } => {
                format!("{}使用了“{word}”，但规则的强度为“{}”", told(member), words::strength(*strength, Lang::Zh))
            }
            Self::TooWeak { member, word, .. } => format!("{}使用了“{word}”，但法律规定的是义务", told(member)),
            Self::Untranslated(member) => format!("`{member}` 的中英文相同"),
            Self::WrongLanguage { member, lang: Lang::En } => format!("`{member}` 的英文含有汉字"),
            Self::WrongLanguage { member, lang: Lang::Zh } => format!("`{member}` 的中文不含汉字"),
        }
    }

    /// The next step.
    pub fn help(&self, lang: Lang) -> &'static str {
        match self {
            Self::NeverArises => lang.pick(
                "mend the condition that contradicts the others, or take the rule out",
                "请修正相互矛盾的条件，或者删除该规则",
            ),
            Self::NeverExcepted => lang.pick(
                "mend the exception, or take it out: the scope says already that it does not hold",
                "请修正或删除该例外：适用范围已经排除了它",
            ),
            Self::AlwaysMet => lang.pick(
                "ask in `require` for something that the scope does not say already",
                "请在 `require` 中要求适用范围尚未包含的内容",
            ),
            Self::NeverBroken => lang.pick(
                "let `require` be false of some system, or leave `breach` out of `decides`",
                "请使 `require` 对某些系统为假，或者从 `decides` 中去掉 `breach`",
            ),
            Self::NeverMet => {
                lang.pick("mend what `require` and the scope ask for at once", "请修正 `require` 与适用范围之间的矛盾")
            }
            Self::Conflict(_) => lang.pick(
                "narrow the scope of one of them, or mend what it requires",
                "请缩小其中一条的适用范围，或者修正其要求",
            ),
            Self::Covered { .. } => lang.pick(
                "let one rule cite both places with `also`, or ask here for what the duty asks beyond the other",
                "请在一条规则中用 `also` 同时引用两处，或者在此写明该项要求超出另一条的内容",
            ),
            Self::UnaskedDay(_) => lang.pick(
                "let a rule require the day, so that silence about it is told",
                "请让某条规则要求声明该日期，以便在其缺失时予以提示",
            ),
            Self::IdlePart { .. } => lang.pick(
                "take it out, or mend what makes it follow from the rest",
                "请删除该部分，或者修正使其成为多余的其他条件",
            ),
            Self::PassOnPart(_) => lang.pick(
                "let the rule decide `breach` alone, so that a pass is told as an indication; or mend the duty's `checkable`",
                "请让规则只判定 `breach`，使“符合”仅作为迹象；或者修正该项要求的 `checkable`",
            ),
            Self::TooStrong { strength: Strength::Encouraged, .. } => lang.pick(
                "say what the law encourages, without words of duty",
                "请改用不含义务意味的措辞，说明法律鼓励什么",
            ),
            Self::TooStrong { .. } => {
                lang.pick("say what should be, not what must be", "请改用“宜”等措辞，不用义务性的表述")
            }
            Self::TooWeak { .. } => lang.pick("say what must be, as the law does", "请按法律的规定写明应当如何"),
            Self::Untranslated(_) => lang.pick("translate it", "请补上译文"),
            Self::WrongLanguage { .. } => lang.pick(
                "write it in the language that it stands under; what is quoted stands in quotation marks",
                "请使用所标语言书写；引用内容请置于引号内",
            ),
        }
    }
}

/// A member of a rule, as one speaks of it.
fn told(member: &str) -> &'static str {
    match member {
        "title" => "标题",
        "message" => "违反说明",
        "review" => "复核提示",
        _ => "建议",
    }
}

impl Report {
    /// The report as JSON.
    pub fn json(&self) -> Value {
        json!({
            "rules": self.rules,
            "pairs": self.pairs,
            "pairs_left_out": self.left_out,
            "questions": self.tally.questions(),
            "proven": self.tally.proven,
            "shown": self.tally.shown,
            "unknown": self.tally.open.iter().map(open).collect::<Vec<_>>(),
            "problems": self.problems.iter().map(problem).collect::<Vec<_>>(),
        })
    }
}

fn open(open: &Open) -> Value {
    let other = open.other.as_ref().map(ToString::to_string);
    json!({ "rule": open.rule.to_string(), "other": other, "analysis": open.analysis, "why": open.why.word() })
}

fn problem(problem: &Problem) -> Value {
    let region = problem.file.region(problem.span);
    let texts = |say: &dyn Fn(Lang) -> String| json!({ "en": say(Lang::En), "zh": say(Lang::Zh) });
    json!({
        "analysis": problem.finding.word(),
        "rule": problem.rule.as_ref().map(ToString::to_string),
        "other": problem.finding.other().map(ToString::to_string),
        "message": texts(&|lang| problem.finding.say(lang)),
        "help": texts(&|lang| problem.finding.help(lang).to_owned()),
        "file": problem.file.name,
        "line": region.line,
        "column": region.column,
        "end_line": region.end_line,
        "end_column": region.end_column,
        "witness": problem.witness.as_ref().map(|witness| json!({ "as_of": witness.as_of, "manifest": witness.manifest })),
    })
}
