//! Attributions by their words: verbs, nouns and adjectives of the cue tables, "according to", "reportedly".

use std::ops::Range;

use super::cues::{Class, Cue, Frame, Sort, Sources};
use super::frames::{self, Found, outside, phrase};
use super::sources::{self, Source};
use super::{Manner, Reading, Said};
use crate::arguments::{self, is_passive};
use crate::tree::Tree;
use crate::words::{DOCUMENTS, HEARSAY, MEASURES_OF, VIEWS};

/// Attributions of a verb.
pub fn verb(page: &Reading, i: usize) -> Option<Said> {
    let tree = page.tree;
    if !tree.is_verb(i) || tree.dep(i) == "aux" || is_misplaced_citing(page, i) {
        return None;
    }
    let cues = page.lexicon.cues().of(tree.lemma(i)).iter().filter(|c| c.sort == Sort::Verb);
    let source = sources::of_cue(page, i);
    cues.filter(|cue| has_particle(tree, i, cue)).find_map(|cue| {
        let class = page.lexicon.cues().class(cue.class);
        let (found, frame) = frames::of_verb(page, i, cue)?;
        let found = within_marks(page, i, found)?;
        // Whatever tells that something is so speaks, be it a heading or a fan.
        let tells = matches!(frame, Frame::That | Frame::Quote) && class.sources != Sources::Documents;
        if class.sources == Sources::Nobody {
            let found = frames::raised(tree, i, found);
            return Some(said(page, i, cue, None, found, &frame));
        }
        let source = match &source {
            Some(source) if tells || sources::may_be(page, class, source) => Some(source.clone()),
            Some(_) => return None,
            None if is_passive(tree, i) && may_lack_source(class, &frame) => None,
            None => return None,
        };
        Some(said(page, i, cue, source, found, &frame))
    })
}

/// Whether a passive that names nobody is an attribution: "was accused of lying", but not "is included", "was banned".
fn may_lack_source(class: &Class, frame: &Frame) -> bool {
    class.unnamed || (class.sources != Sources::Documents && *frame != Frame::Np)
}

/// What a cue inside quotation marks reports stands inside them too.
fn within_marks(page: &Reading, cue: usize, found: Found) -> Option<Found> {
    let Some(q) = page.quoted(cue) else { return Some(found) };
    let inside = |piece: &Range<usize>| piece.start.max(q.inside.start)..piece.end.min(q.inside.end);
    let content: Vec<Range<usize>> =
        found.content.iter().map(inside).filter(|piece| !piece.is_empty()).collect();
    (!content.is_empty()).then_some(Found { content, ..found })
}

/// "point *out*": a particle, preposition or complement beside the verb.
fn has_particle(tree: &Tree, i: usize, cue: &Cue) -> bool {
    cue.particle
        .as_ref()
        .is_none_or(|p| tree.children(i).any(|c| c > i && c < i + 5 && tree.text(c).eq_ignore_ascii_case(p)))
}

/// Attributions of a noun or an adjective.
pub fn noun_or_adjective(page: &Reading, i: usize) -> Option<Said> {
    let tree = page.tree;
    let sort = match tree.tag(i) {
        "NN" | "NNS" => Sort::Noun,
        "JJ" | "VBN" | "VBD" | "VBG" => Sort::Adjective,
        _ => return None,
    };
    let lemma = if sort == Sort::Adjective { tree.text(i) } else { tree.lemma(i) };
    page.lexicon.cues().of(lemma).iter().filter(|c| c.sort == sort).find_map(|cue| {
        let (found, frame) = frames::of_word(tree, i, cue)?;
        let mut found = within_marks(page, i, found)?;
        let class = page.lexicon.cues().class(cue.class);
        let source = match sort {
            _ if class.sources == Sources::Nobody => None,
            Sort::Noun => match sources::of_noun(page, i) {
                Some((source, with)) => {
                    found.with.extend(with);
                    Some(source)
                }
                None if is_open(&frame) => None,
                None => return None,
            },
            _ => Some(sources::of_adjective(tree, i)?),
        };
        // "shows signs of age": only who can speak shows what he thinks.
        let speaks = |s: &Source| sources::is_agent(page, s.head) || DOCUMENTS.contains(tree.lemma(s.head));
        if source.as_ref().is_some_and(|s| !sources::may_be(page, class, s) || !speaks(s)) {
            return None;
        }
        if sort == Sort::Adjective {
            found.with.extend(tree.head(i).filter(|_| tree.dep(i) == "acomp"));
        }
        Some(said(page, i, cue, source, found, &frame))
    })
}

