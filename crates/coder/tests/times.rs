//! The tests that stand beside the rules for times in `rules/times`.

mod engine;

use chancery_coder::times::proof::check;

#[test]
fn rules_for_times_hold_their_own_tests() {
    let only = std::env::var("RULES").unwrap_or_default();
    let (mut held, mut faults) = (0, Vec::new());
    for rule in &engine::coder().lexicon().times().rules {
        assert!(!rule.examples.is_empty(), "{}:{} {} has no test", rule.file, rule.line, rule.name);
        for example in &rule.examples {
            let place = format!("{}:{} {}", rule.file, example.line, rule.name);
            if !place.contains(&only) {
                continue;
            }
            let document = engine::document(&example.text, example.date.as_deref().unwrap_or(engine::TODAY));
            match check(rule, example, &engine::code_document(&document).annotated) {
                Ok(()) => held += 1,
                Err(fault) => faults.push(format!("{place}\n  {}\n  {fault}", example.text)),
            }
        }
    }
    assert!(held > 0, "no rule test was run");
    let all = held + faults.len();
    assert!(faults.is_empty(), "{} of {all} tests fail:\n{}", faults.len(), faults.join("\n"));
}
