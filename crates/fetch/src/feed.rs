//! Feeds: their addresses from a file, their entries as documents or links to pages.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use feed_rs::model::{Entry, Feed, Link};
use feed_rs::parser::Builder;
use quick_xml::escape::unescape;
use sha2::{Digest, Sha256};
use url::Url;

use crate::{Content, Problem, address};

/// The addresses in a file of feeds: one a line; empty lines and those that begin with `#` are skipped.
///
/// ```
/// let file = "# Ruritania\nhttps://news.example/rss\n\n  https://other.example/atom\n";
/// assert_eq!(chancery_fetch::feed_urls(file), ["https://news.example/rss", "https://other.example/atom"]);
/// ```
pub fn feed_urls(text: &str) -> Vec<String> {
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// What a feed says of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) lang: Option<String>,
}

/// One entry.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// The page it links.
    pub(crate) link: Option<Url>,
    /// What tells it from others: its link, or the feed's URL with the entry's own identifier.
    pub(crate) id: String,
    pub(crate) known: Known,
    /// Its own text: all of it, a summary, or the title.
    pub(crate) content: Option<Content>,
}

/// The entries of the feed found at a URL.
pub(crate) fn items(text: &str, url: &Url) -> Result<Vec<Item>, Problem> {
    let parser = Builder::new()
        .base_uri(Some(url.as_str()))
        .timestamp_parser(written_day)
        .id_generator(|_, _, _| String::new())
        .build();
    // The parser gives up on some names of authors by a panic; that is the fault of one feed only.
    let parsed = catch_unwind(AssertUnwindSafe(|| parser.parse(text.as_bytes())));
    let parsed = parsed.map_err(|_| Problem::NoFeed("its parser gave up".to_owned()))?;
    let feed = parsed.map_err(|error| Problem::NoFeed(error.to_string()))?;
    Ok(feed.entries.iter().map(|entry| item(&feed, entry, url)).collect())
}

fn item(feed: &Feed, entry: &Entry, url: &Url) -> Item {
    let link = entry
        .links
        .iter()
        .filter(|link| leads_to_page(link))
        .find_map(|link| address::relative(url, &link.href).ok());
    let title = entry.title.as_ref().and_then(|title| plain(&title.content));
    let content = own_text(entry).or_else(|| title.clone().map(Content::Text));
    let own = || format!("{url}#{}", own_id(entry));
    Item {
        id: link.as_ref().map_or_else(own, Url::to_string),
        known: Known {
            date: entry.published.or(entry.updated).map(|time| time.date_naive().to_string()),
            source: feed.title.as_ref().and_then(|title| plain(&title.content)),
            lang: entry.language.clone().or_else(|| feed.language.clone()),
            title,
        },
        link,
        content,
    }
}

/// Whether a link is to the entry's page, rather than to comments, sounds or the feed itself.
fn leads_to_page(link: &Link) -> bool {
    let page = |kind: &String| matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "html");
    link.target.is_none()
        && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
        && link.media_type.as_ref().is_none_or(page)
}

/// The entry's identifier, or one made of its words, which stays the same as the feed moves on.
fn own_id(entry: &Entry) -> String {
    if !entry.id.trim().is_empty() {
        return entry.id.trim().to_owned();
    }
    let title = entry.title.as_ref().map_or("", |title| &title.content);
    let words = format!("{title}\n{:?}", own_text(entry));
    Sha256::digest(words).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The entry's own text: all of it, or a summary.
fn own_text(entry: &Entry) -> Option<Content> {
    let content = entry.content.as_ref();
    let whole = content.and_then(|whole| worded(whole.body.as_deref()?, whole.content_type.subty().as_str()));
    let summary = || {
        let summary = entry.summary.as_ref()?;
        worded(&summary.content, summary.content_type.subty().as_str())
    };
    whole.or_else(summary)
}

/// Text by its kind; what is said to be HTML and has no tag is text.
fn worded(text: &str, kind: &str) -> Option<Content> {
    match kind {
        _ if text.trim().is_empty() => None,
        "plain" => Some(Content::Text(text.to_owned())),
        "html" | "xhtml" => Some(plain(text).map_or_else(|| Content::Html(text.to_owned()), Content::Text)),
        _ => None,
    }
}

/// Text without references to characters, if it has no tags. Titles have both, whatever they are said to be.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let text = unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned());
    let tag = text
        .split('<')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c)));
    (!tag && !text.is_empty()).then_some(text)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day of a time stamp as it is written, whatever its zone and faults: a story of late evening
/// belongs to its own day, not to that of Greenwich.
fn written_day(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let iso = || text.get(..10)?.parse().ok();
    let day: NaiveDate = iso().or_else(|| worded_day(text))?;
    Some(day.and_time(NaiveTime::MIN).and_utc())
}

