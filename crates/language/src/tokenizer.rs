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
const MOST_REMEMBERED: usize = 1 << 18;

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
