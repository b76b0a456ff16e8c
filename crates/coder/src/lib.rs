//! From a parse to coded events: who did what to whom, when, where, according to whom, and whether it happened.
//!
//! The stages are called in the order in which they stand in [`Coder::code`]; none does I/O or reads a clock.

mod actors;
mod acts;
mod arguments;
mod casualties;
mod dates;
mod events;
mod headline;
mod lacking;
mod layout;
mod lemmas;
mod mention;
mod outlook;
mod pieces;
mod places;
mod predicates;
mod presented;
pub mod quotes;
pub mod relation;
pub mod rules;
mod states;
mod stretches;
pub mod times;
mod told;
pub mod traced;
mod tree;
pub mod unknown;
mod words;

use std::ops::Range;

use chancery_gazetteer::Gazetteer;
use chancery_language::Annotation;
use chancery_record as record;
use chancery_text::{CodePoints, Document, Span};
use chancery_world::World;
use jiff::civil::Date;

pub use layout::{Paragraph, Prepared};
pub use rules::digest as rules_digest;

use actors::{Cast, Given};
use events::{Story, composite};
use predicates::Scene;
use rules::Lexicon;
use tree::Tree;

/// Codes documents with a set of rules and a world.
#[derive(Debug)]
pub struct Coder<'w> {
    world: &'w World,
    lexicon: Lexicon,
    gazetteer: &'w Gazetteer,
}

/// A document with every layer, and the account of what was coded from each sentence and what was not.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// All layers.
    pub annotated: record::Annotated,
    /// Sentence by sentence: events, or why there are none.
    pub explained: Vec<record::Explained>,
}

impl<'w> Coder<'w> {
    /// A coder with the rules that the program carries.
    ///
    /// # Panics
    /// If the embedded rule files have faults, which the build has excluded.
    pub fn new(world: &'w World) -> Self {
        let lexicon = Lexicon::embedded().unwrap_or_else(|faults| panic!("embedded rules: {}", faults[0]));
        Coder::with_rules(world, lexicon)
    }

    /// A coder with rules of one's own.
    pub fn with_rules(world: &'w World, lexicon: Lexicon) -> Self {
        Coder { world, lexicon, gazetteer: Gazetteer::builtin() }
    }

    /// This coder with another gazetteer than that of `data/gazetteer`.
    pub fn with_gazetteer(self, gazetteer: &'w Gazetteer) -> Self {
        Coder { gazetteer, ..self }
    }

    /// The language that its rules serve, as spaCy's code has it: the coder is for documents in it.
    pub fn language(&self) -> &str {
        self.lexicon.language()
    }

    /// The rules.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Codes a document. `parts` are the engine's annotations of [`Prepared::texts`], in order.
    pub fn code(&self, document: &Document, prepared: &Prepared, parts: &[Annotation]) -> Coded {
        let mut annotation = prepared.join(parts);
        lemmas::repair(&mut annotation, prepared.view().text(), &self.lexicon);
        let points = CodePoints::new(&document.text);
        let today = document.date.as_deref().and_then(day);
        let tree = Tree::new(prepared.view().text(), &annotation);
        let marks = prepared.marks(&document.text, &annotation);
        let paragraphs = prepared.token_ranges(&annotation);
        let labels = entity_labels(&annotation);
        let said = quotes::find(&quotes::Page {
            tree: &tree,
            lexicon: &self.lexicon,
            marks: &marks,
            paragraphs: &paragraphs,
            labels: &labels,
        });
        let names = quotes::Names::of(&tree, &labels);
        let attributions = quotes::Attributions::new(&tree, &said);
        let claims = quotes::claims(&tree, &names, &attributions);
        let claims = quotes::Attributions::new(&tree, &claims);
        let cast = Cast::new(self.world, &tree, &labels, today, &claims);
        let scene = Scene { tree: &tree, cast: &cast, lexicon: &self.lexicon };
        let marked = |which: fn(&str) -> bool| -> Vec<_> {
            let pairs = prepared.paragraphs().iter().zip(&paragraphs);
            pairs.filter(|(p, _)| p.furniture.is_some_and(which)).map(|(_, t)| t.clone()).collect()
        };
        let (furniture, datelines) = (marked(|_| true), marked(|what| what == "dateline"));
        let setting = places::Setting {
            tree: &tree,
            cast: &cast,
            entities: &annotation.entities,
            gazetteer: self.gazetteer,
            datelines: &datelines,
            source: document.source.as_deref().or(document.url.as_deref()),
        };
        let toponyms = match &document.places {
            None => places::find(&setting),
            Some(marked) => {
                let tokens = marked.iter().filter_map(|m| tokens_at(&tree, prepared, &points, m));
                places::given(&setting, tokens.collect())
            }
        };
        let times = times::find(&scene, today);
        let story = Story {
            document,
            view: prepared.view(),
            points: &points,
            world: self.world,
            today,
            claims: &claims,
            attributions: &attributions,
            names: &names,
            times: &times,
            toponyms: places::Toponyms::new(&toponyms),
            gazetteer: self.gazetteer,
            furniture: &furniture,
            cut: &prepared.cut(parts),
        };
        let mut acts = acts::find(&scene);
        acts.extend(relation::guess(&scene, &claims, &acts));
        acts.sort_by_key(|act| act.token);
        let (events, notes) = events::code(&scene, &story, acts);
        let explained = explain(&scene, &story, &events, &notes);
        Coded { annotated: layers(&scene, &story, &annotation, events), explained }
    }

