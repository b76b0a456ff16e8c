//! Articles one after the other in a text file, as LexisNexis and Factiva give them out.

mod article;

use std::io::{BufRead, Read};
use std::sync::LazyLock;

use regex::Regex;

use crate::documents::of_reading;
use crate::error::MOST_BYTES;
use crate::unpack::Bytes;
use crate::{Error, Fault, Options, Place, Raw, decode};

/// The articles of a dump.
pub(crate) fn articles(place: Place, bytes: Bytes, options: Options) -> Articles {
    Articles { bytes: Some(bytes), place: Place { line: Some(0), ..place }, options }
}

/// See [`articles`].
pub(crate) struct Articles {
    /// `None` at the end.
    bytes: Option<Bytes>,
    place: Place,
    options: Options,
}

impl Iterator for Articles {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (text, more) = match next_article(self.bytes.as_mut()?, &self.options) {
                Ok(found) => found,
                Err(fault) => {
                    self.bytes = None;
                    return Some(Err(self.error(fault)));
                }
            };
            if !more {
                self.bytes = None;
            }
            if text.trim().is_empty() {
                continue;
            }
            self.place.line = self.place.line.map(|last| last + 1);
            let document = article::document(&text, &self.place, &self.options);
            return Some(document.map_err(|fault| self.error(fault)));
        }
    }
}

impl Articles {
    fn error(&self, fault: Fault) -> Error {
        Error { place: self.place.clone(), fault }
    }
}

/// How one article is parted from the next.
enum Mark {
    /// The line opens the next article: "3 of 250 DOCUMENTS".
    Opens,
    /// The line closes this one: "Document RNA0000020220314ei3e0002s", "End of Document".
    Closes,
}

fn mark(line: &str) -> Option<Mark> {
    static OPENS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:Document )?\d+ of \d+(?: DOCUMENTS?)?\s*$"));
    static CLOSES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:End of Document|(?:AN )?\s*Document [A-Za-z0-9]{16,40})\s*$"));
    if OPENS.is_match(line) { Some(Mark::Opens) } else { CLOSES.is_match(line).then_some(Mark::Closes) }
}

pub(crate) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of ours")
}

