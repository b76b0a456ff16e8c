//! Engine, invented world and coder for the tests of whole texts: the one place that calls their API.

use std::fs;
use std::path::Path;

use chancery_coder::{Coded, Coder, Prepared};
use chancery_language::Pipeline;
use chancery_text::Document;
use chancery_world::World;

/// The language engine, with the model that the machine has or fetches now.
pub fn pipeline() -> Pipeline {
    let folder = chancery_model::ready(None).unwrap_or_else(|why| panic!("{why}"));
    Pipeline::load(&folder).unwrap_or_else(|why| panic!("{why}"))
}

/// `tests/world` with the role words of the real tables.
pub fn invented_world() -> World {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read =
        |path: &Path| fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut files: Vec<(String, String)> = fs::read_dir(root.join("tests/world"))
        .unwrap_or_else(|why| panic!("tests/world: {why}"))
        .map(|entry| entry.unwrap_or_else(|why| panic!("tests/world: {why}")).path())
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), read(&path)))
        .collect();
    files.push(("roles.tsv".to_owned(), read(&root.join("data/world/roles.tsv"))));
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    World::parse(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Codes a text of 15 May 2024, a Wednesday.
pub fn code(pipeline: &Pipeline, coder: &Coder, text: &str) -> Coded {
    let document = Document {
        id: "test".into(),
        text: text.into(),
        date: Some("2024-05-15".into()),
        ..Document::default()
    };
    let prepared = Prepared::new(&document.text);
    let parts = pipeline.annotate(&prepared.texts());
    coder.code(&document, &prepared, &parts)
}
