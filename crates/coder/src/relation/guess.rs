//! Acts that no rule has words for: a verb between two known actors, read by the scorer where it is sure.

use std::collections::HashSet;

use chancery_ontology::Category;

use crate::actors::{End, Given, Party};
use crate::acts::{self, Act};
use crate::arguments;
use crate::outlook::read as read_outlook;
use crate::predicates::Scene;
use crate::quotes::Attributions;
use crate::relation::scorer::{LABELS, Scorer};
use crate::relation::{Features, features};
use crate::rules::{Block, Source, TriggerId};

/// What the scorer must hold at least: where it says so, about that share was right on sentences held out.
const LEAST: f32 = 0.8;

/// The acts of verbs that no rule knows, between two known actors, beside the acts that are known, in text order.
pub fn guess(scene: &Scene, said: &Attributions, acts: &[Act]) -> Vec<Act> {
    let words: HashSet<usize> = acts.iter().flat_map(|a| a.words.iter().copied().chain(a.carrier)).collect();
    let told = |i: usize| words.contains(&i);
    let plain = |i: usize| {
        let outlook = read_outlook(scene, i, None);
        !(outlook.negated || outlook.hypothetical || outlook.future)
    };
    let verbs = (0..scene.tree.len()).filter(|&i| is_finite(scene, i) && !told(i));
    let between = verbs.filter_map(|i| Some((i, pair(scene, i)?)));
    let unknown = between.filter(|&(i, _)| scene.matches(i).is_empty() && plain(i));
    unknown.filter_map(|(i, pair)| act(scene, said, acts, i, pair)).collect()
}

/// A finite verb that tells what happened.
fn is_finite(scene: &Scene, i: usize) -> bool {
    matches!(scene.tree.tag(i), "VBD" | "VBZ" | "VBP" | "VBN")
        && matches!(scene.tree.dep(i), "ROOT" | "ccomp" | "conj" | "relcl")
        && !matches!(scene.tree.lemma(i), "be" | "do" | "get" | "go" | "come" | "see" | "know")
}

fn act(
    scene: &Scene,
    said: &Attributions,
    acts: &[Act],
    verb: usize,
    (actor, recipient): (Party, Party),
) -> Option<Act> {
    let given = [mark(scene, End::Source, &actor)?, mark(scene, End::Target, &recipient)?];
    let around = acts::of_sentence(scene, acts, verb);
    let mut features = Features::new(false);
    features::read(scene, said, &given, around, &mut features);
    let scores = Scorer::embedded().score(&features.into_hashes());
    let (label, probability) =
        (0..LABELS.len()).map(|l| (LABELS[l], scores[l])).max_by(|a, b| a.1.total_cmp(&b.1))?;
    let trigger = trigger(scene, label).filter(|_| probability >= LEAST)?;
    let block = scene.lexicon.block(trigger);
    Some(Act {
        token: verb,
        rules: vec![trigger],
        words: vec![verb],
        carrier: None,
        cameo: code(label, block),
        class: block.class.clone(),
        modes: Vec::new(),
        contexts: Vec::new(),
        actors: vec![actor],
        recipients: vec![recipient],
        effect: None,
        scored: Some(probability),
    })
}

/// Who stands before the verb and whom it takes, if both are known by name and are two.
fn pair(scene: &Scene, verb: usize) -> Option<(Party, Party)> {
    let named = |source: Source| {
        let heads = arguments::at(scene.tree, verb, &source).into_iter();
        heads.flat_map(|h| scene.cast.own(h)).find(|p| p.code.is_some() && p.inferred.is_none()).cloned()
    };
    let actor = named(Source::Subj)?;
    let others = ["against", "to", "with", "on", "from", "for"].map(|w| Source::Prep(w.to_owned()));
    let recipient = [Source::Obj, Source::Iobj].into_iter().chain(others).find_map(named)?;
    (actor.code != recipient.code).then_some((actor, recipient))
}

fn mark(scene: &Scene, end: End, party: &Party) -> Option<Given> {
    let tree = scene.tree;
    let sentence = tree.sentences()[tree.sentence(party.head)].clone();
    let inside = |&t: &usize| party.span.contains(tree.span(t));
    let (first, last) = (sentence.clone().find(inside)?, sentence.rev().find(inside)?);
    Some(Given { end, tokens: first..last + 1, head: party.head })
}

/// The block that stands for a label.
fn trigger(scene: &Scene, label: &str) -> Option<TriggerId> {
    let category = match label {
        "embargo" => Category::Sanction,
        "convict" => Category::Accuse,
        "territory" | "cyber" => Category::Coerce,
        _ => Category::from_name(label)?,
    };
    let name = format!("scored-{}", category.name().to_lowercase());
    scene.lexicon.triggers("*").iter().copied().find(|&t| scene.lexicon.block(t).name == name)
}

fn code(label: &str, block: &Block) -> String {
    match label {
        "embargo" => "163".to_owned(),
        "convict" => "116".to_owned(),
        "territory" => "192".to_owned(),
        _ => block.cameo.clone().unwrap_or_default(),
    }
}
