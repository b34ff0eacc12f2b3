//! What is wrong with a text that is not JSON, in Chinese. The English stands with the reader of JSON.

use crate::json::{Expected, NumberFault, ReadErrorKind};

/// The longest part of the user's text that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 60;

/// The error in a sentence.
pub fn say(kind: &ReadErrorKind) -> String {
    match kind {
        ReadErrorKind::TooLarge { limit, .. } => format!("文本超过上限 {limit} 字节"),
        ReadErrorKind::InvalidUtf8 { utf16: true } => "文本为 UTF-16，而非 UTF-8".to_owned(),
        ReadErrorKind::InvalidUtf8 { utf16: false } => "此处不是 UTF-8 文本".to_owned(),
        ReadErrorKind::Empty => "文本为空".to_owned(),
        ReadErrorKind::UnexpectedEnd { expected, .. } => format!("文本在此结束，此处应有{}", self::expected(*expected)),
        ReadErrorKind::UnexpectedCharacter { found, expected, .. } => {
            format!("此处应为{}，而不是{}", self::expected(*expected), character(*found))
        }
        ReadErrorKind::TrailingText => "文档结束后还有文本".to_owned(),
        ReadErrorKind::TrailingComma => "逗号后没有内容".to_owned(),
        ReadErrorKind::Comment => "JSON 不支持注释".to_owned(),
        ReadErrorKind::WrongQuote { found } => format!("JSON 不用{}作引号", character(*found)),
        ReadErrorKind::BareWord { word } => format!("`{word}` 不是值"),
        ReadErrorKind::BareKey { word } => format!("键 `{word}` 缺少引号"),
        ReadErrorKind::BadNumber { fault } => number(*fault).to_owned(),
        ReadErrorKind::BadEscape { escape } => format!("`\\{}` 不是转义", escape.escape_default()),
        ReadErrorKind::BadUnicodeEscape => "`\\u` 后需要四位十六进制数字".to_owned(),
        ReadErrorKind::LoneSurrogate { code } => format!("`\\u{code:04x}` 只是代理对的一半"),
        ReadErrorKind::ControlCharacter { found, .. } => format!("字符串中有{}", character(*found)),
        ReadErrorKind::TooDeep { limit } => format!("嵌套超过 {limit} 层"),
        ReadErrorKind::DuplicateKey { key, .. } => {
            format!("键 `{}` 重复", key.chars().take(LONGEST_QUOTE).collect::<String>())
        }
    }
}

/// The next step, where there is an obvious one.
pub fn help(kind: &ReadErrorKind) -> Option<String> {
    let help = match kind {
        ReadErrorKind::InvalidUtf8 { .. } => "请将文件另存为 UTF-8",
        ReadErrorKind::UnexpectedCharacter { found: '，' | '、' | '：' | '｛' | '｝' | '［' | '］', .. } => {
            "JSON 的标点为半角：`,` `:` `{` `}` `[` `]`"
        }
        ReadErrorKind::UnexpectedCharacter { found: '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}', .. } => {
            "值之间只能有普通空格、制表符和换行"
        }
        ReadErrorKind::UnexpectedCharacter {
            found: '"',
            expected: Expected::CommaOrBracket | Expected::CommaOrBrace,
            ..
        } => "前面缺少逗号",
        ReadErrorKind::UnexpectedCharacter { found: '=', expected: Expected::Colon, .. } => "键与值之间用 `:` 分隔",
        ReadErrorKind::TrailingText => "每个文件只能有一个文档",
        ReadErrorKind::TrailingComma => "请删除逗号",
        ReadErrorKind::Comment => "请删除注释，或改用成员说明",
        ReadErrorKind::WrongQuote { .. } => "两侧请用 `\"`",
        ReadErrorKind::BareWord { word } => return Some(word_help(word)),
        ReadErrorKind::BareKey { word } => return Some(format!("请写作 `\"{word}\"`")),
        ReadErrorKind::BadEscape { .. } => "反斜杠本身写作 `\\\\`",
        ReadErrorKind::LoneSurrogate { .. } => "请写字符本身，或写全代理对",
        ReadErrorKind::ControlCharacter { found: '\n' | '\r', .. } => "字符串应在本行结束；其中的换行写作 `\\n`",
        ReadErrorKind::ControlCharacter { found, .. } => {
            return Some(format!("请写作 `\\u{:04x}`", u32::from(*found)));
        }
        ReadErrorKind::DuplicateKey { .. } => "两处只保留一处",
        _ => return None,
    };
    Some(help.to_owned())
}

fn word_help(word: &str) -> String {
    match word.trim_start_matches('-').to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "请写作 `true`".to_owned(),
        "false" | "no" | "off" => "请写作 `false`".to_owned(),
        "null" | "none" | "nil" | "undefined" => "请写作 `null`，或省略该成员".to_owned(),
        "nan" | "inf" | "infinity" => "JSON 没有这样的数字，请省略该成员".to_owned(),
        _ => format!("文本须加引号：`\"{word}\"`"),
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Value => "值",
        Expected::ValueOrBracket => "值或 `]`",
        Expected::Key => "键",
        Expected::KeyOrBrace => "键或 `}`",
        Expected::Colon => " `:`",
        Expected::CommaOrBracket => " `,` 或 `]`",
        Expected::CommaOrBrace => " `,` 或 `}`",
        Expected::Quote => "结束的 `\"`",
        Expected::End => "文本的结尾",
    }
}

fn number(fault: NumberFault) -> &'static str {
    match fault {
        NumberFault::LeadingZero => "数字开头不能有多余的零",
        NumberFault::LeadingPlus => "数字开头不能有 `+`",
        NumberFault::NoDigits => "负号后没有数字",
        NumberFault::NoInteger => "小数点前须有数字",
        NumberFault::NoFraction => "小数点后须有数字",
        NumberFault::NoExponent => "指数须有数字",
        NumberFault::Base => "JSON 只有十进制数字",
    }
}

/// A character as a sentence can hold it.
fn character(found: char) -> String {
    match found {
        '\n' => "换行".to_owned(),
        '\r' => "回车".to_owned(),
        '\t' => "制表符".to_owned(),
        '\u{a0}' => "不换行空格（U+00A0）".to_owned(),
        '\u{3000}' => "全角空格（U+3000）".to_owned(),
        '\u{feff}' => "字节顺序标记（U+FEFF）".to_owned(),
        '`' => "反引号".to_owned(),
        found if found.is_control() || found.is_whitespace() || found == '\u{200b}' => {
            format!("字符 U+{:04X}", u32::from(found))
        }
        found => format!(" `{found}` "),
    }
}
