//! What the tests of the program share: running it in a folder of files and reading what it says.

#![allow(dead_code)] // each test program calls a part of it

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// The model, fetched beforehand where there is none, so that no run has to speak of it.
static MODEL: LazyLock<PathBuf> =
    LazyLock::new(|| chancery_model::ready(None).unwrap_or_else(|why| panic!("{why}")));

pub fn chancery() -> Command {
    LazyLock::force(&MODEL);
    Command::new(env!("CARGO_BIN_EXE_chancery"))
}

/// Runs the program in `folder` with a line of arguments.
pub fn run(folder: &TempDir, arguments: &str) -> Output {
    chancery().current_dir(folder.path()).args(arguments.split_whitespace()).output().unwrap()
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
pub fn assert_status(output: &Output, status: i32) {
    assert_eq!(output.status.code(), Some(status), "{}", err(output));
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

pub fn records(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
