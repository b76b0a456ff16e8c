//! How two that are marked in a text stand to each other there: what the one does to the other.

mod features;
pub mod scorer;

use std::ops::Range;

use chancery_language::Annotation;
use chancery_ontology::{Category, cameo};
use chancery_record as record;
use chancery_text::{CodePoints, Document};

use crate::actors::{End, Given, Party};
use crate::acts::{self, Act};
use crate::outlook::read as read_outlook;
use crate::presented::presented;
use crate::tree::Tree;
use crate::{Coder, Prepared, Stage};

pub use features::Features;

/// Which part one of the two has in an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Does it.
    Actor,
    /// It is done to them.
    Recipient,
    /// Both, as in a meeting.
    Both,
    /// None by the rules.
    None,
}

impl Coder<'_> {
    /// Answers what the document's pair does, by the act that joins the two. `parts` are the engine's annotations of
    /// [`Prepared::texts`].
    pub fn relation(
        &self,
        document: &Document,
        prepared: &Prepared,
        parts: &[Annotation],
    ) -> record::Relation {
        self.staged(
            document,
            prepared,
            parts,
            |tree| marked(document, prepared, tree),
            |q| answer(document, q),
        )
    }

    /// What the scorer looks at in the document's pair; in words too, if asked for.
    pub fn relation_features(
        &self,
        document: &Document,
        prepared: &Prepared,
        parts: &[Annotation],
        in_words: bool,
    ) -> Features {
        self.staged(
            document,
            prepared,
            parts,
            |tree| marked(document, prepared, tree),
            |q| {
                let mut found = Features::new(in_words);
                features::read(q.scene, q.said, q.given, &acts::find(q.scene), &mut found);
                found
            },
        )
    }
}

/// The marked phrases as tokens.
fn marked(document: &Document, prepared: &Prepared, tree: &Tree) -> Vec<Given> {
    let points = CodePoints::new(&document.text);
    let tokens = |span: &Range<usize>| {
        let inside = |&t: &usize| {
            let at = points.span(prepared.view().original(tree.span(t)));
            at.start < span.end && span.start < at.end
        };
        let first = (0..tree.len()).find(inside)?;
        let last = (0..tree.len()).rev().find(inside)?;
        Some(first..last + 1)
    };
    let ends = [(End::Source, &document.pair.source), (End::Target, &document.pair.target)];
    ends.into_iter().filter_map(|(end, span)| Some(Given::new(tree, end, tokens(span.as_ref()?)?))).collect()
}

fn answer(document: &Document, stage: &Stage) -> record::Relation {
    let (scene, said) = (stage.scene, stage.said);
    let acts = acts::find(scene);
    let best = acts.iter().max_by_key(|a| strength(a));
    let shown = best.map(|act| presented(scene, said, act, &read_outlook(scene, act.token, act.carrier)).0);
    if std::env::var("DUMP").is_ok() {
        for a in acts.iter() {
            eprintln!(
                "{}\t{}\t{}\t{:?}\t{:?}",
                document.id,
                scene.tree.text(a.token),
                a.cameo,
                part(a, End::Source),
                part(a, End::Target)
            );
        }
    }
    let category = shown.and_then(|a| category_of(&a.cameo));
    record::Relation {
        id: document.id.clone(),
        event: category.map_or("CONSULT", |c| c.name()).to_owned(),
        quad: category.map_or(1, |c| c.quad()),
        confidence: best.map_or(0.0, |a| f64::from(strength(a)) / 10.0),
    }
}

/// The category of a code as OEDA's conversion table has it, which sets of sentences with given parties follow.
fn category_of(code: &str) -> Option<Category> {
    match code {
        "163" => Some(Category::Coerce),
        "116" => Some(Category::Accuse),
        "191" | "192" => Some(Category::Assault),
        _ => cameo(code).and_then(|c| c.category),
    }
}

fn part(act: &Act, end: End) -> Part {
    let among = |parties: &[Party]| parties.iter().any(|p| p.given == Some(end));
    match (among(&act.actors), among(&act.recipients)) {
        (true, true) => Part::Both,
        (true, false) => Part::Actor,
        (false, true) => Part::Recipient,
        (false, false) => Part::None,
    }
}

fn strength(act: &Act) -> u8 {
    if category_of(&act.cameo).is_none() {
        return 0;
    }
    match (part(act, End::Source), part(act, End::Target)) {
        (Part::Actor | Part::Both, Part::Recipient | Part::Both) => 5,
        (Part::Actor, Part::None) => 4,
        (Part::None, Part::Recipient) => 3,
        (Part::Recipient, Part::Actor) => 2,
        _ => 1,
    }
}
