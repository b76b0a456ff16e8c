//! `chancery actors`: who is in the events of a store, and who acts on whom.

use std::io::Write;

use chancery_series::Acts;
use chancery_store::{Active, Filter, Parties, Store};
use chancery_writer as write;
use serde_json::json;

use crate::args::{ActorsCommand, Filtering, Global, ListFormat, NetworkFormat, Writing};
use crate::output::Output;
use crate::party::filter;
use crate::session::Outcome;
use crate::store::warn_of_waiting;
use crate::terminal;

/// Carries out one of the commands.
pub fn actors(command: ActorsCommand, global: &Global) -> anyhow::Result<Outcome> {
    match command {
        ActorsCommand::Top { storing, entities, limit, format, filtering, writing } => {
            let store = Store::read(&storing.store)?;
            warn_of_waiting(&store, &storing.store)?;
            let parties = if entities { Parties::Entities } else { Parties::Codes };
            let found = store.most_active(&deeds(&filtering, global)?, parties, limit)?;
            top(&found, format, &writing)
        }
        ActorsCommand::Network { storing, least, nodes, format, filtering, writing } => {
            let store = Store::read(&storing.store)?;
            warn_of_waiting(&store, &storing.store)?;
            let mut acts = Acts::default();
            store.acts(&deeds(&filtering, global)?, |from, to, act| acts.add(from, to, &act))?;
            let network = acts.network(least, nodes);
            let mut output = Output::open(writing.output.as_deref())?;
            match format {
                NetworkFormat::Csv => write::edges_csv(&mut output, &network)?,
                NetworkFormat::Graphml => write::graphml(&mut output, &network)?,
                NetworkFormat::Svg => write::network_svg(&mut output, &network)?,
                NetworkFormat::Json => write::jsonl(&mut output, &[network])?,
            }
            output.finish()?;
            Ok(Outcome::All)
        }
    }
}

/// The filter; deeds only, unless something else was asked for.
fn deeds(filtering: &Filtering, global: &Global) -> anyhow::Result<Filter> {
    let mut filter = filter(filtering, global)?;
    if filter.standings.is_empty() {
        filter.standings.push("deed".to_owned());
    }
    Ok(filter)
}

fn top(found: &[Active], format: Option<ListFormat>, writing: &Writing) -> anyhow::Result<Outcome> {
    let mut output = Output::open(writing.output.as_deref())?;
    let default = if terminal::is_terminal(&output) { ListFormat::Table } else { ListFormat::Jsonl };
    match format.unwrap_or(default) {
        ListFormat::Jsonl => {
            let record = |a: &Active| json!({"code": a.code, "id": a.id, "name": name(a), "done": a.done, "received": a.received});
            write::jsonl(&mut output, &found.iter().map(record).collect::<Vec<_>>())?;
        }
        ListFormat::Table => {
            writeln!(output, "{:>8}  {:>8}  WHO", "DONE", "RECEIVED")?;
            for active in found {
                let code = active.code.as_deref().unwrap_or("–");
                writeln!(output, "{:>8}  {:>8}  {} ({code})", active.done, active.received, name(active))?;
            }
        }
    }
    output.finish()?;
    Ok(Outcome::All)
}

/// The name of a body or person, else that of its state.
fn name(active: &Active) -> String {
    let code = active.code.as_deref().unwrap_or_default();
    let state = chancery_ontology::country(code).map(|country| country.name);
    let body = chancery_ontology::BODIES.iter().find(|(body, _)| *body == code).map(|(_, name)| *name);
    active.name.clone().or_else(|| state.or(body).map(str::to_owned)).unwrap_or_else(|| code.to_owned())
}
