//! The chart of a dyad, drawn alike on any of plotters' backends: events, their mean on the scale, documents read.
//!
//! Cooperation stands above the axis and conflict below; deeds are dark and words light. So it can be read without
//! colours too.

use std::ops::Range;

use chancery_record::{Estimate, Period};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::layout::{Layout, Slot};
use super::words::counted;

/// Half points: a chart is drawn at twice the size at which it is shown, so that its lines are fine.
const WIDTH: i32 = 1920;
const LEFT: i32 = 90;
const RIGHT: i32 = 40;
const LINE: i32 = 36;
const TITLE: i32 = 48;

/// Where the panels stand below the head: top and bottom.
const EVENTS: Range<i32> = 50..510;
const MEANS: Range<i32> = 580..900;
const READ: Range<i32> = 970..1080;
const PANELS: i32 = 1140;

const INK: RGBColor = RGBColor(32, 32, 32);
const FAINT: RGBColor = RGBColor(214, 214, 214);
const HATCH: RGBColor = RGBColor(176, 176, 176);
const BAND: RGBColor = RGBColor(200, 200, 200);

/// Colours of the quad classes: words of cooperation, deeds of it, words of conflict, deeds of it. They can be told
/// apart by those who see no red or green, and deeds from words in grey.
const QUADS: [RGBColor; 4] =
    [RGBColor(158, 202, 225), RGBColor(8, 81, 156), RGBColor(253, 190, 133), RGBColor(166, 54, 3)];

type Canvas<B> = DrawingArea<B, Shift>;
type Panel<B> = DrawingArea<B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// How wide the chart is: wider than usual where more than 450 periods need it.
pub(super) fn width(layout: &Layout) -> u32 {
    let periods = layout.slots.len() as i32;
    WIDTH.max(LEFT + RIGHT + (4 * periods).min(periods.max(8000))) as u32
}

/// How high the chart is.
pub(super) fn height(layout: &Layout) -> u32 {
    let panels = if layout.slots.is_empty() { 0 } else { PANELS };
    (head(layout) + panels + LINE * (layout.caption.len() as i32 + 1)) as u32
}

/// Where the head ends.
fn head(layout: &Layout) -> i32 {
    30 + TITLE * layout.title.len() as i32 + 3 * LINE
}

/// Draws the chart.
///
/// # Errors
/// Those of the backend.
pub(super) fn draw<B: DrawingBackend>(canvas: &Canvas<B>, layout: &Layout) -> Drawn<B> {
    canvas.fill(&WHITE)?;
    let mut y = 20;
    for line in &layout.title {
        text(canvas, line, (LEFT, y), 46, HPos::Left)?;
        y += TITLE;
    }
    text(canvas, &layout.subtitle, (LEFT, y + 4), 30, HPos::Left)?;
    let mut y = head(layout);
    if !layout.slots.is_empty() {
        legend(canvas, y - 48)?;
        panels(canvas, layout, y)?;
        y += PANELS;
    }
    for (n, line) in layout.caption.iter().enumerate() {
        text(canvas, line, (LEFT, y + LINE * n as i32), 26, HPos::Left)?;
    }
    canvas.present()
}

fn text<B: DrawingBackend>(
    canvas: &Canvas<B>,
    words: &str,
    at: (i32, i32),
    size: i32,
    side: HPos,
) -> Drawn<B> {
    let style = ("sans-serif", size).into_font().color(&INK).pos(Pos::new(side, VPos::Top));
    canvas.draw_text(words, &style, at)
}

