//! Reads each kind of table into drafts of entries: the entry, the names it goes by, and where it stands.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::dates;
use super::fault::Fault;
use super::model::{Entry, Kind, Office, Role, RoleKind, SECTORS};
use super::spell;
use super::table::{self, Row};
use super::titles::{self, Holders, Title};

/// An entry with its names and the line it comes from.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The entry.
    pub entry: Entry,
    /// Folded names, the usual one first.
    pub names: Vec<Name>,
    /// Bare forms of a person's name as the table gives them; none given means the last name.
    pub short: Vec<String>,
    /// For each office, the days on which it was certainly held; see [`dates::certain`].
    pub certain: Vec<Option<(Date, Option<Date>)>>,
    /// Marked with `!`: takes the place of an entry of the same identifier instead of adding to it.
    pub replaces: bool,
    /// File.
    pub file: String,
    /// Line.
    pub line: usize,
}

/// A folded name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As it stands in a normalised text.
    pub text: String,
    /// Marked with `=`: other entries of the table may have it too.
    pub shared: bool,
}

/// States where a given name of two syllables is written in two words or with a hyphen.
const EAST_ASIA: [&str; 6] = ["CHN", "HKG", "KOR", "PRK", "SGP", "TWN"];

impl Draft {
    /// Every spelling under which the entry is found.
    pub fn spellings(&self) -> Vec<String> {
        let person = self.entry.kind == Kind::Person;
        let phrases = self.short.iter().filter(|s| s.contains(' '));
        let names = self.names.iter().map(|n| &n.text).chain(phrases);
        let east_asian = person && self.entry.offices.iter().any(|o| EAST_ASIA.contains(&o.code.as_str()));
        let hyphened = names.clone().filter(|_| east_asian).flat_map(|n| spell::hyphened(n));
        names.flat_map(|n| spell::variants(n, person)).chain(hyphened).collect()
    }

    /// How a person's names sound.
    pub fn sounds(&self) -> Vec<String> {
        let person = self.entry.kind == Kind::Person;
        self.names.iter().filter(|_| person).flat_map(|n| spell::sounds(&n.text)).collect()
    }

    /// Single words that name a person: those given, else the last name of the usual name; and other spellings of
    /// them in the other names ("Elphberg" given, "Rudolf Elfberg" a name).
    pub fn bare_names(&self) -> Vec<String> {
        let Some(usual) = self.names.first().filter(|_| self.entry.kind == Kind::Person) else {
            return Vec::new();
        };
        let given: Vec<String> = self.short.iter().filter(|s| !s.contains(' ')).cloned().collect();
        let mut bare = if self.short.is_empty() { spell::last_names(&usual.text) } else { given };
        let mut others: Vec<String> =
            self.names[1..].iter().flat_map(|n| spell::last_names(&n.text)).collect();
        others.retain(|name| bare.iter().any(|b| spell::consonants(b) == spell::consonants(name)));
        bare.append(&mut others);
        bare
    }
}

/// Who belongs to a body.
#[derive(Debug, Clone)]
pub struct Members {
    /// The body's identifier.
    pub body: String,
    /// States and bodies, each with its dates.
    pub members: Vec<Office>,
    /// File.
    pub file: String,
    /// Line.
    pub line: usize,
}

/// What the tables held.
#[derive(Debug, Default)]
pub struct Read {
    /// Entries.
    pub drafts: Vec<Draft>,
    /// Role words.
    pub roles: Vec<Role>,
    /// Titles.
    pub titles: Vec<Title>,
    /// Members of bodies.
    pub members: Vec<Members>,
    /// What could not be read.
    pub faults: Vec<Fault>,
}

const STATES: &[&str] =
    &["code", "name", "names", "adjectives", "peoples", "capitals", "metonyms", "from", "to", "class"];
