//! The run: feeds first, then pages, and documents in the order in which they were asked for.

use std::collections::{BTreeSet, HashSet};

use url::Url;

use crate::cache::Validators;
use crate::feed::{Item, Known, items};
use crate::media::{Media, media};
use crate::order::in_order;
use crate::web::{Reply, Web};
use crate::{Cache, Content, FetchError, Fetched, Options, Outcome, Problem, address, charset};

/// What to bring, by URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Request {
    /// A page.
    Page(String),
    /// A feed: the pages that it links, or its own texts.
    Feed(String),
}

const PAGES: &str = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1";
const FEEDS: &str =
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1";

/// Pages that are under way together; as many may be held back for the sake of order.
const WINDOW: usize = 128;

/// What a URL is now, for the cache.
type Note = Option<(String, Validators)>;

/// Something on its way to `take`.
enum Step {
    Done(Result<Outcome, FetchError>),
    Page(Page),
}

/// A page to bring.
struct Page {
    url: Url,
    known: Known,
    /// The feed that links it.
    feed: Option<String>,
}

/// Brings pages and what feeds link, and hands over what became of each, in order: a page gives a
/// document or an error; a feed gives one for each entry, or an error. A page that is asked for or
/// linked twice is brought once, at its first place. The same answers give the same documents.
///
/// The cache says what need not be sent again, and learns what was brought. A feed of which a page
/// could not be had is not noted, so that it is read anew the next time.
pub fn fetch(
    requests: &[Request],
    options: &Options,
    cache: &mut Cache,
    mut take: impl FnMut(Result<Outcome, FetchError>),
) {
    let web = Web::new(options);
    let (steps, mut notes) = plan(&web, requests, cache);
    let mut incomplete = BTreeSet::new();
    for window in steps.chunks(WINDOW) {
        let work = |step: &Step| step.outcome(&web, cache);
        in_order(window, options.threads, Step::host, work, |step, (outcome, note)| {
            notes.push(note);
            if outcome.is_err() {
                incomplete.extend(step.feed());
            }
            take(outcome);
        });
    }
    for (url, validators) in notes.into_iter().flatten() {
        let complete = !incomplete.contains(url.as_str());
        cache.note(url, if complete { validators } else { Validators::default() });
    }
}

/// What there is to do, each page once: the feeds are read for it.
fn plan(web: &Web, requests: &[Request], cache: &Cache) -> (Vec<Step>, Vec<Note>) {
    let mut known = HashSet::new();
    let requests: Vec<&Request> = requests.iter().filter(|request| known.insert(*request)).collect();
    let (mut steps, mut notes, mut ids) = (Vec::new(), Vec::new(), HashSet::new());
    let work = |request: &&Request| read(web, request, cache);
    in_order(
        &requests,
        web.options.threads,
        |request| request.host(),
        work,
        |_, (found, note)| {
            notes.push(note);
            steps.extend(found.into_iter().filter(|(id, _)| ids.insert(id.clone())).map(|(_, step)| step));
        },
    );
    (steps, notes)
}

/// The steps that a request leads to, each with what tells it from others.
fn read(web: &Web, request: &Request, cache: &Cache) -> (Vec<(String, Step)>, Note) {
    match request {
        Request::Page(text) => {
            let step = match address::url(text) {
                Ok(url) => (url.to_string(), Step::Page(Page { url, known: Known::default(), feed: None })),
                Err(problem) => (text.clone(), Step::Done(Err(error(text, None, problem)))),
            };
            (vec![step], None)
        }
        Request::Feed(text) => match read_feed(web, text, cache) {
            Ok((steps, note)) => (steps, note),
            Err(error) => (vec![(format!("feed {text}"), Step::Done(Err(error)))], None),
        },
    }
}