fn legend<B: DrawingBackend>(canvas: &Canvas<B>, y: i32) -> Drawn<B> {
    let kinds = [
        (1, "deeds of cooperation"),
        (0, "words of cooperation"),
        (2, "words of conflict"),
        (3, "deeds of conflict"),
    ];
    for (n, (quad, name)) in kinds.into_iter().enumerate() {
        let x = LEFT + 370 * n as i32;
        canvas.draw(&Rectangle::new([(x, y), (x + 36, y + 24)], QUADS[quad].filled()))?;
        text(canvas, name, (x + 48, y), 26, HPos::Left)?;
    }
    let x = LEFT + 370 * 4;
    hatch(canvas, (x, x + 36), (y, y + 24))?;
    text(canvas, "nothing was read", (x + 48, y), 26, HPos::Left)
}

/// The three panels, from the top.
fn panels<B: DrawingBackend>(canvas: &Canvas<B>, layout: &Layout, top: i32) -> Drawn<B> {
    let by = layout.by;
    let periods = || layout.slots.iter().filter_map(|slot| slot.period);
    let most = |count: &dyn Fn(&Period) -> u64| periods().map(count).max().unwrap_or(0).max(1) as f64;
    let up = most(&|period| period.quads[0] + period.quads[1]);
    let down = most(&|period| period.quads[2] + period.quads[3]);
    let read = most(&|period| period.coverage.documents);

    let name = format!("Events per {by}: cooperation above the line, conflict below it");
    let events = panel(canvas, layout, (top, EVENTS), -down * 1.05..up * 1.05, &name)?;
    layout.slots.iter().try_for_each(|slot| bars(&events, slot))?;
    line(&events, layout, 0.0, INK)?;

    let name = format!(
        "Mean of the PLOVER scale per {by}, -10 to +10; grey: middle 95% of the bootstrap; hollow: too few reports for it"
    );
    let means = panel(canvas, layout, (top, MEANS), -10.0..10.0, &name)?;
    levels(&means, layout)?;
    layout.slots.iter().try_for_each(|slot| mean(&means, slot))?;

    let name = format!("Documents read per {by}");
    let documents = panel(canvas, layout, (top, READ), 0.0..read * 1.05, &name)?;
    layout.slots.iter().try_for_each(|slot| coverage(&documents, slot))?;
    labels(canvas, &documents, layout, top + READ.end + 10)?;
    numbers(canvas, &events, layout, top + EVENTS.start)
}

/// An empty panel with its name, the scale on the left, what was not read, and the turning points.
fn panel<B: DrawingBackend>(
    canvas: &Canvas<B>,
    layout: &Layout,
    (top, rows): (i32, Range<i32>),
    range: Range<f64>,
    name: &str,
) -> Result<Panel<B>, DrawingAreaErrorKind<B::ErrorType>> {
    let (from, to) = (top + rows.start, top + rows.end);
    text(canvas, name, (LEFT, from - 42), 26, HPos::Left)?;
    let along = 0.0..layout.slots.last().map_or(1.0, |slot| slot.at.end);
    let coordinates = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
        along.clone(),
        range.clone(),
        (LEFT..width(layout) as i32 - RIGHT, to..from),
    );
    let panel = canvas.clone().apply_coord_spec(coordinates);
    unread(canvas, &panel, layout, (from, to))?;
    for tick in ticks(&range, to - from) {
        let ink = if tick == 0.0 { INK } else { FAINT };
        line(&panel, layout, tick, ink)?;
        let (_, y) = panel.map_coordinate(&(0.0, tick));
        let style = ("sans-serif", 24).into_font().color(&INK).pos(Pos::new(HPos::Right, VPos::Center));
        canvas.draw_text(&tick_name(tick, range.end == 10.0), &style, (LEFT - 10, y))?;
    }
    for (at, _) in &layout.turns {
        panel.draw(&PathElement::new([(*at, range.start), (*at, range.end)], INK.stroke_width(3)))?;
    }
    Ok(panel)
}

/// A line across a panel.
fn line<B: DrawingBackend>(panel: &Panel<B>, layout: &Layout, at: f64, ink: RGBColor) -> Drawn<B> {
    let end = layout.slots.last().map_or(1.0, |slot| slot.at.end);
    panel.draw(&PathElement::new([(0.0, at), (end, at)], ink.stroke_width(2)))
}

