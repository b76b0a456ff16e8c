//! A dyad as one page of HTML that needs nothing else: facts, chart, what happened with its sentences, series.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chancery_record::{Dyad, DyadEvent, Fact, Period, Reciprocity, Standing};

use super::svg::svg;
use super::words::{
    answers, counted, estimate, holds, labels, short, sides, signed, span, standing, summary, title, told,
    turning_point,
};
use crate::markup::escaped;

const STYLE: &str = include_str!("page.css");

/// Writes a dyad as a page of HTML in one file, with the chart in it, without scripts and without anything to load.
///
/// # Errors
/// Those of `out`.
pub fn dyad_html(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    let title = escaped(&title(dyad));
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )?;
    if let (Some(from), Some(to)) = (&dyad.from, &dyad.to) {
        writeln!(out, "<p class=\"dim\">{} to {}</p>", escaped(from), escaped(to))?;
    }
    writeln!(out, "<p>{}</p>", escaped(&summary(dyad)))?;
    facts(out, dyad)?;
    if !dyad.periods.is_empty() {
        writeln!(out, "<h2>By {}</h2>\n<figure>\n{}</figure>", escaped(&dyad.by), svg(dyad)?)?;
    }
    turning_points(out, dyad)?;
    if let Some(found) = &dyad.reciprocity {
        reciprocity(out, dyad, found)?;
    }
    let counts = |event: &&DyadEvent| matches!(event.standing, Standing::Deed | Standing::Claim);
    events(out, "What happened", dyad.events.iter().filter(counts))?;
    if dyad.unlisted > 0 {
        writeln!(
            out,
            "<p class=\"dim\">{} not listed.</p>",
            counted(dyad.unlisted, "more event", "more events")
        )?;
    }
    events(
        out,
        "Not counted: announced, possible, denied",
        dyad.events.iter().filter(|event| !counts(event)),
    )?;
    series(out, dyad)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn facts(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    let Some(first) = dyad.facts.first() else { return Ok(()) };
    writeln!(out, "<h2>What holds as of {}</h2>\n<ul class=\"plain\">", escaped(&first.on))?;
    let listed = dyad.events.iter().map(|event| (event.id.as_str(), event)).collect();
    dyad.facts.iter().try_for_each(|fact| one_fact(out, fact, &listed))?;
    writeln!(out, "</ul>")
}

fn one_fact(out: &mut impl Write, fact: &Fact, listed: &BTreeMap<&str, &DyadEvent>) -> io::Result<()> {
    let head = [fact.state.clone(), span(fact), fact.by.join(", ")];
    let head: Vec<String> = head.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    writeln!(out, "<li><b class=\"{0}\">{0}</b>: {1}", holds(fact), head.join(" · "))?;
    writeln!(out, "<br><span class=\"dim\">{}</span>", escaped(&fact.basis))?;
    for (what, events) in [("read off", &fact.events), ("contradicted by", &fact.contradicted_by)] {
        if !events.is_empty() {
            let links: Vec<String> = events.iter().map(|id| link(id, listed)).collect();
            writeln!(out, "<br><span class=\"dim\">{what} {}</span>", links.join(", "))?;
        }
    }
    writeln!(out, "</li>")
}

/// An event by its date and category, as a link to where it stands; one that is not listed by its identifier.
fn link(id: &str, listed: &BTreeMap<&str, &DyadEvent>) -> String {
    match listed.get(id) {
        Some(event) => {
            let name = format!("{} {}", short(&event.date), event.event);
            format!("<a href=\"#{}\">{}</a>", escaped(id), escaped(&name))
        }
        None => escaped(id),
    }
}

fn events<'a>(
    out: &mut impl Write,
    what: &str,
    events: impl Iterator<Item = &'a DyadEvent>,
) -> io::Result<()> {
    let mut events = events.peekable();
    if events.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<h2>{what}</h2>\n<ol class=\"plain\">")?;
    events.try_for_each(|event| one_event(out, event))?;
    writeln!(out, "</ol>")
}

fn one_event(out: &mut impl Write, event: &DyadEvent) -> io::Result<()> {
    let mark = standing(event.standing).map_or(String::new(), |mark| format!(" <em>{mark}</em>"));
    let place = event.place.as_ref().map_or(String::new(), |place| format!(" · {}", escaped(place)));
    writeln!(
        out,
        "<li id=\"{}\" class=\"event quad{}\"><b>{}</b> {}<br>\n<span class=\"label\">{}</span> {}{mark}{place}",
        escaped(&event.id),
        event.quad,
        escaped(&short(&event.date)),
        escaped(&sides(event)),
        escaped(&labels(event)),
        signed(event.scale),
    )?;
    writeln!(out, "<blockquote>{}</blockquote>", sentence(event))?;
    let document = if event.source.is_some() { format!(" · {}", event.document) } else { String::new() };
    writeln!(out, "<span class=\"dim\">{}</span>", escaped(&format!("{}{document}", told(event))))?;
    for variant in &event.variants {
        let line = format!("{} {}: {}", variant.field, variant.value, variant.says.join(", "));
        writeln!(out, "<br><span class=\"dim\">differs: {}</span>", escaped(&line))?;
    }
    writeln!(out, "</li>")
}

/// The sentence, with the words that set the event off in bold.
fn sentence(event: &DyadEvent) -> String {
    match event.sentence.split_once(&event.trigger) {
        Some((before, after)) if !event.trigger.is_empty() => {
            format!("{}<b>{}</b>{}", escaped(before), escaped(&event.trigger), escaped(after))
        }
        _ => escaped(&event.sentence),
    }
}

