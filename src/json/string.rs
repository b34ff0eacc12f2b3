//! The inside of strings: where their plain part ends, and what escapes stand for.

use super::error::ReadErrorKind;

/// Where the plain part of a string ends that goes on at `at`: at a quote, a backslash, a control character, or the end
/// of the text. Eight bytes are looked at together.
pub(super) fn end_of_plain(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    // The lowest high bit that is set marks the first byte below `limit` (up to 0x80).
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGHS;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = below(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
        let stop = quote | backslash | below(word, 0x20);
        if stop != 0 {
            return at + stop.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)) {
        at += 1;
    }
    at
}

/// What an escape stands for and how long it is, or what is wrong with how much of it.
pub(super) type Escape = Result<(char, usize), (ReadErrorKind, usize)>;

/// Reads the escape that `rest` begins with. `None` if the text ends right after the backslash.
pub(super) fn escape(rest: &str) -> Option<Escape> {
    let letter = rest.get(1..)?.chars().next()?;
    Some(match letter {
        '"' | '\\' | '/' => Ok((letter, 2)),
        'b' => Ok(('\u{8}', 2)),
        'f' => Ok(('\u{c}', 2)),
        'n' => Ok(('\n', 2)),
        'r' => Ok(('\r', 2)),
        't' => Ok(('\t', 2)),
        'u' => unicode(rest.as_bytes()),
        escape => Err((ReadErrorKind::BadEscape { escape }, 1 + letter.len_utf8())),
    })
}

/// `\u` and four digits, twice for what is beyond the basic plane.
fn unicode(bytes: &[u8]) -> Escape {
    let first = unit(bytes)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Ok((character, UNIT));
    }
    let second = bytes.get(UNIT..).and_then(|rest| unit(rest).ok());
    let pair = char::decode_utf16([Some(first), second].into_iter().flatten()).next();
    match pair {
        Some(Ok(character)) => Ok((character, 2 * UNIT)),
        _ => Err((ReadErrorKind::LoneSurrogate { code: first }, UNIT)),
    }
}

/// The length of `\u00e9`.
const UNIT: usize = 6;

fn unit(bytes: &[u8]) -> Result<u16, (ReadErrorKind, usize)> {
    let digits = bytes.iter().skip(2).take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let begins = bytes.starts_with(b"\\u");
    let hex = bytes.get(2..UNIT).filter(|_| begins && digits == 4).and_then(|hex| str::from_utf8(hex).ok());
    hex.and_then(|hex| u16::from_str_radix(hex, 16).ok()).ok_or((ReadErrorKind::BadUnicodeEscape, 2 + digits))
}

/// What a string stands for, whose escapes were found good.
pub(super) fn unescape(raw: &str) -> String {
    let mut string = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(backslash) = rest.find('\\') {
        string.push_str(&rest[..backslash]);
        rest = &rest[backslash..];
        let Some(Ok((character, length))) = escape(rest) else {
            break;
        };
        string.push(character);
        rest = &rest[length..];
    }
    string.push_str(rest);
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_stands_for_its_character() {
        assert_eq!(unescape(r#"a\"\\\/\b\f\n\r\tz"#), "a\"\\/\u{8}\u{c}\n\r\tz");
        assert_eq!(unescape(r"caf\u00e9 \u63A8荐 \ud83d\ude00!"), "café 推荐 😀!");
    }

    #[test]
    fn half_a_pair_is_refused() {
        for text in [r"\ud83d", r"\ud83dx", r"\ud83d\n12345", r"\ude00\ud83d", r"\ud83d\u0041"] {
            assert!(
                matches!(escape(text), Some(Err((ReadErrorKind::LoneSurrogate { .. }, UNIT)))),
                "{text}: {:?}",
                escape(text)
            );
        }
    }

    #[test]
    fn a_bad_escape_says_how_far_it_goes() {
        assert_eq!(escape("\\"), None);
        assert_eq!(escape(r"\x41"), Some(Err((ReadErrorKind::BadEscape { escape: 'x' }, 2))));
        assert_eq!(escape("\\推"), Some(Err((ReadErrorKind::BadEscape { escape: '推' }, 4))));
        assert_eq!(escape(r"\u12G4"), Some(Err((ReadErrorKind::BadUnicodeEscape, 4))));
        assert_eq!(escape(r"\u"), Some(Err((ReadErrorKind::BadUnicodeEscape, 2))));
        assert_eq!(escape("\\u12é"), Some(Err((ReadErrorKind::BadUnicodeEscape, 4))));
        assert_eq!(escape(r"\u+123"), Some(Err((ReadErrorKind::BadUnicodeEscape, 2))));
    }

    #[test]
    fn eight_bytes_at_a_time_stop_where_one_at_a_time_does() {
        for stop in 0..=255_u8 {
            for place in 0..17 {
                let mut bytes = [0xe6_u8, b'a', 0x80, 0x7f, b' ', 0xff, b'!', b'#'].repeat(2);
                bytes.insert(place.min(16), stop);
                let expected = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
                assert_eq!(end_of_plain(&bytes, 0), expected.unwrap_or(bytes.len()), "{stop} at {place}");
            }
        }
    }
}
