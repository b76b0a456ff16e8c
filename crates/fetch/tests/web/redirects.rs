//! Where redirects lead, and where they may not.

use chancery_fetch::{FetchError, Options, Problem};

use crate::server::{answer, missing, page, serve};
use crate::{one, only, options};

#[test]
fn redirects_are_followed() {
    let server = serve(|asked| match asked.path.as_str() {
        "/old" => answer(301, &["Location: dir/../newer"], b""),
        "/newer" => answer(307, &["Location: /new?a=b#c"], b""),
        "/new?a=b" => page("new"),
        _ => missing(),
    });
    let fetched = one(format!("{}/old", server.base), &options()).unwrap();
    assert_eq!(fetched.id, format!("{}/old", server.base));
    assert_eq!(fetched.url, format!("{}/new?a=b", server.base));
}

#[test]
fn redirects_end() {
    let server = serve(|asked| match asked.path.as_str() {
        "/robots.txt" => missing(),
        "/nowhere" => answer(302, &[], b""),
        _ => answer(302, &["Location: /loop"], b""),
    });
    let error = one(format!("{}/loop", server.base), &options()).unwrap_err();
    assert!(matches!(error.problem, Problem::Redirects(5)), "{error}");
    assert_eq!(server.paths().len(), 7);
    let error = one(format!("{}/nowhere", server.base), &options()).unwrap_err();
    assert!(matches!(error.problem, Problem::NoLocation(302)), "{error}");
}

/// What comes of a redirect to this place.
fn led_to(location: &str) -> FetchError {
    let location = format!("Location: {location}");
    let server = serve(move |asked| match asked.path.as_str() {
        "/robots.txt" => missing(),
        _ => answer(302, &[&location], b""),
    });
    one(format!("{}/page", server.base), &options()).unwrap_err()
}

#[test]
fn redirects_lead_to_no_private_place() {
    for place in
        ["http://127.0.0.2/", "http://[::1]/", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/"]
    {
        let error = led_to(place);
        assert!(matches!(error.problem, Problem::Private { .. }), "{error}");
        assert!(error.to_string().contains("redirected to"), "{error}");
    }
    assert!(matches!(led_to("file:///etc/passwd").problem, Problem::Scheme(_)));
    assert!(matches!(led_to("http://a:b@127.0.0.1/").problem, Problem::Credentials));
}

#[test]
fn this_machine_is_refused_unless_named() {
    let server = only(page("a"));
    let public = Options { allow_private: Vec::new(), ..options() };
    let said = one(format!("{}/page", server.base), &public).unwrap_err().to_string();
    assert!(
        said.contains("127.0.0.1, which is this machine") && said.contains("--allow-private=127.0.0.1"),
        "{said}"
    );
    assert!(server.paths().is_empty());
    let port = server.base.rsplit(':').next().unwrap();
    let by_number = one(format!("http://[::ffff:127.0.0.1]:{port}/page"), &public).unwrap_err();
    assert!(matches!(by_number.problem, Problem::Private { .. }), "{by_number}");
}
