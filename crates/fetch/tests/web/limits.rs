//! Busy servers, large answers, silence.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chancery_fetch::{Options, Problem};

use crate::server::{answer, missing, page, serve};
use crate::{all, brought, html, one, only, options};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn statuses_are_errors_that_say_what_to_do() {
    for (status, advice) in [(404, "check the address"), (500, "try again later"), (403, "not open")] {
        let said = brought(answer(status, &[], b"")).unwrap_err().to_string();
        assert!(said.contains(&status.to_string()) && said.contains(advice), "{said}");
    }
    assert!(matches!(brought(answer(304, &[], b"")).unwrap_err().problem, Problem::Status(304)));
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    let counted = AtomicU32::new(0);
    let server = serve(move |asked| match asked.path.as_str() {
        "/robots.txt" => missing(),
        _ if counted.fetch_add(1, Ordering::Relaxed) == 0 => answer(429, &["Retry-After: 0"], b""),
        _ => page("a"),
    });
    assert_eq!(html(one(format!("{}/page", server.base), &options())), "a");
    assert_eq!(server.paths(), ["/robots.txt", "/page", "/page"]);
}

#[test]
fn a_server_that_wants_to_be_left_alone_is_left_alone() {
    let server = serve(|asked| match asked.path.as_str() {
        "/robots.txt" => missing(),
        _ => answer(429, &["Retry-After: 3600"], b""),
    });
    let taken = all(&[format!("{}/1", server.base), format!("{}/2", server.base)], &options());
    for outcome in taken {
        let said = outcome.unwrap_err().to_string();
        assert!(said.contains("429") && said.contains("3600 s"), "{said}");
    }
    assert_eq!(server.paths(), ["/robots.txt", "/1"]);
}

#[test]
fn a_server_that_stays_busy_is_given_up() {
    let server = serve(|asked| match asked.path.as_str() {
        "/robots.txt" => missing(),
        _ => answer(503, &["Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"], b""),
    });
    let error = one(format!("{}/page", server.base), &options()).unwrap_err();
    assert!(matches!(error.problem, Problem::Busy { status: 503, .. }), "{error}");
    assert_eq!(server.paths().len(), 4);
}

#[test]
fn large_answers_are_refused() {
    let small = Options { max_bytes: 100, ..options() };
    let fit = only(page(&"a".repeat(100)));
    assert!(one(format!("{}/page", fit.base), &small).is_ok());
    let large = only(page(&"a".repeat(101)));
    let error = one(format!("{}/page", large.base), &small).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge(100)), "{error}");
}

#[test]
fn packed_answers_are_unpacked_within_the_limit() {
    let packed =
        |body: &[u8]| answer(200, &["Content-Type: text/html", "Content-Encoding: gzip"], &gzip(body));
    assert_eq!(html(brought(packed(b"Borduria"))), "Borduria");
    let bomb = packed(&vec![b'a'; 64 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(brought(bomb).unwrap_err().problem, Problem::TooLarge(_)));
    let other = answer(200, &["Content-Type: text/html", "Content-Encoding: br"], b"?");
    assert!(matches!(brought(other).unwrap_err().problem, Problem::Compression(_)));
    let broken = answer(200, &["Content-Type: text/html", "Content-Encoding: gzip"], b"Borduria");
    assert!(matches!(brought(broken).unwrap_err().problem, Problem::Connection(_)));
}

#[test]
fn silence_is_an_error() {
    let server = only(Vec::new());
    let hasty = Options { timeout: Duration::from_millis(300), ..options() };
    let error = one(format!("{}/page", server.base), &hasty).unwrap_err();
    assert!(matches!(error.problem, Problem::Timeout(_)), "{error}");
}

#[test]
fn a_broken_answer_is_an_error() {
    let short = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nabc".to_vec();
    assert!(matches!(brought(short).unwrap_err().problem, Problem::Connection(_)));
    assert!(matches!(brought(b"nonsense\r\n\r\n".to_vec()).unwrap_err().problem, Problem::Connection(_)));
}

#[test]
fn a_server_without_tls_is_an_error() {
    let server = only(page("a"));
    let error = one(format!("{}/page", server.base.replace("http:", "https:")), &options()).unwrap_err();
    assert!(matches!(error.problem, Problem::Connection(_)), "{error}");
}
