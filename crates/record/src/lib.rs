//! The records that Chancery writes, as types: the contract with notebooks, scorers and later stages.
//!
//! Offsets are code points into the document's text, end exclusive. `null` means unknown; nothing is
//! guessed silently: what was inferred says why.

mod dyad;
mod merged;
mod network;
mod panel;

pub use dyad::{
    Coverage, Direction, Dyad, DyadEvent, Estimate, Fact, Party, Period, Reciprocity, Standing, TurningPoint,
};
pub use merged::{Merged, Told, ToldReport, Variant};
pub use network::{Edge, Network, Node};
pub use panel::{PanelFigures, PanelRow};
use serde::{Deserialize, Serialize};

/// A stretch of the document's text, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
}

/// Who did it, or to whom it was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC; null where unknown.
    pub code: Option<String>,
    /// PLOVER sector; null where it cannot be told.
    pub sector: Option<String>,
    /// The actor's usual name.
    pub name: Option<String>,
    /// The words that name it.
    pub text: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
    /// Identifier in Chancery's own tables; null for an actor that is known by description only.
    pub id: Option<String>,
    /// CAMEO's composite code of code and sector, or its own for a body that it knows: "RUSGOV", "PSEREBHMS".
    pub cameo: Option<String>,
    /// Title that the tables give a person, or part that they give a party, on the day of the story or of the event.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub office: Option<String>,
    /// Why this actor is meant although the words name another or none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub inferred: Option<String>,
    /// Identifiers of those whom the words may mean, where nothing decides between them; `name` and `id` are null.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<String>,
}

/// One mention by itself, coded as of its date: what `chancery actor` writes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The mention's identifier.
    pub id: String,
    /// The mention.
    pub text: String,
    /// The day as of which it is coded; null where none was given.
    pub date: Option<String>,
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC; null where unknown.
    pub code: Option<String>,
    /// PLOVER sector; null where it cannot be told.
    pub sector: Option<String>,
    /// The actor's usual name; null where the words only describe it.
    pub name: Option<String>,
    /// CAMEO's composite code.
    pub cameo: Option<String>,
    /// Identifier in the world tables.
    pub entity: Option<String>,
    /// Title that the tables give on that day.
    pub office: Option<String>,
    /// What the answer rests on: the matched name, the office held that day, the description; or why there is none.
    pub evidence: String,
    /// Identifiers of those whom the words may mean, where nothing decides between them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<String>,
}

/// What the world tables know of somebody or something: what `chancery world find` writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Identifier in the world tables.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// `state`, `nationality`, `capital`, `metonym`, `place`, `body` or `person`.
    pub kind: String,
    /// Of a body or place, what sort it is ("party", "armed", "city").
    pub class: Option<String>,
    /// CAMEO's own code of a body that it knows.
    pub cameo: Option<String>,
    /// Every spelling under which it is found, in alphabetical order.
    pub names: Vec<String>,
    /// Offices of a person, affiliations of anything else.
    pub offices: Vec<KnownOffice>,
    /// Who belongs to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub members: Vec<KnownOffice>,
    /// Names of the bodies that a state belongs to on the day asked for, or still does.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub belongs_to: Vec<String>,
    /// The day asked for; null where none was.
    pub on: Option<String>,
    /// What counts on that day; null where nothing was held by then.
    pub held: Option<KnownOffice>,
    /// Whether that had ended by then.
    pub former: bool,
}

/// An office or affiliation with its dates; a bound that is not known is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownOffice {
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub code: String,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Title in lower case.
    pub title: Option<String>,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
}

/// A name that the world tables do not settle: what `chancery world unknown` writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unknown {
    /// The name as it stands in the texts, without article.
    pub name: String,
    /// What the language engine takes it for: PERSON, ORG, NORP, GPE ...
    pub label: String,
    /// How often it stands there.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// Identifiers of those whom it may mean, where that is the reason.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<String>,
    /// The document of the example.
    pub document: String,
    /// The first sentence that has it.
    pub example: String,
}

/// Whether the event happened, by the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Part of the story's own news.
    Occurred,
    /// Before the story's own news.
    Historical,
    /// Announced, planned or expected.
    Future,
    /// Possible, conditional or aimed at.
    Hypothetical,
    /// Said not to have happened.
    Negated,
}

