//! One article of a dump: labels told from words, by the habits of LexisNexis, Nexis and Factiva.

use std::sync::LazyLock;

use chancery_text::Document;
use jiff::civil::Date;
use regex::Regex;

use super::pattern;
use crate::{Fault, Options, Place, Raw};

/// What an article says of itself, and its words.
#[derive(Debug, Default)]
struct Article {
    id: Option<String>,
    title: Option<String>,
    author: Option<String>,
    source: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    body: String,
}

/// The document of one article's lines.
pub(super) fn document(text: &str, place: &Place, options: &Options) -> Result<Raw, Fault> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let article = if lines.iter().any(|line| code(line).is_some_and(|(code, _)| code == "HD")) {
        coded(&lines)
    } else if lines.iter().any(|line| COUNT.is_match(line)) {
        counted(&lines)
    } else {
        labelled(&lines)
    };
    let number = place.line.unwrap_or_default();
    let id = article.id.unwrap_or_else(|| format!("{}#{number}", place.file));
    let document = Document {
        id,
        text: article.body.trim().to_owned(),
        title: article.title,
        date: article.date.or_else(|| options.date.clone()),
        source: article.source,
        lang: article.lang,
        author: article.author,
        ..Document::default()
    };
    Ok(Raw::text(place.clone(), document, options))
}

/// Factiva's number of words, alone on a line.
static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*[\d,]+ words\s*$"));

/// Factiva with two-letter codes: `HD` headline, `LP` lead, `TD` text.
fn coded(lines: &[&str]) -> Article {
    let mut article = Article::default();
    let mut field = "";
    for line in lines {
        let words = match code(line) {
            Some((code, words)) => {
                field = code;
                if matches!(code, "LP" | "TD") && !article.body.is_empty() {
                    article.body.push_str("\n\n");
                }
                words
            }
            None => line,
        };
        article.id = accession(line).or(article.id);
        match field {
            "HD" => extend(&mut article.title, words),
            "BY" => extend(&mut article.author, words),
            "SN" => extend(&mut article.source, words),
            "PD" => article.date = day(words).or(article.date),
            "LA" => article.lang = language(words).or(article.lang),
            "LP" | "TD" if accession(line).is_none() => add_line(&mut article.body, words),
            _ => {}
        }
    }
    article.body = paragraphs(&article.body);
    Article { author: article.author.map(|name| without_by(&name)), ..article }
}

/// Factiva's codes. Source: Factiva, "Field codes" of its display formats.
const CODES: &[&str] = &[
    "SE", "HD", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP", "TD",
    "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "RF", "NOTES",
];

/// The code that opens a line, and the words behind it.
fn code(line: &str) -> Option<(&str, &str)> {
    let (code, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    CODES.contains(&code).then_some((code, words.trim()))
}

/// Factiva without codes: headline, byline, number of words, day, source, its code, language, copyright; then the text.
fn counted(lines: &[&str]) -> Article {
    let count = lines.iter().position(|line| COUNT.is_match(line)).unwrap_or_default();
    let before: Vec<&str> = lines[..count].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
    let by = before.iter().rposition(|line| line.starts_with("By "));
    let head = &lines[count + 1..];
    let end = head.iter().position(|line| line.trim().is_empty()).unwrap_or(head.len());
    let dated = head[..end].iter().position(|line| day(line).is_some());
    let body = head[end..].iter().filter(|line| accession(line).is_none());
    Article {
        id: lines.iter().find_map(|line| accession(line)),
        title: before[..by.unwrap_or(before.len())].last().map(|&line| line.to_owned()),
        author: by.map(|at| without_by(before[at])),
        source: dated.and_then(|at| head[..end].get(at + 1..)).and_then(source),
        date: dated.and_then(|at| day(head[at])),
        lang: head[..end].iter().find_map(|line| language(line)),
        body: body.map(|line| format!("{line}\n")).collect(),
    }
}

/// The name of the source, behind an hour if there is one.
fn source(lines: &[&str]) -> Option<String> {
    lines.iter().map(|line| line.trim()).find(|line| !line.contains(':')).map(str::to_owned)
}

/// LexisNexis: source and day above the headline, or headline above them; then labels, then the text.
fn labelled(lines: &[&str]) -> Article {
    let labels: Vec<(usize, &str, &str)> =
        lines.iter().enumerate().filter_map(|(at, line)| label(line).map(|(l, v)| (at, l, v))).collect();
    let value = |name: &str| {
        let found = labels.iter().find(|(_, label, _)| label.eq_ignore_ascii_case(name));
        found.map(|(_, _, value)| (*value).to_owned()).filter(|value| !value.is_empty())
    };
    let first = labels.first().map_or(0, |&(at, ..)| at);
    let top: Vec<&str> = lines[..first].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
    let dated = top.iter().position(|line| day(line).is_some());
    let (title, source) = match dated {
        // "The Strelsau Times" / "March 14, 2022" / "Ruritania Breaks Off Talks"
        Some(1) => (top[2..].last(), top.first()),
        // "Ruritania breaks off talks" / "The Strelsau Times" / "March 14, 2022"
        Some(at) if at > 1 => (top.first(), top.get(at - 1)),
        _ => (top.last(), None),
    };
    let title = title.map(|&line| line.to_owned());
    Article {
        id: None,
        title: value("HEADLINE").or(title).filter(|_| !labels.is_empty()),
        author: value("BYLINE").map(|name| without_by(&name)),
        source: source.map(|&line| line.to_owned()),
        date: dated.and_then(|at| day(top[at])).or_else(|| value("LOAD-DATE").and_then(|d| day(&d))),
        lang: value("LANGUAGE").and_then(|name| language(&name)),
        body: with_dateline(value("DATELINE"), &body(lines, &labels)),
    }
}

/// Labels of LexisNexis, before and behind the text.
const BEFORE: &[&str] =
    &["BYLINE", "SECTION", "LENGTH", "DATELINE", "HEADLINE", "HIGHLIGHT", "SOURCE", "SERIES", "TITLE"];
const BEHIND: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "GRAPHIC",
    "PUBLICATION-TYPE",
    "DOCUMENT-TYPE",
    "SUBJECT",
    "ORGANIZATION",
    "COMPANY",
    "PERSON",
    "GEOGRAPHIC",
    "COUNTRY",
    "STATE",
    "CITY",
    "INDUSTRY",
    "TICKER",
    "JOURNAL-CODE",
    "ACC-NO",
    "NOTES",
    "CORRECTION-DATE",
    "UPDATE",
];

