//! Every rule's own tests: the sentences that stand beside it in `rules/`, read by the engine and coded in the invented world.

mod engine;

use chancery_coder::rules::check;

#[test]
fn rules_hold_their_own_tests() {
    let coder = engine::coder();
    let only = std::env::var("RULES").unwrap_or_default();
    let (mut held, mut faults) = (0, Vec::new());
    for block in coder.lexicon().blocks() {
        for example in &block.examples {
            let place = format!("{}:{} {}", block.file, example.line, block.name);
            if !place.contains(&only) {
                continue;
            }
            match check(block, example, &engine::code(&example.text)) {
                Ok(()) => held += 1,
                Err(fault) => faults.push(format!("{place}\n  {}\n{fault}", example.text)),
            }
        }
    }
    assert!(held > 0, "no rule test was run");
    assert!(
        faults.is_empty(),
        "{} of {} rule tests fail:\n{}",
        faults.len(),
        held + faults.len(),
        faults.join("\n")
    );
}
