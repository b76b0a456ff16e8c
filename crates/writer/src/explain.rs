//! The explanation: the article with each event under its sentence, or why there is none.

use std::io::{self, Write};

use chancery_record::{Actor, Attribution, Event, EventDate, EventPlace, Explained};
use chancery_text::Document;

use crate::page::{Ink, Page, clean, lines};
use crate::table::{actors, status};

/// Indent of what stands under a sentence, and of an event's fields.
const EVENT: usize = 4;
const FIELD: usize = 6;
const NAME: usize = 9;

/// Writes a document's sentences, each with its events and notes.
///
/// # Errors
/// Those of `out`.
pub fn explain(
    out: &mut impl Write,
    page: &Page,
    document: &Document,
    sentences: &[Explained],
) -> io::Result<()> {
    writeln!(out, "{}", page.paint(Ink::Bold, &heading(document)))?;
    for sentence in sentences {
        writeln!(out)?;
        block(out, page, 0, 0, &sentence.sentence.text, Ink::Plain)?;
        for event in &sentence.events {
            explain_event(out, page, event)?;
        }
        for note in &sentence.notes {
            block(out, page, EVENT, 2, &format!("· {note}"), Ink::Dim)?;
        }
    }
    writeln!(out)
}

fn heading(document: &Document) -> String {
    let date = document.date.as_deref().unwrap_or("no publication date");
    let parts = [Some(document.id.as_str()), Some(date), document.title.as_deref()];
    parts.into_iter().flatten().map(clean).collect::<Vec<_>>().join(" · ")
}

fn explain_event(out: &mut impl Write, page: &Page, event: &Event) -> io::Result<()> {
    block(out, page, EVENT, 2, &format!("▸ {}", title(event)), Ink::of_quad(event.quad))?;
    let evidence = &event.evidence;
    field(out, page, "who", &with_words(&event.actor))?;
    field(out, page, "whom", &with_words(&event.recipient))?;
    field(out, page, "trigger", &format!("“{}”", evidence.trigger.text))?;
    field(out, page, "rule", &evidence.rule)?;
    field(out, page, "words", &format!("“{}”", evidence.text))?;
    if !evidence.status.is_empty() {
        let cues: Vec<String> = evidence.status.iter().map(|w| format!("“{}”", w.text)).collect();
        field(out, page, "status", &format!("{} by {}", status(event.status), cues.join(", ")))?;
    }
    field(out, page, "date", &date(&event.date))?;
    let counts = counts(event);
    if !counts.is_empty() {
        field(out, page, "count", &counts)?;
    }
    if let Some(place) = &event.place {
        field(out, page, "place", &located(place))?;
    }
    if !event.attribution.is_empty() {
        field(out, page, "says", &sources(&event.attribution))?;
    }
    Ok(())
}

/// Category, modes and contexts, CAMEO code, scale, status, confidence.
fn title(event: &Event) -> String {
    let mut labels = vec![event.event.clone()];
    labels.extend(event.mode.iter().chain(&event.context).cloned());
    format!(
        "{} · CAMEO {} · quad {} · scale {:+} · {} · confidence {:.2}",
        labels.join(" "),
        event.cameo,
        event.quad,
        event.scale,
        status(event.status),
        event.confidence
    )
}

/// Names and codes, the words that name them where they differ, the office of the day, why one is inferred, and whom a
/// name may mean that nothing decides.
fn with_words(list: &[Actor]) -> String {
    let one = |actor: &Actor| {
        let mut text = actors(std::slice::from_ref(actor));
        if actor.name.as_ref().is_some_and(|name| *name != actor.text) && !actor.text.is_empty() {
            text += &format!(" “{}”", actor.text);
        }
        if let Some(office) = &actor.office {
            text += &format!(", {office}");
        }
        if let Some(why) = &actor.inferred {
            text += &format!(", {why}");
        }
        if !actor.candidates.is_empty() {
            text += &format!(", one of {}", actor.candidates.join(", "));
        }
        text
    };
    if list.is_empty() {
        "– not named".to_owned()
    } else {
        list.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// Dead, injured, arrested, how many took part.
fn counts(event: &Event) -> String {
    let all = [
        ("dead", event.dead),
        ("injured", event.injured),
        ("arrested", event.arrested),
        ("took part", event.size),
    ];
    let about =
        |name: &str| event.approximate.iter().any(|a| a == name || a == "size" && name == "took part");
    let shown = all.into_iter().filter_map(|(name, count)| {
        Some(format!("{}{} {name}", if about(name) { "about " } else { "" }, count?))
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// The place with what holds it, its point, and why the event is thought to have been there.
fn located(place: &EventPlace) -> String {
    let holders = [Some(&place.name), place.admin1.as_ref(), place.country.as_ref()];
    let mut text = holders.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        text += &format!(" · {lat}, {lon}");
    }
    text + &format!(" · {}", place.basis)
}

fn date(date: &EventDate) -> String {
    let days = match (&date.start, &date.end) {
        (Some(start), Some(end)) if start != end => format!("{start} to {end}"),
        (Some(day), _) | (None, Some(day)) => day.clone(),
        (None, None) => "unknown".to_owned(),
    };
    if date.basis.is_empty() { days } else { format!("{days} ({})", date.basis) }
}

fn sources(chain: &[Attribution]) -> String {
    let one = |link: &Attribution| {
        let mut text = link.name.clone().unwrap_or_else(|| link.text.clone());
        if link.name.as_ref().is_some_and(|name| *name != link.text) {
            text += &format!(" “{}”", link.text);
        }
        let mut notes = vec![link.role.clone()];
        notes.extend(link.cue.as_ref().map(|cue| format!("“{}”", cue.text)));
        notes.extend(link.inferred.clone());
        text + &format!(" ({})", notes.join(", "))
    };
    chain.iter().map(one).collect::<Vec<_>>().join(" ← ")
}

fn field(out: &mut impl Write, page: &Page, name: &str, value: &str) -> io::Result<()> {
    let indent = FIELD + NAME;
    for (n, line) in lines(value, page.width.saturating_sub(indent).max(20)).iter().enumerate() {
        let name = format!("{:NAME$}", if n == 0 { name } else { "" });
        writeln!(out, "{:FIELD$}{}{line}", "", page.paint(Ink::Dim, &name))?;
    }
    Ok(())
}

/// Writes text as lines indented by `indent`, those after the first by `hang` more.
fn block(
    out: &mut impl Write,
    page: &Page,
    indent: usize,
    hang: usize,
    text: &str,
    ink: Ink,
) -> io::Result<()> {
    for (n, line) in lines(text, page.width.saturating_sub(indent + hang).max(20)).iter().enumerate() {
        let blanks = " ".repeat(if n == 0 { indent } else { indent + hang });
        writeln!(out, "{blanks}{}", page.paint(ink, line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chancery_record::{Span, Words};

    use super::*;
    use crate::table::tests::{document, event};

    #[test]
    fn shows_each_event_under_its_sentence_and_why_there_is_none() {
        let words = |text: &str| Words { span: Span { start: 0, end: 0 }, text: text.to_owned() };
        let sentences = [
            Explained { sentence: words("Sanctions followed."), events: vec![event()], notes: vec![] },
            Explained { sentence: words("It rained."), events: vec![], notes: vec!["no trigger".to_owned()] },
        ];
        let mut out = Vec::new();
        explain(&mut out, &Page { width: 80, colour: false }, &document(), &sentences).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
