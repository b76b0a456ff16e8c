//! A panel of directed dyads: what every actor does to every other, period by period, with zeros where texts were read.

use std::collections::{BTreeMap, BTreeSet};

use chancery_ontology::{Country, countries, country};
use chancery_record::{PanelFigures, PanelRow, Standing};
use jiff::civil::Date;

use crate::bootstrap::round;
use crate::period::{By, filled};
use crate::relate::{Act, placed, reaches};

/// What a panel is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelOptions {
    /// Length of its periods.
    pub by: By,
    /// First day; `None` for all there is.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// What counts.
    pub counted: Vec<Standing>,
    /// Whether every pair of states has rows, and not only the dyads with an event in the span. States are those that
    /// Gleditsch and Ward's list has today, and none is paired with itself.
    pub all_states: bool,
}

/// Acts by dyad and period, to be made a panel.
#[derive(Debug)]
pub struct PanelActs {
    options: PanelOptions,
    dyads: BTreeMap<String, BTreeMap<String, BTreeMap<Date, Sums>>>,
    unplaced: u64,
}

/// A panel, ready to be written row by row.
#[derive(Debug)]
pub struct Panel {
    parties: Vec<Party>,
    periods: Vec<Period>,
    dyads: Vec<(usize, usize, BTreeMap<Date, Sums>)>,
    /// Pairs of an event and a dyad that count, but lie in no single period: in no row.
    pub unplaced: u64,
}

/// Sums over the acts of a cell. Scales are in ten-thousandths, so that the order of the acts does not matter.
#[derive(Debug, Default, Clone)]
struct Sums {
    events: u32,
    quads: [u32; 4],
    categories: [u32; 16],
    reports: u64,
    scale: i64,
    goldstein: i64,
}

#[derive(Debug)]
struct Party {
    code: String,
    country: Option<&'static Country>,
}

#[derive(Debug)]
struct Period {
    first: Date,
    label: String,
    start: String,
    end: String,
    documents: u64,
}

/// Parts of a unit of a scale in which sums are kept.
const PARTS: f64 = 10_000.0;

impl PanelActs {
    /// No acts yet.
    pub fn new(options: PanelOptions) -> PanelActs {
        PanelActs { options, dyads: BTreeMap::new(), unplaced: 0 }
    }

    /// One more act of the first code upon the second, if it counts and lies in the span. Its direction says nothing
    /// here: an act of both is added twice, once each way. Acts of a code upon itself make a dyad as any other.
    pub fn add(&mut self, actor: &str, recipient: &str, act: &Act) {
        let PanelOptions { by, from, to, counted, .. } = &self.options;
        if !counted.contains(&act.standing) {
            return;
        }
        match placed(act, *by) {
            Some(day) if within(day, *from, *to) => {
                let start = by.start(day);
                self.periods_of(actor, recipient).entry(start).or_default().add(act);
            }
            Some(_) => {}
            None => self.unplaced += u64::from(reaches(act, *from, *to)),
        }
    }

    fn periods_of(&mut self, actor: &str, recipient: &str) -> &mut BTreeMap<Date, Sums> {
        entry(entry(&mut self.dyads, actor), recipient)
    }

    /// The panel of these acts. `coverage` has the number of documents that were read by day of publication.
    pub fn panel(mut self, coverage: &[(Date, u64)]) -> Panel {
        let periods = self.periods(coverage);
        if self.options.all_states {
            self.add_states();
        }
        let codes: BTreeSet<String> =
            self.dyads.iter().flat_map(|(a, others)| others.keys().chain([a])).cloned().collect();
        let index: BTreeMap<&str, usize> =
            codes.iter().enumerate().map(|(n, code)| (code.as_str(), n)).collect();
        let of_one = |(a, others): (String, BTreeMap<String, _>)| {
            let index = &index;
            others.into_iter().map(move |(b, sums)| (index[a.as_str()], index[b.as_str()], sums))
        };
        let dyads = self.dyads.into_iter().flat_map(of_one).collect();
        let party = |code: String| Party { country: country(&code), code };
        Panel { dyads, periods, unplaced: self.unplaced, parties: codes.into_iter().map(party).collect() }
    }

    /// Periods from the first to the last of which something was read or is told, or that bound the span; long runs
    /// of others are left out, as in a series.
    fn periods(&self, coverage: &[(Date, u64)]) -> Vec<Period> {
        let PanelOptions { by, from, to, .. } = self.options;
        let mut documents: BTreeMap<Date, u64> = BTreeMap::new();
        for (day, read) in coverage.iter().filter(|(day, _)| within(*day, from, to)) {
            *documents.entry(by.start(*day)).or_default() += read;
        }
        let told = self.dyads.values().flat_map(BTreeMap::values).flat_map(BTreeMap::keys).copied();
        let edges = [from, to].into_iter().flatten().map(|day| by.start(day));
        for start in told.chain(edges) {
            documents.entry(start).or_default();
        }
        filled(documents, by).into_iter().map(|(first, _, documents)| period(first, documents, by)).collect()
    }

