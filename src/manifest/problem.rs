//! What can be wrong with a manifest, and how it is said.
//!
//! Each problem has its place; the sentences are in both languages. Values of the manifest are named only where they
//! are needed to understand the sentence, and never when they may not be shown.

use crate::json::{Kind, ReadErrorKind, Span};
use crate::lang::Lang;

use super::form::Form;
use super::not_json;
use super::schema::FactKind;

/// Something wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes it concerns.
    pub span: Span,
    /// Other bytes it concerns, with what stands there.
    pub second: Option<(Span, Also)>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What stands at the second place of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Also {
    /// The first of two.
    First,
    /// What was opened and not closed.
    Opened,
}

impl Also {
    /// A few words for a label.
    pub const fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::First => lang.pick("the first one", "首次出现处"),
            Self::Opened => lang.pick("opened here", "在此处开始"),
        }
    }
}

/// What is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is not JSON.
    NotJson(ReadErrorKind, Option<String>),
    /// More duplicate keys than are told.
    MoreDuplicates(usize),
    /// It is JSON, and not an object.
    NotAnObject(Kind),
    /// It does not say that it is a manifest.
    NoVersion,
    /// It is written in another version of the format.
    UnknownVersion,
    /// A member that no fact has.
    UnknownMember {
        /// The member.
        name: String,
        /// The object that it stands in, as a pointer.
        parent: String,
        /// Where such a fact stands, or what it may be called.
        suggestion: Option<String>,
        /// Whether the fact has moved there.
        moved: bool,
    },
    /// A key that one chooses, not written as such keys are.
    BadKey {
        /// The key.
        key: String,
        /// The object that it stands in, as a pointer.
        parent: String,
    },
    /// A value of another type.
    WrongType {
        /// What it should be.
        expected: Wanted,
    },
    /// `null`.
    Null,
    /// A word that is not one of the closed list.
    UnknownWord {
        /// The word, where it may be shown.
        word: String,
        /// The words there are.
        words: Vec<String>,
        /// The nearest of them.
        suggestion: Option<String>,
    },
    /// Not a date.
    BadDate,
    /// Text that does not have the form asked for.
    BadForm(Form),
    /// A number beyond its bounds.
    OutOfBounds {
        /// `at least` or `at most`.
        least: bool,
        /// The bound.
        bound: String,
    },
    /// An item of a list that is there twice.
    Repeated,
    /// An item of a collection lacks its identifier.
    MissingMember(String),
    /// Two items of a collection have one identifier.
    RepeatedId(String),
    /// A reference to a document that is not listed.
    UnknownDocument {
        /// The key.
        key: String,
        /// The nearest key there is.
        suggestion: Option<String>,
    },
    /// A market in which the system is not offered.
    NotOffered(String),
    /// Anything else that the schema refuses: the keyword that does.
    Other(String),
}

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A fact of some kind.
    Fact(FactKind),
    /// A section.
    Object,
    /// A text.
    Text,
}

impl ProblemKind {
    /// The problem in a sentence.
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    /// The next step, where there is one beyond the sentence.
    pub fn help(&self, lang: Lang) -> Option<String> {
        let text = match self {
            Self::NotJson(_, help) if lang == Lang::En => return help.clone(),
            // Without the English, nothing may be said in Chinese either.
            Self::NotJson(kind, help) => return help.as_ref().and_then(|_| not_json::help(kind)),
            Self::NoVersion => lang.pick(
                "a system manifest begins with `\"manifest\": \"1\"`; `govlint init` writes one",
                "系统清单以 `\"manifest\": \"1\"` 开头；可用 `govlint init` 生成",
            ),
            Self::Null => lang.pick(
                "leave out what is not stated; `false` and `[]` are statements",
                "未说明的内容请省略；`false` 和 `[]` 属于明确说明",
            ),
            Self::UnknownMember { suggestion: None, .. } => lang.pick(
                "`govlint facts` lists what can be stated; other people's facts go under `extensions`",
                "`govlint facts` 列出可说明的事实；其他规则包的事实放在 `extensions` 下",
            ),
            Self::NotOffered(_) => lang.pick(
                "add the market to /system/offered_in, which is the whole list, or take it away here",
                "请将该市场加入 /system/offered_in（完整列表），或在此处删除",
            ),
            Self::UnknownDocument { suggestion: None, .. } => {
                lang.pick("list the document under /documents", "请在 /documents 下列出该文件")
            }
            _ => return None,
        };
        Some(text.to_owned())
    }

