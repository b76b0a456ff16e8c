//! The series of a dyad: events by period, with scales, coverage, turning points and reciprocity.

use std::collections::BTreeMap;

use chancery_ontology::Category;
use chancery_record::{Coverage, Direction, Period, Reciprocity, Standing, TurningPoint};
use jiff::civil::Date;

use crate::bootstrap::{Cell, Numbers, estimates, round};
use crate::period::{By, filled};
use crate::reciprocity::spearman;
use crate::turning::{Level, turning_points};

/// A merged event between two actors, as far as series need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// First day; `None` where unknown.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// PLOVER category.
    pub category: Category,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// PLOVER scale.
    pub scale: f64,
    /// Goldstein scale.
    pub goldstein: f64,
    /// Which way it goes.
    pub direction: Direction,
    /// Whether it counts, or what it is else.
    pub standing: Standing,
    /// How many reports tell it.
    pub reports: u32,
}

/// What a series is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesOptions {
    /// Length of its periods.
    pub by: By,
    /// First day; `None` for all there is.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Whether acts of the second upon the first are left out.
    pub directed: bool,
    /// What counts.
    pub counted: Vec<Standing>,
}

/// The series of a dyad.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // as in `chancery_record::Dyad`
pub struct Series {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub periods: Vec<Period>,
    pub total: Option<Period>,
    pub reciprocity: Option<Reciprocity>,
    pub turning_points: Vec<TurningPoint>,
    pub unplaced: u64,
}

/// The seed of all draws: results do not change from run to run.
const SEED: u64 = 0x4368_616e_6365_7279;

/// What a period holds while it is filled.
#[derive(Default, Clone)]
struct Bin<'a> {
    coverage: Coverage,
    acts: Vec<&'a Act>,
}

/// The series of acts between two actors. `coverage` has what was read by day of publication, in order.
pub fn series(acts: &[Act], coverage: &[(Date, Coverage)], options: &SeriesOptions) -> Series {
    let by = options.by;
    let within =
        |day: Date| options.from.is_none_or(|from| day >= from) && options.to.is_none_or(|to| day <= to);
    let wanted = |act: &&Act| !(options.directed && act.direction == Direction::Backward);
    let (mut bins, mut all, mut unplaced) = (BTreeMap::<Date, Bin>::new(), Bin::default(), 0);
    for (day, read) in coverage.iter().filter(|(day, _)| within(*day)) {
        for bin in [bins.entry(by.start(*day)).or_default(), &mut all] {
            bin.coverage.documents += read.documents;
            bin.coverage.concerned += read.concerned;
        }
    }
    for act in acts.iter().filter(wanted) {
        match placed(act, by) {
            Some(start) if within(start) => bins.entry(by.start(start)).or_default().acts.push(act),
            Some(_) => continue,
            None if !reaches(act, options.from, options.to) => continue,
            None => unplaced += u64::from(options.counted.contains(&act.standing)),
        }
        all.acts.push(act);
    }
    for edge in [options.from, options.to].into_iter().flatten() {
        bins.entry(by.start(edge)).or_default();
    }
    let (from, to) = (bins.keys().next().copied(), bins.keys().next_back().map(|&start| by.end(start)));
    let bins = filled(bins, by);
    let periods: Vec<Period> = bins
        .iter()
        .map(|(start, gap, bin)| {
            let mut period = period(bin, &options.counted, SEED ^ days(*start));
            (period.start, period.end) = (start.to_string(), by.end(*start).to_string());
            (period.label, period.gap_before) = (by.label(*start), *gap);
            period
        })
        .collect();
    let total = from.zip(to).map(|(from, to)| Period {
        start: from.to_string(),
        end: to.to_string(),
        label: "total".to_owned(),
        ..period(&all, &options.counted, SEED)
    });
    let total = total.or_else(|| (!all.acts.is_empty()).then(|| period(&all, &options.counted, SEED)));
    let levels: Vec<Level> =
        bins.iter().filter_map(|(start, _, bin)| level(*start, bin, &options.counted)).collect();
    Series {
        from,
        to,
        reciprocity: reciprocity(&bins, &all, options),
        turning_points: turning_points(&levels, SEED),
        periods,
        total,
        unplaced,
    }
}

/// The first day of an act that lies in a single period.
pub(crate) fn placed(act: &Act, by: By) -> Option<Date> {
    act.start.filter(|&start| by.start(start) == by.start(act.end.unwrap_or(start)))
}

/// Whether an act that lies in no single period lies in the span that was asked for.
pub(crate) fn reaches(act: &Act, from: Option<Date>, to: Option<Date>) -> bool {
    match (act.start, act.end) {
        (None, _) => from.is_none() && to.is_none(),
        (Some(start), end) => {
            to.is_none_or(|to| start <= to) && from.is_none_or(|from| end.unwrap_or(start) >= from)
        }
    }
}

