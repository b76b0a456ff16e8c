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
    /// The role that CAMEO has for it (codebook 1.1b3, chapter 3, and the agents of its dictionaries).
    pub cameo: &'static str,
}

/// The sectors of PLOVER 0.8: first those of state and power, then those of society.
pub const SECTORS: [Sector; 25] = [
    power("COP", "police and internal security", "COP"),
    power("GOV", "government", "GOV"),
    power("JUD", "courts", "JUD"),
    power("LEG", "legislature", "LEG"),
    power("MIL", "armed forces", "MIL"),
    power("PRM", "paramilitary group", "UAF"),
    power("OPP", "opposition", "OPP"),
    power("PTY", "political party", "PTY"),
    power("REB", "rebels", "REB"),
    power("SPY", "intelligence services", "SPY"),
    power("UAF", "unidentified armed force", "UAF"),
    power("UNK", "unknown", ""),
    society("AGR", "agriculture", "AGR"),
    society("BUS", "business", "BUS"),
    society("CRM", "crime", "CRM"),
    society("CVL", "civilians", "CVL"),
    society("EDU", "education", "EDU"),
    society("ELI", "elites, former officials", "ELI"),
    society("JRN", "journalists and media", "MED"),
    society("LAB", "labour", "LAB"),
    society("MED", "medicine and health", "HLH"),
    society("REF", "refugees", "REF"),
    society("PRE", "breakaway authorities without recognition", "SEP"),
    society("REL", "religion", "REL"),
    society("SOC", "civil society", "CVL"),
];

const fn power(code: &'static str, name: &'static str, cameo: &'static str) -> Sector {
    Sector { code, name, political: true, cameo }
}

const fn society(code: &'static str, name: &'static str, cameo: &'static str) -> Sector {
    Sector { code, name, political: false, cameo }
}

/// CAMEO's composite code of an actor, by code and PLOVER sector: "RUSGOV", "---CVL", "IGOEUREECLEG". `None` where
/// neither is known.
pub fn actor_code(code: Option<&str>, sector: Option<&str>) -> Option<String> {
    let role = sector.and_then(Sector::from_code).map(|s| s.cameo).filter(|role| !role.is_empty());
    match (code, role) {
        (None, None) => None,
        (None, Some(role)) => Some(format!("---{role}")),
        (Some(code), role) => Some(format!("{}{}", body(code), role.unwrap_or_default())),
    }
}

/// What CAMEO writes for the codes of no state: the sort of body, then the body.
fn body(code: &str) -> &str {
    match code {
        "UNO" => "IGOUNO",
        "EUR" => "IGOEUREEC",
        _ => code,
    }
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
    fn actors_have_composite_codes() {
        assert_eq!(actor_code(Some("RUS"), Some("GOV")).as_deref(), Some("RUSGOV"));
        assert_eq!(actor_code(Some("FRA"), Some("JRN")).as_deref(), Some("FRAMED"));
        assert_eq!(actor_code(Some("EUR"), Some("LEG")).as_deref(), Some("IGOEUREECLEG"));
        assert_eq!(actor_code(None, Some("CVL")).as_deref(), Some("---CVL"));
        assert_eq!(actor_code(Some("VEN"), None).as_deref(), Some("VEN"));
        assert_eq!(actor_code(None, None), None);
    }

    #[test]
    fn sectors_are_found_by_code() {
        assert_eq!(Sector::from_code("MIL").map(|s| s.political), Some(true));
        assert_eq!(Sector::from_code("XXX"), None);
    }
}
