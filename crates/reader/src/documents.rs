//! The stream of documents behind the inputs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chancery_text::Document;

use crate::columns::TableFault;
use crate::error::MOST_BYTES;
use crate::format::{Foreign, MAGIC_BYTES, by_first_line, by_head, by_magic, without_mark};
use crate::input::files;
use crate::parquet::{Rows, arrow_rows, parquet_rows};
use crate::unpack::{Bomb, Bytes, CAPACITY, unpacked};
use crate::{Error, Fault, Format, Input, Options, Place, Raw};
use crate::{decode, dump, feed, json, rows, warc};

/// The documents of one file.
pub(crate) type Stream = Box<dyn Iterator<Item = Result<Raw, Error>> + Send>;

/// Bytes by which a text file is known.
const HEAD: usize = 1 << 15;

/// The documents of all inputs in their order; of a folder, in the order of file names.
/// At no time is more than one of them held.
pub fn documents(inputs: Vec<Input>, options: Options) -> Documents {
    let bytes = Arc::new(AtomicU64::new(0));
    Documents { files: Box::new(inputs.into_iter().flat_map(files)), open: None, options, bytes }
}

/// See [`documents`].
pub struct Documents {
    files: Box<dyn Iterator<Item = Result<Input, Error>> + Send>,
    /// The open file and its documents.
    open: Option<(Place, Stream)>,
    options: Options,
    bytes: Arc<AtomicU64>,
}

impl Documents {
    /// Bytes of the inputs read so far, as they stand in the files.
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    fn start(&self, file: &Input) -> Result<(Place, Stream), Error> {
        let place = Place { file: file.name(), line: None };
        let stream = guarded(|| self.stream(file, &place)).unwrap_or(Err(Fault::Library));
        stream.map(|stream| (place.clone(), stream)).map_err(|fault| Error { place, fault })
    }

    /// The next document of the open file; nothing more comes of one at which a library fails.
    fn next_of_open(&mut self) -> Option<Result<Raw, Error>> {
        let (place, stream) = self.open.as_mut()?;
        match guarded(|| stream.next()) {
            Some(found) => found,
            None => {
                let place = place.clone();
                self.open = None;
                Some(Err(Error { place, fault: Fault::Library }))
            }
        }
    }

    /// The documents of a file, as its format has them.
    fn stream(&self, file: &Input, place: &Place) -> Result<Stream, Fault> {
        let bytes = unpacked(file.open()?, &self.bytes).map_err(of_reading)?;
        let (format, bytes) = recognised(file, bytes, &self.options)?;
        let (place, options) = (place.clone(), self.options.clone());
        Ok(match format {
            Format::Text => one(place.clone(), text(place, bytes, &options)),
            Format::Html => one(place.clone(), html(place, bytes, &options)),
            Format::Jsonl => Box::new(json::lines(place, bytes, options)),
            Format::Json => json::whole_file(place, bytes, options)?,
            Format::Csv | Format::Tsv => rows::table(place, bytes, format, options)?,
            Format::Parquet => {
                of_rows(place, parquet_rows(self.seekable(file, bytes)?, &options.columns), options)?
            }
            Format::Arrow => {
                of_rows(place, arrow_rows(self.seekable(file, bytes)?, &options.columns), options)?
            }
            Format::Warc => Box::new(warc::records(place, bytes, options)),
            Format::Feed => feed::entries(place, bytes, &options)?,
            Format::Dump => Box::new(dump::articles(place, bytes, options)),
        })
    }
}

impl Documents {
    /// The file itself if it is one and not packed; else its bytes in a temporary one.
    fn seekable(&self, file: &Input, mut bytes: Bytes) -> Result<File, Fault> {
        if let Input::Path(path) = file
            && let Ok(mut opened) = File::open(path)
        {
            let mut head = Vec::new();
            Read::by_ref(&mut opened).take(MAGIC_BYTES as u64).read_to_end(&mut head)?;
            if by_magic(&head).is_some() {
                opened.rewind()?;
                self.bytes
                    .fetch_add(opened.metadata()?.len().saturating_sub(CAPACITY as u64), Ordering::Relaxed);
                return Ok(opened);
            }
        }
        let mut spooled = tempfile::tempfile()?;
        io::copy(&mut bytes, &mut spooled).map_err(of_reading)?;
        spooled.rewind()?;
        Ok(spooled)
    }
}

/// What comes of reading; `None` if a library that reads a format panics, as some do at bytes that are made to hurt.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

/// The documents of rows, in their order.
fn of_rows(place: Place, rows: Result<Rows, TableFault>, options: Options) -> Result<Stream, Fault> {
    let rows = rows.map_err(|fault| Fault::Columns(fault.to_string()))?;
    Ok(Box::new((1..).zip(rows).map(move |(row, fields)| {
        let place = Place { line: Some(row), ..place.clone() };
        match fields {
            Ok(fields) => Raw::from_fields(place, fields, &options),
            Err(fault) => Err(Error { place, fault: Fault::Columns(fault.to_string()) }),
        }
    })))
}

