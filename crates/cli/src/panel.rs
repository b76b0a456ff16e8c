//! `chancery series`: a panel of all dyads by period, to be joined with other data sets.

use chancery_ontology::country;
use chancery_record::Standing;
use chancery_series::{PanelActs, PanelOptions};
use chancery_store::{Filter, Store};
use chancery_writer as write;

use crate::args::{Global, PanelFormat, Series};
use crate::output::Output;
use crate::party::filter;
use crate::relate::standing_of;
use crate::session::Outcome;
use crate::store::warn_of_waiting;

/// Writes the panel.
pub fn series(series: Series, global: &Global) -> anyhow::Result<Outcome> {
    let store = Store::read(&series.storing.store)?;
    warn_of_waiting(&store, &series.storing.store)?;
    let span = filter(&series.filtering, global)?;
    let counted: Vec<Standing> = series.count.iter().map(|standing| standing_of(*standing)).collect();
    let options =
        PanelOptions { by: series.by, from: span.from, to: span.to, counted, all_states: series.all_states };
    let mut acts = PanelActs::new(options);
    // The span is kept to by the panel itself, so that longer events are judged by their periods.
    let others = Filter { from: None, to: None, ..span };
    let wanted = |code: &str| series.bodies || country(code).is_some();
    store.acts(&others, |a, b, act| {
        if a != b && wanted(a) && wanted(b) {
            acts.add(a, b, &act);
        }
    })?;
    let panel = acts.panel(&store.read_by_day()?);
    let mut output = Output::open(series.writing.output.as_deref())?;
    match series.format {
        PanelFormat::Csv => write::panel_csv(&mut output, panel.rows())?,
        PanelFormat::Jsonl => panel.rows().try_for_each(|row| write::jsonl(&mut output, &[row]))?,
    }
    output.finish()?;
    if panel.unplaced > 0 {
        eprintln!("chancery: {} acts lie in no single {} and are in no row", panel.unplaced, series.by);
    }
    Ok(Outcome::All)
}
