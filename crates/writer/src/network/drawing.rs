//! A network drawn on a circle: an actor a dot, what it does to another an arrow.

use std::cmp::Reverse;
use std::f64::consts::TAU;
use std::io::{self, Write};

use chancery_record::{Edge, Network, Node};

use crate::markup::escaped;

/// Actors and arrows that are drawn, those with the most events.
const NODES: usize = 40;
const EDGES: usize = 200;

/// Points: the picture, the middle of the circle, its radius.
const SIZE: (u32, u32) = (960, 1010);
const MIDDLE: (f64, f64) = (480.0, 500.0);
const RADIUS: f64 = 280.0;

/// Characters of a name.
const NAME: usize = 24;

/// An actor's place on the circle, and how large its dot is.
struct Dot<'a> {
    node: &'a Node,
    angle: f64,
    radius: f64,
}

impl Dot<'_> {
    /// The point so far from the middle of the circle.
    fn point(&self, from_middle: f64) -> (f64, f64) {
        (MIDDLE.0 + from_middle * self.angle.cos(), MIDDLE.1 + from_middle * self.angle.sin())
    }
}

/// Writes a picture of a network as SVG, the same bytes on every run: the forty actors and the two hundred arrows with
/// the most events. Arrows of cooperation by their mean on the PLOVER scale are whole and blue, of conflict broken and
/// red.
///
/// # Errors
/// Those of `out`.
pub fn network_svg(out: &mut impl Write, network: &Network) -> io::Result<()> {
    let dots = dots(network);
    let edges = arrows(network, &dots);
    let (width, height) = SIZE;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#202020\" role=\"img\">\n\
         <title>Who acts upon whom</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>"
    )?;
    writeln!(out, "<text x=\"40\" y=\"40\" font-size=\"22\">Who acts upon whom</text>")?;
    let most = edges.iter().map(|edge| edge.events).max().unwrap_or(1);
    edges.iter().rev().try_for_each(|edge| arrow(out, edge, &dots, most))?;
    dots.iter().try_for_each(|dot| one_dot(out, dot))?;
    legend(out, network, dots.len(), &edges)?;
    writeln!(out, "</svg>")
}

/// The actors with the most events, each next to the one with which it has most to do.
fn dots(network: &Network) -> Vec<Dot<'_>> {
    let events = |node: &Node| node.done + node.received;
    let mut left: Vec<&Node> = network.nodes.iter().collect();
    left.sort_by_key(|node| (Reverse(events(node)), &node.code));
    left.truncate(NODES);
    let most = left.first().map_or(1, |node| events(node).max(1)) as f64;
    let (count, mut dots) = (left.len(), Vec::<Dot>::new());
    while !left.is_empty() {
        let last = dots.last().map(|dot| dot.node.code.as_str());
        let next = (0..left.len()).max_by_key(|n| (between(network, last, &left[*n].code), Reverse(*n)));
        let node = left.remove(next.unwrap_or(0));
        let angle = TAU * dots.len() as f64 / count as f64 - TAU / 4.0;
        dots.push(Dot { node, angle, radius: 4.0 + 14.0 * (events(node) as f64 / most).sqrt() });
    }
    dots
}

/// Events between two actors, whoever does them.
fn between(network: &Network, one: Option<&str>, other: &str) -> u64 {
    let Some(one) = one else { return 0 };
    let of = |edge: &&Edge| (edge.from == one && edge.to == other) || (edge.from == other && edge.to == one);
    network.edges.iter().filter(of).map(|edge| edge.events).sum()
}

/// The arrows between those drawn, the strongest first; none from an actor to itself.
fn arrows<'a>(network: &'a Network, dots: &[Dot]) -> Vec<&'a Edge> {
    let drawn = |code: &String| dots.iter().any(|dot| dot.node.code == *code);
    let among = |edge: &&Edge| edge.from != edge.to && drawn(&edge.from) && drawn(&edge.to);
    let mut edges: Vec<&Edge> = network.edges.iter().filter(among).collect();
    edges.sort_by_key(|edge| (Reverse(edge.events), &edge.from, &edge.to));
    edges.truncate(EDGES);
    edges
}

/// An arrow that bends to the middle and, seen from where it starts, to the left, so that both ways can be seen.
fn arrow(out: &mut impl Write, edge: &Edge, dots: &[Dot], most: u64) -> io::Result<()> {
    let dot = |code: &str| dots.iter().find(|dot| dot.node.code == code);
    let (Some(from), Some(to)) = (dot(&edge.from), dot(&edge.to)) else { return Ok(()) };
    let ((x1, y1), (x2, y2)) = (from.point(RADIUS), to.point(RADIUS));
    let (across, down, length) = (x2 - x1, y2 - y1, (x2 - x1).hypot(y2 - y1).max(1.0));
    let (left, up) = (down / length * 4.0, -across / length * 4.0);
    let ((x1, y1), (x2, y2)) = ((x1 + left, y1 + up), (x2 + left, y2 + up));
    // The shorter the way, the straighter.
    let (pull, aside) = (0.3 * (length / RADIUS).min(1.0), 6.0 * (length / RADIUS).min(1.0));
    let half = (1.0 - pull) / 2.0;
    let bend =
        ((x1 + x2) * half + MIDDLE.0 * pull + left * aside, (y1 + y2) * half + MIDDLE.1 * pull + up * aside);
    let width = 1.0 + 6.0 * (edge.events as f64 / most as f64).sqrt();
    let tip = towards((x2, y2), bend, to.radius + 1.0);
    let foot = towards(tip, bend, 6.0 + 1.6 * width);
    let (colour, dashes) =
        if edge.scale_mean < 0.0 { ("#a63603", " stroke-dasharray=\"9 5\"") } else { ("#08519c", "") };
    writeln!(
        out,
        "<g fill=\"none\" stroke=\"{colour}\" opacity=\"0.75\"><title>{}</title>\
         <path d=\"M{x1:.1} {y1:.1}Q{:.1} {:.1} {:.1} {:.1}\" stroke-width=\"{width:.1}\"{dashes}/>{}</g>",
        escaped(&format!(
            "{} upon {}: {} events, mean of the scale {:+.1}, {} reports",
            from.node.name, to.node.name, edge.events, edge.scale_mean, edge.reports
        )),
        bend.0,
        bend.1,
        foot.0,
        foot.1,
        head(tip, foot, 3.0 + 0.8 * width, colour)
    )
}