    /// Every pair of states, if only with zeros.
    fn add_states(&mut self) {
        let states: Vec<&str> = countries().filter(|c| c.gw.is_some()).map(|c| c.code).collect();
        for (a, b) in states.iter().flat_map(|a| states.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            self.periods_of(a, b);
        }
    }
}

/// The entry of a code; it is copied only when it is new.
fn entry<'a, T: Default>(map: &'a mut BTreeMap<String, T>, code: &str) -> &'a mut T {
    if !map.contains_key(code) {
        map.insert(code.to_owned(), T::default());
    }
    map.get_mut(code).expect("it has just been put there")
}

fn within(day: Date, from: Option<Date>, to: Option<Date>) -> bool {
    from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to)
}

fn period(first: Date, documents: u64, by: By) -> Period {
    let (start, end) = (first.to_string(), by.end(first).to_string());
    Period { first, label: by.label(first), start, end, documents }
}

impl Panel {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.dyads.len() * self.periods.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows, by the first code, the second, and time; each is made when it is asked for.
    pub fn rows(&self) -> impl Iterator<Item = PanelRow<'_>> {
        self.dyads.iter().flat_map(|(a, b, sums)| {
            let (a, b) = (&self.parties[*a], &self.parties[*b]);
            self.periods.iter().map(move |period| row(a, b, period, sums.get(&period.first)))
        })
    }
}

fn row<'a>(a: &'a Party, b: &'a Party, period: &'a Period, sums: Option<&Sums>) -> PanelRow<'a> {
    let nothing_found = || (period.documents > 0).then(|| Sums::default().figures());
    PanelRow {
        period: &period.label,
        start: &period.start,
        end: &period.end,
        a: &a.code,
        b: &b.code,
        a_iso: a.country.map(|country| country.code),
        b_iso: b.country.map(|country| country.code),
        a_cow: a.country.and_then(|country| country.cow),
        b_cow: b.country.and_then(|country| country.cow),
        a_gw: a.country.and_then(|country| country.gw),
        b_gw: b.country.and_then(|country| country.gw),
        documents: period.documents,
        figures: sums.map(Sums::figures).or_else(nothing_found),
    }
}

impl Sums {
    fn add(&mut self, act: &Act) {
        self.events += 1;
        self.quads[usize::from(act.quad.clamp(1, 4)) - 1] += 1;
        self.categories[act.category as usize] += 1;
        self.reports += u64::from(act.reports);
        self.scale += (act.scale * PARTS).round() as i64;
        self.goldstein += (act.goldstein * PARTS).round() as i64;
    }

