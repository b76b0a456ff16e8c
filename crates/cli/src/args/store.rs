//! Options of the commands that work with a store.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use chancery_series::By;

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

pub const QUERY_EXAMPLES: &str = "\
Examples:
  chancery query --store news.db --actor RUS --recipient VEN
  chancery query --store news.db --party Hezbollah --category ASSAULT --from 2006-07-01 --to 2006-08-31
  chancery query --store news.db --text '\"military cooperation\" AND visit*' --format csv -o found.csv

A party is a code (RUS, IGO), a code with a sector (RUS:GOV), or a name that the tables know.";

pub const RELATE_EXAMPLES: &str = "\
Examples:
  chancery relate RUS VEN --store news.db
  chancery relate USA VEN --store news.db --as-of 2021-12-31
  chancery relate RUS:GOV Hezbollah --store news.db --from 2015-01-01 --by quarter --format csv
  chancery relate TUR GRC --store news.db --format html -o tur-grc.html

Only deeds count: what somebody merely claims, announces or denies stands apart (--count deed,claim counts claims, too).
Coverage is how many documents were read of a period: where none was, nothing is known, and no event is no zero.";

pub const SERIES_EXAMPLES: &str = "\
Examples:
  chancery series --store news.db -o panel.csv
  chancery series --store news.db --by year --from 2000-01-01 --category ASSAULT --all-states

A row is what one state does to another in a period, with ISO, Correlates of War and Gleditsch-Ward codes of both. Where
documents were read and no event was found, figures are 0; where nothing was read they are empty.";

pub const ACTORS_EXAMPLES: &str = "\
Examples:
  chancery actors top --store news.db --from 2022-01-01
  chancery actors top --store news.db --entities --category ASSAULT
  chancery actors network --store news.db --format graphml -o who.graphml
  chancery actors network --store news.db --party SYR --nodes 20 --format svg -o syria.svg";

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
    pub filtering: Filtering,
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

/// Which events are meant.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which events")]
pub struct Filtering {
    /// Who acts: a code (RUS), a code with a sector (RUS:GOV), or a name that the tables know; may be given again
    #[arg(long, value_name = "PARTY")]
    pub actor: Vec<String>,
    /// To whom it is done
    #[arg(long, value_name = "PARTY")]
    pub recipient: Vec<String>,
    /// Who is in it on either side
    #[arg(long, value_name = "PARTY")]
    pub party: Vec<String>,
    /// PLOVER category, as CONSULT; several with commas
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    pub category: Vec<String>,
    /// CAMEO code, or the beginning of one, as 19; several with commas
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub cameo: Vec<String>,
    /// First day, as 2022-03-14
    #[arg(long, value_name = "D", value_parser = super::date)]
    pub from: Option<String>,
    /// Last day
    #[arg(long, value_name = "D", value_parser = super::date)]
    pub to: Option<String>,
    /// Country in which it took place, as its ISO 3166-1 alpha-3 code; several with commas
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub country: Vec<String>,
    /// Place, or a part of its name
    #[arg(long, value_name = "NAME")]
    pub place: Vec<String>,
    /// Outlet that reports it, or a part of its name
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,
    /// deed, claim (by a speaker's word only), future, hypothetical, negated; several with commas
    #[arg(long, value_name = "S", value_delimiter = ',', value_enum)]
    pub standing: Vec<StandingArg>,
    /// Words of a sentence that tells it: words, "a phrase", begin*, AND, OR, NOT (SQLite's full-text search)
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// The least confidence, as 0.8
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::share)]
    pub min_confidence: f64,
    /// The least number of reports
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_reports: u64,
}

/// What an event is to a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StandingArg {
    /// It happened
    Deed,
    /// It happened by a speaker's word only
    Claim,
    /// It is to happen
    Future,
    /// It may happen
    Hypothetical,
    /// It did not happen
    Negated,
}

/// `chancery query`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Query {
    #[command(flatten)]
    pub storing: Storing,
    #[command(flatten)]
    pub filtering: Filtering,
    /// Format [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "F")]
    pub format: Option<CodeFormat>,
    #[command(flatten)]
    pub writing: Writing,
}

