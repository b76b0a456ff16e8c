//! Whose words a quotation is: the clause that it completes, the cue beside it, the quotation that it goes on from.

use std::collections::HashMap;
use std::ops::Range;

use super::cues::{Frame, Sort};
use super::lookup::BySentence;
use super::marks::Quoted;
use super::sources::{self, Source};
use super::{Manner, Reading, Said, turns};
use crate::arguments;
use crate::tree::Tree;

/// Words between a quotation and the verb that introduces it, the speaker's own not counted.
const REACH: usize = 12;

/// The attribution that the last quotation belongs to.
#[derive(Debug, Clone, Copy)]
struct Last {
    paragraph: usize,
    sentence: usize,
    said: usize,
}

/// Gives every quotation to its attribution: one found by its clause, one with a cue of its own, or the one before.
pub fn attribute(page: &Reading, said: &mut Vec<Said>) {
    let tree = page.tree;
    let index = BySentence::new(tree, said);
    let mut by_cue: HashMap<usize, usize> =
        said.iter().enumerate().rev().filter_map(|(at, s)| Some((s.cue?, at))).collect();
    let mut last: Option<Last> = None;
    let mut paragraph = 0;
    for q in &page.quoted {
        while paragraph + 1 < page.paragraphs.len() && page.paragraphs[paragraph].end <= q.whole.start {
            paragraph += 1;
        }
        let utters = is_utterance(tree, q);
        let own = covering(tree, &index, said, q).filter(|_| !utters || turns::signature(page, q).is_none());
        let found = match own {
            Some(at) => {
                cover(&mut said[at], q, utters);
                Some(at)
            }
            // “It was,” he said, “a mistake.”
            None if !utters && last.is_some_and(|l| goes_on(tree, q, &said[l.said])) => {
                let before = last.map_or(0, |l| l.said);
                said[before].content.push(q.whole.clone());
                Some(before)
            }
            None if !utters => {
                fragment(page, q).or_else(|| scare(page, q)).map(|one| join(said, &by_cue, one))
            }
            None => give(page, &index, &mut by_cue, q, paragraph, last, said),
        };
        if let Some(at) = found {
            said[at].repaired = said[at].repaired.or(q.repaired);
            said[at].claim |= utters;
            if utters {
                last = Some(Last { paragraph, sentence: tree.sentence(q.inside.end - 1), said: at });
            }
        }
    }
}

/// "called the vote a “farce”": one attribution, if the verb has one already.
fn join(said: &mut Vec<Said>, by_cue: &HashMap<usize, usize>, one: Said) -> usize {
    match one.cue.and_then(|c| by_cue.get(&c)).copied().filter(|&at| said[at].source == one.source) {
        Some(at) => {
            said[at].content.extend(one.content);
            said[at].content.sort_by_key(|c| c.start);
            said[at].kind = Manner::Mixed;
            at
        }
        None => push(said, one),
    }
}

/// Whether a quotation stands right behind the cue or source of the one before, after a comma.
fn goes_on(tree: &Tree, q: &Quoted, before: &Said) -> bool {
    let comma = q.whole.start > 0 && tree.text(q.whole.start - 1) == ",";
    let end = before.hull().end;
    let behind = |words: &Option<Range<usize>>| {
        words.as_ref().is_some_and(|w| w.end + 1 == q.whole.start && w.start >= end)
    };
    comma && (behind(&before.cue_words) || behind(&before.named))
}

fn push(said: &mut Vec<Said>, one: Said) -> usize {
    said.push(one);
    said.len() - 1
}

/// Whether a quoted stretch says something rather than names or scorns a word.
pub fn is_utterance(tree: &Tree, q: &Quoted) -> bool {
    let words = q.inside.clone().filter(|&t| tree.is_word(t)).count();
    let sentence = || {
        let last = tree.text(q.inside.end - 1);
        let first = tree.text(q.inside.start);
        first.starts_with(char::is_uppercase) && last.ends_with(['.', ',', '!', '?'])
    };
    words > 3 && q.inside.clone().any(|t| tree.is_verb(t)) || sentence()
}

/// The innermost attribution from outside whose content the quotation is part of.
fn covering(tree: &Tree, index: &BySentence, said: &[Said], q: &Quoted) -> Option<usize> {
    let overlap = |s: &Said| -> usize {
        s.content.iter().map(|c| c.end.min(q.inside.end).saturating_sub(c.start.max(q.inside.start))).sum()
    };
    let outside = |s: &Said| s.cue.is_none_or(|c| !q.inside.contains(&c));
    // A stretch of several sentences is part of what only its first one completes.
    let touches = |s: &Said| {
        let o = overlap(s);
        2 * o >= q.inside.len()
            || o > 0
                && (2 * o >= s.size() || tree.sentence(q.inside.start) != tree.sentence(q.inside.end - 1))
    };
    let near = near(tree, index, q).into_iter();
    let fitting = near.filter(|&at| outside(&said[at]) && touches(&said[at]));
    fitting.min_by_key(|&at| said[at].size())
}

