//! Pages and feeds from servers on this machine.

mod feeds;
mod limits;
mod pages;
mod redirects;
mod robots;
mod server;

use std::time::Duration;

use chancery_fetch::{Cache, Content, FetchError, Fetched, Options, Outcome, Request, fetch};
use server::{Server, missing, serve};

/// Options for a server on this machine, without pauses that a test would feel.
fn options() -> Options {
    Options {
        allow_private: vec!["127.0.0.1".to_owned()],
        delay: Duration::from_millis(1),
        ..Options::default()
    }
}

fn run(requests: &[Request], options: &Options, cache: &mut Cache) -> Vec<Result<Outcome, FetchError>> {
    let mut taken = Vec::new();
    fetch(requests, options, cache, |outcome| taken.push(outcome));
    taken
}

fn all(urls: &[String], options: &Options) -> Vec<Result<Outcome, FetchError>> {
    let requests: Vec<Request> = urls.iter().cloned().map(Request::Page).collect();
    run(&requests, options, &mut Cache::default())
}

fn one(url: String, options: &Options) -> Result<Fetched, FetchError> {
    let [outcome] = all(&[url], options).try_into().unwrap();
    outcome.map(|outcome| match outcome {
        Outcome::Document(document) => *document,
        Outcome::Unchanged(url) => panic!("{url} cannot be unchanged"),
    })
}

/// Brings /page of a server that has only that, with an answer of any kind.
fn brought(bytes: Vec<u8>) -> Result<Fetched, FetchError> {
    let server = only(bytes);
    one(format!("{}/page", server.base), &options())
}

fn only(bytes: Vec<u8>) -> Server {
    serve(move |asked| if asked.path == "/page" { bytes.clone() } else { missing() })
}

fn html(fetched: Result<Fetched, FetchError>) -> String {
    match fetched.unwrap().content {
        Content::Html(html) => html,
        Content::Text(text) => panic!("text: {text}"),
    }
}
