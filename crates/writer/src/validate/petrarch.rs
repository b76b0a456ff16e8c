//! What lines of PETRARCH must be.

use std::sync::LazyLock;

use super::tab::{Cells, Rule, Table, cameo, composite, digit_day, may, must, or, text};
use super::{Checked, Fault, tab};
use crate::formats::PETRARCH_COLUMNS;

const WITHOUT_URL: [&str; 7] = ["DATE", "SOURCE", "TARGET", "CAMEO", "ISSUES", "IDS", "STORYSOURCE"];

static PLAIN: LazyLock<Table> = LazyLock::new(|| Table::new(&WITHOUT_URL, rule, across));
static ADDRESSED: LazyLock<Table> = LazyLock::new(|| Table::new(&PETRARCH_COLUMNS, rule, across));

/// Checks a line; it has seven cells, or eight where the story has an address.
pub(super) fn check(line: &str) -> Checked {
    match line.split('\t').count() {
        7 => PLAIN.check(line),
        8 => ADDRESSED.check(line),
        n => Checked {
            faults: vec![Fault::line(format!("has {n} columns, not 7, or 8 with an address"))],
            key: None,
        },
    }
}

fn rule(column: &str) -> Rule {
    match column {
        "DATE" => must(digit_day),
        "SOURCE" | "TARGET" => must(party),
        "CAMEO" => must(cameo),
        "ISSUES" => may(issues),
        "IDS" => must(ids),
        "URL" => must(address),
        _ => may(text),
    }
}

fn party(cell: &str) -> Result<(), &'static str> {
    let rest = cell.strip_prefix("---").unwrap_or(cell);
    or(composite(rest).is_ok(), "no CAMEO actor code: letters three by three, --- for an unknown state")
}

fn issues(cell: &str) -> Result<(), &'static str> {
    let good = |issue: &str| {
        issue.split_once(',').is_some_and(|(code, n)| !code.is_empty() && tab::count(n).is_ok())
    };
    or(cell.split(';').all(good), "no list of issues, as CODE,1;CODE,2")
}

fn ids(cell: &str) -> Result<(), &'static str> {
    or(cell.split(';').all(|id| story(id).is_some()), "no list of sentences, as STORY_1;STORY_2")
}

/// The story of a sentence's identifier.
fn story(id: &str) -> Option<&str> {
    let (story, sentence) = id.rsplit_once('_')?;
    (!story.is_empty() && tab::whole(sentence).is_ok() && !sentence.is_empty()).then_some(story)
}

fn address(cell: &str) -> Result<(), &'static str> {
    or(!cell.contains(' '), "no address")
}

/// One act a day and story.
fn across(cells: &Cells<'_>) -> Checked {
    let first = cells.get("IDS").split(';').next().and_then(story).unwrap_or_default();
    let act = ["DATE", "SOURCE", "TARGET", "CAMEO"].map(|name| cells.get(name)).join(" ");
    Checked { faults: Vec::new(), key: Some(("IDS", format!("{act} in {first}"))) }
}
