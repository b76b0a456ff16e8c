//! Who the source of a cue is: its words, its head, and whether it can speak at all.

use std::ops::Range;

use chancery_language::Pos;

use super::Page;
use super::cues::{Class, Sort};
use crate::arguments::{self, is_passive};
use crate::tree::Tree;
use crate::words::{GROUPS, PEOPLE, QUANTITIES, SPEAKS_FOR};

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

/// The words that name a source, without the cue and what hangs on it.
pub fn words(tree: &Tree, head: usize, cue: usize) -> Range<usize> {
    let keep = |c: usize| {
        c != cue && !(tree.dep(c) == "punct" && c > head) && !matches!(tree.dep(c), "ccomp" | "advcl")
    };
    let range = tree.subtree(head, keep);
    if range.contains(&cue) { tree.subtree(head, |c| keep(c) && !tree.under(cue, c)) } else { range }
}

/// The source of a noun: whose it is, or who makes, issues or holds it, with the verb that says so.
pub fn of_noun(page: &Page, i: usize) -> Option<(Source, Vec<usize>)> {
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
    let source = of_verb(tree, v_or_main(tree, verb))?;
    (source.head != i).then(|| (source, vec![verb]))
}

fn v_or_main(_tree: &Tree, verb: usize) -> usize {
    verb
}

/// "made a promise", "has fears", "issued a statement".
fn is_held(tree: &Tree, verb: usize, noun: usize) -> bool {
    tree.dep(noun) == "dobj"
        && matches!(
            tree.lemma(verb),
            "make"
                | "issue"
                | "have"
                | "raise"
                | "express"
                | "voice"
                | "give"
                | "release"
                | "deliver"
                | "repeat"
                | "renew"
                | "reiterate"
                | "send"
                | "publish"
                | "offer"
                | "hold"
                | "share"
                | "show"
                | "announce"
                | "take"
                | "reach"
                | "harbor"
                | "harbour"
                | "lodge"
                | "file"
                | "level"
                | "hurl"
                | "float"
                | "present"
                | "put"
                | "air"
                | "post"
                | "write"
                | "get"
        )
}

/// The source of an adjective: the subject of its copula.
pub fn of_adjective(tree: &Tree, i: usize) -> Option<Source> {
    let copula = tree.head(i).filter(|_| matches!(tree.dep(i), "acomp" | "conj" | "oprd"))?;
    let verb = if tree.dep(i) == "conj" { tree.head(copula)? } else { copula };
    tree.is_verb(verb).then(|| of_verb(tree, verb))?
}

/// Whether the source of a class may be this.
pub fn may_be(page: &Page, class: &Class, sort: Sort, source: &Source) -> bool {
    class.any_source
        || sort == Sort::Noun && page.tree.dep(source.head) == "poss" && is_agent(page, source.head)
        || is_agent(page, source.head)
}

/// Whether words can name somebody who speaks: a name, a pronoun, people, a body.
pub fn is_agent(page: &Page, head: usize) -> bool {
    let tree = page.tree;
    let lemma = tree.lemma(head).to_lowercase();
    let group = |word: &str| GROUPS.contains(word) || PEOPLE.contains(word);
    match tree.tag(head) {
        "PRP" => !matches!(lemma.as_str(), "it" | "itself") || tree.dep(head) == "nsubj",
        "PRP$" | "WP" | "WP$" => lemma != "what",
        "NNP" | "NNPS" => !matches!(
            page.labels[head],
            "DATE" | "TIME" | "MONEY" | "PERCENT" | "WORK_OF_ART" | "LAW" | "EVENT" | "PRODUCT" | "QUANTITY"
        ),
        "NN" | "NNS" if matches!(page.labels[head], "PERSON" | "ORG" | "NORP" | "GPE" | "PERCENT") => true,
        "NN" | "NNS" => {
            group(&lemma)
                || SPEAKS_FOR.contains(&lemma) && tree.has(head, &["poss", "amod", "compound"]) && false
                || QUANTITIES.contains(&lemma)
                || matches!(
                    lemma.as_str(),
                    "percent"
                        | "majority"
                        | "source"
                        | "everyone"
                        | "anyone"
                        | "someone"
                        | "nobody"
                        | "everybody"
                        | "people"
                        | "family"
                        | "public"
                        | "country"
                        | "nation"
                        | "state"
                        | "house"
                        | "media"
                        | "police"
                        | "military"
                        | "campaign"
                        | "office"
                        | "magazine"
                        | "paper"
                        | "site"
                        | "website"
                        | "blog"
                        | "press"
                        | "crowd"
                        | "community"
                        | "electorate"
                        | "world"
                        | "left"
                        | "right"
                        | "establishment"
                        | "leadership"
                        | "staff"
                        | "regime"
                        | "kremlin"
                        | "cabinet"
                        | "jury"
                        | "army"
                        | "spokesperson"
                        | "lawmaker"
                        | "nominee"
                        | "other"
                )
        }
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
