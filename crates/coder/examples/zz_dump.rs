use chancery_coder::{Coder, Prepared};
use chancery_text::{Document, Pair};
use std::io::{BufRead, BufReader};
fn main() {
    let folder = chancery_model::ready(None).unwrap();
    let engine = chancery_language::Pipeline::load(&folder).unwrap();
    let coder = Coder::new(chancery_world::World::builtin());
    let mut worker = engine.worker();
    for file in std::env::args().skip(1) {
        for line in BufReader::new(std::fs::File::open(&file).unwrap()).lines() {
            let line = line.unwrap();
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let (label, marked) = line.split_once('\t').unwrap();
            let (mut text, mut pair) = (String::new(), Pair::default());
            let mut rest = marked;
            while let Some((before, after)) = rest.split_once('[') {
                text.push_str(before);
                let (inside, behind) = after.split_once(']').unwrap();
                let (end, words) = inside.split_once(':').unwrap();
                let start = text.chars().count();
                text.push_str(words);
                let span = Some(start..text.chars().count());
                if end == "S" {
                    pair.source = span
                } else {
                    pair.target = span
                }
                rest = behind;
            }
            text.push_str(rest);
            let document = Document { id: "x".into(), text, pair, ..Document::default() };
            let prepared = Prepared::new(&document.text);
            let parts = worker.annotate(&prepared.texts());
            let f = coder.relation_features(&document, &prepared, &parts, true);
            let mut n: Vec<String> = f.names.unwrap();
            n.sort();
            n.dedup();
            println!("{label}\t{}", n.join("\t"));
        }
    }
}
