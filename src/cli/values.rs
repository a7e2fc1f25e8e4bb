//! Values of options: what they may be, in words of our own.

use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A count. More than can be counted is as much as can be counted.
pub(super) fn count(text: &str) -> Result<usize, String> {
    whole(text)
        .map(|number| number.try_into().unwrap_or(usize::MAX))
        .ok_or_else(|| "it is a whole number, from 0 on".into())
}

/// The same, for what is counted in fewer bits.
pub(super) fn small_count(text: &str) -> Result<u32, String> {
    count(text).map(|number| number.try_into().unwrap_or(u32::MAX))
}

/// A file to write.
pub(super) fn file_to_write(text: &str) -> Result<PathBuf, String> {
    if text == "-" {
        Err("it is a file; nothing is written to standard output".into())
    } else {
        Ok(text.into())
    }
}

/// A number of threads.
pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = count(text).ok().and_then(NonZeroUsize::new);
    number
        .ok_or_else(|| "it is a whole number, from 1 on; leave the option out for one thread per core".into())
}

/// A number of bytes.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let (number, factor) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1 << 10),
        Some((at, 'm' | 'M')) => (&text[..at], 1 << 20),
        Some((at, 'g' | 'G')) => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    let number = whole(number).map(|number| number.saturating_mul(factor));
    number.ok_or_else(|| "it is a number of bytes, such as 500000, 500k, 10m or 1g".into())
}

/// A quality score.
pub(super) fn score(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "a score is a number from 0 to 100".into())
}

/// A whole number, from 0 on.
fn whole(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_can_have_a_unit() {
        assert_eq!(bytes("500000"), Ok(500_000));
        assert_eq!(bytes("500k"), Ok(500 * 1024));
        assert_eq!(bytes("10M"), Ok(10 * 1024 * 1024));
        assert_eq!(bytes("1g"), Ok(1024 * 1024 * 1024));
        for wrong in ["", "k", "ten", "10 m", "-1", "1.5m", "10kb", "10é"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_that_are_too_large_are_the_largest() {
        let large = "9".repeat(30);
        assert_eq!(count(&large), Ok(usize::MAX));
        assert_eq!(small_count(&large), Ok(u32::MAX));
        assert_eq!(bytes(&format!("{large}g")), Ok(u64::MAX));
    }
}
