//! A journal beside the output says up to which document it is whole, so that an interrupted run can go on from there.
//!
//! A checkpoint brings all outputs to the disk and then adds a line to the journal. Whenever the program is killed, the
//! journal's last whole line is true: resuming cuts the outputs to what it says and goes on with the next document.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::output::beside;
use crate::tally::Tally;

/// How far a run is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Documents of the inputs that are done.
    pub documents: usize,
    /// Bytes of each output that are whole.
    pub bytes: Vec<u64>,
    /// Bytes of the sketches by which near copies are found.
    pub sketches: u64,
    /// What was done.
    pub tally: Tally,
}

/// What a run was asked to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    chancery: String,
    arguments: Vec<String>,
    input_bytes: Option<u64>,
}

/// Arguments that change no byte of the output, and whether a value follows them.
const IDLE: &[(&str, bool)] = &[
    ("--resume", false),
    ("--quiet", false),
    ("--threads", true),
    ("--checkpoint", true),
    ("--stats", true),
    ("--color", true),
];

impl Task {
    /// The task of this process, whose inputs have so many bytes.
    pub fn of(arguments: impl Iterator<Item = String>, input_bytes: Option<u64>) -> Task {
        let mut kept = Vec::new();
        let mut arguments = arguments.skip(1);
        while let Some(argument) = arguments.next() {
            let name = argument.split('=').next().unwrap_or_default();
            match IDLE.iter().find(|(idle, _)| *idle == name) {
                None => kept.push(argument),
                Some((_, true)) if !argument.contains('=') => {
                    arguments.next();
                }
                Some(_) => {}
            }
        }
        Task { chancery: env!("CARGO_PKG_VERSION").to_owned(), arguments: kept, input_bytes }
    }
}

/// The journal of an output.
pub struct Journal {
    path: PathBuf,
    task: Task,
    /// `None` until the first checkpoint: short runs need no journal.
    file: Option<File>,
}

impl Journal {
    /// The journal of an output, and the last checkpoint if the run is to be resumed from one.
    ///
    /// # Errors
    /// If there is a journal and the run is not to be resumed, or it is of another task.
    pub fn open(output: &Path, task: Task, resume: bool) -> anyhow::Result<(Journal, Option<Checkpoint>)> {
        let path = beside(output, ".journal");
        let Ok(text) = fs::read_to_string(&path) else {
            return Ok((Journal { path, task, file: None }, None));
        };
        let shown = path.display();
        if !resume {
            bail!(
                "{shown} is left of a run that was interrupted: go on with --resume, or remove it to start over"
            );
        }
        let (first, last) =
            ends(&text).with_context(|| format!("{shown} is damaged: remove it to start over"))?;
        if first != task {
            bail!(
                "{shown} is of another run (`chancery {}`, version {}, {} bytes of input): \
                 resume that one, or remove it to start over",
                first.arguments.join(" "),
                first.chancery,
                first.input_bytes.map_or("unknown".to_owned(), |bytes| bytes.to_string()),
            );
        }
        // A line that was cut off when the program was killed goes.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let file = File::options().append(true).open(&path)?;
        file.set_len(whole as u64)?;
        Ok((Journal { path, task, file: Some(file) }, Some(last)))
    }

    /// Adds a checkpoint, whose outputs must already be on the disk.
    pub fn add(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        if self.file.is_none() {
            let mut file = File::create(&self.path)?;
            write_line(&mut file, &self.task)?;
            self.file = Some(file);
        }
        if let Some(file) = &mut self.file {
            write_line(file, checkpoint)?;
            file.sync_data()?;
        }
        Ok(())
    }

    /// Whether a run that ends now can be resumed.
    pub fn is_there(&self) -> bool {
        self.file.is_some()
    }

    /// Where the sketches lie by which near copies are found.
    pub fn sketches(&self) -> PathBuf {
        self.path.with_extension("sketches")
    }

    /// Removes the journal when all is done, and the sketches.
    pub fn finish(self) -> io::Result<()> {
        if self.file.is_some() {
            fs::remove_file(&self.path)?;
        }
        match fs::remove_file(self.sketches()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn write_line(file: &mut File, record: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(record)?;
    line.push(b'\n');
    file.write_all(&line)
}

/// The task and the last checkpoint of a journal; a cut line at its end does not count.
fn ends(text: &str) -> anyhow::Result<(Task, Checkpoint)> {
    let whole = &text[..text.rfind('\n').map_or(0, |end| end + 1)];
    let mut lines = whole.lines();
    let task = serde_json::from_str(lines.next().context("it is empty")?)?;
    let last = lines.next_back().map(serde_json::from_str).transpose()?;
    Ok((task, last.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(arguments: &str) -> Task {
        Task::of(std::iter::once("chancery").chain(arguments.split(' ')).map(str::to_owned), Some(7))
    }

    fn checkpoint(documents: usize) -> Checkpoint {
        Checkpoint { documents, bytes: vec![documents as u64 * 10], ..Checkpoint::default() }
    }

    #[test]
    fn the_last_whole_line_counts() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("events.jsonl");
        let (mut journal, none) = Journal::open(&output, task("code a"), true).unwrap();
        assert_eq!((none, journal.is_there()), (None, false));
        journal.add(&checkpoint(1)).unwrap();
        journal.add(&checkpoint(2)).unwrap();
        let path = beside(&output, ".journal");
        let cut = fs::read_to_string(&path).unwrap() + "{\"documents\":3,\"by";
        fs::write(&path, cut).unwrap();
        let (mut journal, last) = Journal::open(&output, task("code a"), true).unwrap();
        assert_eq!(last, Some(checkpoint(2)));
        journal.add(&checkpoint(4)).unwrap();
        assert_eq!(Journal::open(&output, task("code a"), true).unwrap().1, Some(checkpoint(4)));
        journal.finish().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_journal_is_of_one_task() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("events.jsonl");
        let mut journal = Journal::open(&output, task("code a"), false).unwrap().0;
        journal.add(&checkpoint(1)).unwrap();
        let complaint = |task, resume| Journal::open(&output, task, resume).err().map(|e| e.to_string());
        assert!(complaint(task("code a"), false).unwrap().contains("go on with --resume"));
        assert!(complaint(task("code b"), true).unwrap().contains("`chancery code a`"));
        assert_eq!(complaint(task("--threads 2 code --resume a --checkpoint=1 --quiet"), true), None);
    }
}
