//! What pages were when they were last brought, so that servers need send only what is new.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

/// ETag and Last-Modified by URL. As a file it is JSONL, one URL a line, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache(BTreeMap<String, Validators>);

/// What a server calls a page's state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Validators {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) modified: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    url: String,
    #[serde(flatten)]
    validators: Validators,
}

/// A cache that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// Not readable.
    #[error("the cache {0} cannot be read: {1}")]
    Read(PathBuf, io::Error),
    /// Not writable; the file is as it was before.
    #[error("the cache {0} cannot be written: {1}; it is as it was before")]
    Write(PathBuf, io::Error),
    /// A line that is none of ours.
    #[error(
        "{0}:{1}: this line is none of a cache ({2}): name another file, or delete this one to fetch everything again"
    )]
    Line(PathBuf, usize, serde_json::Error),
}

impl Cache {
    /// Reads a cache; a file that is not there is an empty one.
    ///
    /// # Errors
    /// If the file cannot be read, or is no cache.
    pub fn read(path: &Path) -> Result<Cache, CacheError> {
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            read => read.map_err(|error| CacheError::Read(path.to_owned(), error))?,
        };
        let lines = text.lines().enumerate().map(|(number, line)| {
            let read = serde_json::from_str(line).map(|line: Line| (line.url, line.validators));
            read.map_err(|error| CacheError::Line(path.to_owned(), number + 1, error))
        });
        lines.collect::<Result<_, _>>().map(Cache)
    }

    /// Writes the cache, whole or not at all. Best done when the documents are safely written.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), CacheError> {
        self.replace(path).map_err(|error| CacheError::Write(path.to_owned(), error))
    }

    fn replace(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        for (url, validators) in &self.0 {
            let line = Line { url: url.clone(), validators: validators.clone() };
            writeln!(file, "{}", serde_json::to_string(&line)?)?;
        }
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }

    pub(crate) fn validators(&self, url: &str) -> Option<&Validators> {
        self.0.get(url)
    }

    /// Notes what a page is now; one without validators is forgotten.
    pub(crate) fn note(&mut self, url: String, validators: Validators) {
        match validators {
            Validators { etag: None, modified: None } => self.0.remove(&url),
            validators => self.0.insert(url, validators),
        };
    }
}

impl Validators {
    /// The headers of a request that is only to be answered with something else.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let etag = self.etag.as_deref().map(|etag| ("if-none-match", etag));
        etag.into_iter().chain(self.modified.as_deref().map(|date| ("if-modified-since", date)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> Cache {
        let mut cache = Cache::default();
        let etag = |etag: &str| Validators { etag: Some(etag.to_owned()), modified: None };
        cache.note("https://b.example/".to_owned(), etag("\"2\""));
        cache.note("https://a.example/".to_owned(), etag("W/\"1\""));
        cache.note("https://b.example/".to_owned(), Validators::default());
        cache
    }

    #[test]
    fn is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.jsonl");
        assert_eq!(Cache::read(&path).unwrap(), Cache::default());
        cache().write(&path).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "{\"url\":\"https://a.example/\",\"etag\":\"W/\\\"1\\\"\"}\n"
        );
        assert_eq!(Cache::read(&path).unwrap(), cache());
    }

    #[test]
    fn says_which_line_is_none_of_its_own() {
        let file = NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "{\"url\": \"a\"}\nb\n").unwrap();
        assert!(Cache::read(file.path()).unwrap_err().to_string().contains(":2: this line"));
        let nowhere = Path::new("/nowhere/at/all/cache");
        assert!(cache().write(nowhere).unwrap_err().to_string().contains("/nowhere/at/all"));
    }
}