/// `Mon, 14 Mar 2022 23:30:00 EST`, `March 14, 2022`.
fn worded_day(text: &str) -> Option<NaiveDate> {
    let words = || text.split(|c: char| !c.is_alphanumeric());
    let number = |digits: std::ops::RangeInclusive<usize>| {
        words()
            .find(|word| digits.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let month = words().find_map(|word| {
        let head = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == head)
    });
    NaiveDate::from_ymd_opt(number(4..=4)? as i32, month? as u32 + 1, number(1..=2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_taken_as_it_is_written() {
        let texts = [
            "2022-03-14",
            "2022-03-14T23:30:00-05:00",
            "2022-03-14 23:30",
            "Mon, 14 Mar 2022 23:30:00 -0500",
            "Monday, 14 March 2022 23:30 EST",
            "March 14, 2022",
        ];
        for text in texts {
            assert_eq!(written_day(text).unwrap().date_naive().to_string(), "2022-03-14", "{text}");
        }
        for text in ["", "soon", "14/03/2022", "31 Feb 2022", "14 Mar 22"] {
            assert_eq!(written_day(text), None, "{text}");
        }
    }

    #[test]
    fn titles_are_words() {
        assert_eq!(
            plain(" Borduria&#8217;s &amp; Syldavia&rsquo;s "),
            Some("Borduria’s & Syldavia’s".to_owned())
        );
        assert_eq!(plain("1 < 2, R&D"), Some("1 < 2, R&D".to_owned()));
        assert_eq!(plain("<b>Borduria</b>"), None);
        assert_eq!(plain("&lt;b&gt;Borduria"), None);
        assert_eq!(plain(" "), None);
    }

    fn read(text: &str) -> Vec<Item> {
        items(text, &Url::parse("https://news.example/feeds/all").unwrap()).unwrap()
    }

    #[test]
    fn an_atom_entry_leads_to_its_page() {
        let read = read(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Daily &amp;amp; Post</title><entry>\
             <id>tag:1</id><title type='html'>Borduria &amp;lt;b&amp;gt;x&amp;lt;/b&amp;gt;</title>\
             <link rel='self' href='/1.atom'/><link rel='enclosure' href='/1.mp3'/>\
             <link rel='alternate' type='text/html' href='../1.html#top'/>\
             <updated>2022-03-15T01:00:00Z</updated><published>2022-03-14T23:00:00-02:00</published>\
             <content type='html'>&lt;p&gt;Borduria&lt;/p&gt;</content></entry></feed>",
        );
        assert_eq!(read[0].id, "https://news.example/1.html");
        assert_eq!(read[0].known.date.as_deref(), Some("2022-03-14"));
        assert_eq!(read[0].known.source.as_deref(), Some("Daily & Post"));
        assert_eq!((read[0].known.lang.as_deref(), read[0].known.title.as_deref()), (Some("en"), None));
        assert_eq!(read[0].content, Some(Content::Html("<p>Borduria</p>".to_owned())));
    }

    #[test]
    fn an_entry_without_a_name_keeps_the_same_one() {
        let item = "<item><description>Borduria hailed Syldavia.</description></item>";
        let feed =
            |items: &str| format!("<rss version='2.0'><channel><title>T</title>{items}</channel></rss>");
        let alone = &read(&feed(item))[0];
        let moved = &read(&feed(&format!("<item><title>New</title></item>{item}")))[1];
        assert_eq!(alone, moved);
        assert!(alone.id.starts_with("https://news.example/feeds/all#") && alone.link.is_none());
        assert_eq!(alone.content, Some(Content::Text("Borduria hailed Syldavia.".to_owned())));
    }

    #[test]
    fn a_feed_that_its_parser_cannot_bear_is_an_error() {
        let feed = "<rss version='2.0'><channel><item><author>Desk（desk@news.example</author></item></channel></rss>";
        let said = items(feed, &Url::parse("https://news.example/").unwrap()).unwrap_err().to_string();
        assert!(said.contains("its parser gave up"), "{said}");
    }

    #[test]
    fn json_feeds_are_feeds_and_pages_are_none() {
        let read = read(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "en-GB", "items": [
               {"id": "1", "url": "/1", "title": "Head", "content_text": "A < B", "date_published": "2022-03-14",
                "attachments": [{"url": "/1.mp3", "mime_type": "audio/mpeg"}]}]}"#,
        );
        assert_eq!(read[0].link.as_ref().unwrap().as_str(), "https://news.example/1");
        assert_eq!(read[0].content, Some(Content::Text("A < B".to_owned())));
        assert_eq!(read[0].known.lang.as_deref(), Some("en-GB"));
        let said = items("<html>", &Url::parse("https://news.example/").unwrap()).unwrap_err().to_string();
        assert!(said.contains("no RSS, Atom or JSON feed"), "{said}");
    }
}
