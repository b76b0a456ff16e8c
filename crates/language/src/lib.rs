//! English tokens, sentences, tags, lemmas, dependencies and entities: spaCy's CPU pipelines run natively.
mod annotation;

pub use annotation::{Annotation, Entity, Pos, Token};
