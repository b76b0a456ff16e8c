//! One actor and one recipient a row, for formats that hold no lists.

use chancery_record::{Actor, Event};

/// One who acts and one acted on; `None` where the words do not say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dyad<'e> {
    /// Place among the event's dyads, from 0.
    pub(crate) number: usize,
    pub(crate) actor: Option<&'e Actor>,
    pub(crate) recipient: Option<&'e Actor>,
}

/// Everyone who acts with everyone acted on. Of a mutual act, in which the same stand on both sides, nobody is paired with
/// itself.
pub(crate) fn dyads(event: &Event) -> Vec<Dyad<'_>> {
    let recipients = sides(&event.recipient);
    let pairs = sides(&event.actor).into_iter().flat_map(|a| recipients.iter().map(move |r| (a, *r)));
    let pairs: Vec<_> = pairs.collect();
    let others: Vec<_> = pairs.iter().copied().filter(|&(a, r)| !same(a, r)).collect();
    let pairs = if others.is_empty() { pairs } else { others };
    let dyads = pairs.into_iter().enumerate();
    dyads.map(|(number, (actor, recipient))| Dyad { number, actor, recipient }).collect()
}

fn sides(actors: &[Actor]) -> Vec<Option<&Actor>> {
    if actors.is_empty() { vec![None] } else { actors.iter().map(Some).collect() }
}

fn same(actor: Option<&Actor>, recipient: Option<&Actor>) -> bool {
    match (actor, recipient) {
        (Some(a), Some(r)) if a.id.is_some() && r.id.is_some() => a.id == r.id,
        (Some(a), Some(r)) => (&a.name, &a.code, &a.text) == (&r.name, &r.code, &r.text),
        _ => false,
    }
}

/// The event's identifier as a number of 63 bits, as GDELT and ICEWS number their events; each dyad has its own.
///
/// The first dyad has the identifier's own bits but for the highest, the others have these scattered (SplitMix64).
pub(crate) fn serial(event: &Event, dyad: usize) -> u64 {
    let own = u64::from_str_radix(&event.id, 16).unwrap_or_else(|_| hash(&event.id));
    let bits = if dyad == 0 { own } else { scatter(own.wrapping_add(dyad as u64)) };
    bits & (u64::MAX >> 1)
}

fn scatter(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// FNV-1a, for identifiers that are not of Chancery's making.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |bits, byte| {
        (bits ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::event;

    fn party(name: &str, id: Option<&str>) -> Actor {
        let model = event().actor.remove(0);
        Actor { name: Some(name.to_owned()), text: name.to_owned(), id: id.map(str::to_owned), ..model }
    }

    fn pairs(actor: &[Actor], recipient: &[Actor]) -> Vec<String> {
        let event = Event { actor: actor.to_vec(), recipient: recipient.to_vec(), ..event() };
        let name = |side: Option<&Actor>| side.map_or("-".to_owned(), |a| a.text.clone());
        dyads(&event).iter().map(|d| name(d.actor) + ">" + &name(d.recipient)).collect()
    }

    #[test]
    fn compound_parties_are_paired() {
        let [a, b, c] = ["A", "B", "C"].map(|name| party(name, None));
        assert_eq!(pairs(&[a.clone(), b.clone()], std::slice::from_ref(&c)), ["A>C", "B>C"]);
        assert_eq!(pairs(&[a.clone(), b], &[]), ["A>-", "B>-"]);
        assert_eq!(pairs(&[], &[c]), ["->C"]);
        assert_eq!(pairs(&[], &[]), ["->-"]);
    }

    #[test]
    fn nobody_is_paired_with_itself_unless_it_acts_on_itself_alone() {
        let both = [party("A", Some("a")), party("B", Some("b"))];
        assert_eq!(pairs(&both, &both), ["A>B", "B>A"]);
        assert_eq!(pairs(&both[..1], &both[..1]), ["A>A"]);
        let other_words = [party("the A", Some("a")), party("B", Some("b"))];
        assert_eq!(pairs(&both, &other_words), ["A>B", "B>the A"]);
    }

    #[test]
    fn every_dyad_has_a_number_of_its_own_that_fits_63_bits() {
        let event = Event { id: "f98c36a0170eca35".to_owned(), ..event() };
        let numbers: std::collections::BTreeSet<u64> = (0..100).map(|dyad| serial(&event, dyad)).collect();
        assert_eq!(numbers.len(), 100);
        assert_eq!(serial(&event, 0), 0x798c_36a0_170e_ca35);
        assert!(numbers.iter().all(|n| i64::try_from(*n).is_ok()));
        let named = Event { id: "report 7".to_owned(), ..event };
        assert_ne!(serial(&named, 0), serial(&named, 1));
    }
}
