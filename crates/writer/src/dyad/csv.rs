//! The series of a dyad as one row per period.

use std::io::{self, Write};

use chancery_ontology::Category;
use chancery_record::{Dyad, Estimate, Period};

/// Columns before those of the categories.
const HEAD: [&str; 8] = ["a", "b", "period", "start", "end", "documents", "concerned", "events"];

/// Columns after those of the categories.
const TAIL: [&str; 23] = [
    "quad1",
    "quad2",
    "quad3",
    "quad4",
    "forward",
    "backward",
    "mutual",
    "claims",
    "future",
    "hypothetical",
    "denied",
    "scale_mean",
    "scale_mean_low",
    "scale_mean_high",
    "scale_sum",
    "scale_sum_low",
    "scale_sum_high",
    "goldstein_mean",
    "goldstein_mean_low",
    "goldstein_mean_high",
    "goldstein_sum",
    "goldstein_sum_low",
    "goldstein_sum_high",
];

/// Writes a row per period, with names of columns above. A cell is empty where nothing is known: no document read and
/// nothing told, or no event to take a mean of.
///
/// # Errors
/// Those of `out`.
pub fn dyad_csv(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let categories = Category::ALL.map(|category| category.name().to_lowercase());
    let head = HEAD.iter().map(|name| (*name).to_owned());
    csv.write_record(head.chain(categories).chain(TAIL.iter().map(|name| (*name).to_owned())))?;
    for period in &dyad.periods {
        csv.write_record(row(dyad, period))?;
    }
    csv.flush()
}

fn row(dyad: &Dyad, period: &Period) -> Vec<String> {
    let code =
        |party: &chancery_record::Party| party.code.clone().or_else(|| party.id.clone()).unwrap_or_default();
    let known = |number: u64| period.events.map_or(String::new(), |_| number.to_string());
    let mut row = vec![
        code(&dyad.a),
        code(&dyad.b),
        period.label.clone(),
        period.start.clone(),
        period.end.clone(),
        period.coverage.documents.to_string(),
        period.coverage.concerned.to_string(),
        period.events.map_or(String::new(), |events| events.to_string()),
    ];
    for category in Category::ALL {
        let found = period.categories.iter().find(|(name, _)| name == category.name());
        row.push(known(found.map_or(0, |(_, count)| *count)));
    }
    row.extend(period.quads.iter().chain(&period.directions).chain(&period.apart).map(|count| known(*count)));
    for estimate in [period.scale_mean, period.scale_sum, period.goldstein_mean, period.goldstein_sum] {
        row.extend(cells(estimate));
    }
    row
}

fn cells(estimate: Option<Estimate>) -> [String; 3] {
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    [
        number(estimate.map(|e| e.value)),
        number(estimate.and_then(|e| e.low)),
        number(estimate.and_then(|e| e.high)),
    ]
}
