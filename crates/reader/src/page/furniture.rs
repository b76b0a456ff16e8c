//! What stands around an article: marked to be left out, subtree by subtree.

use super::blocks::Block;
use super::names::{self, BODY, FURNITURE};
use super::tree::Node;

/// Elements that never hold the article.
const TAGS: [&str; 28] = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "svg",
    "canvas",
    "object",
    "audio",
    "video",
    "map",
    "select",
    "button",
    "textarea",
    "datalist",
    "dialog",
    "nav",
    "footer",
    "aside",
    "input",
    "title",
    "head",
    "math",
    "form",
    "progress",
    "noframes",
    "menu",
    "figcaption",
];
/// Roles of landmarks around the article.
const ROLES: [&str; 11] = [
    "navigation",
    "complementary",
    "contentinfo",
    "banner",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "form",
];
/// Share of the page's prose above which a name is not believed that says "furniture".
const TOO_MUCH: f64 = 0.4;
/// Letters of prose that must be left when readers' comments are dropped.
const LEAST_LEFT: usize = 200;

/// Marks the elements that are furniture by their tag, role, style or name.
pub fn mark(nodes: &[Node], blocks: &[Block], by_name: bool) -> Vec<bool> {
    let prose = sums(nodes.len(), blocks);
    let total = prose[nodes.len()];
    let mut dropped = vec![false; nodes.len()];
    let mut at = 0;
    while at < nodes.len() {
        let node = &nodes[at];
        let held = prose[node.end] - prose[at];
        let little = (held as f64) < TOO_MUCH * total as f64 || held == 0;
        let drop = !node.tag.is_empty()
            && (is_never_text(node)
                || little && is_furniture(node, by_name) && !is_lead(nodes, at)
                || by_name && total - held >= LEAST_LEFT && is_discussion(node));
        dropped[at] = drop;
        at = if drop { node.end } else { at + 1 };
    }
    dropped
}

/// First words of the names of what readers wrote.
const DISCUSSION: [&str; 10] = [
    "comment",
    "comments",
    "commentlist",
    "kommentar",
    "kommentare",
    "community",
    "disqus",
    "respond",
    "comentarios",
    "commentaires",
];

/// Readers' comments, which may well be longer than the article.
fn is_discussion(node: &Node) -> bool {
    let opens =
        |name: &str| names::words_of(name).first().is_some_and(|word| DISCUSSION.contains(&word.as_str()));
    node.block
        && ["id", "class"].iter().filter_map(|n| node.get(n)).flat_map(str::split_whitespace).any(opens)
}

/// Marks only what no reader ever sees.
pub fn never_text(nodes: &[Node]) -> Vec<bool> {
    nodes.iter().map(is_never_text).collect()
}

fn is_never_text(node: &Node) -> bool {
    ["script", "style", "noscript", "template", "svg", "title", "select", "iframe"]
        .contains(&node.tag.as_str())
}

/// Letters of prose before each node.
pub fn sums(nodes: usize, blocks: &[Block]) -> Vec<usize> {
    let mut sums = vec![0; nodes + 1];
    for block in blocks {
        sums[block.first + 1] += block.prose();
    }
    for at in 1..sums.len() {
        sums[at] += sums[at - 1];
    }
    sums
}

fn is_furniture(node: &Node, by_name: bool) -> bool {
    let tag = node.tag.as_str();
    TAGS.contains(&tag) || node.get("role").is_some_and(|role| ROLES.contains(&role)) || is_hidden(node) || {
        let words = names::words(node);
        by_name
            && !["body", "html", "article", "main", "a"].contains(&tag)
            && FURNITURE.among(&words)
            && !BODY.among(&words)
    }
}

/// Whether it is a teaser of this very page: those of other pages link to them.
fn is_lead(nodes: &[Node], at: usize) -> bool {
    let words = names::words(&nodes[at]);
    words.iter().any(|word| LEADS.contains(&word.as_str()))
        && !nodes[at..nodes[at].end].iter().any(|node| node.tag == "a")
}

/// Words for a lead in names.
const LEADS: [&str; 10] = [
    "teaser",
    "intro",
    "lead",
    "excerpt",
    "summary",
    "standfirst",
    "subtitle",
    "dek",
    "vorspann",
    "abstract",
];

fn is_hidden(node: &Node) -> bool {
    let style = node.get("style").unwrap_or_default();
    let squeezed: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    node.get("hidden").is_some()
        || node.get("aria-hidden") == Some("true")
        || squeezed.contains("display:none")
        || squeezed.contains("visibility:hidden")
}
