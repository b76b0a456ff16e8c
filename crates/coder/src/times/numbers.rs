//! Number phrases: "18", "two hundred and fifty", "a couple of", "half a dozen", "2 1/2", "nineteen eighty-four".

use super::reader::{Reader, Tail};

/// The number that begins at word `i`, and the word after it.
pub fn number(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let (whole, end) = figures(reader, i).or_else(|| phrase(reader, i)).or_else(|| spelt(reader, i))?;
    match and_half(reader, end) {
        Some(after) => Some((whole + 0.5, after)),
        None => Some((whole, end)),
    }
}

/// "18", "1,200", "2.5", "2 1/2", "1/2".
fn figures(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let word = reader.words.get(i)?;
    if word.figure < 0 {
        return decimal(reader, i);
    }
    if word.tail != Tail::None {
        return None;
    }
    let plain = |t: usize| reader.words.get(t).map(|w| w.figure).filter(|f| *f > 0);
    let is_stroke = |t: usize| t < reader.words.len() && reader.text(&(t..t + 1)) == "/";
    let whole = word.figure as f64;
    if let (Some(above), Some(below)) = (plain(i + 1), plain(i + 3))
        && is_stroke(i + 2)
        && below < 10
    {
        return Some((whole + above as f64 / below as f64, i + 4));
    }
    if let Some(below) = plain(i + 2).filter(|b| is_stroke(i + 1) && *b < 10 && word.figure < *b) {
        return Some((whole / below as f64, i + 3));
    }
    let Some(scale) = multiplier(reader, i + 1).filter(|s| *s > 99) else { return Some((whole, i + 1)) };
    Some((whole * scale as f64, i + 2))
}

fn decimal(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let text = reader.text(&(i..i + 1));
    let is_figure = text.starts_with(|c: char| c.is_ascii_digit()) && text.len() < 8;
    let value = is_figure.then(|| text.parse::<f64>().ok()).flatten()?;
    Some((value, i + 1))
}

/// "a couple of", "half a dozen", "half an": of the table of phrases, longest first.
fn phrase(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let class = reader.rules.counting.amounts;
    let entries = &reader.rules.entries[reader.words.get(i)?.id as usize];
    let follows = |rest: &[u32]| {
        rest.iter().enumerate().all(|(n, id)| reader.words.get(i + 1 + n).is_some_and(|w| w.id == *id))
    };
    let entry = entries.iter().find(|e| Some(e.class) == class && follows(&e.rest))?;
    Some((entry.value.parse().ok()?, i + 1 + entry.rest.len()))
}

/// "twenty-four", "two hundred and fifty", "a hundred", "one thousand".
fn spelt(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let (mut total, mut group, mut end) = (0, small(reader, i)?, i + 1);
    let mut last = group;
    loop {
        let at = end + usize::from(is(reader, end, "-") && small(reader, end + 1).is_some_and(|n| n < 10));
        let linked = end + usize::from(is(reader, end, "and") && group >= 100);
        if let Some(scale) = multiplier(reader, end) {
            group = group.saturating_mul(scale);
            if scale >= 1000 {
                total = group.saturating_add(total);
                group = 0;
            }
            (last, end) = (100, end + 1);
        } else if let Some(next) = small(reader, at).filter(|n| (20..100).contains(&last) && *n < 10) {
            (group, last, end) = (group + next, next, at + 1);
        } else if let Some(next) = small(reader, linked).filter(|n| last == 100 && *n > 1) {
            (group, last, end) = (group + next, next, linked + 1);
        } else {
            return Some((total.saturating_add(group) as f64, end));
        }
    }
}

fn small(reader: &Reader, i: usize) -> Option<i64> {
    reader.in_table(reader.rules.counting.numbers, i)?.parse().ok()
}

fn multiplier(reader: &Reader, i: usize) -> Option<i64> {
    reader.in_table(reader.rules.counting.multipliers, i)?.parse().ok()
}

fn is(reader: &Reader, i: usize, word: &str) -> bool {
    reader.words.get(i).is_some_and(|w| w.id != 0 && w.id == reader.rules.id(word))
}

fn and_half(reader: &Reader, end: usize) -> Option<usize> {
    let half = end + 1 + usize::from(is(reader, end + 1, "a") || is(reader, end + 1, "one"));
    (is(reader, end, "and") && is(reader, half, "half")).then_some(half + 1)
}

/// "nineteen eighty-four", "two thousand and eight", "twenty fourteen".
pub fn spoken_year(reader: &Reader, i: usize) -> Option<(i64, usize)> {
    let first = small(reader, i)?;
    if !(15..=20).contains(&first) {
        let (year, end) = spelt(reader, i)?;
        return Some((year as i64, end)).filter(|(y, e)| (2000..2030).contains(y) && *e > i + 1);
    }
    let second = small(reader, i + 1).filter(|n| *n >= 10)?;
    let at = i + 2 + usize::from(is(reader, i + 2, "-"));
    let third = small(reader, at).filter(|n| second >= 20 && (1..10).contains(n));
    let end = if third.is_some() { at + 1 } else { i + 2 };
    Some((first * 100 + second + third.unwrap_or(0), end))
}
