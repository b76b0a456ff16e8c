//! Dictionary forms by rule, as spaCy's English lemmatizer finds them.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use rmpv::ValueRef;

use crate::annotation::Pos;
use crate::error::{Error, damaged};
use crate::model_files::{decode, get, text};
use crate::msgpack::{items, pairs};
use crate::strings::string_id;
use crate::unicode::is_alpha;

const FILE: &str = "lemmatizer/lookups/lookups.bin";

/// The parts of speech for which a pipeline may bring tables.
const TABLED: [Pos; 18] = [
    Pos::Adj,
    Pos::Adp,
    Pos::Adv,
    Pos::Aux,
    Pos::Conj,
    Pos::Cconj,
    Pos::Det,
    Pos::Intj,
    Pos::Noun,
    Pos::Num,
    Pos::Part,
    Pos::Pron,
    Pos::Propn,
    Pos::Punct,
    Pos::Sconj,
    Pos::Sym,
    Pos::Verb,
    Pos::X,
];

/// The tables of a rule lemmatizer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lemmatizer {
    by_pos: HashMap<Pos, Tables>,
}

#[derive(Debug, Clone, Default)]
struct Tables {
    rules: Vec<(Box<str>, Box<str>)>,
    exceptions: HashMap<Box<str>, Vec<Box<str>>>,
    index: HashSet<Box<str>>,
}

impl Lemmatizer {
    /// Reads a pipeline's `lemmatizer/lookups/lookups.bin`, for a lemmatizer of mode `rule`.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Lemmatizer, Error> {
        let file = decode(FILE, bytes)?;
        let mut by_pos = HashMap::new();
        for pos in TABLED {
            let tables = Tables::read(&file, string_id(&pos.as_str().to_ascii_lowercase()))?;
            if !(tables.rules.is_empty() && tables.exceptions.is_empty() && tables.index.is_empty()) {
                by_pos.insert(pos, tables);
            }
        }
        Ok(Lemmatizer { by_pos })
    }

    /// The dictionary form of a word (`spacy/pipeline/lemmatizer.py`, `rule_lemmatize`).
    pub(crate) fn lemma(&self, word: &str, pos: Pos, morph: &str) -> CompactString {
        if matches!(pos, Pos::None | Pos::Space) || is_base_form(pos, morph) {
            return CompactString::from(word.to_lowercase());
        }
        match self.by_pos.get(&pos) {
            Some(tables) => tables.lemma(word),
            None if pos == Pos::Propn => CompactString::from(word),
            None => CompactString::from(word.to_lowercase()),
        }
    }
}

impl Tables {
    fn read(file: &ValueRef, pos: u64) -> Result<Tables, Error> {
        Ok(Tables {
            rules: rows(file, "lemma_rules", pos, |rows| items(rows)?.iter().map(rule).collect())?,
            exceptions: rows(file, "lemma_exc", pos, |rows| pairs(rows)?.iter().map(exception).collect())?,
            index: rows(file, "lemma_index", pos, |rows| items(rows)?.iter().map(owned).collect())?,
        })
    }

    /// The best form that the rules make: an exception, else a form in the index, else one that is no word, else
    /// any. As in spaCy, what is found later goes before what was found earlier, but among the last two kinds.
    fn lemma(&self, word: &str) -> CompactString {
        let lower = word.to_lowercase();
        let (mut forms, mut unknown) = (Vec::new(), Vec::new());
        for form in self.made_from(&lower) {
            if self.index.contains(form.as_str()) {
                forms.insert(0, form);
            } else if form.chars().all(is_alpha) {
                unknown.push(form);
            } else {
                forms.push(form);
            }
        }
        for exception in self.exceptions.get(lower.as_str()).into_iter().flatten() {
            if !forms.iter().any(|form| **form == **exception) {
                forms.insert(0, CompactString::from(&**exception));
            }
        }
        let best = forms.into_iter().chain(unknown).next();
        best.unwrap_or_else(|| CompactString::from(word))
    }

