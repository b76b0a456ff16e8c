//! The rules of a tokenizer: affixes, addresses and special cases, as a pipeline's file has them.

use std::collections::HashMap;

use rmpv::ValueRef;

use crate::error::{Error, damaged, unsupported};
use crate::model_files::{decode, get, text};
use crate::msgpack::{items, pairs, truth};
use crate::pattern::Pattern;
use crate::strings::string_id;

/// spaCy's numbers of the attributes that a special case may set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

const FILE: &str = "tokenizer";

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
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Rules, Error> {
        let file = decode(FILE, bytes)?;
        let specials = specials(&file)?;
        Ok(Rules {
            prefixes: pattern(&file, "prefix_search")?,
            suffixes: pattern(&file, "suffix_search")?,
            infixes: pattern(&file, "infix_finditer")?,
            token_match: pattern(&file, "token_match")?,
            url_match: pattern(&file, "url_match")?,
            faster_heuristics: get(&file, "faster_heuristics").and_then(truth).unwrap_or(true),
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

fn pattern(file: &ValueRef, field: &str) -> Result<Option<Pattern>, Error> {
    let Some(rule) = get(file, field).and_then(text) else { return Ok(None) };
    match Pattern::new(rule) {
        Ok(pattern) => Ok(Some(pattern)),
        Err(error) => Err(unsupported(FILE, format!("its `{field}`: {error}"))),
    }
}

fn specials(file: &ValueRef) -> Result<HashMap<Box<str>, Vec<Piece>>, Error> {
    let entries = get(file, "exceptions").and_then(pairs);
    let entries = entries.ok_or_else(|| damaged(FILE, "exceptions", "there is no such map"))?;
    entries.iter().map(special).collect()
}

fn special((case, tokens): &(ValueRef, ValueRef)) -> Result<(Box<str>, Vec<Piece>), Error> {
    let case = text(case).ok_or_else(|| damaged(FILE, "exceptions", "a special case is not a string"))?;
    let tokens = items(tokens).unwrap_or(&[]);
    match tokens.iter().map(piece).collect::<Option<Vec<_>>>() {
        Some(pieces) if spells(case, tokens) => Ok((case.into(), pieces)),
        _ => Err(damaged(FILE, format!("exceptions, {case:?}"), "its tokens do not spell it")),
    }
}

fn piece(token: &ValueRef) -> Option<Piece> {
    let length = attribute(token, ORTH)?.len() as u32;
    Some(Piece { length, norm: attribute(token, NORM).map(string_id) }).filter(|piece| piece.length > 0)
}

fn attribute<'b>(token: &ValueRef<'b>, number: u64) -> Option<&'b str> {
    text(&pairs(token)?.iter().find(|(key, _)| key.as_u64() == Some(number))?.1)
}

fn spells(case: &str, tokens: &[ValueRef]) -> bool {
    tokens.iter().filter_map(|token| attribute(token, ORTH)).collect::<String>() == case
}
