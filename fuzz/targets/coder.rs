//! Any text as a document that is coded; what is found must stand in the text.
#![no_main]

use std::cell::RefCell;
use std::sync::LazyLock;

use chancery_coder::{Coder, Prepared};
use chancery_language::{Pipeline, Worker};
use chancery_text::Document;
use chancery_world::World;
use libfuzzer_sys::fuzz_target;

static ENGINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::load(&chancery_model::ready(None).expect("a model")).expect("a pipeline"));
static CODER: LazyLock<Coder<'static>> = LazyLock::new(|| Coder::new(World::builtin()));

thread_local! {
    static WORKER: RefCell<Worker<'static>> = RefCell::new(ENGINE.worker());
}

fuzz_target!(|text: &str| {
    let document = Document {
        id: "fuzz".to_owned(),
        text: text.to_owned(),
        date: Some("2022-03-14".to_owned()),
        ..Document::default()
    };
    let prepared = Prepared::new(&document.text);
    let parts = WORKER.with_borrow_mut(|worker| worker.annotate(&prepared.texts()));
    let coded = CODER.code(&document, &prepared, &parts);
    let points: Vec<char> = text.chars().collect();
    for event in coded.annotated.events.iter().flatten() {
        let words: String = points[event.evidence.span.start..event.evidence.span.end].iter().collect();
        assert_eq!(words, event.evidence.text);
        assert!(!event.evidence.rule.is_empty());
    }
});