/// A label of LexisNexis that opens a line, and its value.
fn label(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    let known = BEFORE.iter().chain(BEHIND).any(|label| label.eq_ignore_ascii_case(name));
    known.then_some((name, value.trim()))
}

/// The lines of the text: behind `Body` or the last label before it, up to the first label behind it.
fn body(lines: &[&str], labels: &[(usize, &str, &str)]) -> String {
    let is = |list: &[&str], name: &str| list.iter().any(|label| label.eq_ignore_ascii_case(name));
    let behind = labels.iter().find(|(_, name, _)| is(BEHIND, name)).map_or(lines.len(), |&(at, ..)| at);
    let marked = lines[..behind].iter().position(|line| line.trim() == "Body").map(|at| at + 1);
    let before = labels.iter().rfind(|&&(at, name, _)| at < behind && is(BEFORE, name));
    // A label's value may go on over the next lines, up to a blank one.
    let above = before.map(|&(at, ..)| at + lines[at..].iter().take_while(|line| !line.is_empty()).count());
    let start = marked.or(above).unwrap_or_default().min(behind);
    let furniture = |line: &&&str| {
        let line = line.trim();
        !(line.starts_with("Copyright ")
            || line == "All Rights Reserved"
            || line == "End of Document"
            || line == "Classification")
    };
    lines[start..behind].iter().filter(furniture).map(|line| format!("{line}\n")).collect()
}

/// The text with the town of the report before it, as papers print it.
fn with_dateline(town: Option<String>, body: &str) -> String {
    match town {
        Some(town) => format!("{town} — {}", body.trim_start()),
        None => body.to_owned(),
    }
}

/// Factiva's number of an article, in the line that closes it.
fn accession(line: &str) -> Option<String> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:AN )?\s*Document ([A-Za-z0-9]{16,40})\s*$"));
    NUMBER.captures(line).map(|found| found[1].to_owned())
}

/// The day in a line, if it has one: "March 14, 2022 Monday", "14 March 2022".
fn day(line: &str) -> Option<String> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:([a-z]{3,9})\.? (\d{1,2}),? (\d{4})|(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4}))\b")
    });
    let found = DAY.captures(line)?;
    let group = |at: usize| found.get(at).map(|group| group.as_str());
    let month = month(group(1).or(group(5))?)?;
    let (day, year) = (group(2).or(group(4))?.parse().ok()?, group(3).or(group(6))?.parse().ok()?);
    Date::new(year, month, day).ok().map(|date| date.to_string())
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let at = MONTHS.iter().position(|month| *month == name || name.len() >= 3 && month.starts_with(&name));
    at.map(|at| at as i8 + 1)
}

/// Languages by the names that dumps give them.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("french", "fr"),
    ("spanish", "es"),
    ("italian", "it"),
    ("portuguese", "pt"),
    ("dutch", "nl"),
    ("russian", "ru"),
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("japanese", "ja"),
    ("turkish", "tr"),
    ("polish", "pl"),
    ("swedish", "sv"),
    ("danish", "da"),
    ("norwegian", "nb"),
    ("korean", "ko"),
    ("ukrainian", "uk"),
];

fn language(name: &str) -> Option<String> {
    let name = name.trim().split([';', ',']).next()?.trim().to_lowercase();
    LANGUAGES.iter().find(|(known, _)| *known == name).map(|(_, code)| (*code).to_owned())
}

fn without_by(name: &str) -> String {
    let name = name.trim();
    name.strip_prefix("By ").or_else(|| name.strip_prefix("BY ")).unwrap_or(name).to_owned()
}

/// Adds the words of another line to a field.
fn extend(field: &mut Option<String>, words: &str) {
    let words = words.trim();
    match field {
        Some(text) if !words.is_empty() => *text = format!("{text} {words}"),
        None if !words.is_empty() => *field = Some(words.to_owned()),
        _ => {}
    }
}

fn add_line(body: &mut String, words: &str) {
    body.push_str(words.trim());
    body.push('\n');
}

/// The text with one blank line between paragraphs, whatever there was.
fn paragraphs(body: &str) -> String {
    let mut text = String::new();
    for line in body.lines() {
        match (line.is_empty(), text.is_empty() || text.ends_with("\n\n")) {
            (true, true) => {}
            (true, false) => text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" }),
            (false, _) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}
