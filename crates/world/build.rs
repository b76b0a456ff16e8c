//! Checks the tables of `data/world` and compiles them into the bytes that the crate embeds.

#![allow(dead_code, reason = "the crate's own modules, of which the build needs a part")]

#[path = "src/compile/mod.rs"]
mod compile;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

const TABLES: &str = "../../data/world";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={TABLES}");
    println!("cargo::rerun-if-changed=src/compile");
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            messages.iter().for_each(|m| println!("cargo::error={m}"));
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Vec<String>> {
    let files = read_tables(Path::new(TABLES)).map_err(|e| vec![format!("{TABLES}: {e}")])?;
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let compiled = compile::compile(&files, &compile::Compiled::default())
        .map_err(|f| f.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let out = env::var("OUT_DIR").map_err(|e| vec![e.to_string()])?;
    fs::write(Path::new(&out).join("world.bin"), compile::write::write(&compiled))
        .map_err(|e| vec![e.to_string()])
}

/// The tables by file name, in the order of their names.
fn read_tables(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|f| f.map(|f| f.path())).collect::<io::Result<_>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "tsv"));
    paths.sort();
    paths.iter().map(|p| Ok((name_of(p), fs::read_to_string(p)?))).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
