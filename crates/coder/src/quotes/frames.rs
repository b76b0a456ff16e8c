//! Where source and content of a cue stand by the parse: clauses, objects, infinitives, prepositions, quotations beside it.

use std::ops::Range;

use crate::arguments::{self, is_passive, is_to_infinitive};
use crate::tree::Tree;

use super::Reading;
use super::cues::{Cue, Frame, Sort};

/// What a frame found beside a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Pieces of the content.
    pub content: Vec<Range<usize>>,
    /// Words beside the cue that belong to it: a preposition, a light verb.
    pub with: Vec<usize>,
}

impl Found {
    fn of(content: Range<usize>) -> Found {
        Found { content: vec![content], with: Vec::new() }
    }
}

/// The content of `cue` at verb `i`, in the first of its frames that is there.
pub fn of_verb(page: &Reading, i: usize, cue: &Cue) -> Option<(Found, Frame)> {
    let tree = page.tree;
    let passive = is_passive(tree, i);
    let found = cue.frames.iter().find_map(|frame| {
        let found = if passive { in_passive(tree, i, frame) } else { in_active(page, i, frame) };
        found.map(|f| (f, frame.clone()))
    });
    found.or_else(|| around(tree, i, cue).map(|f| (f, Frame::That)))
}

fn in_active(page: &Reading, i: usize, frame: &Frame) -> Option<Found> {
    let tree = page.tree;
    let is_person =
        |o: usize| page.labels[o] == "PERSON" || matches!(tree.lemma(o), "he" | "she" | "him" | "her");
    match frame {
        Frame::That | Frame::Quote => finite_clause(tree, i).map(|c| clause(tree, i, c)),
        Frame::To => infinitive(tree, i).filter(|_| !tree.has(i, &["dobj"])).map(|c| clause(tree, i, c)),
        Frame::WhomTo => whom_to(tree, i),
        Frame::Ing => gerund(tree, i).map(|c| clause(tree, i, c)),
        Frame::Np => thing(tree, i).filter(|_| !is_given(tree, i)).map(Found::of),
        Frame::Whom => object(tree, i)
            .filter(|&o| is_person(o) && !by_state(page, i))
            .map(|o| Found::of(phrase(tree, o))),
        Frame::As => {
            let object = object(tree, i)?;
            let taken = preposition(tree, i, "as").or_else(|| preposition(tree, object, "as"))?;
            Some(Found::of(join(phrase(tree, object), phrase(tree, taken))))
        }
        Frame::Is => predicate(tree, i),
        Frame::Prep(word) => {
            let phrase_at = behind(tree, i, word)?;
            Some(Found { with: vec![phrase_at.0], ..Found::of(phrase(tree, phrase_at.1)) })
        }
        Frame::WhomPrep(word) => {
            let object = object(tree, i)?;
            let taken = preposition(tree, i, word)
                .or_else(|| preposition(tree, object, word))
                .filter(|&p| p > object)?;
            Some(Found::of(join(phrase(tree, object), phrase(tree, taken))))
        }
        Frame::PrepTo(word) => {
            let (at, whom) = behind(tree, i, word)?;
            let infinitive = infinitive(tree, i)
                .or_else(|| tree.by_dep(whom, &["acl", "relcl"]).find(|&c| is_to_infinitive(tree, c)))?;
            Some(Found { with: vec![at], ..Found::of(join(phrase(tree, whom), phrase(tree, infinitive))) })
        }
    }
}

/// "The talks seem to have failed": the subject of "seem" is that of what seems so.
pub fn raised(tree: &Tree, i: usize, mut found: Found) -> Found {
    let subject = tree.child(i, &["nsubj"]).filter(|&s| s < i && !tree.lemma(s).eq_ignore_ascii_case("it"));
    if let Some(subject) = subject.map(|s| phrase(tree, s)) {
        found.content.insert(0, subject);
    }
    found
}

