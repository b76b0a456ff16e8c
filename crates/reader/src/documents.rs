//! The stream of documents behind the inputs.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use chancery_text::Document;

use crate::error::MOST_BYTES;
use crate::input::files;
use crate::record::{document, looks_like_jsonl};
use crate::{Error, Fault, Input, Options, Place, decode};

type Reader = BufReader<Box<dyn Read + Send>>;

/// The documents of all inputs in their order; of a folder, in the order of file names.
/// At no time is more than one of them held.
pub fn documents(inputs: Vec<Input>, options: Options) -> Documents {
    Documents { files: Box::new(inputs.into_iter().flat_map(files)), open: None, options, bytes: 0 }
}

/// See [`documents`].
pub struct Documents {
    files: Box<dyn Iterator<Item = Result<Input, Error>> + Send>,
    open: Option<Lines>,
    options: Options,
    bytes: u64,
}

/// A JSONL file that is being read.
struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    place: Place,
}

impl Documents {
    /// Bytes read so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes
    }

    /// Opens the next file: a bare text is its document, a JSONL file is left open.
    fn start(&mut self, file: &Input) -> Option<Result<Document, Error>> {
        let place = Place { file: file.name(), line: None };
        match self.content(file) {
            Ok(Content::Text(text)) => Some(Ok(self.bare(place.file, text))),
            Ok(Content::Lines(reader)) => {
                self.open = Some(Lines { reader, place: Place { line: Some(0), ..place } });
                None
            }
            Err(fault) => Some(Err(Error { place, fault })),
        }
    }

    fn bare(&self, id: String, text: String) -> Document {
        Document { id, text, date: self.options.date.clone(), ..Document::default() }
    }

    fn content(&mut self, file: &Input) -> Result<Content, Fault> {
        let ending = file.ending();
        if matches!(ending.as_deref(), Some("html" | "htm")) {
            return Err(Fault::Html);
        }
        let mut reader = BufReader::new(file.open()?);
        let mut head = Vec::new();
        let first = first_line(&mut reader, &mut head)?;
        if matches!(ending.as_deref(), Some("jsonl" | "ndjson")) || looks_like_jsonl(&head[first..]) {
            return Ok(Content::Lines(BufReader::new(Box::new(Cursor::new(head).chain(reader)))));
        }
        if looks_like_html(&head[first..]) {
            return Err(Fault::Html);
        }
        reader.take(MOST_BYTES).read_to_end(&mut head)?;
        self.bytes += head.len() as u64;
        if head.len() as u64 > MOST_BYTES {
            return Err(Fault::TooLarge);
        }
        decode::decode(head, self.options.encoding).map(Content::Text)
    }

    /// The next document of the open file; `None` at its end.
    fn next_line(&mut self) -> Option<Result<Document, Error>> {
        let lines = self.open.as_mut()?;
        loop {
            let mut line = Vec::new();
            let read = bounded_line(&mut lines.reader, &mut line);
            let number = lines.place.line.map_or(1, |last| last + 1);
            lines.place.line = Some(number);
            self.bytes += line.len() as u64;
            let found = match read {
                Ok(()) if line.is_empty() => return None,
                Ok(()) if without_mark(&line).trim_ascii().is_empty() => continue,
                Ok(()) => document(without_mark(&line), &self.options),
                Err(fault) => Err(fault),
            };
            let broken = matches!(found, Err(Fault::Io(_)));
            let found = found.map_err(|fault| Error { place: lines.place.clone(), fault });
            if broken {
                self.open = None;
            }
            return Some(found);
        }
    }
}

impl Iterator for Documents {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.next_line() {
                return Some(found);
            }
            self.open = None;
            match self.files.next()?.map(|file| self.start(&file)) {
                Ok(None) => {}
                Ok(Some(found)) => return Some(found),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

enum Content {
    Text(String),
    Lines(Reader),
}

/// Reads up to the end of the first line that is not blank, and gives where it starts.
fn first_line(reader: &mut impl BufRead, head: &mut Vec<u8>) -> io::Result<usize> {
    loop {
        let start = head.len();
        let read = reader.by_ref().take(MOST_BYTES).read_until(b'\n', head)?;
        let line = without_mark(&head[start..]);
        if read == 0 || !line.trim_ascii().is_empty() || head.len() as u64 > MOST_BYTES {
            return Ok(head.len() - line.len());
        }
    }
}

/// Reads one line; of one that is too long, the rest is skipped.
fn bounded_line(reader: &mut Reader, line: &mut Vec<u8>) -> Result<(), Fault> {
    reader.by_ref().take(MOST_BYTES).read_until(b'\n', line)?;
    if (line.len() as u64) < MOST_BYTES || line.ends_with(b"\n") {
        return Ok(());
    }
    reader.skip_until(b'\n')?;
    Err(Fault::TooLarge)
}

/// Whether a file that begins so is a page, whatever its name says.
fn looks_like_html(head: &[u8]) -> bool {
    let starts =
        |mark: &str| head.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()));
    starts("<!doctype html") || starts("<html")
}

