//! Labels that outlive the pipeline they come from.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static LABELS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The label with that text, the same one whoever asks.
///
/// Pipelines have a few hundred labels in all, so they are kept for as long as the program runs; text that comes
/// from documents must not be made a label.
pub(crate) fn label(text: &str) -> &'static str {
    let mut labels = LABELS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(&known) = labels.get(text) {
        return known;
    }
    let new: &'static str = Box::leak(text.into());
    labels.insert(new);
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_one_label_for_one_text() {
        let text = String::from("nsubj");
        assert!(std::ptr::eq(label(&text), label("nsubj")));
        assert_eq!(label(""), "");
    }
}
