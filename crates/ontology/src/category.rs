//! The sixteen event categories of PLOVER 0.8, with their quad codes, modes and scales.

use std::fmt;

/// An event category of PLOVER 0.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Agree to, offer, promise or show the intent to cooperate.
    Agree,
    /// Meet, visit, talk, negotiate, mediate.
    Consult,
    /// Cooperate in words: support, praise, recognise, sign.
    Support,
    /// Yield in politics: ease restrictions, give in to demands.
    Concede,
    /// Cooperate in deeds: trade, exercises, extradition, shared intelligence.
    Cooperate,
    /// Give: money, arms, relief, protection, asylum.
    Aid,
    /// Yield in deeds: withdraw, release, disarm, stop fire, let in, resign.
    Retreat,
    /// Ask for, demand, urge.
    Request,
    /// Criticise, allege, investigate.
    Accuse,
    /// Refuse, oppose, veto.
    Reject,
    /// Threaten, warn.
    Threaten,
    /// Demonstrate, strike, boycott, riot.
    Protest,
    /// Reduce or end relations, talks, aid; expel, convict.
    Sanction,
    /// Show or raise military or police power.
    Mobilize,
    /// Restrict, seize, arrest, deport, censor without bodily violence.
    Coerce,
    /// Use physical force.
    Assault,
}

struct Facts {
    name: &'static str,
    quad: u8,
    needs_recipient: bool,
    scale: f64,
    modes: &'static [&'static str],
}

use Category::*;

impl Category {
    /// All categories in the order of the manual, from verbal cooperation to material conflict.
    pub const ALL: [Category; 16] = [
        Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject, Threaten,
        Protest, Sanction, Mobilize, Coerce, Assault,
    ];

    /// The category of this name, in capitals as PLOVER writes it.
    pub fn from_name(name: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|c| c.name() == name)
    }

    /// The name in capitals, as records carry it.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The quad code: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(self) -> u8 {
        self.facts().quad
    }

    /// Whether PLOVER codes the event only with a recipient.
    pub fn needs_recipient(self) -> bool {
        self.facts().needs_recipient
    }

    /// The modes of the category, in the order of the manual.
    pub fn modes(self) -> &'static [&'static str] {
        self.facts().modes
    }

    /// PLOVER's conflict-cooperation scale, -10 to 10: of the strongest mode that has a value of its own, else of the category.
    pub fn scale<S: AsRef<str>>(self, modes: &[S]) -> f64 {
        let own = modes.iter().filter_map(|m| self.mode_scale(m.as_ref()));
        own.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(self.facts().scale)
    }

    /// Only ACCUSE has values known to differ by mode; the manual prints its own value as +3, a slip for -3.
    fn mode_scale(self, mode: &str) -> Option<f64> {
        match (self, mode) {
            (Accuse, "disapprove") => Some(-2.0),
            (Accuse, "investigate" | "allege") => Some(-3.5),
            _ => None,
        }
    }

    /// Source: PLOVER manual, draft 0.8, tables of categories, modes and "Numeric conflict/cooperation scores".
    fn facts(self) -> Facts {
        let facts = |name, quad, scale, modes| Facts {
            name,
            quad,
            needs_recipient: matches!(self, Cooperate | Aid | Sanction),
            scale,
            modes,
        };
        match self {
            Agree => facts("AGREE", 1, 2.5, &[]),
            Consult => facts("CONSULT", 1, 2.5, &["visit", "third-party", "multilateral", "phone"]),
            Support => facts("SUPPORT", 1, 5.0, &[]),
            Concede => facts("CONCEDE", 1, 4.5, &[]),
            Cooperate => facts("COOPERATE", 2, 9.5, &[]),
            Aid => facts("AID", 2, 10.0, &[]),
            Retreat => {
                facts("RETREAT", 2, 6.5, &["withdraw", "release", "disarm", "ceasefire", "access", "resign"])
            }
            Request => facts("REQUEST", 3, 0.0, &["assist", "change", "yield", "meet"]),
            Accuse => facts("ACCUSE", 3, -3.0, &["disapprove", "investigate", "allege"]),
            Reject => facts("REJECT", 3, -2.0, &["assist", "change", "yield", "meet"]),
            Threaten => facts(
                "THREATEN",
                3,
                -3.5,
                &["restrict", "arrest", "relations", "expel", "territory", "violence"],
            ),
            Protest => facts(
                "PROTEST",
                4,
                -5.0,
                &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
            ),
            Sanction => facts("SANCTION", 4, -6.0, &["convict", "expel", "withdraw", "discontinue"]),
            Mobilize => facts("MOBILIZE", 4, -5.5, &["troops", "weapons", "police", "militia"]),
            Coerce => facts(
                "COERCE",
                4,
                -7.0,
                &[
                    "seize",
                    "restrict",
                    "censor",
                    "curfew",
                    "martial-law",
                    "arrest",
                    "deport",
                    "withhold",
                    "misinformation",
                    "cyber",
                ],
            ),
            Assault => facts(
                "ASSAULT",
                4,
                -9.0,
                &[
                    "abduct",
                    "beat",
                    "torture",
                    "sexual",
                    "targeted",
                    "destroy",
                    "primitive",
                    "firearms",
                    "explosives",
                    "suicide-attack",
                    "aerial",
                    "drone",
                    "heavy-weapons",
                    "crowd-control",
                    "unconventional",
                ],
            ),
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_category() {
        for category in Category::ALL {
            assert_eq!(Category::from_name(category.name()), Some(category));
        }
        assert_eq!(Category::from_name("YIELD"), None);
    }

    #[test]
    fn cooperation_scores_above_zero_and_conflict_at_or_below() {
        for category in Category::ALL {
            let scale = category.scale::<&str>(&[]);
            assert_eq!(scale > 0.0, category.quad() <= 2, "{category} {scale}");
        }
    }

    #[test]
    fn the_strongest_mode_decides_the_scale() {
        assert_eq!(Category::Accuse.scale::<&str>(&[]), -3.0);
        assert_eq!(Category::Accuse.scale(&["disapprove"]), -2.0);
        assert_eq!(Category::Accuse.scale(&["disapprove", "allege"]), -3.5);
        assert_eq!(Category::Assault.scale(&["aerial"]), -9.0);
    }

    #[test]
    fn three_categories_need_a_recipient() {
        let needy: Vec<_> = Category::ALL.into_iter().filter(|c| c.needs_recipient()).collect();
        assert_eq!(needy, [Category::Cooperate, Category::Aid, Category::Sanction]);
    }
}