/// Round numbers within the range, one for about 60 half points.
fn ticks(range: &Range<f64>, height: i32) -> Vec<f64> {
    let rough = ((range.end - range.start) * 60.0 / f64::from(height)).max(1.0);
    let power = 10f64.powi(rough.log10().floor() as i32);
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|n| n * power).into_iter().find(|step| *step >= rough).unwrap_or(rough);
    let (first, last) = ((range.start / step).ceil() as i64, (range.end / step).floor() as i64);
    (first..=last).map(|n| n as f64 * step).collect()
}

/// Counts have no sign; figures on the scale have.
fn tick_name(tick: f64, scale: bool) -> String {
    if scale && tick != 0.0 { format!("{tick:+}") } else { format!("{}", tick.abs()) }
}

/// Hatches what was not read; several periods in a row are hatched as one.
fn unread<B: DrawingBackend>(
    canvas: &Canvas<B>,
    panel: &Panel<B>,
    layout: &Layout,
    rows: (i32, i32),
) -> Drawn<B> {
    let column = |at: f64| panel.map_coordinate(&(at, 0.0)).0;
    for run in layout.slots.chunk_by(|a, b| a.unread() == b.unread()).filter(|run| run[0].unread()) {
        let (from, to) = (run[0].at.start, run[run.len() - 1].at.end);
        hatch(canvas, (column(from), column(to)), rows)?;
    }
    Ok(())
}

/// Slanting lines within a rectangle.
fn hatch<B: DrawingBackend>(
    canvas: &Canvas<B>,
    (left, right): (i32, i32),
    (top, bottom): (i32, i32),
) -> Drawn<B> {
    let (width, height) = (right - left, bottom - top);
    for along in (0..width + height).step_by(10) {
        // From the left or the bottom edge, up to the top or the right one.
        let from = (left + (along - height).max(0), top + along.min(height));
        let to = (left + along.min(width), top + (along - width).max(0));
        canvas.draw(&PathElement::new([from, to], HATCH.stroke_width(1)))?;
    }
    Ok(())
}

/// The events of a period: deeds at the axis, words beyond them.
fn bars<B: DrawingBackend>(panel: &Panel<B>, slot: &Slot) -> Drawn<B> {
    let Some(period) = slot.period else { return Ok(()) };
    let [words, deeds, against, blows] = period.quads.map(|count| count as f64);
    let stretches =
        [(1, 0.0, deeds), (0, deeds, deeds + words), (3, 0.0, -blows), (2, -blows, -blows - against)];
    for (quad, from, to) in stretches.into_iter().filter(|(_, from, to)| from != to) {
        column(panel, slot, (from, to), QUADS[quad])?;
    }
    Ok(())
}

fn column<B: DrawingBackend>(
    panel: &Panel<B>,
    slot: &Slot,
    (from, to): (f64, f64),
    ink: RGBColor,
) -> Drawn<B> {
    let space = if period_width(panel) < 8 { 0.0 } else { 0.12 };
    let corners = [(slot.at.start + space, from), (slot.at.end - space, to)];
    panel.draw(&Rectangle::new(corners, ink.filled()))
}

/// How many half points wide a period is.
fn period_width<B: DrawingBackend>(panel: &Panel<B>) -> i32 {
    panel.map_coordinate(&(1.0, 0.0)).0 - panel.map_coordinate(&(0.0, 0.0)).0
}

/// The mean of a period and its band.
fn mean<B: DrawingBackend>(panel: &Panel<B>, slot: &Slot) -> Drawn<B> {
    let Some(Estimate { value, low, high }) = slot.period.and_then(|period| period.scale_mean) else {
        return Ok(());
    };
    let (at, radius) = ((slot.middle(), value), (period_width(panel) / 2).clamp(3, 7));
    if let (Some(low), Some(high)) = (low, high) {
        column(panel, slot, (low, high), BAND)?;
        return panel.draw(&Circle::new(at, radius, INK.filled()));
    }
    panel.draw(&Circle::new(at, radius, WHITE.filled()))?;
    panel.draw(&Circle::new(at, radius, INK.stroke_width(if radius < 6 { 1 } else { 3 })))
}

