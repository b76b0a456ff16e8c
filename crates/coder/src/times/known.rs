//! Events whose date is common knowledge: their table, and which of them some words name.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use chancery_text::View;
use jiff::civil::Date;

use super::Days;
use super::calendar::{month_days, one_day, year_days};
use crate::rules::Fault;
use crate::words::{MUTUAL, RECURRING};

const FILE: &str = "data/events/known.tsv";

/// An event of the table.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its usual name.
    pub name: String,
    /// Lemmas of nouns that name it beside its parties, places or year.
    pub nouns: Vec<String>,
    /// Codes of who did it.
    pub actors: Vec<String>,
    /// Codes of those it was done to.
    pub recipients: Vec<String>,
    /// Names of where it happened, folded.
    pub places: Vec<String>,
    /// Its first day, month or year.
    pub from: Days,
    /// Its last day; `None` while it goes on.
    pub to: Option<Date>,
}

/// What the words around a noun say of the event it names.
#[derive(Debug, Clone, Default)]
pub struct Clues {
    /// Codes of the noun's makers: adjective, possessive, "by".
    pub makers: Vec<String>,
    /// Codes of those it is done to: "of", "against", "with", "in".
    pub others: Vec<String>,
    /// Words of the phrase, folded.
    pub words: Vec<String>,
    /// The days that the phrase names: "the 2003 invasion", "last year's coup".
    pub days: Option<Days>,
    /// The document's date.
    pub today: Option<Date>,
}

/// The table with its indexes.
#[derive(Debug, Default)]
pub struct Table {
    events: Vec<Known>,
    phrases: BTreeMap<String, Vec<(Vec<String>, usize)>>,
    nouns: HashMap<String, Vec<usize>>,
}

/// The table that the program carries.
pub static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../../../data/events/known.tsv");
    Table::parse(FILE, text).unwrap_or_else(|faults| panic!("embedded events: {}", faults[0]))
});

/// Words as the table compares them: lower case, no marks, cut at every sign.
pub fn fold(text: &str) -> Vec<String> {
    let view = View::new(text);
    let words = view.text().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "s");
    words.map(str::to_lowercase).collect()
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// Every faulty row, with its line.
    pub fn parse(file: &str, text: &str) -> Result<Table, Vec<Fault>> {
        let (mut table, mut faults) = (Table::default(), Vec::new());
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if let Err(message) = table.add(line) {
                faults.push(Fault { file: file.to_owned(), line: index + 1, message });
            }
        }
        for phrases in table.phrases.values_mut() {
            phrases.sort_by_key(|(words, event)| (std::cmp::Reverse(words.len()), *event));
        }
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let [name, names, nouns, actors, recipients, places, from, to, source] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            return Err(format!("{} columns; there are nine, with `-` for empty", line.split('\t').count()));
        };
        if source.trim().is_empty() || source == "-" {
            return Err("no source: say where the date can be checked".to_owned());
        }
        let from = days(from).ok_or_else(|| format!("`{from}` is no date: YYYY, YYYY-MM or YYYY-MM-DD"))?;
        let to = match to {
            "-" => None,
            to => {
                Some(days(to).ok_or_else(|| format!("`{to}` is no date: YYYY, YYYY-MM or YYYY-MM-DD"))?.end)
            }
        };
        if to.is_some_and(|to| to < from.start) {
            return Err("it ends before it begins".to_owned());
        }
        let codes = parts(actors).chain(parts(recipients)).find(|c| !is_code(c));
        if let Some(code) = codes {
            return Err(format!("`{code}` is no code of three capitals"));
        }
        let event = self.events.len();
        let proper = name.starts_with(|c: char| !c.is_lowercase()).then_some(name);
        for phrase in parts(names).chain(proper) {
            let words = fold(phrase);
            let first = words.first().cloned().ok_or_else(|| format!("`{phrase}` has no word"))?;
            self.phrases.entry(first).or_default().push((words, event));
        }
        for noun in parts(nouns) {
            self.nouns.entry(noun.to_lowercase()).or_default().push(event);
        }
        self.events.push(Known {
            name: name.to_owned(),
            nouns: parts(nouns).map(str::to_lowercase).collect(),
            actors: parts(actors).map(str::to_owned).collect(),
            recipients: parts(recipients).map(str::to_owned).collect(),
            places: parts(places).map(|p| fold(p).join(" ")).collect(),
            from,
            to,
        });
        Ok(())
    }

    /// Whether a noun may name an event.
    pub fn is_noun(&self, lemma: &str) -> bool {
        self.nouns.contains_key(lemma)
    }

    /// Whether a fixed phrase begins with this word.
    pub fn begins(&self, word: &str) -> bool {
        self.phrases.contains_key(word)
    }

    /// The event that a fixed phrase at the beginning of `words` names, and how many words it has; none where several bear it.
    pub fn phrase(&self, words: &[String], clues: &Clues) -> Option<(&Known, usize)> {
        let phrases = self.phrases.get(words.first()?)?;
        let (longest, _) = phrases.iter().find(|(phrase, _)| words.starts_with(phrase))?;
        let mut fitting = phrases
            .iter()
            .filter(|(phrase, _)| phrase == longest)
            .map(|(_, event)| &self.events[*event])
            .filter(|known| known.agrees_in_time(clues));
        let known = fitting.next()?;
        fitting.all(|other| other.from == known.from).then_some((known, longest.len()))
    }

    /// The event that a noun names together with what is said around it; none where two fit equally.
    pub fn noun(&self, lemma: &str, clues: &Clues) -> Option<&Known> {
        let events = self.nouns.get(lemma)?;
        let fitting = events.iter().map(|&e| &self.events[e]);
        let mut fitting: Vec<(usize, &Known)> =
            fitting.filter_map(|known| Some((known.fits(lemma, clues)?, known))).collect();
        fitting.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let &(best, known) = fitting.first()?;
        let mut equal = fitting[1..].iter().take_while(|(weight, _)| *weight == best);
        equal.all(|(_, other)| other.from == known.from).then_some(known)
    }
}

