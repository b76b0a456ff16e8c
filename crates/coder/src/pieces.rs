//! How long a paragraph and a sentence may be: longer ones are read in pieces, so that no text costs more a word than another.

use std::ops::Range;

use chancery_language::{Annotation, Entity};
use chancery_text::Span;

/// Bytes of a paragraph that the engine reads at once. Paragraphs of news have a few hundred, the longest some ten
/// thousand.
const PARAGRAPH: usize = 30_000;

/// Tokens of a sentence that is read whole. Sentences of news have thirty, the longest lists of names some two hundred.
pub const SENTENCE: usize = 300;

/// A paragraph in pieces that are short enough, cut behind the end of a sentence, else at a blank, else anywhere.
pub fn of_paragraph(text: &str, whole: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut rest = whole;
    while rest.end - rest.start > PARAGRAPH {
        let cut = rest.start + cut_of(&text[rest.range()]);
        pieces.push(Span::new(rest.start, rest.start + text[rest.start..cut].trim_end().len()));
        rest = Span::new(rest.end - text[cut..rest.end].trim_start().len(), rest.end);
    }
    pieces.push(rest);
    pieces.retain(|p| p.start < p.end);
    pieces
}

/// Bytes of the first piece of a paragraph that is too long.
fn cut_of(paragraph: &str) -> usize {
    let boundary = |from: usize| (0..=from).rev().find(|&at| paragraph.is_char_boundary(at)).unwrap_or(from);
    let (low, high) = (boundary(PARAGRAPH / 2), boundary(PARAGRAPH));
    let window = &paragraph[low..high];
    let blanks = || window.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let ends = |at: &usize| window[..*at].trim_end_matches(['"', '\'', ')']).ends_with(['.', '!', '?']);
    low + blanks().find(ends).or_else(|| blanks().next()).unwrap_or(window.len())
}

/// Cuts every sentence that is too long where the fewest arcs cross; a token whose head is in another piece becomes a root.
pub fn cut_sentences(annotation: &mut Annotation) {
    if annotation.sentences.iter().all(|s| s.len() <= SENTENCE) {
        return;
    }
    let crossings = crossings(annotation);
    annotation.sentences =
        annotation.sentences.iter().flat_map(|s| pieces_of(s.clone(), &crossings)).collect();
    for piece in &annotation.sentences {
        for t in piece.clone() {
            let token = &mut annotation.tokens[t];
            if !piece.contains(&(token.head as usize)) {
                (token.head, token.dep) = (t as u32, "ROOT");
            }
        }
    }
    cut_entities(annotation);
}

/// How many arcs and entities reach over the boundary before each token.
fn crossings(annotation: &Annotation) -> Vec<i64> {
    let mut change = vec![0; annotation.tokens.len() + 1];
    let arcs = annotation.tokens.iter().enumerate().map(|(t, token)| (t, token.head as usize));
    let entities = annotation.entities.iter().map(|e| (e.tokens.start, e.tokens.end - 1));
    for (a, b) in arcs.chain(entities) {
        change[a.min(b) + 1] += 1;
        change[a.max(b) + 1] -= 1;
    }
    let mut open = 0;
    change
        .into_iter()
        .map(|step| {
            open += step;
            open
        })
        .collect()
}

/// Pieces of a sentence, each as long as the boundary that is crossed least allows; of equal ones the last is taken.
fn pieces_of(whole: Range<usize>, crossings: &[i64]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = whole.start;
    while whole.end - start > SENTENCE {
        let window = start + SENTENCE / 2..=start + SENTENCE;
        let cut = window.rev().min_by_key(|&t| crossings[t]).unwrap_or(start + SENTENCE);
        pieces.push(start..cut);
        start = cut;
    }
    pieces.push(start..whole.end);
    pieces
}

/// An entity does not reach over the end of a sentence.
fn cut_entities(annotation: &mut Annotation) {
    let sentences = &annotation.sentences;
    let parts = |e: &Entity| -> Vec<Entity> {
        let from = sentences.partition_point(|s| s.end <= e.tokens.start);
        let reached = sentences[from..].iter().take_while(|s| s.start < e.tokens.end);
        let part = |s: &Range<usize>| s.start.max(e.tokens.start)..s.end.min(e.tokens.end);
        reached.map(|s| Entity { tokens: part(s), label: e.label }).collect()
    };
    annotation.entities = annotation.entities.iter().flat_map(parts).collect();
}

#[cfg(test)]
mod tests {
    use chancery_language::{Pos, Token};

    use super::*;

    /// So many tokens, each hung on the one before, and the first of every ten on the first of all.
    fn sentence(count: usize) -> Annotation {
        let token = |t: usize| Token {
            start: t as u32,
            end: t as u32 + 1,
            space_after: false,
            pos: Pos::X,
            tag: "",
            morph: "",
            lemma: "".into(),
            head: if t.is_multiple_of(10) { 0 } else { t as u32 - 1 },
            dep: "dep",
        };
        let entity = Entity { tokens: 5..count, label: "ORG" };
        Annotation {
            tokens: (0..count).map(token).collect(),
            sentences: std::iter::once(0..count).collect(),
            entities: vec![entity],
        }
    }

    #[test]
    fn a_long_sentence_is_cut_where_fewest_arcs_cross() {
        let mut annotation = sentence(2 * SENTENCE);
        cut_sentences(&mut annotation);
        let sentences = &annotation.sentences;
        assert!(sentences.len() > 1 && sentences.iter().all(|s| s.len() <= SENTENCE && !s.is_empty()));
        assert!(sentences.iter().all(|s| s.start % 10 == 0), "{sentences:?}");
        for s in sentences {
            assert!(s.clone().all(|t| s.contains(&(annotation.tokens[t].head as usize))));
            assert_eq!(annotation.tokens[s.start].dep, if s.start == 0 { "dep" } else { "ROOT" });
        }
        assert_eq!(annotation.entities.len(), sentences.len());
    }

    #[test]
    fn a_sentence_of_common_length_stays_as_it_is() {
        let mut annotation = sentence(SENTENCE);
        cut_sentences(&mut annotation);
        assert_eq!(annotation, sentence(SENTENCE));
    }

    #[test]
    fn a_long_paragraph_is_cut_behind_a_sentence_a_blank_or_anywhere() {
        let check = |unit: &str, end: &str| {
            let text = unit.repeat(3 * PARAGRAPH / unit.len());
            let pieces = of_paragraph(&text, Span::new(0, text.trim_end().len()));
            assert!(pieces.len() > 2 && pieces.iter().all(|p| p.end - p.start <= PARAGRAPH));
            assert!(pieces.iter().all(|p| text[p.range()].ends_with(end)), "{unit}");
            let letters: usize = pieces.iter().map(|p| text[p.range()].replace(' ', "").len()).sum();
            assert_eq!(letters, text.replace(' ', "").len());
        };
        check("They met. Nobody said “why”. ", ".");
        check("they met ", "t");
        check("é", "é");
    }
}
