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

/// The source of a verb that may stand beside a quotation, which the parser often makes part of it.
pub fn of_cue(page: &Reading, i: usize) -> Option<Source> {
    match of_verb(page.tree, i) {
        Some(source) => outside_marks(page, i, source),
        None if is_beside_marks(page, i) => beside(page, i).filter(|s| is_agent(page, s.head)),
        None => None,
    }
}

/// Whether a finite verb outside every quotation stands near one.
fn is_beside_marks(page: &Reading, i: usize) -> bool {
    let near = i.saturating_sub(8)..page.tree.len().min(i + 8);
    let finite = matches!(page.tree.tag(i), "VBD" | "VBZ" | "VBP") && !is_passive(page.tree, i);
    finite && page.quoted(i).is_none() && near.clone().any(|t| page.quoted(t).is_some())
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

/// Words between a quotation and a verb among which its speaker is looked for.
const ASIDE: usize = 30;

/// The noun phrase right before a verb, at the end of the quotation before it (`“Yes,” Tasch, the king, told them`), or right behind.
fn beside(page: &Reading, cue: usize) -> Option<Source> {
    let tree = page.tree;
    let free = |t: &usize| tree.is_word(*t) && page.quoted(*t).is_none();
    let nominal = |t: usize| tree.is_nominal(t) || tree.tag(t) == "PRP";
    let of = |range: Range<usize>| {
        let outermost = |t: usize| tree.head(t).is_none_or(|h| !range.contains(&h) || !tree.is_nominal(h));
        let head = range.clone().find(|&t| nominal(t) && outermost(t))?;
        Some(Source { head, words: words(tree, head, cue) })
    };
    let start =
        (cue.saturating_sub(6)..cue).rev().find(|t| !free(t)).map_or(cue.saturating_sub(6), |t| t + 1);
    let aside = || {
        let comma = cue.checked_sub(1).filter(|&t| tree.text(t) == ",")?;
        let mark = (comma.saturating_sub(ASIDE)..comma).rev().find(|&t| page.quoted(t).is_some())? + 1;
        let first = (mark..comma).find(free)?;
        let end = (first..comma).find(|t| !free(t) || !nominal(*t) && tree.tag(*t) != "DT")?;
        (end > first).then(|| Source { head: end - 1, words: first..end })
    };
    let behind = || {
        let end = (cue + 1..tree.len().min(cue + 8)).find(|t| !free(t)).unwrap_or(tree.len().min(cue + 8));
        of(cue + 1..end).filter(|s| tree.dep(s.head) != "dobj" || !tree.has(cue, &["nsubj"]) && start == cue)
    };
    of(start..cue).or_else(aside).or_else(behind)
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
    match tree.lemma(head).to_lowercase().as_str() {
        "you" | "yourself" => true,
        "one" => !tree.has(head, &["prep", "compound", "amod"]),
        _ => false,
    }
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
