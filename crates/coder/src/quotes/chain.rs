//! The chain of those who say so: who spoke, through what, carried by whom, in whose story.

use std::ops::Range;

use super::{Attributions, Names, Said, owner_of};
use crate::actors::{Cast, Kind, Party};
use crate::tree::Tree;
use crate::words::CARRIERS;

/// One of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Head of the words.
    pub head: usize,
    /// Head of the words that name who is meant: another one behind a pronoun.
    pub meant: usize,
    /// The words.
    pub words: Range<usize>,
    /// `outlet`, `carrier` or `speaker`.
    pub role: &'static str,
    /// The words that show that it is said.
    pub cue: Option<Range<usize>>,
    /// The full name, where the words only point at it.
    pub name: Option<Range<usize>>,
    /// Why that name is meant.
    pub inferred: Option<String>,
}

/// The chain of what is said around `token`, outermost first and outlets before all; what one of `own` cues is the act
/// itself, unless its class is `denial`.
pub fn around(
    tree: &Tree,
    cast: &Cast,
    names: &Names,
    all: &Attributions,
    token: usize,
    own: &[usize],
    denial: Option<usize>,
) -> Vec<Link> {
    // Who denies a deed says something of it, although the denial is part of what is coded.
    let act = |s: &Said| s.cue.is_some_and(|c| own.contains(&c)) && s.class != denial;
    let told = |s: &Said| s.claim && !act(s);
    let layers = all.around(token).filter(|&at| told(&all.said[at]));
    let mut links: Vec<Link> = Vec::new();
    for at in layers {
        for link in links_of(tree, cast, names, all, at) {
            if !own.contains(&link.head) && !links.iter().any(|l| l.head == link.head) {
                links.push(link);
            }
        }
    }
    // Whoever carries the news stands before those whose words it carries.
    links.sort_by_key(|l| l.role != "outlet");
    links
}

fn links_of(tree: &Tree, cast: &Cast, names: &Names, all: &Attributions, at: usize) -> Vec<Link> {
    let said = &all.said[at];
    let Some(source) = said.source else { return Vec::new() };
    let speaker = names.speaker(all, at);
    let link = |head: usize, role| Link {
        head,
        meant: head,
        words: short(tree, head),
        role,
        cue: said.cue_words.clone(),
        name: None,
        inferred: None,
    };
    let role = |head: usize| if is_outlet(cast, head) { "outlet" } else { "speaker" };
    let mut links: Vec<Link> =
        media(tree, cast, said).into_iter().map(|(head, role)| link(head, role)).collect();
    match owner_of(tree, source) {
        Some(owner) => {
            links.push(Link { words: source..source + 1, ..link(source, "carrier") });
            links.push(link(owner, role(owner)));
        }
        None => {
            let pronoun = tree.tag(source) == "PRP";
            let found = speaker.filter(|s| s.head != source);
            let meant = found.as_ref().filter(|_| pronoun).map_or(source, |s| s.head);
            let inferred =
                found.as_ref().and_then(|s| s.inferred.clone()).or(said.inferred.map(str::to_owned));
            links.push(Link { meant, name: found.map(|s| s.words), inferred, ..link(source, role(meant)) });
        }
    }
    links
}

/// A source's words without clauses that tell more of it.
fn short(tree: &Tree, head: usize) -> Range<usize> {
    tree.subtree(head, |c| {
        matches!(
            tree.dep(c),
            "compound" | "amod" | "nmod" | "poss" | "case" | "det" | "appos" | "flat" | "nummod"
        )
    })
}

/// Whether words name a news organisation, not just journalists.
fn is_outlet(cast: &Cast, head: usize) -> bool {
    let outlet = |p: &Party| p.sector.as_deref() == Some("JRN") && p.kind == Kind::Body && p.id.is_some();
    cast.parties_or_owners(head).first().is_some_and(outlet)
}

/// Through what somebody speaks: "told the Herald", "said in a statement", "in an interview with the Herald", "wrote on Twitter".
fn media(tree: &Tree, cast: &Cast, said: &Said) -> Vec<(usize, &'static str)> {
    let Some(cue) = said.cue.filter(|&c| tree.is_verb(c)) else { return Vec::new() };
    let behind = |at: usize, words: &'static [&'static str]| {
        let phrases = tree.by_dep(at, &["prep", "dative"]);
        let fitting = phrases.filter(move |&p| words.contains(&tree.lemma(p).to_lowercase().as_str()));
        fitting.filter_map(|p| tree.child(p, &["pobj"]))
    };
    let told = tree.by_dep(cue, &["dobj", "dative"]);
    let mut objects: Vec<usize> =
        told.chain(behind(cue, &["in", "on", "via", "through", "to", "during"])).collect();
    objects.extend(objects.clone().into_iter().flat_map(|o| behind(o, &["with", "to"]).collect::<Vec<_>>()));
    let role = |o: usize| match () {
        () if is_outlet(cast, o) => Some((o, "outlet")),
        () if CARRIERS.contains(tree.lemma(o)) || CARRIERS.contains(tree.text(o)) => Some((o, "carrier")),
        () => None,
    };
    // "a spokesman, quoted by the Herald, said"
    let quoting = said
        .source
        .into_iter()
        .flat_map(|s| tree.by_dep(s, &["acl"]))
        .filter(|&v| matches!(tree.lemma(v), "quote" | "cite"));
    objects.extend(quoting.filter_map(|v| tree.child(tree.child(v, &["agent"])?, &["pobj"])));
    objects.into_iter().filter(|&o| !said.holds(o)).filter_map(role).collect()
}
