//! Byte spans, and their translation to code points.

use std::ops::Range;

/// A stretch of a text, in bytes, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span as a range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Byte offsets of a text as code-point offsets: one running count per block, so that a look-up is short.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * BLOCK`.
    before: Vec<usize>,
}

const BLOCK: usize = 256;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += starts(block);
        }
        if before.is_empty() {
            before.push(0);
        }
        CodePoints { text, before }
    }

    /// Code points before byte `offset`, which must be a character boundary of the text.
    pub fn at(&self, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.before.len() - 1);
        self.before[block] + starts(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// A byte span as code-point offsets.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }
}

/// How many characters start in `bytes`: every byte that is no UTF-8 continuation.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_a_count_from_the_start() {
        let text = "Kü\u{1F600}ste ".repeat(120);
        let index = CodePoints::new(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(index.at(offset), text[..offset].chars().count());
        }
    }

    #[test]
    fn an_empty_text_has_offset_zero() {
        assert_eq!(CodePoints::new("").at(0), 0);
    }

    #[test]
    fn a_text_of_exactly_one_block_has_an_end() {
        let text = "a".repeat(BLOCK);
        assert_eq!(CodePoints::new(&text).at(BLOCK), BLOCK);
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert_eq!(Span::new(0, 3).cover(Span::new(5, 6)), Span::new(0, 6));
    }
}
