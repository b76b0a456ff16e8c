//! Which components a pipeline has, and whether this engine can run them.

use crate::error::{Error, unsupported};
use crate::model_files::Config;

/// Components that read what those of a lower rank have set, so that they must come later.
const RANKS: [(&str, u8); 5] =
    [("tagger", 0), ("morphologizer", 0), ("parser", 0), ("attribute_ruler", 1), ("lemmatizer", 2)];

const TREE_LEMMATIZER: &str = "trainable_lemmatizer";

/// The components that run.
#[derive(Debug)]
pub(crate) struct Components {
    /// The pipeline's language.
    pub(crate) language: String,
    /// The name of the lemmatizer with edit trees.
    pub(crate) tree_lemmatizer: Option<String>,
    names: Vec<String>,
}

impl Components {
    /// Refuses a pipeline with parts that this engine cannot run.
    pub(crate) fn check(config: &Config) -> Result<Components, Error> {
        let language = config.string("nlp", "lang")?;
        check_tokenizer(config)?;
        let disabled = config.strings("nlp", "disabled").unwrap_or_default();
        let mut names = config.strings("nlp", "pipeline")?;
        names.retain(|name| !disabled.contains(name));
        for name in &names {
            check_component(config, name)?;
        }
        let is_tree_lemmatizer = |name: &&String| factory(config, name).is_ok_and(|f| f == TREE_LEMMATIZER);
        let tree_lemmatizer = names.iter().find(is_tree_lemmatizer).cloned();
        let components = Components { language, tree_lemmatizer, names };
        components.check_needed()?;
        components.check_order()?;
        components.check_lemmatizer(config)?;
        Ok(components)
    }

    /// Whether a component of that name runs.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    fn check_needed(&self) -> Result<(), Error> {
        for name in ["tok2vec", "parser"] {
            if !self.has(name) {
                return Err(unsupported(name, "the pipeline lacks it or has it disabled"));
            }
        }
        if self.has("tagger") || self.has("morphologizer") {
            return Ok(());
        }
        Err(unsupported("tagger", "the pipeline lacks it or has it disabled, and has no morphologizer"))
    }

    fn check_order(&self) -> Result<(), Error> {
        // A network chooses edit trees, so it matters little when.
        let ordered = self.names.iter().filter(|name| Some(*name) != self.tree_lemmatizer.as_ref());
        let ranked = ordered.filter_map(|name| RANKS.iter().find(|(other, _)| other == name));
        let ranked: Vec<_> = ranked.collect();
        match ranked.windows(2).find(|pair| pair[0].1 > pair[1].1) {
            Some(pair) => {
                Err(unsupported(pair[0].0, format!("it runs before `{}`, which it needs", pair[1].0)))
            }
            None => Ok(()),
        }
    }

    fn check_lemmatizer(&self, config: &Config) -> Result<(), Error> {
        let trees = self.tree_lemmatizer.as_deref();
        let other = self.has("lemmatizer").then_some("lemmatizer").filter(|name| Some(*name) != trees);
        if let (Some(name), Some(_)) = (trees, other) {
            return Err(unsupported(name, "the pipeline has another lemmatizer, too"));
        }
        for name in trees.into_iter().chain(other) {
            if self.has("attribute_ruler") && config.is_true(&format!("components.{name}"), "overwrite") {
                return Err(unsupported(name, "it overwrites what the attribute ruler sets"));
            }
        }
        Ok(())
    }
}

/// Refuses the tokenizers that some languages have of their own. Older configurations have a value, newer ones a
/// section.
fn check_tokenizer(config: &Config) -> Result<(), Error> {
    const USUAL: &str = "spacy.Tokenizer.v1";
    let inline = config.value("nlp", "tokenizer").ok();
    let inline = inline.and_then(|tokenizer| tokenizer.get("@tokenizers")?.as_str().map(str::to_owned));
    match inline.or_else(|| config.string("nlp.tokenizer", "@tokenizers").ok()) {
        Some(other) if other != USUAL => Err(unsupported("tokenizer", format!("it is `{other}`"))),
        _ => Ok(()),
    }
}

fn factory(config: &Config, name: &str) -> Result<String, Error> {
    config.string(&format!("components.{name}"), "factory")
}

fn check_component(config: &Config, name: &str) -> Result<(), Error> {
    let section = format!("components.{name}");
    let factory = factory(config, name)?;
    let model = format!("{section}.model");
    if factory == TREE_LEMMATIZER {
        return check_classifier(config, name, &model);
    }
    if factory != name {
        return Err(unsupported(name, format!("it is a `{factory}`")));
    }
    match name {
        "tok2vec" => check_encoder(config, name, &model),
        "tagger" | "morphologizer" => check_classifier(config, name, &model),
        "parser" => {
            check_architecture(config, name, &model, "spacy.TransitionBasedParser")?;
            check_architecture(config, name, &format!("{model}.tok2vec"), "spacy.Tok2VecListener")
        }
        "ner" => {
            check_architecture(config, name, &model, "spacy.TransitionBasedParser")?;
            let encoder = format!("{model}.tok2vec");
            let listens = architecture(config, &encoder)? == "spacy.Tok2VecListener";
            if listens { Ok(()) } else { check_encoder(config, name, &encoder) }
        }
        "lemmatizer" | "attribute_ruler" => Ok(()),
        "senter" => Err(unsupported(name, "this engine has sentences from the parser only")),
        _ => Err(unsupported(name, "this engine has no such component")),
    }
}

fn check_classifier(config: &Config, name: &str, model: &str) -> Result<(), Error> {
    check_architecture(config, name, model, "spacy.Tagger")?;
    check_architecture(config, name, &format!("{model}.tok2vec"), "spacy.Tok2VecListener")
}

fn check_encoder(config: &Config, component: &str, section: &str) -> Result<(), Error> {
    check_architecture(config, component, section, "spacy.Tok2Vec")?;
    check_architecture(config, component, &format!("{section}.embed"), "spacy.MultiHashEmbed")?;
    check_architecture(config, component, &format!("{section}.encode"), "spacy.MaxoutWindowEncoder")
}

fn check_architecture(config: &Config, component: &str, section: &str, expected: &str) -> Result<(), Error> {
    let found = architecture(config, section)?;
    if found == expected {
        return Ok(());
    }
    Err(unsupported(component, format!("its [{section}] is `{found}` instead of `{expected}`")))
}

/// The architecture of a section, without its version.
fn architecture(config: &Config, section: &str) -> Result<String, Error> {
    let name = config.string(section, "@architectures")?;
    let bare = name.rsplit_once(".v").map(|(bare, _)| bare.to_owned());
    Ok(bare.unwrap_or(name))
}