/// Whether a state or a people does what the verb says, which is then a deed rather than a word.
fn by_state(page: &Reading, i: usize) -> bool {
    let subject = page.tree.child(i, &["nsubj"]);
    subject.is_some_and(|s| matches!(page.labels[s], "GPE" | "NORP" | "LOC" | "FAC"))
}

/// "is said to be rich", "was accused of lying", "it is believed that": the subject is part of what is said.
fn in_passive(tree: &Tree, i: usize, frame: &Frame) -> Option<Found> {
    let subject = || arguments::surface_subject(tree, i, 3).filter(|&s| s < i && !tree.under(i, s));
    let with_subject = |rest: usize| {
        let mut content: Vec<Range<usize>> = subject().map(|s| phrase(tree, s)).into_iter().collect();
        content.push(phrase(tree, rest));
        Found { content, with: Vec::new() }
    };
    match frame {
        // "is believed to have left" as "it is believed that"
        Frame::That => finite_clause(tree, i)
            .map(|c| clause(tree, i, c))
            .or_else(|| infinitive(tree, i).map(with_subject)),
        Frame::Quote => finite_clause(tree, i).map(|c| clause(tree, i, c)),
        Frame::To | Frame::WhomTo => infinitive(tree, i).map(with_subject),
        // "a film called X" only names it.
        Frame::Is if tree.dep(i) == "acl" => None,
        Frame::Is => tree.child(i, &["oprd"]).map(with_subject),
        // "a view echoed by all", but not "a man accused".
        Frame::Np if tree.dep(i) == "acl" => {
            let noun = tree.head(i).filter(|_| tree.has(i, &["agent"]))?;
            Some(Found::of(tree.subtree(noun, |c| c != i)))
        }
        Frame::As if tree.dep(i) == "acl" => None,
        Frame::As => preposition(tree, i, "as").map(with_subject),
        Frame::WhomPrep(word) => preposition(tree, i, word).map(with_subject),
        Frame::Np => subject().map(|s| Found::of(phrase(tree, s))),
        _ => None,
    }
}

/// "X, he said, had failed", "as he said": the clause that the cue is set into is what is said.
fn around(tree: &Tree, i: usize, cue: &Cue) -> Option<Found> {
    let speaks = cue.frames.contains(&Frame::That) || cue.frames.contains(&Frame::Quote);
    let apart = |h: usize| between(i, h).any(|t| tree.text(t) == ";");
    let head = tree.head(i).filter(|&h| speaks && !apart(h))?;
    let as_clause =
        || tree.by_dep(i, &["mark", "advmod", "prep"]).any(|m| tree.lemma(m).eq_ignore_ascii_case("as"));
    let set_in = match tree.dep(i) {
        "parataxis" => true,
        // "These workers, he said, were tired", read as workers whom he said.
        "relcl" => !tree.is_verb(head) && between_commas(tree, i),
        "advcl" => as_clause(),
        "ccomp" | "conj" => {
            !tree.has(i, &["mark", "cc"])
                && tree.by_dep(head, &["punct"]).any(|p| between(i, head).contains(&p))
        }
        _ => false,
    };
    // "as he put it": the object is part of the cue.
    let own = |o: usize| cue.particle.as_deref() == Some(tree.text(o));
    let bare = !tree.by_dep(i, &["dobj", "ccomp", "xcomp"]).any(|c| !own(c));
    let aside = || tree.subtree(i, |c| !matches!(tree.dep(c), "ccomp" | "punct"));
    let fits = set_in && bare && tree.is_verb(head);
    let content = fits.then(|| outside(tree.subtree(head, |c| c != i), aside()))?;
    Some(Found { content, with: Vec::new() })
}

/// Whether a clause without a relative word stands between commas.
fn between_commas(tree: &Tree, i: usize) -> bool {
    let clause = tree.subtree(i, |c| tree.dep(c) != "punct");
    let comma = |t: usize| t < tree.len() && tree.text(t) == ",";
    let relative = clause.clone().any(|t| matches!(tree.tag(t), "WDT" | "WP" | "WRB" | "WP$"));
    !relative && clause.start > 0 && comma(clause.start - 1) && comma(clause.end)
}

