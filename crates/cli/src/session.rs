//! One run over many documents: from the reader through the workers to the outputs, in order, safe against interruption.

use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::process::exit;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use chancery_reader::{Copies, Error, Fault, total_bytes};
use chancery_text::Document;
use serde::Serialize;

use crate::args::{Global, Reading, Running};
use crate::batch::{Copying, Done, Policy, Skip};
use crate::documents::{Plan, flow};
use crate::flow::Next;
use crate::gate::Gate;
use crate::interrupt;
use crate::journal::{Checkpoint, Journal, Task};
use crate::output::{Output, beside};
use crate::progress::Progress;
use crate::tally::{Clock, Stage, Stats};
use crate::terminal;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every document was coded.
    All,
    /// Some were not; each was named.
    SomeFailed,
}

/// What one document gave.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Its records as bytes of the output.
    pub bytes: Vec<u8>,
    /// Bytes of a second output, of formats that have two.
    pub aside: Vec<u8>,
    /// How many records.
    pub records: usize,
    /// How many records the format has no place for.
    pub left_out: usize,
}

/// Makes the output of records that stand one a line in a file: for formats that cannot grow record by record.
pub type Convert = fn(BufReader<File>, &mut (dyn Write + Send)) -> anyhow::Result<()>;

/// Where the records of a run go.
#[derive(Default)]
pub struct Destination {
    /// The output; `None` for standard output.
    pub output: Option<PathBuf>,
    /// A second output.
    pub aside: Option<PathBuf>,
    /// What is made of the records at the end.
    pub convert: Option<Convert>,
}

/// A run whose arguments are checked and whose outputs are open.
pub struct Session<'a> {
    reading: Reading,
    running: Running,
    global: &'a Global,
    outputs: Outputs,
    journal: Option<Journal>,
    from: Checkpoint,
}

impl<'a> Session<'a> {
    /// Looks at the arguments before anything long begins, and opens the outputs.
    pub fn open(
        reading: Reading,
        running: Running,
        to: Destination,
        global: &'a Global,
    ) -> anyhow::Result<Session<'a>> {
        check(&reading)?;
        if running.resume && to.output.is_none() {
            bail!("--resume goes on with a file: name it with -o");
        }
        let (journal, from) = match &to.output {
            Some(file) => {
                let task = Task::of(std::env::args(), total_bytes(&reading.inputs));
                Journal::open(file, task, running.resume).map(|(j, c)| (Some(j), c.unwrap_or_default()))?
            }
            None => (None, Checkpoint::default()),
        };
        let outputs = Outputs::open(&running, to, &from)?;
        let journal = journal.filter(|_| outputs.main.is_file());
        Ok(Session { reading, running, global, outputs, journal, from })
    }

    /// Writes what stands above the records, unless it stands there from an earlier run.
    pub fn head(&mut self, write: impl FnOnce(&mut Output) -> io::Result<()>) -> io::Result<()> {
        if self.from.documents == 0 { write(&mut self.outputs.main) } else { Ok(()) }
    }

    /// Where the records go.
    pub fn output(&self) -> &Output {
        &self.outputs.main
    }

    /// Lets every document that the policy admits flow through a worker to the outputs. `skipped` makes the records of those that no worker
    /// gets.
    pub fn run<W>(
        self,
        policy: &Policy,
        clock: &Clock,
        make: impl Fn() -> W + Sync,
        skipped: impl Fn(&Document, &Skip) -> io::Result<Rendered> + Sync,
    ) -> anyhow::Result<Outcome>
    where
        W: FnMut(&[Document]) -> Vec<io::Result<Rendered>>,
    {
        let Session { reading, running, global, outputs, journal, from } = self;
        let copies = Gate::new(sketches(policy, journal.as_ref(), from.sketches)?);
        let quiet = running.quiet || terminal::is_terminal(&outputs.main);
        let mut recorder = Recorder {
            progress: Progress::new(&reading.inputs, quiet),
            checkpoint: from.clone(),
            saved: Instant::now(),
            outputs,
            journal,
            from,
            clock,
            running: &running,
            threads: terminal::threads(global),
            skips_copies: policy.copies == Copying::Skip,
        };
        let plan = Plan {
            reading: &reading,
            policy,
            copies: &copies,
            clock,
            threads: recorder.threads,
            from: recorder.from.documents,
            shard: running.shard,
            stop: interrupt::listen()?,
        };
        flow(&plan, make, skipped, |next| {
            let sketches = || copies.ask(|copies| copies.as_mut().map_or(Ok(0), Copies::flush));
            match next {
                Next::Wait => recorder.wait(),
                Next::Result(done) => recorder.take(done),
                Next::Stopped => recorder.stop(&sketches),
            }
            .and_then(|()| recorder.save_in_time(&sketches))
            .or_else(|error| recorder.fail(error))
        })?;
        if interrupt::asked() {
            recorder.stop(&|| copies.ask(|copies| copies.as_mut().map_or(Ok(0), Copies::flush)))?;
        }
        recorder.finish()
    }
}

