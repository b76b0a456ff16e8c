//! How two actors stand to each other over time: what `chancery relate` writes.

use serde::{Deserialize, Serialize};

use crate::{EventDate, Variant};

/// One side of a dyad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// As it was asked for.
    pub query: String,
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub code: Option<String>,
    /// PLOVER sector, where only that part of a state was asked for.
    pub sector: Option<String>,
    /// Identifier in the world tables, where one body or person was asked for.
    pub id: Option<String>,
    /// Usual name.
    pub name: String,
}

/// Which way an act goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The first party acts on the second.
    Forward,
    /// The second acts on the first.
    Backward,
    /// Both do it together, or to each other.
    Mutual,
}

/// What an event of a dyad is to a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It happened, as the reports tell it.
    Deed,
    /// It happened by the word of a speaker only.
    Claim,
    /// It is announced, planned or expected.
    Future,
    /// It is possible, conditional or aimed at.
    Hypothetical,
    /// It is said not to have happened.
    Negated,
}

/// A merged event between the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DyadEvent {
    /// Identifier of the merged event.
    pub id: String,
    /// Which way it goes.
    pub direction: Direction,
    /// Whether it counts, or what it is else.
    pub standing: Standing,
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
    /// When.
    pub date: EventDate,
    /// Names of those who did it.
    pub actor: Vec<String>,
    /// Names of those to whom it was done.
    pub recipient: Vec<String>,
    /// Name of the place; null where unknown.
    pub place: Option<String>,
    /// The sentence of the report that tells it best.
    pub sentence: String,
    /// The document of that report.
    pub document: String,
    /// Its outlet; null where unknown.
    pub source: Option<String>,
    /// Who says so by that report, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub says: Vec<String>,
    /// The rule that fired.
    pub rule: String,
    /// The words that set it off.
    pub trigger: String,
    /// How many reports tell it.
    pub reports: usize,
    /// In how many documents.
    pub documents: usize,
    /// From how many outlets.
    pub sources: usize,
    /// 0 to 1.
    pub confidence: f64,
    /// Details in which the reports differ.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub variants: Vec<Variant>,
}

/// A number with its uncertainty: the middle 95% of what the bootstrap over reports gave.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure itself.
    pub value: f64,
    /// Lower end, the 2.5th percentile; null with fewer than three reports.
    pub low: Option<f64>,
    /// Upper end, the 97.5th percentile; null with fewer than three reports.
    pub high: Option<f64>,
}

/// What was read of a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Documents that were published in it.
    pub documents: u64,
    /// How many of these tell of either party at all.
    pub concerned: u64,
}

/// One period of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// First day, ISO 8601.
    pub start: String,
    /// Last day, ISO 8601.
    pub end: String,
    /// Usual name: `2022-03`, `2022-Q1`, `2022-W10`, `2022`, `2022-03-14`.
    pub label: String,
    /// Periods before it that are left out, because nothing was read of them and nothing is told.
    pub gap_before: u64,
    /// What was read; no documents means that nothing is known of it but what later reports told.
    pub coverage: Coverage,
    /// Events that count; null where nothing was read and nothing is told.
    pub events: Option<u64>,
    /// By quad class 1 to 4.
    pub quads: [u64; 4],
    /// Events by category, in the order of the manual, without those that have none.
    pub categories: Vec<(String, u64)>,
    /// By the first upon the second, by the second upon the first, mutual.
    pub directions: [u64; 3],
    /// Events that do not count: claims, future, hypothetical, negated.
    pub apart: [u64; 4],
    /// Mean of the PLOVER scale; null without events.
    pub scale_mean: Option<Estimate>,
    /// Sum of the PLOVER scale; null without events.
    pub scale_sum: Option<Estimate>,
    /// Mean of the Goldstein scale; null without events.
    pub goldstein_mean: Option<Estimate>,
    /// Sum of the Goldstein scale; null without events.
    pub goldstein_sum: Option<Estimate>,
}

/// How far each does to the other as the other does to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reciprocity {
    /// Events by the first upon the second, and their mean on the PLOVER scale.
    pub forward: (u64, Option<f64>),
    /// Events by the second upon the first, and their mean.
    pub backward: (u64, Option<f64>),
    /// Rank correlation (Spearman) of the two sums over the periods in which both act; null with fewer than four.
    pub correlation: Option<f64>,
    /// The same with the second one period later: whether it answers.
    pub answers: Option<f64>,
    /// The same with the first one period later.
    pub answered: Option<f64>,
}

/// A period at which the level of the scale changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurningPoint {
    /// First day of the first period of the new level.
    pub date: String,
    /// Mean of the PLOVER scale before it, since the last turning point.
    pub before: f64,
    /// Mean after it, until the next.
    pub after: f64,
    /// How many events either side rests on.
    pub events: (u64, u64),
    /// The method and its parameters.
    pub method: String,
    /// How often it comes out within one period of here when reports are drawn anew, 0 to 1.
    pub support: f64,
}

/// Something that holds between the two until something ends it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// `diplomatic-relations`, `recognition`, `sanctions`, `alliance`, `agreement`, `war`, `truce`, `arms-trade` ...
    pub kind: String,
    /// In words: "diplomatic relations established", "sanctions in force".
    pub state: String,
    /// Whether it holds on the day asked for; null where what is told does not decide.
    pub holds: Option<bool>,
    /// The day asked for.
    pub on: String,
    /// Who does it to whom; `mutual` where it is of both.
    pub direction: Direction,
    /// Names of those by whom.
    pub by: Vec<String>,
    /// Since when; null where only a later day is told on which it held.
    pub since: Option<EventDate>,
    /// The first day on which it is told to hold, where `since` is not known.
    pub known_from: Option<String>,
    /// Until when; null where no end is told.
    pub until: Option<EventDate>,
    /// Events that it is read off, the earliest first.
    pub events: Vec<String>,
    /// Events that speak against it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub contradicted_by: Vec<String>,
    /// Why it is so read, for people.
    pub basis: String,
}

/// The whole answer about two actors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dyad {
    /// The first party.
    pub a: Party,
    /// The second party.
    pub b: Party,
    /// First day of the series, ISO 8601; null where there is nothing.
    pub from: Option<String>,
    /// Last day of the series.
    pub to: Option<String>,
    /// `day`, `week`, `month`, `quarter` or `year`.
    pub by: String,
    /// Whether only acts of the first upon the second were asked for.
    pub directed: bool,
    /// Which events count.
    pub counted: Vec<Standing>,
    /// The day for standing facts.
    pub as_of: Option<String>,
    /// What holds between them.
    pub facts: Vec<Fact>,
    /// The series.
    pub periods: Vec<Period>,
    /// The same over the whole span.
    pub total: Option<Period>,
    /// How far they answer each other.
    pub reciprocity: Option<Reciprocity>,
    /// Events that count and lie in no single period, or whose day is not known.
    pub unplaced: u64,
    /// Where the level changes.
    pub turning_points: Vec<TurningPoint>,
    /// Events in order of date; undated ones at the end.
    pub events: Vec<DyadEvent>,
    /// How many events there are beyond those listed.
    pub unlisted: u64,
}
