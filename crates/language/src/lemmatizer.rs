//! Dictionary forms, as the lemmatizers of spaCy's pipelines find them.

mod edit_trees;
mod english;
mod french;
mod rules;
mod spanish;
mod tables;

use compact_str::CompactString;

use crate::annotation::Pos;
use crate::error::{Error, unsupported};
use crate::model_files::{Config, ModelFiles};
use edit_trees::EditTrees;
use french::French;
use rules::Rules;
use spanish::Spanish;
use tables::{Lookup, TableFile};

/// Languages for which spaCy has a lemmatizer of its own that this engine does not know; those of all other
/// languages are spaCy's general one.
const OTHER_LEMMATIZERS: [&str; 9] = ["ca", "el", "ga", "it", "mk", "nl", "pl", "ru", "uk"];

/// A word as a lemmatizer sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<'w> {
    /// Its text.
    pub(crate) text: &'w str,
    /// Its part of speech.
    pub(crate) pos: Pos,
    /// Its morphology.
    pub(crate) morph: &'w str,
    /// Whether it begins a sentence; asked only where [`Lemmatizer::sees_sentences`].
    pub(crate) begins_sentence: bool,
    /// Number of its edit tree.
    pub(crate) tree: u16,
}

/// Finds dictionary forms.
#[derive(Debug, Clone)]
pub(crate) enum Lemmatizer {
    /// By rules, as spaCy does for most languages.
    General(Rules),
    /// By the same rules, where a word is inflected.
    English(Rules),
    /// By the rules for Spanish.
    Spanish(Box<Spanish>),
    /// By the rules for French.
    French(Box<French>),
    /// By a table from forms to lemmas.
    Lookup(Lookup),
    /// By edit trees.
    Trees(EditTrees),
}

impl Default for Lemmatizer {
    fn default() -> Lemmatizer {
        Lemmatizer::General(Rules::default())
    }
}

impl Lemmatizer {
    /// Reads a pipeline's `lemmatizer`, which has a mode and, for some languages, rules of their own.
    ///
    /// # Errors
    /// Where a file is damaged, or the mode or the language is one that this engine does not know.
    pub(crate) fn load(files: &ModelFiles, config: &Config, language: &str) -> Result<Lemmatizer, Error> {
        let bytes = files.read(tables::FILE)?;
        let tables = TableFile::parse(&bytes)?;
        match config.string("components.lemmatizer", "mode")?.as_str() {
            "lookup" => Ok(Lemmatizer::Lookup(tables.lookup()?)),
            "rule" if OTHER_LEMMATIZERS.contains(&language) => {
                Err(unsupported("lemmatizer", format!("its rules are those for the language `{language}`")))
            }
            "rule" => match language {
                "en" => Ok(Lemmatizer::English(Rules::read(&tables)?)),
                "es" => Ok(Lemmatizer::Spanish(Box::new(Spanish::read(&tables)?))),
                "fr" => Ok(Lemmatizer::French(Box::new(French::read(&tables)?))),
                _ => Ok(Lemmatizer::General(Rules::read(&tables)?)),
            },
            mode => Err(unsupported("lemmatizer", format!("its mode is `{mode}`"))),
        }
    }

    /// Reads the edit trees of the component of that name, and says how many classes its network has.
    ///
    /// # Errors
    /// Where a file is damaged, or a setting is one that this engine does not know.
    pub(crate) fn load_trees(
        files: &ModelFiles,
        config: &Config,
        component: &str,
    ) -> Result<(Lemmatizer, usize), Error> {
        let trees = EditTrees::load(files, config, component)?;
        let classes = trees.classes();
        Ok((Lemmatizer::Trees(trees), classes))
    }

    /// Whether a word's form may depend on whether it begins a sentence.
    pub(crate) fn sees_sentences(&self) -> bool {
        matches!(self, Lemmatizer::Spanish(_))
    }

    /// The dictionary form of a word.
    pub(crate) fn lemma(&self, word: Word) -> CompactString {
        match self {
            Lemmatizer::General(rules) => rules.lemma(word),
            Lemmatizer::English(_) if english::is_base_form(word) => lower(word.text),
            Lemmatizer::English(rules) => rules.lemma(word),
            Lemmatizer::Spanish(rules) => rules.lemma(word),
            Lemmatizer::French(rules) => rules.lemma(word),
            Lemmatizer::Lookup(table) => table.get(word.text).into(),
            Lemmatizer::Trees(trees) => trees.lemma(word),
        }
    }
}

fn lower(text: &str) -> CompactString {
    CompactString::from(text.to_lowercase())
}
