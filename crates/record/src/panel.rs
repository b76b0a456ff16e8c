//! What one actor does to another in one period: a row of a panel of directed dyads.

use serde::Serialize;

/// A row of a panel. Figures are missing in a period of which nothing was read, unless later reports tell of the dyad in
/// it; where documents were read and no event was found, they are zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PanelRow<'a> {
    /// Name of the period: `2022-03`, `2022-Q1`, `2022-W10`, `2022`, `2022-03-14`.
    pub period: &'a str,
    /// Its first day, ISO 8601.
    pub start: &'a str,
    /// Its last day.
    pub end: &'a str,
    /// Code of the one who acts: ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub a: &'a str,
    /// Code of the one upon whom.
    pub b: &'a str,
    /// ISO 3166-1 alpha-3 of the first; null for bodies that belong to no state.
    pub a_iso: Option<&'a str>,
    /// The same of the second.
    pub b_iso: Option<&'a str>,
    /// Correlates of War number of the first; null where it is no state of that list.
    pub a_cow: Option<u16>,
    /// The same of the second.
    pub b_cow: Option<u16>,
    /// Gleditsch and Ward's number of the first, as it is today; null where it is no state of that list.
    pub a_gw: Option<u16>,
    /// The same of the second.
    pub b_gw: Option<u16>,
    /// Documents that were published in the period and read, whomever they tell of.
    pub documents: u64,
    /// What the first does to the second; a row of JSON without figures lacks their fields.
    #[serde(flatten)]
    pub figures: Option<PanelFigures>,
}

/// The figures of a dyad in a period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PanelFigures {
    /// Events.
    pub events: u64,
    /// Reports that tell of them.
    pub reports: u64,
    /// Events by quad class 1 to 4.
    pub quads: [u64; 4],
    /// Events by PLOVER category, in the order of the manual: AGREE, CONSULT ... ASSAULT.
    pub categories: [u64; 16],
    /// Sum of the PLOVER scale; 0 without events.
    pub scale_sum: f64,
    /// Mean of the PLOVER scale, -10 to 10; null without events.
    pub scale_mean: Option<f64>,
    /// Sum of the Goldstein scale; 0 without events.
    pub goldstein_sum: f64,
    /// Mean of the Goldstein scale, -10 to 10; null without events.
    pub goldstein_mean: Option<f64>,
}
