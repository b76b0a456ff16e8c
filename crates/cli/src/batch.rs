//! What a worker does with the documents that it takes: make them ready, look for copies, work on those that remain.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_reader::{Copies, Error, Raw, Sketch, language};
use chancery_text::Document;
use serde::Serialize;

use crate::gate::Gate;
use crate::tally::{Clock, Stage};

/// A document on its way.
pub struct Item {
    /// Its number in this run, from 0.
    pub number: usize,
    /// Whether this process is to work on it, or another with another shard.
    pub mine: bool,
    /// The document.
    pub found: Result<Raw, Error>,
    /// Bytes of input that it took.
    pub bytes: u64,
}

/// A document at its end.
pub struct Done<T> {
    /// What it gave, or what was wrong; `None` if it was another's.
    pub result: Option<Result<T, Problem>>,
    /// Bytes of input that it took.
    pub bytes: u64,
    /// Words, if it was worked on.
    pub words: u64,
    /// Why it was not worked on.
    pub skip: Option<Skip>,
    /// The document that it is a near copy of, and its own name.
    pub copy: Option<Link>,
    /// Bytes of the sketches with its own.
    pub sketches: u64,
}

/// A link from a copy to its original: what `--duplicates` writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    id: String,
    duplicate_of: String,
}

/// What was wrong with a document: what `--errors` writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file with line, row or record, or the document's name.
    pub place: String,
    /// What, and what to do.
    pub problem: String,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem { place: error.place.to_string(), problem: error.fault.to_string() }
    }
}

/// Which documents are worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The only language; `None` if all are.
    pub language: Option<&'static str>,
    /// What is done about near copies.
    pub copies: Copying,
}

impl Policy {
    /// Every document as it is.
    pub const ALL: Policy = Policy { language: None, copies: Copying::Ignore };

    /// Whether documents are compared.
    pub fn looks_for_copies(&self) -> bool {
        self.copies != Copying::Ignore
    }
}

/// What is done about near copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copying {
    /// They are not looked for.
    Ignore,
    /// They are worked on, and say what they are copies of.
    Link,
    /// They are passed over.
    Skip,
}

/// Why a document is not worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// It is in this language.
    Language(String),
    /// It is a near copy of this document.
    CopyOf(String),
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Skip::Language(code) => write!(f, "in another language ({code})"),
            Skip::CopyOf(id) => write!(f, "a near copy of {id}"),
        }
    }
}

/// What all workers share.
pub struct Desk<'a> {
    pub policy: &'a Policy,
    pub copies: &'a Gate<Option<Copies>>,
    pub clock: &'a Clock,
}

/// A document that is ready to be compared with those before it.
struct Prepared {
    number: usize,
    mine: bool,
    document: Result<Document, Problem>,
    sketch: Option<Sketch>,
    bytes: u64,
}

/// A document that is ready, and why it is not worked on.
struct Ready {
    document: Document,
    skip: Option<Skip>,
}

