//! The pages of `docs/events` say what the rules say.

#[path = "../examples/event_pages/pages.rs"]
mod pages;

use std::fs;

#[test]
fn event_pages_are_those_of_the_rules() {
    for (name, text) in pages::all() {
        let path = pages::folder().join(&name);
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "docs/events/{name} is out of date: run `cargo run -p chancery-coder --example event_pages`"
        );
    }
}
