//! CoNLL-U: one token a line, as treebank tools read it (the format of Universal Dependencies, version 2).
//!
//! Tags and relations are the pipeline's own; only a root is called `root`, as the format asks. Tokens
//! of white space have no line: they stand in the `SpacesAfter` of the token before, as in UDPipe.

use std::io::{self, Write};
use std::ops::Range;

use chancery_language::{Annotation, Pos};
use chancery_text::Document;

/// Writes the parse of a document's own text.
///
/// # Errors
/// Those of `out`.
pub fn conllu(out: &mut impl Write, document: &Document, annotation: &Annotation) -> io::Result<()> {
    writeln!(out, "# newdoc id = {}", one_line(&document.id))?;
    let labels = entity_labels(annotation);
    for (number, range) in annotation.sentences.iter().enumerate() {
        let words: Vec<usize> = range.clone().filter(|&i| !is_space(annotation, i)).collect();
        if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
            let text = &document.text[start(annotation, first)..end(annotation, last)];
            writeln!(out, "# sent_id = {}\n# text = {}", number + 1, one_line(text))?;
            for &i in &words {
                word(out, &document.text, annotation, &words, i, &labels[i])?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn word(
    out: &mut impl Write,
    text: &str,
    annotation: &Annotation,
    words: &[usize],
    i: usize,
    label: &str,
) -> io::Result<()> {
    let token = &annotation.tokens[i];
    let (head, relation) = match head(annotation, words, i) {
        None => (0, "root"),
        Some(head) => (head + 1, or_none(token.dep)),
    };
    let space = space_after(text, annotation, i);
    let misc: Vec<&str> = [label, &space].into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{relation}\t_\t{}",
        words.partition_point(|&w| w < i) + 1,
        token.text(text),
        or_none(&token.lemma),
        or_none(token.pos.as_str()),
        or_none(token.tag),
        or_none(token.morph),
        or_none(&misc.join("|")),
    )
}

/// Place of the head among the sentence's words; past heads of white space, which have no line.
fn head(annotation: &Annotation, words: &[usize], i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..annotation.tokens.len() {
        let above = annotation.tokens[at].head as usize;
        if above == at {
            return None;
        }
        if let Ok(place) = words.binary_search(&above) {
            return Some(place);
        }
        at = above;
    }
    None
}

fn is_space(annotation: &Annotation, i: usize) -> bool {
    annotation.tokens[i].pos == Pos::Space
}

fn start(annotation: &Annotation, i: usize) -> usize {
    annotation.tokens[i].start as usize
}

fn end(annotation: &Annotation, i: usize) -> usize {
    annotation.tokens[i].end as usize
}

/// What stands between a word and the next one, if it is not one blank.
fn space_after(text: &str, annotation: &Annotation, i: usize) -> String {
    let next = (i + 1..annotation.tokens.len()).find(|&j| !is_space(annotation, j));
    let until = next.map_or(text.len(), |j| start(annotation, j));
    match &text[end(annotation, i)..until] {
        " " => String::new(),
        "" if next.is_none() => String::new(),
        "" => "SpaceAfter=No".to_owned(),
        space => format!("SpacesAfter={}", escaped(space)),
    }
}

fn escaped(space: &str) -> String {
    let mark = |c| match c {
        ' ' => "\\s".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        other => format!("\\u{:04X}", other as u32),
    };
    space.chars().map(mark).collect()
}

/// `NER=B-GPE` and the like, by token; empty outside entities.
fn entity_labels(annotation: &Annotation) -> Vec<String> {
    let mut labels = vec![String::new(); annotation.tokens.len()];
    for entity in &annotation.entities {
        let Range { start, end } = entity.tokens;
        for (i, label) in labels.iter_mut().enumerate().take(end).skip(start) {
            *label = format!("NER={}-{}", if i == start { 'B' } else { 'I' }, entity.label);
        }
    }
    labels
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use chancery_language::{Entity, Token};

    use super::*;

    /// A token by its text, found after the last one.
    fn token(text: &str, from: &mut usize, word: &str, pos: Pos, head: u32, dep: &'static str) -> Token {
        let start = *from + text[*from..].find(word).unwrap();
        *from = start + word.len();
        Token {
            start: start as u32,
            end: *from as u32,
            space_after: text[*from..].starts_with(' '),
            pos,
            tag: "T",
            morph: "",
            lemma: word.to_lowercase().into(),
            head,
            dep,
        }
    }

    #[test]
    fn writes_words_and_keeps_the_space_between_them() {
        let text = "Ruritania\n won!";
        let at = &mut 0;
        let tokens = vec![
            token(text, at, "Ruritania", Pos::Propn, 2, "nsubj"),
            token(text, at, "\n", Pos::Space, 0, "dep"),
            token(text, at, "won", Pos::Verb, 2, "ROOT"),
            token(text, at, "!", Pos::Punct, 1, "punct"),
        ];
        let sentences = std::iter::once(0..4).collect();
        let entities = vec![Entity { tokens: 0..1, label: "GPE" }];
        let document = Document { id: "a".to_owned(), text: text.to_owned(), ..Document::default() };
        let mut out = Vec::new();
        conllu(&mut out, &document, &Annotation { tokens, sentences, entities }).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        # newdoc id = a
        # sent_id = 1
        # text = Ruritania won!
        1	Ruritania	ruritania	PROPN	T	_	2	nsubj	_	NER=B-GPE|SpacesAfter=\n\s
        2	won	won	VERB	T	_	0	root	_	SpaceAfter=No
        3	!	!	PUNCT	T	_	1	punct	_	_
        ");
    }

    #[test]
    fn a_text_of_white_space_has_no_sentence() {
        let text = "\n";
        let tokens = vec![token(text, &mut 0, "\n", Pos::Space, 0, "ROOT")];
        let annotation = Annotation { tokens, sentences: std::iter::once(0..1).collect(), entities: vec![] };
        let document = Document { id: "a\nb".to_owned(), text: text.to_owned(), ..Document::default() };
        let mut out = Vec::new();
        conllu(&mut out, &document, &annotation).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "# newdoc id = a b\n");
    }
}
