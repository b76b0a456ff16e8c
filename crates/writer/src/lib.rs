//! Records out: JSONL, CSV, Parquet and Arrow for programs, the formats of other event data sets, a table and an
//! explanation for people, CoNLL-U for treebank tools.
//!
//! Every function writes one document's records to any [`std::io::Write`], and nothing else anywhere. Files of columns
//! are written by a [`ParquetWriter`] or [`ArrowWriter`], because they have an end.

mod columns;
mod conllu;
mod csv;
mod dyad;
mod explain;
mod formats;
mod jsonl;
mod known;
mod markup;
mod network;
mod page;
mod panel;
mod parse;
#[cfg(test)]
mod samples;
mod sayings;
mod source;
mod table;
mod told;
mod validate;

pub use self::csv::{CsvColumn, csv, csv_columns, csv_head, read_csv, validate_csv};
pub use columns::{
    ArrowWriter, COMMENT_KEY, EVENT, Error, Field, Kind, ParquetWriter, SCHEMA_VERSION, SCHEMA_VERSION_KEY,
    VERSION_KEY, event_schema, read_arrow, read_parquet, validate_arrow, validate_parquet,
};
pub use conllu::conllu;
pub use dyad::{dyad_csv, dyad_html, dyad_png, dyad_svg, dyad_table};
pub use explain::explain;
pub use formats::{
    Format, GDELT1_COLUMNS, GDELT2_COLUMNS, ICEWS_COLUMNS, MENTIONS_COLUMNS, PETRARCH_COLUMNS,
    POLECAT_COLUMNS, gdelt1, gdelt2, icews, icews_head, left_out, mentions, petrarch, plover, polecat,
    polecat_head, recognise,
};
pub use jsonl::jsonl;
pub use known::{known, unknown};
pub use network::{edges_csv, graphml, network_svg};
pub use page::Page;
pub use panel::panel_csv;
pub use parse::parsed;
pub use sayings::{Saying, sayings, sayings_head, sayings_table};
pub use source::source;
pub use table::{passed_over, table, table_head};
pub use told::told;
pub use validate::{Finding, check_event, validate};
