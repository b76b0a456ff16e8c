//! Inputs as the user names them, and the files that they stand for.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::{Error, Fault, Place};

/// A file, a folder, a pattern, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, `-`.
    Stdin,
    /// A file, a folder with all it holds, or a pattern (`news/**/*.html`) where nothing has that very name.
    Path(PathBuf),
    /// A file whose bytes are at hand, and its name.
    Memory(String, Arc<[u8]>),
}

impl From<OsString> for Input {
    fn from(name: OsString) -> Self {
        if name == "-" { Input::Stdin } else { Input::Path(name.into()) }
    }
}

/// Endings of the files that a folder is searched for; each may be followed by one of [`PACKED`].
const ENDINGS: &[&str] = &[
    "txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "csv", "tsv", "parquet", "arrow",
    "warc", "xml", "rss", "atom",
];

/// Endings of packed files.
const PACKED: &[&str] = &["gz", "zst"];

/// Bytes of all files that the inputs stand for; `None` if that cannot be known beforehand.
pub fn total_bytes(inputs: &[Input]) -> Option<u64> {
    inputs.iter().flat_map(|input| files(input.clone())).map(|file| size(&file.ok()?)).sum()
}

fn size(source: &Input) -> Option<u64> {
    match source {
        Input::Stdin => None,
        Input::Memory(_, bytes) => Some(bytes.len() as u64),
        Input::Path(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|found| found.len()),
    }
}

type Files = Box<dyn Iterator<Item = Result<Input, Error>> + Send>;

/// The files behind one input, in the order of their names.
pub(crate) fn files(input: Input) -> Files {
    match input {
        Input::Path(folder) if folder.is_dir() => folder_files(&folder),
        Input::Path(pattern) if is_pattern(&pattern) => matches(&pattern),
        single => Box::new(std::iter::once(Ok(single))),
    }
}

/// Whether a path is a pattern: it has the marks of one, and nothing has that very name.
fn is_pattern(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().iter().any(|b| b"*?[".contains(b)) && !path.exists()
}

/// What a pattern stands for: files as they are, folders with what they hold.
fn matches(pattern: &Path) -> Files {
    let place = Place { file: pattern.display().to_string(), line: None };
    let failed = |fault| -> Files { Box::new(std::iter::once(Err(Error { place: place.clone(), fault }))) };
    let mut paths = match glob::glob(&pattern.to_string_lossy()) {
        Ok(paths) => paths.peekable(),
        Err(wrong) => return failed(Fault::Pattern(wrong.msg)),
    };
    if paths.peek().is_none() {
        return failed(Fault::NoMatch);
    }
    let files = paths.flat_map(|found| match found {
        Ok(path) => files(Input::Path(path)),
        Err(error) => {
            let place = Place { file: error.path().display().to_string(), line: None };
            Box::new(std::iter::once(Err(Error { place, fault: Fault::Io(error.into()) })))
        }
    });
    Box::new(files)
}

fn folder_files(folder: &Path) -> Files {
    let place = Place { file: folder.display().to_string(), line: None };
    let walk = WalkDir::new(folder).follow_root_links(true).sort_by_file_name().into_iter();
    let entries = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    let mut found = entries.filter_map(|entry| wanted(entry).transpose()).peekable();
    if found.peek().is_none() {
        return Box::new(std::iter::once(Err(Error { place, fault: Fault::EmptyFolder })));
    }
    Box::new(found)
}

fn wanted(entry: walkdir::Result<DirEntry>) -> Result<Option<Input>, Error> {
    match entry {
        Ok(entry) if is_document(entry.path()) => Ok(Some(Input::Path(entry.into_path()))),
        Ok(_) => Ok(None),
        Err(error) => {
            let file = error.path().unwrap_or(Path::new("")).display().to_string();
            Err(Error { place: Place { file, line: None }, fault: Fault::Io(error.into()) })
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether the ending says so. A link to a file counts as the file.
fn is_document(path: &Path) -> bool {
    ending(path).is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && path.is_file()
}

/// The file name's ending in lower case; of a packed file, that of what is packed in it.
fn ending(path: &Path) -> Option<String> {
    let last = path.extension().map(|ending| ending.to_string_lossy().to_lowercase())?;
    if PACKED.contains(&last.as_str()) { ending(&path.with_extension("")) } else { Some(last) }
}

impl Input {
    /// Looks whether there is anything under the name, before long work begins.
    ///
    /// # Errors
    /// [`Fault::Io`] for a file that cannot be read, [`Fault::NoMatch`] for a pattern that matches none.
    pub fn check(&self) -> Result<(), Error> {
        match self {
            Input::Path(path) if is_pattern(path) => files(self.clone()).next().transpose().map(|_| ()),
            Input::Path(path) => match fs::metadata(path) {
                Ok(_) => Ok(()),
                Err(error) => {
                    Err(Error { place: Place { file: self.name(), line: None }, fault: error.into() })
                }
            },
            Input::Stdin | Input::Memory(..) => Ok(()),
        }
    }

    /// The name by which errors and identifiers know it.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_owned(),
            Input::Path(path) => path.display().to_string(),
            Input::Memory(name, _) => name.clone(),
        }
    }

    pub(crate) fn ending(&self) -> Option<String> {
        match self {
            Input::Stdin => None,
            Input::Path(path) => ending(path),
            Input::Memory(name, _) => ending(Path::new(name)),
        }
    }

    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Input::Stdin => Ok(Box::new(io::stdin())),
            Input::Path(path) => Ok(Box::new(File::open(path)?)),
            Input::Memory(_, bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
        }
    }
}
