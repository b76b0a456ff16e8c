//! The pages of `docs/events` say what the rules say.

#[path = "../examples/event_pages/pages.rs"]
mod pages;

use std::collections::BTreeSet;
use std::fs;

#[test]
fn event_pages_are_those_of_the_rules() {
    let differs = |(name, text): &(String, String)| {
        fs::read_to_string(pages::folder().join(name)).ok().as_ref() != Some(text)
    };
    let outdated: Vec<String> = pages::all().into_iter().filter(differs).map(|(name, _)| name).collect();
    assert!(
        outdated.is_empty(),
        "docs/events does not say what the rules say ({}): run `cargo run -p chancery-coder --example event_pages`",
        outdated.join(", ")
    );
}

#[test]
fn docs_events_holds_no_other_page() {
    let known: BTreeSet<String> = pages::all().into_iter().map(|(name, _)| name).collect();
    let files = fs::read_dir(pages::folder()).expect("docs/events is there");
    let names = files.map(|f| f.expect("a readable folder").file_name().to_string_lossy().into_owned());
    let strange: Vec<String> = names.filter(|n| !known.contains(n)).collect();
    assert!(strange.is_empty(), "the rules make no such page, delete it: docs/events/{}", strange.join(", "));
}

#[test]
fn links_between_pages_lead_somewhere() {
    let pages = pages::all();
    let text = |name: &str| pages.iter().find(|(n, _)| n == name).map(|(_, text)| text);
    for (page, body) in &pages {
        for link in body.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { Some(body) } else { text(file) };
            let found = match (target, heading) {
                (None, _) => pages::folder().join(file).exists(),
                (Some(_), "") => true,
                (Some(target), _) => {
                    target.lines().any(|l| l.strip_prefix("## ").is_some_and(|h| h.to_lowercase() == heading))
                }
            };
            assert!(found, "docs/events/{page} links to {link}, which is not there");
        }
    }
}
