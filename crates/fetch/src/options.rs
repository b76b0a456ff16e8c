//! How to fetch: politeness, limits, what to make of feeds.

use std::str::FromStr;
use std::time::Duration;

/// How to fetch. The defaults suit news sites.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whom a site's operator can turn to; sent with every request.
    pub contact: Option<Contact>,
    /// Pause between two requests to one host; a longer `Crawl-delay` is obeyed up to [`Options::patience`].
    pub delay: Duration,
    /// The longest pause that a site may ask for by `Crawl-delay` or `Retry-After`.
    pub patience: Duration,
    /// How often a page is asked for whose server says when to come back.
    pub tries: u32,
    /// Time for finding a host's address, and again for connecting to it.
    pub connect_timeout: Duration,
    /// Time for one request, from the name's look-up to the last byte.
    pub timeout: Duration,
    /// Bytes that one page or feed may have, decompressed.
    pub max_bytes: u64,
    /// Redirects that are followed from one address.
    pub redirects: u32,
    /// Hosts that are asked at the same time.
    pub threads: usize,
    /// Hosts that may be at private addresses, as an intranet's server: names as in URLs, without port, or
    /// [`EVERY_HOST`].
    pub allow_private: Vec<String>,
    /// Whether a feed's own texts are taken and the pages that it links are left.
    pub summaries: bool,
    /// Whether bytes that are no text in a page's encoding become U+FFFD; else the page is refused.
    pub replace: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            contact: None,
            delay: Duration::from_secs(1),
            patience: Duration::from_secs(60),
            tries: 3,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            max_bytes: 8 << 20,
            redirects: 5,
            threads: 8,
            allow_private: Vec::new(),
            summaries: false,
            replace: false,
        }
    }
}

impl Options {
    /// How Chancery names itself. The first word is what robots.txt calls it.
    pub(crate) fn user_agent(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        match &self.contact {
            None => format!("{AGENT}/{version} (+codes news into events)"),
            Some(Contact(contact)) => {
                format!("{AGENT}/{version} (+codes news into events; contact: {contact})")
            }
        }
    }
}

/// Stands for all hosts in [`Options::allow_private`].
pub const EVERY_HOST: &str = "*";

/// The product token of robots.txt.
pub(crate) const AGENT: &str = "chancery";

/// A mail address or URL as it can stand in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact(String);

impl FromStr for Contact {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |c: char| c.is_ascii_graphic() && !"()\\".contains(c);
        match text.trim() {
            contact if !contact.is_empty() && contact.chars().all(fits) => Ok(Contact(contact.to_owned())),
            _ => {
                Err(format!("{text:?} is no contact: write a mail address or a URL, in ASCII without spaces"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_itself_and_whom_to_turn_to() {
        let contact = Some("desk@ruritania.example".parse().unwrap());
        let named = Options { contact, ..Options::default() }.user_agent();
        assert!(
            named.starts_with("chancery/") && named.ends_with("; contact: desk@ruritania.example)"),
            "{named}"
        );
        assert!(!Options::default().user_agent().contains("contact"));
    }

    #[test]
    fn a_contact_cannot_break_a_header() {
        for text in ["", " ", "a b", "a\r\nX: y", "(a)", "é@ruritania.example"] {
            assert!(text.parse::<Contact>().is_err(), "{text:?}");
        }
    }
}