/// The bytes after a UTF-8 byte-order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// What comes of a file or folder: texts by identifier, and complaints, all relative to `root`.
    fn read(root: &Path, name: &str) -> Vec<String> {
        let input = Input::Path(if name.is_empty() { root.to_owned() } else { root.join(name) });
        let prefix = format!("{}{}", root.display(), std::path::MAIN_SEPARATOR);
        let shown = |found: Result<Document, Error>| match found {
            Ok(document) => format!("{}: {}", document.id, document.text),
            Err(error) => format!("! {error}"),
        };
        documents(vec![input], Options::default()).map(|found| shown(found).replace(&prefix, "")).collect()
    }

    #[test]
    fn a_text_file_is_one_document_unchanged() {
        let folder = folder(&[("a.txt", b"\n\nOne.\r\n\r\nTwo. \n"), ("empty.txt", b"")]);
        assert_eq!(read(folder.path(), "a.txt"), ["a.txt: \n\nOne.\r\n\r\nTwo. \n"]);
        assert_eq!(read(folder.path(), "empty.txt"), ["empty.txt: "]);
    }

    #[test]
    fn jsonl_is_known_by_its_content() {
        let lines = b"\n\xEF\xBB\xBF{\"id\": \"1\", \"text\": \"a\"}\n\n{\"id\": \"2\", \"text\": \"b\"}";
        let folder = folder(&[("a.txt", lines), ("b", &lines[1..])]);
        assert_eq!(read(folder.path(), "a.txt"), ["1: a", "2: b"]);
        assert_eq!(read(folder.path(), "b"), ["1: a", "2: b"]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let folder = folder(&[(
            "a.jsonl",
            b"{\"id\": \"1\", \"text\": \"a\"}\nnonsense\n\n{\"id\": \"2\", \"text\": \"b\"}\n\xFF\n",
        )]);
        let read = read(folder.path(), "a.jsonl");
        assert_eq!((read[0].as_str(), read[2].as_str(), read.len()), ("1: a", "2: b", 4));
        assert!(read[1].starts_with("! a.jsonl:2: this line is no document"), "{}", read[1]);
        assert!(read[3].starts_with("! a.jsonl:5: "), "{}", read[3]);
    }

    #[test]
    fn a_folder_is_read_in_the_order_of_names_without_strangers() {
        let folder = folder(&[
            ("b.txt", b"b"),
            ("a/z.txt", b"z"),
            ("a/.hidden.txt", b"h"),
            ("a/notes.md", b"n"),
            ("c.html", b"<p>"),
            ("d.jsonl", b""),
            (".git/x.txt", b"x"),
        ]);
        let read = read(folder.path(), "");
        assert_eq!(
            read[..2],
            ["a/z.txt: z", "b.txt: b"].map(|s| s.replace('/', std::path::MAIN_SEPARATOR_STR))
        );
        assert!(read[2].starts_with("! c.html: HTML is not read yet"), "{}", read[2]);
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn nothing_to_read_is_said() {
        let folder = folder(&[("notes.md", b"n")]);
        assert!(read(folder.path(), "")[0].contains("this folder holds no"));
        assert!(read(folder.path(), "nowhere.txt")[0].starts_with("! nowhere.txt: cannot be read"));
    }

    #[test]
    fn a_page_is_known_by_its_content() {
        let folder = folder(&[("a.txt", b"\n<!DOCTYPE HTML>\n<p>Text."), ("b.txt", b"<html")]);
        assert!(read(folder.path(), "").iter().all(|found| found.contains("HTML is not read yet")));
    }

    #[test]
    fn other_encodings_are_named_not_guessed() {
        let folder = folder(&[("a.txt", b"Borduria\x92s")]);
        assert!(read(folder.path(), "a.txt")[0].starts_with("! a.txt: not UTF-8"));
        let options = Options {
            encoding: Some("windows-1252".parse().unwrap()),
            date: Some("2022-03-14".into()),
            ..Options::default()
        };
        let found =
            documents(vec![Input::Path(folder.path().join("a.txt"))], options).next().unwrap().unwrap();
        assert_eq!((found.text.as_str(), found.date.as_deref()), ("Borduria’s", Some("2022-03-14")));
    }

    #[test]
    fn counts_the_bytes_it_has_read() {
        let folder = folder(&[("a.txt", b"abc"), ("b.jsonl", b"{\"id\": \"1\", \"text\": \"a\"}\n")]);
        let inputs = vec![Input::Path(folder.path().to_owned())];
        let total = crate::total_bytes(&inputs).unwrap();
        let mut all = documents(inputs, Options::default());
        assert_eq!((all.by_ref().count(), all.bytes_read()), (2, total));
        assert_eq!(crate::total_bytes(&[Input::Stdin]), None);
    }
}
