//! `chancery fetch`: pages and feeds from the web as documents, one per line of JSONL.

use std::fs;
use std::io::{self, Write};
use std::process::exit;
use std::time::Duration;

use anyhow::{Context, bail};
use chancery_fetch::{Cache, Options, Request, feed_urls};

use crate::args::{Fetch, Global};
use crate::output::Output;
use crate::session::Outcome;

/// Brings what was asked for.
pub fn fetch(fetch: Fetch, global: &Global) -> anyhow::Result<Outcome> {
    let wanted = wanted(&fetch)?;
    let mut output = Output::open(fetch.writing.output.as_deref())?;
    let mut cache = fetch.cache.as_deref().map(Cache::read).transpose()?.unwrap_or_default();
    let (mut brought, mut unchanged, mut failed) = (0, 0, 0);
    let mut fault = None;
    chancery_fetch::fetch(&wanted, &options(&fetch, global), &mut cache, |outcome| match outcome {
        Ok(chancery_fetch::Outcome::Document(document)) => {
            brought += 1;
            fault = write(&mut output, &document.json()).err().or(fault.take());
        }
        Ok(chancery_fetch::Outcome::Unchanged(_)) => unchanged += 1,
        Err(error) => {
            failed += 1;
            eprintln!("chancery: {error}");
        }
    });
    if let Some(fault) = fault {
        return Err(fault).context("cannot write the output");
    }
    output.finish()?;
    if let Some(file) = &fetch.cache {
        cache.write(file)?;
    }
    if !fetch.quiet {
        eprintln!("chancery: {brought} documents, {unchanged} unchanged, {failed} failed");
    }
    Ok(if failed == 0 { Outcome::All } else { Outcome::SomeFailed })
}

/// The addresses named, and those in the files of feeds.
fn wanted(fetch: &Fetch) -> anyhow::Result<Vec<Request>> {
    let mut wanted: Vec<Request> = fetch.urls.iter().cloned().map(Request::Page).collect();
    for file in &fetch.feeds {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        wanted.extend(feed_urls(&text).into_iter().map(Request::Feed));
    }
    if wanted.is_empty() {
        bail!("nothing to fetch: name addresses, or files that list feeds, one a line, with --feeds");
    }
    Ok(wanted)
}

fn options(fetch: &Fetch, global: &Global) -> Options {
    let default = Options::default();
    Options {
        contact: fetch.contact.clone(),
        delay: Duration::from_secs_f64(fetch.delay),
        patience: Duration::from_secs_f64(fetch.patience),
        timeout: Duration::from_secs_f64(fetch.timeout),
        max_bytes: fetch.max_bytes as u64,
        redirects: fetch.redirects,
        threads: global.threads.map_or(default.threads, usize::from),
        allow_private: fetch.allow_private.clone(),
        summaries: fetch.summaries,
        replace: fetch.replace,
        ..default
    }
}

/// Writes a document so that whoever reads has it at once. If nobody reads any more, the program ends.
fn write(output: &mut Output, document: &str) -> io::Result<()> {
    let written = writeln!(output, "{document}").and_then(|()| output.flush());
    match written {
        Err(error) if output.is_stdout() && error.kind() == io::ErrorKind::BrokenPipe => exit(0),
        other => other,
    }
}
