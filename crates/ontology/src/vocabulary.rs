//! The closed word lists of PLOVER 0.8 that are not tied to a category: contexts, sectors, bodies, auxiliary modes.

/// The contexts an event may stand in (PLOVER manual, draft 0.8).
pub const CONTEXTS: [&str; 37] = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// Modes that any category may carry; records say the same in `status`.
pub const AUXILIARY_MODES: [&str; 4] = ["historical", "future", "hypothetical", "negation"];

/// Codes that stand in the place of a country for actors that belong to none.
pub const BODIES: [(&str, &str); 7] = [
    ("IGO", "intergovernmental organisation"),
    ("UNO", "United Nations and its agencies"),
    ("EUR", "European Union and its organs"),
    ("NGO", "non-governmental organisation"),
    ("ISM", "international social movement"),
    ("IMG", "international militarised group"),
    ("MNC", "multinational company"),
];

/// A sector of society, the second part of an actor's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sector {
    /// Three capitals, as records carry it.
    pub code: &'static str,
    /// What it stands for.
    pub name: &'static str,
    /// Whether it belongs to the state or fights for power over it; the other sectors are society.
    pub political: bool,
}

/// The sectors of PLOVER 0.8: first those of state and power, then those of society.
pub const SECTORS: [Sector; 25] = [
    power("COP", "police and internal security"),
    power("GOV", "government"),
    power("JUD", "courts"),
    power("LEG", "legislature"),
    power("MIL", "armed forces"),
    power("PRM", "paramilitary group"),
    power("OPP", "opposition"),
    power("PTY", "political party"),
    power("REB", "rebels"),
    power("SPY", "intelligence services"),
    power("UAF", "unidentified armed force"),
    power("UNK", "unknown"),
    society("AGR", "agriculture"),
    society("BUS", "business"),
    society("CRM", "crime"),
    society("CVL", "civilians"),
    society("EDU", "education"),
    society("ELI", "elites"),
    society("JRN", "journalists and media"),
    society("LAB", "labour"),
    society("MED", "medicine and health"),
    society("REF", "refugees"),
    society("PRE", "former officials"),
    society("REL", "religion"),
    society("SOC", "civil society"),
];

const fn power(code: &'static str, name: &'static str) -> Sector {
    Sector { code, name, political: true }
}

const fn society(code: &'static str, name: &'static str) -> Sector {
    Sector { code, name, political: false }
}

impl Sector {
    /// The sector of this code.
    pub fn from_code(code: &str) -> Option<&'static Sector> {
        SECTORS.iter().find(|s| s.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_doubles(names: &[&str]) {
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn lists_hold_nothing_twice() {
        no_doubles(&CONTEXTS);
        no_doubles(&SECTORS.map(|s| s.code));
    }

    #[test]
    fn sectors_are_found_by_code() {
        assert_eq!(Sector::from_code("MIL").map(|s| s.political), Some(true));
        assert_eq!(Sector::from_code("XXX"), None);
    }
}
