//! Attributions as records, those within others' words below these.

use std::ops::Range;

use chancery_record as record;

use super::{Said, Speaker};
use crate::actors::{Kind, Party};
use crate::events::{self, Story};
use crate::predicates::Scene;

/// The document's attributions; each holds those that stand in its words.
pub fn nested(scene: &Scene, story: &Story) -> Vec<record::Quote> {
    let said = story.attributions.said;
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); said.len()];
    for (at, s) in said.iter().enumerate() {
        if let Some(outer) = s.within {
            inner[outer].push(at);
        }
    }
    let outermost = (0..said.len()).filter(|&at| said[at].within.is_none());
    outermost.map(|at| quote(scene, story, &inner, at, 0)).collect()
}

/// How deep words within words are followed.
const DEPTH: usize = 12;

fn quote(scene: &Scene, story: &Story, inner: &[Vec<usize>], at: usize, depth: usize) -> record::Quote {
    let said: &Said = &story.attributions.said[at];
    let stretch = |tokens: Range<usize>| events::words(story, scene.tree.span_of(tokens)).span;
    record::Quote {
        source: said.named.clone().map(stretch),
        cue: said.cue_words.clone().map(stretch),
        content: record::Pieces::of(said.content.iter().cloned().map(stretch).collect()),
        kind: said.kind.as_str().to_owned(),
        class: said.class.map(|c| scene.lexicon.cues().class(c).name.clone()),
        claim: said.claim,
        repaired: said.repaired.map(str::to_owned),
        inferred: said.inferred.map(str::to_owned),
        speaker: story.names.speaker(story.attributions, at).map(|s| speaker(scene, story, said, &s)),
        quotes: inner[at]
            .iter()
            .filter(|_| depth < DEPTH)
            .map(|&i| quote(scene, story, inner, i, depth + 1))
            .collect(),
    }
}

/// A speaker as an actor: coded by the words beside the cue, else by those that name him or her in full.
fn speaker(scene: &Scene, story: &Story, said: &Said, speaker: &Speaker) -> record::Actor {
    let tree = scene.tree;
    let span = tree.span_of(speaker.words.clone());
    let parties = |head: usize| scene.cast.parties_or_owners(head);
    let one = |parties: Vec<Party>| <[Party; 1]>::try_from(parties).ok().map(|[p]| p);
    // "the Ruritanian president" is whom the tables know by that office.
    let by_office = said.source.filter(|&s| tree.is_nominal(s)).and_then(|s| one(scene.cast.own(s).to_vec()));
    if let Some(party) =
        by_office.filter(|p| p.kind == Kind::Person && p.name.is_some() && p.inferred.is_some())
    {
        return events::actor(story, &party);
    }
    let coded = one(parties(speaker.head)).or_else(|| one(parties(said.source?)));
    let name = tree.document()[span.range()].to_owned();
    let party = coded.unwrap_or_else(|| Party::of_words(Kind::Person, span, speaker.head));
    let named = party.name.clone().or(Some(name));
    let inferred = speaker.inferred.clone().or_else(|| party.inferred.clone());
    events::actor(story, &Party { span, name: named, inferred, ..party })
}
