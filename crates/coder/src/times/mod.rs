//! When: time expressions of English news, resolved against the document's date and the dates told before.

mod calendar;
mod events;
mod expressions;
mod holidays;
mod known;
mod matching;
mod numbers;
pub mod proof;
mod reader;
mod syntax;
mod values;

use std::ops::Range;

use chancery_text::Span;
use jiff::civil::Date;

use crate::predicates::Scene;
pub use calendar::{one_day, parse_duration, shift};
pub use events::{event_named, event_told};
pub use expressions::{Expressions, Times};
use matching::Found;
use reader::Reader;
pub use syntax::{Example, Rule, Rules};

/// Days that a value stands for, and how finely it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// `day`, `week`, `month`, `quarter`, `year`, `range`.
    pub granularity: &'static str,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Its tokens; the first or last may reach beyond the expression ("1915-17").
    pub tokens: Range<usize>,
    /// Its bytes in the view.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: &'static str,
    /// TIMEX3 value; `None` where it cannot be known.
    pub value: Option<String>,
    /// The days it stands for.
    pub days: Option<Days>,
    /// How the value was found.
    pub basis: String,
    /// Its rule, by its number.
    pub rule: usize,
}

/// Every time expression of the document, in text order.
pub fn find(scene: &Scene, today: Option<Date>) -> Vec<TimeExpression> {
    let rules = scene.lexicon.times();
    let mut reader = Reader::new(scene, today);
    let mut expressions = Vec::new();
    let mut i = 0;
    while i < reader.words.len() {
        let Some(found) = matching::read(&reader, i) else {
            reader.keep(events::note(&reader, i));
            i += 1;
            continue;
        };
        i = found.words.end;
        if rules.rules[found.rule].kind != "NONE" {
            let counted = found.resolved.basis == values::COUNTED;
            let expression = expression(&reader, found);
            reader.remember(&expression, counted);
            expressions.push(expression);
        }
    }
    expressions
}

fn expression(reader: &Reader, found: Found) -> TimeExpression {
    let (first, last) = (reader.words[found.words.start], reader.words[found.words.end - 1]);
    TimeExpression {
        tokens: reader.tokens(&found.words),
        span: Span::new(first.start, last.end),
        kind: reader.rules.rules[found.rule].kind,
        value: found.resolved.value,
        days: found.resolved.days,
        basis: found.resolved.basis,
        rule: found.rule,
    }
}
