//! Trains the scorer of pairs: reads `data/scorer/sentences`, writes `weights.bin` and `calibration.tsv` beside it, prints how well it does on
//! sentences held out.
//!
//! `cargo run --release -p chancery-coder --example train`. The result depends on the sentences, the rules and the default language
//! model alone: one thread, a fixed order, no clock.

#![allow(clippy::print_stdout)] // a report for whoever trains

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use chancery_coder::relation::Scores;
use chancery_coder::relation::scorer::{LABELS, share, write};
use chancery_coder::{Coder, Prepared};
use chancery_language::Pipeline;
use chancery_ontology::Category;
use chancery_text::{Document, Pair};
use chancery_world::World;

/// Rounds over all sentences.
const ROUNDS: usize = 8;
/// Step of AdaGrad (Duchi, Hazan and Singer 2011).
const STEP: f32 = 0.03;
/// Weight decay of each seen feature.
const DECAY: f32 = 1e-4;
/// Features in fewer sentences are left out.
const LEAST: usize = 2;
/// Every so many sentences one is held out when the program measures itself.
const HELD: usize = 8;

type Weights = [f32; LABELS.len()];

/// A sentence as the trainer sees it.
struct Example {
    label: usize,
    features: Vec<u32>,
    /// The category that the rules give, where they join the two.
    by_rule: Option<String>,
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/scorer");
    let mut files: Vec<PathBuf> = fs::read_dir(folder.join("sentences"))
        .expect("data/scorer/sentences")
        .map(|e| e.expect("an entry").path())
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let lines: Vec<(String, String)> = files.iter().flat_map(|f| labelled(f)).collect();
    let examples = read(&lines);
    let (held, rest): (Vec<_>, Vec<_>) = examples.iter().enumerate().partition(|(i, _)| i % HELD == 0);
    let rest: Vec<&Example> = rest.into_iter().map(|(_, e)| e).collect();
    let calibration = report(&fit(&rest), &held.into_iter().map(|(_, e)| e).collect::<Vec<_>>());
    if env::args().any(|a| a == "--measure") {
        return;
    }
    let weights = fit(&examples.iter().collect::<Vec<_>>());
    let mut rows: Vec<(u32, Weights)> = weights.into_iter().collect();
    rows.retain(|(_, w)| w.iter().any(|x| x.abs() > 0.01));
    rows.sort_by_key(|(hash, _)| *hash);
    let bytes = write(&rows);
    println!("{} sentences, {} features, {} bytes", examples.len(), rows.len(), bytes.len());
    fs::write(folder.join("weights.bin"), bytes).expect("the weights can be written");
    fs::write(folder.join("calibration.tsv"), calibration).expect("the calibration can be written");
}

/// Lines `LABEL<TAB>sentence`.
fn labelled(file: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines.filter_map(|l| l.split_once('\t')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn read(lines: &[(String, String)]) -> Vec<Example> {
    let model = chancery_model::ready(None).unwrap_or_else(|why| panic!("{why}"));
    let engine = Pipeline::load(&model).unwrap_or_else(|why| panic!("{why}"));
    let coder = Coder::new(World::builtin());
    let mut worker = engine.worker();
    let mut example = |(label, marked): &(String, String)| {
        let document = document(marked);
        let prepared = Prepared::new(&document.text);
        let parts = worker.annotate(&prepared.texts());
        let features = coder.relation_features(&document, &prepared, &parts, false).into_hashes();
        let label = LABELS.iter().position(|l| l == label).unwrap_or_else(|| panic!("unknown label {label}"));
        let answer = coder.relation(&document, &prepared, &parts);
        Example { label, features, by_rule: answer.rule.map(|_| answer.event) }
    };
    lines.iter().map(&mut example).collect()
}

/// A sentence whose parties are marked `[S:...]` and `[T:...]`.
fn document(marked: &str) -> Document {
    let (mut text, mut pair) = (String::new(), Pair::default());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, behind) = after.split_once(']').expect("a mark is closed");
        let (end, words) = inside.split_once(':').expect("a mark says S or T");
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
    Document { text, pair, ..Document::default() }
}

/// Multinomial logistic regression by AdaGrad.
fn fit(examples: &[&Example]) -> HashMap<u32, Weights> {
    let mut seen: HashMap<u32, usize> = HashMap::new();
    examples.iter().flat_map(|e| &e.features).for_each(|f| *seen.entry(*f).or_default() += 1);
    let mut index: Vec<u32> = seen.iter().filter(|(_, n)| **n >= LEAST).map(|(f, _)| *f).collect();
    index.sort_unstable();
    let place: HashMap<u32, usize> = index.iter().enumerate().map(|(i, f)| (*f, i)).collect();
    // Long sentences have more features, not more certainty: each counts as much as its share of the whole.
    let sizes: Vec<f32> = examples.iter().map(|e| share(e.features.len())).collect();
    let rows: Vec<Vec<usize>> =
        examples.iter().map(|e| e.features.iter().filter_map(|f| place.get(f).copied()).collect()).collect();
    let mut weights = vec![[0f32; LABELS.len()]; index.len()];
    let mut squares = vec![[1e-6f32; LABELS.len()]; index.len()];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 1u64;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut seed);
        for &i in &order {
            let size = sizes[i];
            let wrong = gradient(&weights, &rows[i], examples[i].label, size);
            for &f in &rows[i] {
                for (l, g) in wrong.iter().enumerate() {
                    let g = size * g + DECAY * weights[f][l];
                    squares[f][l] += g * g;
                    weights[f][l] -= STEP * g / squares[f][l].sqrt();
                }
            }
        }
    }
    index.into_iter().zip(weights).collect()
}

