//! Web pages: the main text and what the page says about itself.

mod blocks;
mod body;
mod furniture;
mod json_ld;
mod metadata;
mod names;
mod tree;
mod trim;

/// What a page holds besides furniture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The article: paragraphs apart by a blank line, entities decoded, inner space collapsed.
    pub text: String,
    /// Its title, without the name of the site.
    pub title: Option<String>,
    /// The day of publication, `2022-03-14`.
    pub date: Option<String>,
    /// Who wrote it; several names by commas.
    pub author: Option<String>,
    /// The address that the page gives itself, or else the one where it was found.
    pub url: Option<String>,
    /// The outlet: the name of the site or publisher, or else the host of the address.
    pub source: Option<String>,
    /// Its language by ISO 639-1: "en".
    pub lang: Option<String>,
}

/// The main text and metadata of an HTML page; `url` is where it was found, if that is known.
pub fn page(html: &str, url: Option<&str>) -> Page {
    let nodes = tree::parse(html);
    let all = blocks::blocks(&nodes, &furniture::never_text(&nodes));
    let strict = text(&nodes, &all, true);
    let text = if strict.chars().count() < SHORT { text(&nodes, &all, false) } else { strict };
    Page { text, ..metadata::metadata(&nodes, url) }
}

/// The text of an article that stands in elements but in no page, as feeds have it: all of it.
pub(crate) fn fragment(html: &str) -> String {
    let nodes = tree::parse(html);
    let blocks = blocks::blocks(&nodes, &furniture::never_text(&nodes));
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// Characters below which an article is looked for again, with less believed of what names say.
const SHORT: usize = 200;

fn text(nodes: &[tree::Node], all: &[blocks::Block], by_name: bool) -> String {
    let dropped = furniture::mark(nodes, all, by_name);
    let left = blocks::blocks(nodes, &dropped);
    let body = body::body(nodes, &dropped, &left);
    let range = body.map_or(0..nodes.len(), |at| at..nodes[at].end);
    let start = range.start;
    let lead = body::lead(nodes, &left, start);
    let within = left.iter().filter(|b| range.contains(&b.first)).collect();
    let kept = trim::trim(nodes, within);
    let texts: Vec<&str> = lead.into_iter().chain(kept).map(|b| b.text.as_str()).collect();
    texts.join("\n\n")
}

/// The lines of a word list that are no comments.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
