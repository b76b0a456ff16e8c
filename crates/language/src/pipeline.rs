//! A whole pipeline: from text to tokens, tags, trees, entities and dictionary forms.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use compact_str::CompactString;

use crate::annotation::{Annotation, Entity, Token};
use crate::attribute_ruler::AttributeRuler;
use crate::classifier::Classifier;
use crate::components::Components;
use crate::error::{Error, unsupported};
use crate::kernel::{Buffer, InstructionSet};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{LexemeId, Norms, Vocabulary};
use crate::model_files::{Config, ModelFiles, NetworkFile};
use crate::ner::EntityRecognizer;
use crate::network::{Cache, Encoder, Features, Layout, Scratch, Vectors, key};
use crate::parser::{Parser, State, Tree};
use crate::reading::{Classifiers, Morphologizer, Reading, Tagger};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::word_forms::WordForms;

/// Tokens that are worked on together, at least: enough to keep the weights of a layer busy, few enough for
/// the rows to stay in the cache of one core.
const TOKENS_TOGETHER: usize = 1024;

/// A spaCy pipeline, ready to annotate texts.
///
/// Loading reads everything that is needed; annotating never fails and does no input or output. The same text
/// gets the same annotation whatever texts come with it or before it, and in whatever thread. A pipeline can
/// be shared by threads; a [`Worker`] for each keeps them out of each other's way.
#[derive(Debug)]
pub struct Pipeline {
    language: String,
    tokenizer: Tokenizer,
    norms: Arc<Norms>,
    encoder: Encoder,
    classifiers: Classifiers,
    parser: Parser,
    entities: Option<Entities>,
    forms: WordForms,
    /// What finished calls of [`Pipeline::annotate`] leave for the next ones.
    idle: Mutex<Vec<Memory>>,
}

#[derive(Debug)]
struct Entities {
    /// None where the recogniser listens to the pipeline's shared encoder.
    encoder: Option<Encoder>,
    recognizer: EntityRecognizer,
}

/// Annotates texts in one thread. It remembers the words that it has met, which makes it faster and never
/// changes a result; its memory is bounded.
#[derive(Debug)]
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    memory: Memory,
}

/// What a worker keeps: word types, their vectors, and room for intermediate results.
#[derive(Debug)]
struct Memory {
    vocabulary: Vocabulary,
    cache: Cache,
    entity_cache: Cache,
    scratch: Scratch,
    layout: Layout,
    class_scores: Buffer,
    readings: Vec<Reading>,
    state: State,
    features: Features,
    raw: Vec<RawToken>,
}

impl Pipeline {
    /// Loads a pipeline from its folder, from the package around that folder, or from its wheel.
    ///
    /// # Errors
    /// Where a file cannot be read or is damaged, and where a component of the pipeline is one that this engine
    /// cannot run. The engine runs spaCy's pipelines for CPUs with hash embeddings (and word vectors) and window
    /// encoders: `tok2vec`, `parser`, `tagger` or `morphologizer` or both, `attribute_ruler`, `lemmatizer` (by
    /// lookup, or by rules, where the language has none of its own or is English, Spanish or French),
    /// `trainable_lemmatizer` and `ner`.
    pub fn load(path: &Path) -> Result<Pipeline, Error> {
        let files = ModelFiles::open(path)?;
        let config = files.config()?;
        let components = Components::check(&config)?;
        let set = InstructionSet::best();
        let vectors = load_vectors(&files, &config)?;
        let encoder = {
            let bytes = files.read("tok2vec/model")?;
            Encoder::load(set, "tok2vec", &NetworkFile::parse("tok2vec/model", &bytes)?, vectors.as_ref())?
        };
        let width = encoder.width();
        let (forms, trees) = load_forms(set, &files, &config, &components, width)?;
        let has = |name: &str| components.has(name);
        Ok(Pipeline {
            tokenizer: Tokenizer::from_bytes(&files.read("tokenizer")?)?,
            norms: Arc::new(Norms::from_bytes(&files.read("vocab/lookups.bin")?)?),
            classifiers: Classifiers {
                tagger: has("tagger").then(|| Tagger::load(set, &files, width)).transpose()?,
                morphologizer: has("morphologizer")
                    .then(|| Morphologizer::load(set, &files, width))
                    .transpose()?,
                trees,
            },
            parser: Parser::load(set, &files, &config, width)?,
            entities: has("ner").then(|| Entities::load(set, &files, vectors.as_ref(), width)).transpose()?,
            forms,
            encoder,
            language: components.language,
            idle: Mutex::default(),
        })
    }

