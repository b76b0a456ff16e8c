//! `chancery model`: which language models there are, and whether they are whole.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use chancery_model::{DEFAULT, PINNED, Pinned, data_folder, fetch, find, installed, pinned, verify};

use crate::args::ModelCommand;
use crate::session::Outcome;

/// Carries out one of the commands on models.
pub fn model(command: ModelCommand, asked: &[PathBuf]) -> anyhow::Result<Outcome> {
    match command {
        ModelCommand::List => list(asked),
        ModelCommand::Fetch { name } => fetch_named(&name),
        ModelCommand::Verify { name } => verify_named(name.as_deref()),
    }
}

fn list(asked: &[PathBuf]) -> anyhow::Result<Outcome> {
    let mut text =
        format!("{:5} {:22} {:8} {:16} {:7} WHERE\n", "NAME", "PIPELINE", "LANGUAGE", "LICENCE", "SIZE");
    for model in PINNED {
        let size = format!("{} MB", model.megabytes);
        let place =
            installed(model).map_or_else(|| "not fetched".to_owned(), |folder| folder.display().to_string());
        let Pinned { name, folder, language, licence, .. } = model;
        writeln!(text, "{name:5} {folder:22} {language:8} {licence:16} {size:7} {place}")?;
    }
    text.push('\n');
    let asked: Vec<_> = asked.iter().map(|model| Some(model.as_path())).collect();
    for asked in if asked.is_empty() { vec![None] } else { asked } {
        match find(asked)? {
            Some(found) => writeln!(text, "used: {} ({})", found.folder.display(), found.origin)?,
            None => writeln!(text, "used: none yet; {} will be fetched when it is needed", DEFAULT.folder)?,
        }
    }
    print(&text)
}

fn fetch_named(name: &str) -> anyhow::Result<Outcome> {
    let fetched = fetch(pinned(name).unwrap_or(DEFAULT))?;
    let state = if fetched.was_there { "was there already" } else { "fetched" };
    print(&format!("{name}: {state}: {}\n", fetched.folder.display()))
}

fn verify_named(name: Option<&str>) -> anyhow::Result<Outcome> {
    let here = |model: &&Pinned| installed(model).is_some();
    let models: Vec<&Pinned> = match name.and_then(pinned) {
        Some(model) => vec![model],
        None => PINNED.iter().filter(here).collect(),
    };
    let mut failed = models.is_empty();
    if failed {
        eprintln!("chancery: no model in {}; run `chancery model fetch`", data_folder()?.display());
    }
    for model in models {
        match installed(model).map(|folder| verify(&folder)) {
            Some(Ok(files)) => print(&format!("{}: whole, {files} files\n", model.name)).map(|_| ())?,
            Some(Err(error)) => {
                failed = true;
                eprintln!("chancery: {}: {error}", model.name);
            }
            None => {
                failed = true;
                eprintln!("chancery: {0}: not fetched; run `chancery model fetch {0}`", model.name);
            }
        }
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::All })
}

fn print(text: &str) -> anyhow::Result<Outcome> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::All)
}