/// `chancery relate`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Relate {
    /// One party: a code (RUS), a code with a sector (RUS:GOV), or a name that the tables know
    #[arg(value_name = "A")]
    pub a: String,
    /// The other
    #[arg(value_name = "B")]
    pub b: String,
    #[command(flatten)]
    pub storing: Storing,
    /// Length of the periods: day, week, month, quarter, year
    #[arg(long, value_name = "P", default_value = "month")]
    pub by: By,
    /// Only what A does to B
    #[arg(long)]
    pub directed: bool,
    /// What counts, of deed, claim, future, hypothetical, negated
    #[arg(long, value_name = "S,...", value_delimiter = ',', value_enum, default_value = "deed")]
    pub count: Vec<StandingArg>,
    /// The day for standing facts [default: the last day that is known]
    #[arg(long, value_name = "D", value_parser = super::date)]
    pub as_of: Option<String>,
    /// Events to list, those that most report; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Format [default: table on a terminal, else json]
    #[arg(long, value_name = "F")]
    pub format: Option<DyadFormat>,
    #[command(flatten)]
    pub filtering: Filtering,
    #[command(flatten)]
    pub writing: Writing,
}

/// Formats of a dyad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DyadFormat {
    /// For people
    Table,
    /// One JSON object with everything
    Json,
    /// The series, one row per period
    Csv,
    /// A chart
    Svg,
    /// A chart as an image
    Png,
    /// A page with facts, chart and events
    Html,
}

/// `chancery actors`.
#[derive(Debug, Args)]
pub struct Actors {
    /// What to do.
    #[command(subcommand)]
    pub command: ActorsCommand,
}

/// What can be asked about the actors of a store.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)]
pub enum ActorsCommand {
    /// Those who are in most events: what they do, and what is done to them
    Top {
        #[command(flatten)]
        storing: Storing,
        /// Bodies and persons in place of states and kinds of bodies
        #[arg(long)]
        entities: bool,
        /// How many
        #[arg(long, value_name = "N", default_value_t = 25)]
        limit: u64,
        /// Format [default: table on a terminal, else jsonl]
        #[arg(long, value_name = "F")]
        format: Option<super::ListFormat>,
        #[command(flatten)]
        filtering: Filtering,
        #[command(flatten)]
        writing: Writing,
    },
    /// Who acts on whom, as a network; deeds, unless --standing says otherwise
    Network {
        #[command(flatten)]
        storing: Storing,
        /// The least number of events of an edge
        #[arg(long, value_name = "N", default_value_t = 1)]
        least: u64,
        /// The most actors, those of whom most is told
        #[arg(long, value_name = "N", default_value_t = 50)]
        nodes: usize,
        /// Format
        #[arg(long, value_name = "F", default_value = "csv")]
        format: NetworkFormat,
        #[command(flatten)]
        filtering: Filtering,
        #[command(flatten)]
        writing: Writing,
    },
}

/// Formats of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NetworkFormat {
    /// Edges, one row each
    Csv,
    /// GraphML, for Gephi, igraph, networkx
    Graphml,
    /// A drawing
    Svg,
    /// One JSON object with nodes and edges
    Json,
}

/// `chancery series`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Series {
    #[command(flatten)]
    pub storing: Storing,
    /// Length of the periods: day, week, month, quarter, year
    #[arg(long, value_name = "P", default_value = "month")]
    pub by: By,
    /// What counts, of deed, claim, future, hypothetical, negated
    #[arg(long, value_name = "S,...", value_delimiter = ',', value_enum, default_value = "deed")]
    pub count: Vec<StandingArg>,
    /// Every pair of states, also those of which no event is told
    #[arg(long)]
    pub all_states: bool,
    /// International bodies and the like (IGO, EUR, NGO ...) as well
    #[arg(long)]
    pub bodies: bool,
    /// Format
    #[arg(long, value_name = "F", default_value = "csv")]
    pub format: PanelFormat,
    #[command(flatten)]
    pub filtering: Filtering,
    #[command(flatten)]
    pub writing: Writing,
}

/// Formats of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PanelFormat {
    /// One row per dyad and period
    Csv,
    /// One JSON object per dyad and period
    Jsonl,
}
