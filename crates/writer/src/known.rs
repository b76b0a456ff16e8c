//! What the world tables know and what they lack, for people to read.

use std::io::{self, Write};

use chancery_record::{Known, KnownOffice, Unknown};

use crate::page::{Ink, Page, at_most, clean, lines, padded};

const INDENT: &str = "  ";

/// Lines that a list of names may take.
const MOST_LINES: usize = 6;

/// Writes entries of the world tables, each with its offices and dates.
///
/// # Errors
/// Those of `out`.
pub fn known(out: &mut impl Write, page: &Page, entries: &[Known]) -> io::Result<()> {
    for (number, entry) in entries.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        one(out, page, entry)?;
    }
    Ok(())
}

fn one(out: &mut impl Write, page: &Page, entry: &Known) -> io::Result<()> {
    let sort = entry.class.as_ref().map(|c| format!(", {c}")).unwrap_or_default();
    let heading = page.paint(Ink::Bold, &clean(&entry.name));
    writeln!(out, "{heading}  {}{sort} · {}", entry.kind, entry.id)?;
    if let Some(on) = &entry.on {
        writeln!(out, "{INDENT}{}", page.paint(Ink::Cyan, &answer(entry, on)))?;
    }
    for office in &entry.offices {
        writeln!(out, "{INDENT}{}", line(office))?;
    }
    list(out, page, "CAMEO", &[entry.cameo.clone().unwrap_or_default()])?;
    list(out, page, "found as", &entry.names)?;
    list(out, page, "members", &entry.members.iter().map(line).collect::<Vec<_>>())?;
    list(out, page, "belongs to", &entry.belongs_to)
}

/// What counts on the day asked for.
fn answer(entry: &Known, on: &str) -> String {
    match &entry.held {
        None => format!("on {on}: nothing yet"),
        Some(held) if entry.former => format!("on {on}: nothing any more, last {}", line(held)),
        Some(held) => format!("on {on}: {}", line(held)),
    }
}

/// An office in a line: code, sector, title, dates.
fn line(office: &KnownOffice) -> String {
    let dates = match (&office.from, &office.to) {
        (None, None) => None,
        (from, to) => Some(format!("{}..{}", from.as_deref().unwrap_or(""), to.as_deref().unwrap_or(""))),
    };
    let parts = [Some(&office.code), office.sector.as_ref(), office.title.as_ref(), dates.as_ref()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
}

fn list(out: &mut impl Write, page: &Page, name: &str, items: &[String]) -> io::Result<()> {
    let items: Vec<&str> = items.iter().map(String::as_str).filter(|i| !i.is_empty()).collect();
    if items.is_empty() {
        return Ok(());
    }
    let label = padded(name, 12);
    let width = page.width.saturating_sub(INDENT.len() + label.len());
    for (number, text) in at_most(MOST_LINES, width, lines(&items.join(" | "), width)).iter().enumerate() {
        let label = if number == 0 { label.as_str() } else { "            " };
        writeln!(out, "{INDENT}{}{text}", page.paint(Ink::Dim, label))?;
    }
    Ok(())
}

/// Writes names that the tables do not settle, each with how often it stands where, and an example.
///
/// # Errors
/// Those of `out`.
pub fn unknown(out: &mut impl Write, page: &Page, names: &[Unknown]) -> io::Result<()> {
    let head = format!("{:>6}  {:>6}  {:8}  NAME", "COUNT", "TEXTS", "LABEL");
    writeln!(out, "{}", page.paint(Ink::Dim, &head))?;
    for name in names {
        let why = if name.candidates.is_empty() {
            String::new()
        } else {
            format!(" (one of {})", name.candidates.join(", "))
        };
        let bold = page.paint(Ink::Bold, &clean(&name.name));
        writeln!(out, "{:>6}  {:>6}  {:8}  {bold}{why}", name.count, name.documents, name.label)?;
        let room = page.width.saturating_sub(26);
        let example = lines(&format!("{} · {}", name.document, name.example), room);
        for line in at_most(2, room, example) {
            writeln!(out, "{:26}{}", "", page.paint(Ink::Dim, &line))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page = Page { width: 80, colour: false };

    fn office(title: &str, from: Option<&str>, to: Option<&str>) -> KnownOffice {
        KnownOffice {
            code: "RUR".into(),
            sector: Some("GOV".into()),
            title: Some(title.into()),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        }
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn an_entry_shows_its_offices_and_the_one_of_the_day() {
        let entry = Known {
            id: "rudolf-elphberg".into(),
            name: "Rudolf Elphberg".into(),
            kind: "person".into(),
            class: None,
            cameo: None,
            names: vec!["Elphberg".into(), "Rudolf Elphberg".into()],
            offices: vec![
                office("foreign minister", None, Some("2005-06-30")),
                office("president", Some("2010-01-01"), None),
            ],
            members: Vec::new(),
            belongs_to: Vec::new(),
            on: Some("2007-01-01".into()),
            held: Some(office("foreign minister", None, Some("2005-06-30"))),
            former: true,
        };
        let expected = "\
Rudolf Elphberg  person · rudolf-elphberg
  on 2007-01-01: nothing any more, last RUR GOV foreign minister ..2005-06-30
  RUR GOV foreign minister ..2005-06-30
  RUR GOV president 2010-01-01..
  found as    Elphberg | Rudolf Elphberg
";
        assert_eq!(text(|out| known(out, &PAGE, &[entry])), expected);
    }

    #[test]
    fn an_unknown_name_shows_where_it_stands() {
        let name = Unknown {
            name: "Zembla Pact".into(),
            label: "ORG".into(),
            count: 3,
            documents: 2,
            candidates: Vec::new(),
            document: "a.txt".into(),
            example: "The Zembla Pact met.".into(),
        };
        let expected = " COUNT   TEXTS  LABEL     NAME\n     3       2  ORG       Zembla Pact\n                          a.txt · The Zembla Pact met.\n";
        assert_eq!(text(|out| unknown(out, &PAGE, &[name])), expected);
    }
}
