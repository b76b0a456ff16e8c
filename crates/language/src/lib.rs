//! English tokens, sentences, tags, lemmas, dependencies and entities: spaCy's CPU pipelines run natively.
mod annotation;
mod attribute_ruler;
mod error;
mod kernel;
mod labels;
mod lemmatizer;
mod lexeme;
mod model_files;
mod msgpack;
mod ner;
mod network;
mod parser;
mod pattern;
mod pipeline;
mod strings;
mod tagger;
mod tokenizer;
mod transitions;
mod unicode;
mod word_forms;

pub use annotation::{Annotation, Entity, Pos, Token};
pub use error::Error;
pub use pipeline::{Pipeline, Worker};
