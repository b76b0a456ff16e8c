//! What classifiers say of each token: its tag, its part of speech with its morphology, its edit tree.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::annotation::Pos;
use crate::classifier::Classifier;
use crate::error::{Error, damaged, unsupported};
use crate::kernel::{Buffer, InstructionSet};
use crate::labels::label;
use crate::model_files::ModelFiles;
use crate::strings::string_id;

/// What the classifiers say of a token, as numbers of their labels, and whether it begins a sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Number of the tag; 0 where there is no tagger.
    pub(crate) tag: u16,
    /// Number of part of speech and morphology; 0 where there is no morphologizer.
    pub(crate) morph: u16,
    /// Number of the edit tree; 0 where the lemmatizer has none.
    pub(crate) tree: u16,
    /// Whether the token begins a sentence, as far as that is asked.
    pub(crate) begins_sentence: bool,
}

impl Reading {
    /// All of it in one number.
    pub(crate) fn key(self) -> u64 {
        let labels = [self.tag, self.morph, self.tree, u16::from(self.begins_sentence)];
        labels.into_iter().fold(0, |key, label| key << 16 | u64::from(label))
    }

    /// The same without what rules of the attribute ruler cannot see.
    pub(crate) fn without_lemma(self) -> Reading {
        Reading { tree: 0, begins_sentence: false, ..self }
    }
}

/// The classifiers of a pipeline. It has a tagger or a morphologizer or both.
#[derive(Debug)]
pub(crate) struct Classifiers {
    /// Fine-grained tags (spaCy's `Tagger`).
    pub(crate) tagger: Option<Tagger>,
    /// Parts of speech with morphology (spaCy's `Morphologizer`).
    pub(crate) morphologizer: Option<Morphologizer>,
    /// The edit trees of a trained lemmatizer.
    pub(crate) trees: Option<Classifier>,
}

impl Classifiers {
    /// Reads the tokens whose vectors are the rows of `x`.
    pub(crate) fn read(&self, x: &[f32], readings: &mut [Reading], scratch: &mut Buffer) {
        if let Some(tagger) = &self.tagger {
            fill(&tagger.classifier, x, readings, scratch, |reading, class| reading.tag = class);
        }
        if let Some(morphologizer) = &self.morphologizer {
            fill(&morphologizer.classifier, x, readings, scratch, |reading, class| reading.morph = class);
        }
        if let Some(trees) = &self.trees {
            fill(trees, x, readings, scratch, |reading, class| reading.tree = class);
        }
    }

    /// The tag of a token; empty where there is no tagger.
    pub(crate) fn tag(&self, reading: Reading) -> &'static str {
        self.tagger.as_ref().map_or("", |tagger| tagger.tags[usize::from(reading.tag)])
    }

    /// Part of speech and morphology of a token; none where there is no morphologizer.
    pub(crate) fn morph(&self, reading: Reading) -> (Pos, &'static str) {
        let labels = self.morphologizer.as_ref().map(|morphologizer| &morphologizer.labels);
        labels.map_or((Pos::None, ""), |labels| labels[usize::from(reading.morph)])
    }
}

fn fill(
    classifier: &Classifier,
    x: &[f32],
    readings: &mut [Reading],
    scratch: &mut Buffer,
    set: impl Fn(&mut Reading, u16),
) {
    let count = readings.len();
    let mut readings = readings.iter_mut();
    classifier.classify(x, count, scratch, |class| {
        if let Some(reading) = readings.next() {
            set(reading, class);
        }
    });
}

/// Gives each token a tag.
#[derive(Debug)]
pub(crate) struct Tagger {
    classifier: Classifier,
    tags: Vec<&'static str>,
}

