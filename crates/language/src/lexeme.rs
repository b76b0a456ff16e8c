//! Word types: every distinct token text with the attributes that the networks and the rules read.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use rmpv::ValueRef;

use crate::error::{Error, damaged};
use crate::model_files::{decode, get, text};
use crate::msgpack::pairs;
use crate::strings::{string_id, table};
use crate::tokenizer::ChunkCache;
use crate::unicode::{is_alpha, is_digit, is_space};
use crate::word_forms::FormCache;

static BASE_NORMS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| table(include_str!("tables/norms.tsv")).collect());

/// Beyond this many code points a word's shape is `LONG`.
const LONGEST_SHAPED: usize = 100;

/// Word types after which a vocabulary is forgotten between documents (about 3 MB): a text of a million words has a few times as many, and to learn them anew costs a few milliseconds.
const MOST_LEXEMES: usize = 1 << 14;

const FILE: &str = "vocab/lookups.bin";

/// The forms that a pipeline counts as another form: `colour` as `color`, say.
#[derive(Debug, Default, Clone)]
pub(crate) struct Norms {
    by_orth: HashMap<u64, u64>,
}

impl Norms {
    /// Reads a pipeline's `vocab/lookups.bin`. A file without a `lexeme_norm` table gives no norms.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Norms, Error> {
        let tables = decode(FILE, bytes)?;
        let Some(table) = get(&tables, "lexeme_norm") else { return Ok(Norms::default()) };
        let by_orth = pairs(table).and_then(|rows| rows.iter().map(norm_row).collect());
        let by_orth =
            by_orth.ok_or_else(|| damaged(FILE, "lexeme_norm", "it does not lead from ids to strings"))?;
        Ok(Norms { by_orth })
    }

    /// The id of the form that `text` counts as (`spacy/vocab.pyx`, getter of NORM).
    fn of(&self, text: &str, orth: u64, lower: u64) -> u64 {
        if let Some(&norm) = self.by_orth.get(&orth) {
            return norm;
        }
        BASE_NORMS.get(text).map_or(lower, |norm| string_id(norm))
    }
}

fn norm_row((orth, norm): &(ValueRef, ValueRef)) -> Option<(u64, u64)> {
    Some((orth.as_u64()?, string_id(text(norm)?)))
}

/// Number of a word type in one [`Vocabulary`], counted from 0 without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LexemeId(u32);

impl LexemeId {
    /// The number, to index a table that grows with the vocabulary.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A word type: token text, and the norm that the tokenizer gave it if it gave one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lexeme {
    /// Id of the text itself.
    pub(crate) orth: u64,
    /// Id of the text in lower case.
    pub(crate) lower: u64,
    /// Id of the form that this one counts as.
    pub(crate) norm: u64,
    /// Id of the first character.
    pub(crate) prefix: u64,
    /// Id of the last three characters.
    pub(crate) suffix: u64,
    /// Id of the shape, `Xxxx` for instance.
    pub(crate) shape: u64,
    /// Whether the text is white space only.
    pub(crate) is_space: bool,
    text: Box<str>,
}

impl Lexeme {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    fn new(text: &str, norm: Option<u64>, norms: &Norms) -> Lexeme {
        let orth = string_id(text);
        let lower = string_id(&text.to_lowercase());
        Lexeme {
            orth,
            lower,
            norm: norm.unwrap_or_else(|| norms.of(text, orth, lower)),
            prefix: string_id(first_character(text)),
            suffix: string_id(last_three_characters(text)),
            shape: string_id(&shape(text)),
            is_space: !text.is_empty() && text.chars().all(is_space),
            text: text.into(),
        }
    }
}

/// The word types that one worker has met. Ids stay valid until [`Vocabulary::forget_if_large`]
/// says that it has forgotten; attributes never depend on what was met before.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    norms: Arc<Norms>,
    lexemes: Vec<Lexeme>,
    by_text: HashMap<Box<str>, LexemeId>,
    by_norm: HashMap<(LexemeId, u64), LexemeId>,
    /// How runs of characters were cut.
    pub(crate) chunks: ChunkCache,
    /// What words are under which tag.
    pub(crate) forms: FormCache,
}

impl Vocabulary {
    /// An empty vocabulary.
    pub(crate) fn new(norms: Arc<Norms>) -> Vocabulary {
        Vocabulary {
            norms,
            lexemes: Vec::new(),
            by_text: HashMap::new(),
            by_norm: HashMap::new(),
            chunks: ChunkCache::default(),
            forms: FormCache::default(),
        }
    }