    /// The language that the pipeline is for, as spaCy's code has it: `en`, for instance.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Annotates texts, one after the other, in this thread. Each is shorter than 4 GiB.
    pub fn annotate(&self, texts: &[&str]) -> Vec<Annotation> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = idle().pop().unwrap_or_else(|| Memory::new(self));
        let mut worker = Worker { pipeline: self, memory };
        let annotations = worker.annotate(texts);
        idle().push(worker.memory);
        annotations
    }

    /// A worker, to keep for as long as a thread has texts to annotate.
    pub fn worker(&self) -> Worker<'_> {
        Worker { pipeline: self, memory: Memory::new(self) }
    }

    fn padding(&self) -> usize {
        let own = self.entities.as_ref().and_then(|entities| entities.encoder.as_ref());
        self.encoder.padding().max(own.map_or(0, Encoder::padding))
    }
}

impl Entities {
    fn load(
        set: InstructionSet,
        files: &ModelFiles,
        vectors: Option<&Arc<Vectors>>,
        width: usize,
    ) -> Result<Entities, Error> {
        let bytes = files.read("ner/model")?;
        let file = NetworkFile::parse("ner/model", &bytes)?;
        let has_own = file.count("expand_window") > 0;
        let encoder = if has_own { Some(Encoder::load(set, "ner", &file, vectors)?) } else { None };
        let width = encoder.as_ref().map_or(width, Encoder::width);
        Ok(Entities { recognizer: EntityRecognizer::load(set, files, &file, width)?, encoder })
    }
}

impl Memory {
    fn new(pipeline: &Pipeline) -> Memory {
        Memory {
            vocabulary: Vocabulary::new(Arc::clone(&pipeline.norms)),
            cache: Cache::default(),
            entity_cache: Cache::default(),
            scratch: Scratch::default(),
            layout: Layout::default(),
            class_scores: Buffer::default(),
            readings: Vec::new(),
            state: State::default(),
            features: Features::default(),
            raw: Vec::new(),
        }
    }
}

impl Worker<'_> {
    /// Annotates texts, one after the other. Each is shorter than 4 GiB.
    pub fn annotate(&mut self, texts: &[&str]) -> Vec<Annotation> {
        let mut annotations = Vec::with_capacity(texts.len());
        let mut rest = texts.iter();
        while rest.len() > 0 {
            if self.memory.vocabulary.forget_if_large() {
                self.memory.cache.clear();
                self.memory.entity_cache.clear();
            }
            self.memory.raw.clear();
            let mut ranges = Vec::new();
            while self.memory.raw.len() < TOKENS_TOGETHER {
                let Some(text) = rest.next() else { break };
                let first = self.memory.raw.len();
                self.pipeline.tokenizer.tokenize(text, &mut self.memory.vocabulary, &mut self.memory.raw);
                ranges.push(first..self.memory.raw.len());
            }
            self.annotate_together(&ranges, &mut annotations);
        }
        annotations
    }

    /// Annotates the texts whose tokens have been cut, and appends what comes out.
    fn annotate_together(&mut self, texts: &[Range<usize>], annotations: &mut Vec<Annotation>) {
        let Worker { pipeline, memory } = self;
        let padding = pipeline.padding();
        memory.layout.clear();
        for text in texts {
            let keys = memory.raw[text.clone()].iter().map(|token| key(token.lexeme, token.space_after));
            memory.layout.push(padding, keys);
        }
        memory.layout.finish(padding);
        let is_space: Vec<bool> =
            memory.raw.iter().map(|token| memory.vocabulary.lexeme(token.lexeme).is_space).collect();

        let Memory { vocabulary, cache, entity_cache, scratch, layout, .. } = memory;
        let x = pipeline.encoder.encode(vocabulary, &layout.keys, cache, scratch);
        let width = pipeline.encoder.width();
        let mut trees = Vec::with_capacity(texts.len());
        let sees_sentences = pipeline.forms.sees_sentences();
        memory.readings.clear();
        memory.readings.resize(memory.raw.len(), Reading::default());
        for (text, &start) in texts.iter().zip(&layout.starts) {
            let rows = &x[start * width..];
            let readings = &mut memory.readings[text.clone()];
            pipeline.classifiers.read(rows, readings, &mut memory.class_scores);
            let is_space = &is_space[text.clone()];
            let tree = pipeline.parser.parse(rows, is_space, &mut memory.features, &mut memory.state);
            if sees_sentences {
                let begins = readings.iter_mut().zip(&tree.starts);
                begins.for_each(|(reading, &begins)| reading.begins_sentence = begins);
            }
            trees.push(tree);
        }
        let mut entities = vec![Vec::new(); texts.len()];
        if let Some(Entities { encoder, recognizer }) = &pipeline.entities {
            let (y, width) = match encoder {
                Some(own) => (own.encode(vocabulary, &layout.keys, entity_cache, scratch), own.width()),
                None => (x, width),
            };
            for (i, (text, &start)) in texts.iter().zip(&layout.starts).enumerate() {
                let (rows, is_space) = (&y[start * width..], &is_space[text.clone()]);
                entities[i] = recognizer.find(rows, is_space, &trees[i].starts, &mut memory.features);
            }
        }
        for ((text, tree), entities) in texts.iter().zip(&trees).zip(entities) {
            let raw = &memory.raw[text.clone()];
            annotations.push(assemble(
                pipeline,
                raw,
                &memory.readings[text.clone()],
                tree,
                entities,
                &mut memory.vocabulary,
            ));
        }
    }
}

