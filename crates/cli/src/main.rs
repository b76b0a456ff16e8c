//! The program: parse the arguments, find the model, let the documents flow from reader to writer.

mod actors;
mod args;
mod batch;
mod code;
mod coding;
mod documents;
mod failure;
mod fetch;
mod flow;
mod gate;
mod ingest;
mod interrupt;
mod journal;
mod languages;
mod manual;
mod model;
mod output;
mod panel;
mod party;
mod progress;
mod relate;
mod rules;
mod run;
mod session;
mod store;
mod tally;
mod terminal;
mod unknown;
mod validate;
mod world;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use session::Outcome;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(Outcome::All) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        // Whoever reads has seen enough: `chancery code news | head`.
        Err(error) if failure::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("chancery: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn start(cli: Cli) -> anyhow::Result<Outcome> {
    let global = cli.global;
    match cli.command {
        Command::Code(code) => code::code(code, &global),
        Command::Annotate(annotate) => run::annotate(annotate, &global),
        Command::Parse(parse) => run::parse(parse, &global),
        Command::Quotes(quotes) => run::quotes(quotes, &global),
        Command::Extract(extract) => run::extract(extract, &global),
        Command::Explain(explain) => run::explain(explain, &global),
        Command::Fetch(fetch) => fetch::fetch(fetch, &global),
        Command::Ingest(ingest) => ingest::ingest(ingest, &global),
        Command::Export(export) => store::export(&export, &global),
        Command::Query(query) => store::query(query, &global),
        Command::Relate(relate) => relate::relate(relate, &global),
        Command::Series(series) => panel::series(series, &global),
        Command::Actors(actors) => actors::actors(actors.command, &global),
        Command::Events(events) => store::events(events.command, &global),
        Command::Store(store) => store::store(store.command),
        Command::Actor(actor) => run::actor(actor, &global),
        Command::Relation(relation) => run::relation(relation, &global),
        Command::Validate(validate) => validate::validate(&validate),
        Command::Rules(command) => rules::rules(command.command, &global),
        Command::World(world) => world::world(world.command, &global),
        Command::Model(command) => model::model(command.command, &global.model),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { command } => manual::man(command.as_deref()),
    }
}