fn between(a: usize, b: usize) -> Range<usize> {
    a.min(b)..a.max(b)
}

/// A range without a stretch of it: what is left before and behind.
pub fn outside(whole: Range<usize>, aside: Range<usize>) -> Vec<Range<usize>> {
    let pieces = [
        whole.start..aside.start.clamp(whole.start, whole.end),
        aside.end.clamp(whole.start, whole.end)..whole.end,
    ];
    pieces.into_iter().filter(|p| !p.is_empty()).collect()
}

fn clause(tree: &Tree, cue: usize, clause: usize) -> Found {
    // "A said X, while B said Y": the contrast is the writer's.
    let contrast = |c: usize| {
        let contrasts = || tree.by_dep(c, &["mark"]).any(|m| matches!(tree.lemma(m), "while" | "whereas"));
        let cites = || matches!(tree.lemma(c), "cite" | "quote") && tree.tag(c) == "VBG";
        tree.dep(c) == "advcl" && (contrasts() || cites())
    };
    let whole = tree.subtree(clause, |c| c != cue && !contrast(c));
    // "The talks, he said, had failed": the clause on both sides of cue and source.
    let subject = arguments::surface_subject(tree, cue, 0).map(|s| phrase(tree, s));
    let words = subject.map_or(cue..cue + 1, |s| join(s, cue..cue + 1));
    let content = if whole.contains(&cue) { outside(whole, words) } else { vec![whole] };
    Found { content, with: Vec::new() }
}

fn finite_clause(tree: &Tree, i: usize) -> Option<usize> {
    let apart = |c: usize| between(i, c).any(|t| tree.text(t) == ";");
    let clauses = tree.by_dep(i, &["ccomp", "parataxis"]).filter(|&c| !apart(c));
    let own = clauses.filter(|&c| !is_to_infinitive(tree, c)).find(|&c| is_clause(tree, c));
    own.or_else(|| question(tree, i)).or_else(|| behind_phrase(tree, i))
}

/// "asked if it would", "has not said when": the parser may take the question for a condition or a time.
fn question(tree: &Tree, i: usize) -> Option<usize> {
    let asks = matches!(tree.lemma(i), "ask" | "wonder" | "inquire" | "know" | "explain" | "understand")
        || tree.has(i, &["neg"]);
    let word = |m: usize| tree.tag(m) == "WRB" || matches!(tree.text(m), "if" | "whether");
    let opens = |c: usize| tree.by_dep(c, &["mark", "advmod"]).any(|m| m > i && m < i + 4 && word(m));
    tree.by_dep(i, &["advcl"]).find(|&c| asks && opens(c))
}

/// "reported at the time that": the parser may hang the clause on the phrase between.
fn behind_phrase(tree: &Tree, i: usize) -> Option<usize> {
    let objects = tree.by_dep(i, &["prep"]).filter_map(|p| tree.child(p, &["pobj"]));
    // A relative "that" leaves out something; one with an object of its own beside it does not.
    let that = |&c: &usize| {
        let that = tree.by_dep(c, &["mark", "dobj"]).find(|&m| tree.text(m) == "that");
        that.is_some_and(|t| tree.dep(t) == "mark" || tree.by_dep(c, &["dobj"]).count() > 1)
    };
    // "reported, citing officials, that"
    let citing = tree.by_dep(i, &["advcl", "prep"]).filter(|&c| matches!(tree.lemma(c), "cite" | "quote"));
    let objects = objects.chain(citing.filter_map(|c| tree.child(c, &["dobj"])));
    let mut clauses =
        objects.flat_map(|o| tree.by_dep(o, &["acl", "ccomp", "relcl"]).filter(that).collect::<Vec<_>>());
    clauses.next().filter(|_| !tree.has(i, &["dobj"]))
}