    /// The same problem without any value of the manifest.
    #[must_use]
    pub fn redacted(self) -> Self {
        let hidden = || "…".to_owned();
        match self {
            // The help would quote the word.
            Self::NotJson(ReadErrorKind::BareWord { .. }, _) => {
                Self::NotJson(ReadErrorKind::BareWord { word: hidden() }, None)
            }
            Self::NotJson(ReadErrorKind::BareKey { .. }, _) => {
                Self::NotJson(ReadErrorKind::BareKey { word: hidden() }, None)
            }
            Self::UnknownWord { words, suggestion, .. } => Self::UnknownWord { word: hidden(), words, suggestion },
            Self::RepeatedId(_) => Self::RepeatedId(hidden()),
            Self::UnknownDocument { .. } => Self::UnknownDocument { key: hidden(), suggestion: None },
            other => other,
        }
    }

    fn english(&self) -> String {
        let did_you_mean = |suggestion: &Option<String>| {
            suggestion.as_ref().map_or_else(String::new, |name| format!("; did you mean {name}?"))
        };
        match self {
            // Of a text that is too large, no more is read than shows it.
            Self::NotJson(ReadErrorKind::TooLarge { limit, .. }, _) => {
                format!("the text has more than {limit} bytes, the most that are read")
            }
            Self::NotJson(kind, _) => kind.to_string(),
            Self::MoreDuplicates(count) => format!("and {count} more duplicate keys"),
            Self::NotAnObject(kind) => {
                format!("a system manifest is an object, and this is {}", kind_name(*kind, Lang::En))
            }
            Self::NoVersion => "it has no member `manifest`".to_owned(),
            Self::UnknownVersion => "no such version of the format; expected \"1\"".to_owned(),
            Self::UnknownMember { parent, suggestion: Some(to), moved: true, .. } => {
                format!("this fact of {} has moved to {to}", section(parent, Lang::En))
            }
            Self::UnknownMember { parent, suggestion, .. } => {
                format!("no such fact in {}{}", section(parent, Lang::En), did_you_mean(suggestion))
            }
            Self::BadKey { parent, .. } => {
                format!("not a key for {}: expected {}", section(parent, Lang::En), Form::of_keys(parent).say(Lang::En))
            }
            Self::WrongType { expected } => format!("expected {}", wanted(*expected, Lang::En)),
            Self::Null => "null says nothing".to_owned(),
            Self::UnknownWord { words, suggestion, .. } => match suggestion {
                Some(_) => format!("no such word{}", did_you_mean(suggestion)),
                None => format!("no such word; expected one of: {}", words.join(", ")),
            },
            Self::BadDate => "not a date: expected YYYY-MM-DD".to_owned(),
            Self::BadForm(form) => format!("expected {}", form.say(Lang::En)),
            Self::OutOfBounds { least, bound } => {
                format!("must be at {} {bound}", if *least { "least" } else { "most" })
            }
            Self::Repeated => "an item is in the list twice".to_owned(),
            Self::MissingMember(member) => format!("lacks `{member}`"),
            Self::RepeatedId(id) => format!("a second item with the id {id}"),
            Self::UnknownDocument { suggestion, .. } => {
                format!("no such key under /documents{}", did_you_mean(suggestion))
            }
            Self::NotOffered(market) => format!("/system/offered_in does not list {market}"),
            Self::Other(keyword) => format!("the schema's `{keyword}` refuses this value"),
        }
    }