impl Desk<'_> {
    /// Works on a batch; a fault of one document stays its own.
    pub fn process<T, W>(
        &self,
        make: &impl Fn() -> W,
        work: &mut W,
        skipped: &impl Fn(&Document, &Skip) -> io::Result<T>,
        items: Vec<Item>,
    ) -> Vec<Done<T>>
    where
        W: FnMut(&[Document]) -> Vec<io::Result<T>>,
    {
        let prepared: Vec<_> = items.into_iter().map(|item| self.prepare(item)).collect();
        let (mut waiting, mut documents) = (Vec::new(), Vec::new());
        for Prepared { number, mine, document, sketch, bytes } in prepared {
            let (found, copy, sketches) = self.compare(number, document, sketch);
            let mut done = Done { result: None, bytes, words: 0, skip: None, copy, sketches };
            match found {
                _ if !mine => done.copy = None,
                Err(problem) => done.result = Some(Err(problem)),
                Ok(Ready { document, skip: Some(skip) }) => {
                    let made = skipped(&document, &skip).map_err(|error| of(&document, &error));
                    done.result = Some(made);
                    done.skip = Some(skip);
                }
                Ok(Ready { document, skip: None }) => {
                    done.words = document.text.split_whitespace().count() as u64;
                    documents.push(document);
                }
            }
            waiting.push((done, mine));
        }
        let mut results = guarded(make, work, &documents).into_iter();
        let lost =
            || Problem { place: "a document".to_owned(), problem: "was lost; please report this".to_owned() };
        waiting
            .into_iter()
            .map(|(mut done, mine)| {
                if mine && done.result.is_none() {
                    done.result = Some(results.next().unwrap_or_else(|| Err(lost())));
                }
                done
            })
            .collect()
    }

    /// The document with its main text and its sketch.
    fn prepare(&self, item: Item) -> Prepared {
        let Item { number, mine, found, bytes } = item;
        // Another's document only matters as one that this one's may be copies of.
        if !mine && !self.policy.looks_for_copies() {
            return Prepared { number, mine, document: Ok(Document::default()), sketch: None, bytes };
        }
        let ready = |raw: Raw| {
            let id = raw.id().to_owned();
            let ready = catch_unwind(AssertUnwindSafe(|| self.clock.time(Stage::Extract, || raw.ready())));
            ready.map_err(|_| fault_of_ours(&id))?.map_err(Problem::from)
        };
        let document = found.map_err(Problem::from).and_then(ready);
        let sketch = document.as_ref().ok().filter(|_| self.policy.looks_for_copies());
        let sketch = sketch.and_then(|d| self.clock.time(Stage::Compare, || Sketch::of(&d.text)));
        Prepared { number, mine, document, sketch, bytes }
    }

    /// Compares a document with those before it, in their order, and decides whether it is worked on.
    fn compare(
        &self,
        number: usize,
        found: Result<Document, Problem>,
        sketch: Option<Sketch>,
    ) -> (Result<Ready, Problem>, Option<Link>, u64) {
        let id = found.as_ref().map(|document| document.id.clone()).unwrap_or_default();
        let (original, sketches) = self.copies.pass(number, |copies| match (copies, &sketch) {
            (Some(copies), Some(sketch)) => (copies.original(&id, sketch), copies.bytes()),
            (Some(copies), None) => (Ok(None), copies.bytes()),
            (None, _) => (Ok(None), 0),
        });
        let unfound = |error: io::Error| Problem {
            place: id.clone(),
            problem: format!("cannot be compared with other documents: {error}"),
        };
        let found = found.and_then(|document| Ok((document, original.map_err(unfound)?)));
        let copy = found.as_ref().ok().and_then(|(_, original)| {
            original.as_ref().map(|original| Link { id: id.clone(), duplicate_of: original.clone() })
        });
        (found.map(|(document, original)| self.decide(document, original)), copy, sketches)
    }

    fn decide(&self, mut document: Document, original: Option<String>) -> Ready {
        if document.lang.is_none() && self.policy.language.is_some() {
            document.lang = self.clock.time(Stage::Compare, || language(&document.text)).map(str::to_owned);
        }
        document.duplicate_of = original.clone();
        let foreign = document.lang.clone().filter(|lang| {
            let own = |only: &str| lang.get(..2).is_some_and(|lang| lang.eq_ignore_ascii_case(only));
            self.policy.language.is_some_and(|only| !lang.is_empty() && !own(only))
        });
        let copy = original.filter(|_| self.policy.copies == Copying::Skip);
        let skip = foreign.map(Skip::Language).or_else(|| copy.map(Skip::CopyOf));
        Ready { document, skip }
    }
}

fn of(document: &Document, error: &io::Error) -> Problem {
    Problem { place: document.id.clone(), problem: error.to_string() }
}

fn fault_of_ours(id: &str) -> Problem {
    Problem {
        place: id.to_owned(),
        problem: "a fault of Chancery itself; please report it with this text".to_owned(),
    }
}

/// Works on documents. Should the program itself fail at one, that one is named and the rest goes on.
fn guarded<T, W>(make: &impl Fn() -> W, work: &mut W, documents: &[Document]) -> Vec<Result<T, Problem>>
where
    W: FnMut(&[Document]) -> Vec<io::Result<T>>,
{
    if documents.is_empty() {
        return Vec::new();
    }
    match catch_unwind(AssertUnwindSafe(|| work(documents))) {
        Ok(results) => documents.iter().zip(results).map(|(d, r)| r.map_err(|e| of(d, &e))).collect(),
        Err(_) => {
            *work = make();
            match documents {
                [one] => vec![Err(fault_of_ours(&one.id))],
                many => many.iter().flat_map(|one| guarded(make, work, std::slice::from_ref(one))).collect(),
            }
        }
    }
}
