//! Records out: JSONL for programs, the formats of other event data sets, a table and an explanation for people, CoNLL-U for treebank tools.
//!
//! Every function writes one document's records to any [`std::io::Write`], and nothing else anywhere.

mod conllu;
mod explain;
mod formats;
mod jsonl;
mod known;
mod page;
mod parse;
mod sayings;
mod source;
mod table;
mod validate;

pub use conllu::conllu;
pub use explain::explain;
pub use formats::{
    Format, GDELT1_COLUMNS, GDELT2_COLUMNS, ICEWS_COLUMNS, MENTIONS_COLUMNS, PETRARCH_COLUMNS,
    POLECAT_COLUMNS, gdelt1, gdelt2, icews, icews_head, left_out, mentions, petrarch, plover, polecat,
    polecat_head, recognise,
};
pub use jsonl::jsonl;
pub use known::{known, unknown};
pub use page::Page;
pub use parse::parsed;
pub use sayings::{Saying, sayings, sayings_head, sayings_table};
pub use source::source;
pub use table::{passed_over, table, table_head};
pub use validate::{Finding, validate};
