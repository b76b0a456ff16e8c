//! Dictionary forms by rule, as spaCy's general lemmatizer finds them.

use std::collections::HashMap;

use compact_str::CompactString;

use super::tables::{TableFile, Tables};
use super::{Word, lower};
use crate::annotation::Pos;
use crate::error::Error;
use crate::unicode::is_alpha;

/// The tables of a rule lemmatizer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    by_pos: HashMap<Pos, Tables>,
}

impl Rules {
    pub(super) fn read(file: &TableFile) -> Result<Rules, Error> {
        let mut by_pos = HashMap::new();
        for pos in Pos::ALL {
            let tables = file.of(&pos.as_str().to_ascii_lowercase())?;
            if !tables.is_empty() {
                by_pos.insert(pos, tables);
            }
        }
        Ok(Rules { by_pos })
    }

    /// The dictionary form of a word (`spacy/pipeline/lemmatizer.py`, `rule_lemmatize`).
    pub(super) fn lemma(&self, word: Word) -> CompactString {
        match self.by_pos.get(&word.pos) {
            _ if matches!(word.pos, Pos::None | Pos::Space) => lower(word.text),
            Some(tables) => tables.lemma(word.text),
            None if word.pos == Pos::Propn => CompactString::from(word.text),
            None => lower(word.text),
        }
    }
}

impl Tables {
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

    /// What the rules make of a word, in order.
    pub(super) fn made_from(&self, lower: &str) -> impl Iterator<Item = CompactString> {
        let made = self.rules.iter().filter_map(move |(old, new)| {
            let mut form = CompactString::from(lower.strip_suffix(&**old)?);
            form.push_str(new);
            Some(form)
        });
        made.filter(|form| !form.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lemmatizer;
    use super::*;

    fn rules() -> Rules {
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
        Rules { by_pos: [(Pos::Noun, noun)].into() }
    }

    #[track_caller]
    fn check(word: &str, pos: Pos, morph: &str, expected: &str) {
        let word = Word { text: word, pos, morph, begins_sentence: false, tree: 0 };
        assert_eq!(Lemmatizer::English(rules()).lemma(word), expected);
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
