//! What a page says about its article in JSON-LD (schema.org).

use serde_json::Value;

use super::tree::{self, Node};

/// The statements about an article that we use.
#[derive(Debug, Default)]
pub struct Stated {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    /// The text of the article, often without its markup.
    pub body: Option<String>,
}

/// What the first article of the page's JSON-LD says, or else the first web page of it.
pub fn stated(nodes: &[Node]) -> Stated {
    let scripts = nodes.iter().enumerate().filter(|(_, node)| {
        node.tag == "script" && node.get("type").is_some_and(|kind| kind.contains("ld+json"))
    });
    let values: Vec<Value> = scripts.filter_map(|(at, _)| parse(&nodes.get(at + 1)?.text)).collect();
    let first = |is: fn(&str) -> bool| values.iter().find_map(|value| find(value, is));
    let article = first(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report");
    article.or_else(|| first(|kind| kind.ends_with("WebPage"))).map(read).unwrap_or_default()
}

/// Pages put line breaks into strings and comments around them, which JSON forbids.
fn parse(text: &str) -> Option<Value> {
    let text =
        text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_end_matches("-->");
    let text = text.trim_end().trim_end_matches("//]]>").replace(|c: char| c.is_control(), " ");
    serde_json::from_str(&text).ok()
}

/// The first object of a type, in document order. `serde_json` bounds the depth.
fn find(value: &Value, is: fn(&str) -> bool) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, is)),
        Value::Object(fields) => {
            let kinds = fields.get("@type").into_iter().flat_map(strings);
            if kinds.into_iter().any(is) {
                Some(value)
            } else {
                fields.values().find_map(|field| find(field, is))
            }
        }
        _ => None,
    }
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn read(article: &Value) -> Stated {
    let field = |name: &str| article.get(name).and_then(Value::as_str).map(tree::text_of);
    let named = |name: &str| article.get(name).map(names).filter(|names| !names.is_empty());
    Stated {
        headline: field("headline").or_else(|| field("name")),
        published: field("datePublished").or_else(|| field("dateCreated")),
        author: named("author"),
        publisher: named("publisher"),
        language: field("inLanguage"),
        body: field("articleBody"),
    }
}

/// The names of persons or organisations, which are strings, objects or lists of them.
fn names(value: &Value) -> String {
    match value {
        Value::String(name) => tree::text_of(name),
        Value::Object(fields) => fields.get("name").map(names).unwrap_or_default(),
        Value::Array(items) => {
            let mut all: Vec<String> = items.iter().map(names).filter(|name| !name.is_empty()).collect();
            all.dedup();
            all.join(", ")
        }
        _ => String::new(),
    }
}