/// Whether a complement is a clause of its own, not a bare infinitive ("helped it defend itself") or a gerund.
fn is_clause(tree: &Tree, c: usize) -> bool {
    match tree.tag(c) {
        "VB" => tree.has(c, &["aux", "mark", "nsubj"]),
        "VBG" => tree.has(c, &["aux", "nsubj", "nsubjpass"]),
        _ => true,
    }
}

fn infinitive(tree: &Tree, i: usize) -> Option<usize> {
    tree.by_dep(i, &["xcomp", "ccomp", "advcl"]).find(|&c| {
        c > i && is_to_infinitive(tree, c) && (tree.dep(c) != "advcl" || !tree.has(i, &["dobj", "ccomp"]))
    })
}

fn whom_to(tree: &Tree, i: usize) -> Option<Found> {
    let split = || {
        let object = tree.child(i, &["dobj"])?;
        let to = infinitive(tree, i)
            .or_else(|| tree.by_dep(object, &["acl", "relcl"]).find(|&c| is_to_infinitive(tree, c)))?;
        (to > object).then(|| join(phrase(tree, object), phrase(tree, to)))
    };
    let one = || {
        let to = tree
            .by_dep(i, &["ccomp", "xcomp"])
            .find(|&c| c > i && is_to_infinitive(tree, c) && tree.has(c, &["nsubj", "nsubjpass"]))?;
        Some(phrase(tree, to))
    };
    one().or_else(split).map(Found::of)
}

fn gerund(tree: &Tree, i: usize) -> Option<usize> {
    tree.by_dep(i, &["xcomp", "ccomp", "pcomp"]).find(|&c| c > i && tree.tag(c) == "VBG")
}

fn object(tree: &Tree, i: usize) -> Option<usize> {
    let is_self = |o: usize| tree.lemma(o).ends_with("self") || tree.lemma(o).ends_with("selves");
    tree.by_dep(i, &["dobj"]).find(|&o| o > i && !is_self(o) && !matches!(tree.tag(o), "WDT" | "WP"))
}

/// The object: a phrase, a gerund ("cited improving care"), or what a relative clause leaves out ("whom he admires").
fn thing(tree: &Tree, i: usize) -> Option<Range<usize>> {
    let own = object(tree, i).or_else(|| gerund(tree, i)).map(|o| phrase(tree, o));
    own.or_else(|| {
        let antecedent =
            arguments::logical_object(tree, i).into_iter().next().filter(|_| tree.dep(i) == "relcl")?;
        let relative = tree
            .by_dep(i, &["dobj", "mark"])
            .find(|&c| matches!(tree.lemma(c), "that" | "which" | "who" | "whom"));
        Some(relative.map_or_else(|| tree.subtree(antecedent, |c| c != i && !tree.under(i, c)), |r| r..r + 1))
    })
}

/// "denied them food": a thing that somebody is given or not, nothing that is said.
fn is_given(tree: &Tree, i: usize) -> bool {
    tree.by_dep(i, &["dative"]).any(|d| tree.is_nominal(d) || tree.tag(d) == "PRP")
}

fn preposition(tree: &Tree, i: usize, word: &str) -> Option<usize> {
    tree.by_dep(i, &["prep", "dative", "agent"]).find(|&p| p > i && tree.text(p).eq_ignore_ascii_case(word))
}

/// The preposition and what stands behind it.
fn behind(tree: &Tree, i: usize, word: &str) -> Option<(usize, usize)> {
    let own = preposition(tree, i, word).or_else(|| {
        // "lashed out at", "spoke out against".
        let apart = tree.by_dep(i, &["prt", "advmod", "prep"]).find_map(|p| preposition(tree, p, word));
        // "took aim at", "cast doubt on": the bare noun is part of the verb.
        let bare = |&o: &usize| tree.tag(o) == "NN" && !tree.has(o, &["det", "poss", "amod"]);
        apart.or_else(|| tree.by_dep(i, &["dobj"]).filter(bare).find_map(|o| preposition(tree, o, word)))
    })?;
    let object = tree.child(own, &["pobj", "pcomp"])?;
    Some((own, object))
}