impl Tagger {
    /// Reads the tagger, which gets vectors of `width` numbers.
    pub(crate) fn load(set: InstructionSet, files: &ModelFiles, width: usize) -> Result<Tagger, Error> {
        let settings = files.json("tagger/cfg")?;
        let labels = settings.get("labels").and_then(|labels| labels.as_array());
        let tags: Option<Vec<_>> =
            labels.and_then(|labels| labels.iter().map(|tag| tag.as_str().map(label)).collect());
        let tags = tags.filter(|tags| !tags.is_empty());
        let tags = tags.ok_or_else(|| damaged("tagger/cfg", "labels", "it is not a list of tags"))?;
        Ok(Tagger { classifier: Classifier::load(set, files, "tagger", width, tags.len())?, tags })
    }
}

/// Gives each token a part of speech and its morphology.
#[derive(Debug)]
pub(crate) struct Morphologizer {
    classifier: Classifier,
    labels: Vec<(Pos, &'static str)>,
}

const MORPHOLOGIZER: &str = "morphologizer/cfg";

/// `morphologizer/cfg`: what each class stands for. The classes are in the order of the first map.
#[derive(Deserialize)]
struct MorphologizerLabels {
    labels_morph: Pairs<String>,
    labels_pos: Pairs<u64>,
}

impl Morphologizer {
    /// Reads the morphologizer, which gets vectors of `width` numbers.
    pub(crate) fn load(
        set: InstructionSet,
        files: &ModelFiles,
        width: usize,
    ) -> Result<Morphologizer, Error> {
        let labels = morph_labels(&files.read(MORPHOLOGIZER)?)?;
        let classifier = Classifier::load(set, files, "morphologizer", width, labels.len())?;
        Ok(Morphologizer { classifier, labels })
    }
}

fn morph_labels(bytes: &[u8]) -> Result<Vec<(Pos, &'static str)>, Error> {
    let labels: MorphologizerLabels =
        serde_json::from_slice(bytes).map_err(|error| damaged(MORPHOLOGIZER, "its labels", error))?;
    if labels.labels_morph.0.is_empty() {
        return Err(damaged(MORPHOLOGIZER, "labels_morph", "it is empty"));
    }
    let numbers = labels.labels_pos.0;
    let pos =
        |name: &String| numbers.iter().find(|(other, _)| other == name).map_or(0, |&(_, number)| number);
    labels.labels_morph.0.iter().map(|(name, morph)| Ok((numbered(pos(name))?, label(morph)))).collect()
}

/// The part of speech that spaCy knows by that number.
fn numbered(number: u64) -> Result<Pos, Error> {
    let found = Pos::ALL.into_iter().find(|pos| string_id(pos.as_str()) == number);
    found.ok_or_else(|| unsupported("morphologizer", format!("it sets part of speech number {number}")))
}

/// The pairs of a JSON object, in order.
struct Pairs<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(Vec::new()))
    }
}

struct PairsVisitor<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
    type Value = Pairs<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Pairs<T>, A::Error> {
        while let Some(pair) = map.next_entry()? {
            self.0.push(pair);
        }
        Ok(Pairs(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_a_morphologizer_go_by_the_order_of_its_file() {
        let labels = br#"{"extend": false,
            "labels_morph": {"POS=VERB|VerbForm=Inf": "VerbForm=Inf", "POS=ADP": "", "Foreign=Yes": "Foreign=Yes"},
            "labels_pos": {"POS=ADP": 85, "POS=VERB|VerbForm=Inf": 100}}"#;
        let expected = [(Pos::Verb, "VerbForm=Inf"), (Pos::Adp, ""), (Pos::None, "Foreign=Yes")];
        assert_eq!(morph_labels(labels).unwrap(), expected);
        let unknown = br#"{"labels_morph": {"a": ""}, "labels_pos": {"a": 102}}"#;
        assert!(morph_labels(unknown).unwrap_err().to_string().contains("number 102"));
    }

    #[test]
    fn readings_that_differ_have_different_keys() {
        let reading = Reading { tag: 3, morph: 700, tree: 9, begins_sentence: true };
        let others = [
            Reading { tag: 4, ..reading },
            Reading { morph: 0, ..reading },
            Reading { tree: 3, ..reading },
            Reading { begins_sentence: false, ..reading },
        ];
        assert!(others.iter().all(|other| other.key() != reading.key()));
    }
}