impl Known {
    /// How many of the clues confirm it; `None` if one contradicts or none confirms.
    fn fits(&self, lemma: &str, clues: &Clues) -> Option<usize> {
        if !self.agrees_in_time(clues) {
            return None;
        }
        let is_mutual = self.recipients.is_empty() || self.nouns.iter().any(|n| MUTUAL.contains(n));
        let does =
            |code: &String| self.actors.contains(code) || (is_mutual && self.recipients.contains(code));
        let suffers = |code: &String| {
            self.recipients.contains(code)
                || (self.actors.contains(code) && (is_mutual || clues.makers.is_empty()))
        };
        let places = self.places.iter().filter(|p| clues.names(p)).count();
        let is_elsewhere = places == 0 && !clues.others.is_empty() && !clues.others.iter().any(suffers);
        if !clues.makers.iter().all(does) || is_elsewhere {
            return None;
        }
        // "The Bordurian attack on Syldavia" is one of many, unless it is news.
        let is_one_of_many = RECURRING.contains(lemma) && clues.days.is_none();
        if is_one_of_many && !self.is_news(clues.today) {
            return None;
        }
        let confirmed = usize::from(clues.makers.iter().any(|c| is_one_body(c)))
            + usize::from(clues.others.iter().any(|c| is_one_body(c) && suffers(c)))
            + places.min(1)
            + usize::from(clues.days.is_some());
        (confirmed > 0).then_some(confirmed)
    }

    fn is_news(&self, today: Option<Date>) -> bool {
        let age = today.map(|t| (t - self.from.start).get_days());
        age.is_some_and(|days| (0..=NEWS).contains(&days))
    }

    fn agrees_in_time(&self, clues: &Clues) -> bool {
        let end = self.to.unwrap_or(self.from.end).max(self.from.end);
        clues.days.is_none_or(|days| days.start <= end && days.end >= self.from.start)
    }

