//! The element that holds the article.

use super::blocks::Block;
use super::furniture;
use super::names::{self, BODY};
use super::tree::Node;

/// Share of the prose that a child must hold for the search to go down into it.
const DESCEND: f64 = 0.75;
/// Share of the prose that an element must hold to be believed when its name says that it is the article.
const BELIEVED: f64 = 0.4;

/// Lines between title and article, above which what stands there is no lead.
const MOST_BEFORE: usize = 20;

/// The element that holds the article, or `None` if all of the page does.
pub fn body(nodes: &[Node], dropped: &[bool], blocks: &[Block]) -> Option<usize> {
    let prose = furniture::sums(nodes.len(), blocks);
    let held = |at: usize| prose[nodes[at].end] - prose[at];
    let total = prose[nodes.len()];
    let believed = |at: &usize| held(*at) as f64 >= BELIEVED * total as f64 && held(*at) > 0;
    let found = named(nodes, dropped).into_iter().find(believed).or_else(|| densest(nodes, total, held));
    found.map(|at| with_parts(nodes, at, held))
}

/// Elements that say that they are the article, the surest first.
fn named(nodes: &[Node], dropped: &[bool]) -> Vec<usize> {
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        if dropped[at] {
            at = nodes[at].end;
            continue;
        }
        if let Some(rank) = rank(&nodes[at]) {
            ranked.push((rank, at));
        }
        at += 1;
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, at)| at).collect()
}

fn rank(node: &Node) -> Option<usize> {
    if !node.block || ["p", "h1", "h2", "ul", "li", "body", "html"].contains(&node.tag.as_str()) {
        return None;
    }
    if node.get("itemprop") == Some("articleBody") || BODY.among(&names::words(node)) {
        Some(0)
    } else if node.tag == "article" || node.get("role") == Some("article") {
        Some(1)
    } else if node.tag == "main" || node.get("role") == Some("main") {
        Some(2)
    } else {
        None
    }
}

/// Goes down from the whole page as long as one child has most of the prose.
fn densest(nodes: &[Node], total: usize, held: impl Fn(usize) -> usize) -> Option<usize> {
    let mut found = None;
    let mut children = 0..nodes.len();
    let mut holds = total;
    loop {
        let mut best: Option<(usize, usize)> = None;
        let mut at = children.start;
        while at < children.end {
            if nodes[at].block && best.is_none_or(|b| held(at) > b.1) {
                best = Some((at, held(at)));
            }
            at = nodes[at].end;
        }
        match best {
            Some((at, has)) if has > 0 && has as f64 >= DESCEND * holds as f64 && nodes[at].tag != "p" => {
                found = Some(at);
                children = at + 1..nodes[at].end;
                holds = has;
            }
            _ => return found,
        }
    }
}

/// Paragraphs between the main heading and the article's element: the lead, which many pages set apart.
pub fn lead<'a>(nodes: &[Node], blocks: &'a [Block], body: usize) -> Vec<&'a Block> {
    let before = &blocks[..blocks.partition_point(|block| block.first < body)];
    let title = before.iter().rposition(|block| nodes[block.owner].tag == "h1").map(|at| at + 1);
    let around = |at: &usize| nodes[*at].tag == "article" && nodes[*at].end > body;
    let article = || (0..body).rev().find(around).map(|at| before.partition_point(|block| block.first < at));
    let lead = title.or_else(article).map_or(&[][..], |start| &before[start..]);
    if lead.len() > MOST_BEFORE {
        return Vec::new();
    }
    lead.iter().filter(|block| block.is_prose()).collect()
}

/// The parent of an article's element that has equal ones beside it, if these hold prose too.
fn with_parts(nodes: &[Node], at: usize, held: impl Fn(usize) -> usize) -> usize {
    let Some(parent) = (0..at).rev().find(|up| nodes[*up].end >= nodes[at].end) else { return at };
    let mut others = 0;
    let mut child = parent + 1;
    while child < nodes[parent].end {
        if child != at
            && nodes[child].tag == nodes[at].tag
            && nodes[child].get("class") == nodes[at].get("class")
        {
            others += held(child);
        }
        child = nodes[child].end;
    }
    if others as f64 > 0.1 * held(at) as f64 { parent } else { at }
}
