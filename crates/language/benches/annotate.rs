//! Tokens per second of the whole engine in one thread, and how long a pipeline takes to load.
//!
//! It runs the model that `chancery model` finds; `CHANCERY_MODEL` names another.

use std::hint::black_box;

use chancery_language::Pipeline;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const TEXTS: [&str; 3] = [
    include_str!("../tests/fixture/news.txt"),
    include_str!("../tests/fixture/wire.txt"),
    include_str!("../tests/fixture/interview.txt"),
];

fn annotate(criterion: &mut Criterion) {
    let found = chancery_model::find(None).expect("CHANCERY_MODEL names a model");
    let folder = found.expect("the bench needs a model: run `chancery model fetch`").folder;
    let load = || Pipeline::load(&folder).expect("the model loads");
    let pipeline = load();
    let tokens: usize = pipeline.annotate(&TEXTS).iter().map(|annotation| annotation.tokens.len()).sum();
    let paragraphs: Vec<&str> = TEXTS.iter().flat_map(|text| text.split("\n\n")).collect();

    let mut group = criterion.benchmark_group("annotate");
    group.sample_size(20).throughput(Throughput::Elements(tokens as u64));
    let mut worker = pipeline.worker();
    group.bench_function("whole texts, words known", |b| b.iter(|| worker.annotate(black_box(&TEXTS))));
    group.bench_function("paragraphs, words known", |b| b.iter(|| worker.annotate(black_box(&paragraphs))));
    group.bench_function("whole texts, words new", |b| {
        b.iter(|| pipeline.worker().annotate(black_box(&TEXTS)))
    });
    group.finish();
    criterion.bench_function("load", |b| b.iter(load));
}

criterion_group!(benches, annotate);
criterion_main!(benches);
