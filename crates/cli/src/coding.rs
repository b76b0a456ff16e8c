//! The glue to the language engine and the coder: documents in batches to parses and coded documents.

use std::path::Path;
use std::thread;

use anyhow::Context;
use chancery_coder::{Coded, Coder, Prepared};
use chancery_language::{Annotation, Pipeline, Worker};
use chancery_text::Document;
use chancery_world::World;

/// Loads the language engine from the model that was asked for, or that is found or fetched.
pub fn engine(model: Option<&Path>) -> anyhow::Result<Pipeline> {
    let folder = chancery_model::ready(model)?;
    Pipeline::load(&folder).with_context(|| format!("the model in {} cannot be used", folder.display()))
}

/// Loads engine and coder side by side.
pub fn engine_and_coder(model: Option<&Path>) -> anyhow::Result<(Pipeline, Coder<'static>)> {
    thread::scope(|scope| {
        let coder = scope.spawn(|| Coder::new(World::builtin()));
        let engine = engine(model)?;
        Ok((engine, coder.join().map_err(|_| anyhow::anyhow!("the embedded rules cannot be read"))?))
    })
}

/// The engine's reading of each document's text as it is.
pub fn parse(worker: &mut Worker, documents: &[Document]) -> Vec<Annotation> {
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    worker.annotate(&texts)
}

/// Each document, coded.
pub fn code(worker: &mut Worker, coder: &Coder, documents: &[Document]) -> Vec<Coded> {
    let prepared: Vec<Prepared> = documents.iter().map(|document| Prepared::new(&document.text)).collect();
    let texts: Vec<Vec<&str>> = prepared.iter().map(Prepared::texts).collect();
    let mut parts = worker.annotate(&texts.concat()).into_iter();
    let coded = |((document, prepared), texts): ((&Document, &Prepared), &Vec<&str>)| {
        let own: Vec<Annotation> = parts.by_ref().take(texts.len()).collect();
        coder.code(document, prepared, &own)
    };
    documents.iter().zip(&prepared).zip(&texts).map(coded).collect()
}