    /// The days from which "after" counts: the end of a war that lasted long, the beginning of the rest.
    pub fn days_after(&self, noun: &str) -> Days {
        match self.to.filter(|_| MUTUAL.contains(noun)) {
            Some(to) if (to - self.from.start).get_days() > LONG => one_day(to),
            _ => self.from,
        }
    }
}

/// For how many days an event is what the news means by its noun.
const NEWS: i32 = 60;

/// From how many days on an event is over when something comes after it.
const LONG: i32 = 3;

impl Clues {
    fn names(&self, place: &str) -> bool {
        let words: Vec<&str> = place.split(' ').collect();
        self.words.windows(words.len()).any(|w| w.iter().zip(&words).all(|(a, b)| a == b))
    }
}

/// Whether a code names one state or body: that of intergovernmental bodies is shared by many.
fn is_one_body(code: &str) -> bool {
    !matches!(code, "IGO" | "NGO" | "NGM" | "MNC")
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|p| !p.is_empty() && *p != "-")
}

fn is_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

fn days(text: &str) -> Option<Days> {
    let mut parts = text.split('-').map(str::parse::<i16>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next(), parts.next());
    match (month, day) {
        (None, _) => year_days(year),
        (Some(month), None) => month_days(year, i8::try_from(month.ok()?).ok()?),
        _ => text.parse().ok().map(one_day),
    }
}

#[cfg(test)]
mod tests {
    use super::{Clues, Table, fold};

    const ROWS: &str = "Ten-Day War\tTen Days' War\twar\tBOR\tSYL\t-\t1991-06-27\t1991-07-07\there\n\
        Bordurian invasion of Syldavia\t-\tinvasion|attack\tBOR\tSYL\tKlow\t2003-03-20\t2003-05-01\there\n\
        coup in Freedonia\t-\tcoup\tFRE\t-\t-\t2013-07-03\t2013-07-03\there\n\
        coup in Freedonia\t-\tcoup\tFRE\t-\t-\t2020-01\t-\there\n";

    fn code(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|&c| c.to_owned()).collect()
    }

    #[test]
    fn phrases_and_nouns_name_events() {
        let table = Table::parse("t", ROWS).expect("no fault");
        let (known, length) = table.phrase(&fold("Ten-Day War ended"), &Clues::default()).expect("known");
        assert_eq!((known.name.as_str(), length), ("Ten-Day War", 3));
        let clues = Clues { makers: code(&["BOR"]), others: code(&["SYL"]), ..Clues::default() };
        assert!(table.noun("invasion", &clues).is_some());
        let turned = Clues { makers: code(&["SYL"]), others: code(&["BOR"]), ..Clues::default() };
        assert!(table.noun("invasion", &turned).is_none(), "the other way round");
        assert!(table.noun("invasion", &Clues::default()).is_none(), "nothing confirms");
        let place = Clues { words: fold("the invasion of Klow"), ..Clues::default() };
        assert!(table.noun("invasion", &place).is_some());
        let attack = Clues { words: fold("the attack on Klow"), ..Clues::default() };
        assert!(table.noun("attack", &attack).is_none(), "one of many");
    }

    #[test]
    fn of_two_that_fit_equally_none_is_named_unless_the_year_decides() {
        let table = Table::parse("t", ROWS).expect("no fault");
        let clues = Clues { others: code(&["FRE"]), ..Clues::default() };
        assert!(table.noun("coup", &clues).is_none());
        let dated = Clues { days: super::days("2013"), ..clues };
        assert_eq!(
            table.noun("coup", &dated).map(|k| k.from.start.to_string()).as_deref(),
            Some("2013-07-03")
        );
    }

    #[test]
    fn faulty_rows_are_named_with_their_line() {
        let faults = Table::parse(
            "t",
            "# c\na\tb\nX\t-\t-\t-\t-\t-\t2003-13\t-\there\nX\t-\t-\tbor\t-\t-\t2003\t-\there\n",
        )
        .expect_err("three faults");
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn the_programs_own_table_has_no_fault() {
        assert!(super::TABLE.events.len() > 30);
    }
}