impl Iterator for Documents {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.next_of_open() {
                return Some(found);
            }
            self.open = None;
            match self.files.next()?.and_then(|file| self.start(&file)) {
                Ok(opened) => self.open = Some(opened),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// What a file is, and its bytes from the start.
fn recognised(file: &Input, mut bytes: Bytes, options: &Options) -> Result<(Format, Bytes), Fault> {
    if let Some(format) = options.format {
        return Ok((format, bytes));
    }
    let ending = file.ending();
    let mut head = Vec::new();
    bytes.by_ref().take(MAGIC_BYTES as u64).read_to_end(&mut head).map_err(of_reading)?;
    let format = match by_magic(&head) {
        Some(known) => known,
        None => {
            let line = first_line(&mut bytes, &mut head).map_err(of_reading)?;
            match by_first_line(&head[line..], ending.as_deref(), &options.columns) {
                Some(format) => Ok(format),
                None => {
                    let more = HEAD.saturating_sub(head.len()) as u64;
                    bytes.by_ref().take(more).read_to_end(&mut head).map_err(of_reading)?;
                    by_head(&head, ending.as_deref(), &options.columns)
                }
            }
        }
    };
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(bytes));
    let format = format.map_err(|Foreign(what)| Fault::Foreign(what))?;
    Ok((format, BufReader::with_capacity(CAPACITY, whole)))
}

/// Reads on to the end of the first line that is not blank, and gives where it starts.
fn first_line(bytes: &mut Bytes, head: &mut Vec<u8>) -> io::Result<usize> {
    let mut start = 0;
    loop {
        let end = head[start..].iter().position(|&b| b == b'\n').map(|at| start + at + 1);
        let line = without_mark(&head[start..end.unwrap_or(head.len())]);
        match end {
            Some(end) if line.trim_ascii().is_empty() => start = end,
            Some(_) => return Ok(start),
            None if bytes.by_ref().take(MOST_BYTES).read_until(b'\n', head)? == 0 => return Ok(start),
            None if head.len() as u64 > MOST_BYTES => return Ok(start),
            None => {}
        }
    }
}

/// A file that is one document.
fn one(place: Place, found: Result<Raw, Fault>) -> Stream {
    Box::new(std::iter::once(found.map_err(|fault| Error { place, fault })))
}

fn text(place: Place, bytes: Bytes, options: &Options) -> Result<Raw, Fault> {
    let text = decode::decode(whole(bytes)?, options.encoding)?;
    Ok(Raw::text(place.clone(), bare(place, text, options), options))
}

fn html(place: Place, bytes: Bytes, options: &Options) -> Result<Raw, Fault> {
    let html = decode::page(&whole(bytes)?, None, options.encoding);
    Ok(Raw::page(place.clone(), bare(place, html, options), options))
}

/// A document that is known by its file.
fn bare(place: Place, text: String, options: &Options) -> Document {
    Document { id: place.file, text, date: options.date.clone(), ..Document::default() }
}

/// All bytes of a file that is held whole.
pub(crate) fn whole(bytes: Bytes) -> Result<Vec<u8>, Fault> {
    let mut all = Vec::new();
    bytes.take(MOST_BYTES + 1).read_to_end(&mut all).map_err(of_reading)?;
    if all.len() as u64 > MOST_BYTES { Err(Fault::TooLarge) } else { Ok(all) }
}

/// What an error of reading means for the file.
pub(crate) fn of_reading(error: io::Error) -> Fault {
    match error.kind() {
        _ if error.get_ref().is_some_and(|e| e.is::<Bomb>()) => Fault::Bomb { times: Bomb::TIMES },
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            Fault::Packed(error)
        }
        _ => Fault::Io(error),
    }
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
        let shown = |found: Result<Raw, Error>| match found.and_then(Raw::ready) {
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
        assert!(read[2].starts_with("c.html: "), "{}", read[2]);
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn nothing_to_read_is_said() {
        let folder = folder(&[("notes.md", b"n")]);
        assert!(read(folder.path(), "")[0].contains("this folder holds no"));
        assert!(read(folder.path(), "nowhere.txt")[0].starts_with("! nowhere.txt: cannot be read"));
    }

    #[test]
    fn a_library_that_fails_at_a_file_fails_no_run() {
        let folder = folder(&[("a.txt", b"a")]);
        let mut found = documents(vec![Input::Path(folder.path().join("a.txt"))], Options::default());
        let place = Place { file: "hurt.parquet".to_owned(), line: None };
        found.open = Some((place, Box::new(std::iter::from_fn(|| panic!("as a library might")))));
        assert!(
            found
                .next()
                .unwrap()
                .unwrap_err()
                .to_string()
                .starts_with("hurt.parquet: cannot be read further")
        );
        assert_eq!(found.next().unwrap().unwrap().ready().unwrap().text, "a");
    }

    /// What a file of this content and name is taken for.
    fn taken_for(name: &str, content: &[u8]) -> Result<Format, String> {
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(content.to_vec()));
        let file = Input::Path(name.into());
        recognised(&file, BufReader::new(bytes), &Options::default()).map(|f| f.0).map_err(|f| f.to_string())
    }