fn gradient(weights: &[Weights], row: &[usize], label: usize, size: f32) -> Weights {
    let mut scores = [0f32; LABELS.len()];
    for &f in row {
        scores.iter_mut().zip(&weights[f]).for_each(|(s, w)| *s += w);
    }
    scores.iter_mut().for_each(|s| *s *= size);
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|s| *s = (*s - most).exp());
    let all: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= all);
    scores[label] -= 1.0;
    scores
}

/// Fisher and Yates, with a linear congruential generator (Knuth's constants).
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (*seed >> 33) as usize % (i + 1));
    }
}

/// Prints how well the weights do on `held`, and gives the share that is right by who decided and how probable the scorer held it.
fn report(weights: &HashMap<u32, Weights>, held: &[&Example]) -> String {
    let mut rows: Vec<(u32, Weights)> = weights.iter().map(|(h, w)| (*h, *w)).collect();
    rows.sort_by_key(|(h, _)| *h);
    let bytes = write(&rows);
    let scorer = chancery_coder::relation::scorer::Scorer::read(&bytes).expect("just written");
    let mut each = vec![(0usize, 0usize, 0usize); LABELS.len()];
    let mut bins = vec![[(0usize, 0usize); BINS]; 2];
    let mut right = 0;
    for e in held {
        let scores = scorer.score(&e.features);
        let best = (0..LABELS.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        each[e.label].0 += 1;
        each[best].1 += 1;
        each[best].2 += usize::from(best == e.label);
        right += usize::from(best == e.label);
        let Some(gold) = chancery_coder::relation::category_of_label(LABELS[e.label]) else { continue };
        let by_category = Scores::of(&scores);
        let (decider, category, probability) = match &e.by_rule {
            Some(name) => {
                let category = Category::from_name(name).expect("a category");
                (0, category, by_category.of_category(category))
            }
            None => (1, by_category.best().0, by_category.best().1),
        };
        let bin = &mut bins[decider][((probability * BINS as f32) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += usize::from(category == gold);
    }
    println!("held out: {} of {} right", right, held.len());
    for (label, (gold, output, hit)) in LABELS.iter().zip(&each).filter(|(_, e)| e.0 > 0) {
        println!(
            "{label:12} gold {gold:4} output {output:4} hit {hit:4}  F1 {:.3}",
            2.0 * *hit as f64 / (gold + output) as f64
        );
    }
    calibration(&bins)
}

/// Parts that the scorer's probability is divided into.
const BINS: usize = 10;

/// The share right in each part, never falling as the probability rises; parts with few sentences lean on one half.
fn calibration(bins: &[[(usize, usize); BINS]]) -> String {
    let mut text = String::from(
        "# Made by crates/coder/examples/train.rs: of sentences held out whose category the rules (or the scorer) decided and to which the\n\
         # scorer gave at least so much, the share that was right.\n# decider\tfrom\tright\tsentences\n",
    );
    for (decider, bins) in ["rule", "scorer"].iter().zip(bins) {
        let mut least: f64 = 0.0;
        for (n, (all, right)) in bins.iter().enumerate() {
            least = least.max((*right as f64 + 1.0) / (*all as f64 + 2.0));
            text += &format!("{decider}\t{:.1}\t{least:.2}\t{all}\n", n as f64 / BINS as f64);
        }
    }
    print!("{text}");
    text
}
