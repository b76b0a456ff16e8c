//! Pages in a web archive (WARC 1.0 and 1.1, ISO 28500): answers with HTML or text, and converted texts (WET).
//!
//! Requests, pictures, redirects and answers without success are no documents and are passed over.

use std::io::{self, BufRead, Read};

use chancery_text::Document;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use warc::{WarcHeader, WarcReader};

use crate::documents::of_reading;
use crate::error::MOST_BYTES;
use crate::unpack::Bytes;
use crate::{Error, Fault, Options, Place, Raw, decode};

/// The documents of an archive, one or none a record.
pub(crate) fn records(place: Place, bytes: Bytes, options: Options) -> Records {
    Records { bytes: Some(bytes), place: Place { line: Some(0), ..place }, options }
}

/// See [`records`].
pub(crate) struct Records {
    /// `None` at the end, or after a fault behind which no record can be found.
    bytes: Option<Bytes>,
    place: Place,
    options: Options,
}

/// A record: what its header says, and its body.
struct Record {
    kind: String,
    id: String,
    url: Option<String>,
    media: String,
    body: Vec<u8>,
}

impl Iterator for Records {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let bytes = self.bytes.as_mut()?;
            let found = next_record(bytes).transpose()?;
            self.place.line = self.place.line.map(|last| last + 1);
            let found = match found {
                Ok(record) => self.document(record).transpose(),
                Err(fault) => {
                    if !matches!(fault, Fault::Malformed { .. } | Fault::TooLarge) || !find_next(bytes) {
                        self.bytes = None;
                    }
                    Some(Err(fault))
                }
            };
            if let Some(found) = found {
                return Some(found.map_err(|fault| Error { place: self.place.clone(), fault }));
            }
        }
    }
}

impl Records {
    /// The document of a record; none of what is no page and no text.
    fn document(&self, record: Record) -> Result<Option<Raw>, Fault> {
        let (media, charset, body) = match record.kind.as_str() {
            "response" if record.media.contains("http") => match answer(&record.body)? {
                Some(answer) => answer,
                None => return Ok(None),
            },
            "conversion" | "resource" => (record.media, None, record.body),
            _ => return Ok(None),
        };
        let is_page = media.contains("html");
        if !is_page && !media.starts_with("text/plain") {
            return Ok(None);
        }
        let text = decode::page(&body, charset.as_deref(), self.options.encoding);
        let date = self.options.date.clone();
        let document = Document { id: record.id, text, date, url: record.url, ..Document::default() };
        let make = if is_page { Raw::page } else { Raw::text };
        Ok(Some(make(self.place.clone(), document, &self.options)))
    }
}

/// Reads one record; `None` at the end of the archive.
fn next_record(bytes: &mut Bytes) -> Result<Option<Record>, Fault> {
    let mut reader = WarcReader::new(&mut *bytes);
    let mut records = reader.stream_records();
    let Some(found) = records.next_item() else { return Ok(None) };
    let mut record = found.map_err(of_warc)?;
    let header = |name: WarcHeader| record.header(name).map(|value| value.into_owned());
    let read = Record {
        kind: record.warc_type().to_string(),
        id: record.warc_id().trim_start_matches("<urn:uuid:").trim_matches(['<', '>']).to_owned(),
        url: header(WarcHeader::TargetURI).map(|url| url.trim_matches(['<', '>']).to_owned()),
        media: header(WarcHeader::ContentType).unwrap_or_default().to_lowercase(),
        body: Vec::new(),
    };
    let body = body(record.content_length(), &mut record)?;
    // Two line breaks close a record.
    io::copy(&mut bytes.by_ref().take(4), &mut io::sink()).map_err(of_reading)?;
    if body.len() as u64 > MOST_BYTES { Err(Fault::TooLarge) } else { Ok(Some(Record { body, ..read })) }
}

/// The body of a record, to its last byte; of one that is too large, a part.
fn body(length: u64, record: &mut impl Read) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    record.by_ref().take(MOST_BYTES + 1).read_to_end(&mut body).map_err(of_reading)?;
    io::copy(record, &mut io::sink()).map_err(of_reading)?;
    if (body.len() as u64) < length.min(MOST_BYTES) {
        return Err(Fault::Packed(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(body)
}

/// Goes to the start of the next record, by the line that opens one.
fn find_next(bytes: &mut Bytes) -> bool {
    loop {
        match bytes.fill_buf() {
            Ok([]) | Err(_) => return false,
            Ok(buffer) if buffer.starts_with(b"WARC/") => return true,
            Ok(_) => {}
        }
        if bytes.skip_until(b'\n').is_err() {
            return false;
        }
    }
}

/// An answer's media type, charset and content.
type Answer = (String, Option<String>, Vec<u8>);

/// The answer in an HTTP message; `None` if it was no success.
fn answer(http: &[u8]) -> Result<Option<Answer>, Fault> {
    let malformed =
        |reason: &dyn ToString| Fault::Malformed { what: "an HTTP answer", reason: reason.to_string() };
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut headers);
    let length = match response.parse(http).map_err(|error| malformed(&error))? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Err(malformed(&"its header has no end")),
    };
    if response.code != Some(200) {
        return Ok(None);
    }
    let header = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| String::from_utf8_lossy(header.value).to_lowercase())
    };
    let media = header("content-type").unwrap_or_default();
    let charset = media.split("charset=").nth(1).map(|c| c.trim_matches(['"', ' ', ';']).to_owned());
    let body = match header("transfer-encoding") {
        Some(coding) if coding.contains("chunked") => joined(&http[length..]),
        _ => http[length..].to_vec(),
    };
    Ok(Some((media, charset, content(body, header("content-encoding").as_deref())?)))
}

