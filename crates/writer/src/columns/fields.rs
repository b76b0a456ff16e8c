//! The fields of an event with their types and meanings: one table for CSV, Parquet, Arrow and their documentation.

use Kind::{Day, Number, Record, Records, Small, Text, Texts, Whole};

/// A field of the record.
#[derive(Debug)]
pub struct Field {
    /// Its name in the record.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be null. A list never is: it may be empty.
    pub nullable: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// A day of the calendar.
    Day,
    /// A whole number of 64 bits.
    Whole,
    /// A whole number of 8 bits.
    Small,
    /// A number with a fraction, of 64 bits.
    Number,
    /// A list of texts.
    Texts,
    /// Fields of its own.
    Record(&'static [Field]),
    /// A list of such.
    Records(&'static [Field]),
}

/// Every event has it.
const fn field(name: &'static str, kind: Kind, meaning: &'static str) -> Field {
    Field { name, kind, nullable: false, meaning }
}

/// Null where it is unknown or does not apply.
const fn maybe(name: &'static str, kind: Kind, meaning: &'static str) -> Field {
    Field { name, kind, nullable: true, meaning }
}

/// The fields of an event, in the order of the record.
pub const EVENT: &[Field] = &[
    field("id", Text, "Stable hash of document, evidence and coding."),
    field("document", Text, "Identifier of the document."),
    field("sentence", Whole, "Index of the sentence in the document, from 0."),
    maybe("date_published", Day, "Day on which the document was published."),
    field("actor", Records(ACTOR), "Who did it; empty where the words do not say."),
    field("recipient", Records(ACTOR), "To whom it was done; empty where the words do not say."),
    field("event", Text, "PLOVER category."),
    field("mode", Texts, "PLOVER modes."),
    field("context", Texts, "PLOVER contexts."),
    field("cameo", Text, "CAMEO code with its leading zero: a text, not a number."),
    field(
        "quad",
        Small,
        "Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    ),
    field("scale", Number, "PLOVER scale, -10 (conflict) to 10 (cooperation)."),
    field("goldstein", Number, "Goldstein scale of the CAMEO code, -10 (conflict) to 10 (cooperation)."),
    field("status", Text, "Whether it happened: occurred, historical, future, hypothetical or negated."),
    maybe("dead", Whole, "How many were killed, by the words."),
    maybe("injured", Whole, "How many were hurt, by the words."),
    maybe("arrested", Whole, "How many were arrested, by the words."),
    maybe("size", Whole, "How many took part, by the words."),
    field(
        "approximate",
        Texts,
        "Which of these four numbers the words give as about so many, or as a bound.",
    ),
    field("date", Record(DATE), "When it happened."),
    maybe("place", Record(PLACE), "Where it happened."),
    field("attribution", Records(ATTRIBUTION), "According to whom, outermost first."),
    field("evidence", Record(EVIDENCE), "The words that it was read from, and the rule."),
    field("confidence", Number, "How sure the coding is, 0 to 1."),
    maybe("duplicate_of", Text, "The document of the same run that this event's document is a near copy of."),
    maybe("event_id", Text, "Of a report in a store, the merged event that it belongs to."),
    maybe("reports", Whole, "Of a merged event, how many reports tell it."),
    maybe("documents", Whole, "Of a merged event, in how many documents it is told."),
    maybe("sources", Whole, "Of a merged event, by how many outlets it is told."),
];

const ACTOR: &[Field] = &[
    maybe("code", Text, "ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC."),
    maybe("sector", Text, "PLOVER sector."),
    maybe("name", Text, "Usual name."),
    field("text", Text, "The words that name it."),
    field("start", Whole, FIRST),
    field("end", Whole, BEHIND),
    maybe("id", Text, "Identifier in Chancery's world tables."),
    maybe("cameo", Text, "CAMEO's composite code of code and sector."),
    maybe(
        "office",
        Text,
        "Title that the tables give a person, or part that they give a party, on the day of the story or of the event.",
    ),
    maybe("inferred", Text, "Why this actor is meant although the words name another or none."),
    field(
        "candidates",
        Texts,
        "Identifiers of those whom the words may mean, where nothing decides between them.",
    ),
];

const DATE: &[Field] = &[
    maybe("start", Day, "First day."),
    maybe("end", Day, "Last day."),
    maybe("granularity", Text, "day, week, month, quarter, year or range."),
    field("basis", Text, "The words or the reason behind the date."),
];

const PLACE: &[Field] = &[
    field("name", Text, "Name of the place."),
    maybe("geonameid", Whole, "GeoNames identifier."),
    maybe("lat", Number, "Latitude in degrees, north positive."),
    maybe("lon", Number, "Longitude in degrees, east positive."),
    maybe("country", Text, "ISO 3166-1 alpha-3 of the state that it lies in."),
    maybe("admin1", Text, "First-order division."),
    maybe(
        "resolution",
        Text,
        "country, province, district, city, site (finer than a town) or area (a sea, river, region).",
    ),
    field("start", Whole, FIRST),
    field("end", Whole, BEHIND),
    field("text", Text, "The words that name it."),
    field("basis", Text, "Why the act is thought to have been there."),
];

const ATTRIBUTION: &[Field] = &[
    field("text", Text, "The words that name the source."),
    maybe("name", Text, "Usual name of the source."),
    field("start", Whole, FIRST),
    field("end", Whole, BEHIND),
    field(
        "role",
        Text,
        "speaker, carrier (what it is said in or through), outlet, or story (the document's own source).",
    ),
    maybe("code", Text, "Code of the source, as of an actor."),
    maybe("sector", Text, "Sector of the source, as of an actor."),
    maybe("cue", Record(WORDS), "The words that show that it is said."),
    maybe("inferred", Text, "Why the name is meant, where the words do not say it."),
];

const EVIDENCE: &[Field] = &[
    field("start", Whole, FIRST),
    field("end", Whole, BEHIND),
    field("text", Text, "The clause or phrase."),
    field("trigger", Record(WORDS), "The words that made it an event."),
    field("rule", Text, "Name of the rule, or of the chain of rules from the outside in, that fired."),
    field("status", Records(WORDS), "The words that decide the status; none where it is plainly told."),
];

const WORDS: &[Field] =
    &[field("start", Whole, FIRST), field("end", Whole, BEHIND), field("text", Text, "The words.")];

const FIRST: &str = "First code point of the words in the document's text, from 0.";
const BEHIND: &str = "Code point after the last.";
