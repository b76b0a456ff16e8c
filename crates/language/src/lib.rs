//! English tokens, sentences, tags, lemmas, dependencies and entities: spaCy's CPU pipelines run natively.
mod annotation;
mod lexeme;
mod pattern;
mod strings;
mod tokenizer;
mod unicode;

pub use annotation::{Annotation, Entity, Pos, Token};
