//! A merged event with all its reports, for people.

use std::io::{self, Write};

use chancery_record::{Attribution, Told, ToldReport, Variant};

use crate::page::{Ink, Page, clean, lines};
use crate::table::{actors, status};

/// Writes an event, what its reports differ in, and each report with its words.
///
/// # Errors
/// Those of `out`.
pub fn told(out: &mut impl Write, page: &Page, told: &Told) -> io::Result<()> {
    let (merged, event) = (&told.event, &told.event.event);
    let labels: Vec<&str> = [event.event.as_str()]
        .into_iter()
        .chain(event.mode.iter().chain(&event.context).map(String::as_str))
        .collect();
    writeln!(out, "{}", page.paint(Ink::Bold, &format!("{} · {}", event.id, labels.join(" "))))?;
    field(out, page, "who", &actors(&event.actor))?;
    field(out, page, "whom", &actors(&event.recipient))?;
    field(out, page, "when", &when(event))?;
    if let Some(place) = &event.place {
        field(out, page, "where", &place.name)?;
    }
    field(
        out,
        page,
        "status",
        &format!(
            "{}{}",
            status(event.status),
            if merged.claimed { ", by a speaker's word only" } else { "" }
        ),
    )?;
    let counts = [
        (event.reports.unwrap_or(0), "report", "reports"),
        (event.documents.unwrap_or(0), "document", "documents"),
        (event.sources.unwrap_or(0), "outlet", "outlets"),
        (merged.wordings as u64, "wording", "wordings"),
    ];
    let counts: Vec<String> =
        counts.map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many })).to_vec();
    field(out, page, "told in", &counts.join(", "))?;
    for variant in &merged.variants {
        field(out, page, "differs", &variant_in_words(variant))?;
    }
    for decision in &told.decisions {
        field(out, page, "by hand", decision)?;
    }
    told.reports.iter().try_for_each(|report| one(out, page, report))
}

fn when(event: &chancery_record::Event) -> String {
    let date = &event.date;
    match (&date.start, &date.end) {
        (Some(start), Some(end)) if start != end => format!("{start} to {end} ({})", date.basis),
        (Some(start), _) => format!("{start} ({})", date.basis),
        (None, _) => format!("unknown ({})", date.basis),
    }
}

fn variant_in_words(variant: &Variant) -> String {
    let Variant { field, value, reports, says } = variant;
    let times = if *reports == 1 { "1 report".to_owned() } else { format!("{reports} reports") };
    format!("{field} {value}: {times}, {}", says.join(", "))
}

fn one(out: &mut impl Write, page: &Page, report: &ToldReport) -> io::Result<()> {
    let event = &report.report;
    let head = [
        Some(event.id.clone()),
        Some(event.document.clone()),
        event.date_published.clone(),
        report.source.clone(),
        report.score.map(|score| format!("linked with {score:.2}")),
    ];
    let head: Vec<String> = head.into_iter().flatten().map(|part| clean(&part)).collect();
    writeln!(out, "\n{}", page.paint(Ink::Dim, &head.join(" · ")))?;
    for line in lines(&clean(&event.evidence.text), page.width.saturating_sub(4)) {
        writeln!(out, "    {line}")?;
    }
    let says: Vec<&str> = event.attribution.iter().map(source_of).collect();
    if !says.is_empty() {
        field(out, page, "says", &says.join(" → "))?;
    }
    field(out, page, "rule", &event.evidence.rule)
}

fn source_of(link: &Attribution) -> &str {
    link.name.as_deref().unwrap_or(&link.text)
}

fn field(out: &mut impl Write, page: &Page, name: &str, text: &str) -> io::Result<()> {
    const NAMES: usize = 10;
    for (n, line) in lines(&clean(text), page.width.saturating_sub(NAMES + 4)).into_iter().enumerate() {
        let name = if n == 0 { name } else { "" };
        writeln!(out, "    {} {line}", page.paint(Ink::Dim, &format!("{name:NAMES$}")))?;
    }
    Ok(())
}
