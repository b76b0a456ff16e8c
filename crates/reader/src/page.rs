//! Web pages: the main text and what the page says about itself.

mod blocks;
mod body;
mod furniture;
mod json_ld;
mod metadata;
mod names;
mod tree;
mod trim;

use blocks::Block;
use tree::Node;

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
    let mut stated = json_ld::stated(&nodes);
    let article = stated.body.take();
    let said = metadata::metadata(&nodes, stated, url);
    let all = blocks::blocks(&nodes, &furniture::never_text(&nodes));
    let strict = text(&nodes, &all, &said, article.as_deref(), true);
    let text = if strict.chars().count() < SHORT {
        text(&nodes, &all, &said, article.as_deref(), false)
    } else {
        strict
    };
    Page { text, ..said }
}

/// The text of an article that stands in elements but in no page, as feeds have it: all of it.
pub(crate) fn fragment(html: &str) -> String {
    let nodes = tree::parse(html);
    let blocks = blocks::blocks(&nodes, &furniture::never_text(&nodes));
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// Characters below which an article is looked for again, with less believed of what names say.
const SHORT: usize = 200;

fn text(nodes: &[Node], all: &[Block], said: &Page, article: Option<&str>, by_name: bool) -> String {
    let dropped = furniture::mark(nodes, all, by_name);
    let left = blocks::blocks(nodes, &dropped);
    let body = body::body(nodes, &dropped, &left).map_or(0..nodes.len(), |at| at..nodes[at].end);
    let lead = body::lead(nodes, &left, body.start);
    let within: Vec<&Block> = left.iter().filter(|block| body.contains(&block.first)).collect();
    let within = match article {
        Some(article) => trim::attested(within, article),
        None => within,
    };
    let titles: Vec<&str> = [&said.title, &said.author].into_iter().flatten().map(String::as_str).collect();
    let mut kept = trim::trim(nodes, within, &titles);
    kept.retain(|block| !lead.iter().any(|lead| lead.text == block.text));
    let texts: Vec<&str> = lead.into_iter().chain(kept).map(|block| block.text.as_str()).collect();
    texts.join("\n\n")
}

/// The lines of a word list that are no comments.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