fn said(page: &Reading, i: usize, cue: &Cue, source: Option<Source>, found: Found, frame: &Frame) -> Said {
    let class = page.lexicon.cues().class(cue.class);
    let words = cue_words(page.tree, i, cue, &found);
    let nobody = |s: &Source| {
        matches!(page.tree.lemma(s.head).to_lowercase().as_str(), "nobody" | "none" | "neither" | "no-one")
            || page.tree.by_dep(s.head, &["det"]).any(|d| page.tree.lemma(d).eq_ignore_ascii_case("no"))
    };
    let source_is_nobody = source.as_ref().is_some_and(nobody);
    Said {
        source: source.as_ref().map(|s| s.head),
        named: source.map(|s| s.words),
        cue: Some(i),
        cue_words: Some(words),
        content: found.content,
        kind: Manner::Indirect,
        class: Some(cue.class),
        // What nobody says is no claim.
        claim: class.claim && frame.tells() && !source_is_nobody,
        repaired: None,
        inferred: None,
        within: None,
    }
}

/// The cue with its auxiliaries, negation, particle and preposition, as far as they stand beside it.
fn cue_words(tree: &Tree, i: usize, cue: &Cue, found: &Found) -> Range<usize> {
    let mut words = i..i + 1;
    let belongs = |c: usize| match tree.dep(c) {
        "aux" | "auxpass" | "neg" | "prt" => true,
        "advmod" => c + 1 == i || cue.particle.as_deref() == Some(tree.text(c)),
        _ => found.with.contains(&c) || cue.particle.as_deref() == Some(tree.text(c)),
    };
    let near = |c: usize| c + 6 > i && c < i + 5;
    for c in tree
        .children(i)
        .filter(|&c| near(c) && belongs(c))
        .chain(found.with.iter().copied().filter(|&c| near(c)))
    {
        if !(c.min(i)..c.max(i) + 1).any(|t| found.content.iter().any(|piece| piece.contains(&t))) {
            words = words.start.min(c)..words.end.max(c + 1);
        }
    }
    words
}

/// Whether a noun is a cue also where it is nobody's: "questions about", "the claim that".
fn is_open(frame: &Frame) -> bool {
    *frame == Frame::That || *frame == Frame::Prep("about".to_owned())
}

/// An attribution by syntax alone.
fn plain(
    tree: &Tree,
    source: Option<usize>,
    cue: usize,
    words: Range<usize>,
    content: Vec<Range<usize>>,
) -> Said {
    Said {
        source,
        named: source.map(|s| sources::words(tree, s, cue)),
        cue: Some(cue),
        cue_words: Some(words),
        content,
        kind: Manner::Indirect,
        class: None,
        claim: true,
        repaired: None,
        inferred: None,
        within: None,
    }
}

/// "according to A, B", "B, in the words of A", "in A's view, B".
pub fn according_to(page: &Reading, i: usize) -> Option<Said> {
    let tree = page.tree;
    let (source, words, top) =
        according(tree, i).or_else(|| in_the_words_of(tree, i)).or_else(|| in_a_poll(tree, i))?;
    let content = match tree.head(top) {
        Some(head) => {
            let clause = if tree.is_verb(head) {
                head
            } else {
                tree.ancestors(head).find(|&a| tree.is_verb(a)).unwrap_or(head)
            };
            outside(tree.subtree(clause, |c| c != top), tree.phrase(top))
        }
        // Cut off from its clause: the rest of the sentence is meant, or the sentence before.
        None => {
            let sentence = tree.sentences()[tree.sentence(i)].clone();
            let rest = outside(sentence.clone(), tree.phrase(top));
            match rest.iter().any(|r| r.clone().any(|t| tree.is_verb(t))) {
                true => rest,
                false => vec![tree.sentences().get(tree.sentence(i).checked_sub(1)?)?.clone()],
            }
        }
    };
    Some(plain(tree, Some(source), i, words, content))
}

fn according(tree: &Tree, i: usize) -> Option<(usize, Range<usize>, usize)> {
    if !tree.text(i).trim_start_matches('"').eq_ignore_ascii_case("according") {
        return None;
    }
    let to = tree.child(i, &["prep"])?;
    let source = tree.child(to, &["pobj"])?;
    let measures =
        MEASURES_OF.contains(tree.lemma(source)) && !tree.has(source, &["det", "poss", "prep", "compound"]);
    (!measures).then_some((source, i..to + 1, i))
}

