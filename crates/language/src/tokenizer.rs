//! Cuts text into tokens by the rules of a spaCy pipeline.

mod chunk;
mod rules;
mod special;

use std::collections::HashMap;
use std::mem;
use std::ops::Range;

use crate::error::Error;
use crate::lexeme::{LexemeId, Vocabulary};
use crate::unicode::is_space;
use chunk::ChunkScratch;
use rules::Rules;
use special::SpecialPhrases;

/// Runs of non-space characters longer than this many code points are cut into pieces of that length, which
/// bounds the memory that the rules need for one. spaCy does not cut, but takes quadratic time.
const LONGEST_RUN: usize = 10_000;

/// Runs longer than this many bytes are not remembered: they hardly ever come again.
const LONGEST_REMEMBERED: usize = 48;

/// Runs that a worker remembers at most.
const MOST_REMEMBERED: usize = 1 << 14;

/// Cuts text into tokens exactly as spaCy's `Tokenizer` does with the same rules.
#[derive(Debug, Clone)]
pub(crate) struct Tokenizer {
    rules: Rules,
    phrases: SpecialPhrases,
}

/// A token before anything but its place and its word type is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// First byte in the text.
    pub(crate) start: u32,
    /// Byte after the last.
    pub(crate) end: u32,
    /// Its word type in the vocabulary that it was cut with.
    pub(crate) lexeme: LexemeId,
    /// Whether a blank follows that belongs to no token.
    pub(crate) space_after: bool,
    /// Whether a special phrase may begin here.
    begins_phrase: bool,
}

/// Remembers how runs of characters were cut.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChunkCache {
    by_text: HashMap<Box<str>, (u32, u32)>,
    pieces: Vec<CachedPiece>,
    scratch: ChunkScratch,
}

#[derive(Debug, Clone, Copy)]
struct CachedPiece {
    length: u32,
    lexeme: LexemeId,
    begins_phrase: bool,
}

impl ChunkCache {
    /// Whether it holds so much that it should be forgotten.
    pub(crate) fn is_large(&self) -> bool {
        self.by_text.len() > MOST_REMEMBERED
    }
}

impl Tokenizer {
    /// Reads a pipeline's `tokenizer` file.
    ///
    /// # Errors
    /// Where the file is damaged or has a regular expression that cannot be compiled.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Tokenizer, Error> {
        Ok(Tokenizer::new(Rules::from_bytes(bytes)?))
    }

    fn new(rules: Rules) -> Tokenizer {
        let phrases = SpecialPhrases::new(&rules);
        Tokenizer { rules, phrases }
    }

    /// Appends the tokens of `text`, which is shorter than 4 GiB, to `tokens`.
    ///
    /// Runs of white space and runs of other characters are cut by the rules; a blank that follows a run of
    /// characters belongs to no token. See `spacy/tokenizer.pyx`, `_tokenize_affixes`.
    pub(crate) fn tokenize(&self, text: &str, vocabulary: &mut Vocabulary, tokens: &mut Vec<RawToken>) {
        let first = tokens.len();
        for chunk in chunks(text) {
            if chunk.start > 0 && text.as_bytes()[chunk.start - 1] == b' ' {
                mark_blank(chunk.start - 1, &mut tokens[first..]);
            }
            self.cut_chunk(&text[chunk.clone()], chunk.start, vocabulary, tokens);
        }
        if text.ends_with(' ') {
            mark_blank(text.len() - 1, &mut tokens[first..]);
        }
        self.phrases.apply(text, first, &self.rules, vocabulary, tokens);
    }

    fn cut_chunk(&self, chunk: &str, offset: usize, vocabulary: &mut Vocabulary, tokens: &mut Vec<RawToken>) {
        match vocabulary.chunks.by_text.get(chunk) {
            Some(&(first, last)) => {
                append(&vocabulary.chunks.pieces[first as usize..last as usize], offset, tokens);
            }
            None => self.cut_new_chunk(chunk, offset, vocabulary, tokens),
        }
    }

    fn cut_new_chunk(
        &self,
        chunk: &str,
        offset: usize,
        vocabulary: &mut Vocabulary,
        tokens: &mut Vec<RawToken>,
    ) {
        let mut scratch = mem::take(&mut vocabulary.chunks.scratch);
        self.rules.cut(chunk, true, &mut scratch);
        let first = vocabulary.chunks.pieces.len();
        let mut start = 0;
        for piece in &scratch.pieces {
            let end = start + piece.length as usize;
            let lexeme = vocabulary.intern(&chunk[start..end], piece.norm);
            let begins_phrase = self.phrases.may_begin_with(vocabulary.lexeme(lexeme).orth);
            vocabulary.chunks.pieces.push(CachedPiece { length: piece.length, lexeme, begins_phrase });
            start = end;
        }
        vocabulary.chunks.scratch = scratch;
        append(&vocabulary.chunks.pieces[first..], offset, tokens);
        let range = (first as u32, vocabulary.chunks.pieces.len() as u32);
        if chunk.len() <= LONGEST_REMEMBERED {
            vocabulary.chunks.by_text.insert(chunk.into(), range);
        } else {
            vocabulary.chunks.pieces.truncate(first);
        }
    }
}

