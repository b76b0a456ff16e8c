//! How a store grows: made-up documents in, time and size at each step, then the time of asking about the busiest dyad.
//!
//!     cargo run --release -p chancery-store --example scale -- 100000 /tmp/scale.db

#[path = "../tests/made/mod.rs"]
mod made;

use std::error::Error;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery_record::{Coverage, Standing};
use chancery_series::{Act, By, SeriesOptions, series};
use chancery_store::{Filter, Store, Who};
use jiff::civil::Date;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "name a number of reports and a file";
    let reports: usize = arguments.next().ok_or(usage)?.parse()?;
    let file = PathBuf::from(arguments.next().ok_or(usage)?);
    let mut out = stdout().lock();
    fill(&file, reports, &mut out)?;
    let bytes = std::fs::metadata(&file)?.len();
    writeln!(out, "{:.1} MB, {:.0} bytes a report", bytes as f64 / 1e6, bytes as f64 / reports as f64)?;
    let start = Instant::now();
    let store = Store::read(&file)?;
    writeln!(out, "opened in {:.1} ms", start.elapsed().as_secs_f64() * 1e3)?;
    let (a, b) = store.busiest()?.ok_or("the store is empty")?;
    (0..3).try_for_each(|_| ask(&store, &a, &b, &mut out))
}

fn fill(file: &Path, reports: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let documents = reports / made::REPORTS;
    let (mut making, start) = (0.0, Instant::now());
    let mut store = Store::write(file)?;
    for first in (0..documents).step_by(512) {
        let made = Instant::now();
        let entries: Vec<_> =
            (first..documents.min(first + 512)).map(|n| made::document(n, documents)).collect();
        making += made.elapsed().as_secs_f64();
        let change = store.change()?;
        for entry in &entries {
            change.put(entry)?;
        }
        change.commit()?;
    }
    let writing = start.elapsed().as_secs_f64() - making;
    writeln!(
        out,
        "{reports} reports of {documents} documents: made in {making:.1} s, written in {writing:.1} s"
    )?;
    let start = Instant::now();
    store.merge(|_| true)?;
    let merging = start.elapsed().as_secs_f64();
    writeln!(out, "merged into {} events in {merging:.1} s", store.size()?.events)?;
    writeln!(out, "{:.0} reports/s written and merged", reports as f64 / (writing + merging))?;
    Ok(())
}

fn ask(store: &Store, a: &str, b: &str, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let who = |code: &str| Who { code: Some(code.to_owned()), ..Who::default() };
    let start = Instant::now();
    let found = store.between(&who(a), &who(b), &Filter::default())?;
    let asked = start.elapsed().as_secs_f64() * 1e3;
    let coverage: Vec<(Date, Coverage)> = store.coverage(&who(a), &who(b))?;
    let covered = start.elapsed().as_secs_f64() * 1e3;
    let acts: Vec<Act> = found.iter().map(|found| found.act.clone()).collect();
    let options =
        SeriesOptions { by: By::Month, from: None, to: None, directed: false, counted: vec![Standing::Deed] };
    let series = series(&acts, &coverage, &options);
    let all = start.elapsed().as_secs_f64() * 1e3;
    writeln!(
        out,
        "{a}-{b}: {} events, {} months in {all:.0} ms (events {asked:.0}, coverage {:.0}, series {:.0})",
        found.len(),
        series.periods.len(),
        covered - asked,
        all - covered
    )?;
    Ok(())
}