/// When an event happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventDate {
    /// First day, ISO 8601; null where unknown.
    pub start: Option<String>,
    /// Last day, ISO 8601; null where unknown.
    pub end: Option<String>,
    /// `day`, `week`, `month`, `quarter`, `year`, `range`; null where the date is unknown.
    pub granularity: Option<String>,
    /// The words or the reason behind the date.
    pub basis: String,
}

/// Where an event happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// Name of the place.
    pub name: String,
    /// GeoNames identifier.
    pub geonameid: Option<u64>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3 of the state it lies in.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// `country`, `province`, `district`, `city`, `site` (finer than a town) or `area` (a sea, river, region).
    pub resolution: Option<String>,
    /// The words, and where they stand.
    #[serde(flatten)]
    pub words: Words,
    /// Why the act is thought to have been there.
    pub basis: String,
}

/// One link of the chain of those who say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The words that name the source.
    pub text: String,
    /// The source's usual name.
    pub name: Option<String>,
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
    /// `speaker`, `carrier` (what it is said in or through), `outlet` (a news organisation that the text names),
    /// or `story` (the source of the document itself, which closes the chain).
    pub role: String,
    /// The source's code, as of an actor; null where unknown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// The source's sector; null where unknown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sector: Option<String>,
    /// The words that show that it is said: "told", "according to".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<Words>,
    /// Why the name is meant, where the words do not say it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub inferred: Option<String>,
}

/// A stretch of text with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
}

/// What an event was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The clause or phrase.
    #[serde(flatten)]
    pub span: Span,
    /// Its words.
    pub text: String,
    /// The words that made it an event.
    pub trigger: Words,
    /// Name of the rule, or of the chain of rules from the outside in, that fired.
    pub rule: String,
    /// The words that decide the status: "not", "would", "if", "failed to"; none where it is plainly told.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub status: Vec<Words>,
}

/// One coded event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable hash of document, evidence and coding.
    pub id: String,
    /// The document's identifier.
    pub document: String,
    /// Index of the sentence in the document, from 0.
    pub sentence: usize,
    /// The document's publication date; null where unknown.
    pub date_published: Option<String>,
    /// Who did it; empty where the words do not say.
    pub actor: Vec<Actor>,
    /// To whom; empty where the words do not say.
    pub recipient: Vec<Actor>,
    /// PLOVER category.
    pub event: String,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// CAMEO code with its leading zero.
    pub cameo: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// PLOVER scale, -10 to 10.
    pub scale: f64,
    /// Goldstein scale, -10 to 10.
    pub goldstein: f64,
    /// Whether it happened.
    pub status: Status,
    /// How many were killed, by the words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dead: Option<u64>,
    /// How many were hurt, by the words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub injured: Option<u64>,
    /// How many were arrested, by the words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub arrested: Option<u64>,
    /// How many took part, by the words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub size: Option<u64>,
    /// Which of these numbers the words give as about so many, or as a bound ("at least", "dozens").
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub approximate: Vec<String>,
    /// When.
    pub date: EventDate,
    /// Where; null where unknown.
    pub place: Option<EventPlace>,
    /// According to whom, outermost first.
    pub attribution: Vec<Attribution>,
    /// The words and the rule.
    pub evidence: Evidence,
    /// 0 to 1.
    pub confidence: f64,
    /// The document of the same run that this event's document is a near copy of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duplicate_of: Option<String>,
    /// Of a report in a store, the merged event that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub event_id: Option<String>,
    /// Of a merged event, how many reports tell it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reports: Option<u64>,
    /// Of a merged event, in how many documents it is told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub documents: Option<u64>,
    /// Of a merged event, by how many outlets; documents without one do not count.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sources: Option<u64>,
}

/// A document as it is coded: what `chancery extract` writes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Identifier.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, ISO 8601.
    pub date: Option<String>,
    /// Main text.
    pub text: String,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub source: Option<String>,
    /// Language, ISO 639-1.
    pub lang: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The document of the same run that this is a near copy of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duplicate_of: Option<String>,
}

/// A token of `annotate` and `parse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub pos: String,
    /// Fine-grained tag.
    pub tag: String,
    /// Index of the syntactic head; a root is its own.
    pub head: usize,
    /// Dependency label.
    pub dep: String,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its type.
    pub label: String,
}

