//! What the language engine alone says, as a record.

use chancery_language::Annotation;
use chancery_record::{Annotated, Entity, Span, Token};
use chancery_text::{CodePoints, Document};

/// The sentences, tokens and entities of a document's own text, with offsets in code points.
pub fn parsed(document: &Document, annotation: &Annotation) -> Annotated {
    let points = CodePoints::new(&document.text);
    let span = |start: u32, end: u32| Span { start: points.at(start as usize), end: points.at(end as usize) };
    let over = |tokens: &std::ops::Range<usize>| {
        let tokens = annotation.tokens.get(tokens.clone()).unwrap_or_default();
        tokens.first().zip(tokens.last()).map(|(first, last)| span(first.start, last.end))
    };
    let token = |token: &chancery_language::Token| Token {
        span: span(token.start, token.end),
        lemma: token.lemma.to_string(),
        pos: token.pos.as_str().to_owned(),
        tag: token.tag.to_owned(),
        head: token.head as usize,
        dep: token.dep.to_owned(),
    };
    let entity = |entity: &chancery_language::Entity| {
        Some(Entity { span: over(&entity.tokens)?, label: entity.label.to_owned() })
    };
    Annotated {
        id: document.id.clone(),
        title: document.title.clone(),
        date: document.date.clone(),
        text: document.text.clone(),
        lang: document.lang.clone(),
        sentences: Some(annotation.sentences.iter().filter_map(over).collect()),
        tokens: Some(annotation.tokens.iter().map(token).collect()),
        entities: Some(annotation.entities.iter().filter_map(entity).collect()),
        ..Annotated::default()
    }
}