fn read_feed(web: &Web, text: &str, cache: &Cache) -> Result<(Vec<(String, Step)>, Note), FetchError> {
    let url = address::url(text).map_err(|problem| error(text, None, problem))?;
    let mut at = url.clone();
    let read = web.bring(&mut at, FEEDS, cache).and_then(|reply| {
        let read = |reply: Reply| {
            let words = charset::feed_text(&reply.body, reply.header("content-type"), web.options.replace)?;
            Ok((items(&words, &at)?, reply.validators()))
        };
        reply.map(read).transpose()
    });
    match read.map_err(|problem| error(text, Some((&url, &at)), problem))? {
        None => {
            let unchanged = Step::Done(Ok(Outcome::Unchanged(text.to_owned())));
            Ok((vec![(format!("feed {text}"), unchanged)], None))
        }
        Some((items, validators)) => {
            let steps =
                items.into_iter().map(|item| (item.id.clone(), step(item, &at, web.options.summaries)));
            Ok((steps.collect(), Some((at.to_string(), validators))))
        }
    }
}

/// What to do about an entry of a feed.
fn step(item: Item, feed: &Url, summaries: bool) -> Step {
    let Item { link, id, known, content } = item;
    match (link, content) {
        (Some(url), _) if !summaries => Step::Page(Page { url, known, feed: Some(feed.to_string()) }),
        (link, Some(content)) => {
            let url = link.as_ref().unwrap_or(feed);
            Step::Done(Ok(document(id, url, known, content)))
        }
        (_, None) => Step::Done(Err(error(feed.as_str(), None, Problem::EmptyEntry(id)))),
    }
}

impl Request {
    /// The host that is asked, if any.
    fn host(&self) -> &str {
        match self {
            Request::Page(_) => "",
            Request::Feed(url) => url.split('/').nth(2).unwrap_or_default(),
        }
    }
}

impl Step {
    /// The host that is asked, if any.
    fn host(&self) -> &str {
        match self {
            Step::Done(_) => "",
            Step::Page(page) => page.url.host_str().unwrap_or_default(),
        }
    }

    /// The feed that waits for this.
    fn feed(&self) -> Option<String> {
        match self {
            Step::Done(_) => None,
            Step::Page(page) => page.feed.clone(),
        }
    }

    fn outcome(&self, web: &Web, cache: &Cache) -> (Result<Outcome, FetchError>, Note) {
        match self {
            Step::Done(outcome) => (outcome.clone(), None),
            Step::Page(page) => match bring(web, page, cache) {
                Ok((outcome, note)) => (Ok(outcome), note),
                Err(error) => (Err(error), None),
            },
        }
    }
}

fn bring(web: &Web, page: &Page, cache: &Cache) -> Result<(Outcome, Note), FetchError> {
    let mut at = page.url.clone();
    let read = web.bring(&mut at, PAGES, cache).and_then(|reply| {
        let read = |reply: Reply| Ok((content(&reply, web.options.replace)?, reply.validators()));
        reply.map(read).transpose()
    });
    let read = read.map_err(|problem| error(page.url.as_str(), Some((&page.url, &at)), problem))?;
    let id = page.url.to_string();
    Ok(match read {
        None => (Outcome::Unchanged(id), None),
        Some((content, validators)) => {
            let note = (at.to_string(), validators);
            (document(id, &at, page.known.clone(), content), Some(note))
        }
    })
}

fn content(reply: &Reply, replace: bool) -> Result<Content, Problem> {
    let header = reply.header("content-type");
    match media(header)? {
        Media::Html => charset::text(&reply.body, header, true, replace).map(Content::Html),
        Media::Text => charset::text(&reply.body, header, false, replace).map(Content::Text),
        Media::Feed => Err(Problem::Feed(header.unwrap_or_default().to_owned())),
    }
}

fn document(id: String, url: &Url, known: Known, content: Content) -> Outcome {
    let Known { title, date, source, lang } = known;
    Outcome::Document(Box::new(Fetched { id, url: url.to_string(), title, date, source, lang, content }))
}

/// An error, with where it was met if that is another place than where the way began.
fn error(url: &str, way: Option<(&Url, &Url)>, problem: Problem) -> FetchError {
    let at = way.filter(|(start, end)| start != end).map(|(_, end)| end.to_string());
    FetchError { url: url.to_owned(), at, problem }
}
