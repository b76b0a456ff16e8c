//! What a worker does with the documents that it takes: make them ready, look for copies, work on those that remain.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_reader::{Copies, Error, Raw, Sketch, language};
use chancery_text::Document;
use serde::Serialize;

use crate::gate::Gate;
use crate::languages::{called, position};
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
    /// Why it was not worked on, or parsed only.
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
    /// The languages that there are pipelines for; documents of which no language is known go to the first.
    pub languages: Vec<String>,
    /// Whether documents in other languages are worked on as well, by the first pipeline.
    pub any_language: bool,
    /// Which of the languages rules serve; `None` where no rules are needed.
    pub ruled: Option<Vec<String>>,
    /// Whether documents that no rules serve are parsed all the same.
    pub parses_unruled: bool,
    /// What is done about near copies.
    pub copies: Copying,
}

impl Policy {
    /// Every document as it is.
    pub const ALL: Policy = Policy {
        languages: Vec::new(),
        any_language: true,
        ruled: None,
        parses_unruled: false,
        copies: Copying::Ignore,
    };

    /// Whether it matters in which language a document is.
    fn looks_at_languages(&self) -> bool {
        !self.any_language || self.languages.len() > 1
    }

    /// Why a document in a language, where one is known, is not worked on or not coded.
    fn skip(&self, stated: Option<&str>) -> Option<Skip> {
        let place = stated.map_or(Some(0), |stated| position(&self.languages, stated));
        if let (None, Some(stated), false) = (place, stated, self.any_language) {
            return Some(Skip::Language(stated.to_owned()));
        }
        let language = self.languages.get(place.unwrap_or(0))?;
        let is_ruled = self.ruled.as_ref().is_none_or(|ruled| ruled.contains(language));
        (!is_ruled).then(|| Skip::NoRules(language.clone()))
    }

    /// Whether a document is worked on although something keeps it from being coded.
    fn parses(&self, skip: &Skip) -> bool {
        self.parses_unruled && matches!(skip, Skip::NoRules(_))
    }

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
    /// It is in this language, for which there is no pipeline.
    Language(String),
    /// It is in this language, for which there are no rules.
    NoRules(String),
    /// It is a near copy of this document.
    CopyOf(String),
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Skip::Language(code) => write!(f, "in another language ({code})"),
            Skip::NoRules(code) => write!(f, "no rules serve {}", called(code)),
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
                Ok(Ready { document, skip: Some(skip) }) if !self.policy.parses(&skip) => {
                    let made = skipped(&document, &skip).map_err(|error| of(&document, &error));
                    done.result = Some(made);
                    done.skip = Some(skip);
                }
                Ok(Ready { document, skip }) => {
                    done.skip = skip;
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
        if document.lang.is_none() && self.policy.looks_at_languages() {
            document.lang = self.clock.time(Stage::Compare, || language(&document.text)).map(str::to_owned);
        }
        document.duplicate_of = original.clone();
        let skip = self.policy.skip(document.lang.as_deref().filter(|lang| !lang.is_empty()));
        let copy = original.filter(|_| self.policy.copies == Copying::Skip);
        Ready { document, skip: skip.or_else(|| copy.map(Skip::CopyOf)) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(languages: &[&str], any_language: bool) -> Policy {
        let languages = languages.iter().map(|&language| language.to_owned()).collect();
        Policy { languages, any_language, ruled: Some(vec!["en".to_owned()]), ..Policy::ALL }
    }

    #[track_caller]
    fn check(policy: &Policy, stated: Option<&str>, expected: Option<&str>) {
        assert_eq!(policy.skip(stated).map(|skip| skip.to_string()).as_deref(), expected, "{stated:?}");
    }

    #[test]
    fn documents_need_a_pipeline_and_rules() {
        let both = policy(&["en", "es"], false);
        check(&both, Some("en-GB"), None);
        check(&both, None, None);
        check(&both, Some("es"), Some("no rules serve Spanish (es)"));
        check(&both, Some("de"), Some("in another language (de)"));
        check(&policy(&["es"], false), None, Some("no rules serve Spanish (es)"));
        check(&policy(&["es"], true), Some("de"), Some("no rules serve Spanish (es)"));
        check(&policy(&["en"], true), Some("de"), None);
        check(&Policy { ruled: None, ..both }, Some("es"), None);
        check(&Policy::ALL, Some("es"), None);
    }
}
