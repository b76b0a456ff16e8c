//! How far sums and means may be from what they would be with other reports: the bootstrap over reports.
//!
//! An event told in n reports gives each of them the weight 1/n and its own value. Reports are drawn anew with the
//! Poisson bootstrap (Hanley and MacGibbon 2006; Chamandy et al. 2012): each counts as often as a Poisson variable of
//! mean 1 says, so that the number of reports is uncertain, too. The middle 95% of a thousand such draws is the band
//! (percentile method; Efron 1979). Equal reports are drawn together, large groups of them by a normal approximation.

use chancery_record::Estimate;

/// How often reports are drawn anew.
const DRAWS: usize = 1000;

/// Reports of which there are no fewer for a band to mean anything.
const LEAST: u64 = 3;

/// A group of equal reports: how many, the weight of each, and its value on each scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    pub reports: u64,
    pub weight: f64,
    pub values: Values,
}

/// Values on the PLOVER scale and on Goldstein's.
pub(crate) type Values = [f64; 2];

/// A generator of numbers (SplitMix64; Steele, Lea and Flood 2014): the same everywhere for the same seed.
#[derive(Debug, Clone)]
pub(crate) struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A sum of so many Poisson variables of mean 1.
    pub fn poisson(&mut self, times: u64) -> f64 {
        if times <= 4 {
            return (0..times).map(|_| self.poisson_one()).sum();
        }
        let mean = times as f64;
        (mean + mean.sqrt() * self.normal()).round().max(0.0)
    }

    /// A Poisson variable of mean 1, by inversion.
    fn poisson_one(&mut self) -> f64 {
        // Cumulative probabilities 1/e * (1 + 1 + 1/2 + 1/6 + ...), as shares of 2^32.
        const UP_TO: [u32; 10] = [
            1_580_030_169,
            3_160_060_338,
            3_950_075_422,
            4_213_413_784,
            4_279_248_374,
            4_292_415_292,
            4_294_609_778,
            4_294_923_276,
            4_294_962_463,
            4_294_966_817,
        ];
        let drawn = (self.next() >> 32) as u32;
        UP_TO.iter().take_while(|&&bound| drawn >= bound).count() as f64
    }

    /// Nearly a standard normal variable: the sum of four uniform ones, of variance 1.
    fn normal(&mut self) -> f64 {
        let bits = self.next();
        let sum: u64 = (0..4).map(|n| (bits >> (16 * n)) & 0xffff).sum();
        (sum as f64 / 65_536.0 - 2.0) * 3f64.sqrt()
    }
}

/// Mean and sum on each scale with their bands, by the same draws; `None` without reports.
pub(crate) fn estimates(cells: &[Cell], numbers: &mut Numbers) -> Option<[(Estimate, Estimate); 2]> {
    let (weights, sums) = total(cells, |cell| cell.reports as f64);
    if weights == 0.0 {
        return None;
    }
    let enough = cells.iter().map(|cell| cell.reports).sum::<u64>() >= LEAST;
    let draws = if enough { DRAWS } else { 0 };
    let drawn: Vec<(f64, Values)> =
        (0..draws).map(|_| total(cells, |cell| numbers.poisson(cell.reports))).collect();
    let on = |scale: usize| {
        let some = drawn.iter().filter(|(weights, _)| *weights > 0.0);
        let mut means: Vec<f64> = some.map(|(weights, sums)| sums[scale] / weights).collect();
        let mut drawn: Vec<f64> = drawn.iter().map(|(_, sums)| sums[scale]).collect();
        (estimate(sums[scale] / weights, &mut means), estimate(sums[scale], &mut drawn))
    };
    Some([on(0), on(1)])
}

/// Weights and weighted values added up, each group of reports as often as is said.
fn total(cells: &[Cell], mut count: impl FnMut(&Cell) -> f64) -> (f64, Values) {
    cells.iter().fold((0.0, [0.0; 2]), |(weights, [scale, goldstein]), cell| {
        let weight = count(cell) * cell.weight;
        (weights + weight, [scale + weight * cell.values[0], goldstein + weight * cell.values[1]])
    })
}

fn estimate(value: f64, drawn: &mut [f64]) -> Estimate {
    let mut at = |share: f64| {
        let index = (share * drawn.len() as f64) as usize;
        (index < drawn.len()).then(|| round(*drawn.select_nth_unstable_by(index, f64::total_cmp).1))
    };
    Estimate { value: round(value), low: at(0.025), high: at(0.975) }
}

/// To four decimals: what lies beyond depends on the machine.
pub(crate) fn round(value: f64) -> f64 {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(values: &[f64]) -> Vec<Cell> {
        values.iter().map(|&value| Cell { reports: 1, weight: 1.0, values: [value, 0.0] }).collect()
    }

    #[test]
    fn a_poisson_variable_has_mean_and_variance_of_its_number() {
        for times in [1, 3, 9, 400] {
            let mut numbers = Numbers::new(1);
            let drawn: Vec<f64> = (0..20_000).map(|_| numbers.poisson(times)).collect();
            let mean = drawn.iter().sum::<f64>() / 20_000.0;
            let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 20_000.0;
            let expected = times as f64;
            assert!((mean / expected - 1.0).abs() < 0.03, "{times}: mean {mean}");
            assert!((variance / expected - 1.0).abs() < 0.06, "{times}: variance {variance}");
        }
    }

    #[test]
    fn the_band_of_a_mean_is_that_of_statistics() {
        // 100 values of variance 25: the standard error is 0.5.
        let values: Vec<f64> = (0..100).map(|n| if n % 2 == 0 { 5.0 } else { -5.0 }).collect();
        let [(mean, sum), (other, _)] = estimates(&cells(&values), &mut Numbers::new(1)).unwrap();
        let (low, high) = (mean.low.unwrap(), mean.high.unwrap());
        assert_eq!((mean.value, sum.value), (0.0, 0.0));
        assert!((low + 0.98).abs() < 0.15 && (high - 0.98).abs() < 0.15, "{low} {high}");
        assert!((sum.high.unwrap() - 98.0).abs() < 15.0);
        assert_eq!((other.value, other.low), (0.0, Some(0.0)));
    }

    #[test]
    fn many_reports_of_one_event_weigh_as_one() {
        let cells = [
            Cell { reports: 10, weight: 0.1, values: [4.0, 0.0] },
            Cell { reports: 1, weight: 1.0, values: [-2.0, 0.0] },
        ];
        let [(mean, sum), _] = estimates(&cells, &mut Numbers::new(1)).unwrap();
        assert_eq!((mean.value, sum.value), (1.0, 2.0));
    }

    #[test]
    fn two_reports_have_no_band_and_none_no_estimate() {
        let [(mean, _), _] = estimates(&cells(&[1.0, 2.0]), &mut Numbers::new(1)).unwrap();
        assert_eq!((mean.value, mean.low, mean.high), (1.5, None, None));
        assert_eq!(estimates(&[], &mut Numbers::new(1)), None);
    }
}