const PLACES: &[&str] = &["name", "names", "code", "class", "population"];
const BODIES: &[&str] = &["name", "names", "class", "affiliations", "cameo"];
const MEMBERS: &[&str] = &["body", "members"];
const TITLES: &[&str] = &["title", "names", "holders"];
const PEOPLE: &[&str] = &["name", "names", "short", "offices"];
const ROLES: &[&str] = &["phrase", "kind", "sector", "rank", "code"];

/// Reads all tables; a file's name tells its kind: `people.tsv` or `people-africa.tsv`. `known` are role words
/// that hold beside those of the files.
pub fn read(files: &[(&str, &str)], known: &[Role]) -> Read {
    let mut read = Read::default();
    each(files, "titles", TITLES, &mut read, title);
    each(files, "roles", ROLES, &mut read, role);
    let new: BTreeSet<String> = read.roles.iter().map(|r| r.phrase.clone()).collect();
    read.roles.extend(known.iter().filter(|r| !new.contains(&r.phrase)).cloned());
    each(files, "states", STATES, &mut read, state);
    each(files, "places", PLACES, &mut read, place);
    each(files, "bodies", BODIES, &mut read, body);
    each(files, "members", MEMBERS, &mut read, members);
    let ranks = read.roles.iter().map(|r| (r.phrase.clone(), (r.rank, r.sector.clone()))).collect();
    each(files, "people", PEOPLE, &mut read, |file, row, read| person(file, row, &ranks, read));
    refuse_others(files, &mut read.faults);
    read
}

const TABLES: [&str; 7] = ["states", "places", "bodies", "members", "people", "roles", "titles"];

/// The table that a file holds, by its name.
pub fn kind_of(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.strip_suffix(".tsv").unwrap_or(name);
    stem.split('-').next().unwrap_or(stem)
}

fn refuse_others(files: &[(&str, &str)], faults: &mut Vec<Fault>) {
    for (file, _) in files.iter().filter(|(file, _)| !TABLES.contains(&kind_of(file))) {
        let remedy =
            "name it states, places, bodies, members, people, roles or titles .tsv, or people-SOMETHING.tsv";
        faults.push(Fault::new(file, 1, "the file name does not tell which table this is", remedy));
    }
}

fn each(
    files: &[(&str, &str)],
    table: &str,
    known: &[&str],
    read: &mut Read,
    mut row: impl FnMut(&str, &Row<'_>, &mut Read),
) {
    for (file, text) in files.iter().filter(|(file, _)| kind_of(file) == table) {
        let columns = table::columns(text);
        for column in columns.iter().filter(|c| !known.contains(c)) {
            let remedy = format!("the columns are {}", known.join(", "));
            read.faults.push(Fault::new(file, 1, format!("unknown column `{column}`"), remedy));
        }
        for r in table::rows(file, text, &columns, &mut read.faults) {
            row(file, &r, read);
        }
    }
}

/// A state's row gives the state, its adjectives, its people, its capitals and the seats of its government.
fn state(file: &str, row: &Row<'_>, read: &mut Read) {
    let (code, name) = (row.cell("code"), row.cell("name"));
    let Some(class) = Class::of(row.cell("class")) else {
        let what = format!("`{}` is no class of state", row.cell("class"));
        return read.faults.push(Fault::new(file, row.line, what, "write past, defacto, region or nothing"));
    };
    let id = if class == Class::Current { code.to_owned() } else { spell::slug(name) };
    let office = affiliation(code, class.sector(), span(file, row, read));
    let mut add = |kind, id: String, names: Vec<&str>, sector: Option<&str>| {
        if !names.is_empty() {
            let office =
                Office { sector: sector.map(str::to_owned).or(office.sector.clone()), ..office.clone() };
            let mut draft = draft(file, row.line, kind, id, &names, vec![office]);
            draft.entry.class = Some(row.cell("class").to_owned()).filter(|c| !c.is_empty());
            read.drafts.push(draft);
        }
    };
    let (land, seat) = class.kinds();
    add(land, id.clone(), [vec![name], row.list("names")].concat(), None);
    add(Kind::Nationality, format!("{id}.adj"), row.list("adjectives"), None);
    add(Kind::Nationality, format!("{id}.people"), row.list("peoples"), None);
    for names in groups(row.cell("capitals")) {
        add(seat, place_id(names[0], code), names, None);
    }
    for mut names in groups(row.cell("metonyms")) {
        let sector = names.last_mut().and_then(cut_sector).unwrap_or("GOV");
        add(Kind::Metonym, place_id(names[0], code), names, Some(sector));
    }
}

/// The sorts of rows in the table of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Current,
    Past,
    DeFacto,
    Region,
}

