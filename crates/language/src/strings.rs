//! The numbers by which spaCy knows strings: a symbol's own number, else a 64-bit hash.

use std::collections::HashMap;
use std::sync::LazyLock;

static SYMBOLS: LazyLock<HashMap<&'static str, u64>> =
    LazyLock::new(|| table(include_str!("tables/symbols.tsv")).filter_map(numbered).collect());

/// The id of `text`: 0 for the empty string, the number of one of spaCy's symbols, else
/// MurmurHash64A of its UTF-8 with seed 1 (`spacy/strings.pyx`, `get_string_id`).
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    SYMBOLS.get(text).copied().unwrap_or_else(|| murmur_hash_64a(text.as_bytes(), 1))
}

/// The texts of spaCy's symbols.
pub(crate) fn symbols() -> impl Iterator<Item = &'static str> {
    SYMBOLS.keys().copied()
}

/// The rows of a two-column table; lines that begin with `#` are comments.
pub(crate) fn table(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn numbered((name, number): (&'static str, &'static str)) -> Option<(&'static str, u64)> {
    Some((name, number.parse().ok()?))
}

/// Austin Appleby's MurmurHash64A (public domain).
fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        let mixed = u64::from_le_bytes(*word).wrapping_mul(M);
        hash = (hash ^ (mixed ^ (mixed >> R)).wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash = (hash ^ (hash >> R)).wrapping_mul(M);
    hash ^ (hash >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_spacy_does() {
        assert_eq!(string_id("noun"), 16_833_663_260_455_505_849);
        assert_eq!(string_id("verb"), 6_360_137_228_241_296_794);
        assert_eq!(string_id("adj"), 12_401_032_943_472_870_168);
        assert_eq!(string_id("adv"), 10_054_248_821_341_768_113);
    }

    #[test]
    fn numbers_symbols_and_the_empty_string() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("X"), 101);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(string_id("PERSON"), 380);
    }
}
