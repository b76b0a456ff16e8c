//! Checks the tables of `data/gazetteer` and compiles them into the bytes that the crate embeds.

#![allow(dead_code, reason = "the crate's own modules, of which the build needs a part")]

#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/fold.rs"]
mod fold;
#[path = "src/keys.rs"]
mod keys;
#[path = "src/layout.rs"]
mod layout;

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

const TABLES: &str = "../../data/gazetteer";
const STATES: &str = "../../data/world/states.tsv";
const KNOWN: &str = "../../data/world/places.tsv";

fn main() -> ExitCode {
    for path in [TABLES, STATES, KNOWN, "src"] {
        println!("cargo::rerun-if-changed={path}");
    }
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            messages.iter().take(50).for_each(|m| println!("cargo::error={m}"));
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Vec<String>> {
    let sources = read_tables(Path::new(TABLES)).map_err(|e| vec![format!("{TABLES}: {e}")])?;
    let bytes = compile::compile(&sources)?;
    let out = env::var("OUT_DIR").map_err(|e| vec![e.to_string()])?;
    fs::write(Path::new(&out).join("gazetteer.bin"), bytes).map_err(|e| vec![e.to_string()])
}

fn read_tables(folder: &Path) -> io::Result<compile::Sources> {
    let plain = |name: &str| fs::read_to_string(folder.join(name));
    let packed = |name: &str| {
        let mut text = String::new();
        flate2::read::GzDecoder::new(fs::File::open(folder.join(name))?).read_to_string(&mut text)?;
        Ok::<_, io::Error>(text)
    };
    Ok(compile::Sources {
        countries: plain("countries.tsv")?,
        corrections: plain("corrections.tsv")?,
        continents: plain("continents.tsv")?,
        divisions: packed("divisions.tsv.gz")?,
        division_names: plain("division-names.tsv")?,
        generics: plain("generics.txt")?,
        features: plain("features.tsv")?,
        places: packed("places.tsv.gz")?,
        bynames: plain("bynames.tsv")?,
        outlets: plain("outlets.tsv")?,
        known: fs::read_to_string(KNOWN)?,
        states: fs::read_to_string(STATES)?,
    })
}
