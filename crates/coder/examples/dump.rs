//! Prints label and features of training sentences (TSV with marks) or of JSONL pairs.
use chancery_coder::{Coder, Prepared};
use chancery_text::{Document, Pair};
use std::io::{BufRead, BufReader, BufWriter, Write};

fn main() {
    let folder = chancery_model::ready(None).unwrap();
    let engine = chancery_language::Pipeline::load(&folder).unwrap();
    let coder = Coder::new(chancery_world::World::builtin());
    let mut worker = engine.worker();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for file in std::env::args().skip(1) {
        for (n, line) in BufReader::new(std::fs::File::open(&file).unwrap()).lines().enumerate() {
            let line = line.unwrap();
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let (label, document) = if line.starts_with('{') { json(&line) } else { tsv(&line, n) };
            let prepared = Prepared::new(&document.text);
            let parts = worker.annotate(&prepared.texts());
            let features = coder.relation_features(&document, &prepared, &parts, true);
            let mut names = features.names.unwrap();
            names.sort();
            names.dedup();
            writeln!(out, "{label}\t{}\t{}", document.id, names.join("\t")).unwrap();
        }
    }
}
fn json(line: &str) -> (String, Document) {
    let v: serde_json::Value = serde_json::from_str(line).unwrap();
    let span = |k: &str| {
        v[k].as_object().map(|o| o["start"].as_u64().unwrap() as usize..o["end"].as_u64().unwrap() as usize)
    };
    (
        v["event"].as_str().unwrap_or("-").to_owned(),
        Document {
            id: v["id"].as_str().unwrap().into(),
            text: v["text"].as_str().unwrap().into(),
            pair: Pair { source: span("source"), target: span("target") },
            ..Document::default()
        },
    )
}
fn tsv(line: &str, n: usize) -> (String, Document) {
    let (label, marked) = line.split_once('\t').unwrap();
    let mut text = String::new();
    let mut pair = Pair::default();
    let mut rest = marked;
    let mut count = 0;
    while let Some(at) = rest.find('[') {
        let before = &rest[..at];
        text.push_str(before);
        count += before.chars().count();
        let end = rest[at..].find(']').unwrap() + at;
        let inner = &rest[at + 3..end];
        let span = count..count + inner.chars().count();
        if &rest[at + 1..at + 2] == "S" {
            pair.source = Some(span.clone())
        } else {
            pair.target = Some(span.clone())
        }
        text.push_str(inner);
        count = span.end;
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    (label.to_owned(), Document { id: format!("{label}{n}"), text, pair, ..Document::default() })
}
