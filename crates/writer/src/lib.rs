//! Records out: JSONL for programs, a table and an explanation for people, CoNLL-U for treebank tools.
//!
//! Every function writes one document's records to any [`std::io::Write`], and nothing else anywhere.

mod conllu;
mod explain;
mod jsonl;
mod known;
mod page;
mod parse;
mod sayings;
mod source;
mod table;

pub use conllu::conllu;
pub use explain::explain;
pub use jsonl::jsonl;
pub use known::{known, unknown};
pub use page::Page;
pub use parse::parsed;
pub use sayings::{Saying, sayings, sayings_head, sayings_table};
pub use source::source;
pub use table::{passed_over, table, table_head};
