//! A CAMEO actor code taken apart: "PSEREBHMS" is a state, a role and a group.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::cameo::rows;
use crate::country;

const PARTS: &str = include_str!("../../../data/ontology/cameo-actors.tsv");

/// The parts of a CAMEO actor code, as GDELT keeps them in columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorParts<'c> {
    /// State or region.
    pub country: Option<&'c str>,
    /// A body that CAMEO knows by name; of several the last, which is the narrowest.
    pub group: Option<&'c str>,
    /// People.
    pub people: Option<&'c str>,
    /// Religions, the broader one first.
    pub religions: Vec<&'c str>,
    /// Roles in the order of the code.
    pub types: Vec<&'c str>,
}

/// Takes a composite code apart, three letters at a time; `---` says nothing.
///
/// Letters that are no role, religion, people, region or state are those of a group. "UNO" is a group by itself and a
/// role before an agency's own letters.
pub fn actor_parts(code: &str) -> ActorParts<'_> {
    let mut parts = ActorParts::default();
    let ends = (0..code.len()).step_by(3).map(|at| code.get(at..at + 3));
    for (n, part) in ends.flatten().enumerate().filter(|(_, part)| *part != "---") {
        let kind = KINDS.get(part).copied();
        match kind {
            _ if parts.country.is_none() && is_country(n, part, kind) => parts.country = Some(part),
            Some("type") => parts.types.push(part),
            Some("religion") => parts.religions.push(part),
            Some("people") => parts.people = Some(part),
            _ => {
                let wider = parts.group.replace(part);
                parts.types.extend(wider.filter(|&wider| wider == "UNO"));
            }
        }
    }
    parts
}

/// A state stands first or behind the sort of body; there, letters that a religion has too are the religion's.
fn is_country(n: usize, part: &str, kind: Option<&str>) -> bool {
    match kind {
        Some("region") => true,
        Some("type") => false,
        Some(_) => n == 0 && country(part).is_some(),
        None => n == 0 && !BODIES.contains(&part) || country(part).is_some(),
    }
}

/// Bodies that may stand first without being a state.
const BODIES: [&str; 1] = ["UNO"];

static KINDS: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(PARTS).map(|row| (row[1], row[0])).collect());

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> String {
        let parts = actor_parts(code);
        let one = |part: Option<&str>| part.unwrap_or("-").to_owned();
        [
            one(parts.country),
            one(parts.group),
            one(parts.people),
            parts.religions.join("+"),
            parts.types.join("+"),
        ]
        .join(" ")
    }

    #[test]
    fn a_code_falls_into_its_parts() {
        assert_eq!(shown("RURGOV"), "RUR - -  GOV");
        assert_eq!(shown("RURREBHMS"), "RUR HMS -  REB");
        assert_eq!(shown("---CVL"), "- - -  CVL");
        assert_eq!(shown("IGOEUREECLEG"), "EUR EEC -  IGO+LEG");
        assert_eq!(shown("IGOUNO"), "- UNO -  IGO");
        assert_eq!(shown("IGOUNOHLHWHO"), "- WHO -  IGO+HLH+UNO");
        assert_eq!(shown("NGOCHRCTH"), "- - - CHR+CTH NGO");
        assert_eq!(shown("NGOCHNUIGHRI"), "CHN - UIG  NGO+HRI");
        assert_eq!(shown("IMGMUSISI"), "- ISI - MUS IMG");
        assert_eq!(shown(""), "- - -  ");
    }

    #[test]
    fn letters_of_a_state_first_are_the_state() {
        assert_eq!(shown("MUSGOV"), "MUS - -  GOV");
        assert_eq!(shown("SYRREBMUS"), "SYR - - MUS REB");
    }

    #[test]
    fn odd_text_is_no_error() {
        assert_eq!(shown("RU"), "- - -  ");
        assert_eq!(shown("éé"), "- - -  ");
    }

    #[test]
    fn no_code_has_two_kinds() {
        assert_eq!(KINDS.len(), rows(PARTS).count());
    }
}
