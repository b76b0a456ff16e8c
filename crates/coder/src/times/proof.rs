//! Whether a time rule's own test holds.

use chancery_record::Annotated;

use super::{Example, Rule};

/// Whether the example's sentence, annotated, has the expression that the example asks for; a `no` asks for none at all.
///
/// # Errors
/// What was wanted and what came.
pub fn check(rule: &Rule, example: &Example, annotated: &Annotated) -> Result<(), String> {
    let times = annotated.times.as_deref().unwrap_or_default();
    let came: Vec<String> = times
        .iter()
        .map(|t| format!("{} {} \"{}\"", t.r#type, t.value.as_deref().unwrap_or("-"), t.text))
        .collect();
    let holds = match &example.expected {
        None => times.is_empty(),
        Some((kind, value, words)) => times.iter().any(|t| {
            t.r#type == *kind
                && t.value.as_deref().unwrap_or("-") == value
                && words.as_ref().is_none_or(|w| *w == t.text)
        }),
    };
    if holds {
        return Ok(());
    }
    Err(format!("{}: wanted {:?}, came {}", rule.name, example.expected, came.join("; ")))
}
