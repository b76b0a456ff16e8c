//! Lines inside an article's element that are no part of the article.

use std::sync::LazyLock;

use super::blocks::{Block, HEADINGS};
use super::tree::Node;

/// Letters up to which a line may be a heading or a label.
const LABEL: usize = 60;
/// Letters up to which a line may be furniture by its first words.
const SHORT: usize = 120;
/// Letters up to which a paragraph may be a pitch to the reader.
const PITCH: usize = 200;
/// Labels at the end that are no part of the article; more of them are a list.
const MOST_STRAY: usize = 5;
/// Share of linked letters above which a line is a link, not a sentence with one.
const LINKED: f64 = 0.6;

type Lines = LazyLock<Vec<&'static str>>;

static CLOSING: Lines = LazyLock::new(|| {
    let coder = super::lines(include_str!("../../../../rules/words/coder_closing_lines.txt"));
    coder.chain(super::lines(include_str!("../../../../rules/words/page_closing_lines.txt"))).collect()
});

static FURNITURE: Lines = LazyLock::new(|| {
    let coder = super::lines(include_str!("../../../../rules/words/coder_furniture_lines.txt"));
    coder.chain(super::lines(include_str!("../../../../rules/words/page_furniture_lines.txt"))).collect()
});

static PITCHES: Lines =
    LazyLock::new(|| super::lines(include_str!("../../../../rules/words/page_pitches.txt")).collect());

/// The blocks that are the article's.
pub fn trim<'a>(nodes: &[Node], blocks: Vec<&'a Block>) -> Vec<&'a Block> {
    let half = blocks.len() / 2;
    let closing = |at: &usize| *at >= half && closes(blocks[*at]);
    let end = (0..blocks.len()).find(closing).unwrap_or(blocks.len());
    let start = (0..end).find(|at| blocks[*at].is_prose()).unwrap_or(0);
    let kept = |at: &usize| {
        let block = blocks[*at];
        !is_furniture(block) && nodes[block.owner].tag != "h1" && !(*at < start && is_dateline(block))
    };
    let mut kept: Vec<&Block> = (0..end).filter(kept).map(|at| blocks[at]).collect();
    let stray =
        |block: &&Block| is_heading(nodes, block) || is_label(block) && nodes[block.owner].tag != "li";
    let run = kept.iter().rev().take_while(|b| stray(b)).count();
    if run < kept.len() && run <= MOST_STRAY {
        kept.truncate(kept.len() - run);
    }
    kept
}

/// Whether a line above the article says when it was published.
fn is_dateline(block: &Block) -> bool {
    let year = |part: &str| part.len() == 4 && (part.starts_with("20") || part.starts_with("19"));
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    is_label(block) && block.text.split(|c: char| !c.is_alphanumeric()).filter(digits).any(year)
}

fn closes(block: &Block) -> bool {
    block.letters < LABEL && !ends_sentence(&block.text) && begins(&block.text, &CLOSING)
}

fn is_label(block: &Block) -> bool {
    block.letters < LABEL && !ends_sentence(&block.text)
}

fn is_furniture(block: &Block) -> bool {
    block.link_density() > LINKED
        || block.letters < PITCH && begins(&block.text, &PITCHES)
        || block.letters < SHORT && !ends_sentence(&block.text) && begins(&block.text, &FURNITURE)
        || closes(block)
}

fn is_heading(nodes: &[Node], block: &Block) -> bool {
    HEADINGS.contains(&nodes[block.owner].tag.as_str())
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '«', ')', '\'', '’']).ends_with(['.', '!', '?', '…', '。'])
}

fn begins(text: &str, lines: &Lines) -> bool {
    let text = text.to_lowercase();
    let opens =
        |line: &&str| text.strip_prefix(*line).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    lines.iter().any(opens)
}