/// Looks whether the inputs are there.
pub fn check(reading: &Reading) -> anyhow::Result<()> {
    reading.inputs.iter().try_for_each(|input| {
        input.check().map_err(|Error { place, fault }| match fault {
            Fault::Io(error) => anyhow!("cannot read the input {place}: {error}"),
            other => anyhow!("cannot read the input {place}: {other}"),
        })
    })
}

/// The documents so far, as far as others may be copies of them: kept beside the output if the run can be resumed.
fn sketches(policy: &Policy, journal: Option<&Journal>, bytes: u64) -> anyhow::Result<Option<Copies>> {
    if !policy.looks_for_copies() {
        return Ok(None);
    }
    let file = match journal {
        Some(journal) => {
            File::options().create(true).truncate(false).read(true).write(true).open(journal.sketches())
        }
        None => tempfile::tempfile(),
    };
    let copies = file.and_then(|file| Copies::open(file, bytes));
    Ok(Some(copies.context("cannot keep the sketches by which copies are found")?))
}

/// The outputs of a run.
struct Outputs {
    main: Output,
    aside: Option<Output>,
    errors: Option<Output>,
    duplicates: Option<Output>,
    /// What is made of the records at the end, and where.
    convert: Option<Spool>,
}

/// Records that wait to be converted.
struct Spool {
    convert: Convert,
    records: PathBuf,
    to: Option<PathBuf>,
    _folder: Option<tempfile::TempDir>,
}

impl Outputs {
    fn open(running: &Running, to: Destination, from: &Checkpoint) -> anyhow::Result<Outputs> {
        let bytes = |n: usize| from.bytes.get(n).copied().unwrap_or(0);
        let open = |file: &Option<PathBuf>, n| {
            file.as_deref().map(|file| Output::open_at(Some(file), bytes(n))).transpose()
        };
        let (main, convert) = match to.convert {
            None => (Output::open_at(to.output.as_deref(), bytes(0))?, None),
            Some(convert) => {
                let spool = Spool::of(convert, to.output)?;
                (Output::open_at(Some(&spool.records), bytes(0))?, Some(spool))
            }
        };
        Ok(Outputs {
            main,
            aside: open(&to.aside, 1)?,
            errors: open(&running.errors, 2)?,
            duplicates: open(&running.duplicates, 3)?,
            convert,
        })
    }

    fn each(&mut self) -> impl Iterator<Item = &mut Output> {
        let others = [&mut self.aside, &mut self.errors, &mut self.duplicates].into_iter().flatten();
        std::iter::once(&mut self.main).chain(others)
    }

    fn bytes(&self) -> Vec<u64> {
        let others = [&self.aside, &self.errors, &self.duplicates];
        let bytes = others.map(|output| output.as_ref().map_or(0, Output::bytes));
        std::iter::once(self.main.bytes()).chain(bytes).collect()
    }

    /// Puts every file in its place, the main one last.
    fn finish(self) -> anyhow::Result<()> {
        for output in [self.aside, self.errors, self.duplicates].into_iter().flatten() {
            output.finish()?;
        }
        match self.convert {
            None => self.main.finish(),
            Some(spool) => spool.finish(self.main),
        }
    }
}

impl Spool {
    fn of(convert: Convert, to: Option<PathBuf>) -> anyhow::Result<Spool> {
        let (records, folder) = match &to {
            Some(file) => (beside(file, ".events"), None),
            None => {
                let folder = tempfile::tempdir().context("there is no room for temporary files")?;
                (folder.path().join("events"), Some(folder))
            }
        };
        Ok(Spool { convert, records, to, _folder: folder })
    }

    fn finish(self, records: Output) -> anyhow::Result<()> {
        records.finish()?;
        let mut output = Output::open(self.to.as_deref())?;
        (self.convert)(BufReader::new(File::open(&self.records)?), &mut output)?;
        output.finish()?;
        fs::remove_file(&self.records).context("cannot remove the records that are converted")
    }
}

/// Writes what comes out of the workers, and keeps account of it.
struct Recorder<'a> {
    outputs: Outputs,
    journal: Option<Journal>,
    /// Where this run began.
    from: Checkpoint,
    /// How far it is.
    checkpoint: Checkpoint,
    saved: Instant,
    progress: Progress,
    clock: &'a Clock,
    running: &'a Running,
    threads: usize,
    skips_copies: bool,
}