fn assemble(
    pipeline: &Pipeline,
    raw: &[RawToken],
    readings: &[Reading],
    tree: &Tree,
    entities: Vec<Entity>,
    vocabulary: &mut Vocabulary,
) -> Annotation {
    let token = |(i, raw): (usize, &RawToken)| {
        let (pos, morph) = pipeline.classifiers.morph(readings[i]);
        Token {
            start: raw.start,
            end: raw.end,
            space_after: raw.space_after,
            pos,
            tag: pipeline.classifiers.tag(readings[i]),
            morph,
            lemma: CompactString::const_new(""),
            head: tree.heads[i],
            dep: pipeline.parser.label(tree.labels[i]),
        }
    };
    let mut tokens: Vec<Token> = raw.iter().enumerate().map(token).collect();
    let lexemes: Vec<LexemeId> = raw.iter().map(|token| token.lexeme).collect();
    pipeline.forms.set(&lexemes, readings, vocabulary, &mut tokens);
    Annotation { tokens, sentences: sentences(&tree.starts), entities }
}

fn sentences(starts: &[bool]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut first = 0;
    for end in 1..=starts.len() {
        if end == starts.len() || starts[end] {
            sentences.push(first..end);
            first = end;
        }
    }
    sentences
}

fn load_vectors(files: &ModelFiles, config: &Config) -> Result<Option<Arc<Vectors>>, Error> {
    let uses = |section: &str| config.is_true(&format!("{section}.embed"), "include_static_vectors");
    if !uses("components.tok2vec.model") && !uses("components.ner.model.tok2vec") {
        return Ok(None);
    }
    // Pipelines before spaCy 3.2 have vectors of one kind only, and no file that says so.
    if files.has("vocab/vectors.cfg") {
        let settings = files.json("vocab/vectors.cfg")?;
        let mode = settings.get("mode").and_then(|mode| mode.as_str()).unwrap_or("default");
        if mode != "default" {
            return Err(unsupported("vectors", format!("they are of the kind `{mode}`")));
        }
    }
    Ok(Some(Arc::new(Vectors::load(files)?)))
}

/// What sets word forms, and the network that chooses edit trees where a lemmatizer has them.
fn load_forms(
    set: InstructionSet,
    files: &ModelFiles,
    config: &Config,
    components: &Components,
    width: usize,
) -> Result<(WordForms, Option<Classifier>), Error> {
    let ruler = match components.has("attribute_ruler") {
        true => AttributeRuler::from_bytes(&files.read("attribute_ruler/patterns")?)?,
        false => AttributeRuler::default(),
    };
    if let Some(name) = &components.tree_lemmatizer {
        let (lemmatizer, classes) = Lemmatizer::load_trees(files, config, name)?;
        let classifier = Classifier::load(set, files, name, width, classes)?;
        return Ok((WordForms::new(ruler, lemmatizer), Some(classifier)));
    }
    let lemmatizer = match components.has("lemmatizer") {
        true => Lemmatizer::load(files, config, &components.language)?,
        false => Lemmatizer::default(),
    };
    Ok((WordForms::new(ruler, lemmatizer), None))
}