    fn made_from(&self, lower: &str) -> impl Iterator<Item = CompactString> {
        let made = self.rules.iter().filter_map(move |(old, new)| {
            let mut form = CompactString::from(lower.strip_suffix(&**old)?);
            form.push_str(new);
            Some(form)
        });
        made.filter(|form| !form.is_empty())
    }
}

/// What `read` makes of the table `name` for a part of speech, or nothing if there is no such table.
fn rows<T: Default>(
    file: &ValueRef,
    name: &str,
    pos: u64,
    read: impl Fn(&ValueRef) -> Option<T>,
) -> Result<T, Error> {
    let table = get(file, name).and_then(pairs).unwrap_or(&[]);
    match table.iter().find(|(key, _)| key.as_u64() == Some(pos)) {
        Some((_, rows)) => read(rows).ok_or_else(|| damaged(FILE, name, "a row is not made of strings")),
        None => Ok(T::default()),
    }
}

fn rule(row: &ValueRef) -> Option<(Box<str>, Box<str>)> {
    let [old, new] = items(row)? else { return None };
    Some((owned(old)?, owned(new)?))
}

fn exception((form, lemmas): &(ValueRef, ValueRef)) -> Option<(Box<str>, Vec<Box<str>>)> {
    Some((owned(form)?, items(lemmas)?.iter().map(owned).collect::<Option<_>>()?))
}

fn owned(value: &ValueRef) -> Option<Box<str>> {
    text(value).map(Box::from)
}

/// Whether a word is not inflected (`spacy/lang/en/lemmatizer.py`, `is_base_form`).
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| {
        let mut features = morph.split('|').filter_map(|feature| feature.split_once('='));
        features.find(|&(field, _)| field == name).map(|(_, value)| value)
    };
    let verb_form = feature("VerbForm");
    let is_present = verb_form == Some("Fin") && feature("Tense") == Some("Pres");
    (pos == Pos::Noun && feature("Number") == Some("Sing"))
        || (pos == Pos::Verb && is_present && feature("Number").is_none())
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmatizer() -> Lemmatizer {
        let strings = |words: &[&str]| words.iter().map(|word| Box::from(*word)).collect::<Vec<Box<str>>>();
        let noun = Tables {
            rules: vec![("s".into(), "".into()), ("ies".into(), "y".into()), ("men".into(), "man".into())],
            exceptions: [
                ("treaties".into(), strings(&["treaty"])),
                ("axes".into(), strings(&["ax", "axis"])),
            ]
            .into(),
            index: strings(&["envoy", "treaty", "party"]).into_iter().collect(),
        };
        Lemmatizer { by_pos: [(Pos::Noun, noun)].into() }
    }

    #[track_caller]
    fn check(word: &str, pos: Pos, morph: &str, expected: &str) {
        assert_eq!(lemmatizer().lemma(word, pos, morph), expected);
    }

    #[test]
    fn prefers_exceptions_then_known_forms() {
        check("Envoys", Pos::Noun, "Number=Plur", "envoy");
        check("treaties", Pos::Noun, "Number=Plur", "treaty");
        check("axes", Pos::Noun, "Number=Plur", "axis");
        check("parties", Pos::Noun, "Number=Plur", "party");
    }

    #[test]
    fn takes_what_the_rules_make_where_nothing_is_known() {
        check("Bordurians", Pos::Noun, "Number=Plur", "bordurian");
        check("1990s", Pos::Noun, "Number=Plur", "1990");
        check("Gendarmerie", Pos::Noun, "Number=Plur", "Gendarmerie");
    }

    #[test]
    fn leaves_base_forms_and_names() {
        check("News", Pos::Noun, "Number=Sing", "news");
        check("Ministers", Pos::Propn, "Number=Plur", "Ministers");
        check("Of", Pos::Adp, "", "of");
        check("Is", Pos::Aux, "VerbForm=Inf", "is");
        check("\n", Pos::Space, "", "\n");
    }
}
