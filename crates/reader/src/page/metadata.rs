//! What a page says about itself: title, date, author, address, outlet and language.

use super::Page;
use super::json_ld::Stated;
use super::tree::Node;
use crate::day;

/// Names of the `<meta>` elements that give the title, the surest first.
const TITLES: [&str; 5] = ["og:title", "twitter:title", "dc.title", "headline", "title"];
/// Those that give the day of publication.
const DATES: [&str; 22] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "article.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
    "article:published",
];
/// Those that give the author.
const AUTHORS: [&str; 8] = [
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
];
/// What parts a title from the name of its site.
const SEPARATORS: [&str; 9] = [" | ", " – ", " — ", " - ", " · ", " • ", " » ", " « ", " :: "];
/// Words before an author's name.
const BY: [&str; 9] = ["by ", "von ", "por ", "par ", "di ", "door ", "av ", "autor: ", "author: "];

/// The metadata of a page; its text is empty.
pub fn metadata(nodes: &[Node], stated: Stated, found_at: Option<&str>) -> Page {
    let metas = Metas::of(nodes);
    let url = address(nodes, &metas).or_else(|| found_at.map(str::to_owned));
    let host = url.as_deref().and_then(host).map(str::to_owned);
    let site = metas.first(&["og:site_name"]).or(stated.publisher);
    let heading = elements(nodes, "h1").map(|at| text(nodes, at)).find(|text| !text.is_empty());
    let titled = stated.headline.filter(|title| !title.is_empty()).or_else(|| metas.first(&TITLES));
    let in_head = || elements(nodes, "title").map(|at| text(nodes, at)).find(|text| !text.is_empty());
    let title = titled.or_else(in_head).or_else(|| heading.clone());
    let sites: Vec<&str> = [site.as_deref(), host.as_deref()].into_iter().flatten().collect();
    Page {
        title: title.map(|title| without_site(&title, &sites, heading.as_deref())),
        date: date(nodes, &metas, stated.published.as_deref(), url.as_deref()),
        author: author(nodes, &metas, stated.author),
        lang: language(nodes, &metas, stated.language.as_deref()),
        source: site.or(host),
        url,
        text: String::new(),
    }
}

/// The `<meta>` elements of a page: name in lower case, content.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(nodes: &[Node]) -> Metas {
        let read = |node: &Node| {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| node.get(a))?;
            let content = squeeze(node.get("content")?);
            (!content.is_empty()).then(|| (name.to_lowercase(), content))
        };
        Metas(nodes.iter().filter(|node| node.tag == "meta").filter_map(read).collect())
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|name| self.0.iter().filter(move |(n, _)| n == name).map(|(_, c)| c.as_str()))
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next().map(str::to_owned)
    }
}

fn elements<'a>(nodes: &'a [Node], tag: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..nodes.len()).filter(move |at| nodes[*at].tag == tag)
}

/// Characters of an element that are read where a name or a title is looked for.
const MOST: usize = 400;

fn text(nodes: &[Node], at: usize) -> String {
    let mut text = String::new();
    for node in &nodes[at..nodes[at].end] {
        text.push_str(&node.text);
        if node.block || text.len() > MOST {
            text.push(' ');
        }
        if text.len() > MOST {
            break;
        }
    }
    squeeze(&text)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn address(nodes: &[Node], metas: &Metas) -> Option<String> {
    let canonical = |node: &Node| node.tag == "link" && node.get("rel") == Some("canonical");
    let canonical = nodes.iter().filter(|node| canonical(node)).filter_map(|node| node.get("href"));
    let whole = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    canonical.chain(metas.all(&["og:url"])).map(str::trim).find(whole).map(str::to_owned)
}

fn host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// A title without the name of its site at the end or the beginning.
fn without_site(title: &str, sites: &[&str], heading: Option<&str>) -> String {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let is_site = |part: &str| {
        let part = letters(part);
        sites.iter().map(|site| letters(site)).any(|site| {
            part.len() >= 3 && (site.starts_with(&part) || !site.is_empty() && part.starts_with(&site))
        })
    };
    let mut title = squeeze(title);
    for separator in SEPARATORS {
        while let Some((head, tail)) = title.rsplit_once(separator) {
            let whole = heading.is_some_and(|heading| letters(heading) == letters(head));
            if !is_site(tail) && !whole {
                break;
            }
            title = head.trim().to_owned();
        }
        if let Some((_, tail)) = title.split_once(separator).filter(|(head, _)| is_site(head)) {
            title = tail.trim().to_owned();
        }
    }
    title
}

fn date(nodes: &[Node], metas: &Metas, stated: Option<&str>, url: Option<&str>) -> Option<String> {
    let timed = |node: &&Node| node.tag == "time" || node.get("itemprop") == Some("datePublished");
    let published =
        |node: &&Node| node.get("pubdate").is_some() || node.get("itemprop") == Some("datePublished");
    let timed = || {
        nodes
            .iter()
            .filter(timed)
            .filter_map(|node| Some((node, node.get("datetime").or(node.get("content"))?)))
    };
    let surest = timed().filter(|(node, _)| published(node)).map(|(_, date)| date);
    let written =
        stated.into_iter().chain(metas.all(&DATES)).chain(surest).chain(timed().map(|(_, date)| date));
    written.filter_map(written_day).next().or_else(|| url.and_then(day_in_url))
}

/// The day of a date in any form that pages write for programs.
fn written_day(text: &str) -> Option<String> {
    let text = text.trim();
    let mail = || jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.date().to_string());
    let begins = || day(&text.get(..10)?.replace(['/', '.'], "-"));
    day(text).or_else(begins).or_else(mail)
}

/// The day in an address such as `/2022/03/14/treaty`.
fn day_in_url(url: &str) -> Option<String> {
    let parts: Vec<&str> = url.split(['/', '-', '_']).collect();
    let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    let dated = |p: &[&str]| p[0].len() == 4 && digits(p[0], 4) && digits(p[1], 2) && digits(p[2], 2);
    parts.windows(3).filter(|p| dated(p)).find_map(|p| day(&format!("{}-{:0>2}-{:0>2}", p[0], p[1], p[2])))
}

fn author(nodes: &[Node], metas: &Metas, stated: Option<String>) -> Option<String> {
    let marked = |node: &Node| {
        node.get("rel") == Some("author") || matches!(node.get("itemprop"), Some("author" | "creator"))
    };
    let marked = (0..nodes.len())
        .filter(|at| marked(&nodes[*at]) && nodes[*at].tag != "meta")
        .map(|at| text(nodes, at));
    let marked = marked.filter(|name| !name.contains(|c: char| c.is_ascii_digit()));
    let said = stated.into_iter().chain(metas.all(&AUTHORS).map(str::to_owned));
    said.chain(marked).map(|name| without_by(&name)).find(|name| is_name(name))
}

fn without_by(name: &str) -> String {
    let low = name.to_lowercase();
    let by = BY.iter().find(|by| low.starts_with(*by)).and_then(|by| name.get(by.len()..));
    squeeze(by.unwrap_or(name))
}

fn is_name(name: &str) -> bool {
    (2..100).contains(&name.chars().count()) && !name.contains("://") && name.chars().any(char::is_alphabetic)
}

fn language(nodes: &[Node], metas: &Metas, stated: Option<&str>) -> Option<String> {
    let marked = nodes.iter().filter(|node| node.tag == "html").filter_map(|node| node.get("lang"));
    let said = metas.all(&["og:locale", "content-language", "dc.language", "language"]).chain(stated);
    marked.chain(said).find_map(|tag| {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        (primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase())).then_some(primary)
    })
}
