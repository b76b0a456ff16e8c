//! `chancery world`: what the tables know, what they lack, and tables of one's own.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chancery_record::{Known, KnownOffice};
use chancery_world::{EntryId, Fault, Kind, Office, World, coverage};
use chancery_writer as write;
use jiff::civil::Date;

use crate::args::{Global, ListFormat, WorldCommand};
use crate::output::Output;
use crate::session::{Outcome, check};
use crate::{terminal, unknown};

/// Entries that a table shows at most.
const MOST_FOUND: usize = 20;

/// The built-in world, with the user's tables over it.
pub fn load(files: &[PathBuf]) -> anyhow::Result<&'static World> {
    if files.is_empty() {
        return Ok(World::builtin());
    }
    let world = overlaid(&tables(files)?).map_err(|faults| anyhow::anyhow!("{}", listed(&faults)))?;
    // One per run of the program, and needed to its end.
    Ok(Box::leak(Box::new(world)))
}

/// Carries out one of the commands on the world.
pub fn world(command: WorldCommand, global: &Global) -> anyhow::Result<Outcome> {
    match command {
        WorldCommand::Find { name, on, format } => find(&name, on.as_deref(), format, global),
        WorldCommand::Unknown { reading, least, format, writing } => {
            check(&reading)?;
            let output = Output::open(writing.output.as_deref())?;
            unknown::list(&reading, global, least, format, output)
        }
        WorldCommand::Lint { files } => lint(&files, global),
        WorldCommand::Coverage => {
            print(&chancery_world::report(&coverage(load(&global.world)?))).map(|()| Outcome::All)
        }
    }
}

fn find(
    name: &str,
    on: Option<&str>,
    format: Option<ListFormat>,
    global: &Global,
) -> anyhow::Result<Outcome> {
    let world = load(&global.world)?;
    let day = on.and_then(|d| d.get(..10)?.parse().ok());
    let found = world.search(name);
    if found.is_empty() {
        eprintln!(
            "chancery: nothing is known under the name {name:?}; a table of your own can add it (chancery world --help)"
        );
        return Ok(Outcome::SomeFailed);
    }
    let mut output = Output::open(None)?;
    let page = terminal::page(&output, global);
    let table = format.map_or(terminal::is_terminal(&output), |f| f == ListFormat::Table);
    let most = if table { MOST_FOUND } else { found.len() };
    let known: Vec<Known> = found.iter().take(most).map(|id| known(world, *id, day)).collect();
    if table {
        write::known(&mut output, &page, &known)?;
    } else {
        write::jsonl(&mut output, &known)?;
    }
    output.finish()?;
    if found.len() > most {
        eprintln!("chancery: {} more; write more of the name, or ask for --format jsonl", found.len() - most);
    }
    Ok(Outcome::All)
}

fn known(world: &World, id: EntryId, day: Option<Date>) -> Known {
    let entry = world.entry(id);
    let held = world.held_on(id, day);
    let belongs_to = if entry.kind == Kind::State { world.memberships(&entry.id, day) } else { Vec::new() };
    Known {
        id: entry.id.clone(),
        name: entry.name.clone(),
        kind: format!("{:?}", entry.kind).to_lowercase(),
        class: entry.class.clone(),
        cameo: entry.cameo.clone(),
        names: world.names_of(id),
        offices: entry.offices.iter().map(office).collect(),
        members: entry.members.iter().map(office).collect(),
        belongs_to: belongs_to.into_iter().map(|body| world.entry(body).name.clone()).collect(),
        on: day.map(|d| d.to_string()),
        held: held.as_ref().map(|h| office(h.office)),
        former: held.is_some_and(|h| h.former),
    }
}

fn office(office: &Office) -> KnownOffice {
    let day = |d: Option<Date>| d.map(|d| d.to_string());
    KnownOffice {
        code: office.code.clone(),
        sector: office.sector.clone(),
        title: office.title.clone(),
        from: day(office.from),
        to: day(office.to),
    }
}

/// Checks the user's tables against the built-in ones; those were checked when the program was built.
fn lint(files: &[PathBuf], global: &Global) -> anyhow::Result<Outcome> {
    let files = [files, &global.world].concat();
    if files.is_empty() {
        let counts = coverage(World::builtin());
        let entries: usize = counts.kinds.values().sum();
        let text = format!("built-in tables: {entries} entries, {} role words, no fault\n", counts.roles);
        return print(&text).map(|()| Outcome::All);
    }
    let tables = tables(&files)?;
    match overlaid(&tables) {
        Ok(_) => print(&format!("{} tables, no fault\n", tables.len())).map(|()| Outcome::All),
        Err(faults) => {
            eprintln!("{}", listed(&faults));
            Ok(Outcome::SomeFailed)
        }
    }
}

fn overlaid(tables: &[(String, String)]) -> Result<World, Vec<Fault>> {
    let tables: Vec<(&str, &str)> =
        tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    World::builtin().with(&tables)
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Names and texts of tables; of a folder, of every .tsv in it in the order of their names.
fn tables(paths: &[PathBuf]) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(tables_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    let read = |file: &PathBuf| -> anyhow::Result<(String, String)> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read the table {} as UTF-8 text", file.display()))?;
        Ok((file.display().to_string(), text))
    };
    files.iter().map(read).collect()
}

fn tables_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    if files.is_empty() {
        bail!("there is no .tsv table in {}", folder.display());
    }
    Ok(files)
}

fn print(text: &str) -> anyhow::Result<()> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
