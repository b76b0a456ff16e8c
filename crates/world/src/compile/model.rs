//! Entries, offices and roles: what a look-up gives.

use std::cmp::Reverse;

use jiff::civil::Date;

/// An entry's place in its world; valid only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u32);

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A state or territory with a code of its own.
    State,
    /// An adjective ("Venezuelan") or a people ("Venezuelans", "the French").
    Nationality,
    /// A seat of government that stands for it: "Moscow".
    Capital,
    /// A palace, ministry or street that stands for a government: "the Kremlin".
    Metonym,
    /// A region or city.
    Place,
    /// An organisation, bloc, party, armed group, company or outlet.
    Body,
    /// A person.
    Person,
}

impl Kind {
    /// All kinds, in the order in which they are counted and stored.
    pub const ALL: [Kind; 7] =
        [Kind::State, Kind::Nationality, Kind::Capital, Kind::Metonym, Kind::Place, Kind::Body, Kind::Person];
}

/// Someone or something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stable identifier: a state's code, else a name in lower case ("nicolas-maduro").
    pub id: String,
    /// Usual name, with its diacritics.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Of a nationality: whether the name is a noun for the people rather than the adjective.
    pub people: bool,
    /// Of a body or place, what sort it is ("party", "armed", "city"); the tables say which there are.
    pub class: Option<String>,
    /// Inhabitants of a place, else 0; among places of the same name the larger comes first.
    pub population: u32,
    /// Offices of a person, affiliations of anything else, as the table orders them.
    pub offices: Vec<Office>,
    /// States and bodies that belong to a body, each with its dates; their offices have no title.
    pub members: Vec<Office>,
    /// CAMEO's own code of a body that it knows by name ("IGOEUREEC", "PSEREBHMS").
    pub cameo: Option<String>,
}

impl Entry {
    /// The one code of all offices, whatever the day; `None` if they differ.
    pub fn home(&self) -> Option<&str> {
        let mut codes = self.offices.iter().map(|o| o.code.as_str());
        let first = codes.next()?;
        codes.all(|c| c == first).then_some(first)
    }

    /// Sorts the better known first: by kind, by rank of the highest office, by how recent it is.
    pub(crate) fn prominence(&self) -> (Kind, u8, Reverse<Date>, Reverse<u32>) {
        let rank = self.offices.iter().map(|o| o.rank).min().unwrap_or(u8::MAX);
        let last = self.offices.iter().map(|o| o.to.unwrap_or(Date::MAX)).max().unwrap_or(Date::MIN);
        (self.kind, rank, Reverse(last), Reverse(self.population))
    }
}

/// A dated office or affiliation. Both bounds are inclusive; a bound that is not known is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub code: String,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Title in lower case ("foreign minister").
    pub title: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Precedence: 1 heads of state and government, 2 their deputies and foreign ministers, to 9.
    pub rank: u8,
}

impl Office {
    /// Whether it was held on `date`.
    pub fn held_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Sorts offices held at one time: by rank, then the one taken up last.
    pub(crate) fn precedence(&self) -> (u8, Reverse<Option<Date>>) {
        (self.rank, Reverse(self.from))
    }
}

/// What a role word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoleKind {
    /// One person: "minister".
    Person,
    /// Several persons without an organisation's name: "protester", "delegation".
    Group,
    /// An organisation: "government", "court".
    Body,
    /// Armed people: "troops".
    Force,
}

/// A role word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The phrase, in lower-case lemmas: "deputy prime minister".
    pub phrase: String,
    /// PLOVER sector; none where the word alone does not tell ("member", "ally").
    pub sector: Option<String>,
    /// Person, group, body or force.
    pub kind: RoleKind,
    /// Code of the state or body that the word alone names ("pope" VAT), if any.
    pub code: Option<String>,
    /// Precedence among offices, 1 to 9; see [`Office::rank`].
    pub rank: u8,
}

/// Sectors of PLOVER, and no others.
pub const SECTORS: [&str; 25] = [
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP",
    "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK",
];

/// Codes of those that belong to no one state.
pub const WIDER: [&str; 7] = ["EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"];