    /// What `then` makes of the document's parse, quotes and parties, some of whom may be marked.
    fn staged<T>(
        &self,
        document: &Document,
        prepared: &Prepared,
        parts: &[Annotation],
        marked: impl FnOnce(&Tree) -> Vec<Given>,
        then: impl FnOnce(&Stage) -> T,
    ) -> T {
        let mut annotation = prepared.join(parts);
        lemmas::repair(&mut annotation, prepared.view().text(), &self.lexicon);
        let tree = Tree::new(prepared.view().text(), &annotation);
        let marks = prepared.marks(&document.text, &annotation);
        let labels = entity_labels(&annotation);
        let quotes = quotes::find(&quotes::Page {
            tree: &tree,
            lexicon: &self.lexicon,
            marks: &marks,
            paragraphs: &prepared.token_ranges(&annotation),
            labels: &labels,
        });
        let names = quotes::Names::of(&tree, &labels);
        let claims = quotes::claims(&tree, &names, &quotes::Attributions::new(&tree, &quotes));
        let said = quotes::Attributions::new(&tree, &claims);
        let given = marked(&tree);
        let date = document.date.as_deref().and_then(day);
        let cast = Cast::with_given(self.world, &tree, &labels, date, &said, given.clone());
        let scene = Scene { tree: &tree, cast: &cast, lexicon: &self.lexicon };
        then(&Stage { scene: &scene, said: &said, given: &given })
    }
}

/// The tokens of a stretch of the original text that somebody has marked, in code points; `None` where it has none.
fn tokens_at(
    tree: &Tree,
    prepared: &Prepared,
    points: &CodePoints,
    marked: &Range<usize>,
) -> Option<Range<usize>> {
    let span = |t: usize| points.span(prepared.view().original(tree.span(t)));
    let first = first_from(tree.len(), |t| span(t).end > marked.start);
    let last = first_from(tree.len(), |t| span(t).start >= marked.end);
    (first < last).then_some(first..last)
}

/// The first of so many for which something holds that holds for all after it.
fn first_from(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = (low + high) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// What is known of a document before its acts are looked for.
struct Stage<'a> {
    scene: &'a Scene<'a>,
    said: &'a quotes::Attributions<'a>,
    given: &'a [Given],
}

/// The day of an ISO 8601 date or time stamp.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn entity_labels(annotation: &Annotation) -> Vec<&'static str> {
    let mut labels = vec![""; annotation.tokens.len()];
    for entity in &annotation.entities {
        labels[entity.tokens.clone()].fill(entity.label);
    }
    labels
}