/// Attributions that reach into the sentences of a quotation, each once and in order.
fn near(tree: &Tree, index: &BySentence, q: &Quoted) -> Vec<usize> {
    let sentences = tree.sentence(q.inside.start)..=tree.sentence(q.inside.end - 1);
    let mut near: Vec<usize> = sentences.flat_map(|s| index.of(s)).map(|&at| at as usize).collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// Widens what is said to the quotation marks that it touches.
fn cover(said: &mut Said, q: &Quoted, utters: bool) {
    for piece in &mut said.content {
        let touches = piece.start < q.inside.end && q.inside.start < piece.end;
        let covers = piece.start <= q.inside.start && piece.end + 2 >= q.inside.end;
        if touches && (utters || covers) {
            *piece = piece.start.min(q.whole.start)..piece.end.max(q.whole.end);
        }
        let within = q.whole.start <= piece.start && piece.end <= q.whole.end;
        if touches {
            said.kind = if within { Manner::Direct } else { Manner::Mixed };
        }
    }
}

/// An utterance that no clause takes.
fn give(
    page: &Reading,
    index: &BySentence,
    by_cue: &mut HashMap<usize, usize>,
    q: &Quoted,
    paragraph: usize,
    last: Option<Last>,
    said: &mut Vec<Said>,
) -> Option<usize> {
    let tree = page.tree;
    let sentence = tree.sentence(q.inside.start);
    if let Some((dash, source)) = turns::signature(page, q) {
        // Whatever else the parser made of these words is not said by others too.
        let outside = |s: &Said| s.cue.is_none_or(|c| !q.whole.contains(&c));
        let within = |s: &Said| q.whole.start <= s.hull().start && s.hull().end <= q.whole.end + 1;
        for at in near(tree, index, q) {
            if outside(&said[at]) && within(&said[at]) {
                said[at].content.clear();
            }
        }
        return Some(push(said, direct(page, Some(dash), Some(source), q, None)));
    }
    let before = last.filter(|l| q.continued || l.paragraph == paragraph && l.sentence + 2 > sentence);
    if let Some(before) = before.filter(|_| q.continued) {
        said[before.said].content.push(q.whole.clone());
        return Some(before.said);
    }
    if let Some((cue, source)) = cue_beside(page, q, paragraph).or_else(|| colon_before(page, q)) {
        let same = |at: &usize| said[*at].source == Some(source.head);
        if let Some(at) = by_cue.get(&cue).copied().filter(same) {
            said[at].content.push(q.whole.clone());
            said[at].content.sort_by_key(|c| c.start);
            return Some(at);
        }
        by_cue.insert(cue, said.len());
        return Some(push(said, direct(page, Some(cue), Some(source), q, None)));
    }
    if let Some(before) = before {
        said[before.said].content.push(q.whole.clone());
        return Some(before.said);
    }
    // A paragraph that opens with a quotation goes on with the words of whoever spoke last in the one before.
    let opens = q.whole.start <= page.paragraphs[paragraph].start + 1;
    if let Some(before) = last.filter(|l| opens && l.paragraph + 1 == paragraph) {
        said[before.said].content.push(q.whole.clone());
        return Some(before.said);
    }
    let source = subject_before(page, q)?;
    let why = "the subject of the sentence before";
    Some(push(said, direct(page, None, Some(source), q, Some(why))))
}

fn direct(
    page: &Reading,
    cue: Option<usize>,
    source: Option<Source>,
    q: &Quoted,
    why: Option<&'static str>,
) -> Said {
    let fits = |class: usize| {
        source.as_ref().is_none_or(|s| sources::may_be(page, page.lexicon.cues().class(class), s))
    };
    let class = cue.and_then(|c| {
        let own = page.lexicon.cues().of(page.tree.lemma(c)).iter();
        own.filter(|e| e.sort == Sort::Verb && e.frames.contains(&Frame::Quote))
            .map(|e| e.class)
            .find(|&e| fits(e))
    });
    Said {
        source: source.as_ref().map(|s| s.head),
        named: source.map(|s| s.words),
        cue,
        cue_words: cue.map(|c| with_auxiliaries(page.tree, c)),
        content: vec![q.whole.clone()],
        kind: Manner::Direct,
        class,
        claim: true,
        repaired: q.repaired,
        inferred: why,
        within: None,
    }
}

fn with_auxiliaries(tree: &Tree, cue: usize) -> Range<usize> {
    let first =
        tree.by_dep(cue, &["aux", "neg", "advmod"]).filter(|&c| c + 3 > cue && c < cue).min().unwrap_or(cue);
    let clean = (first..cue).all(|t| matches!(tree.dep(t), "aux" | "neg" | "advmod"));
    if clean { first..cue + 1 } else { cue..cue + 1 }
}

/// The nearest verb of saying outside every quotation, in its sentences or right after.
fn cue_beside(page: &Reading, q: &Quoted, paragraph: usize) -> Option<(usize, Source)> {
    let tree = page.tree;
    let around = &page.paragraphs[paragraph];
    let (first, last) = (tree.sentence(q.inside.start), tree.sentence(q.inside.end - 1));
    let from = tree.sentences()[first].start.max(around.start);
    let own_end = tree.sentences()[last].end;
    // `"..." Maduro said.`: the parser may have ended the sentence with the quotation.
    let next_end = tree.sentences().get(last + 1).map_or(own_end, |s| s.end.min(s.start + 14));
    let to = if own_end <= q.whole.end { next_end } else { own_end }.min(around.end);
    let free = |t: &usize| page.quoted(*t).is_none();
    let candidates = (from..q.whole.start)
        .chain(q.whole.end..to.max(q.whole.end))
        .filter(free)
        .filter(|&t| tree.is_verb(t));
    let speaking = candidates.filter_map(|t| {
        let source = sources::of_cue(page, t)?;
        let distance = distance(tree, q, t, &source);
        let listed = is_speech(page, t, &source);
        // "..., he fumed": any verb right beside a quotation that breaks off for it.
        let fits = listed && distance <= REACH
            || distance <= 1
                && breaks_off(tree, q, t)
                && sources::is_agent(page, source.head)
                && tree.tag(t) != "VBG";
        let other = tree.child(t, &["ccomp"]).is_some_and(|c| !q.whole.contains(&c));
        // "We want peace." Tasch said that ...: a full stop ends the quotation, and the verb has words of its own.
        let own = other || tree.by_dep(t, &["dobj", "xcomp"]).any(|o| !is_addressee(tree, t, o));
        let closed = t >= q.whole.end && tree.text(q.inside.end - 1).ends_with('.') && own;
        (fits && !closed).then_some((usize::from(other), distance + usize::from(!listed) * 4, t, source))
    });
    let (_, _, cue, source) = speaking.min_by_key(|(other, distance, t, _)| (*other, *distance, *t))?;
    Some((cue, source))
}

fn is_speech(page: &Reading, verb: usize, source: &Source) -> bool {
    let cues = page.lexicon.cues();
    cues.of(page.tree.lemma(verb)).iter().any(|c| {
        c.sort == Sort::Verb
            && !(source.words.len() == 1 && matches!(page.tree.tag(source.words.start), "WDT" | "DT"))
            && c.particle.is_none()
            && c.frames.contains(&Frame::Quote)
            && sources::may_be(page, cues.class(c.class), source)
    })
}

fn is_addressee(tree: &Tree, verb: usize, object: usize) -> bool {
    let addressing =
        matches!(tree.lemma(verb), "tell" | "ask" | "inform" | "assure" | "remind" | "warn" | "urge");
    tree.dep(object) == "dobj" && addressing
}

/// Words between a quotation and a verb without the speaker's; none if the speaker stands right beside the quotation.
fn distance(tree: &Tree, q: &Quoted, verb: usize, source: &Source) -> usize {
    let words = |range: Range<usize>| range.filter(|t| !source.words.contains(t) && tree.is_word(*t)).count();
    let after = verb >= q.whole.end;
    if after
        && source.words.start >= q.whole.end
        && source.words.start < verb
        && words(q.whole.end..source.words.start) == 0
    {
        return words(source.words.end..verb).min(1);
    }
    words(if after { q.whole.end..verb } else { verb + 1..q.whole.start })
}

fn breaks_off(tree: &Tree, q: &Quoted, verb: usize) -> bool {
    let end = tree.text(q.inside.end - 1);
    let after = || tree.text(q.whole.end.min(tree.len() - 1));
    verb > q.whole.start && (end.ends_with([',', '?', '!']) || after().starts_with(','))
}

/// "He continued:", "The statement reads:": the verb before a colon right before the quotation, also in the paragraph before.
fn colon_before(page: &Reading, q: &Quoted) -> Option<(usize, Source)> {
    let tree = page.tree;
    let before = (0..q.whole.start)
        .rev()
        .take(3)
        .find(|&t| !tree.text(t).trim().is_empty() && tree.text(t) != "\"")?;
    let colon = tree.text(before) == ":";
    let sentence = tree.sentences()[tree.sentence(before)].clone();
    let verb = (sentence.start..before)
        .rev()
        .find(|&t| colon && tree.is_verb(t) && sources::of_verb(tree, t).is_some())?;
    Some((verb, sources::of_verb(tree, verb)?))
}

/// The subject of the sentence before a quotation that has no cue of its own.
fn subject_before(page: &Reading, q: &Quoted) -> Option<Source> {
    let tree = page.tree;
    let before = tree.sentences()[tree.sentence(q.inside.start)].start.checked_sub(1)?;
    let sentence = tree.sentences()[tree.sentence(before)].clone();
    let root = sentence.clone().find(|&t| tree.head(t).is_none() && tree.is_verb(t))?;
    let source = sources::of_verb(tree, root)?;
    sources::is_agent(page, source.head).then_some(source)
}

/// A word or two in quotation marks: whoever does what the verb above them says uses them.
fn fragment(page: &Reading, q: &Quoted) -> Option<Said> {
    let tree = page.tree;
    let top = tree.tops(q.inside.clone()).next()?;
    let path: Vec<usize> = std::iter::once(top).chain(tree.ancestors(top)).collect();
    let at = path.iter().position(|&a| tree.is_verb(a) && !q.inside.contains(&a))?;
    let verb = path[at];
    let below = path[at.checked_sub(1)?];
    let argument = matches!(tree.dep(below), "dobj" | "oprd" | "prep" | "ccomp" | "xcomp") && below > verb;
    // What only carries a noun ("take", "have") says nothing of the words in marks.
    let light = tree.lemma(verb) == "be" || page.lexicon.carries(tree.lemma(verb), None).is_some();
    let source =
        sources::of_verb(tree, verb).filter(|s| argument && !light && sources::is_agent(page, s.head))?;
    if page.quoted(verb).is_some() {
        return None;
    }
    let content = tree.phrase(below);
    let start = if tree.dep(below) == "prep" { below + 1 } else { content.start };
    let content = start.min(q.whole.start)..content.end.max(q.whole.end);
    Some(Said {
        content: vec![content],
        kind: Manner::Mixed,
        claim: false,
        ..direct(page, Some(verb), Some(source), q, None)
    })
}

/// A word or two that the writer does not make his own: the “liberated” towns. Titles of works and nicknames are none.
fn scare(page: &Reading, q: &Quoted) -> Option<Said> {
    let tree = page.tree;
    let closed = q.repaired.is_none() && q.inside.len() < 7;
    let small = q.inside.clone().any(|t| tree.is_word(t))
        && tree.text(q.inside.start).starts_with(char::is_lowercase);
    let before =
        |n: usize| q.whole.start.checked_sub(n).map(|t| tree.text(t).to_lowercase()).unwrap_or_default();
    let hedges = ["so-called", "self-styled", "self-proclaimed", "supposed"].contains(&before(1).as_str());
    let cut = before(1) == "called" && before(2) == "-" && before(3) == "so";
    let cue = (hedges || cut).then(|| q.whole.start - 1);
    let words = cue.map(|c| if cut { c - 2..c + 1 } else { c..c + 1 });
    (closed && small).then(|| Said {
        claim: false,
        cue_words: words,
        class: page.lexicon.cues().named("scare"),
        ..direct(page, cue, None, q, None)
    })
}

/// Where an unclosed quotation ends before the words that say who speaks: "We are ready, he said on Monday."
pub fn tail(page: &Reading, open: Range<usize>) -> Option<usize> {
    let tree = page.tree;
    open.clone().skip(3).find_map(|verb| {
        let own = |h: usize| matches!(tree.lemma(h).to_lowercase().as_str(), "i" | "we" | "you");
        let source = sources::of_verb(tree, verb)
            .filter(|s| tree.is_verb(verb) && !own(s.head) && is_speech(page, verb, s))?;
        let start = source.words.start.min(verb);
        let comma = start > open.start + 2 && matches!(tree.text(start - 1), "," | "." | "?" | "!");
        let touching = source.words.end == verb || source.words.start == verb + 1;
        let complete = !tree.by_dep(verb, &["ccomp"]).any(|c| c > verb);
        (comma && touching && complete && arguments::surface_subject(tree, verb, 0).is_some())
            .then_some(start)
    })
}
