//! What spaCy's English lemmatizer adds to the general one.

use super::Word;
use crate::annotation::Pos;

/// Whether a word is not inflected (`spacy/lang/en/lemmatizer.py`, `is_base_form`).
pub(super) fn is_base_form(word: Word) -> bool {
    let feature = |name: &str| {
        let mut features = word.morph.split('|').filter_map(|feature| feature.split_once('='));
        features.find(|&(field, _)| field == name).map(|(_, value)| value)
    };
    let verb_form = feature("VerbForm");
    let is_present = verb_form == Some("Fin") && feature("Tense") == Some("Pres");
    (word.pos == Pos::Noun && feature("Number") == Some("Sing"))
        || (word.pos == Pos::Verb && is_present && feature("Number").is_none())
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}
