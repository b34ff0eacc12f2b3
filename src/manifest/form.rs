//! How texts are written that are neither words nor dates: one form for each pattern of the published schema.

use crate::lang::Lang;

/// The form that a text must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `https://…`
    Url,
    /// Two capital letters.
    Country,
    /// Lower-case words joined by hyphens.
    Key,
    /// 64 hexadecimal digits.
    Sha256,
    /// `en`, `zh-Hans`.
    Language,
    /// No white space at the ends or doubled.
    Identifier,
    /// Anything but nothing.
    NotEmpty,
}

impl Form {
    /// A few words for people.
    pub const fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::Url => lang.pick(
                "an address beginning with http:// or https://, without spaces",
                "以 http:// 或 https:// 开头且不含空格的地址",
            ),
            Self::Country => {
                lang.pick("a country code of two capital letters, or EU", "两位大写字母的国家或地区代码，或 EU")
            }
            Self::Key => lang.pick("lower-case letters, digits and hyphens", "小写字母、数字和连字符"),
            Self::Sha256 => lang.pick("64 hexadecimal digits in lower case", "64 位小写十六进制数字"),
            Self::Language => lang.pick("a language tag such as en or zh-Hans", "语言标记，例如 en 或 zh-Hans"),
            Self::Identifier => lang.pick(
                "a text without white space at its ends, and with single spaces inside",
                "首尾无空白、中间无连续空格的文本",
            ),
            Self::NotEmpty => lang.pick("at least one character", "至少一个字符"),
        }
    }

    /// The form that a pattern of the schema stands for.
    pub fn of(pattern: &str) -> Option<Self> {
        Some(match pattern {
            r"^https?://[^\s]+$" => Self::Url,
            "^[A-Z]{2}$" => Self::Country,
            "^[a-z0-9][a-z0-9-]*$" => Self::Key,
            "^[0-9a-f]{64}$" => Self::Sha256,
            "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$" => Self::Language,
            r"^[^\s]+( [^\s]+)*$" => Self::Identifier,
            _ => return None,
        })
    }

    /// The form of the keys of an object whose members one names oneself.
    pub fn of_keys(pointer: &str) -> Self {
        if pointer == "/markets" { Self::Country } else { Self::Key }
    }

    /// Whether a text certainly has the form. Of addresses, languages and identifiers, a few that have it are not seen.
    pub fn surely(self, bytes: &[u8]) -> bool {
        match self {
            Self::NotEmpty => !bytes.is_empty(),
            Self::Url => {
                let rest = bytes.strip_prefix(b"https://").or_else(|| bytes.strip_prefix(b"http://"));
                rest.is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_graphic))
            }
            Self::Country => bytes.len() == 2 && bytes.iter().all(u8::is_ascii_uppercase),
            Self::Key => {
                let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
                bytes.first().is_some_and(plain) && bytes.iter().all(|byte| plain(byte) || *byte == b'-')
            }
            Self::Sha256 => bytes.len() == 64 && bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
            Self::Language => (2..=3).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_lowercase),
            Self::Identifier => !bytes.is_empty() && bytes.iter().all(u8::is_ascii_graphic),
        }
    }
}
