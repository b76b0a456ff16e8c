//! Who says what: reported clauses, quotation marks paired even when one is missing, "according to".

use std::ops::Range;

use chancery_language::Pos;

use crate::arguments;
use crate::rules::{BlockKind, Lexicon, Source, Test, Word};
use crate::tree::Tree;

/// A stretch of text that somebody is reported to have said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Head of the words that name the speaker.
    pub source: Option<usize>,
    /// The verb or preposition that shows it.
    pub cue: Option<usize>,
    /// What is said, in tokens.
    pub content: Range<usize>,
    /// How it is said.
    pub kind: Manner,
}

/// Direct, indirect or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// In quotation marks.
    Direct,
    /// In a clause.
    Indirect,
    /// A clause with words in quotation marks.
    Mixed,
}

impl Manner {
    /// The name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        }
    }
}

/// Which way a quotation mark points; `None` where only its surroundings can tell.
pub type Mark = Option<bool>;

/// Finds what is reported. `marks` gives the quotation marks by token, `paragraphs` the text's paragraphs.
pub fn find(
    tree: &Tree,
    lexicon: &Lexicon,
    marks: &[(usize, Mark)],
    paragraphs: &[Range<usize>],
) -> Vec<Said> {
    let mut said = Vec::new();
    for i in 0..tree.len() {
        said.extend(reported_clause(tree, lexicon, i));
        said.extend(according_to(tree, i));
        said.extend(quoted_as_saying(tree, i));
    }
    // Whoever is cited stands inside the words of whoever cites.
    said.extend((0..tree.len()).filter_map(|i| cited(tree, lexicon, i)).collect::<Vec<_>>());
    let quoted = pair_marks(tree, marks, paragraphs);
    for s in said.iter_mut().filter(|s| s.kind == Manner::Indirect) {
        if quoted.iter().any(|q| q.start < s.content.end && s.content.start < q.end) {
            s.kind = Manner::Mixed;
        }
    }
    let mut previous: Option<(usize, usize, Option<usize>, Option<usize>)> = None;
    for q in &quoted {
        let paragraph = paragraphs.iter().position(|p| p.contains(&q.start)).unwrap_or(0);
        if !is_utterance(tree, q) {
            continue;
        }
        let found = direct_cue(tree, lexicon, q).or_else(|| {
            // A quotation goes on under the speaker named before, in the same paragraph.
            let sentence = tree.sentence(q.start);
            let continues = previous.filter(|(p, last, ..)| *p == paragraph && *last + 1 >= sentence);
            continues.map(|(.., source, cue)| (source, cue)).or_else(|| subject_before(tree, q))
        });
        if let Some((source, cue)) = found {
            previous = Some((paragraph, tree.sentence(q.end - 1), source, cue));
            said.push(Said { source, cue, content: q.clone(), kind: Manner::Direct });
        }
    }
    drop_clauses_in_marks(&mut said);
    said.sort_by_key(|s| (s.content.start, std::cmp::Reverse(s.content.end)));
    said
}

/// A clause that stands whole in quotation marks is direct speech, not an indirect report of it as well.
fn drop_clauses_in_marks(said: &mut Vec<Said>) {
    let direct: Vec<Said> = said.iter().filter(|s| s.kind == Manner::Direct).cloned().collect();
    let covers =
        |d: &Said, s: &Said| d.content.start <= s.content.start + 1 && s.content.end <= d.content.end + 1;
    said.retain(|s| s.kind != Manner::Mixed || !direct.iter().any(|d| d.cue == s.cue && covers(d, s)));
}

/// Whether a verb reports what somebody says: it takes a clause, and the lexicon has it among such operators,
/// without asking for anything else beside it.
pub fn is_cue(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    tree.is_verb(i)
        && lexicon.triggers(tree.lemma(i)).iter().any(|&id| {
            let trigger = lexicon.trigger(id);
            lexicon.block(id).kind == BlockKind::Operator
                && trigger.word == Word::Verb
                && (trigger.tests.is_empty()
                    || trigger.tests.iter().any(|(s, t)| *s == Source::Ccomp && *t == Test::Present))
                && trigger.frame.iter().any(|(s, _)| *s == Source::Ccomp)
        })
}

/// Whether a verb only reports, so that "..., he said" may stand apart from what is said.
fn is_speech(lexicon: &Lexicon, lemma: &str) -> bool {
    lexicon.triggers(lemma).iter().any(|&id| {
        let block = lexicon.block(id);
        block.kind == BlockKind::Operator && matches!(block.class.as_str(), "statement" | "report")
    })
}

fn reported_clause(tree: &Tree, lexicon: &Lexicon, i: usize) -> Option<Said> {
    if !is_cue(tree, lexicon, i) {
        return None;
    }
    let clause = tree.child(i, &["ccomp", "parataxis"])?;
    // "helped Ruritania defend itself" reports nothing.
    if tree.tag(clause) == "VB" && !tree.has(clause, &["aux", "mark"]) {
        return None;
    }
    let source = arguments::logical_subject(tree, i).into_iter().next()?;
    let content = tree.subtree(clause, |c| c != i && c != source);
    Some(Said { source: Some(source), cue: Some(i), content, kind: Manner::Indirect })
}

fn according_to(tree: &Tree, i: usize) -> Option<Said> {
    if !tree.text(i).trim_start_matches('"').eq_ignore_ascii_case("according") {
        return None;
    }
    let to = tree.child(i, &["prep"])?;
    let source = tree.child(to, &["pobj"])?;
    let sentence = tree.sentences()[tree.sentence(i)].clone();
    let content = match tree.head(i) {
        Some(head) => tree.subtree(head, |c| c != i),
        // Cut off from its clause: the sentence before is meant.
        None if sentence.start > 0 => tree.sentences()[tree.sentence(sentence.start - 1)].clone(),
        None => return None,
    };
    Some(Said { source: Some(source), cue: Some(i), content, kind: Manner::Indirect })
}