fn turning_points(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    let Some(first) = dyad.turning_points.first() else { return Ok(()) };
    writeln!(out, "<h2>Turning points</h2>\n<ol>")?;
    for point in &dyad.turning_points {
        writeln!(out, "<li>{}</li>", escaped(&turning_point(point)))?;
    }
    writeln!(out, "</ol>\n<p class=\"dim\">Method: {}.</p>", escaped(&first.method))
}

fn reciprocity(out: &mut impl Write, dyad: &Dyad, found: &Reciprocity) -> io::Result<()> {
    writeln!(out, "<h2>Reciprocity</h2>\n<ul>")?;
    answers(dyad, found).iter().try_for_each(|line| writeln!(out, "<li>{}</li>", escaped(line)))?;
    writeln!(out, "</ul>")
}

/// Columns of the series.
const COLUMNS: [&str; 11] = [
    "Period",
    "Documents read",
    "Events",
    "Words of cooperation",
    "Deeds of cooperation",
    "Words of conflict",
    "Deeds of conflict",
    "PLOVER scale, mean",
    "sum",
    "Goldstein scale, mean",
    "sum",
];

fn series(out: &mut impl Write, dyad: &Dyad) -> io::Result<()> {
    if dyad.periods.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>The series in figures</h2>\n<div class=\"wide\"><table>\n<thead><tr>")?;
    COLUMNS.iter().try_for_each(|name| write!(out, "<th scope=\"col\">{name}</th>"))?;
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for period in &dyad.periods {
        if period.gap_before > 0 {
            let gap = counted(period.gap_before, "period", "periods");
            let words = format!("{gap} of which nothing was read and nothing is told");
            writeln!(out, "<tr class=\"dim\"><td colspan=\"{}\">{words}</td></tr>", COLUMNS.len())?;
        }
        row(out, "", period)?;
    }
    if let Some(total) = &dyad.total {
        row(out, " class=\"total\"", total)?;
    }
    writeln!(
        out,
        "</tbody></table></div>\n<p class=\"dim\">– stands where no document of that time was read or, of a mean, \
         where there is no event: that is not a zero. In brackets the middle 95% of the bootstrap over reports. Both \
         scales go from -10, conflict, to +10, cooperation.</p>"
    )
}

fn row(out: &mut impl Write, class: &str, period: &Period) -> io::Result<()> {
    let known = |count: u64| period.events.map_or("–".to_owned(), |_| count.to_string());
    let read = period.coverage.documents;
    let mut cells = vec![if read == 0 { "–".to_owned() } else { read.to_string() }];
    cells.push(known(period.events.unwrap_or(0)));
    cells.extend(period.quads.iter().map(|count| known(*count)));
    let Period { scale_mean, scale_sum, goldstein_mean, goldstein_sum, .. } = period;
    let means = [scale_mean, scale_sum, goldstein_mean, goldstein_sum];
    cells.extend(means.map(|mean| mean.as_ref().map_or("–".to_owned(), estimate)));
    write!(out, "<tr{class}><th scope=\"row\">{}</th>", escaped(&period.label))?;
    cells.iter().try_for_each(|cell| write!(out, "<td>{cell}</td>"))?;
    writeln!(out, "</tr>")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{empty, long, tiny};
    use super::*;

    fn page(dyad: &Dyad) -> String {
        let mut out = Vec::new();
        dyad_html(&mut out, dyad).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Names and words within, in order; fails where an element is left open or closed twice.
    fn check_nesting(page: &str) {
        let mut open: Vec<&str> = Vec::new();
        for tag in page.split('<').skip(2).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
            let name = tag.split([' ', '\n']).next().unwrap();
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{tag}"),
                None if tag.ends_with('/') || ["meta", "br"].contains(&name) => (),
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn every_element_is_closed() {
        [long(), tiny(), empty()].iter().for_each(|dyad| check_nesting(&page(dyad)));
    }

    #[test]
    fn what_reports_say_is_no_markup() {
        let event = DyadEvent {
            id: "\"><script>1</script>".to_owned(),
            sentence: "<img src=x onerror=\"alert(1)\"> & 'so'\u{1}".to_owned(),
            source: Some("</style><b>".to_owned()),
            ..tiny().events[0].clone()
        };
        let page = page(&Dyad { events: vec![event], ..tiny() });
        for markup in ["<script", "<img", "</style><b>", "\u{1}", "id=\"\">"] {
            assert!(!page.contains(markup), "{markup}");
        }
        assert!(page.contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp;"));
        check_nesting(&page);
    }

    #[test]
    fn the_page_loads_nothing() {
        let page = page(&long()).replace("http://www.w3.org/2000/svg", "");
        for loader in ["http:", "https:", "src=", "@import", "url(", "<link", "<script"] {
            assert!(!page.contains(loader), "{loader}");
        }
    }

    #[test]
    fn what_was_not_read_is_no_zero() {
        let page = page(&tiny());
        assert!(page.contains("<th scope=\"row\">2021-02</th><td>–</td><td>1</td>"), "{page}");
    }

    #[test]
    fn facts_lead_to_their_events() {
        let page = page(&long());
        assert!(page.contains("<a href=\"#m-2020-03-02\">2020-03-02 SANCTION</a>, elsewhere"));
        assert!(page.contains("id=\"m-2020-03-02\""));
    }
}
