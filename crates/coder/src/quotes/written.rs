//! Attributions as records, those within others' words below these.

use std::ops::Range;

use chancery_record as record;

use super::Said;
use crate::events::{self, Story};
use crate::predicates::Scene;

/// The document's attributions; each holds those that stand in its words.
pub fn nested(scene: &Scene, story: &Story) -> Vec<record::Quote> {
    let outermost = (0..story.quotes.len()).filter(|&at| story.quotes[at].within.is_none());
    outermost.map(|at| quote(scene, story, at, 0)).collect()
}

/// How deep words within words are followed.
const DEPTH: usize = 12;

fn quote(scene: &Scene, story: &Story, at: usize, depth: usize) -> record::Quote {
    let said: &Said = &story.quotes[at];
    let stretch = |tokens: Range<usize>| events::words(story, scene.tree.span_of(tokens)).span;
    let inner = (0..story.quotes.len()).filter(|&i| depth < DEPTH && story.quotes[i].within == Some(at));
    record::Quote {
        source: said.named.clone().map(stretch),
        cue: said.cue_words.clone().map(stretch),
        content: record::Pieces::of(said.content.iter().cloned().map(stretch).collect()),
        kind: said.kind.as_str().to_owned(),
        class: said.class.map(|c| scene.lexicon.cues().class(c).name.clone()),
        claim: said.claim,
        repaired: said.repaired.map(str::to_owned),
        inferred: said.inferred.map(str::to_owned),
        quotes: inner.map(|i| quote(scene, story, i, depth + 1)).collect(),
    }
}