/// "called the vote a farce".
fn predicate(tree: &Tree, i: usize) -> Option<Found> {
    let of_clause = tree.by_dep(i, &["ccomp", "xcomp"]).find(|&c| {
        c > i
            && !is_to_infinitive(tree, c)
            && tree.has(c, &["nsubj"])
            && !tree.has(c, &["mark", "aux"])
            && !matches!(tree.tag(c), "VBD" | "VBZ" | "VBP")
    });
    if let Some(small) = of_clause {
        return Some(Found::of(phrase(tree, small)));
    }
    let predicate = tree.by_dep(i, &["oprd", "acomp"]).find(|&c| c > i)?;
    let object = object(tree, i);
    Some(Found::of(
        object.map_or_else(|| phrase(tree, predicate), |o| join(phrase(tree, o), phrase(tree, predicate))),
    ))
}

fn join(a: Range<usize>, b: Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// The words under a head.
pub fn phrase(tree: &Tree, i: usize) -> Range<usize> {
    tree.phrase(i)
}

/// The content of a noun or adjective at `i`.
pub fn of_word(tree: &Tree, i: usize, cue: &Cue) -> Option<(Found, Frame)> {
    cue.frames.iter().find_map(|frame| {
        let found = match frame {
            Frame::That => tree
                .by_dep(i, &["acl", "ccomp", "relcl", "appos"])
                .find(|&c| c > i && tree.is_verb(c) && is_that_clause(tree, i, c))
                .or_else(|| from_copula(tree, i, cue.sort, |v| finite_clause(tree, v).filter(|&c| c > i)))
                .or_else(|| behind_copula(tree, i, cue.sort))
                .map(|c| Found::of(phrase(tree, c))),
            Frame::To => tree
                .by_dep(i, &["acl", "xcomp", "relcl", "ccomp"])
                .find(|&c| c > i && is_to_infinitive(tree, c))
                .or_else(|| from_copula(tree, i, cue.sort, |v| infinitive(tree, v).filter(|&c| c > i)))
                .map(|c| Found::of(phrase(tree, c)))
                .or_else(|| prepositional(tree, i, "to")),
            Frame::Prep(word) => prepositional(tree, i, word),
            _ => None,
        };
        found.map(|f| (f, frame.clone()))
    })
}

fn prepositional(tree: &Tree, i: usize, word: &str) -> Option<Found> {
    let (at, object) = behind(tree, i, word)?;
    Some(Found { with: vec![at], ..Found::of(phrase(tree, object)) })
}

/// "the claim that he lied", not "the claim that was made".
fn is_that_clause(tree: &Tree, noun: usize, c: usize) -> bool {
    let that = tree.by_dep(c, &["mark", "advmod", "dobj", "nsubj"]).find(|&m| {
        matches!(tree.lemma(m).to_lowercase().as_str(), "that" | "whether" | "if" | "how" | "why")
    });
    that.is_some_and(|m| tree.dep(m) == "mark" || tree.dep(m) == "advmod") && c > noun
}

/// "His bet is that", "the plan is to": what the noun is said to be.
fn behind_copula(tree: &Tree, i: usize, sort: Sort) -> Option<usize> {
    let copula =
        tree.head(i).filter(|&h| sort == Sort::Noun && tree.dep(i) == "nsubj" && tree.lemma(h) == "be")?;
    tree.by_dep(copula, &["ccomp"]).find(|&c| c > copula && tree.has(c, &["mark"]))
}

fn from_copula(tree: &Tree, i: usize, sort: Sort, find: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    let copula = tree.head(i).filter(|_| sort == Sort::Adjective && tree.dep(i) == "acomp")?;
    find(copula)
}
