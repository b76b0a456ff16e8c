//! The tables of a lemmatizer: rules, exceptions, words, forms.

use std::collections::{HashMap, HashSet};

use rmpv::ValueRef;

use crate::error::{Error, damaged};
use crate::model_files::{decode, get, text};
use crate::msgpack::{items, pairs};
use crate::strings::string_id;

pub(super) const FILE: &str = "lemmatizer/lookups/lookups.bin";

/// Endings and what replaces them, in order.
pub(super) type Endings = Vec<(Box<str>, Box<str>)>;

/// `lemmatizer/lookups/lookups.bin`.
pub(super) struct TableFile<'b>(pub(super) ValueRef<'b>);

/// The tables of one part of speech.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    pub(super) rules: Endings,
    pub(super) exceptions: HashMap<Box<str>, Vec<Box<str>>>,
    pub(super) index: HashSet<Box<str>>,
}

/// Lemmas by form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lookup(HashMap<u64, Box<str>>);

impl<'b> TableFile<'b> {
    pub(super) fn parse(bytes: &'b [u8]) -> Result<TableFile<'b>, Error> {
        decode(FILE, bytes).map(TableFile)
    }

    /// The tables of the part of speech of that name, in small letters.
    pub(super) fn of(&self, pos: &str) -> Result<Tables, Error> {
        Ok(Tables {
            rules: self.endings(pos)?,
            exceptions: self.row("lemma_exc", pos, |row| pairs(row)?.iter().map(exception).collect())?,
            index: self.row("lemma_index", pos, |row| items(row)?.iter().map(owned).collect())?,
        })
    }

    /// The rules of that name; none where there are none.
    pub(super) fn endings(&self, name: &str) -> Result<Endings, Error> {
        self.row("lemma_rules", name, |row| items(row)?.iter().map(ending).collect())
    }

    /// The forms of which the lemmas are known whatever their part of speech.
    pub(super) fn lookup(&self) -> Result<Lookup, Error> {
        let table = get(&self.0, "lemma_lookup").and_then(pairs);
        let rows = table.and_then(|rows| rows.iter().map(looked_up).collect());
        rows.map(Lookup).ok_or_else(|| damaged(FILE, "lemma_lookup", "it does not lead from ids to strings"))
    }

    /// What `read` makes of a row of the table `name`, or nothing if there is no such row.
    pub(super) fn row<T: Default>(
        &self,
        name: &str,
        key: &str,
        read: impl Fn(&ValueRef) -> Option<T>,
    ) -> Result<T, Error> {
        let table = get(&self.0, name).and_then(pairs).unwrap_or(&[]);
        let id = string_id(key);
        match table.iter().find(|(key, _)| key.as_u64() == Some(id)) {
            Some((_, row)) => read(row).ok_or_else(|| damaged(FILE, name, "a row is not made of strings")),
            None => Ok(T::default()),
        }
    }
}

impl Tables {
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.exceptions.is_empty() && self.index.is_empty()
    }
}

impl Lookup {
    /// The lemma of a form; the form itself where none is known.
    pub(super) fn get<'t>(&'t self, form: &'t str) -> &'t str {
        self.0.get(&string_id(form)).map_or(form, |lemma| lemma)
    }
}

fn ending(row: &ValueRef) -> Option<(Box<str>, Box<str>)> {
    let [old, new] = items(row)? else { return None };
    Some((owned(old)?, owned(new)?))
}

fn exception((form, lemmas): &(ValueRef, ValueRef)) -> Option<(Box<str>, Vec<Box<str>>)> {
    Some((owned(form)?, items(lemmas)?.iter().map(owned).collect::<Option<_>>()?))
}

/// A form's lemma, which is a string or the first of a list.
fn looked_up((form, lemma): &(ValueRef, ValueRef)) -> Option<(u64, Box<str>)> {
    let lemma = items(lemma).map_or(Some(lemma), |lemmas| lemmas.first())?;
    Some((form.as_u64()?, owned(lemma)?))
}

pub(super) fn owned(value: &ValueRef) -> Option<Box<str>> {
    text(value).map(Box::from)
}