    /// How many word types there are: one more than the largest id.
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// The word type of that number.
    pub(crate) fn lexeme(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id.index()]
    }

    /// The word type of that [`LexemeId::index`].
    pub(crate) fn lexeme_at(&self, index: usize) -> &Lexeme {
        &self.lexemes[index]
    }

    /// The number of the word type with this text and, where the tokenizer gave one, this norm.
    pub(crate) fn intern(&mut self, text: &str, norm: Option<u64>) -> LexemeId {
        let plain = match self.by_text.get(text) {
            Some(&id) => id,
            None => self.add_plain(text),
        };
        match norm {
            Some(norm) if norm != self.lexeme(plain).norm => self.intern_with_norm(plain, norm),
            _ => plain,
        }
    }

    /// Forgets everything, and says so, if the vocabulary has grown large. Call it between documents,
    /// and clear with it whatever is kept per [`LexemeId`].
    pub(crate) fn forget_if_large(&mut self) -> bool {
        let large = self.len() > MOST_LEXEMES || self.chunks.is_large() || self.forms.is_large();
        if large {
            *self = Vocabulary::new(Arc::clone(&self.norms));
        }
        large
    }

    fn add_plain(&mut self, text: &str) -> LexemeId {
        let id = self.push(Lexeme::new(text, None, &self.norms));
        self.by_text.insert(text.into(), id);
        id
    }

    fn intern_with_norm(&mut self, plain: LexemeId, norm: u64) -> LexemeId {
        if let Some(&id) = self.by_norm.get(&(plain, norm)) {
            return id;
        }
        let lexeme = Lexeme { norm, ..self.lexeme(plain).clone() };
        let id = self.push(lexeme);
        self.by_norm.insert((plain, norm), id);
        id
    }

    fn push(&mut self, lexeme: Lexeme) -> LexemeId {
        let id = LexemeId(self.lexemes.len() as u32);
        self.lexemes.push(lexeme);
        id
    }
}

fn first_character(text: &str) -> &str {
    text.char_indices().nth(1).map_or(text, |(second, _)| &text[..second])
}

fn last_three_characters(text: &str) -> &str {
    text.char_indices().rev().nth(2).map_or(text, |(third_last, _)| &text[third_last..])
}

/// The outline of a word: `X` for capitals, `x` for other letters, `d` for digits, the character itself
/// else; runs are cut at four (`spacy/lang/lex_attrs.py`, `word_shape`).
fn shape(text: &str) -> String {
    if text.chars().nth(LONGEST_SHAPED - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let (mut last, mut run) = (None, 0);
    for outline in text.chars().map(outline) {
        run = if last == Some(outline) { run + 1 } else { 0 };
        last = Some(outline);
        if run < 4 {
            shape.push(outline);
        }
    }
    shape
}

fn outline(c: char) -> char {
    if is_alpha(c) {
        if c.is_uppercase() { 'X' } else { 'x' }
    } else if is_digit(c) {
        'd'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(Arc::default())
    }

    #[test]
    fn outlines_words() {
        assert_eq!(shape("Ruritania"), "Xxxxx");
        assert_eq!(shape("C-130s"), "X-dddx");
        assert_eq!(shape("ÉTÉ²"), "XXXd");
        assert_eq!(shape("1234567"), "dddd");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn cuts_ends_by_characters() {
        assert_eq!(first_character("éa"), "é");
        assert_eq!(last_three_characters("Zürich"), "ich");
        assert_eq!(last_three_characters("ñé"), "ñé");
    }

    #[test]
    fn tells_a_given_norm_from_the_usual_one() {
        let mut vocabulary = vocabulary();
        let plain = vocabulary.intern("'s", None);
        assert_eq!(vocabulary.intern("'s", Some(string_id("'s"))), plain);
        let is = vocabulary.intern("'s", Some(string_id("is")));
        assert_ne!(is, plain);
        assert_eq!(vocabulary.lexeme(is).norm, string_id("is"));
        assert_eq!(vocabulary.lexeme(is).orth, vocabulary.lexeme(plain).orth);
        assert_eq!((is.index(), vocabulary.len()), (1, 2));
    }

    #[test]
    fn takes_norms_of_quotation_marks_and_currencies() {
        let mut vocabulary = vocabulary();
        for (form, norm) in [("”", "\""), ("£", "$"), ("Borduria", "borduria")] {
            let id = vocabulary.intern(form, None);
            assert_eq!(vocabulary.lexeme(id).norm, string_id(norm));
        }
    }

    #[test]
    fn forgets_once_it_is_large_and_says_so() {
        let mut vocabulary = vocabulary();
        let before = vocabulary.intern("Zenda", None);
        let lexeme = vocabulary.lexeme(before).clone();
        assert!(!vocabulary.forget_if_large());
        (0..MOST_LEXEMES).for_each(|i| {
            vocabulary.intern(&i.to_string(), None);
        });
        assert!(vocabulary.forget_if_large());
        assert_eq!(vocabulary.len(), 0);
        let after = vocabulary.intern("Zenda", None);
        assert_eq!(vocabulary.lexeme(after), &lexeme);
    }
}
