//! The glue to the language engine and the coder: documents in batches to parses and coded documents.

use std::path::Path;
use std::thread;

use anyhow::Context;
use chancery_coder::traced::Unnamed;
use chancery_coder::{Coded, Coder, Prepared};
use chancery_language::{Annotation, Pipeline, Worker};
use chancery_record::{Annotated, Mention, Relation};
use chancery_text::Document;

use crate::args::Global;
use crate::tally::{Clock, Stage};
use crate::{rules, world};

/// Loads the language engine from the model that was asked for, or that is found or fetched.
pub fn engine(model: Option<&Path>) -> anyhow::Result<Pipeline> {
    let folder = chancery_model::ready(model)?;
    Pipeline::load(&folder).with_context(|| format!("the model in {} cannot be used", folder.display()))
}

/// Loads engine and coder side by side.
pub fn engine_and_coder(global: &Global) -> anyhow::Result<(Pipeline, Coder<'static>)> {
    let world = world::load(&global.world)?;
    thread::scope(|scope| {
        let coder =
            scope.spawn(|| anyhow::Ok(Coder::with_rules(world, rules::load(global.rules.as_deref())?)));
        let engine = engine(global.model.as_deref())?;
        let coder = coder.join().map_err(|_| anyhow::anyhow!("the rules cannot be read"))??;
        Ok((engine, coder))
    })
}

/// The engine's reading of each document's text as it is.
pub fn parse(worker: &mut Worker, clock: &Clock, documents: &[Document]) -> Vec<Annotation> {
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    clock.time(Stage::Engine, || worker.annotate(&texts))
}

/// Each document, coded.
pub fn code(worker: &mut Worker, coder: &Coder, clock: &Clock, documents: &[Document]) -> Vec<Coded> {
    prepared(worker, clock, documents, |document, prepared, parts| coder.code(document, prepared, parts))
}

/// Each document as a mention of one actor.
pub fn mentions(worker: &mut Worker, coder: &Coder, clock: &Clock, documents: &[Document]) -> Vec<Mention> {
    prepared(worker, clock, documents, |document, prepared, parts| coder.mention(document, prepared, parts))
}

/// Each document's layers, and the verbs between known actors in it that no rule has.
pub fn code_and_unnamed(
    worker: &mut Worker,
    coder: &Coder,
    clock: &Clock,
    documents: &[Document],
) -> Vec<(Annotated, Vec<Unnamed>)> {
    prepared(worker, clock, documents, |document, prepared, parts| {
        (coder.code(document, prepared, parts).annotated, coder.unnamed(document, prepared, parts))
    })
}

/// What each document's pair does.
pub fn relations(worker: &mut Worker, coder: &Coder, clock: &Clock, documents: &[Document]) -> Vec<Relation> {
    prepared(worker, clock, documents, |document, prepared, parts| coder.relation(document, prepared, parts))
}

/// What `each` makes of every document, its layout and the engine's reading of it.
fn prepared<T>(
    worker: &mut Worker,
    clock: &Clock,
    documents: &[Document],
    each: impl Fn(&Document, &Prepared, &[Annotation]) -> T,
) -> Vec<T> {
    let layout = || documents.iter().map(|document| Prepared::new(&document.text)).collect();
    let prepared: Vec<Prepared> = clock.time(Stage::Code, layout);
    let texts: Vec<Vec<&str>> = prepared.iter().map(Prepared::texts).collect();
    let mut parts = clock.time(Stage::Engine, || worker.annotate(&texts.concat())).into_iter();
    let made = |((document, prepared), texts): ((&Document, &Prepared), &Vec<&str>)| {
        let own: Vec<Annotation> = parts.by_ref().take(texts.len()).collect();
        clock.time(Stage::Code, || each(document, prepared, &own))
    };
    documents.iter().zip(&prepared).zip(&texts).map(made).collect()
}
