//! What robots.txt allows, and how often a host is asked.

use std::time::Duration;

use chancery_fetch::{FetchError, Fetched, Options, Problem};

use crate::server::{Asked, answer, missing, page, serve};
use crate::{all, one, options};

/// What comes of /page under a robots.txt.
fn under(robots: Vec<u8>) -> (Result<Fetched, FetchError>, Vec<Asked>) {
    let server = serve(move |asked| match asked.path.as_str() {
        "/robots.txt" => robots.clone(),
        "/elsewhere.txt" => answer(200, &[], b"User-agent: *\nDisallow: /"),
        _ => page("a"),
    });
    let fetched = one(format!("{}/page", server.base), &options());
    (fetched, server.asked())
}

#[test]
fn robots_txt_is_obeyed() {
    let rules = |text: &str| under(answer(200, &["Content-Type: text/plain"], text.as_bytes())).0;
    assert!(rules("User-agent: *\nDisallow: /private").is_ok());
    assert!(rules("User-agent: *\nDisallow: /\nUser-agent: Chancery\nAllow: /").is_ok());
    assert!(rules("User-agent: *\nDisallow: /\nAllow: /page$").is_ok());
    let said = rules("User-agent: chancery\nDisallow: /pa*e").unwrap_err().to_string();
    assert!(said.contains("/robots.txt forbids it (\"Disallow: /pa*e\")"), "{said}");
    let (fetched, asked) = under(answer(302, &["Location: /elsewhere.txt"], b""));
    assert!(matches!(fetched.unwrap_err().problem, Problem::Disallowed { .. }));
    assert_eq!(asked.len(), 2);
}

#[test]
fn a_missing_robots_txt_allows_and_a_failing_one_forbids() {
    for status in [401, 403, 404, 410] {
        assert!(under(answer(status, &[], b"")).0.is_ok(), "{status}");
    }
    for status in [429, 500, 503] {
        let (fetched, asked) = under(answer(status, &[], b""));
        assert!(matches!(fetched.unwrap_err().problem, Problem::NoRobots { .. }), "{status}");
        assert_eq!(asked.len(), 1);
    }
    let (fetched, asked) = under(answer(302, &["Location: /robots.txt"], b""));
    assert!(fetched.is_ok());
    assert_eq!(asked.len(), 7);
}

#[test]
fn each_redirect_is_asked_of_its_own_robots_txt() {
    let closed = serve(|_| answer(200, &[], b"User-agent: *\nDisallow: /"));
    let to = format!("Location: {}/page", closed.base);
    let open = serve(move |asked| match asked.path.as_str() {
        "/robots.txt" => missing(),
        _ => answer(302, &[&to], b""),
    });
    let error = one(format!("{}/page", open.base), &options()).unwrap_err();
    assert!(matches!(error.problem, Problem::Disallowed { .. }), "{error}");
    assert_eq!(closed.paths(), ["/robots.txt"]);
}

#[test]
fn a_host_is_asked_with_pauses() {
    let server = serve(|asked| match asked.path.as_str() {
        "/robots.txt" => answer(200, &[], b"User-agent: *\nCrawl-delay: 0.06"),
        _ => page("a"),
    });
    let urls: Vec<String> = (0..4).map(|n| format!("{}/{n}", server.base)).collect();
    all(&urls, &Options { delay: Duration::from_millis(20), ..options() });
    let asked = server.asked();
    assert_eq!(server.paths(), ["/robots.txt", "/0", "/1", "/2", "/3"]);
    let gaps: Vec<Duration> = asked.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    assert!(gaps[0] >= Duration::from_millis(15), "{gaps:?}");
    assert!(gaps[1..].iter().all(|gap| *gap >= Duration::from_millis(50)), "{gaps:?}");
}

#[test]
fn a_crawl_delay_has_an_end() {
    let server = serve(|asked| match asked.path.as_str() {
        "/robots.txt" => answer(200, &[], b"User-agent: *\nCrawl-delay: 86400"),
        _ => page("a"),
    });
    let urls: Vec<String> = (0..2).map(|n| format!("{}/{n}", server.base)).collect();
    let hasty = Options { patience: Duration::from_millis(30), ..options() };
    assert!(all(&urls, &hasty).iter().all(Result::is_ok));
}
