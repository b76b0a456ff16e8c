//! A network as GraphML, which Gephi, igraph, NetworkX and R read.

use std::io::{self, Write};

use chancery_record::{Edge, Network, Node};

use crate::markup::escaped;

/// Identifier, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 13] = [
    ("name", "node", "name", "string"),
    ("label", "node", "label", "string"),
    ("done", "node", "done", "long"),
    ("received", "node", "received", "long"),
    ("scale", "node", "scale", "double"),
    ("weight", "edge", "weight", "double"),
    ("quad1", "edge", "quad1", "long"),
    ("quad2", "edge", "quad2", "long"),
    ("quad3", "edge", "quad3", "long"),
    ("quad4", "edge", "quad4", "long"),
    ("scale_sum", "edge", "scale_sum", "double"),
    ("scale_mean", "edge", "scale_mean", "double"),
    ("reports", "edge", "reports", "long"),
];

/// Writes a network as GraphML with typed attributes. `weight` of an edge is its number of events, `label` of a node
/// its name, because that is what other programs call them.
///
/// # Errors
/// Those of `out`.
pub fn graphml(out: &mut impl Write, network: &Network) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (id, of, name, kind) in KEYS {
        writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"events\" edgedefault=\"directed\">")?;
    network.nodes.iter().try_for_each(|node| one_node(out, node))?;
    network.edges.iter().try_for_each(|edge| one_edge(out, edge))?;
    writeln!(out, "  </graph>\n</graphml>")
}

fn one_node(out: &mut impl Write, node: &Node) -> io::Result<()> {
    writeln!(out, "    <node id=\"{}\">", escaped(&node.code))?;
    let Node { name, done, received, scale, .. } = node;
    data(out, "name", name)?;
    data(out, "label", name)?;
    data(out, "done", &done.to_string())?;
    data(out, "received", &received.to_string())?;
    data(out, "scale", &scale.to_string())?;
    writeln!(out, "    </node>")
}

fn one_edge(out: &mut impl Write, edge: &Edge) -> io::Result<()> {
    writeln!(out, "    <edge source=\"{}\" target=\"{}\">", escaped(&edge.from), escaped(&edge.to))?;
    data(out, "weight", &edge.events.to_string())?;
    for (n, count) in edge.quads.iter().enumerate() {
        data(out, &format!("quad{}", n + 1), &count.to_string())?;
    }
    data(out, "scale_sum", &edge.scale_sum.to_string())?;
    data(out, "scale_mean", &edge.scale_mean.to_string())?;
    data(out, "reports", &edge.reports.to_string())?;
    writeln!(out, "    </edge>")
}

fn data(out: &mut impl Write, key: &str, value: &str) -> io::Result<()> {
    writeln!(out, "      <data key=\"{key}\">{}</data>", escaped(value))
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::super::samples::network;
    use super::*;

    fn written() -> String {
        let mut out = Vec::new();
        graphml(&mut out, &network()).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// How many elements of that name there are; fails where the XML is broken.
    fn count(xml: &str, name: &str) -> usize {
        let (mut reader, mut found) = (Reader::from_str(xml), 0);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) => found += usize::from(tag.name().as_ref() == name),
                Event::Eof => return found,
                _ => (),
            }
        }
    }

    #[test]
    fn the_xml_can_be_read() {
        let xml = written();
        assert_eq!((count(&xml, "node"), count(&xml, "edge"), count(&xml, "key")), (4, 5, KEYS.len()));
        assert_eq!(count(&xml, "data"), 4 * 5 + 5 * 8);
    }

    #[test]
    fn every_attribute_is_declared() {
        for used in written().split("<data key=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(KEYS.iter().any(|(id, ..)| *id == used), "{used}");
        }
    }

    #[test]
    fn names_are_no_markup() {
        assert!(written().contains("<data key=\"name\">Syldavië &lt;&amp; &quot;Sön&quot;&gt;</data>"));
    }
}
