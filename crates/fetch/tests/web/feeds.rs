//! Feeds: entries, what is linked, and what need not be sent again.

use chancery_fetch::{Cache, Content, FetchError, Fetched, Options, Outcome, Problem, Request};

use crate::server::{Asked, Server, answer, missing, page, serve};
use crate::{options, run};

fn documents(taken: Vec<Result<Outcome, FetchError>>) -> Vec<Fetched> {
    let documents = taken.into_iter().map(|outcome| match outcome.unwrap() {
        Outcome::Document(document) => *document,
        Outcome::Unchanged(url) => panic!("{url} is unchanged"),
    });
    documents.collect()
}

const FEED: &str = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>\
    <title>Ruritania Today</title><language>en</language>\
    <item><title>Borduria&#8217;s king</title><link>/one.html</link>\
    <pubDate>Mon, 14 Mar 2022 23:30:00 -0500</pubDate><description>Short.</description></item>\
    <item><guid isPermaLink='false'>n-2</guid><title>No page</title>\
    <description>&lt;p&gt;Syldavia hailed Borduria.&lt;/p&gt;</description></item>\
    <item><title>Again</title><link>one.html#again</link></item></channel></rss>";

/// A feed at /feed with its one page. `tagged` answers have a tag, and are not sent to those who know it.
fn news(feed: &'static str, tagged: bool) -> Server {
    serve(move |asked| {
        if tagged && asked.header("if-none-match") == Some(&format!("\"{}\"", asked.path)) {
            return answer(304, &[], b"");
        }
        let tag = if tagged { format!("ETag: \"{}\"", asked.path) } else { "X: y".to_owned() };
        match asked.path.as_str() {
            "/feed" => answer(200, &["Content-Type: application/rss+xml", &tag], feed.as_bytes()),
            "/one.html" => answer(200, &["Content-Type: text/html", &tag], b"<p>One"),
            _ => missing(),
        }
    })
}

#[test]
fn a_feed_gives_its_pages_and_what_has_none() {
    let server = news(FEED, false);
    let feed = Request::Feed(format!("{}/feed", server.base));
    let read = documents(run(&[feed], &options(), &mut Cache::default()));
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].id, format!("{}/one.html", server.base));
    assert_eq!(read[0].title.as_deref(), Some("Borduria’s king"));
    assert_eq!(read[0].date.as_deref(), Some("2022-03-14"));
    assert_eq!(read[0].source.as_deref(), Some("Ruritania Today"));
    assert_eq!(read[0].lang.as_deref(), Some("en"));
    assert_eq!(read[0].content, Content::Html("<p>One".to_owned()));
    assert_eq!(read[1].id, format!("{}/feed#n-2", server.base));
    assert_eq!(read[1].url, format!("{}/feed", server.base));
    assert_eq!(read[1].content, Content::Html("<p>Syldavia hailed Borduria.</p>".to_owned()));
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/one.html"]);
}

#[test]
fn summaries_leave_the_pages() {
    let server = news(FEED, false);
    let feed = Request::Feed(format!("{}/feed", server.base));
    let read = documents(run(&[feed], &Options { summaries: true, ..options() }, &mut Cache::default()));
    assert_eq!(read[0].content, Content::Text("Short.".to_owned()));
    assert_eq!(read[0].url, format!("{}/one.html", server.base));
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
}

#[test]
fn what_is_unchanged_is_not_sent_again() {
    let server = news(FEED, true);
    let requests =
        [Request::Page(format!("{}/one.html", server.base)), Request::Feed(format!("{}/feed", server.base))];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache");
    let mut cache = Cache::default();
    assert_eq!(documents(run(&requests, &options(), &mut cache)).len(), 2);
    cache.write(&path).unwrap();
    let again = run(&requests, &options(), &mut Cache::read(&path).unwrap());
    let unchanged = |outcome: &Result<Outcome, FetchError>| matches!(outcome, Ok(Outcome::Unchanged(_)));
    assert_eq!(again.len(), 2);
    assert!(again.iter().all(unchanged), "{again:?}");
}

#[test]
fn a_feed_whose_page_failed_is_read_anew() {
    let two = "<rss version='2.0'><channel><title>T</title><item><link>/one.html</link></item>\
        <item><link>/gone.html</link></item></channel></rss>";
    let server = news(two, true);
    let feed = [Request::Feed(format!("{}/feed", server.base))];
    let mut cache = Cache::default();
    assert!(run(&feed, &options(), &mut cache)[1].is_err());
    let again = run(&feed, &options(), &mut cache);
    assert!(matches!(again[0], Ok(Outcome::Unchanged(_))), "the page that was brought");
    assert!(again[1].is_err(), "the page that failed is asked for again");
}

#[test]
fn what_is_no_feed_is_an_error() {
    let server =
        serve(|asked: &Asked| if asked.path == "/feed" { page("<html>Not found") } else { missing() });
    let taken = run(&[Request::Feed(format!("{}/feed", server.base))], &options(), &mut Cache::default());
    assert!(matches!(&taken[..], [Err(FetchError { problem: Problem::NoFeed(_), .. })]), "{taken:?}");
}

#[test]
fn a_feed_is_read_in_its_encoding() {
    let feed = b"<?xml version='1.0' encoding='windows-1252'?><rss version='2.0'><channel><title>T</title>\
        <item><title>Borduria\x92s</title></item></channel></rss>";
    let server = serve(|asked| match asked.path.as_str() {
        "/feed" => answer(200, &["Content-Type: text/xml"], feed),
        _ => missing(),
    });
    let read =
        documents(run(&[Request::Feed(format!("{}/feed", server.base))], &options(), &mut Cache::default()));
    assert_eq!(read[0].content, Content::Text("Borduria’s".to_owned()));
}