/// The levels between the turning points, as broken lines.
fn levels<B: DrawingBackend>(panel: &Panel<B>, layout: &Layout) -> Drawn<B> {
    let Some((_, first)) = layout.turns.first() else { return Ok(()) };
    let ends = layout.turns.iter().map(|(at, _)| *at).chain(layout.slots.last().map(|slot| slot.at.end));
    let starts = [0.0].into_iter().chain(layout.turns.iter().map(|(at, _)| *at));
    let levels = [first.before].into_iter().chain(layout.turns.iter().map(|(_, point)| point.after));
    for ((from, to), level) in starts.zip(ends).zip(levels) {
        let line = [(from, level), (to, level)];
        panel.draw(&DashedPathElement::new(line, 16, 10, INK.stroke_width(3)))?;
    }
    Ok(())
}

fn coverage<B: DrawingBackend>(panel: &Panel<B>, slot: &Slot) -> Drawn<B> {
    let documents = slot.period.map_or(0, |period| period.coverage.documents);
    if documents == 0 {
        Ok(())
    } else {
        column(panel, slot, (0.0, documents as f64), RGBColor(110, 110, 110))
    }
}

/// Names of periods below the axis, as many as there is room for: of many, those that begin a year.
fn labels<B: DrawingBackend>(canvas: &Canvas<B>, panel: &Panel<B>, layout: &Layout, y: i32) -> Drawn<B> {
    let year = |slot: &Slot| slot.period.map(|period| period.start.get(..4).unwrap_or("").to_owned());
    let begins = |n: usize| n == 0 || year(&layout.slots[n]) != year(&layout.slots[n - 1]);
    let years: Vec<usize> = (0..layout.slots.len()).filter(|n| begins(*n)).collect();
    let all: Vec<usize> = (0..layout.slots.len()).collect();
    let mut free = i32::MIN;
    for n in if layout.slots.len() > 16 && years.len() > 3 { years } else { all } {
        let (slot, x) = (&layout.slots[n], panel.map_coordinate(&(layout.slots[n].middle(), 0.0)).0);
        let Some(period) = slot.period else { continue };
        let half = 8 * period.label.chars().count() as i32;
        if x - half > free {
            let tick = [(x, y - 10), (x, y - 2)];
            canvas.draw(&PathElement::new(tick, INK.stroke_width(2)))?;
            text(canvas, &period.label, (x, y + 2), 26, HPos::Center)?;
            free = x + half + 10;
        }
    }
    Ok(())
}

/// Numbers of turning points above the panel, and how many periods are left out.
fn numbers<B: DrawingBackend>(canvas: &Canvas<B>, panel: &Panel<B>, layout: &Layout, top: i32) -> Drawn<B> {
    for (n, (at, _)) in layout.turns.iter().enumerate() {
        let (x, _) = panel.map_coordinate(&(*at, 0.0));
        text(canvas, &format!("{}", n + 1), (x + 8, top), 28, HPos::Left)?;
    }
    for slot in layout.slots.iter().filter(|slot| slot.left_out > 0) {
        let (x, _) = panel.map_coordinate(&(slot.middle(), 0.0));
        let style = ("sans-serif", 24).into_font().transform(FontTransform::Rotate270).color(&INK);
        let words = format!("{} left out", counted(slot.left_out, layout.by, &format!("{}s", layout.by)));
        canvas.draw_text(&words, &style.pos(Pos::new(HPos::Left, VPos::Center)), (x, top + 440))?;
    }
    Ok(())
}
