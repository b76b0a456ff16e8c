//! The chart of a dyad as a bitmap.

use std::io::{self, Write};

use chancery_record::Dyad;
use plotters::prelude::*;
use png::{BitDepth, ColorType, Encoder};

use super::chart::{draw, height, width};
use super::layout::layout;
use super::svg::register_font;

/// Writes the chart of a dyad as PNG, 1920 pixels wide or more, the same bytes on every run. Its font is compiled in.
///
/// # Errors
/// Those of `out`.
pub fn dyad_png(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    register_font();
    let layout = layout(dyad);
    let (width, height) = (width(&layout), height(&layout));
    let mut pixels = vec![0; width as usize * height as usize * 3];
    let canvas = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
    draw(&canvas, &layout).map_err(io::Error::other)?;
    drop(canvas);
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::samples::{empty, long, tiny};
    use super::*;

    fn written(dyad: &Dyad) -> Vec<u8> {
        let mut out = Vec::new();
        dyad_png(&mut out, dyad).unwrap();
        out
    }

    /// Width and pixels.
    fn read(png: &[u8]) -> (u32, Vec<[u8; 3]>) {
        let mut reader = png::Decoder::new(io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let width = reader.next_frame(&mut pixels).unwrap().width;
        (width, pixels.chunks_exact(3).map(|rgb| [rgb[0], rgb[1], rgb[2]]).collect())
    }

    #[test]
    fn the_picture_can_be_read_and_has_all_colours() {
        let (width, pixels) = read(&written(&long()));
        let colours: BTreeSet<[u8; 3]> = pixels.into_iter().collect();
        assert_eq!(width, 1920);
        for colour in [[255, 255, 255], [8, 81, 156], [158, 202, 225], [253, 190, 133], [166, 54, 3]] {
            assert!(colours.contains(&colour), "{colour:?}");
        }
    }

    #[test]
    fn letters_with_accents_are_in_the_font() {
        let name = |name: &str| {
            let mut dyad = empty();
            dyad.a.name = name.to_owned();
            read(&written(&dyad)).1
        };
        // A letter that a font has not is a box, the same for all.
        assert_ne!(name("\u{e9}\u{10d}\u{416}\u{3a9}"), name("\u{e8}\u{111}\u{417}\u{3a8}"));
        assert_ne!(name("\u{159}"), name("\u{10d}"));
    }

    #[test]
    fn the_bytes_are_the_same_on_every_run() {
        assert_eq!(written(&tiny()), written(&tiny()));
        assert!(written(&empty()).starts_with(b"\x89PNG\r\n\x1a\n"));
    }
}
