//! Where the level of a series changes for good: change points by optimal partitioning.
//!
//! The periods with events are cut into stretches so that the squared distances of their means from the mean of the
//! stretch, weighted by the number of events, and a penalty for each cut are together as small as can be (optimal
//! partitioning; Jackson et al. 2005, the criterion of Killick, Fearnhead and Eckley 2012). The variance of one event is
//! estimated from neighbouring periods (Rice 1984), by the median, so that the cuts themselves do not blur it.
//! Periods without events do not enter: nothing told is no level.

use chancery_record::TurningPoint;
use jiff::civil::Date;

use crate::bootstrap::{Cell, Numbers, round};

/// Periods with events without which no turning points are looked for.
const LEAST: usize = 8;

/// Periods with events that a stretch has at least.
const STRETCH: usize = 3;

/// The penalty for a cut, times the logarithm of the number of periods.
const PENALTY: f64 = 3.0;

/// How often reports are drawn anew to see whether a turning point comes again, and the work that this may be.
const DRAWS: usize = 200;
const WORK: usize = 40_000_000;

/// A period with events.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub start: Date,
    pub cells: Vec<Cell>,
    pub events: u64,
}

/// Weight and mean of each period.
type Points = Vec<(f64, f64)>;

/// Turning points of the mean, the earliest first.
pub(crate) fn turning_points(levels: &[Level], seed: u64) -> Vec<TurningPoint> {
    if levels.len() < LEAST {
        return Vec::new();
    }
    let points: Points = levels.iter().map(|level| point(&level.cells, |cell| cell.reports as f64)).collect();
    let cuts = cuts(&points);
    if cuts.is_empty() {
        return Vec::new();
    }
    let draws = DRAWS.min(WORK / (levels.len() * levels.len()).max(1)).max(1);
    let again = support(levels, &cuts, draws, seed);
    let bounds: Vec<usize> = [0].into_iter().chain(cuts.iter().copied()).chain([levels.len()]).collect();
    let mean = |from: usize, to: usize| {
        let (weights, sum) =
            points[from..to].iter().fold((0.0, 0.0), |(w, s), (weight, m)| (w + weight, s + weight * m));
        round(sum / weights)
    };
    let events = |from: usize, to: usize| levels[from..to].iter().map(|level| level.events).sum();
    bounds
        .windows(3)
        .zip(again)
        .map(|(stretch, support)| {
            let &[from, cut, to] = stretch else { unreachable!("windows of three") };
            TurningPoint {
                date: levels[cut].start.to_string(),
                before: mean(from, cut),
                after: mean(cut, to),
                events: (events(from, cut), events(cut, to)),
                method: format!(
                    "optimal partitioning of period means weighted by events (Jackson et al. 2005), penalty \
                     {PENALTY} ln n per cut, n = {}, at least {STRETCH} periods a stretch, support from {draws} draws",
                    levels.len()
                ),
                support,
            }
        })
        .collect()
}

fn point(cells: &[Cell], mut count: impl FnMut(&Cell) -> f64) -> (f64, f64) {
    let (weight, sum) = cells.iter().fold((0.0, 0.0), |(weight, sum), cell| {
        let own = count(cell) * cell.weight;
        (weight + own, sum + own * cell.values[0])
    });
    if weight > 0.0 { (weight, sum / weight) } else { (0.0, 0.0) }
}

/// Share of draws in which a cut comes again within one period.
fn support(levels: &[Level], cuts_found: &[usize], draws: usize, seed: u64) -> Vec<f64> {
    let mut numbers = Numbers::new(seed ^ 0x7475_726e);
    let mut again = vec![0usize; cuts_found.len()];
    for _ in 0..draws {
        let drawn = levels.iter().map(|level| point(&level.cells, |cell| numbers.poisson(cell.reports)));
        let drawn = cuts(&drawn.collect::<Points>());
        for (count, cut) in again.iter_mut().zip(cuts_found) {
            *count += usize::from(drawn.iter().any(|other| other.abs_diff(*cut) <= 1));
        }
    }
    again.into_iter().map(|count| (count as f64 / draws as f64 * 100.0).round() / 100.0).collect()
}