/// "The Herald quoted A as saying that", "A was quoted by the Herald as saying that": the paper, then A.
fn quoted_as_saying(tree: &Tree, i: usize) -> Vec<Said> {
    let verb = tree.is_verb(i) && matches!(tree.lemma(i), "quote" | "cite");
    let under = tree.by_dep(i, &["prep"]).find(|&p| verb && tree.lemma(p) == "as");
    let saying = under.and_then(|p| tree.child(p, &["pcomp"]));
    let Some((cue, clause)) = saying.and_then(|cue| Some((cue, tree.child(cue, &["ccomp"])?))) else {
        return Vec::new();
    };
    let content = tree.subtree(clause, |_| true);
    let by = |source: Vec<usize>, cue| Said {
        source: source.into_iter().next(),
        cue: Some(cue),
        content: content.clone(),
        kind: Manner::Indirect,
    };
    let links = [by(arguments::logical_subject(tree, i), i), by(arguments::logical_object(tree, i), cue)];
    links.into_iter().filter(|s| s.source.is_some()).collect()
}

/// "The Herald, citing officials, said": the officials say it too.
fn cited(tree: &Tree, lexicon: &Lexicon, i: usize) -> Option<Said> {
    let participle = tree.tag(i) == "VBG" && matches!(tree.lemma(i), "cite" | "quote");
    let above = tree.head(i).filter(|&h| participle && tree.dep(i) == "advcl" && is_cue(tree, lexicon, h))?;
    let source = tree.child(i, &["dobj"])?;
    let clause = tree.child(above, &["ccomp", "parataxis"])?;
    let content = tree.subtree(clause, |c| c != above && c != i);
    Some(Said { source: Some(source), cue: Some(i), content, kind: Manner::Indirect })
}

/// The subject of the sentence before a quotation that has no cue of its own.
fn subject_before(tree: &Tree, q: &Range<usize>) -> Option<(Option<usize>, Option<usize>)> {
    let before = tree.sentences()[tree.sentence(q.start)].start.checked_sub(1)?;
    let sentence = tree.sentences()[tree.sentence(before)].clone();
    let root = sentence.clone().find(|&t| tree.head(t).is_none() && tree.is_verb(t))?;
    let subject = arguments::logical_subject(tree, root).into_iter().next()?;
    Some((Some(subject), None))
}

/// Quoted stretches in tokens, marks excluded. A mark without partner opens at its paragraph's start or closes at its end.
fn pair_marks(tree: &Tree, marks: &[(usize, Mark)], paragraphs: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut quoted = Vec::new();
    for paragraph in paragraphs {
        let mut open: Option<usize> = None;
        let mut last = None;
        for &(at, mark) in marks.iter().filter(|(at, _)| paragraph.contains(at)) {
            let opens = mark.unwrap_or_else(|| open.is_none() && opens_by_place(tree, at));
            match (opens, open) {
                (true, None) => open = Some(at + 1),
                (false, Some(start)) => {
                    quoted.push(start..at);
                    open = None;
                }
                // It opened where the paragraph did, or after the mark before.
                (false, None) => quoted.push(last.map_or(paragraph.start, |l| l + 1)..at),
                _ => {}
            }
            last = Some(at);
        }
        if let Some(start) = open {
            quoted.push(start..paragraph.end);
        }
    }
    quoted.retain(|q| q.start < q.end);
    quoted
}

fn opens_by_place(tree: &Tree, at: usize) -> bool {
    let starts = at + 1 < tree.len() && tree.span(at).end == tree.span(at + 1).start;
    let follows = at > 0 && tree.span(at - 1).end == tree.span(at).start;
    starts || !follows
}

/// Whether a quoted stretch says something rather than names or scorns a word.
fn is_utterance(tree: &Tree, q: &Range<usize>) -> bool {
    q.len() > 3 && q.clone().any(|t| tree.is_verb(t))
}

/// The speaker and cue of a direct quotation: the nearest speech verb outside it, in its sentences or right after.
fn direct_cue(tree: &Tree, lexicon: &Lexicon, q: &Range<usize>) -> Option<(Option<usize>, Option<usize>)> {
    let first = tree.sentence(q.start);
    let last = tree.sentence(q.end - 1);
    let from = tree.sentences()[first].start;
    let to = tree.sentences()[last].end;
    let speaks = |&t: &usize| {
        tree.pos(t) == Pos::Verb
            && is_speech(lexicon, tree.lemma(t))
            && !arguments::logical_subject(tree, t).is_empty()
    };
    let distance = |t: usize| if t < q.start { q.start - t } else { t - q.end };
    let same = (from..q.start).chain(q.end..to).filter(speaks).min_by_key(|&t| distance(t));
    let cue = same.or_else(|| next_sentence_cue(tree, last, speaks))?;
    Some((arguments::logical_subject(tree, cue).into_iter().next(), Some(cue)))
}

/// `"..." Maduro said`: the sentence after the quotation opens with its speaker and has no clause of its own.
fn next_sentence_cue(tree: &Tree, sentence: usize, speaks: impl Fn(&usize) -> bool) -> Option<usize> {
    let next = tree.sentences().get(sentence + 1)?.clone();
    let cue = next.clone().take(12).find(speaks)?;
    (!tree.has(cue, &["ccomp"]) && cue - next.start < 8).then_some(cue)
}
