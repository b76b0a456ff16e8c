//! What can go wrong with an address, and what to do then.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// An address that gave no document.
#[derive(Debug, Clone)]
pub struct FetchError {
    /// The URL that was asked for.
    pub url: String,
    /// The URL at which it failed, if that is another: a redirect led there.
    pub at: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

impl std::error::Error for FetchError {}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            None => write!(f, "{}: {}", self.url, self.problem),
            Some(at) => write!(f, "{} (redirected to {at}): {}", self.url, self.problem),
        }
    }
}

/// What is wrong with an address or what it gives.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Problem {
    /// No URL.
    #[error("this is no address ({0}): write it in full, as https://news.example/page")]
    Url(String),
    /// Another scheme than http and https.
    #[error("only http and https are fetched, not {0}")]
    Scheme(String),
    /// A URL with a user name or password.
    #[error("the address holds a user name or password, which would end up in documents: take it out")]
    Credentials,
    /// An address that is not of the public network.
    #[error(
        "{host} is at {address}, which is {kind}; such addresses are not fetched: \
         if this host is meant, allow it with --allow-private={host}"
    )]
    Private {
        /// The host.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What kind of address that is.
        kind: &'static str,
    },
    /// robots.txt says no.
    #[error("{robots} forbids it (\"Disallow: {rule}\"): leave it out, or ask the site's operator")]
    Disallowed {
        /// The file.
        robots: String,
        /// Its rule.
        rule: String,
    },
    /// robots.txt cannot be read.
    #[error("{robots} was answered with {status}, so nothing may be fetched there for now: try again later")]
    NoRobots {
        /// The file.
        robots: String,
        /// The answer.
        status: u16,
    },
    /// Another status than 200.
    #[error("the server answered {0}: {advice}", advice = advice(*.0))]
    Status(u16),
    /// The server wants to be left alone.
    #[error(
        "the server answered {status} and wants no request for {} s: \
         try again then, with a longer --delay", wait.as_secs()
    )]
    Busy {
        /// The answer.
        status: u16,
        /// For how long.
        wait: Duration,
    },
    /// A redirect that names no place.
    #[error(
        "the server answered {0}, a redirect, without an address: open the page in a browser and give the address shown there"
    )]
    NoLocation(u16),
    /// Too many redirects.
    #[error("redirected more than {0} times: open the page in a browser and give the address shown there")]
    Redirects(u32),
    /// No answer in time.
    #[error("no whole answer in time ({0}): try again later, or with a longer --timeout")]
    Timeout(String),
    /// No connection, or one that broke.
    #[error(
        "no answer ({0}): check the address and the network; proxies named by the environment are not used"
    )]
    Connection(String),
    /// Too large.
    #[error("larger than {0} bytes, more than one page or feed may have: raise --max-bytes if it is meant")]
    TooLarge(u64),
    /// A compression that was not asked for.
    #[error("the answer is compressed as {0:?}, which was not asked for: save the page and give the file")]
    Compression(String),
    /// No HTML or text.
    #[error("the answer is {0}, and only HTML and plain text are fetched")]
    Type(String),
    /// A feed where a page should be.
    #[error("the answer is {0}: if it is a feed, give its address with --feeds")]
    Feed(String),
    /// Bytes that are no text in its encoding: the one declared, or UTF-8 where none is.
    #[error("the answer is not {0}, its encoding: with --replace, bytes that are no text become U+FFFD")]
    Bytes(&'static str),
    /// No feed.
    #[error("this is no RSS, Atom or JSON feed ({0}): give a page as an argument, not with --feeds")]
    NoFeed(String),
    /// An entry with nothing in it.
    #[error("the entry {0:?} has no link to a page, no text and no title")]
    EmptyEntry(String),
}

/// What to do about a status.
fn advice(status: u16) -> &'static str {
    match status {
        404 | 410 => "there is no such page; check the address",
        401 | 402 | 403 | 451 => {
            "this page is not open to everybody; leave it out, or save it in a browser and give the file"
        }
        408 | 429 | 500..=599 => "try again later",
        _ => "open the address in a browser to see what is there",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_where_it_was_met() {
        let mut error = FetchError { url: "u".to_owned(), at: None, problem: Problem::Status(404) };
        assert_eq!(error.to_string(), "u: the server answered 404: there is no such page; check the address");
        error.at = Some("v".to_owned());
        assert!(error.to_string().starts_with("u (redirected to v): the server"));
    }
}