impl Class {
    fn of(cell: &str) -> Option<Class> {
        match cell {
            "" => Some(Class::Current),
            "past" => Some(Class::Past),
            "defacto" => Some(Class::DeFacto),
            "region" => Some(Class::Region),
            _ => None,
        }
    }

    /// PLOVER's sector for authorities that no one recognises.
    fn sector(self) -> Option<&'static str> {
        (self == Class::DeFacto).then_some("PRE")
    }

    /// Kinds of the land and of its capital: a region's capital does not stand for a government.
    fn kinds(self) -> (Kind, Kind) {
        match self {
            Class::Current | Class::Past => (Kind::State, Kind::Capital),
            Class::DeFacto => (Kind::State, Kind::Place),
            Class::Region => (Kind::Place, Kind::Place),
        }
    }
}

/// Cuts `/SECTOR` off a name.
fn cut_sector<'t>(name: &mut &'t str) -> Option<&'t str> {
    let (before, sector) = name.rsplit_once('/')?;
    *name = before.trim();
    Some(sector.trim())
}

/// Things that `;` separates, each with spellings that `|` separates.
fn groups(cell: &str) -> Vec<Vec<&str>> {
    let spellings =
        |g| -> Vec<&str> { str::split(g, '|').map(str::trim).filter(|s| !s.is_empty()).collect() };
    cell.split(';').map(spellings).filter(|g: &Vec<_>| !g.is_empty()).collect()
}

fn place_id(name: &str, code: &str) -> String {
    format!("{}-{}", spell::slug(name), code.to_lowercase())
}

fn span(file: &str, row: &Row<'_>, read: &mut Read) -> (Option<Date>, Option<Date>) {
    let text = format!("{}..{}", row.cell("from"), row.cell("to"));
    dates::range(&text).unwrap_or_else(|| {
        read.faults.push(Fault::new(file, row.line, format!("`{text}` are no dates"), DATES));
        (None, None)
    })
}

fn affiliation(code: &str, sector: Option<&str>, (from, to): (Option<Date>, Option<Date>)) -> Office {
    Office { code: code.to_owned(), sector: sector.map(str::to_owned), title: None, from, to, rank: RANK }
}

/// Rank where nothing tells it.
const RANK: u8 = 6;

const DATES: &str = "write YYYY, YYYY-MM or YYYY-MM-DD, and leave open what is not known";

fn draft(file: &str, line: usize, kind: Kind, id: String, names: &[&str], offices: Vec<Office>) -> Draft {
    let people = kind == Kind::Nationality && id.ends_with(".people");
    let entry = Entry {
        id,
        name: bare(names[0]).to_owned(),
        kind,
        people,
        class: None,
        population: 0,
        offices,
        members: Vec::new(),
        cameo: None,
    };
    let replaces = names[0].starts_with('!');
    let names = names.iter().map(|n| named(n)).collect();
    Draft { entry, names, short: Vec::new(), certain: Vec::new(), replaces, file: file.to_owned(), line }
}

/// A name as a cell gives it: `=` before it where others share it, `#tag` after it for the identifier.
fn named(cell: &str) -> Name {
    Name { text: spell::fold(bare(cell)), shared: cell.trim_start_matches('!').starts_with('=') }
}

/// A name without its marks.
fn bare(cell: &str) -> &str {
    cell.trim_start_matches(['!', '=']).split('#').next().unwrap_or_default().trim()
}

