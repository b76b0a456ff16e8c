//! Who is told to be without something of the two of them: "Borduria, without relations with Syldavia for three years".

use std::ops::Range;

use crate::actors::Party;
use crate::arguments::{logical_object, prepositional, surface_subject};
use crate::predicates::{Scene, distinct};

/// The two sides of a noun behind "without"; `None` where it stands elsewhere or the sentence does not name two.
pub fn sides(scene: &Scene, noun: usize) -> Option<Vec<Party>> {
    let tree = scene.tree;
    let is_without = |p: &usize| tree.dep(noun) == "pobj" && tree.lemma(*p).eq_ignore_ascii_case("without");
    let without = tree.head(noun).filter(is_without)?;
    let holder = tree.head(without)?;
    let of_noun = |word| parties_at(scene, &prepositional(tree, noun, word));
    let (with, between) = (of_noun("with"), of_noun("between"));
    let one_and_other = || distinct(holders(scene, holder).into_iter().chain(with.clone()).collect());
    let told = if with.is_empty() { between } else { one_and_other() };
    let candidates = [told, pair_before(scene, without), clause(scene, holder)];
    let found = candidates.into_iter().find(|sides| is_pair(sides))?;
    Some(found)
}

fn is_pair(sides: &[Party]) -> bool {
    matches!(sides, [a, b] if a.code != b.code && a.code.is_some() && b.code.is_some())
}

fn parties_at(scene: &Scene, heads: &[usize]) -> Vec<Party> {
    distinct(heads.iter().flat_map(|&h| scene.cast.parties(h)).collect())
}

/// Who the phrase hangs on: a noun, or the subject of a verb.
fn holders(scene: &Scene, holder: usize) -> Vec<Party> {
    let own = parties_at(scene, &[holder]);
    let subject = || surface_subject(scene.tree, holder, 3).map(|s| parties_at(scene, &[s]));
    if own.is_empty() { subject().unwrap_or_default() } else { own }
}

/// "between A and B, without relations": the last such phrase of the sentence before.
fn pair_before(scene: &Scene, without: usize) -> Vec<Party> {
    let tree = scene.tree;
    let start = tree.sentences()[tree.sentence(without)].start;
    let before: Range<usize> = start..without;
    let phrases = before.rev().filter(|&p| tree.lemma(p).eq_ignore_ascii_case("between"));
    let mut pairs = phrases.filter_map(|p| tree.child(p, &["pobj"])).map(|o| parties_at(scene, &[o]));
    pairs.find(|pair| is_pair(pair)).unwrap_or_default()
}

/// "A met B, without relations for years": who does the clause and to whom.
fn clause(scene: &Scene, holder: usize) -> Vec<Party> {
    let tree = scene.tree;
    if !tree.is_verb(holder) {
        return parties_at(scene, &[holder]);
    }
    let objects = logical_object(tree, holder).into_iter().chain(prepositional(tree, holder, "with"));
    let heads: Vec<usize> = surface_subject(tree, holder, 3).into_iter().chain(objects).collect();
    parties_at(scene, &heads)
}
