//! The chart of a dyad as SVG.

use std::io::{self, Write};
use std::sync::Once;

use chancery_record::Dyad;
use plotters::prelude::*;

use super::chart::{draw, height, width};
use super::layout::layout;
use crate::markup::escaped;

/// Writes the chart of a dyad as SVG, the same bytes on every run. Its text is text; the viewer's own font sets it.
///
/// # Errors
/// Those of `out`.
pub fn dyad_svg(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    out.write_all(svg(dyad)?.as_bytes())
}

/// The chart as an element `svg`, which may stand in a page too.
pub(super) fn svg(dyad: &Dyad) -> io::Result<String> {
    register_font();
    let layout = layout(dyad);
    let mut svg = String::new();
    let (width, height) = (width(&layout), height(&layout));
    let canvas = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
    draw(&canvas, &layout).map_err(io::Error::other)?;
    drop(canvas);
    // The root of plotters knows neither a title nor that it is shown at half the size.
    let inside = svg.split_once('\n').map_or("", |(_, inside)| inside);
    let title = escaped(&layout.title.join(" "));
    let (shown, high) = (width / 2, height / 2);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{shown}\" height=\"{high}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{title}: {}</title>\n{inside}",
        escaped(&layout.subtitle)
    ))
}

/// The font by which words are measured, and set in bitmaps.
pub(super) fn register_font() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let known = plotters::style::register_font("sans-serif", FontStyle::Normal, notosans::REGULAR_TTF);
        assert!(known.is_ok(), "the font that is compiled in can be read");
    });
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::super::samples::{empty, long, many, tiny};
    use super::*;

    /// The words of an SVG; fails where the XML is broken.
    fn words(svg: &str) -> Vec<String> {
        let (mut reader, mut words) = (Reader::from_str(svg), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Text(text) => words.push(text.trim().to_owned()),
                Event::Eof => return words.into_iter().filter(|text| !text.is_empty()).collect(),
                _ => (),
            }
        }
    }

    #[test]
    fn the_chart_can_be_read_and_says_what_it_shows() {
        let words = words(&svg(&long()).unwrap());
        for told in [
            "Ruritania (RUR) – Borduria (BOR)",
            "Events per month: cooperation above the line, conflict below it",
            "16 months left out",
            "2019-01",
            "Documents read per month",
            "Turning point 1, 2020-03-01: from +2.4 (48 events) to -4.1 (97 events); comes again in 91% of draws.",
        ] {
            assert!(words.iter().any(|text| text == told), "{told} in {words:?}");
        }
    }

    #[test]
    fn every_dyad_has_a_chart_of_the_same_bytes() {
        for dyad in [long(), tiny(), empty(), many(1200)] {
            let chart = svg(&dyad).unwrap();
            words(&chart);
            assert!(!chart.contains("NaN"));
            assert_eq!(chart, svg(&dyad).unwrap());
        }
        assert!(words(&svg(&empty()).unwrap()).iter().any(|text| text.starts_with("Nothing was read")));
    }

    #[test]
    fn no_column_is_too_narrow_to_be_seen() {
        assert!(!svg(&many(3000)).unwrap().contains("width=\"0\""));
    }
}