    fn chinese(&self) -> String {
        let did_you_mean = |suggestion: &Option<String>| {
            suggestion.as_ref().map_or_else(String::new, |name| format!("；是否指 {name}？"))
        };
        match self {
            Self::NotJson(kind, _) => not_json::say(kind),
            Self::MoreDuplicates(count) => format!("另有 {count} 个重复的键"),
            Self::NotAnObject(kind) => format!("系统清单应为对象，此处为{}", kind_name(*kind, Lang::Zh)),
            Self::NoVersion => "缺少成员 `manifest`".to_owned(),
            Self::UnknownVersion => "没有此格式版本；应为 \"1\"".to_owned(),
            Self::UnknownMember { parent, suggestion: Some(to), moved: true, .. } => {
                format!("{}中的此事实已移至 {to}", section(parent, Lang::Zh))
            }
            Self::UnknownMember { parent, suggestion, .. } => {
                format!("{}中没有此事实{}", section(parent, Lang::Zh), did_you_mean(suggestion))
            }
            Self::BadKey { parent, .. } => {
                format!("不是{}的键：应为{}", section(parent, Lang::Zh), Form::of_keys(parent).say(Lang::Zh))
            }
            Self::WrongType { expected } => format!("应为{}", wanted(*expected, Lang::Zh)),
            Self::Null => "null 不表示任何内容".to_owned(),
            Self::UnknownWord { words, suggestion, .. } => match suggestion {
                Some(_) => format!("没有此选项{}", did_you_mean(suggestion)),
                None => format!("没有此选项；应为下列之一：{}", words.join("、")),
            },
            Self::BadDate => "不是日期：应为 YYYY-MM-DD".to_owned(),
            Self::BadForm(form) => format!("应为{}", form.say(Lang::Zh)),
            Self::OutOfBounds { least, bound } => format!("应{} {bound}", if *least { "不小于" } else { "不大于" }),
            Self::Repeated => "列表中有重复项".to_owned(),
            Self::MissingMember(member) => format!("缺少 `{member}`"),
            Self::RepeatedId(id) => format!("标识 {id} 重复"),
            Self::UnknownDocument { suggestion, .. } => format!("/documents 下没有此键{}", did_you_mean(suggestion)),
            Self::NotOffered(market) => format!("/system/offered_in 未列出 {market}"),
            Self::Other(keyword) => format!("不符合模式的 `{keyword}` 要求"),
        }
    }
}

fn section(parent: &str, lang: Lang) -> String {
    match parent.strip_prefix('/') {
        None => lang.pick("a system manifest", "系统清单").to_owned(),
        Some(path) if lang == Lang::Zh => format!("{path} "),
        Some(path) => path.to_owned(),
    }
}

fn wanted(expected: Wanted, lang: Lang) -> &'static str {
    match expected {
        Wanted::Object => lang.pick("an object", "对象"),
        Wanted::Text => lang.pick("a string", "字符串"),
        Wanted::Fact(kind) => match kind {
            FactKind::Boolean => lang.pick("true or false", " true 或 false"),
            FactKind::Integer => lang.pick("a whole number", "整数"),
            FactKind::Number => lang.pick("a number", "数字"),
            FactKind::Text => lang.pick("a string", "字符串"),
            FactKind::Word => lang.pick("a word, in quotes", "带引号的选项"),
            FactKind::Date => lang.pick("a date, \"YYYY-MM-DD\"", "日期 \"YYYY-MM-DD\""),
            FactKind::Document => lang.pick("the key of a document, in quotes", "带引号的文件键"),
            FactKind::List => lang.pick("a list, in square brackets", "方括号中的列表"),
            FactKind::Collection => lang.pick("a list of objects", "对象列表"),
        },
    }
}

fn kind_name(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool => lang.pick("a boolean", "布尔值"),
        Kind::Number => lang.pick("a number", "数字"),
        Kind::String => lang.pick("a string", "字符串"),
        Kind::Array => lang.pick("a list", "列表"),
        Kind::Object => lang.pick("an object", "对象"),
    }
}
