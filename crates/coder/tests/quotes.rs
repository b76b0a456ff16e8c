//! The tests that stand beside the cues of attribution in `rules/quotes`, and what no single cue shows: chains, turns, repairs.

mod engine;

use chancery_coder::quotes::proof::check;
use chancery_record::Quote;

#[test]
fn cues_hold_their_own_tests() {
    let only = std::env::var("RULES").unwrap_or_default();
    let (mut held, mut faults) = (0, Vec::new());
    for class in engine::coder().lexicon().cues().classes() {
        let tests = |found: bool| class.examples.iter().filter(|e| e.found == found).count();
        assert!(
            tests(true) > 0 && tests(false) > 0,
            "{}: {} lacks a `yes` or a `no`",
            class.file,
            class.name
        );
        for example in class.examples.iter().filter(|_| class.name.contains(&only)) {
            match check(
                example,
                &engine::code(&chancery_coder::quotes::proof::unmark(example).text).annotated,
            ) {
                Ok(()) => held += 1,
                Err(fault) => {
                    faults.push(format!(
                        "rules/{}:{} {}\n  {}\n  {fault}",
                        class.file, example.line, class.name, example.text
                    ));
                }
            }
        }
    }
    assert!(held > 0, "no test of a cue was run");
    assert!(
        faults.is_empty(),
        "{} of {} tests fail:\n{}",
        faults.len(),
        held + faults.len(),
        faults.join("\n")
    );
}

/// An attribution in a line: `source {cue} [content] [content]`, with what stands in its words behind `>`.
fn line(text: &str, quote: &Quote) -> String {
    let words =
        |s: &chancery_record::Span| text.chars().skip(s.start).take(s.end - s.start).collect::<String>();
    let part = |s: &Option<chancery_record::Span>| s.as_ref().map_or("-".to_owned(), words);
    let content: Vec<String> = quote.content.spans().iter().map(|s| format!("[{}]", words(s))).collect();
    let inner: Vec<String> = quote.quotes.iter().map(|q| line(text, q)).collect();
    let within = if inner.is_empty() { String::new() } else { format!(" > {}", inner.join("; ")) };
    format!("{} {{{}}} {}{within}", part(&quote.source), part(&quote.cue), content.join(" "))
}

fn quotes(text: &str) -> Vec<Quote> {
    engine::code(text).annotated.quotes.unwrap_or_default()
}

fn lines(text: &str) -> Vec<String> {
    quotes(text).iter().map(|q| line(text, q)).collect()
}
