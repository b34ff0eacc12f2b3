//! Why a command could not do what it was asked, in both languages.
//!
//! Knows situations and sentences; prints nothing.

use std::io;
use std::path::PathBuf;

use crate::import::ImportError;
use crate::lang::Lang;
use crate::report::plain;
use crate::time::Date;

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Reading or writing failed midway.
    Io(io::Error),
    /// Something has mistakes, drawn already.
    Drawn(String),
    /// A file cannot be read.
    CannotRead(PathBuf, io::Error),
    /// A file cannot be written.
    CannotWrite(PathBuf, io::Error),
    /// A file that was to be written is there already.
    AlreadyThere(PathBuf),
    /// No pack has this name, and no folder either.
    UnknownPack {
        /// The name.
        name: String,
        /// The nearest built-in one.
        near: Option<String>,
        /// The built-in ones.
        there: Vec<&'static str>,
    },
    /// Two different packs have one name.
    TwoPacks(String),
    /// A folder takes a built-in pack's name.
    NotBuiltIn {
        /// The folder.
        folder: String,
        /// The name.
        id: String,
    },
    /// No rule has this name.
    UnknownRule {
        /// The name.
        name: String,
        /// The nearest one.
        near: Option<String>,
    },
    /// A span of days whose last day lies before its first.
    EndsBeforeItBegins {
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// Packs that were named or built in, and whose rules have no test at all.
    Untested(Vec<String>),
    /// No rule is as asked.
    NoRule,
    /// No rule and no test has such a name.
    NoTest(String),
    /// No rule and no shared condition has such a name.
    NoMutant(String),
    /// Neither a rule nor a pack has this name.
    UnknownName(String),
    /// No fact has this text.
    UnknownFact(String),
    /// No importer has this name.
    UnknownFormat {
        /// The name.
        name: String,
        /// The importers' names.
        there: Vec<&'static str>,
    },
    /// A pattern does not read.
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What the pattern's reader says.
        why: String,
    },
    /// An import stopped.
    Import(PathBuf, ImportError),
    /// Threads could not be started.
    Threads(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Failure {
    /// The failure in a sentence.
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        let lang = Lang::En;
        let did_you_mean = |near: &str| format!("did you mean `{}`?", plain(near));
        match self {
            Self::Io(error) => error.to_string(),
            Self::Drawn(drawn) => drawn.clone(),
            Self::CannotRead(path, error) => format!("{}: {}", shown(path), not_read(error, lang)),
            Self::CannotWrite(path, error) => {
                format!("{} cannot be written: {}", shown(path), not_written(error, lang))
            }
            Self::AlreadyThere(path) => format!("{} is there already; nothing was changed", shown(path)),
            Self::UnknownPack { name, near, there } => {
                let hint = near.as_deref().map_or_else(|| format!("there are: {}", there.join(", ")), did_you_mean);
                format!("no pack is named `{}`, and there is no such folder; {hint}", plain(name))
            }
            Self::TwoPacks(id) => format!("two packs are named `{id}`"),
            Self::NotBuiltIn { folder, id } => {
                format!("{} calls itself `{id}`, which is a built-in pack", plain(folder))
            }
            Self::UnknownRule { name, near } => {
                let hint = near.as_deref().map_or_else(|| "`govlint rules list` names them".to_owned(), did_you_mean);
                format!("no rule is named `{}`; {hint}", plain(name))
            }
            Self::EndsBeforeItBegins { from, until } => {
                format!("there is no day to look at: {until} (--until) lies before {from} (--as-of, or today)")
            }
            Self::Untested(packs) => format!("the rules of {} have no test", packs.join(", ")),
            Self::NoRule => "no rule of these packs is as asked".to_owned(),
            Self::NoTest(named) if named.is_empty() => "no test ran: the rules of these packs have none".to_owned(),
            Self::NoTest(named) => {
                format!("no test ran: no rule and no test of these packs has `{}` in its name", plain(named))
            }
            Self::NoMutant(named) => {
                format!(
                    "nothing to change: no rule and no shared condition of these packs has `{}` in its name",
                    plain(named)
                )
            }
            Self::UnknownName(name) => {
                format!("no rule and no pack is named `{}`; `govlint rules list` names them", plain(name))
            }
            Self::UnknownFact(text) => {
                format!("no fact has `{}` in its pointer, title or description", plain(text))
            }
            Self::UnknownFormat { name, there } => {
                format!("no format is named `{}`; there are: {}", plain(name), there.join(", "))
            }
            Self::BadPattern { pattern, why } => format!("the pattern `{}` does not read: {why}", plain(pattern)),
            Self::Import(path, error) => format!("{}: {}", shown(path), error.say(lang)),
            Self::Threads(why) => format!("threads cannot be started: {why}"),
        }
    }

    fn chinese(&self) -> String {
        let lang = Lang::Zh;
        let did_you_mean = |near: &str| format!("是否指 `{}`？", plain(near));
        match self {
            Self::Io(error) => error.to_string(),
            Self::Drawn(drawn) => drawn.clone(),
            Self::CannotRead(path, error) => format!("{}：{}", shown(path), not_read(error, lang)),
            Self::CannotWrite(path, error) => format!("无法写入 {}：{}", shown(path), not_written(error, lang)),
            Self::AlreadyThere(path) => format!("{} 已存在，未作任何更改", shown(path)),
            Self::UnknownPack { name, near, there } => {
                let hint = near.as_deref().map_or_else(|| format!("现有：{}", there.join("、")), did_you_mean);
                format!("没有名为 `{}` 的规则包，也没有此文件夹；{hint}", plain(name))
            }
            Self::TwoPacks(id) => format!("有两个规则包都名为 `{id}`"),
            Self::NotBuiltIn { folder, id } => format!("{} 自称 `{id}`，但这是内置规则包的名称", plain(folder)),
            Self::UnknownRule { name, near } => {
                let hint = near.as_deref().map_or_else(|| "`govlint rules list` 可列出全部".to_owned(), did_you_mean);
                format!("没有名为 `{}` 的规则；{hint}", plain(name))
            }
            Self::EndsBeforeItBegins { from, until } => {
                format!("没有可查看的日期：{until}（--until）早于 {from}（--as-of 或者今天）")
            }
            Self::Untested(packs) => format!("{} 的规则没有任何测试", packs.join("、")),
            Self::NoRule => "这些规则包中没有符合条件的规则".to_owned(),
            Self::NoTest(named) if named.is_empty() => "没有运行任何测试：这些规则包中的规则没有测试".to_owned(),
            Self::NoTest(named) => format!("没有运行任何测试：这些规则包中没有名称含 `{}` 的规则或测试", plain(named)),
            Self::NoMutant(named) => {
                format!("没有可变异的内容：这些规则包中没有名称含 `{}` 的规则或共用条件", plain(named))
            }
            Self::UnknownName(name) => {
                format!("没有名为 `{}` 的规则或规则包；`govlint rules list` 可列出全部", plain(name))
            }
            Self::UnknownFact(text) => format!("没有指针、名称或说明包含 `{}` 的事实", plain(text)),
            Self::UnknownFormat { name, there } => {
                format!("没有名为 `{}` 的格式；现有：{}", plain(name), there.join("、"))
            }
            Self::BadPattern { pattern, why } => format!("模式 `{}` 无法解析：{why}", plain(pattern)),
            Self::Import(path, error) => format!("{}：{}", shown(path), error.say(lang)),
            Self::Threads(why) => format!("无法启动线程：{why}"),
        }
    }
}

/// Why a file cannot be read, in a few words.
pub fn not_read(error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => lang.pick("there is no such file", "文件不存在").to_owned(),
        io::ErrorKind::PermissionDenied => lang.pick("it may not be read", "无读取权限").to_owned(),
        io::ErrorKind::IsADirectory => lang.pick("it is a folder", "这是文件夹").to_owned(),
        _ => format!("{}{error}", lang.pick("it cannot be read: ", "无法读取：")),
    }
}

/// Why a file cannot be written, in a few words.
fn not_written(error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => lang.pick("there is no such folder", "文件夹不存在").to_owned(),
        io::ErrorKind::PermissionDenied => lang.pick("that is not permitted", "无写入权限").to_owned(),
        io::ErrorKind::IsADirectory => lang.pick("it is a folder", "这是文件夹").to_owned(),
        _ => error.to_string(),
    }
}

fn shown(path: &std::path::Path) -> String {
    plain(&super::inputs::name(path))
}
