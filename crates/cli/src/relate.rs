//! `chancery relate`: how two actors stand to each other over time.

use std::cmp::Reverse;

use chancery_record::{Coverage, Dyad, Fact, Standing};
use chancery_series::{Act, SeriesOptions, bears_on_facts, facts, series};
use chancery_store::{Filter, Found, Store};
use chancery_writer as write;
use jiff::civil::Date;

use crate::args::{DyadFormat, Global, Relate, StandingArg};
use crate::output::Output;
use crate::party::{filter, party, who};
use crate::session::Outcome;
use crate::store::warn_of_waiting;
use crate::terminal;

/// Tells how two actors stand to each other.
pub fn relate(relate: Relate, global: &Global) -> anyhow::Result<Outcome> {
    let store = Store::read(&relate.storing.store)?;
    warn_of_waiting(&store, &relate.storing.store)?;
    let dyad = dyad(&store, &relate, global)?;
    let mut output = Output::open(relate.writing.output.as_deref())?;
    let page = terminal::page(&output, global);
    let default = if terminal::is_terminal(&output) { DyadFormat::Table } else { DyadFormat::Json };
    match relate.format.unwrap_or(default) {
        DyadFormat::Json => write::jsonl(&mut output, &[dyad])?,
        DyadFormat::Csv => write::dyad_csv(&mut output, &dyad)?,
        DyadFormat::Table => write::dyad_table(&mut output, &page, &dyad)?,
        DyadFormat::Svg => write::dyad_svg(&mut output, &dyad)?,
        DyadFormat::Png => write::dyad_png(&mut output, &dyad)?,
        DyadFormat::Html => write::dyad_html(&mut output, &dyad)?,
    }
    output.finish()?;
    Ok(Outcome::All)
}

fn dyad(store: &Store, relate: &Relate, global: &Global) -> anyhow::Result<Dyad> {
    let (a, b) = (party(&relate.a, global)?, party(&relate.b, global)?);
    // The span is kept to by the series itself, so that longer events count in it.
    let span = filter(&relate.filtering, global)?;
    let others = Filter { from: None, to: None, ..span.clone() };
    let found = store.between(&who(&a), &who(&b), &others)?;
    let options = SeriesOptions {
        by: relate.by,
        from: span.from,
        to: span.to,
        directed: relate.directed,
        counted: relate.count.iter().map(|standing| standing_of(*standing)).collect(),
    };
    let acts: Vec<Act> = found.iter().map(|found| found.act.clone()).collect();
    let coverage = store.coverage(&who(&a), &who(&b))?;
    let series = series(&acts, &coverage, &options);
    let as_of =
        relate.as_of.as_deref().and_then(|day| day.parse().ok()).or_else(|| last_day(&acts, &coverage));
    let (listed, unlisted) = listed(&found, &options, relate.limit);
    Ok(Dyad {
        a,
        b,
        from: series.from.map(|day| day.to_string()),
        to: series.to.map(|day| day.to_string()),
        by: relate.by.to_string(),
        directed: relate.directed,
        counted: options.counted,
        as_of: as_of.map(|day| day.to_string()),
        facts: standing_facts(store, &found, as_of)?,
        periods: series.periods,
        total: series.total,
        reciprocity: series.reciprocity,
        unplaced: series.unplaced,
        turning_points: series.turning_points,
        events: store.dyad_events(&listed)?,
        unlisted,
    })
}

/// What holds between the two on a day, by all that is told of them, whatever span was asked for.
fn standing_facts(store: &Store, found: &[Found], as_of: Option<Date>) -> anyhow::Result<Vec<Fact>> {
    let bearing: Vec<Found> = found.iter().filter(|found| bears_on_facts(&found.rule)).cloned().collect();
    Ok(facts(&store.dyad_events(&bearing)?, as_of))
}

/// The last day of which anything is told or read.
fn last_day(acts: &[Act], coverage: &[(Date, Coverage)]) -> Option<Date> {
    let happened = |act: &&Act| matches!(act.standing, Standing::Deed | Standing::Claim);
    let told = acts.iter().filter(happened).filter_map(|act| act.end.or(act.start)).max();
    told.max(coverage.last().map(|(day, _)| *day))
}

/// The events to list, in order of date, undated ones at the end: those with the most reports if there are too many.
fn listed(found: &[Found], options: &SeriesOptions, limit: usize) -> (Vec<Found>, u64) {
    let mut wanted: Vec<Found> = found.iter().filter(|found| in_span(&found.act, options)).cloned().collect();
    let all = wanted.len();
    if limit > 0 && all > limit {
        let rank = |found: &Found| {
            let counts = options.counted.contains(&found.act.standing);
            (
                Reverse(counts),
                Reverse(found.act.reports),
                Reverse((found.act.scale.abs() * 10.0) as i64),
                found.row,
            )
        };
        wanted.sort_by_key(rank);
        wanted.truncate(limit);
    }
    wanted.sort_by_key(|found| (found.act.start.is_none(), found.act.start, found.act.end, found.row));
    let unlisted = (all - wanted.len()) as u64;
    (wanted, unlisted)
}

fn in_span(act: &Act, options: &SeriesOptions) -> bool {
    let direction = !options.directed || act.direction != chancery_record::Direction::Backward;
    let within = |day: Option<Date>, end: Option<Date>| match day {
        None => options.from.is_none() && options.to.is_none(),
        Some(day) => {
            options.to.is_none_or(|to| day <= to)
                && options.from.is_none_or(|from| end.unwrap_or(day) >= from)
        }
    };
    direction && within(act.start, act.end)
}

/// A standing of the command line as records have it.
pub fn standing_of(standing: StandingArg) -> Standing {
    match standing {
        StandingArg::Deed => Standing::Deed,
        StandingArg::Claim => Standing::Claim,
        StandingArg::Future => Standing::Future,
        StandingArg::Hypothetical => Standing::Hypothetical,
        StandingArg::Negated => Standing::Negated,
    }
}
