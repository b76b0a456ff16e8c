//! Options of the commands that work with a store.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{CodeFormat, Reading, Writing};

pub const INGEST_EXAMPLES: &str = "\
Examples:
  chancery ingest archive/ --store news.db
  chancery ingest today.jsonl --store news.db          adds to it; what it has already is not coded again
  chancery ingest corrected.jsonl --store news.db      a document takes the place of the one with its id

The store is one SQLite file. Interrupted at any point, it opens again and the same command goes on. Near copies are
coded as well: which of two is the copy would depend on the order; they become reports of one event.";

pub const EXPORT_EXAMPLES: &str = "\
Examples:
  chancery export events --store news.db                       merged events, one JSON object per line
  chancery export reports --store news.db -o reports.jsonl     what `code` writes, with event_id
  chancery export events --store news.db --format parquet -o events.parquet";

pub const EVENTS_EXAMPLES: &str = "\
Examples:
  chancery events show 5b0c1d2e3f405162 --store news.db
  chancery events split 5b0c1d2e3f405162 90f1a2b3c4d5e6f7 --store news.db     that report tells of something else
  chancery events join 5b0c1d2e3f405162 1a2b3c4d5e6f7081 --store news.db      these are one event

What is decided by hand is kept when documents are coded anew.";

pub const STORE_EXAMPLES: &str = "\
Examples:
  chancery store check news.db
  chancery store merge news.db      merges the reports that an interrupted run left waiting
  sqlite3 news.db 'SELECT * FROM dyad_month WHERE a = \"RUS\"'";

/// The store to work with.
#[derive(Debug, Clone, Args)]
pub struct Storing {
    /// The store, a SQLite file
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
}

/// `chancery ingest`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Ingest {
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub storing: Storing,
    /// Work on documents in any language; the rules are for English
    #[arg(long)]
    pub any_language: bool,
    /// Code documents again that the store has, with the rules and tables of today
    #[arg(long)]
    pub recode: bool,
    /// Write documents that failed to this file, one JSON object per line
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Show no progress, and say nothing at the end
    #[arg(short, long)]
    pub quiet: bool,
}

/// What can be taken out of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Exported {
    /// Merged events
    Events,
    /// Coded mentions, each with the event that it belongs to
    Reports,
}

/// `chancery export`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Export {
    /// What to write
    pub what: Exported,
    #[command(flatten)]
    pub storing: Storing,
    /// Format [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "F")]
    pub format: Option<CodeFormat>,
    #[command(flatten)]
    pub writing: Writing,
}

/// `chancery events`.
#[derive(Debug, Args)]
pub struct Events {
    /// What to do.
    #[command(subcommand)]
    pub command: EventsCommand,
}

/// What can be done with merged events.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)]
pub enum EventsCommand {
    /// Show an event with all its reports, what they differ in, and why they are one
    Show {
        /// Its identifier, or that of one of its reports
        #[arg(value_name = "ID")]
        event: String,
        #[command(flatten)]
        storing: Storing,
    },
    /// Take reports out of an event that do not tell of it
    Split {
        /// The event
        #[arg(value_name = "EVENT")]
        event: String,
        /// Reports that tell of something else
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
        #[command(flatten)]
        storing: Storing,
    },
    /// Make one event of several
    Join {
        /// Events, by their identifiers or those of their reports
        #[arg(required = true, num_args = 2.., value_name = "EVENT")]
        events: Vec<String>,
        #[command(flatten)]
        storing: Storing,
    },
}

/// `chancery store`.
#[derive(Debug, Args)]
pub struct StoreArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: StoreCommand,
}

/// What can be done with a store.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Look whether everything in it fits together; exit status 1 if not
    Check {
        /// The store
        #[arg(value_name = "FILE")]
        store: PathBuf,
    },
    /// Bring it to the schema of this program, and merge reports that wait
    Merge {
        /// The store
        #[arg(value_name = "FILE")]
        store: PathBuf,
    },
}