fn days(day: Date) -> u64 {
    (day.year() as u64) << 16 | (day.month() as u64) << 8 | day.day() as u64
}

/// Equal events of some acts, as groups of reports with their values.
fn cells<'a>(acts: impl Iterator<Item = &'a Act>) -> Vec<Cell> {
    let thousandths = |value: f64| (value * 1000.0).round() as i64;
    let mut groups: BTreeMap<(u32, i64, i64), Cell> = BTreeMap::new();
    for act in acts {
        let reports = act.reports.max(1);
        let (weight, values) = (1.0 / f64::from(reports), [act.scale, act.goldstein]);
        let equal = (reports, thousandths(act.scale), thousandths(act.goldstein));
        let cell = groups.entry(equal).or_insert(Cell { reports: 0, weight, values });
        cell.reports += u64::from(reports);
    }
    groups.into_values().collect()
}

fn period(bin: &Bin, counted: &[Standing], seed: u64) -> Period {
    let counts = || bin.acts.iter().copied().filter(|act| counted.contains(&act.standing));
    let mut quads = [0; 4];
    let mut directions = [0; 3];
    let mut categories: BTreeMap<Category, u64> = BTreeMap::new();
    for act in counts() {
        quads[usize::from(act.quad.clamp(1, 4)) - 1] += 1;
        directions[act.direction as usize] += 1;
        *categories.entry(act.category).or_default() += 1;
    }
    let mut apart = [0; 4];
    let others = [Standing::Claim, Standing::Future, Standing::Hypothetical, Standing::Negated];
    for (count, standing) in apart.iter_mut().zip(others) {
        let not_counted = !counted.contains(&standing);
        *count = bin.acts.iter().filter(|act| not_counted && act.standing == standing).count() as u64;
    }
    let told = bin.coverage.documents > 0 || !bin.acts.is_empty();
    let mut numbers = Numbers::new(seed);
    let estimates = estimates(&cells(counts()), &mut numbers);
    let [scale, goldstein] = [0, 1].map(|on| estimates.map(|estimates| estimates[on]));
    Period {
        start: String::new(),
        end: String::new(),
        label: String::new(),
        gap_before: 0,
        coverage: bin.coverage,
        events: told.then(|| quads.iter().sum()),
        quads,
        categories: categories
            .into_iter()
            .map(|(category, count)| (category.name().to_owned(), count))
            .collect(),
        directions,
        apart,
        scale_mean: scale.map(|(mean, _)| mean),
        scale_sum: scale.map(|(_, sum)| sum),
        goldstein_mean: goldstein.map(|(mean, _)| mean),
        goldstein_sum: goldstein.map(|(_, sum)| sum),
    }
}

fn level(start: Date, bin: &Bin, counted: &[Standing]) -> Option<Level> {
    let counts: Vec<&Act> = bin.acts.iter().copied().filter(|act| counted.contains(&act.standing)).collect();
    let cells = cells(counts.iter().copied());
    (!counts.is_empty()).then_some(Level { start, cells, events: counts.len() as u64 })
}

/// Sum of the scale of what goes one way in a period; `None` if nothing does.
fn sum(bin: &Bin, direction: Direction, counted: &[Standing]) -> Option<f64> {
    let own = |act: &&&Act| act.direction == direction && counted.contains(&act.standing);
    let scales: Vec<f64> = bin.acts.iter().filter(own).map(|act| act.scale).collect();
    (!scales.is_empty()).then(|| scales.iter().sum())
}