/// The identifier that a first cell gives; its tag, if any, is part of it.
fn id_of(cell: &str) -> String {
    spell::slug(cell.trim_start_matches(['!', '=']))
}

fn place(file: &str, row: &Row<'_>, read: &mut Read) {
    let (name, code) = (row.cell("name"), row.cell("code"));
    let names = [vec![name], row.list("names")].concat();
    let offices = vec![affiliation(code, None, (None, None))];
    let mut draft = draft(file, row.line, Kind::Place, place_id(name, code), &names, offices);
    draft.entry.class = Some(row.cell("class").to_owned()).filter(|c| !c.is_empty());
    match row.cell("population").parse() {
        Ok(population) => draft.entry.population = population,
        Err(_) if row.cell("population").is_empty() => {}
        Err(_) => {
            read.faults.push(Fault::new(file, row.line, "the population is no number", "write digits only"))
        }
    }
    read.drafts.push(draft);
}

fn body(file: &str, row: &Row<'_>, read: &mut Read) {
    let names = [vec![row.cell("name")], row.list("names")].concat();
    let (offices, certain) = offices(file, row, "affiliations", &BTreeMap::new(), read);
    let mut draft = draft(file, row.line, Kind::Body, id_of(names[0]), &names, offices);
    draft.entry.class = Some(row.cell("class").to_owned()).filter(|c| !c.is_empty());
    draft.entry.cameo = Some(row.cell("cameo").to_owned()).filter(|c| !c.is_empty());
    draft.certain = certain;
    read.drafts.push(draft);
}

/// Who belongs to a body of the table of bodies.
fn members(file: &str, row: &Row<'_>, read: &mut Read) {
    let (members, _) = offices(file, row, "members", &BTreeMap::new(), read);
    let body = id_of(row.cell("body"));
    read.members.push(Members { body, members, file: file.to_owned(), line: row.line });
}

fn title(file: &str, row: &Row<'_>, read: &mut Read) {
    let holders = match row.cell("holders") {
        "one" => Holders::One,
        "many" => Holders::Many,
        other => {
            let what = format!("`{other}` does not tell how many hold a title");
            return read.faults.push(Fault::new(file, row.line, what, "write one or many"));
        }
    };
    let same = row.list("names").into_iter().flat_map(spell::expand).map(|t| titles::plain(&t)).collect();
    read.titles.push(Title { title: titles::plain(row.cell("title")), same, holders });
}

/// Rank and sector of a title.
type Ranks = BTreeMap<String, (u8, Option<String>)>;

fn person(file: &str, row: &Row<'_>, ranks: &Ranks, read: &mut Read) {
    let names = [vec![row.cell("name")], row.list("names")].concat();
    let (offices, certain) = offices(file, row, "offices", ranks, read);
    let mut draft = draft(file, row.line, Kind::Person, id_of(names[0]), &names, offices);
    draft.certain = certain;
    draft.short = row.list("short").into_iter().map(spell::fold).collect();
    read.drafts.push(draft);
}

/// The days on which each office of a row was certainly held.
type Certain = Vec<Option<(Date, Option<Date>)>>;

/// The offices of a cell, which `;` separates: `CODE[/SECTOR] [title] [FROM..TO]`.
fn offices(
    file: &str,
    row: &Row<'_>,
    column: &str,
    ranks: &Ranks,
    read: &mut Read,
) -> (Vec<Office>, Certain) {
    let (mut all, mut certain) = (Vec::new(), Vec::new());
    if row.cell(column).is_empty() {
        let what = match row.cell("body") {
            "" => format!("{} belongs to nobody", row.cell("name")),
            body => format!("nobody belongs to {body}"),
        };
        read.faults.push(Fault::new(file, row.line, what, "add a code"));
    }
    for text in row.cell(column).split(';').map(str::trim).filter(|t| !t.is_empty()) {
        match office(text, ranks) {
            Ok(office) => {
                all.push(office);
                certain.push(text.split_whitespace().last().and_then(dates::certain));
            }
            Err((what, remedy)) => read.faults.push(Fault::new(file, row.line, what, remedy)),
        }
    }
    (all, certain)
}

