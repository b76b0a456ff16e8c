//! Markup to a flat tree in linear time, whatever the markup.
//!
//! Browsers' tree building is quadratic in nesting, and a hundred thousand open `<div>` hang or
//! overflow every HTML library that we measured (`bench/pages`). Here nodes lie in document order
//! and each knows where its descendants end, so nothing below ever recurses.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Elements open at once; deeper ones are dropped and their text goes to the deepest kept.
const DEEPEST: usize = 256;
/// Nodes kept of a page; what follows is dropped. A long article has some ten thousand.
const MOST_NODES: usize = 1 << 20;

/// An element, or a piece of text.
#[derive(Debug, Default)]
pub struct Node {
    /// Name of the element in lower case; empty for text.
    pub tag: String,
    /// Attributes that [`ATTRIBUTES`] names.
    pub attributes: Vec<(&'static str, String)>,
    /// Text as it stands, entities decoded; empty for elements.
    pub text: String,
    /// Whether it is an element that starts a line of its own.
    pub block: bool,
    /// Index after the last descendant.
    pub end: usize,
}

impl Node {
    /// An attribute's value, if it is there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }
}

/// Attributes that something below reads.
const ATTRIBUTES: [&str; 17] = [
    "aria-hidden",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "type",
];

/// Elements that stand within a line.
const INLINE: [&str; 40] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "link",
];

/// Elements without content, which no end tag closes.
const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that may stand in the head.
const HEAD: [&str; 9] =
    ["base", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"];

/// What an element's start closes, and what bounds the search for it.
const IMPLIED_ENDS: [(&str, &[&str], &[&str]); 8] = [
    ("li", &["li"], &["ul", "ol", "menu"]),
    ("dt", &["dt", "dd"], &["dl"]),
    ("dd", &["dt", "dd"], &["dl"]),
    ("tr", &["tr", "td", "th"], &["table"]),
    ("td", &["td", "th"], &["tr", "table"]),
    ("th", &["td", "th"], &["tr", "table"]),
    ("option", &["option"], &["select"]),
    ("a", &["a"], &[]),
];

/// The nodes of a page in document order.
pub fn parse(html: &str) -> Vec<Node> {
    let mut builder = Builder::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        builder.read(event);
        None
    });
    emitter.naively_switch_states(true);
    // Nothing is yielded: the builder takes what there is, so that no fault of the markup piles up.
    Tokenizer::new_with_emitter(html, emitter).for_each(drop);
    builder.finish()
}

/// Text that was written as markup, as JSON-LD and feeds have it: entities decoded, tags left out.
pub fn text_of(markup: &str) -> String {
    if !markup.contains(['&', '<']) {
        return markup.to_owned();
    }
    parse(markup).into_iter().map(|node| node.text).collect()
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An element that is open.
struct Open {
    at: usize,
    block: bool,
    /// Whether its end tag has come already, within a block that is still open.
    ended: bool,
}

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The start tag that is being read, and the attribute of it that is kept.
    tag: Node,
    attribute: Option<&'static str>,
}

impl Builder {
    fn read(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Node { tag: string(name), ..Node::default() },
            CallbackEvent::AttributeName { name } => {
                let known = ATTRIBUTES.iter().find(|known| known.as_bytes() == name);
                self.attribute = known.copied().filter(|known| self.tag.get(known).is_none());
                self.tag.attributes.extend(self.attribute.map(|name| (name, String::new())));
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(_), Some((_, kept))) = (self.attribute, self.tag.attributes.last_mut()) {
                    kept.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.close(&string(name)),
            CallbackEvent::String { value } => self.text(string(value)),
            _ => {}
        }
    }

    fn start(&mut self) {
        let mut node = std::mem::take(&mut self.tag);
        node.block = !INLINE.contains(&node.tag.as_str());
        self.close_implied(&node.tag, node.block);
        let (at, block) = (self.nodes.len(), node.block);
        node.end = at + 1;
        let is_void = VOID.contains(&node.tag.as_str());
        if at < MOST_NODES && (is_void || self.open.len() < DEEPEST) {
            self.nodes.push(node);
            if !is_void {
                self.open.push(Open { at, block, ended: false });
            }
        }
    }

    fn text(&mut self, text: String) {
        if !text.trim().is_empty() {
            self.close_head();
        }
        if self.nodes.len() < MOST_NODES {
            let end = self.nodes.len() + 1;
            self.nodes.push(Node { text, end, ..Node::default() });
        }
    }

    fn tag_of(&self, depth: usize) -> &str {
        &self.nodes[self.open[depth].at].tag
    }

    /// The end tag of the head may be left out.
    fn close_head(&mut self) {
        if let Some(depth) = self.open.len().checked_sub(1).filter(|depth| self.tag_of(*depth) == "head") {
            self.pop_to(depth);
        }
    }

    fn close_implied(&mut self, name: &str, block: bool) {
        if !HEAD.contains(&name) {
            self.close_head();
        }
        if block && name != "br" {
            self.close_paragraph();
        }
        let Some((_, closed, bounds)) = IMPLIED_ENDS.iter().find(|(tag, ..)| *tag == name) else { return };
        for depth in (0..self.open.len()).rev() {
            let tag = self.tag_of(depth);
            if closed.contains(&tag) {
                return self.pop_to(depth);
            }
            if bounds.contains(&tag) || bounds.is_empty() && self.open[depth].block {
                return;
            }
        }
    }

    /// A paragraph ends where a block begins.
    fn close_paragraph(&mut self) {
        for depth in (0..self.open.len()).rev() {
            match self.tag_of(depth) {
                "p" => return self.pop_to(depth),
                _ if !self.open[depth].block => {}
                _ => return,
            }
        }
    }

    fn close(&mut self, name: &str) {
        let bounds: &[&str] = match name {
            "table" | "body" | "html" => &[],
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => &["table"],
            _ => &["td", "th", "table"],
        };
        let inline = INLINE.contains(&name);
        let mut crosses = false;
        for depth in (0..self.open.len()).rev() {
            let tag = self.tag_of(depth);
            if tag == name && crosses {
                self.open[depth].ended = true;
                return;
            }
            if tag == name {
                return self.pop_to(depth);
            }
            if bounds.contains(&tag) {
                return;
            }
            crosses |= inline && self.open[depth].block;
        }
    }

    /// Closes the elements from a depth on, and those under it whose end tag came too early.
    fn pop_to(&mut self, depth: usize) {
        let end = self.nodes.len();
        while self.open.len() > depth || self.open.last().is_some_and(|open| open.ended) {
            if let Some(open) = self.open.pop() {
                self.nodes[open.at].end = end;
            }
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.pop_to(0);
        self.nodes
    }
}