fn append(pieces: &[CachedPiece], offset: usize, tokens: &mut Vec<RawToken>) {
    let mut start = offset as u32;
    for piece in pieces {
        let end = start + piece.length;
        let &CachedPiece { lexeme, begins_phrase, .. } = piece;
        tokens.push(RawToken { start, end, lexeme, space_after: false, begins_phrase });
        start = end;
    }
}

/// Says of the last token that a blank follows, if it ends where that blank is.
fn mark_blank(blank: usize, tokens: &mut [RawToken]) {
    if let Some(last) = tokens.last_mut() {
        last.space_after |= last.end as usize == blank;
    }
}

/// The maximal runs of white space and of other characters, less one blank after text and cut where they are
/// too long.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start > 0 && text[start..].starts_with(' ') && !ends_with_space(&text[..start]) {
            start += 1;
        }
        let length = chunk_length(&text[start..]);
        start += length;
        (length > 0).then_some(start - length..start)
    })
}

fn ends_with_space(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_space)
}

/// How many bytes the chunk has with which `text` begins; white space is never cut.
fn chunk_length(text: &str) -> usize {
    if text.starts_with(is_space) {
        return text.find(|c| !is_space(c)).unwrap_or(text.len());
    }
    let mut chars = text.char_indices().enumerate();
    let end = chars.find(|&(count, (_, c))| count == LONGEST_RUN || is_space(c));
    end.map_or(text.len(), |(_, (at, _))| at)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use rmpv::Value;

    use super::*;

    /// A tokenizer with a few rules of each kind.
    fn tokenizer() -> Tokenizer {
        let orth = |text: &str| (Value::from(65), Value::from(text));
        let norm = |text: &str| (Value::from(67), Value::from(text));
        let special =
            |tokens: Vec<Vec<(Value, Value)>>| Value::Array(tokens.into_iter().map(Value::Map).collect());
        let specials = vec![
            ("a.m.".into(), special(vec![vec![orth("a.m.")]])),
            ("10am".into(), special(vec![vec![orth("10")], vec![orth("am"), norm("a.m.")]])),
            ("don't".into(), special(vec![vec![orth("do")], vec![orth("n't"), norm("not")]])),
            (":)".into(), special(vec![vec![orth(":)")]])),
        ];
        let rules = Value::Map(vec![
            ("prefix_search".into(), r#"^\(|^"|^:|^\)|^US\$|^\$"#.into()),
            ("suffix_search".into(), r#"\)$|"$|,$|:$|\.\.+$|(?<=[0-9])(?:km|m)$|(?<=[a-z])\.$|'s$"#.into()),
            ("infix_finditer".into(), r"\.\.+|(?<=[a-zA-Z])-(?=[a-zA-Z])|(?<=[a-z])\.(?=[A-Z])".into()),
            ("url_match".into(), r"(?u)^(?:https?://)\S+$".into()),
            ("token_match".into(), Value::Nil),
            ("faster_heuristics".into(), true.into()),
            ("exceptions".into(), Value::Map(specials)),
        ]);
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &rules).unwrap();
        Tokenizer::from_bytes(&bytes).unwrap()
    }

    fn cut(text: &str) -> Vec<RawToken> {
        let mut tokens = Vec::new();
        tokenizer().tokenize(text, &mut Vocabulary::new(Arc::default()), &mut tokens);
        tokens
    }

    /// The tokens, each followed by `·` where a blank follows that belongs to none.
    fn written(text: &str) -> Vec<String> {
        let blank = |token: &RawToken| if token.space_after { "·" } else { "" };
        let token = |t: RawToken| format!("{}{}", &text[t.start as usize..t.end as usize], blank(&t));
        cut(text).into_iter().map(token).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(written(text), expected);
    }

    #[test]
    fn strips_affixes_from_both_ends() {
        check(r#"("Zenda"), said"#, &["(", "\"", "Zenda", "\"", ")", ",·", "said"]);
        check("US$5 for 10km.", &["US$", "5·", "for·", "10", "km", "."]);
        check("Hentzau's men...", &["Hentzau", "'s·", "men", "..."]);
    }

    #[test]
    fn splits_at_infixes_but_not_at_the_very_start() {
        check("well-known", &["well", "-", "known"]);
        check("end.Next", &["end", ".", "Next"]);
        check("..a..b", &["..a", "..", "b"]);
    }

    #[test]
    fn keeps_special_cases_and_addresses() {
        check("(10am,", &["(", "10", "am", ","]);
        check("don't.", &["do", "n't", "."]);
        check("at a.m.", &["at·", "a.m."]);
        check("http://x.y-z..", &["http://x.y-z", ".."]);
    }

    #[test]
    fn puts_special_cases_that_affixes_cut_together_again() {
        check("so:) yes", &["so", ":)·", "yes"]);
        check("(:) ", &["(", ":)·"]);
        check(": )", &[":·", ")"]);
    }

    #[test]
    fn gives_norms_of_special_cases_to_their_tokens_only() {
        let mut vocabulary = Vocabulary::new(Arc::default());
        let mut tokens = Vec::new();
        tokenizer().tokenize("10am am", &mut vocabulary, &mut tokens);
        assert_ne!(tokens[1].lexeme, tokens[2].lexeme);
        assert_eq!(vocabulary.lexeme(tokens[1].lexeme).orth, vocabulary.lexeme(tokens[2].lexeme).orth);
    }

    #[test]
    fn one_blank_belongs_to_no_token_and_other_white_space_does() {
        check(" a b  c\n d \u{a0}e ", &[" ", "a·", "b·", " ", "c", "\n ", "d·", "\u{a0}", "e·"]);
        check("", &[]);
        check(" ", &[" "]);
        check("\t\n", &["\t\n"]);
        check("a \n", &["a·", "\n"]);
    }

    #[test]
    fn cuts_text_that_never_ends_in_little_time() {
        let pieces = cut(&"é".repeat(1_000_000));
        assert_eq!(pieces.len(), 1_000_000 / LONGEST_RUN);
        assert_eq!(cut(&"\"(".repeat(500_000)).len(), 1_000_000);
        assert_eq!(cut(&":)".repeat(300_000)).len(), 300_000);
        assert_eq!(cut(&"\n ".repeat(500_000)).len(), 1);
    }

    #[test]
    fn a_full_memory_changes_nothing() {
        let tokenizer = tokenizer();
        let mut vocabulary = Vocabulary::new(Arc::default());
        let mut orths = |text: &str| -> Vec<u64> {
            let mut tokens = Vec::new();
            tokenizer.tokenize(text, &mut vocabulary, &mut tokens);
            tokens.iter().map(|token| vocabulary.lexeme(token.lexeme).orth).collect()
        };
        let text = "(Strelsau) don't 10km";
        let fresh = orths(text);
        orths("Strelsau 10km don't) (Strelsau)");
        assert_eq!(orths(text), fresh);
    }

    proptest! {
        #[test]
        fn tokens_cover_the_text_but_for_single_blanks(text in "[a-z.,:()\"'$0-9 \\n\u{a0}é😀\u{0}\u{301}א-]{0,40}") {
            let mut end = 0;
            for token in cut(&text) {
                let (start, next) = (token.start as usize, token.end as usize);
                prop_assert!(start == end && start < next, "{token:?}");
                end = next + usize::from(token.space_after);
                prop_assert!(!token.space_after || text[next..].starts_with(' '));
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