/// Variance of one event, from the differences of neighbouring periods.
fn variance(points: &Points) -> f64 {
    let pairs = points.windows(2).filter(|pair| pair[0].0 > 0.0 && pair[1].0 > 0.0);
    let mut squares: Vec<f64> =
        pairs.map(|pair| (pair[0].1 - pair[1].1).powi(2) / (1.0 / pair[0].0 + 1.0 / pair[1].0)).collect();
    squares.sort_unstable_by(f64::total_cmp);
    let median = squares.get(squares.len() / 2).copied().unwrap_or(0.0);
    // The median of a chi-squared variable of one degree of freedom is 0.4549. PLOVER's scale moves in halves: no
    // series is steadier than that.
    (median / 0.4549).max(0.25)
}

/// Indices of the first periods of new stretches.
fn cuts(points: &Points) -> Vec<usize> {
    let n = points.len();
    let variance = variance(points);
    let penalty = PENALTY * (n as f64).ln();
    // Sums up to each period, so that the cost of a stretch is a difference.
    let mut sums = vec![(0.0, 0.0, 0.0)];
    for (weight, mean) in points {
        let (w, s, q) = sums[sums.len() - 1];
        sums.push((w + weight, s + weight * mean, q + weight * mean * mean));
    }
    let cost = |from: usize, to: usize| {
        let (w, s, q) = (sums[to].0 - sums[from].0, sums[to].1 - sums[from].1, sums[to].2 - sums[from].2);
        if w > 0.0 { ((q - s * s / w) / variance).max(0.0) } else { 0.0 }
    };
    let mut best = vec![(f64::INFINITY, 0usize); n + 1];
    best[0] = (-penalty, 0);
    for to in STRETCH..=n {
        for from in 0..=to - STRETCH {
            let total = best[from].0 + cost(from, to) + penalty;
            if total < best[to].0 - 1e-9 {
                best[to] = (total, from);
            }
        }
    }
    let (mut cuts, mut at) = (Vec::new(), n);
    while best[at].1 > 0 {
        at = best[at].1;
        cuts.push(at);
    }
    cuts.reverse();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    /// A series with so many events a period around these levels.
    fn levels(means: impl IntoIterator<Item = f64>, events: u64, seed: u64) -> Vec<Level> {
        let mut numbers = Numbers::new(seed);
        let mut start = date(2000, 1, 1);
        let mut level = |mean: f64| {
            let own = start;
            start = start.saturating_add(1.month());
            let cell = |_| Cell { reports: 1, weight: 1.0, values: [mean + numbers.poisson(9) - 9.0, 0.0] };
            Level { start: own, cells: (0..events).map(cell).collect(), events }
        };
        means.into_iter().map(&mut level).collect()
    }

    #[test]
    fn a_level_that_drops_is_found_where_it_drops() {
        let series = levels((0..60).map(|n| if n < 25 { 4.0 } else { -4.0 }), 6, 3);
        let found = turning_points(&series, 1);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].date, series[25].start.to_string());
        assert!(found[0].before > 3.0 && found[0].after < -3.0 && found[0].support > 0.8, "{found:?}");
    }

    #[test]
    fn noise_has_no_turning_points() {
        let alarms =
            (0..200).filter(|&seed| !turning_points(&levels([0.0; 60], 4, seed), 1).is_empty()).count();
        assert!(alarms <= 10, "{alarms} false alarms in 200");
    }

    #[test]
    fn a_short_series_has_none() {
        assert!(turning_points(&levels([5.0, 5.0, 5.0, -5.0, -5.0, -5.0], 9, 1), 1).is_empty());
    }
}