/// The point so far from one on the way to another.
fn towards((x, y): (f64, f64), (to_x, to_y): (f64, f64), far: f64) -> (f64, f64) {
    let length = (to_x - x).hypot(to_y - y).max(1.0);
    (x + (to_x - x) / length * far, y + (to_y - y) / length * far)
}

/// The head of an arrow, so wide to each side of its foot.
fn head(tip: (f64, f64), foot: (f64, f64), half: f64, colour: &str) -> String {
    let length = (tip.0 - foot.0).hypot(tip.1 - foot.1).max(1.0);
    let (x, y) = ((tip.1 - foot.1) / length * half, (foot.0 - tip.0) / length * half);
    format!(
        "<path d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{colour}\" stroke=\"none\"/>",
        tip.0,
        tip.1,
        foot.0 + x,
        foot.1 + y,
        foot.0 - x,
        foot.1 - y
    )
}

/// A dot and, beyond it, its name, turned so that it can be read.
fn one_dot(out: &mut impl Write, dot: &Dot) -> io::Result<()> {
    let ((x, y), (at, below)) = (dot.point(RADIUS), dot.point(RADIUS + dot.radius + 6.0));
    let right = dot.angle.cos() >= -1e-9;
    let turn = dot.angle.to_degrees() + if right { 0.0 } else { 180.0 };
    let (Node { name, done, received, .. }, anchor) = (dot.node, if right { "start" } else { "end" });
    let full = escaped(&format!("{name}: does {done} events, {received} are done to it"));
    let name: String = match name.chars().count() > NAME {
        true => name.chars().take(NAME - 1).chain(['…']).collect(),
        false => name.clone(),
    };
    writeln!(
        out,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" fill=\"#fff\" stroke=\"#202020\" stroke-width=\"2\">\
         <title>{full}</title></circle>\n\
         <text x=\"{at:.1}\" y=\"{below:.1}\" dy=\"0.35em\" text-anchor=\"{anchor}\" \
         transform=\"rotate({turn:.1} {at:.1} {below:.1})\">{}</text>",
        dot.radius,
        escaped(&name)
    )
}

/// What is drawn, what is not, and how to read it.
fn legend(out: &mut impl Write, network: &Network, nodes: usize, edges: &[&Edge]) -> io::Result<()> {
    let sum = |edges: &mut dyn Iterator<Item = &Edge>| {
        edges.fold((0, 0), |(events, reports), edge| (events + edge.events, reports + edge.reports))
    };
    let ((all, told), (drawn, _)) = (sum(&mut network.edges.iter()), sum(&mut edges.iter().copied()));
    let lines = [
        "Arrows: thicker for more events; whole and blue where the mean of the PLOVER scale is cooperation, broken and \
         red where it is conflict."
            .to_owned(),
        format!(
            "Drawn: {nodes} of {} actors, {drawn} of {all} events. All are told by {told} reports. What an actor does \
             to itself is not drawn.",
            network.nodes.len()
        ),
    ];
    for (n, line) in lines.iter().enumerate() {
        writeln!(out, "<text x=\"40\" y=\"{}\" font-size=\"12.5\">{}</text>", 970 + 20 * n, escaped(line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::super::samples::network;
    use super::*;

    fn drawn(network: &Network) -> String {
        let mut out = Vec::new();
        network_svg(&mut out, network).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Fails where the XML is broken or a number is none.
    fn check(svg: &str) {
        let mut reader = Reader::from_str(svg);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }

    #[test]
    fn the_picture_can_be_read() {
        let svg = drawn(&network());
        check(&svg);
        assert_eq!(svg.matches("<circle").count(), 4);
        // What San Theodoros does to itself is not drawn.
        assert_eq!(svg.matches("<g ").count(), 4);
        assert!(svg.contains("Drawn: 4 of 4 actors, 42 of 44 events."), "{svg}");
    }

    #[test]
    fn an_empty_network_is_a_picture_too() {
        check(&drawn(&Network { nodes: Vec::new(), edges: Vec::new() }));
    }

    #[test]
    fn of_many_the_greatest_are_drawn() {
        let node = |n: u64| Node {
            code: format!("N{n:03}"),
            name: format!("State {n}"),
            done: n,
            received: 0,
            scale: 0.0,
        };
        let edge = |n: u64| Edge {
            from: format!("N{:03}", 99 - n * n % 45),
            to: format!("N{:03}", 99 - n * 7 % 43),
            events: n * 13 % 37,
            quads: [0; 4],
            scale_sum: 0.0,
            scale_mean: (n * 5 % 13) as f64 - 6.0,
            reports: n,
        };
        let network = Network { nodes: (0..100).map(node).collect(), edges: (1..80).map(edge).collect() };
        let svg = drawn(&network);
        assert!(svg.contains("Drawn: 40 of 100 actors"));
        assert!(svg.contains(">State 60<") && !svg.contains(">State 59<"));
    }

    #[test]
    fn conflict_is_broken() {
        assert_eq!(drawn(&network()).matches("stroke-dasharray").count(), 2);
    }
}