/// "in the words of Kurvi Tasch", "in his view", "in the eyes of many".
fn in_the_words_of(tree: &Tree, i: usize) -> Option<(usize, Range<usize>, usize)> {
    let noun = tree.child(i, &["pobj"]).filter(|_| tree.text(i).eq_ignore_ascii_case("in"))?;
    let is_view = VIEWS.contains(tree.lemma(noun));
    let top = tree.head(i).filter(|&h| is_view && tree.is_verb(h));
    let clause_wide = top.is_some_and(|h| {
        !tree.has(h, &["dobj", "attr"])
            || tree.sentences()[tree.sentence(i)].start == i
            || i > 0 && tree.text(i - 1) == ","
    });
    let of = || {
        tree.by_dep(noun, &["prep"]).find(|&p| tree.lemma(p) == "of").and_then(|p| tree.child(p, &["pobj"]))
    };
    let source = tree.child(noun, &["poss"]).or_else(of).filter(|_| clause_wide)?;
    Some((source, i..i + 1, i))
}

/// "In a poll, four in ten were tired".
fn in_a_poll(tree: &Tree, i: usize) -> Option<(usize, Range<usize>, usize)> {
    let noun = tree.child(i, &["pobj"]).filter(|_| tree.text(i).eq_ignore_ascii_case("in"))?;
    let counts = matches!(tree.lemma(noun), "poll" | "survey" | "study");
    // "leads in the polls" says where, "in a poll, he leads" says who says so.
    let aside = |h: usize| i < h || i > 0 && tree.text(i - 1) == ",";
    let clause = tree.head(i).is_some_and(|h| tree.is_verb(h) && aside(h));
    (counts && clause).then_some((noun, i..i + 1, i))
}

/// "The Herald quoted A as saying that", "A was quoted by the Herald as saying that": the paper, then A.
pub fn quoted_as_saying(page: &Reading, i: usize) -> Vec<Said> {
    let tree = page.tree;
    let verb = tree.is_verb(i) && matches!(tree.lemma(i), "quote" | "cite");
    let under = tree.by_dep(i, &["prep"]).find(|&p| verb && tree.lemma(p) == "as");
    let saying = under.and_then(|p| tree.child(p, &["pcomp"]));
    let Some((cue, clause)) = saying.and_then(|cue| Some((cue, tree.child(cue, &["ccomp"])?))) else {
        return Vec::new();
    };
    let content = vec![phrase(tree, clause)];
    let by = |source: Vec<usize>, cue: usize| {
        source.into_iter().next().map(|s| plain(tree, Some(s), cue, cue..cue + 1, content.clone()))
    };
    let links = [by(arguments::logical_subject(tree, i), i), by(arguments::logical_object(tree, i), cue)];
    links.into_iter().flatten().collect()
}

/// "The Herald, citing officials, said": the officials say it too.
pub fn cited(page: &Reading, i: usize) -> Option<Said> {
    let tree = page.tree;
    let participle = tree.tag(i) == "VBG" && matches!(tree.lemma(i), "cite" | "quote");
    let above = tree.head(i).filter(|_| participle && matches!(tree.dep(i), "advcl" | "prep" | "acl"))?;
    let source = tree.child(i, &["dobj"])?;
    let told = |verb: usize| {
        let cues = page.lexicon.cues().of(tree.lemma(verb)).iter();
        let mut speaking = cues.filter(|c| c.sort == Sort::Verb && c.frames.contains(&Frame::That));
        speaking.find_map(|cue| frames::of_verb(page, verb, cue).filter(|(_, frame)| frame.tells()))
    };
    let verbs = std::iter::once(above).chain(tree.ancestors(above)).filter(|&a| tree.is_verb(a));
    let found = verbs.take(3).find_map(told)?.0;
    let aside = tree.subtree(i, |c| !matches!(tree.dep(c), "acl" | "relcl" | "ccomp"));
    let content = found.content.into_iter().flat_map(|piece| outside(piece, aside.clone())).collect();
    Some(plain(tree, Some(source), i, i..i + 1, content))
}

/// "reported, citing officials, that Ruritania attacked": it is not Ruritania that cites them.
fn is_misplaced_citing(page: &Reading, i: usize) -> bool {
    let tree = page.tree;
    let cites = tree.tag(i) == "VBG" && matches!(tree.lemma(i), "cite" | "quote");
    let above = tree.head(i).filter(|&h| cites && tree.is_verb(h));
    let speaks =
        |h: usize| page.lexicon.cues().of(tree.lemma(h)).iter().any(|c| c.frames.contains(&Frame::That));
    above.is_some_and(|h| !speaks(h)) && cited(page, i).is_some()
}

/// "reportedly", "allegedly": somebody says so, and the text does not say who.
pub fn adverb(page: &Reading, i: usize) -> Option<Said> {
    let tree = page.tree;
    let hearsay = HEARSAY.contains(&tree.lemma(i).to_lowercase());
    let head = tree.head(i).filter(|&h| hearsay && tree.is_verb(h))?;
    let content = outside(tree.subtree(head, |c| c != i && !matches!(tree.dep(c), "conj" | "cc")), i..i + 1);
    Some(plain(tree, None, i, i..i + 1, content))
}
