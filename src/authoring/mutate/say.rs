//! What is said of a mutant that no test notices: what that is, and what a test should do.

use super::change::{Joined, Kind};
use crate::lang::Lang;

impl Kind {
    /// What no test notices, as a sentence.
    pub fn unnoticed(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.unnoticed_in_english(),
            Lang::Zh => self.unnoticed_in_chinese(),
        }
    }

    fn unnoticed_in_english(&self) -> String {
        match self {
            Self::Condition(_) | Self::Schema(_) => "no test notices that this condition is gone".to_owned(),
            Self::Member("due") => "no test notices that there is no time to comply any more".to_owned(),
            Self::Member("unless") => "no test notices that the exception is gone".to_owned(),
            Self::Member("applies") => "no test notices that the rule has no scope of its own any more".to_owned(),
            Self::Member(name) => format!("no test notices that `{name}` is gone"),
            Self::Contrary => "no test notices that this condition is turned into its contrary".to_owned(),
            Self::Keyword(keyword) => format!("no test notices that `{keyword}` is gone"),
            Self::Word(word) => format!("no test notices that `{word}` is gone from the list"),
            Self::Number { keyword, from, to } => format!("no test tells `{keyword}` {from} from {to}"),
            Self::Period { from, to } => format!("no test tells `{from}` from `{to}`"),
            Self::Day { in_force: None, from, to } => format!("no test tells {from} from {to}"),
            Self::Day { in_force: Some(word), from, to } => {
                format!("no test tells whether the rule is in force {word} {from} or {word} {to}")
            }
            Self::Swap { from, to } => format!("no test tells `{from}` from `{to}`"),
            Self::Decides { word, now: false } => format!("no test notices that the rule no longer decides `{word}`"),
            Self::Decides { word, now: true } => format!("no test notices that the rule decides `{word}` too"),
            Self::Strength { from, to } => format!("no test tells `{from}` from `{to}`"),
        }
    }

    fn unnoticed_in_chinese(&self) -> String {
        match self {
            Self::Condition(_) | Self::Schema(_) => "删去该条件后，所有测试仍然通过".to_owned(),
            Self::Member("due") => "删去期限（`due`）后，所有测试仍然通过".to_owned(),
            Self::Member("unless") => "删去例外（`unless`）后，所有测试仍然通过".to_owned(),
            Self::Member("applies") => "删去规则自身的适用对象（`applies`）后，所有测试仍然通过".to_owned(),
            Self::Member(name) => format!("删去 `{name}` 后，所有测试仍然通过"),
            Self::Contrary => "将该条件改为其反面后，所有测试仍然通过".to_owned(),
            Self::Keyword(keyword) => format!("删去 `{keyword}` 后，所有测试仍然通过"),
            Self::Word(word) => format!("从列表中删去 `{word}` 后，所有测试仍然通过"),
            Self::Number { keyword, from, to } => format!("将 `{keyword}` 由 {from} 改为 {to} 后，所有测试仍然通过"),
            Self::Period { from, to } => format!("将 `{from}` 改为 `{to}` 后，所有测试仍然通过"),
            Self::Day { in_force: None, from, to } => format!("将 {from} 改为 {to} 后，所有测试仍然通过"),
            Self::Day { in_force: Some("from"), from, to } => {
                format!("将施行首日由 {from} 改为 {to} 后，所有测试仍然通过")
            }
            Self::Day { in_force: Some(_), from, to } => {
                format!("将施行末日由 {from} 改为 {to} 后，所有测试仍然通过")
            }
            Self::Swap { from, to } => format!("将 `{from}` 改为 `{to}` 后，所有测试仍然通过"),
            Self::Decides { word, now: false } => format!("规则不再认定 `{word}` 时，所有测试仍然通过"),
            Self::Decides { word, now: true } => format!("规则另外认定 `{word}` 时，所有测试仍然通过"),
            Self::Strength { from, to } => format!("将 `{from}` 改为 `{to}` 后，所有测试仍然通过"),
        }
    }

    /// What a test should do that would notice it.
    pub fn hint(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.hint_in_english(),
            Lang::Zh => self.hint_in_chinese(),
        }
    }

    fn hint_in_english(&self) -> String {
        match self {
            Self::Condition(Joined::All) | Self::Schema(Joined::All) => {
                "test a manifest that breaks only this and meets all that stands beside it".to_owned()
            }
            Self::Condition(Joined::Any) | Self::Schema(Joined::Any) => {
                "test a manifest that meets only this and none of what stands beside it".to_owned()
            }
            Self::Member("when") => {
                "test a system of which it does not hold and that does not meet the duty: expect `not-applicable`"
                    .to_owned()
            }
            Self::Member("unless") => {
                "test a system that the exception holds of and that does not meet the duty: expect `not-applicable`"
                    .to_owned()
            }
            Self::Member("due") => {
                "test the last day on which there is time, with the duty not met: expect `upcoming`".to_owned()
            }
            Self::Member(_) => {
                "test a system that the rule concerns and the instrument does not, or the reverse".to_owned()
            }
            Self::Contrary => "test a manifest whose outcome hangs on this alone, once met and once broken".to_owned(),
            Self::Keyword(keyword) if keyword == "stated" => {
                "test a manifest that is silent about this and meets the rest: expect `unstated`".to_owned()
            }
            Self::Keyword(_) => "test a value that breaks only this and meets the keywords beside it".to_owned(),
            Self::Word(word) => format!("test a manifest whose outcome hangs on the word `{word}` alone"),
            Self::Number { from, to, .. } => format!("test what lies on the border: {from} and {to}"),
            Self::Period { .. } => "test the last day that is within it, and the day after".to_owned(),
            Self::Day { in_force: None, from, to } => format!("test {from} and {to}"),
            Self::Day { in_force: Some(_), from, to } => {
                format!("test with `as_of` {from} and with `as_of` {to}, the duty not met")
            }
            Self::Swap { from, .. } => swap_in_english(from).to_owned(),
            Self::Decides { word: "breach", .. } => {
                "test a manifest that contradicts it: expect `fail` or `review`".to_owned()
            }
            Self::Decides { .. } => "test a manifest that meets it: expect `pass` or `pass/indicated`".to_owned(),
            Self::Strength { .. } => "let a test name the severity that it expects, as in `fail/error`".to_owned(),
        }
    }

    fn hint_in_chinese(&self) -> String {
        match self {
            Self::Condition(Joined::All) | Self::Schema(Joined::All) => {
                "测试一份仅不满足该条件、其余并列条件均满足的清单".to_owned()
            }
            Self::Condition(Joined::Any) | Self::Schema(Joined::Any) => {
                "测试一份仅满足该条件、其余并列条件均不满足的清单".to_owned()
            }
            Self::Member("when") => "测试一份不符合适用条件且未满足要求的清单，预期为 `not-applicable`".to_owned(),
            Self::Member("unless") => "测试一份属于例外且未满足要求的清单，预期为 `not-applicable`".to_owned(),
            Self::Member("due") => "以期限的最后一日测试一份未满足要求的清单，预期为 `upcoming`".to_owned(),
            Self::Member(_) => "测试一份仅属于规则适用对象、不属于文件适用对象的清单，或者相反".to_owned(),
            Self::Contrary => "测试结果仅取决于该条件的清单：一次满足，一次不满足".to_owned(),
            Self::Keyword(keyword) if keyword == "stated" => {
                "测试一份对此未作说明、其余均满足的清单，预期为 `unstated`".to_owned()
            }
            Self::Keyword(_) => "测试一个仅不满足该关键字、其余关键字均满足的值".to_owned(),
            Self::Word(word) => format!("测试一份结果仅取决于 `{word}` 的清单"),
            Self::Number { from, to, .. } => format!("测试边界值：{from} 和 {to}"),
            Self::Period { .. } => "测试期间的最后一日及其次日".to_owned(),
            Self::Day { in_force: None, from, to } => format!("测试 {from} 和 {to}"),
            Self::Day { in_force: Some(_), from, to } => {
                format!("分别以 `as_of` {from} 和 {to} 测试一份未满足要求的清单")
            }
            Self::Swap { from, .. } => swap_in_chinese(from).to_owned(),
            Self::Decides { word: "breach", .. } => "测试一份不满足要求的清单，预期为 `fail` 或 `review`".to_owned(),
            Self::Decides { .. } => "测试一份满足要求的清单，预期为 `pass` 或 `pass/indicated`".to_owned(),
            Self::Strength { .. } => "在测试的预期中写明严重程度，例如 `fail/error`".to_owned(),
        }
    }
}

fn swap_in_english(keyword: &str) -> &'static str {
    match keyword {
        "each" | "some" => "test a list with an item that meets it and an item that does not",
        "contains" | "items" => "test a list with a word that it asks for and a word that it does not",
        "not_before" | "not_after" => "test the day before that day and the day after it",
        "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" => "test the number itself",
        _ => "test a manifest that meets one of these and breaks another",
    }
}

fn swap_in_chinese(keyword: &str) -> &'static str {
    match keyword {
        "each" | "some" => "测试一份列表，其中一项满足、另一项不满足",
        "contains" | "items" => "测试一份列表，既含有所要求的选项，又含有其他选项",
        "not_before" | "not_after" => "测试该日的前一日和后一日",
        "minimum" | "exclusiveMinimum" | "maximum" | "exclusiveMaximum" => "测试该数值本身",
        _ => "测试一份满足其一、不满足其他的清单",
    }
}