    #[test]
    fn the_format_is_known_by_its_content_not_by_the_name_alone() {
        for (name, content, format) in [
            ("a.txt", "\n<!DOCTYPE HTML>\n<p>Text.", Format::Html),
            ("a", "<html", Format::Html),
            ("a", "<?xml version=\"1.0\"?>\n<!-- x --><rss version='2.0'>", Format::Feed),
            ("a", "<?xml version=\"1.0\"?><html xmlns=''>", Format::Html),
            ("a.json", "{\"version\": \"https://jsonfeed.org/version/1\"", Format::Feed),
            ("a.json", "[\n {\"id\": 1", Format::Json),
            ("a.json", "{\n \"id\": 1", Format::Json),
            ("a.txt", "{\"id\": 1, \"text\": \"a\"}", Format::Jsonl),
            ("a", "{\"id\": 1, \"text\": a}\n{\"id\": 2, \"text\": \"b\"}\n", Format::Jsonl),
            ("a", "id,text\n1,a", Format::Csv),
            ("a.csv", "id\ttext\n1\ta", Format::Tsv),
            ("a.csv", "id,body\n1,a", Format::Csv),
            ("a", "PAR1....", Format::Parquet),
            ("a.txt", "WARC/1.0\r\n", Format::Warc),
            ("a.txt", "\n   1 of 20 DOCUMENTS\n\nThe Times", Format::Dump),
            ("a.txt", "Words.\n\nDocument RNA0000020220314ei3e0002s\n\nMore.", Format::Dump),
            ("a.txt", "Text, she said, is text.\nid,text", Format::Text),
            ("a.txt", "<3 is no markup, and 1 of 20 documents no dump.", Format::Text),
            ("a.txt", "{curly} words", Format::Text),
            ("a.txt", "[Bracketed] words", Format::Text),
            ("a.txt", "", Format::Text),
        ] {
            assert_eq!(taken_for(name, content.as_bytes()), Ok(format), "{name}: {content}");
        }
    }

    #[test]
    fn what_is_foreign_is_named_with_a_way_out() {
        for (content, says) in [
            (&b"PK\x03\x04rest"[..], "a ZIP archive (or an office document): unpack it first"),
            (b"%PDF-1.7", "a PDF: extract its text first"),
            (b"<?xml version='1.0'?><nitf>", "neither a page nor a feed"),
        ] {
            assert!(taken_for("a", content).unwrap_err().contains(says));
        }
    }

    #[test]
    fn packed_files_patterns_and_formats_that_are_said() {
        let packed = zstd::encode_all(&b"id,text\n1,a\n"[..], 1).unwrap();
        let folder =
            folder(&[("b.csv.zst", &packed), ("a/c.txt", b"c"), ("a/d.txt", b"<html> is how it begins.")]);
        assert_eq!(read(folder.path(), ""), ["a/c.txt: c", "a/d.txt: is how it begins.", "1: a"].map(native));
        assert_eq!(read(folder.path(), "*/c.txt"), ["a/c.txt: c"].map(native));
        assert!(read(folder.path(), "*/x.txt")[0].contains("none matches it as a pattern"));
        let options = Options { format: Some(Format::Text), ..Options::default() };
        let d = documents(vec![Input::Path(folder.path().join("a/d.txt"))], options).next().unwrap().unwrap();
        assert_eq!(d.ready().unwrap().text, "<html> is how it begins.");
    }

    fn native(shown: &str) -> String {
        shown.replace("a/", &format!("a{}", std::path::MAIN_SEPARATOR))
    }

    #[test]
    fn a_long_text_is_named_and_the_rest_goes_on() {
        let folder = folder(&[(
            "a.jsonl",
            b"{\"id\": \"1\", \"text\": \"longer\"}\n{\"id\": \"2\", \"text\": \"ok\"}\n",
        )]);
        let options = Options { most_bytes: 5, ..Options::default() };
        let mut found =
            documents(vec![Input::Path(folder.path().join("a.jsonl"))], options).map(|d| d.unwrap().ready());
        assert!(found.next().unwrap().unwrap_err().to_string().contains("a.jsonl:1: a text of"));
        assert_eq!(found.next().unwrap().unwrap().text, "ok");
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
        let found = documents(vec![Input::Path(folder.path().join("a.txt"))], options)
            .next()
            .unwrap()
            .unwrap()
            .ready()
            .unwrap();
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