/// The lines of one article, with the one that closes it, and whether the file goes on.
fn next_article(bytes: &mut Bytes, options: &Options) -> Result<(String, bool), Fault> {
    let mut text = String::new();
    loop {
        let mut line = Vec::new();
        let room = MOST_BYTES - text.len() as u64;
        bytes.by_ref().take(room).read_until(b'\n', &mut line).map_err(of_reading)?;
        if line.is_empty() {
            return if room == 0 { Err(Fault::TooLarge) } else { Ok((text, false)) };
        }
        let line = decode::decode(line, options.encoding)?;
        match mark(&line) {
            Some(Mark::Opens) => return Ok((text, true)),
            Some(Mark::Closes) => return Ok((text + &line, true)),
            None => text.push_str(&line),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use chancery_text::Document;

    use super::*;

    fn read(dump: &str) -> Vec<Document> {
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(dump.to_owned().into_bytes()));
        let place = Place { file: "dump.txt".to_owned(), line: None };
        let found = articles(place, BufReader::new(bytes), Options::default());
        found.map(|found| found.unwrap().ready().unwrap()).collect()
    }

    fn check(document: &Document, expected: [&str; 6]) {
        let some = |field: &Option<String>| field.clone().unwrap_or_default();
        let found = [
            document.id.clone(),
            some(&document.title),
            some(&document.date),
            some(&document.source),
            some(&document.author),
            document.text.clone(),
        ];
        assert_eq!(found, expected.map(str::to_owned));
    }

    #[test]
    fn lexisnexis_with_labels() {
        let dump = "\u{feff}\n                    1 of 2 DOCUMENTS\n\n\n               The Strelsau Times\n\n           March 14, 2022 Monday\n           \
            Late Edition - Final\n\nRuritania Breaks Off Talks\n\nBYLINE: By ANNA BERG\n\nSECTION: Section A; Pg. 1\n\nLENGTH: 12 words\n\n\
            DATELINE: STRELSAU\n\n Ruritania broke off talks.\n\n Borduria was sorry.\n\nLOAD-DATE: March 15, 2022\n\nLANGUAGE: ENGLISH\n\n\
            Copyright 2022 The Strelsau Times\n                    2 of 2 DOCUMENTS\n\n\n     The Strelsau Times\n\n   15 March 2022\n\n\
            More\n\nLENGTH: 2 words\n\nMore words.\n";
        let found = read(dump);
        assert_eq!(found.len(), 2);
        let body = "STRELSAU — Ruritania broke off talks.\n\n Borduria was sorry.";
        check(
            &found[0],
            [
                "dump.txt#1",
                "Ruritania Breaks Off Talks",
                "2022-03-14",
                "The Strelsau Times",
                "ANNA BERG",
                body,
            ],
        );
        check(&found[1], ["dump.txt#2", "More", "2022-03-15", "The Strelsau Times", "", "More words."]);
        assert_eq!(found[0].lang.as_deref(), Some("en"));
    }

    #[test]
    fn nexis_with_a_body_line() {
        let dump = "Ruritania breaks off talks\nThe Strelsau Times\nMarch 14, 2022 Monday\n\nCopyright 2022 The Strelsau Times\n\
            Section: WORLD\nLength: 12 words\nByline: Anna Berg\n\nBody\n\nRuritania broke off talks.\n\nClassification\n\n\
            Language: ENGLISH\n\nLoad-Date: March 15, 2022\n\nEnd of Document\n";
        let found = read(dump);
        let body = "Ruritania broke off talks.";
        check(
            &found[0],
            [
                "dump.txt#1",
                "Ruritania breaks off talks",
                "2022-03-14",
                "The Strelsau Times",
                "Anna Berg",
                body,
            ],
        );
    }

    #[test]
    fn factiva_with_codes() {
        let dump = "SE World\nHD Ruritania breaks\n   off talks\nBY By Anna Berg\nWC 12 words\nPD 14 March 2022\nSN Ruritanian News Agency\n\
            SC RNA\nLA English\nCY (c) 2022 RNA\nLP Ruritania broke off talks.\n\nTD Borduria was sorry.\n\nIt said so.\nCO x : y\n\
            AN Document RNA0000020220314ei3e0002s\n\nHD Next\nPD 15 March 2022\nLP Words.\nDocument RNA0000020220315ei3e0002t\n";
        let found = read(dump);
        let body = "Ruritania broke off talks.\n\nBorduria was sorry.\n\nIt said so.";
        check(
            &found[0],
            [
                "RNA0000020220314ei3e0002s",
                "Ruritania breaks off talks",
                "2022-03-14",
                "Ruritanian News Agency",
                "Anna Berg",
                body,
            ],
        );
        check(&found[1], ["RNA0000020220315ei3e0002t", "Next", "2022-03-15", "", "", "Words."]);
    }

    #[test]
    fn factiva_without_codes() {
        let dump = "World\nRuritania breaks off talks\n\nBy Anna Berg\n12 words\n14 March 2022\nRuritanian News Agency\nRNA\nEnglish\n\
            (c) 2022 RNA\n\nRuritania broke off talks.\n\nDocument RNA0000020220314ei3e0002s\n";
        check(
            &read(dump)[0],
            [
                "RNA0000020220314ei3e0002s",
                "Ruritania breaks off talks",
                "2022-03-14",
                "Ruritanian News Agency",
                "Anna Berg",
                "Ruritania broke off talks.",
            ],
        );
    }

    #[test]
    fn what_has_no_labels_is_text() {
        let found = read("Ruritania broke off talks.\n\nEnd of Document\nAnd again.\n");
        assert_eq!(
            (found[0].text.as_str(), found[1].text.as_str()),
            ("Ruritania broke off talks.", "And again.")
        );
    }
}
