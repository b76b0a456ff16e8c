//! Regular expressions with Python's syntax and meaning, look-behind included, in linear time.
//!
//! spaCy's pipelines bring their rules as text for Python's `re`. Rust's `regex` has no look-around, and
//! backtracking engines take quadratic or exponential time on hostile text. This one backtracks within a
//! budget and, past it, remembers what has failed, so time stays within program size times text length.

mod charset;
mod parse;
mod program;

use std::ops::Range;

use charset::CharSet;
use parse::Node;
pub(crate) use parse::PatternError;
use program::Program;
pub(crate) use program::Scratch;

/// A compiled regular expression, as a choice between alternatives that are tried in order.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    alternatives: Vec<Alternative>,
    /// The alternatives that may begin with an ASCII character.
    by_first: Vec<Box<[u16]>>,
    /// The alternatives that may begin with any other character.
    other_first: Box<[u16]>,
    /// The alternatives that may match nothing.
    nullable: Box<[u16]>,
    /// Whether every alternative ends with `$`, as those of suffixes do.
    all_end_anchored: bool,
    /// Whether every alternative begins with `^`, as those of prefixes do.
    all_start_anchored: bool,
}

#[derive(Debug, Clone)]
struct Alternative {
    program: Program,
    /// What the match may begin with; none where it may be empty.
    first: Option<CharSet>,
    /// What the match may end with; none where it may be empty.
    last: Option<CharSet>,
    /// Everything that the match may consist of.
    alphabet: CharSet,
    longest: Option<usize>,
    /// A character without which there is no match.
    required: Option<char>,
    start_anchored: bool,
}

impl Pattern {
    /// Compiles text written for Python's `re`.
    ///
    /// # Errors
    /// Where the text is malformed or uses what is not supported: back-references, flags but `i` and `u`,
    /// conditionals, possessive and atomic groups, word boundaries.
    pub(crate) fn new(text: &str) -> Result<Pattern, PatternError> {
        let branches = parse::parse(text)?;
        let all_end_anchored = branches.iter().all(Node::ends_with_anchor);
        let alternatives = branches.iter().map(Alternative::new).collect::<Result<Vec<_>, _>>()?;
        let starting = |test: &dyn Fn(&CharSet) -> bool| -> Box<[u16]> {
            let fits = |a: &Alternative| a.first.as_ref().is_none_or(test);
            (0..).zip(&alternatives).filter(|(_, a)| fits(a)).map(|(i, _)| i).collect()
        };
        Ok(Pattern {
            by_first: (0..128u8).map(|c| starting(&|set| set.contains(c.into()))).collect(),
            other_first: starting(&CharSet::reaches_beyond_ascii),
            nullable: starting(&|_| false),
            all_end_anchored,
            all_start_anchored: branches.iter().all(Node::starts_with_anchor),
            alternatives,
        })
    }

    /// The end of the match at the start of `text`: Python's `match`.
    pub(crate) fn match_at_start(&self, text: &[char], scratch: &mut Scratch) -> Option<usize> {
        self.match_at(text, 0, scratch)
    }

    /// The leftmost match: Python's `search`.
    pub(crate) fn search(&self, text: &[char], scratch: &mut Scratch) -> Option<Range<usize>> {
        if self.all_end_anchored && text.last() != Some(&'\n') {
            return self.search_at_end(text, scratch);
        }
        self.find(text, 0, scratch)
    }

    /// The leftmost match that begins at `from` or later; what precedes `from` is seen by look-behind.
    pub(crate) fn find(&self, text: &[char], from: usize, scratch: &mut Scratch) -> Option<Range<usize>> {
        let last = if self.all_start_anchored { 0 } else { text.len() };
        (from..=last).find_map(|start| Some(start..self.match_at(text, start, scratch)?))
    }

    fn match_at(&self, text: &[char], start: usize, scratch: &mut Scratch) -> Option<usize> {
        let candidates = match text.get(start) {
            Some(&c) if c.is_ascii() => &self.by_first[c as usize],
            Some(_) => &self.other_first,
            None => &self.nullable,
        };
        let tried = candidates.iter().map(|&i| &self.alternatives[i as usize]);
        tried.filter(|a| a.may_begin(text, start)).find_map(|a| a.program.run(text, start, scratch))
    }

    /// Looks for a match that ends the text, only from where one could begin.
    fn search_at_end(&self, text: &[char], scratch: &mut Scratch) -> Option<Range<usize>> {
        let fits = |a: &&Alternative| a.may_end(text);
        let earliest = self.alternatives.iter().filter(fits).map(|a| a.earliest_start(text)).min()?;
        self.find(text, earliest, scratch)
    }
}

