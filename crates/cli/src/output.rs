//! Where records go: standard output, or a file that grows under another name and appears when it is whole.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Somewhere to write records to.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A file that will take the place of another.
    Part(Part),
    /// A device or a pipe, which cannot be replaced.
    Special(BufWriter<File>),
    /// A file that an earlier run has already put in its place: nothing is to be written any more.
    InPlace(io::Empty),
}

/// A file that is not whole yet.
pub struct Part {
    /// `None` when it is closed.
    writer: Option<BufWriter<File>>,
    path: PathBuf,
    target: PathBuf,
    bytes: u64,
    keep: bool,
}

impl Output {
    /// Opens the output; with a file, already now, so that hours of work do not end at a missing folder.
    pub fn open(file: Option<&Path>) -> anyhow::Result<Output> {
        Output::open_at(file, 0)
    }

    /// Opens the output. Of a file that an earlier run has left unfinished, the first `bytes` are kept.
    pub fn open_at(file: Option<&Path>, bytes: u64) -> anyhow::Result<Output> {
        match file {
            None => Ok(Output::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()))),
            Some(file) if file.as_os_str() == "-" => Output::open(None),
            Some(file) => {
                Output::file(file, bytes).with_context(|| format!("cannot write {}", file.display()))
            }
        }
    }

    fn file(file: &Path, bytes: u64) -> anyhow::Result<Output> {
        let target = target(file);
        match fs::metadata(&target) {
            Ok(found) if found.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory))?,
            Ok(found) if !found.is_file() => {
                Ok(Output::Special(BufWriter::new(File::options().write(true).open(target)?)))
            }
            Ok(found) if bytes > 0 && found.len() == bytes && !part_of(&target).exists() => {
                Ok(Output::InPlace(io::empty()))
            }
            found => Ok(Output::Part(Part::open(target, found.ok(), bytes)?)),
        }
    }

    /// Whether this is standard output.
    pub fn is_stdout(&self) -> bool {
        matches!(self, Output::Stdout(_))
    }

    /// Whether this is a file that grows under another name, so that a run can be resumed.
    pub fn is_file(&self) -> bool {
        matches!(self, Output::Part(_) | Output::InPlace(_))
    }

    /// Gives up an unfinished file.
    pub fn discard(&mut self) {
        if let Output::Part(part) = self {
            part.keep = false;
            part.remove();
        }
    }

    /// Bytes of an unfinished file.
    pub fn bytes(&self) -> u64 {
        if let Output::Part(part) = self { part.bytes } else { 0 }
    }

    /// Brings what was written to the disk, and from now on leaves it there also when the program ends early.
    pub fn keep(&mut self) -> io::Result<()> {
        self.flush()?;
        if let Output::Part(part) = self {
            part.keep = true;
            part.writer.as_ref().map_or(Ok(()), |writer| writer.get_ref().sync_data())?;
        }
        Ok(())
    }

    /// Writes what is left and puts a file in its place.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.flush().context("cannot write the output")?;
        if let Output::Part(part) = self {
            let target = part.target.clone();
            part.finish().with_context(|| format!("cannot write {}", target.display()))?;
        }
        Ok(())
    }

    fn writer(&mut self) -> io::Result<&mut dyn Write> {
        match self {
            Output::Stdout(writer) => Ok(writer),
            Output::Special(writer) => Ok(writer),
            Output::InPlace(nowhere) => Ok(nowhere),
            Output::Part(part) => part.writer().map(|writer| writer as &mut dyn Write),
        }
    }
}

impl Part {
    fn open(target: PathBuf, old: Option<fs::Metadata>, bytes: u64) -> anyhow::Result<Part> {
        let path = part_of(&target);
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            bail!("another run is writing it");
        }
        let mut part = Part { writer: None, path, target, bytes, keep: bytes > 0 };
        if file.metadata()?.len() < bytes {
            bail!("{} is shorter than its journal says; remove both to start over", part.path.display());
        }
        file.set_len(bytes)?;
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        let mut writer = BufWriter::with_capacity(1 << 16, file);
        writer.seek(SeekFrom::End(0))?;
        part.writer = Some(writer);
        Ok(part)
    }

    fn writer(&mut self) -> io::Result<&mut BufWriter<File>> {
        self.writer.as_mut().ok_or_else(|| io::Error::other("the file is closed"))
    }

    fn finish(mut self) -> io::Result<()> {
        let writer = self.writer.take().ok_or_else(|| io::Error::other("the file is closed"))?;
        let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&self.path, &self.target)?;
        // There is nothing left under the old name.
        self.keep = true;
        Ok(())
    }
}

impl Part {
    /// Removes the file, unless it is kept; that it cannot be removed changes nothing any more.
    fn remove(&self) {
        if !self.keep {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The file that is replaced: a link stays; what it points to is replaced.
fn target(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| file.to_owned())
}

/// The name under which a file grows.
pub fn part_of(file: &Path) -> PathBuf {
    beside(&target(file), ".part")
}

/// The file's name with something behind it.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer()?.write(bytes)?;
        if let Output::Part(part) = self {
            part.bytes += written as u64;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer()?.flush()
    }
}