fn layers(
    scene: &Scene,
    story: &Story,
    annotation: &Annotation,
    events: Vec<record::Event>,
) -> record::Annotated {
    let tree = scene.tree;
    let span = |span: Span| events::words(story, span);
    let tokens = (0..tree.len()).map(|i| record::Token {
        span: span(tree.span(i)).span,
        lemma: tree.lemma(i).to_owned(),
        pos: tree.pos(i).as_str().to_owned(),
        tag: tree.tag(i).to_owned(),
        head: tree.token(i).head as usize,
        dep: tree.dep(i).to_owned(),
    });
    let sentences = tree.sentences().iter().map(|s| span(tree.span_of(trimmed(tree, s.clone()))).span);
    let entities = annotation.entities.iter().map(|e| record::Entity {
        span: span(tree.span_of(e.tokens.clone())).span,
        label: e.label.to_owned(),
    });
    let actors =
        scene.cast.mentioned().iter().flat_map(|&t| scene.cast.own(t)).map(|p| events::actor(story, p));
    let times = story.times.iter().map(|t| {
        let words = span(t.span);
        record::Time {
            span: words.span,
            text: words.text,
            r#type: t.kind.to_owned(),
            value: t.value.clone(),
            basis: t.basis.clone(),
        }
    });
    let toponyms = story
        .toponyms
        .all
        .iter()
        .map(|t| places::written(tree, story.gazetteer, t, span(tree.span_of(t.tokens.clone()))));
    let quotes = quotes::written::nested(scene, story);
    record::Annotated {
        id: story.document.id.clone(),
        title: story.document.title.clone(),
        date: story.document.date.clone(),
        text: story.document.text.clone(),
        lang: story.document.lang.clone(),
        duplicate_of: story.document.duplicate_of.clone(),
        skipped: None,
        sentences: Some(sentences.collect()),
        tokens: Some(tokens.collect()),
        entities: Some(entities.collect()),
        actors: Some(actors.collect()),
        places: Some(toponyms.collect()),
        times: Some(times.collect()),
        quotes: Some(quotes),
        events: Some(events),
    }
}

/// A sentence without blank tokens at its ends, unless it is nothing else.
fn trimmed(tree: &Tree, sentence: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let is_blank = |t: usize| tree.text(t).trim().is_empty();
    let start = sentence.clone().find(|&t| !is_blank(t)).unwrap_or(sentence.start);
    let end = sentence.clone().rev().find(|&t| !is_blank(t)).map_or(sentence.end, |t| t + 1);
    start..end.max(start + 1)
}

/// That a sentence is one piece of a longer one, if it is.
fn whole_of(story: &Story, piece: &Range<usize>) -> Option<String> {
    let after = story.cut.partition_point(|whole| whole.start <= piece.start);
    let whole = story.cut[..after].last().filter(|whole| piece.start < whole.end)?;
    let (length, most) = (whole.len(), pieces::SENTENCE);
    Some(format!("a piece of a sentence of {length} tokens: those of more than {most} are read in pieces"))
}

/// Sentence by sentence, its events, and what was considered but left out.
fn explain(
    scene: &Scene,
    story: &Story,
    events: &[record::Event],
    notes: &[(usize, String)],
) -> Vec<record::Explained> {
    let count = scene.tree.sentences().len();
    let mut own: Vec<Vec<record::Event>> = vec![Vec::new(); count];
    events.iter().for_each(|e| own[e.sentence].push(e.clone()));
    let mut considered: Vec<Vec<String>> = vec![Vec::new(); count];
    notes.iter().for_each(|(t, why)| considered[scene.tree.sentence(*t)].push(why.clone()));
    let sentences = scene.tree.sentences().iter().zip(own).zip(considered);
    sentences
        .map(|((tokens, own), mut reasons)| {
            if own.is_empty() && reasons.is_empty() {
                let furniture = tree::holds(story.furniture, tokens.start);
                reasons.push(if furniture { "page furniture" } else { "no trigger" }.to_owned());
            }
            if let Some(whole) = whole_of(story, tokens) {
                reasons.insert(0, whole);
            }
            record::Explained {
                sentence: events::words(story, scene.tree.span_of(trimmed(scene.tree, tokens.clone()))),
                events: own,
                notes: reasons,
            }
        })
        .collect()
}