impl Alternative {
    fn new(branch: &Node) -> Result<Alternative, PatternError> {
        Ok(Alternative {
            program: Program::new(branch)?,
            first: branch.first(),
            last: branch.last(),
            alphabet: branch.alphabet(),
            longest: branch.longest(),
            required: branch.required(),
            start_anchored: branch.starts_with_anchor(),
        })
    }

    fn may_begin(&self, text: &[char], start: usize) -> bool {
        if self.start_anchored && start > 0 {
            return false;
        }
        let begins = |set: &CharSet| text.get(start).is_some_and(|&c| set.contains(c));
        let holds_required = || match self.required {
            Some(c) if self.start_anchored && self.longest.is_none() => text.contains(&c),
            _ => true,
        };
        self.first.as_ref().is_none_or(begins) && holds_required()
    }

    fn may_end(&self, text: &[char]) -> bool {
        self.last.as_ref().is_none_or(|set| text.last().is_some_and(|&c| set.contains(c)))
    }

    /// Where at the earliest a match to the end of the text could begin.
    fn earliest_start(&self, text: &[char]) -> usize {
        match self.longest {
            Some(longest) => text.len().saturating_sub(longest),
            None => text.iter().rposition(|&c| !self.alphabet.contains(c)).map_or(0, |i| i + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(pattern: &str, text: &str) -> Option<String> {
        let text: Vec<char> = text.chars().collect();
        let found = Pattern::new(pattern).unwrap().search(&text, &mut Scratch::default())?;
        Some(text[found].iter().collect())
    }

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: Option<&str>) {
        assert_eq!(find(pattern, text).as_deref(), expected);
    }

    #[test]
    fn prefers_the_first_alternative_at_the_leftmost_place() {
        check("^US|^USD", "USD5", Some("US"));
        check("b|ab", "ab", Some("ab"));
        check("(?:km|km²|m)$", "5km²", Some("km²"));
        check("(?:m|km)$", "5km", Some("km"));
    }

    #[test]
    fn looks_around() {
        check(r"(?<=[0-9])(?:km|m)$", "10km", Some("km"));
        check(r"(?<=[0-9])(?:km|m)$", "tokm", None);
        check(r"^\+(?![0-9])", "+5", None);
        check(r"^\+(?![0-9])", "+a", Some("+"));
        check(r"(?<!a)b", "abcb", Some("b"));
        check(r"(?<=[A-Z][A-Z])\.$", "UK.", Some("."));
        check(r"(?<=[A-Z][A-Z])\.$", "K.", None);
    }

    #[test]
    fn reads_classes_as_python_does() {
        check(r"[\u00a1-\uffff]", "aé", Some("é"));
        check(r"[^a-z]+", "abÇ1c", Some("Ç1"));
        check(r"[]a]+", "x]a", Some("]a"));
        check(r"[:<>=/]", "a:b", Some(":"));
        check(r"[+\-\*^]", "a^b", Some("^"));
        check(r"[%²\-\+&&]+", "a&%", Some("&%"));
        check(r"\w+", "-Straße_9!", Some("Straße_9"));
        check(r"[^\W\d]+", "9abc", Some("abc"));
    }

    #[test]
    fn ignores_case_where_it_is_told_to() {
        check("(?i)^été|^[a-c]+-", "ÉTé", Some("ÉTé"));
        check("(?iu)^été|^[a-c]+-", "aBC-d", Some("aBC-"));
        check("(?iu)^[^a]", "A", None);
        check("(?u)^été", "ÉTé", None);
    }

    #[test]
    fn repeats() {
        check(r"\.\.+$", "a..b...", Some("..."));
        check(r"a{2,3}", "aaaa", Some("aaa"));
        check(r"a{2}", "aaaa", Some("aa"));
        check(r"a{,2}b", "aaab", Some("aab"));
        check(r"a+?", "aaa", Some("a"));
        check(r"a{x", "a{x", Some("a{x"));
        check(r"(?:a*)*b", "aaab", Some("aaab"));
    }

    #[test]
    fn ends_before_a_last_line_break_too() {
        check(r"a$", "a\n", Some("a"));
        check(r"a\Z", "a\n", None);
    }

    #[test]
    fn says_what_it_cannot_read() {
        for pattern in [r"(a)\1", "(?s)a", "a(?i)", "(?>a)", "a++", r"\ba", "(?(1)a)"] {
            assert!(matches!(Pattern::new(pattern), Err(PatternError::Unsupported { .. })), "{pattern}");
        }
        for pattern in ["(a", "a)", "[a", "*a", "[z-a]", "a\\", "(?<=a+)b"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let text = "a".repeat(100_000);
        check("^(?:(?:a|aa)+)+b$", &text, None);
        check(r"^(?:\S+(?::\S*)?@)?b$", &":".repeat(100_000), None);
    }
}