impl Recorder<'_> {
    /// Nothing has come: what was written is shown.
    fn wait(&mut self) -> io::Result<()> {
        if self.journal.is_none() { self.outputs.main.flush() } else { Ok(()) }
    }

    fn take(&mut self, done: Done<Rendered>) -> io::Result<()> {
        self.checkpoint.documents += 1;
        self.checkpoint.sketches = done.sketches;
        self.count(&done);
        if let (Some(copy), Some(list)) = (&done.copy, &mut self.outputs.duplicates) {
            line(list, copy)?;
        }
        match done.result {
            None => {}
            Some(Ok(rendered)) => self.clock.time(Stage::Write, || {
                self.outputs.main.write_all(&rendered.bytes)?;
                self.outputs.aside.iter_mut().try_for_each(|aside| aside.write_all(&rendered.aside))
            })?,
            Some(Err(problem)) => {
                self.progress.say(&format!("chancery: {}: {}", problem.place, problem.problem));
                if let Some(errors) = &mut self.outputs.errors {
                    line(errors, &problem)?;
                }
            }
        }
        self.progress.show(&self.checkpoint.tally, &self.from.tally, done.bytes);
        Ok(())
    }

    fn count(&mut self, done: &Done<Rendered>) {
        let tally = &mut self.checkpoint.tally;
        match &done.result {
            None => return,
            Some(Ok(rendered)) => {
                tally.records += rendered.records as u64;
                tally.left_out += rendered.left_out as u64;
            }
            Some(Err(_)) => tally.errors += 1,
        }
        tally.documents += 1;
        tally.words += done.words;
        tally.duplicates += u64::from(done.copy.is_some());
        tally.pass_over(done.skip.as_ref());
    }

    /// Saves how far the run is, if the last time is long enough ago.
    fn save_in_time(&mut self, sketches: &impl Fn() -> io::Result<u64>) -> io::Result<()> {
        let due = self.saved.elapsed() >= Duration::from_secs_f64(self.running.checkpoint);
        if due && self.checkpoint.documents > self.from.documents { self.save(sketches) } else { Ok(()) }
    }

    fn save(&mut self, sketches: &impl Fn() -> io::Result<u64>) -> io::Result<()> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        sketches()?;
        self.outputs.each().try_for_each(Output::keep)?;
        self.checkpoint.bytes = self.outputs.bytes();
        journal.add(&self.checkpoint)?;
        self.saved = Instant::now();
        Ok(())
    }

    /// Ends the program after an interruption: everything that was under way is written.
    fn stop(&mut self, sketches: &impl Fn() -> io::Result<u64>) -> io::Result<()> {
        self.save(sketches)?;
        self.outputs.each().try_for_each(Output::flush)?;
        self.progress.finish();
        self.stats(false)?;
        let documents = self.checkpoint.tally.documents;
        match &self.journal {
            Some(_) => eprintln!(
                "chancery: interrupted after {documents} documents, which are kept: \
                 go on with the same command and --resume"
            ),
            None => eprintln!("chancery: interrupted after {documents} documents"),
        }
        exit(interrupt::STATUS)
    }

    /// Ends the program if an output takes no more. The thread that reads may be waiting for input that never comes,
    /// so there is nobody to wait for.
    fn fail(&mut self, error: io::Error) -> io::Result<()> {
        if self.outputs.main.is_stdout() && error.kind() == io::ErrorKind::BrokenPipe {
            exit(0);
        }
        self.progress.finish();
        eprintln!("chancery: cannot write the output: {error}");
        match &self.journal {
            Some(journal) if journal.is_there() => {
                eprintln!("chancery: what was written before is kept: make room and go on with --resume");
            }
            _ => self.outputs.each().for_each(Output::discard),
        }
        exit(2)
    }

    fn finish(mut self) -> anyhow::Result<Outcome> {
        self.progress.finish();
        if self.journal.as_ref().is_some_and(Journal::is_there) {
            self.outputs.each().try_for_each(Output::keep).context("cannot write the output")?;
            self.checkpoint.bytes = self.outputs.bytes();
            self.journal
                .iter_mut()
                .try_for_each(|j| j.add(&self.checkpoint))
                .context("cannot write the journal")?;
        }
        self.stats(true).context("cannot write the statistics")?;
        self.outputs.finish()?;
        if let Some(journal) = self.journal {
            journal.finish().context("cannot remove the journal")?;
        }
        let tally = self.checkpoint.tally;
        if !self.running.quiet {
            tally.passed_over(self.skips_copies).iter().for_each(|line| eprintln!("chancery: {line}"));
        }
        Ok(if tally.errors == 0 { Outcome::All } else { Outcome::SomeFailed })
    }

    fn stats(&self, finished: bool) -> io::Result<()> {
        let Some(file) = &self.running.stats else { return Ok(()) };
        let stats = Stats::new(self.clock, &self.checkpoint.tally, &self.from.tally, self.threads, finished);
        let mut text = serde_json::to_string_pretty(&stats)?;
        text.push('\n');
        fs::write(file, text)
    }
}

fn line(out: &mut Output, record: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
