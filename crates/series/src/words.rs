//! Words of a text as a set of numbers, by which two texts are compared.

/// Values that a set keeps at most.
const MOST: usize = 96;

/// Words that say nothing of what a text is about.
const COMMON: &str = include_str!("../../../rules/words/story_common.txt");

/// The content words of a text: the least hashes of all (bottom-k sketch; Broder 1997, Cohen and Kaplan 2007), sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(Vec<u32>);

impl Words {
    /// The words of a text, without those that every text has.
    pub fn of(text: &str) -> Words {
        let mut hashes: Vec<u32> = words(text).map(|word| hash(&word)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(MOST);
        Words(hashes)
    }

    /// As they are kept: four bytes a word, the least significant first.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// From what [`Words::bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Words {
        Words(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// Without the words of another.
    pub fn without(mut self, other: &Words) -> Words {
        self.0.retain(|hash| other.0.binary_search(hash).is_err());
        self
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much two texts have in common, 0 to 1: of the least hashes of both together, the share that both have
    /// (an estimate of Jaccard's coefficient for long texts, the coefficient itself for short ones).
    pub fn jaccard(&self, other: &Words) -> f64 {
        let (shared, seen) = self.meet(other);
        if seen == 0 { 0.0 } else { shared as f64 / seen as f64 }
    }

    /// The share of the smaller one's words that the other has, 0 to 1.
    pub fn overlap(&self, other: &Words) -> f64 {
        let least = self.0.len().min(other.0.len());
        if least == 0 { 0.0 } else { self.meet_all(other) as f64 / least as f64 }
    }

    fn meet_all(&self, other: &Words) -> usize {
        self.0.iter().filter(|hash| other.0.binary_search(hash).is_ok()).count()
    }

    /// How many both have among the least of both together, and how many these are.
    fn meet(&self, other: &Words) -> (usize, usize) {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut shared, mut seen) = (0, 0);
        while seen < MOST {
            let least = match (a.peek(), b.peek()) {
                (None, None) => break,
                (Some(x), None) | (None, Some(x)) => **x,
                (Some(x), Some(y)) => **x.min(y),
            };
            let (in_a, in_b) = (a.next_if_eq(&&least).is_some(), b.next_if_eq(&&least).is_some());
            shared += usize::from(in_a && in_b);
            seen += 1;
        }
        (shared, seen)
    }
}

/// The content words of a text in lower case, their endings cut.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 || word.chars().any(|c| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .filter(|word| !is_common(word))
        .map(|word| stem(&word).to_owned())
}

fn is_common(word: &str) -> bool {
    use std::collections::BTreeSet;
    use std::sync::LazyLock;
    static SET: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| COMMON.lines().filter(|line| !line.starts_with('#')).map(str::trim).collect());
    SET.contains(word)
}

/// A word without the endings of English inflection, cut roughly: "attacks", "attacked" and "attacking" are one.
fn stem(word: &str) -> &str {
    let cut = |end: &str, least: usize| word.strip_suffix(end).filter(|stem| stem.chars().count() >= least);
    cut("ings", 4)
        .or_else(|| cut("ing", 4))
        .or_else(|| cut("ied", 3))
        .or_else(|| cut("ies", 3))
        .or_else(|| cut("ed", 4))
        .or_else(|| cut("es", 4))
        .or_else(|| cut("s", 3).filter(|_| !word.ends_with("ss")))
        .or_else(|| cut("e", 4))
        .or_else(|| cut("y", 3))
        .unwrap_or(word)
}

/// FNV-1a, 32 bits, with a final mix so that the least hashes are a fair sample.
fn hash(word: &str) -> u32 {
    let fnv =
        word.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mixed = (fnv ^ (fnv >> 16)).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_are_the_same_and_common_ones_none() {
        assert_eq!(Words::of("The attacks"), Words::of("attacked, attacking"));
        assert!(Words::of("it was said to be that").is_empty());
    }

    #[test]
    fn likeness_is_the_share_of_words_in_common() {
        let (a, b) = (Words::of("tanks crossed border river"), Words::of("tanks crossed bridge river"));
        assert_eq!(a.jaccard(&b), 0.6);
        assert_eq!(a.overlap(&b), 0.75);
        assert_eq!(a.jaccard(&Words::default()), 0.0);
    }

    #[test]
    fn words_come_back_from_bytes() {
        let words = Words::of("tanks crossed border river");
        assert_eq!(Words::from_bytes(&words.bytes()), words);
    }

    #[test]
    fn long_texts_are_estimated_from_a_sample() {
        let text = |from: u32| (from..from + 2000).map(|n| format!("w{n} ")).collect::<String>();
        let (a, b) = (Words::of(&text(0)), Words::of(&text(1000)));
        assert!((a.jaccard(&b) - 1.0 / 3.0).abs() < 0.15, "{}", a.jaccard(&b));
    }
}