/// The chunks of a body joined; a body that is not chunked after all, as archives that unpack keep it, as it is.
fn joined(mut chunked: &[u8]) -> Vec<u8> {
    let (whole, mut all) = (chunked, Vec::new());
    loop {
        match httparse::parse_chunk_size(chunked) {
            Ok(httparse::Status::Complete((_, 0))) => return all,
            Ok(httparse::Status::Complete((start, size))) => {
                let end =
                    start.saturating_add(usize::try_from(size).unwrap_or(usize::MAX)).min(chunked.len());
                all.extend_from_slice(&chunked[start..end]);
                chunked = &chunked[end..];
                chunked = chunked.strip_prefix(b"\r\n").unwrap_or(chunked);
            }
            _ if all.is_empty() => return whole.to_vec(),
            _ => return all,
        }
    }
}

/// A body unpacked as its header says; one that is not packed after all, as it is.
fn content(body: Vec<u8>, coding: Option<&str>) -> Result<Vec<u8>, Fault> {
    let mut unpacked = Vec::new();
    let most = MOST_BYTES + 1;
    let read = match coding {
        Some(c) if c.contains("gzip") && body.starts_with(b"\x1f\x8b") => {
            MultiGzDecoder::new(&body[..]).take(most).read_to_end(&mut unpacked)
        }
        Some(c) if c.contains("deflate") && body.first().is_some_and(|b| b & 0x0f == 8) => {
            ZlibDecoder::new(&body[..]).take(most).read_to_end(&mut unpacked)
        }
        Some("br") => return Err(Fault::NoPage("an answer packed with brotli".to_owned())),
        _ => return Ok(body),
    };
    read.map_err(of_reading)?;
    if unpacked.len() as u64 > MOST_BYTES { Err(Fault::TooLarge) } else { Ok(unpacked) }
}

fn of_warc(error: warc::Error) -> Fault {
    match error {
        warc::Error::ReadData(error) => of_reading(error),
        warc::Error::UnexpectedEOB => Fault::Packed(io::ErrorKind::UnexpectedEof.into()),
        other => Fault::Malformed { what: "a WARC record", reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    fn record(kind: &str, media: &str, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{}>\r\nWARC-Date: 2022-03-14T00:00:00Z\r\n\
             WARC-Target-URI: https://rna.example/a\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len(),
            body.len()
        )
    }

    fn http(head: &str, body: &str) -> String {
        record("response", "application/http; msgtype=response", &format!("HTTP/1.1 {head}\r\n\r\n{body}"))
    }

    fn read(archive: &[u8]) -> Vec<String> {
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(archive.to_vec()));
        let place = Place { file: "a.warc".to_owned(), line: None };
        let shown = |found: Result<Raw, Error>| match found.and_then(Raw::ready) {
            Ok(document) => document.text.trim().to_owned(),
            Err(error) => format!("! {error}"),
        };
        records(place, BufReader::new(bytes), Options::default()).map(shown).collect()
    }

    #[test]
    fn answers_with_pages_and_converted_texts_are_documents() {
        let archive = [
            record("warcinfo", "application/warc-fields", "software: none"),
            record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
            http("200 OK\r\nContent-Type: text/plain; charset=utf-8", "One."),
            http("404 Not Found\r\nContent-Type: text/html", "<p>No."),
            http("200 OK\r\nContent-Type: image/png", "PNG"),
            http(
                "200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked",
                "2\r\nTw\r\n2\r\no.\r\n0\r\n\r\n",
            ),
            record("conversion", "text/plain", "Three."),
        ]
        .concat();
        assert_eq!(read(archive.as_bytes()), ["One.", "Two.", "Three."]);
    }

    #[test]
    fn identifier_and_address_are_the_records() {
        let archive = record("conversion", "text/plain", "Three.");
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(archive.into_bytes()));
        let place = Place { file: "a.warc".to_owned(), line: None };
        let document = records(place, BufReader::new(bytes), Options::default())
            .next()
            .unwrap()
            .unwrap()
            .ready()
            .unwrap();
        assert_eq!(
            (document.id.as_str(), document.url.as_deref()),
            ("conversion-6", Some("https://rna.example/a"))
        );
    }

    #[test]
    fn a_broken_record_is_named_and_the_next_one_read() {
        let good = record("conversion", "text/plain", "Three.");
        let broken = good.replace("Content-Length: 6", "Content-Length: six");
        let found = read([broken.as_str(), good.as_str()].concat().as_bytes());
        assert!(found[0].starts_with("! a.warc:1: cannot be read as a WARC record"), "{found:?}");
        assert_eq!(found.last().unwrap(), "Three.");
        let cut = read(&good.as_bytes()[..good.len() - 7]);
        assert!(cut.len() == 1 && cut[0].starts_with("! a.warc:1: "), "{cut:?}");
    }
}
