//! Tokens, sentences, tags, lemmas, dependencies and entities: spaCy's CPU pipelines run natively.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use chancery_language::Pipeline;
//!
//! let pipeline = Pipeline::load(Path::new("models/en_core_web_sm"))?;
//! let text = "The envoy of Ruritania met Borduria's president in Strelsau.";
//! let annotation = pipeline.annotate(&[text]).remove(0);
//! for token in &annotation.tokens {
//!     let head = &annotation.tokens[token.head as usize];
//!     println!("{} {} {} <- {}", token.text(text), token.tag, token.dep, head.text(text));
//! }
//! for entity in &annotation.entities {
//!     let (first, last) = (&annotation.tokens[entity.tokens.start], &annotation.tokens[entity.tokens.end - 1]);
//!     println!("{} {}", &text[first.start as usize..last.end as usize], entity.label);
//! }
//! # Ok::<(), chancery_language::Error>(())
//! ```
//!
//! [`Pipeline::load`] reads a pipeline as spaCy publishes it, from its folder or its wheel; it fails, and says
//! why, where a file is damaged or a component is one that this engine cannot run. From then on nothing fails:
//! any text gets an annotation, in time and memory that grow with its length.
//!
//! # What stays true
//!
//! - A text's annotation depends on the text and the pipeline alone: not on the texts beside it, nor on threads,
//!   nor on what was annotated before. Between processors, floats may differ in their last bits.
//! - Tokens and blanks make up the text again: offsets are bytes of it.
//! - Nothing reads the clock, the network or the locale, and only loading reads files.
//!
//! # How it goes
//!
//! A text is cut into tokens of known word types. The encoder gives each token a vector of itself and its
//! neighbours; the classifiers and the parser read it: tags or parts of speech, and heads, labels and sentences. The
//! entity recogniser may have an encoder of its own. Rules then set what is left of parts of speech, morphology and
//! lemmas. The README says how fast this
//! is and where the time goes.

mod annotation;
mod attribute_ruler;
mod classifier;
mod components;
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
mod reading;
mod strings;
mod tokenizer;
mod transitions;
mod unicode;
mod word_forms;

pub use annotation::{Annotation, Entity, Pos, Token};
pub use error::Error;
pub use pipeline::{Pipeline, Worker};
