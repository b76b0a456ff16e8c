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
/// Letters up to which a line may be furniture even if it ends like a sentence: "Read more..."
const CUE: usize = 25;
/// Blocks and bytes above which an article is not compared with what the page says of it in JSON-LD.
const MOST_ATTESTED: usize = 2000;
/// See `MOST_ATTESTED`.
const MOST_LETTERS: usize = 200_000;
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
///
/// `said` is what the page gives as its title and author, which need no line of the article.
pub fn trim<'a>(nodes: &[Node], blocks: Vec<&'a Block>, said: &[&str]) -> Vec<&'a Block> {
    let said: Vec<String> = said.iter().map(|text| squash(text)).filter(|text| text.len() >= 5).collect();
    let half = blocks.len() / 2;
    let closing = |at: &usize| *at >= half && closes(blocks[*at]);
    let end = (0..blocks.len()).find(closing).unwrap_or(blocks.len());
    let start = start(nodes, &blocks[..end]);
    let kept = |at: &usize| {
        let block = blocks[*at];
        let head = *at < start && (is_dateline(block) || is_said(block, &said));
        !head && !is_furniture(block) && nodes[block.owner].tag != "h1"
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

/// Where the article gets going: at the first two paragraphs in a row, or else at the first.
fn start(nodes: &[Node], blocks: &[&Block]) -> usize {
    let prose = |block: &&Block| block.is_prose() && !is_heading(nodes, block);
    let pair = blocks.windows(2).position(|pair| pair.iter().all(&prose));
    pair.or_else(|| blocks.iter().position(&prose)).unwrap_or(0)
}

/// Whether a line above the article says when it was published.
fn is_dateline(block: &Block) -> bool {
    let year = |part: &str| part.len() == 4 && (part.starts_with("20") || part.starts_with("19"));
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    is_line(block) && block.text.split(|c: char| !c.is_alphanumeric()).filter(digits).any(year)
}

/// What of the blocks the article of the page's JSON-LD spans, and paragraphs above it: the lead. All
/// of them if that article is another text, such as a summary.
pub fn attested<'a>(blocks: Vec<&'a Block>, article: &str) -> Vec<&'a Block> {
    if blocks.len() > MOST_ATTESTED || article.len() > MOST_LETTERS {
        return blocks;
    }
    let article = squash(article);
    let texts: Vec<String> = blocks.iter().map(|block| squash(&block.text)).collect();
    let told: Vec<usize> =
        (0..blocks.len()).filter(|at| texts[*at].len() >= 20 && article.contains(&texts[*at])).collect();
    let found: usize = told.iter().map(|at| texts[*at].len()).sum();
    let prose: usize = blocks.iter().map(|block| block.prose()).sum();
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return blocks };
    if found * 10 < article.len() * 8 || found * 10 < prose * 7 {
        return blocks;
    }
    let spanned = |at: &usize| at >= first || blocks[*at].is_prose();
    (0..=*last).filter(spanned).map(|at| blocks[at]).collect()
}

/// Whether a line above the article is its title or byline.
fn is_said(block: &Block, said: &[String]) -> bool {
    let line = squash(&block.text);
    said.iter().any(|said| line == *said || is_line(block) && line.contains(said))
}

/// The letters and digits of a text in lower case.
fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn closes(block: &Block) -> bool {
    block.letters < LABEL && !ends_sentence(&block.text) && begins(&block.text, &CLOSING)
}

/// A line that may be a heading or a name.
fn is_label(block: &Block) -> bool {
    block.letters < LABEL && !ends_sentence(&block.text)
}

/// A line that may be longer than a heading, and is no sentence.
fn is_line(block: &Block) -> bool {
    block.letters < SHORT && !ends_sentence(&block.text)
}

fn is_furniture(block: &Block) -> bool {
    block.link_density() > LINKED
        || block.letters < PITCH && begins(&block.text, &PITCHES)
        || (is_line(block) || block.letters < CUE) && begins(&block.text, &FURNITURE)
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