fn office(text: &str, ranks: &Ranks) -> Result<Office, (String, &'static str)> {
    let mut words: Vec<_> = text.split_whitespace().collect();
    let (from, to) = match words.last().filter(|w| w.contains("..")) {
        Some(last) => dates::range(last).ok_or((format!("`{last}` is no range of dates"), DATES))?,
        None => (None, None),
    };
    words.retain(|w| !w.contains(".."));
    let (code, sector) = words.first().map_or(("", None), |w| code_and_sector(w));
    let title = Some(words.get(1..).unwrap_or_default().join(" ")).filter(|t| !t.is_empty());
    let known = title.as_ref().and_then(|t| title_of(t, ranks));
    let sector = sector.map(str::to_owned).or_else(|| known.and_then(|(_, s)| s.clone()));
    if sector.is_none() && title.is_some() {
        let remedy = "add the title to roles.tsv, or write CODE/SECTOR";
        return Err((format!("`{text}` has a title that no role explains"), remedy));
    }
    let rank = known.map_or(RANK, |(rank, _)| *rank);
    Ok(Office { code: code.to_owned(), sector, title, from, to, rank })
}

fn code_and_sector(word: &str) -> (&str, Option<&str>) {
    word.split_once('/').map_or((word, None), |(code, sector)| (code, Some(sector)))
}

/// The longest role that ends a title, or the part of it before "of", "for" or "to": "oil minister" is a minister.
fn title_of<'t>(title: &str, ranks: &'t Ranks) -> Option<&'t (u8, Option<String>)> {
    let cut = [" of ", " for ", " to "].iter().filter_map(|p| title.find(p)).min();
    let before = &title[..cut.unwrap_or(title.len())];
    let starts =
        |t: &str| -> Vec<usize> { [0].into_iter().chain(t.match_indices(' ').map(|(i, _)| i + 1)).collect() };
    let whole = starts(title).into_iter().find_map(|at| ranks.get(&title[at..]));
    whole.or_else(|| starts(before).into_iter().find_map(|at| ranks.get(&before[at..])))
}

fn role(file: &str, row: &Row<'_>, read: &mut Read) {
    let Some(kind) = role_kind(row.cell("kind")) else {
        let what = format!("`{}` is no kind of role", row.cell("kind"));
        return read.faults.push(Fault::new(file, row.line, what, "write person, group, body or force"));
    };
    let rank = if row.cell("rank").is_empty() { Some(RANK) } else { row.cell("rank").parse().ok() };
    let Some(rank) = rank.filter(|r| (1..=9).contains(r)) else {
        return read.faults.push(Fault::new(
            file,
            row.line,
            "the rank is not 1 to 9",
            "leave it empty or correct it",
        ));
    };
    let sector = Some(row.cell("sector")).filter(|s| !s.is_empty());
    if let Some(wrong) = sector.filter(|s| !SECTORS.contains(s)) {
        let what = format!("`{wrong}` is no sector");
        return read.faults.push(Fault::new(
            file,
            row.line,
            what,
            format!("write one of {}", SECTORS.join(" ")),
        ));
    }
    let code = Some(row.cell("code")).filter(|c| !c.is_empty()).map(str::to_owned);
    for phrase in row.list("phrase").into_iter().flat_map(spell::expand) {
        if read.roles.iter().any(|r| r.phrase == phrase) {
            let what = format!("the role `{phrase}` is given twice");
            read.faults.push(Fault::new(file, row.line, what, "keep one of the two"));
        }
        read.roles.push(Role { phrase, sector: sector.map(str::to_owned), kind, code: code.clone(), rank });
    }
}

fn role_kind(cell: &str) -> Option<RoleKind> {
    match cell {
        "person" => Some(RoleKind::Person),
        "group" => Some(RoleKind::Group),
        "body" => Some(RoleKind::Body),
        "force" => Some(RoleKind::Force),
        _ => None,
    }
}
