//! Dictionary forms of French words, as spaCy's French lemmatizer finds them.

use std::collections::HashMap;

use compact_str::CompactString;

use super::tables::{Lookup, TableFile, Tables};
use super::{Word, lower};
use crate::annotation::Pos;
use crate::error::Error;
use crate::unicode::is_alpha;

/// The parts of speech that have rules; all others are looked up as they stand.
const RULED: [Pos; 11] = [
    Pos::Noun,
    Pos::Verb,
    Pos::Adj,
    Pos::Adp,
    Pos::Adv,
    Pos::Aux,
    Pos::Cconj,
    Pos::Det,
    Pos::Pron,
    Pos::Punct,
    Pos::Sconj,
];

/// The tables of the French lemmatizer.
#[derive(Debug, Clone)]
pub(crate) struct French {
    by_pos: HashMap<Pos, Tables>,
    lookup: Lookup,
}

impl French {
    pub(super) fn read(file: &TableFile) -> Result<French, Error> {
        let tables = |pos: Pos| Ok((pos, file.of(&pos.as_str().to_ascii_lowercase())?));
        Ok(French {
            by_pos: RULED.into_iter().map(tables).collect::<Result<_, Error>>()?,
            lookup: file.lookup()?,
        })
    }

    /// The dictionary form of a word (`spacy/lang/fr/lemmatizer.py`, `rule_lemmatize`).
    pub(super) fn lemma(&self, word: Word) -> CompactString {
        if matches!(word.pos, Pos::None | Pos::Space) {
            return lower(word.text);
        }
        match self.by_pos.get(&word.pos) {
            Some(tables) => self.ruled(&lower(word.text), tables),
            None => self.lookup.get(word.text).into(),
        }
    }

    /// A word that is its own lemma, else an exception, else a form that is in the index or no word, else any form
    /// that the rules make, else what is looked up.
    fn ruled(&self, word: &str, tables: &Tables) -> CompactString {
        if tables.index.contains(word) {
            return word.into();
        }
        if let Some(exception) = tables.exceptions.get(word).and_then(|lemmas| lemmas.first()) {
            return CompactString::from(&**exception);
        }
        let is_known =
            |form: &CompactString| tables.index.contains(form.as_str()) || !form.chars().all(is_alpha);
        let made: Vec<CompactString> = tables.made_from(word).collect();
        let best = made.iter().find(|form| is_known(form)).or(made.first());
        best.cloned().unwrap_or_else(|| self.lookup.get(word).into())
    }
}

#[cfg(test)]
mod tests {
    use rmpv::Value;

    use super::*;
    use crate::strings::string_id;

    fn strings(words: &[&str]) -> Value {
        Value::Array(words.iter().map(|&word| word.into()).collect())
    }

    fn row(name: &str, value: Value) -> Value {
        Value::Map(vec![(string_id(name).into(), value)])
    }

    fn lemmatizer() -> French {
        let rules = Value::Array(vec![strings(&["aux", "al"]), strings(&["s", ""]), strings(&["es", "is"])]);
        let file = Value::Map(vec![
            ("lemma_lookup".into(), row("Syldaves", strings(&["Syldave"]))),
            ("lemma_rules".into(), row("noun", rules)),
            ("lemma_exc".into(), row("noun", Value::Map(vec![("yeux".into(), strings(&["œil"]))]))),
            ("lemma_index".into(), row("noun", strings(&["palais", "traité"]))),
        ]);
        French::read(&TableFile(file.as_ref())).unwrap()
    }

    #[track_caller]
    fn check(text: &str, pos: Pos, expected: &str) {
        let word = Word { text, pos, morph: "", begins_sentence: false, tree: 0 };
        assert_eq!(lemmatizer().lemma(word), expected);
    }

    #[test]
    fn prefers_known_words_then_exceptions_then_what_rules_make() {
        check("Palais", Pos::Noun, "palais");
        check("yeux", Pos::Noun, "œil");
        check("traités", Pos::Noun, "traité");
        check("Généraux", Pos::Noun, "général");
        check("années", Pos::Noun, "année");
    }

    #[test]
    fn looks_names_up_as_they_stand() {
        check("Syldaves", Pos::Propn, "Syldave");
        check("Bordures", Pos::Propn, "Bordures");
        check("\n", Pos::Space, "\n");
        check("Et", Pos::Cconj, "et");
    }
}
