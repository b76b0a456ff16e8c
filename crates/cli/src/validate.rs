//! `chancery validate`: what is wrong with files of events.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;

use anyhow::{Context, bail};
use chancery_writer as write;
use chancery_writer::{Finding, Format};

use crate::args::{ValidFormat, Validate};
use crate::session::Outcome;

/// Bytes by which a file is recognised.
const HEAD: u64 = 1 << 16;

/// Checks every file and prints what is wrong, a line a fault.
pub fn validate(validate: &Validate) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::All;
    for path in &validate.files {
        let checked = file(path, validate).with_context(|| path.display().to_string());
        match checked {
            Ok(0) => {}
            Ok(_) => outcome = Outcome::SomeFailed,
            Err(error) if crate::failure::is_broken_pipe(&error) => return Err(error),
            Err(error) => {
                eprintln!("chancery: {error:#}");
                outcome = Outcome::SomeFailed;
            }
        }
    }
    Ok(outcome)
}

/// Checks a file, and gives the number of its faults.
fn file(path: &Path, validate: &Validate) -> anyhow::Result<usize> {
    let mut file = File::open(path).context("cannot be read")?;
    let format = match validate.format {
        Some(format) => format,
        None => recognised(&mut file)?,
    };
    let (mut found, mut out) = (0, io::stdout().lock());
    let mut fault = Ok(());
    let mut say = |finding: Finding| {
        found += 1;
        if found <= validate.most && fault.is_ok() {
            fault = writeln!(out, "{}: {finding}", path.display());
        }
    };
    match text(format) {
        Some(format) => {
            write::validate(format, BufReader::new(file), &mut say)?;
        }
        None if format == ValidFormat::Csv => write::validate_csv(BufReader::new(file)).for_each(&mut say),
        None if format == ValidFormat::Parquet => write::validate_parquet(file).for_each(&mut say),
        None => write::validate_arrow(BufReader::new(file)).for_each(&mut say),
    }
    fault?;
    let name = text(format).map_or_else(|| format!("{format:?}"), |format| format.name().to_owned());
    match found {
        0 => eprintln!("chancery: {}: {name}, no faults", path.display()),
        1 => eprintln!("chancery: {}: {name}, 1 fault", path.display()),
        more => eprintln!("chancery: {}: {name}, {more} faults", path.display()),
    }
    Ok(found)
}

/// What a file is by its first bytes.
fn recognised(file: &mut File) -> anyhow::Result<ValidFormat> {
    let mut head = Vec::new();
    Read::by_ref(file).take(HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    let known = match write::recognise(&head) {
        _ if head.starts_with(b"PAR1") => ValidFormat::Parquet,
        _ if head.starts_with(b"ARROW1") => ValidFormat::Arrow,
        Some(Format::Jsonl) => ValidFormat::Jsonl,
        Some(Format::Plover) => ValidFormat::Plover,
        Some(Format::Petrarch) => ValidFormat::Petrarch,
        Some(Format::Gdelt1) => ValidFormat::Gdelt1,
        Some(Format::Gdelt2) => ValidFormat::Gdelt2,
        Some(Format::Mentions) => ValidFormat::Mentions,
        Some(Format::Icews) => ValidFormat::Icews,
        Some(Format::Polecat) => ValidFormat::Polecat,
        None if is_csv(&head) => ValidFormat::Csv,
        None => {
            bail!("is in none of the formats that `chancery code` writes; if it is, name it with --format")
        }
    };
    Ok(known)
}

/// Whether the first row names columns of ours.
fn is_csv(head: &[u8]) -> bool {
    let first = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let names: Vec<&str> = first.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let known =
        write::csv_columns().into_iter().filter(|column| names.contains(&column.name.as_str())).count();
    known * 2 > names.len()
}

fn text(format: ValidFormat) -> Option<Format> {
    match format {
        ValidFormat::Jsonl => Some(Format::Jsonl),
        ValidFormat::Plover => Some(Format::Plover),
        ValidFormat::Petrarch => Some(Format::Petrarch),
        ValidFormat::Gdelt1 => Some(Format::Gdelt1),
        ValidFormat::Gdelt2 => Some(Format::Gdelt2),
        ValidFormat::Mentions => Some(Format::Mentions),
        ValidFormat::Icews => Some(Format::Icews),
        ValidFormat::Polecat => Some(Format::Polecat),
        ValidFormat::Csv | ValidFormat::Parquet | ValidFormat::Arrow => None,
    }
}
