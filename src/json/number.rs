//! The grammar of numbers, and what their text stands for.

use std::str::FromStr;

use serde_json::Number;

use super::error::NumberFault;

/// The length of the number that `bytes` begins with: a digit, or a minus sign and a digit. A fault comes with the
/// length of what is at fault.
pub(super) fn scan(bytes: &[u8]) -> Result<usize, (NumberFault, usize)> {
    let integer = usize::from(bytes.first() == Some(&b'-'));
    let mut at = digits(bytes, integer);
    if bytes.get(integer) == Some(&b'0') {
        check_after_zero(bytes, integer, at)?;
    }
    if bytes.get(at) == Some(&b'.') {
        at = some_digits(bytes, at + 1, NumberFault::NoFraction)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = some_digits(bytes, at + 1 + sign, NumberFault::NoExponent)?;
    }
    Ok(at)
}

fn check_after_zero(bytes: &[u8], zero: usize, end: usize) -> Result<(), (NumberFault, usize)> {
    if end > zero + 1 {
        return Err((NumberFault::LeadingZero, end));
    }
    match bytes.get(end) {
        Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B') => Err((NumberFault::Base, end + 1)),
        _ => Ok(()),
    }
}

fn some_digits(bytes: &[u8], from: usize, fault: NumberFault) -> Result<usize, (NumberFault, usize)> {
    let end = digits(bytes, from);
    if end == from { Err((fault, from)) } else { Ok(end) }
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// The nearest finite `f64`.
pub(super) fn to_f64(text: &str) -> f64 {
    // Every number of JSON is one of Rust.
    let value: f64 = text.parse().unwrap_or_default();
    value.clamp(f64::MIN, f64::MAX)
}

/// The number as `serde_json` reads it; the largest that it has if it has none so large.
pub(super) fn to_number(text: &str) -> Number {
    Number::from_str(text).ok().or_else(|| Number::from_f64(to_f64(text))).unwrap_or_else(|| Number::from(0))
}

/// Whether the value is whole, decided on the digits: `1.0` and `10e-1` are, `1.0000000000000000001` is not.
pub(super) fn is_integer(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let significant = integer.trim_end_matches('0');
    // Beyond `i64` only the sign matters: no text is so long.
    let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    let exponent = exponent.parse().unwrap_or(beyond);
    if !fraction.is_empty() {
        exponent >= fraction.len() as i64
    } else if significant.is_empty() || significant == "-" {
        true
    } else {
        exponent >= -((integer.len() - significant.len()) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_that_of_json() {
        for text in ["0", "-0", "10", "1.5", "1e5", "1E+5", "-1.25e-10", "0.0", "0e0"] {
            assert_eq!(scan(text.as_bytes()), Ok(text.len()), "{text}");
        }
        assert_eq!(scan(b"12,"), Ok(2));
    }

    #[test]
    fn a_fault_says_which_and_how_far() {
        assert_eq!(scan(b"012"), Err((NumberFault::LeadingZero, 3)));
        assert_eq!(scan(b"-00"), Err((NumberFault::LeadingZero, 3)));
        assert_eq!(scan(b"1."), Err((NumberFault::NoFraction, 2)));
        assert_eq!(scan(b"1.e5"), Err((NumberFault::NoFraction, 2)));
        assert_eq!(scan(b"1e"), Err((NumberFault::NoExponent, 2)));
        assert_eq!(scan(b"1e+x"), Err((NumberFault::NoExponent, 3)));
        assert_eq!(scan(b"0x1F"), Err((NumberFault::Base, 2)));
    }

    #[test]
    fn a_number_is_whole_by_its_value() {
        for text in ["0", "-0", "7", "1.0", "1.50e1", "10e-1", "1e400", "0.0e-5", "0e-99999999999999999999", "-30E-1"] {
            assert!(is_integer(text), "{text}");
        }
        for text in ["0.5", "1e-1", "1.0000000000000000000001", "1.25e1", "1e-99999999999999999999"] {
            assert!(!is_integer(text), "{text}");
        }
    }

    #[test]
    fn beyond_f64_is_the_largest_f64() {
        assert_eq!(to_f64("-1e999"), f64::MIN);
        assert_eq!(to_number("1e999").as_f64(), Some(f64::MAX));
        assert_eq!(to_number("12345678901234567890").as_u64(), Some(12_345_678_901_234_567_890));
    }
}
