//! Whether a rule's own test holds: the sentence beside it, coded, against what the rule file says of it.

use chancery_record::{Actor, Event, Status};

use super::{Block, Example, Expected};
use crate::Coded;

/// Whether `coded`, the example's sentence as it was coded, is what the example asks for.
///
/// # Errors
/// What was wanted and what came, in lines.
pub fn check(block: &Block, example: &Example, coded: &Coded) -> Result<(), String> {
    let events = coded.annotated.events.as_deref().unwrap_or_default();
    let holds = match &example.expected {
        None => !events.iter().any(|e| e.status != Status::Negated && is_of(e, block)),
        Some(expected) => expected.iter().all(|wanted| events.iter().any(|e| is(e, wanted))),
    };
    let notes = coded.explained.iter().flat_map(|s| &s.notes).map(|n| format!("  note {n}\n"));
    if holds { Ok(()) } else { Err(account(example, events) + &notes.collect::<String>()) }
}

fn is_of(event: &Event, block: &Block) -> bool {
    event.evidence.rule.split(" > ").any(|rule| rule.split('/').next() == Some(&block.name))
}

fn is(event: &Event, wanted: &Expected) -> bool {
    event.event == wanted.event
        && wanted.cameo.as_ref().is_none_or(|c| *c == event.cameo)
        && are(&event.actor, &wanted.actors)
        && are(&event.recipient, &wanted.recipients)
        && status(event) == wanted.status
}

/// Whether exactly these codes are there, with the sectors that are asked for; inferred ones may stand beside them.
fn are(actors: &[Actor], wanted: &[(String, Option<String>)]) -> bool {
    let fits = |a: &Actor, (code, sector): &(String, Option<String>)| {
        let code_fits = a.code.as_deref() == Some(code) || a.sector.as_deref() == Some(code);
        code_fits && sector.as_ref().is_none_or(|s| a.sector.as_ref() == Some(s))
    };
    wanted.iter().all(|w| actors.iter().any(|a| fits(a, w)))
        && actors.iter().all(|a| a.inferred.is_some() || wanted.iter().any(|w| fits(a, w)))
}

fn status(event: &Event) -> String {
    format!("{:?}", event.status).to_lowercase()
}

fn account(example: &Example, events: &[Event]) -> String {
    let side = |actors: &[Actor]| {
        let one = |a: &Actor| {
            format!("{}/{}", a.code.as_deref().unwrap_or("?"), a.sector.as_deref().unwrap_or("-"))
        };
        actors.iter().map(one).collect::<Vec<_>>().join(",")
    };
    let got = events.iter().map(|e| {
        format!(
            "  got  {} {} {} > {} {} [{}]\n",
            e.event,
            e.cameo,
            side(&e.actor),
            side(&e.recipient),
            status(e),
            e.evidence.rule
        )
    });
    let wanted = match &example.expected {
        None => "  want nothing of this block\n".to_owned(),
        Some(expected) => expected
            .iter()
            .map(|w| {
                format!("  want {} {:?} {:?} > {:?} {}\n", w.event, w.cameo, w.actors, w.recipients, w.status)
            })
            .collect(),
    };
    wanted + &got.collect::<String>()
}
