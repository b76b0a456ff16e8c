//! The glue to the language engine and the coder: documents in batches to parses and coded documents.

use std::path::Path;
use std::thread;

use anyhow::{Context, bail};
use chancery_coder::traced::{Tried, Unnamed};
use chancery_coder::{Coded, Coder, Prepared};
use chancery_language::{Annotation, Pipeline, Worker};
use chancery_record::{Annotated, Mention, Relation};
use chancery_text::Document;
use chancery_writer::parsed;

use crate::args::Global;
use crate::batch::Skip;
use crate::languages::{called, position};
use crate::tally::{Clock, Stage};
use crate::{rules, world};

/// The pipelines, one for each language; documents of no known language go to the first.
pub struct Engines {
    pipelines: Vec<Pipeline>,
    languages: Vec<String>,
}

/// What one thread works with: a worker for each pipeline.
pub struct Workers<'e> {
    engines: &'e Engines,
    workers: Vec<Worker<'e>>,
}

/// The coders, one for each language that rules serve.
pub struct Coders<'w>(Vec<Coder<'w>>);

impl Engines {
    /// Loads the models that were asked for, or the one that is found or fetched.
    pub fn load(global: &Global) -> anyhow::Result<Engines> {
        let asked: Vec<Option<&Path>> = match &global.model[..] {
            [] => vec![None],
            models => models.iter().map(|model| Some(model.as_path())).collect(),
        };
        let pipelines = asked.into_iter().map(pipeline).collect::<anyhow::Result<Vec<Pipeline>>>()?;
        let languages: Vec<String> = pipelines.iter().map(|p| p.language().to_owned()).collect();
        if let Some(twice) =
            languages.iter().enumerate().find(|(i, language)| languages[..*i].contains(language))
        {
            bail!("two models are for {}: name one for each language", called(twice.1));
        }
        Ok(Engines { pipelines, languages })
    }

    /// The languages of the pipelines, in order.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The pipeline for a language.
    pub fn of_language(&self, language: &str) -> Option<&Pipeline> {
        self.pipelines.iter().find(|pipeline| pipeline.language() == language)
    }

    /// Workers for one thread.
    pub fn workers(&self) -> Workers<'_> {
        Workers { engines: self, workers: self.pipelines.iter().map(Pipeline::worker).collect() }
    }

    /// Which pipeline a document goes to.
    fn place(&self, document: &Document) -> usize {
        document.lang.as_deref().and_then(|lang| position(&self.languages, lang)).unwrap_or(0)
    }

    /// The language of the pipeline that a document goes to.
    fn language(&self, document: &Document) -> &str {
        &self.languages[self.place(document)]
    }
}

fn pipeline(model: Option<&Path>) -> anyhow::Result<Pipeline> {
    let folder = chancery_model::ready(model)?;
    Pipeline::load(&folder).with_context(|| format!("the model in {} cannot be used", folder.display()))
}

impl Workers<'_> {
    /// The engine's reading of the texts of each document, by the pipeline for its language.
    fn annotate(&mut self, documents: &[Document], texts: &[Vec<&str>]) -> Vec<Vec<Annotation>> {
        let places: Vec<usize> = documents.iter().map(|document| self.engines.place(document)).collect();
        let mut annotations = vec![Vec::new(); documents.len()];
        for (place, worker) in self.workers.iter_mut().enumerate() {
            let own: Vec<usize> = (0..documents.len()).filter(|&i| places[i] == place).collect();
            let together: Vec<&str> = own.iter().flat_map(|&i| texts[i].iter().copied()).collect();
            let mut parts = worker.annotate(&together).into_iter();
            own.iter().for_each(|&i| annotations[i] = parts.by_ref().take(texts[i].len()).collect());
        }
        annotations
    }
}

impl<'w> Coders<'w> {
    /// The languages that rules serve.
    pub fn languages(&self) -> Vec<String> {
        self.0.iter().map(|coder| coder.language().to_owned()).collect()
    }

    /// The coder for a language, if rules serve it.
    pub fn of_language(&self, language: &str) -> Option<&Coder<'w>> {
        self.0.iter().find(|coder| coder.language() == language)
    }
}

/// Loads engines and coders side by side.
pub fn engines_and_coders(global: &Global) -> anyhow::Result<(Engines, Coders<'static>)> {
    let world = world::load(&global.world)?;
    thread::scope(|scope| {
        let coders = scope.spawn(|| {
            let lexicons = rules::load(global.rules.as_deref())?.into_iter();
            anyhow::Ok(Coders(lexicons.map(|lexicon| Coder::with_rules(world, lexicon)).collect()))
        });
        let engines = Engines::load(global)?;
        let coders = coders.join().map_err(|_| anyhow::anyhow!("the rules cannot be read"))??;
        Ok((engines, coders))
    })
}

