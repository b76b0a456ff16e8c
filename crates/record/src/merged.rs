//! Reports and the events that are merged from them: what `chancery export` writes.

use serde::{Deserialize, Serialize};

use crate::Event;

/// One event, merged from the reports that tell it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// The coding that the reports agree on best, with how many reports, documents and outlets tell it; `id` is the
    /// event's own, `document`, `sentence`, `evidence` and `attribution`
    /// are those of the report that tells it best.
    #[serde(flatten)]
    pub event: Event,
    /// How many different wordings there are: copies of one report have one.
    pub wordings: usize,
    /// Day of the first report, ISO 8601; null where no document says its day.
    pub first_published: Option<String>,
    /// Day of the last report.
    pub last_published: Option<String>,
    /// Whether somebody's word is all there is: every report attributes it to a speaker.
    pub claimed: bool,
    /// Details in which the reports differ, each with all its values.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub variants: Vec<Variant>,
    /// Identifiers of the reports, the earliest first.
    pub members: Vec<String>,
}

/// One value of a detail in which reports of an event differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Name of the field: `date`, `place`, `dead`, `injured`, `arrested`, `size`, `actor`, `recipient`, `mode`, `status`.
    pub field: String,
    /// The value as text.
    pub value: String,
    /// How many reports give it.
    pub reports: usize,
    /// Who says so: speakers, carriers and outlets by name.
    pub says: Vec<String>,
}

/// An event with all that tells it: what `chancery events show` writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The event.
    pub event: Merged,
    /// Its reports, the earliest first.
    pub reports: Vec<ToldReport>,
    /// Decisions made by hand about its reports.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub decisions: Vec<String>,
}

/// One report of an event, with what its document says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldReport {
    /// The report.
    #[serde(flatten)]
    pub report: Event,
    /// Headline of the document.
    pub title: Option<String>,
    /// Outlet of the document.
    pub source: Option<String>,
    /// Address of the document.
    pub url: Option<String>,
    /// Mean score of its links with the event's other reports, 0 to 1; null of a report that is alone.
    pub score: Option<f64>,
}
