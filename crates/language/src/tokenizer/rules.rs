//! The rules of a tokenizer: affixes, addresses and special cases, as a pipeline's file has them.

use std::collections::HashMap;

use rmpv::Value;

use crate::pattern::{Pattern, PatternError};
use crate::strings::string_id;

/// spaCy's numbers of the attributes that a special case may set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// Why a pipeline's `tokenizer` file could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenizerError {
    /// Not the binary format.
    #[error("the tokenizer file is not MessagePack ({0}); fetch the model again")]
    Format(#[from] rmpv::decode::Error),
    /// The binary format, but not what is expected in it.
    #[error("the tokenizer file has no usable `{field}`; fetch the model again")]
    Field {
        /// The entry of the file.
        field: &'static str,
    },
    /// A special case that does not spell its own text.
    #[error("the tokenizer's special case {text:?} has tokens that do not spell it")]
    SpecialCase {
        /// The text.
        text: String,
    },
    /// A rule that cannot be compiled.
    #[error("the tokenizer's `{field}`: {source}; use a pipeline whose rules are simpler")]
    Pattern {
        /// The entry of the file.
        field: &'static str,
        /// What is wrong.
        source: PatternError,
    },
}

/// Everything that a tokenizer is told.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) prefixes: Option<Pattern>,
    pub(super) suffixes: Option<Pattern>,
    pub(super) infixes: Option<Pattern>,
    pub(super) token_match: Option<Pattern>,
    pub(super) url_match: Option<Pattern>,
    pub(super) faster_heuristics: bool,
    specials: HashMap<Box<str>, Vec<Piece>>,
    longest_special: usize,
}

/// One token of a chunk: how many bytes it has, and its norm if a special case gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) length: u32,
    pub(super) norm: Option<u64>,
}

impl Rules {
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Rules, TokenizerError> {
        let file = rmpv::decode::read_value(&mut &bytes[..])?;
        let specials = specials(&file)?;
        Ok(Rules {
            prefixes: pattern(&file, "prefix_search")?,
            suffixes: pattern(&file, "suffix_search")?,
            infixes: pattern(&file, "infix_finditer")?,
            token_match: pattern(&file, "token_match")?,
            url_match: pattern(&file, "url_match")?,
            faster_heuristics: entry(&file, "faster_heuristics").and_then(Value::as_bool).unwrap_or(true),
            longest_special: specials.keys().map(|text| text.len()).max().unwrap_or(0),
            specials,
        })
    }

    /// The tokens of a text that is a special case.
    pub(super) fn special(&self, text: &str) -> Option<&[Piece]> {
        // Long text is no special case; hashing it over and over would cost quadratic time.
        if text.len() > self.longest_special {
            return None;
        }
        self.specials.get(text).map(Vec::as_slice)
    }

    /// The texts of all special cases, sorted.
    pub(super) fn special_texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = self.specials.keys().map(|text| &**text).collect();
        texts.sort_unstable();
        texts
    }
}

fn entry<'v>(file: &'v Value, field: &str) -> Option<&'v Value> {
    file.as_map()?.iter().find(|(name, _)| name.as_str() == Some(field)).map(|(_, value)| value)
}

fn pattern(file: &Value, field: &'static str) -> Result<Option<Pattern>, TokenizerError> {
    match entry(file, field).and_then(Value::as_str) {
        None => Ok(None),
        Some(text) => match Pattern::new(text) {
            Ok(pattern) => Ok(Some(pattern)),
            Err(source) => Err(TokenizerError::Pattern { field, source }),
        },
    }
}

fn specials(file: &Value) -> Result<HashMap<Box<str>, Vec<Piece>>, TokenizerError> {
    let unusable = || TokenizerError::Field { field: "exceptions" };
    let entries = entry(file, "exceptions").and_then(Value::as_map).ok_or_else(unusable)?;
    let mut specials = HashMap::with_capacity(entries.len());
    for (text, tokens) in entries {
        let text = text.as_str().ok_or_else(unusable)?;
        let tokens = tokens.as_array().ok_or_else(unusable)?;
        let pieces = tokens.iter().map(piece).collect::<Option<Vec<_>>>().ok_or_else(unusable)?;
        if !spells(text, tokens) || pieces.iter().any(|piece| piece.length == 0) {
            return Err(TokenizerError::SpecialCase { text: text.to_owned() });
        }
        specials.insert(text.into(), pieces);
    }
    Ok(specials)
}

fn piece(token: &Value) -> Option<Piece> {
    let length = attribute(token, ORTH)?.len() as u32;
    Some(Piece { length, norm: attribute(token, NORM).map(string_id) })
}

fn attribute(token: &Value, number: u64) -> Option<&str> {
    token.as_map()?.iter().find(|(key, _)| key.as_u64() == Some(number))?.1.as_str()
}

fn spells(text: &str, tokens: &[Value]) -> bool {
    tokens.iter().filter_map(|token| attribute(token, ORTH)).collect::<String>() == text
}