    fn figures(&self) -> PanelFigures {
        let sum = |parts: i64| parts as f64 / PARTS;
        let mean = |parts: i64| (self.events > 0).then(|| round(sum(parts) / f64::from(self.events)));
        PanelFigures {
            events: self.events.into(),
            reports: self.reports,
            quads: self.quads.map(u64::from),
            categories: self.categories.map(u64::from),
            scale_sum: sum(self.scale),
            scale_mean: mean(self.scale),
            goldstein_sum: sum(self.goldstein),
            goldstein_mean: mean(self.goldstein),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_ontology::Category;
    use chancery_record::Direction;
    use jiff::civil::date;

    fn act(day: Date, category: Category) -> Act {
        Act {
            start: Some(day),
            end: Some(day),
            category,
            quad: category.quad(),
            scale: category.scale::<&str>(&[]),
            goldstein: 0.1,
            direction: Direction::Forward,
            standing: Standing::Deed,
            reports: 2,
        }
    }

    fn options() -> PanelOptions {
        PanelOptions { by: By::Month, from: None, to: None, counted: vec![Standing::Deed], all_states: false }
    }

    fn panel(acts: &[(&str, &str, Act)], coverage: &[(Date, u64)], options: PanelOptions) -> Panel {
        let mut panel = PanelActs::new(options);
        acts.iter().for_each(|(a, b, act)| panel.add(a, b, act));
        panel.panel(coverage)
    }

    #[test]
    fn what_was_read_without_an_event_is_zero_and_what_was_not_read_is_missing() {
        let acts = [
            ("RUR", "BOR", act(date(2020, 1, 5), Category::Accuse)),
            ("BOR", "SYL", act(date(2020, 4, 5), Category::Aid)),
        ];
        let panel =
            panel(&acts, &[(date(2020, 1, 7), 3), (date(2020, 1, 8), 4), (date(2020, 2, 1), 1)], options());
        let rows: Vec<_> =
            panel.rows().map(|r| (r.a, r.b, r.period, r.documents, r.figures.map(|f| f.events))).collect();
        assert_eq!(
            rows,
            [
                ("BOR", "SYL", "2020-01", 7, Some(0)),
                ("BOR", "SYL", "2020-02", 1, Some(0)),
                ("BOR", "SYL", "2020-03", 0, None),
                ("BOR", "SYL", "2020-04", 0, Some(1)),
                ("RUR", "BOR", "2020-01", 7, Some(1)),
                ("RUR", "BOR", "2020-02", 1, Some(0)),
                ("RUR", "BOR", "2020-03", 0, None),
                ("RUR", "BOR", "2020-04", 0, None),
            ]
        );
        assert_eq!((panel.len(), panel.is_empty()), (8, false));
    }

    #[test]
    fn figures_are_of_one_direction_and_do_not_depend_on_order() {
        let day = date(2020, 1, 5);
        let mut acts = vec![
            ("RUR", "BOR", act(day, Category::Accuse)),
            ("RUR", "BOR", act(day, Category::Aid)),
            ("RUR", "BOR", act(day, Category::Aid)),
            ("BOR", "RUR", act(day, Category::Assault)),
        ];
        let figures = |acts: &[_]| panel(acts, &[], options()).rows().nth(1).and_then(|row| row.figures);
        let forward = figures(&acts).unwrap();
        assert_eq!((forward.events, forward.reports, forward.quads), (3, 6, [0, 2, 1, 0]));
        let of = |category| forward.categories[Category::ALL.iter().position(|c| *c == category).unwrap()];
        assert_eq!([Category::Accuse, Category::Aid, Category::Assault].map(of), [1, 2, 0]);
        assert_eq!((forward.scale_sum, forward.scale_mean), (17.0, Some(5.6667)));
        assert_eq!((forward.goldstein_sum, forward.goldstein_mean), (0.3, Some(0.1)));
        acts.reverse();
        assert_eq!(figures(&acts), Some(forward));
    }

    #[test]
    fn what_does_not_count_or_fit_is_in_no_row() {
        let day = date(2020, 1, 5);
        let claim = Act { standing: Standing::Claim, ..act(day, Category::Accuse) };
        let year = Act { end: Some(date(2020, 12, 31)), ..act(day, Category::Accuse) };
        let undated = Act { start: None, end: None, ..act(day, Category::Accuse) };
        let before = act(date(2019, 1, 5), Category::Accuse);
        let acts =
            [("RUR", "BOR", claim), ("RUR", "BOR", year), ("RUR", "BOR", undated), ("SYL", "BOR", before)];
        let all = panel(&acts, &[], options());
        assert_eq!((all.unplaced, all.rows().map(|row| row.a).collect::<Vec<_>>()), (2, vec!["SYL"]));
        let asked = PanelOptions { from: Some(date(2020, 1, 1)), to: Some(date(2020, 12, 31)), ..options() };
        let asked = panel(&acts, &[], asked);
        assert_eq!((asked.unplaced, asked.len()), (1, 0));
    }

    #[test]
    fn long_times_of_which_nothing_is_known_have_no_rows() {
        let acts = [("RUR", "BOR", act(date(1945, 3, 14), Category::Assault))];
        let by_day = PanelOptions { by: By::Day, ..options() };
        let panel = panel(&acts, &[(date(2022, 3, 14), 1)], by_day);
        let rows: Vec<_> = panel.rows().map(|row| (row.period, row.figures.map(|f| f.events))).collect();
        assert_eq!(rows, [("1945-03-14", Some(1)), ("2022-03-14", Some(0))]);
    }

    #[test]
    fn every_pair_of_states_can_have_rows_and_states_have_their_numbers() {
        let acts = [("RUR", "IGO", act(date(2020, 1, 5), Category::Accuse))];
        let panel = panel(&acts, &[(date(2020, 1, 7), 1)], PanelOptions { all_states: true, ..options() });
        let states = countries().filter(|c| c.gw.is_some()).count();
        assert_eq!(panel.len(), states * (states - 1) + 1);
        let row = panel.rows().find(|row| (row.a, row.b) == ("DEU", "YEM")).unwrap();
        assert_eq!((row.a_iso, row.a_cow, row.a_gw), (Some("DEU"), Some(255), Some(260)));
        assert_eq!((row.b_cow, row.b_gw, row.figures.unwrap().scale_mean), (Some(679), Some(678), None));
        let row = panel.rows().find(|row| row.a == "RUR").unwrap();
        assert_eq!((row.a_iso, row.b_iso, row.b_cow, row.b_gw), (None, None, None, None));
    }
}
