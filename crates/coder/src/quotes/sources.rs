//! Who the source of a cue is: its words, its head, and whether it can speak at all.

use std::ops::Range;

use chancery_language::Pos;

use super::cues::{Class, Sources};
use super::{Reading, direct};
use crate::arguments::{self, is_passive};
use crate::tree::Tree;
use crate::words::{CUE_CARRIERS, DOCUMENTS, GROUPS, PEOPLE, QUANTITIES, SOURCES};

/// Somebody who says, thinks or wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Whom the words stand for.
    pub head: usize,
    /// The words beside the cue.
    pub words: Range<usize>,
}

/// The source of a verb.
pub fn of_verb(tree: &Tree, i: usize) -> Option<Source> {
    let head = arguments::logical_subject(tree, i).into_iter().next()?;
    // "reporters who say": the words are "who", the source are the reporters.
    let surface = tree.child(i, &["nsubj"]).filter(|_| !is_passive(tree, i)).unwrap_or(head);
    Some(Source { head, words: words(tree, surface, i) })
}

/// A source that is not part of other quoted words than its cue; the parser takes `"Thanks," said A` for thanks that speak.
pub fn outside_marks(page: &Reading, cue: usize, source: Source) -> Option<Source> {
    let (own, other) =
        (page.quoted_at[cue], page.quoted_at[source.words.end - 1].or(page.quoted_at[source.head]));
    if own == other
        || other.is_some() && !page.quoted(source.head).is_some_and(|q| direct::is_utterance(page.tree, q))
    {
        return Some(source);
    }
    if own.is_some() {
        return None;
    }
    beside(page, cue)
}

/// The noun phrase right behind a verb, or right before it.
fn beside(page: &Reading, cue: usize) -> Option<Source> {
    let tree = page.tree;
    let free = |t: &usize| tree.is_word(*t) && page.quoted(*t).is_none();
    let nominal = |t: usize| tree.is_nominal(t) || tree.tag(t) == "PRP";
    let of = |range: Range<usize>| {
        let head = range
            .clone()
            .find(|&t| nominal(t) && tree.head(t).is_none_or(|h| !range.contains(&h) || h == cue))?;
        Some(Source { head, words: words(tree, head, cue) })
    };
    let end = (cue + 1..tree.len().min(cue + 8)).find(|&t| !free(&t)).unwrap_or(tree.len().min(cue + 8));
    let start =
        (cue.saturating_sub(6)..cue).rev().find(|&t| !free(&t)).map_or(cue.saturating_sub(6), |t| t + 1);
    of(start..cue).or_else(|| of(cue + 1..end))
}

/// The words that name a source, without the cue and what hangs on it.
pub fn words(tree: &Tree, head: usize, cue: usize) -> Range<usize> {
    let keep = |c: usize| {
        c != cue && !(tree.dep(c) == "punct" && c > head) && !matches!(tree.dep(c), "ccomp" | "advcl")
    };
    let range = tree.subtree(head, keep);
    if range.contains(&cue) { tree.subtree(head, |c| keep(c) && !tree.under(cue, c)) } else { range }
}

/// The source of a noun: whose it is, or who makes, issues or holds it, with the verb that says so.
pub fn of_noun(page: &Reading, i: usize) -> Option<(Source, Vec<usize>)> {
    let tree = page.tree;
    let named = |head: usize| Source { head, words: words(tree, head, i) };
    if let Some(owner) = tree.child(i, &["poss"]) {
        return Some((named(owner), Vec::new()));
    }
    let by = tree.by_dep(i, &["prep", "agent"]).filter(|&p| matches!(tree.lemma(p), "by" | "from" | "among"));
    if let Some(object) = by.filter_map(|p| tree.child(p, &["pobj"])).find(|&o| is_agent(page, o)) {
        return Some((named(object), Vec::new()));
    }
    let verb = tree.head(i).filter(|&v| tree.is_verb(v) && is_held(tree, v, i))?;
    let source = of_verb(tree, verb)?;
    (source.head != i).then(|| (source, vec![verb]))
}

/// "made a promise", "has fears", "issued a statement".
fn is_held(tree: &Tree, verb: usize, noun: usize) -> bool {
    tree.dep(noun) == "dobj" && CUE_CARRIERS.contains(tree.lemma(verb))
}

/// The source of an adjective: the subject of its copula.
pub fn of_adjective(tree: &Tree, i: usize) -> Option<Source> {
    let copula = tree.head(i).filter(|_| matches!(tree.dep(i), "acomp" | "conj" | "oprd"))?;
    let verb = if tree.dep(i) == "conj" { tree.head(copula)? } else { copula };
    tree.is_verb(verb).then(|| of_verb(tree, verb))?
}

/// Whether the source of a class may be this.
pub fn may_be(page: &Reading, class: &Class, source: &Source) -> bool {
    match class.sources {
        Sources::Any => true,
        // What "you" or "one" think is nobody's thought.
        Sources::Agents => is_agent(page, source.head) && !is_generic(page.tree, source.head),
        Sources::Documents => DOCUMENTS.contains(page.tree.lemma(source.head)),
        Sources::Nobody => false,
    }
}

fn is_generic(tree: &Tree, head: usize) -> bool {
    matches!(tree.lemma(head).to_lowercase().as_str(), "you" | "one" | "yourself")
}

/// Whether words can name somebody who speaks: a name, a pronoun, people, a body.
pub fn is_agent(page: &Reading, head: usize) -> bool {
    let tree = page.tree;
    let lemma = tree.lemma(head).to_lowercase();
    let group = |word: &str| GROUPS.contains(word) || PEOPLE.contains(word);
    match tree.tag(head) {
        "PRP" => !matches!(lemma.as_str(), "it" | "itself"),
        "PRP$" | "WP" | "WP$" => lemma != "what",
        "NNP" | "NNPS" => !matches!(
            page.labels[head],
            "DATE" | "TIME" | "MONEY" | "PERCENT" | "WORK_OF_ART" | "LAW" | "EVENT" | "PRODUCT" | "QUANTITY"
        ),
        "NN" | "NNS" if matches!(page.labels[head], "PERSON" | "ORG" | "NORP" | "GPE" | "PERCENT") => true,
        "NN" | "NNS" => group(&lemma) || SOURCES.contains(&lemma) || QUANTITIES.contains(&lemma),
        "CD" | "DT" | "JJ" | "JJS" | "JJR" | "PDT" => {
            matches!(tree.dep(head), "nsubj" | "nsubjpass" | "pobj" | "conj" | "agent")
        }
        _ => {
            tree.pos(head) == Pos::Pron
                && !matches!(
                    lemma.as_str(),
                    "this" | "that" | "which" | "what" | "there" | "something" | "nothing"
                )
        }
    }
}
