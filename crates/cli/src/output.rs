//! Where records go: standard output, or a file that appears when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// Somewhere to write records to.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A temporary file that will take the place of another.
    File(BufWriter<NamedTempFile>, PathBuf),
    /// A device or a pipe, which cannot be replaced.
    Special(BufWriter<File>),
}

impl Output {
    /// Opens the output; with a file, already now, so that hours of work do not end at a missing folder.
    pub fn open(file: Option<&Path>) -> anyhow::Result<Output> {
        match file {
            None => Ok(Output::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()))),
            Some(file) if file.as_os_str() == "-" => Output::open(None),
            Some(file) => Output::create(file).with_context(|| format!("cannot write {}", file.display())),
        }
    }

    fn create(file: &Path) -> io::Result<Output> {
        // A link stays; what it points to is replaced.
        let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        match fs::metadata(&target) {
            Ok(found) if found.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(found) if !found.is_file() => {
                Ok(Output::Special(BufWriter::new(File::options().write(true).open(target)?)))
            }
            found => Ok(Output::File(BufWriter::new(temporary(&target, found.ok())?), target)),
        }
    }

    /// Whether this is standard output.
    pub fn is_stdout(&self) -> bool {
        matches!(self, Output::Stdout(_))
    }

    /// Writes what is left and puts a file in its place.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.flush().context("cannot write the output")?;
        if let Output::File(writer, target) = self {
            let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.persist(&target).with_context(|| format!("cannot write {}", target.display()))?;
        }
        Ok(())
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Output::Stdout(writer) => writer,
            Output::File(writer, _) => writer,
            Output::Special(writer) => writer,
        }
    }
}

/// A file beside the target, with the target's permissions or those of any new file.
fn temporary(target: &Path, old: Option<fs::Metadata>) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".chancery-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(file)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}