fn reciprocity(bins: &[(Date, u64, Bin)], all: &Bin, options: &SeriesOptions) -> Option<Reciprocity> {
    if options.directed {
        return None;
    }
    let of = |direction: Direction| {
        let count = all
            .acts
            .iter()
            .filter(|act| act.direction == direction && options.counted.contains(&act.standing))
            .count() as u64;
        (count, sum(all, direction, &options.counted).map(|sum| round(sum / count as f64)))
    };
    let (forward, backward) = (of(Direction::Forward), of(Direction::Backward));
    if forward.0 + backward.0 == 0 {
        return None;
    }
    let sums: Vec<(Date, Option<f64>, Option<f64>)> = bins
        .iter()
        .map(|(start, _, bin)| {
            let of = |direction| sum(bin, direction, &options.counted);
            (*start, of(Direction::Forward), of(Direction::Backward))
        })
        .collect();
    let same: Vec<(f64, f64)> = sums.iter().filter_map(|(_, a, b)| a.zip(*b)).collect();
    let neighbours = || sums.windows(2).filter(|pair| options.by.between(pair[0].0, pair[1].0) == 1);
    let answers: Vec<(f64, f64)> = neighbours().filter_map(|pair| pair[0].1.zip(pair[1].2)).collect();
    let answered: Vec<(f64, f64)> = neighbours().filter_map(|pair| pair[0].2.zip(pair[1].1)).collect();
    Some(Reciprocity {
        forward,
        backward,
        correlation: spearman(&same),
        answers: spearman(&answers),
        answered: spearman(&answered),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn act(day: Date, scale: f64) -> Act {
        Act {
            start: Some(day),
            end: Some(day),
            category: if scale < 0.0 { Category::Accuse } else { Category::Support },
            quad: if scale < 0.0 { 3 } else { 1 },
            scale,
            goldstein: scale / 2.0,
            direction: Direction::Forward,
            standing: Standing::Deed,
            reports: 2,
        }
    }

    fn options(by: By) -> SeriesOptions {
        SeriesOptions { by, from: None, to: None, directed: false, counted: vec![Standing::Deed] }
    }

    fn read(day: Date) -> (Date, Coverage) {
        (day, Coverage { documents: 5, concerned: 1 })
    }

    #[test]
    fn nothing_read_is_not_nothing_found() {
        let series = series(
            &[act(date(2020, 1, 5), 5.0), act(date(2020, 4, 5), 5.0)],
            &[read(date(2020, 1, 7)), read(date(2020, 2, 7))],
            &options(By::Month),
        );
        let events: Vec<_> = series.periods.iter().map(|p| (p.label.as_str(), p.events)).collect();
        assert_eq!(
            events,
            [("2020-01", Some(1)), ("2020-02", Some(0)), ("2020-03", None), ("2020-04", Some(1))]
        );
        assert_eq!(series.periods[3].coverage.documents, 0);
    }

    #[test]
    fn long_gaps_are_counted_and_not_written_out() {
        let acts = [act(date(1945, 3, 14), 5.0), act(date(2022, 3, 2), 5.0)];
        let series = series(&acts, &[read(date(2022, 3, 14))], &options(By::Day));
        let labels: Vec<_> = series.periods.iter().map(|p| p.label.as_str()).collect();
        assert_eq!((labels.len(), labels[0], labels[1]), (14, "1945-03-14", "2022-03-02"));
        assert_eq!(series.periods[1].gap_before, 28_111);
        assert_eq!(series.total.unwrap().events, Some(2));
    }

    #[test]
    fn what_lies_in_no_single_period_is_in_the_total_only() {
        let year = Act { end: Some(date(2020, 12, 31)), ..act(date(2020, 1, 1), 5.0) };
        let undated = Act { start: None, end: None, ..act(date(2020, 1, 1), 5.0) };
        let acts = [year, undated, act(date(2020, 3, 1), 5.0)];
        let monthly = series(&acts, &[], &options(By::Month));
        assert_eq!((monthly.unplaced, monthly.periods.len()), (2, 1));
        assert_eq!(monthly.total.unwrap().events, Some(3));
        assert_eq!(series(&acts, &[], &options(By::Year)).unplaced, 1);
    }

    #[test]
    fn only_what_counts_is_counted_and_the_rest_stands_apart() {
        let claim = Act { standing: Standing::Claim, ..act(date(2020, 1, 5), -3.0) };
        let back = Act { direction: Direction::Backward, ..act(date(2020, 1, 6), -3.0) };
        let acts = [act(date(2020, 1, 5), 5.0), claim, back];
        let both = series(&acts, &[], &options(By::Month));
        let period = &both.periods[0];
        assert_eq!((period.events, period.quads, period.directions), (Some(2), [1, 0, 1, 0], [1, 1, 0]));
        assert_eq!((period.apart, period.scale_mean.unwrap().value), ([1, 0, 0, 0], 1.0));
        assert_eq!(both.reciprocity.unwrap().forward, (1, Some(5.0)));
        let directed = SeriesOptions { directed: true, ..options(By::Month) };
        assert_eq!(series(&acts, &[], &directed).periods[0].events, Some(1));
    }

    #[test]
    fn a_span_that_was_asked_for_is_kept_to() {
        let acts = [act(date(2019, 5, 1), 5.0), act(date(2020, 2, 1), 5.0)];
        let asked =
            SeriesOptions { from: Some(date(2020, 1, 1)), to: Some(date(2020, 3, 31)), ..options(By::Month) };
        let series = series(&acts, &[], &asked);
        assert_eq!(
            series.periods.iter().map(|p| p.label.as_str()).collect::<Vec<_>>(),
            ["2020-01", "2020-02", "2020-03"]
        );
        assert_eq!(series.total.unwrap().events, Some(1));
    }
}