/// Loads the first engine that is for a language which rules serve, and the coder for it.
pub fn engine_and_coder(global: &Global) -> anyhow::Result<(Engines, Coder<'static>)> {
    let (engines, Coders(mut coders)) = engines_and_coders(global)?;
    let served: Vec<String> = coders.iter().map(|coder| called(coder.language())).collect();
    for pipeline in engines.pipelines {
        if let Some(place) = coders.iter().position(|coder| coder.language() == pipeline.language()) {
            let languages = vec![pipeline.language().to_owned()];
            return Ok((Engines { pipelines: vec![pipeline], languages }, coders.swap_remove(place)));
        }
    }
    bail!("no rules serve the language of the model: name one for {}", served.join(" or "))
}

/// The engine's reading of each document's text as it is.
pub fn parse(workers: &mut Workers, clock: &Clock, documents: &[Document]) -> Vec<Annotation> {
    let texts: Vec<Vec<&str>> = documents.iter().map(|document| vec![document.text.as_str()]).collect();
    clock.time(Stage::Engine, || workers.annotate(documents, &texts).concat())
}

/// Each document, coded by the rules for its language. A document that no rules serve is not to come here.
pub fn code(workers: &mut Workers, coders: &Coders, clock: &Clock, documents: &[Document]) -> Vec<Coded> {
    let engines = workers.engines;
    prepared(workers, clock, documents, |document, prepared, parts| {
        let coder = coders.of_language(engines.language(document)).unwrap_or(&coders.0[0]);
        coder.code(document, prepared, parts)
    })
}

/// Each document with its layers; one that no rules serve has those of the engine only, and says so.
pub fn annotate(
    workers: &mut Workers,
    coders: &Coders,
    clock: &Clock,
    documents: &[Document],
) -> Vec<Annotated> {
    let engines = workers.engines;
    let is_served = |document: &Document| coders.of_language(engines.language(document)).is_some();
    let alike = documents.chunk_by(|a, b| is_served(a) == is_served(b));
    let annotated = alike.flat_map(|documents| match is_served(&documents[0]) {
        true => code(workers, coders, clock, documents).into_iter().map(|coded| coded.annotated).collect(),
        false => parsed_only(workers, clock, documents),
    });
    annotated.collect()
}

fn parsed_only(workers: &mut Workers, clock: &Clock, documents: &[Document]) -> Vec<Annotated> {
    let parses = parse(workers, clock, documents);
    let record = |(document, parse): (&Document, &Annotation)| Annotated {
        duplicate_of: document.duplicate_of.clone(),
        skipped: Some(Skip::NoRules(workers.engines.language(document).to_owned()).to_string()),
        actors: Some(Vec::new()),
        places: Some(Vec::new()),
        times: Some(Vec::new()),
        quotes: Some(Vec::new()),
        events: Some(Vec::new()),
        ..parsed(document, parse)
    };
    documents.iter().zip(&parses).map(record).collect()
}

/// Each document, coded by one coder.
pub fn code_with(workers: &mut Workers, coder: &Coder, clock: &Clock, documents: &[Document]) -> Vec<Coded> {
    prepared(workers, clock, documents, |document, prepared, parts| coder.code(document, prepared, parts))
}

/// Each document as a mention of one actor.
pub fn mentions(workers: &mut Workers, coder: &Coder, clock: &Clock, documents: &[Document]) -> Vec<Mention> {
    prepared(workers, clock, documents, |document, prepared, parts| coder.mention(document, prepared, parts))
}

/// Each document's layers, and the verbs between known actors in it that no rule has.
pub fn code_and_unnamed(
    workers: &mut Workers,
    coder: &Coder,
    clock: &Clock,
    documents: &[Document],
) -> Vec<(Annotated, Vec<Unnamed>)> {
    prepared(workers, clock, documents, |document, prepared, parts| {
        (coder.code(document, prepared, parts).annotated, coder.unnamed(document, prepared, parts))
    })
}

/// What each document's pair does.
pub fn relations(
    workers: &mut Workers,
    coder: &Coder,
    clock: &Clock,
    documents: &[Document],
) -> Vec<Relation> {
    prepared(workers, clock, documents, |document, prepared, parts| coder.relation(document, prepared, parts))
}

/// What is tried on a document: see [`Coder::tried`].
pub fn tried(workers: &mut Workers, coder: &Coder, clock: &Clock, document: &Document) -> Vec<Tried> {
    let documents = std::slice::from_ref(document);
    prepared(workers, clock, documents, |d, prepared, parts| coder.tried(d, prepared, parts)).remove(0)
}

/// What `each` makes of every document, its layout and the engine's reading of it.
fn prepared<T>(
    workers: &mut Workers,
    clock: &Clock,
    documents: &[Document],
    each: impl Fn(&Document, &Prepared, &[Annotation]) -> T,
) -> Vec<T> {
    let layout = || documents.iter().map(|document| Prepared::new(&document.text)).collect();
    let prepared: Vec<Prepared> = clock.time(Stage::Code, layout);
    let texts: Vec<Vec<&str>> = prepared.iter().map(Prepared::texts).collect();
    let parts = clock.time(Stage::Engine, || workers.annotate(documents, &texts));
    let made = |((document, prepared), parts): ((&Document, &Prepared), &Vec<Annotation>)| {
        clock.time(Stage::Code, || each(document, prepared, parts))
    };
    documents.iter().zip(&prepared).zip(&parts).map(made).collect()
}
