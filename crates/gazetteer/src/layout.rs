//! How the compiled gazetteer lies in its bytes: what the build writes and the program reads in place.

/// Bytes of a place.
pub const PLACE: usize = 32;
/// Bytes of a slot of the table of names: half of a name's hash, and where its holders begin.
pub const SLOT: usize = 8;
/// Where something is not known.
pub const NONE: u32 = u32::MAX;
/// A second-order division that is not known: its positions have 24 bits.
pub const NO_DIVISION: usize = 0x00ff_ffff;
/// The bit of a place's level that says that it is one of the news.
pub const OF_NEWS: u8 = 1 << 7;
/// A coordinate that is not known.
pub const NO_DEGREES: i32 = i32::MIN;
/// Coordinates are kept in this many parts of a degree.
pub const PARTS: f64 = 100_000.0;
/// The bit of a holder of a name that says that no further one follows.
pub const LAST: u32 = 1 << 31;
/// A holder's bits above this one say in which way it has the name.
pub const KIND_BITS: u32 = 28;

/// In which way a place has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Its usual name.
    Usual,
    /// Another one.
    Other,
    /// Its name without the word for what it is: "Laurel" for Laurel County.
    Bare,
    /// What is of it, or who: "Syrian", "Syrians".
    Adjective,
    /// Short for it beside another place: "Ala.", "W.Va.".
    Abbreviation,
    /// A local outlet that is at home there.
    LocalOutlet,
    /// An outlet of the whole country that has its seat there.
    NationalOutlet,
}

impl NameKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [NameKind; 7] = [
        NameKind::Usual,
        NameKind::Other,
        NameKind::Bare,
        NameKind::Adjective,
        NameKind::Abbreviation,
        NameKind::LocalOutlet,
        NameKind::NationalOutlet,
    ];
}

/// How large a place is in the order of divisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A state or territory.
    Country,
    /// A first-order division.
    Province,
    /// A second-order division.
    District,
    /// A town, village or section of one.
    City,
    /// Something that a town may hold: a base, a crossing, a camp.
    Site,
    /// A sea, river, range or region, which keeps to no division.
    Area,
}

impl Level {
    /// All levels, in the order of their numbers.
    pub const ALL: [Level; 6] =
        [Level::Country, Level::Province, Level::District, Level::City, Level::Site, Level::Area];
}