/// A place named in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
    /// GeoNames identifier.
    pub geonameid: Option<u64>,
    /// Usual name.
    pub name: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Second-order division.
    pub admin2: Option<String>,
    /// GeoNames feature code.
    pub feature: Option<String>,
    /// `country`, `province`, `district`, `city`, `site` (finer than a town) or `area` (a sea, river, region).
    pub resolution: Option<String>,
    /// `place`, `metonym` (those who govern or live there), `adjective` ("Syrian"), `name` (part of a longer
    /// name), `dateline` (where the report was written).
    pub r#use: String,
    /// What the words say beside the name: "northern", "80 km east of"; the point is that of the name all the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub relative: Option<String>,
    /// Whether the point is computed from the places inside, and not one that the sources give.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub computed: bool,
    /// How much of the belief goes to this place, 0 to 1.
    pub score: Option<f64>,
    /// What decided, or why the place is not known.
    pub basis: String,
    /// Other places that the words may mean, likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<PlaceCandidate>,
}

/// A place that the words may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // as in `Place`
pub struct PlaceCandidate {
    pub geonameid: Option<u64>,
    pub name: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub score: f64,
}

/// A time expression, after TIMEX3.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// Where the words stand.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
    /// DATE, TIME, DURATION or SET.
    pub r#type: String,
    /// TIMEX3 value; null where it cannot be known.
    pub value: Option<String>,
    /// How the value was found.
    pub basis: String,
}

/// Who says what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The words that name the source; null where none is named.
    pub source: Option<Span>,
    /// The words that show that something is said; null where there are none.
    pub cue: Option<Span>,
    /// What is said: one stretch, or a list where the cue stands in the middle of it.
    pub content: Pieces,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// Class of the cue in `rules/quotes`: `statement`, `belief`, `judgement` ...; null where no rule names it.
    pub class: Option<String>,
    /// Whether the source holds the content to be so, or not to be so: events in it are the source's claim.
    pub claim: bool,
    /// What was wrong with the quotation marks, and how it was taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repaired: Option<String>,
    /// Why source or cue are taken from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub inferred: Option<String>,
    /// Whom the source's words mean: the name that the document gives in full, with codes where the tables know it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker: Option<Actor>,
    /// What is reported within its words: in "A said that B had said", B's.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub quotes: Vec<Quote>,
}

/// One stretch of text, or several that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Pieces {
    /// One.
    One(Span),
    /// Several, in text order.
    Several(Vec<Span>),
}

impl Pieces {
    /// The stretches in text order, as one or as several.
    pub fn of(mut spans: Vec<Span>) -> Pieces {
        spans.sort_by_key(|s| s.start);
        if spans.len() == 1 { Pieces::One(spans[0]) } else { Pieces::Several(spans) }
    }

    /// The stretches.
    pub fn spans(&self) -> &[Span] {
        match self {
            Pieces::One(span) => std::slice::from_ref(span),
            Pieces::Several(spans) => spans,
        }
    }
}

/// One annotated document; a layer that was not asked for is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // each field is the layer of its name, documented at its type
pub struct Annotated {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    pub date: Option<String>,
    pub text: String,
    /// ISO 639-1, stated or detected.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lang: Option<String>,
    /// The document of the same run that this is a near copy of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duplicate_of: Option<String>,
    /// Why it was not coded: nothing was looked for in it, or nothing but sentences, tokens and entities.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub skipped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sentences: Option<Vec<Span>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tokens: Option<Vec<Token>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entities: Option<Vec<Entity>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actors: Option<Vec<Actor>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub places: Option<Vec<Place>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub times: Option<Vec<Time>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quotes: Option<Vec<Quote>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub events: Option<Vec<Event>>,
}

/// What one of two does to the other in a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The question's identifier.
    pub id: String,
    /// PLOVER category.
    pub event: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// How probable it is that the category is right, 0 to 1.
    pub confidence: f64,
    /// CAMEO code, where a rule decided; null where the scorer did.
    pub cameo: Option<String>,
    /// Rule, or chain of rules from the outside in, that decided; null where the scorer did.
    pub rule: Option<String>,
    /// The words that set it off; null where the scorer decided.
    pub trigger: Option<String>,
}

/// One sentence of `explain`: its events, or why it has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    /// The sentence.
    #[serde(flatten)]
    pub sentence: Words,
    /// Events coded from it.
    pub events: Vec<Event>,
    /// What was considered and left out, and why: "no trigger", "'visit': no actor", "page furniture".
    pub notes: Vec<String>,
}
