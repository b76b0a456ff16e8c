//! What a page becomes, and what is no page.

use chancery_fetch::{Content, FetchError, Options, Outcome, Problem};

use crate::server::{answer, missing, page, serve};
use crate::{all, brought, html, one, only, options};

#[test]
fn a_page_is_a_document() {
    let server = only(page("<p>Ruritania hailed Borduria’s king."));
    let url = format!("{}/page#top", server.base);
    let contact = Some("desk@ruritania.example".parse().unwrap());
    let fetched = one(url, &Options { contact, ..options() }).unwrap();
    let url = format!("{}/page", server.base);
    assert_eq!((&fetched.id, &fetched.url), (&url, &url));
    assert_eq!((fetched.title, fetched.date, fetched.source, fetched.lang), (None, None, None, None));
    assert_eq!(fetched.content, Content::Html("<p>Ruritania hailed Borduria’s king.".to_owned()));
    let asked = server.asked();
    assert_eq!(server.paths(), ["/robots.txt", "/page"]);
    let agent = asked[1].header("user-agent").unwrap();
    assert!(agent.starts_with("chancery/") && agent.contains("desk@ruritania.example"), "{agent}");
}

#[test]
fn plain_text_is_text() {
    let fetched = brought(answer(200, &["Content-Type: text/plain"], "Borduria’s".as_bytes()));
    assert_eq!(fetched.unwrap().content, Content::Text("Borduria’s".to_owned()));
}

#[test]
fn documents_come_in_order_and_once() {
    let server = serve(|asked| if asked.path == "/robots.txt" { missing() } else { page(&asked.path) });
    let urls: Vec<String> = [2, 1, 2, 3].iter().map(|n| format!("{}/{n}", server.base)).collect();
    let bodies: Vec<String> = all(&urls, &options())
        .into_iter()
        .map(|outcome| match outcome.unwrap() {
            Outcome::Document(document) => html(Ok(*document)),
            Outcome::Unchanged(url) => url,
        })
        .collect();
    assert_eq!(bodies, ["/2", "/1", "/3"]);
    assert_eq!(server.paths(), ["/robots.txt", "/2", "/1", "/3"]);
}

#[test]
fn one_bad_address_leaves_the_others() {
    let server = only(page("a"));
    let taken = all(&["no address".to_owned(), format!("{}/page", server.base)], &options());
    assert!(matches!(taken[0], Err(FetchError { problem: Problem::Url(_), .. })));
    assert!(taken[1].is_ok());
}

#[test]
fn charsets_are_read_from_header_and_page() {
    let by_header = answer(200, &["Content-Type: text/html; charset=windows-1252"], b"Borduria\x92s");
    assert_eq!(html(brought(by_header)), "Borduria’s");
    let by_page = answer(200, &["Content-Type: text/html"], b"<meta charset=windows-1252>Borduria\x92s");
    assert!(html(brought(by_page)).ends_with("Borduria’s"));
    let by_nothing = answer(200, &["Content-Type: text/html"], b"Borduria\x92s");
    assert!(matches!(brought(by_nothing).unwrap_err().problem, Problem::Bytes("UTF-8")));
}

#[test]
fn other_content_is_refused() {
    let said = brought(answer(200, &["Content-Type: application/pdf"], b"%PDF")).unwrap_err().to_string();
    assert!(said.contains("/page: the answer is application/pdf"), "{said}");
    let said =
        brought(answer(200, &["Content-Type: application/rss+xml"], b"<rss/>")).unwrap_err().to_string();
    assert!(said.contains("--feeds"), "{said}");
    assert!(matches!(brought(answer(200, &[], b"a")).unwrap_err().problem, Problem::Type(_)));
}
