//! The lines of a page as a reader sees them: text between the starts and ends of blocks.

use super::tree::Node;

/// Elements for headings.
pub const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// A run of text that no block boundary parts.
#[derive(Debug)]
pub struct Block {
    /// The node where its text begins.
    pub first: usize,
    /// The innermost block-level element around it.
    pub owner: usize,
    /// Its text: inner space collapsed, `\n` for `<br>`.
    pub text: String,
    /// Letters of it, all and those in links.
    pub letters: usize,
    /// See `letters`.
    pub linked: usize,
}

impl Block {
    /// Share of the letters that are in links.
    pub fn link_density(&self) -> f64 {
        self.linked as f64 / self.letters.max(1) as f64
    }

    /// Whether it is a paragraph of running text.
    pub fn is_prose(&self) -> bool {
        self.letters >= 60 && self.prose() > self.letters / 2
    }

    /// How much running text it holds: letters outside links, little for lines that are no sentences.
    pub fn prose(&self) -> usize {
        let free = self.letters - self.linked;
        let sentence = self.letters >= 60
            && self.text.contains(['.', '!', '?', ':', '…', '。', '！', '？', '，', '؟', '।']);
        if self.link_density() > 0.4 {
            0
        } else if sentence {
            free
        } else {
            free / 5
        }
    }
}

/// The blocks of the nodes that are not dropped.
pub fn blocks(nodes: &[Node], dropped: &[bool]) -> Vec<Block> {
    let mut reader = Reader {
        found: Vec::new(),
        current: None,
        owners: Vec::new(),
        link_end: 0,
        pre_end: 0,
        heading_end: 0,
    };
    let mut at = 0;
    while at < nodes.len() {
        reader.leave(at);
        let node = &nodes[at];
        if dropped[at] {
            if node.block {
                reader.flush();
            }
            at = node.end;
            continue;
        }
        reader.enter(at, node);
        at += 1;
    }
    reader.flush();
    reader.found
}

struct Reader {
    found: Vec<Block>,
    current: Option<Block>,
    /// Open block-level elements and where they end.
    owners: Vec<(usize, usize)>,
    link_end: usize,
    pre_end: usize,
    /// A heading is one line, whatever it is made of.
    heading_end: usize,
}

impl Reader {
    fn leave(&mut self, at: usize) {
        while self.owners.last().is_some_and(|(_, end)| *end <= at) {
            self.owners.pop();
            self.flush();
        }
    }

    fn enter(&mut self, at: usize, node: &Node) {
        match node.tag.as_str() {
            "" => self.text(at, node),
            "a" => self.link_end = node.end,
            "br" => self.line_break(),
            _ if node.block && at >= self.heading_end => {
                self.flush();
                if HEADINGS.contains(&node.tag.as_str()) {
                    self.heading_end = node.end;
                }
                self.owners.push((at, node.end));
                if node.tag == "pre" {
                    self.pre_end = node.end;
                }
            }
            _ => {}
        }
    }

    fn line_break(&mut self) {
        if let Some(block) = &mut self.current {
            let length = block.text.trim_end_matches(' ').len();
            block.text.truncate(length);
            if block.text.ends_with('\n') { self.flush() } else { block.text.push('\n') }
        }
    }

    fn text(&mut self, at: usize, node: &Node) {
        let owner = self.owners.last().map_or(0, |o| o.0);
        let linked = at < self.link_end;
        let preformatted = at < self.pre_end;
        for (number, line) in node.text.split(|c| c == '\n' && preformatted).enumerate() {
            if number > 0 {
                self.line_break();
            }
            if self.current.is_none() && line.trim().is_empty() {
                continue;
            }
            let new = || Block { first: at, owner, text: String::new(), letters: 0, linked: 0 };
            add(self.current.get_or_insert_with(new), line, linked);
        }
    }

    fn flush(&mut self) {
        if let Some(mut block) = self.current.take() {
            block.text.truncate(block.text.trim_end().len());
            if block.letters > 0 {
                self.found.push(block);
            }
        }
    }
}

fn add(block: &mut Block, text: &str, linked: bool) {
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            if !block.text.ends_with([' ', '\n']) && !block.text.is_empty() {
                block.text.push(' ');
            }
        } else if !matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}') {
            block.text.push(letter);
            block.letters += 1;
            block.linked += usize::from(linked);
        }
    }
}
