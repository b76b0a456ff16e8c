//! Faults planted in good files are found where they are; good files, and odd but good ones, give no finding.

mod common;

use chancery_writer::{
    Finding, Format, GDELT1_COLUMNS, GDELT2_COLUMNS, ICEWS_COLUMNS, MENTIONS_COLUMNS, POLECAT_COLUMNS,
    recognise, validate,
};
use common::{bare_document, document, events, file};
use serde_json::{Value, json};

fn findings(format: Format, file: &[u8]) -> (usize, Vec<Finding>) {
    let mut findings = Vec::new();
    let records = validate(format, file, |finding| findings.push(finding)).unwrap();
    (records, findings)
}

fn good(format: Format) -> String {
    file(format, &document(), &events())
}

/// Fails unless the file has that one finding.
fn found(format: Format, file: &[u8], row: usize, column: Option<&str>, problem: &str) {
    let (_, findings) = findings(format, file);
    let shown: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert_eq!(findings.len(), 1, "{format:?} {column:?} {problem:?}: {shown:#?}");
    let finding = &findings[0];
    assert_eq!((finding.row, finding.column.as_deref()), (row, column), "{shown:?}");
    assert!(finding.problem.contains(problem), "{shown:?}");
}

/// The columns; PETRARCH's here are those of a story with an address.
fn columns(format: Format) -> Vec<&'static str> {
    match format {
        Format::Gdelt1 => GDELT1_COLUMNS.to_vec(),
        Format::Gdelt2 => GDELT2_COLUMNS.to_vec(),
        Format::Mentions => MENTIONS_COLUMNS.to_vec(),
        Format::Icews => ICEWS_COLUMNS.to_vec(),
        Format::Polecat => POLECAT_COLUMNS.to_vec(),
        _ => chancery_writer::PETRARCH_COLUMNS.to_vec(),
    }
}

/// A good file with other cells in that row (from 1).
fn planted(format: Format, row: usize, cells: &[(&str, &str)]) -> String {
    let columns = columns(format);
    let mut lines: Vec<String> = good(format).lines().map(str::to_owned).collect();
    let mut all: Vec<&str> = lines[row - 1].split('\t').collect();
    for (column, value) in cells {
        let at =
            columns.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
        all[at] = value;
    }
    lines[row - 1] = all.join("\t");
    lines.join("\n") + "\n"
}

#[test]
fn what_the_writers_write_is_right() {
    for format in Format::ALL {
        for document in [document(), bare_document()] {
            let file = file(format, &document, &events());
            let (records, found) = findings(format, file.as_bytes());
            let headers = usize::from(matches!(format, Format::Icews | Format::Polecat));
            assert_eq!((records, found), (file.lines().count() - headers, vec![]), "{format:?}");
        }
    }
}

#[test]
fn a_file_says_which_format_it_has() {
    for format in Format::ALL {
        for document in [document(), bare_document()] {
            let file = file(format, &document, &events());
            assert_eq!(recognise(file.as_bytes()), Some(format));
            let cut = &file.as_bytes()[..file.len().min(900)];
            assert_eq!(recognise(cut), Some(format), "the beginning is enough");
            let marked = [b"\xEF\xBB\xBF", file.as_bytes()].concat();
            assert_eq!(recognise(&marked), Some(format));
        }
    }
}

#[test]
fn other_files_have_none_of_the_formats() {
    let others = [
        "",
        "\n",
        "a\tb\tc\n",
        "{}",
        r#"{"id": "a", "text": "The \"quad_code\": is 3", "date": "2022-03-14"}"#,
        r#"{"id": "a", "document": "b", "sentences": [], "events": [{"event": "AID", "evidence": {}}]}"#,
        "Event ID,Event Date,Source Name\n",
        "In Strelsau, 7 people met.\n",
    ];
    for other in others {
        assert_eq!(recognise(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn a_faulty_file_is_still_recognised() {
    for format in
        [Format::Petrarch, Format::Gdelt1, Format::Gdelt2, Format::Mentions, Format::Icews, Format::Polecat]
    {
        let broken: String = good(format).lines().map(|line| line.to_owned() + "\t\n").collect();
        let broken = broken.replace("Event Text", "Event Txt");
        assert_eq!(recognise(broken.as_bytes()), Some(format));
    }
}

#[test]
fn faulty_cells_are_found_where_they_are() {
    use Format::*;
    let faults = [
        (Petrarch, 1, "DATE", "20220230", "no day that exists"),
        (Petrarch, 2, "DATE", "2022-03-13", "no day that exists"),
        (Petrarch, 3, "SOURCE", "RURG", "no CAMEO actor code"),
        (Petrarch, 3, "TARGET", "", "is empty"),
        (Petrarch, 4, "CAMEO", "42", "leading zero"),
        (Petrarch, 4, "ISSUES", "ECON", "no list of issues"),
        (Petrarch, 5, "IDS", "world/7", "no list of sentences"),
        (Gdelt1, 1, "DATEADDED", "20220314000000", "no day that exists"),
        (Gdelt1, 2, "SQLDATE", "20221301", "no day that exists"),
        (Gdelt2, 1, "GLOBALEVENTID", "9f3", "no whole number"),
        (Gdelt2, 1, "GLOBALEVENTID", "9223372036854775808", "no whole number"),
        (Gdelt2, 2, "MonthYear", "202204", "should be \"202203\""),
        (Gdelt2, 2, "Year", "2021", "should be \"2022\""),
        (Gdelt2, 2, "FractionDate", "2022.1", "should be 2022.2"),
        (Gdelt2, 2, "Actor1Name", "Tasch", "not in capitals"),
        (Gdelt2, 2, "Actor1Name", "\"REDS\"", "begins with a double quotation mark"),
        (Gdelt2, 2, "Actor1CountryCode", "SYL", "no part of \"BORMIL\""),
        (Gdelt2, 3, "Actor2Type1Code", "GO", "no code of three letters"),
        (Gdelt2, 3, "IsRootEvent", "yes", "neither 0 nor 1"),
        (Gdelt2, 3, "EventCode", "999", "no code of CAMEO"),
        (Gdelt2, 3, "EventBaseCode", "043", "first three digits"),
        (Gdelt2, 3, "EventRootCode", "05", "first two digits"),
        (Gdelt2, 4, "QuadClass", "2", "quad class of the root"),
        (Gdelt2, 4, "QuadClass", "0", "1 to 4"),
        (Gdelt2, 4, "GoldsteinScale", "7", "Goldstein's score"),
        (Gdelt2, 4, "NumMentions", "0", "number from 1"),
        (Gdelt2, 5, "ActionGeo_Type", "9", "no type of place"),
        (Gdelt2, 5, "ActionGeo_Type", "0", "though ActionGeo_FullName is given"),
        (Gdelt2, 1, "ActionGeo_Type", "3", "does not go with the country \"AY\""),
        (Gdelt2, 1, "ActionGeo_CountryCode", "QQ", "no country of FIPS"),
        (Gdelt2, 1, "ActionGeo_ADM1Code", "USOH", "is not in \"AY\""),
        (Gdelt2, 1, "ActionGeo_Lat", "-91", "no latitude"),
        (Gdelt2, 1, "ActionGeo_Long", "", "latitude is given"),
        (Gdelt2, 1, "DATEADDED", "20220314240000", "no time that exists"),
        (Gdelt2, 1, "SOURCEURL", "", "is empty"),
        (Mentions, 1, "MentionTimeDate", "20220313000000", "before EventTimeDate"),
        (Mentions, 1, "MentionType", "7", "no type of mention"),
        (Mentions, 2, "SentenceID", "0", "no number from 1"),
        (Mentions, 2, "Actor1CharOffset", "-2", "no offset"),
        (Mentions, 3, "ActionCharOffset", "5000", "beyond MentionDocLen"),
        (Mentions, 3, "InRawText", "", "is empty"),
        (Mentions, 4, "Confidence", "84", "no percentage in tens"),
        (Icews, 2, "Event Date", "3/13/2022", "no day that exists"),
        (Icews, 3, "CAMEO Code", "73", "no code of CAMEO"),
        (Icews, 3, "Event Text", "Provide aid", "name of the code"),
        (Icews, 4, "Intensity", "-1.9", "Goldstein's score"),
        (Icews, 4, "Intensity", "11", "-10 to 10"),
        (Icews, 5, "Sentence Number", "1.5", "no number from 1"),
        (Icews, 6, "Latitude", "", "longitude is given"),
        (Icews, 6, "Longitude", "east", "no longitude"),
        (Polecat, 2, "Event Type", "YIELD", "no category"),
        (Polecat, 2, "Quad Code", "VERBAL COOPERATION", "quad class of the category"),
        (Polecat, 2, "Intensity", "-10", "score of category"),
        (Polecat, 2, "Contexts", "human_security, migration", "no list of PLOVER contexts"),
        (Polecat, 2, "Primary Actor Sector", "MIL", "first of the sectors"),
        (Polecat, 2, "Recipient Sectors", "RFG", "no list of PLOVER sectors"),
        (Polecat, 3, "Event Mode", "explosives", "no mode of CONSULT"),
        (Polecat, 3, "Actor Country", "RUR;Borduria", "three-letter codes"),
        (Polecat, 3, "Actor COW", "365", "Correlates of War"),
        (Polecat, 4, "Event Date", "2022-03", "no day that exists"),
        (Polecat, 4, "Longitude", "-190.5", "no longitude"),
        (Polecat, 4, "Language", "English", "no language code"),
    ];
    for (format, row, column, value, problem) in faults {
        let file = planted(format, row, &[(column, value)]);
        found(format, file.as_bytes(), row, Some(column), problem);
    }
}

#[test]
fn a_recipient_that_must_be_there_is_missed() {
    let gone = ["Recipient Name", "Recipient Name Raw"].map(|column| (column, ""));
    let file = planted(Format::Polecat, 2, &gone);
    found(Format::Polecat, file.as_bytes(), 2, Some("Recipient Name"), "AID needs a recipient");
}

#[test]
fn faulty_headers_are_found() {
    let file = good(Format::Icews).replacen("Event Text", "Event Txt", 1);
    found(Format::Icews, file.as_bytes(), 1, Some("Event Text"), "\"Event Txt\"");
    let file = good(Format::Polecat).replacen("\tVersion", "", 1);
    found(Format::Polecat, file.as_bytes(), 1, None, "39 columns, not 40");
    found(Format::Icews, b"", 1, None, "is missing");
    let headless: String = good(Format::Icews).lines().skip(1).map(|line| line.to_owned() + "\n").collect();
    let (_, findings) = findings(Format::Icews, headless.as_bytes());
    assert_eq!(findings[0].column.as_deref(), Some("Event ID"));
}

#[test]
fn stray_tabs_and_missing_cells_are_found() {
    for (format, row, counted) in [
        (Format::Petrarch, 2, "9 columns"),
        (Format::Gdelt1, 3, "59 columns, not 58"),
        (Format::Gdelt2, 3, "62 columns, not 61"),
        (Format::Mentions, 1, "17 columns, not 16"),
        (Format::Icews, 2, "21 columns, not 20"),
        (Format::Polecat, 3, "41 columns, not 40"),
    ] {
        let mut lines: Vec<String> = good(format).lines().map(str::to_owned).collect();
        lines[row - 1].push('\t');
        found(format, lines.join("\n").as_bytes(), row, None, counted);
    }
    let file = good(Format::Gdelt2).replacen("\tTASCH", "", 1);
    found(Format::Gdelt2, file.as_bytes(), 1, None, "60 columns, not 61");
}

#[test]
fn bytes_that_are_no_text_are_found() {
    for format in Format::ALL {
        let good = good(format);
        let line = good.lines().next().unwrap();
        let latin = [good.as_bytes(), &line.as_bytes()[..20], b"Caf\xE9\n"].concat();
        found(format, &latin, good.lines().count() + 1, None, "byte 24 is no UTF-8");
        let marked = [b"\xEF\xBB\xBF", good.as_bytes()].concat();
        let problem = findings(format, &marked).1.remove(0);
        assert!(problem.row == 1 && problem.problem.contains("byte-order mark"), "{problem}");
        let bell = good.replacen('1', "\u{7}", 1);
        assert!(findings(format, bell.as_bytes()).1[0].problem.contains("control character"));
        let blank = good.clone() + "\n";
        found(format, blank.as_bytes(), good.lines().count() + 1, None, "is empty");
    }
}

#[test]
fn what_may_stand_once_is_found_twice() {
    for (format, column) in [
        (Format::Jsonl, "id"),
        (Format::Plover, "id"),
        (Format::Petrarch, "IDS"),
        (Format::Gdelt1, "GLOBALEVENTID"),
        (Format::Gdelt2, "GLOBALEVENTID"),
        (Format::Icews, "Event ID"),
        (Format::Polecat, "Event ID"),
    ] {
        let good = good(format);
        let twice = good.clone() + good.lines().nth(1).unwrap() + "\n";
        found(format, twice.as_bytes(), good.lines().count() + 1, Some(column), "stands in a line before");
    }
}

/// A good file of JSON with another value at that pointer of that line.
fn edited(format: Format, row: usize, pointer: &str, value: Option<Value>) -> String {
    let mut lines: Vec<String> = good(format).lines().map(str::to_owned).collect();
    let mut record: Value = serde_json::from_str(&lines[row - 1]).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = record.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}"));
    match (parent, value) {
        (Value::Object(fields), Some(value)) => _ = fields.insert(name.to_owned(), value),
        (Value::Object(fields), None) => _ = fields.remove(name).unwrap(),
        (Value::Array(values), Some(value)) => values[name.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing to change at {pointer}"),
    }
    lines[row - 1] = record.to_string();
    lines.join("\n")
}

#[test]
fn faulty_fields_of_our_records_are_found() {
    let faults = [
        (1, "/id", json!(""), "id", "is empty"),
        (1, "/sentence", json!(-1), "sentence", "no whole number"),
        (1, "/sentence", json!("1"), "sentence", "is text, not a number"),
        (2, "/date_published", json!("2022-02-29"), "date_published", "no day that exists"),
        (2, "/actor/1/code", json!("Bor"), "actor[1].code", "three capitals"),
        (2, "/actor/0/sector", json!("GVT"), "actor[0].sector", "no sector"),
        (2, "/recipient/0/end", json!(3), "recipient[0].end", "before the start"),
        (3, "/event", json!("ATTACK"), "event", "no category"),
        (3, "/mode/0", json!("visit"), "mode[0]", "no mode of ASSAULT"),
        (1, "/context/1", json!("migrants"), "context[1]", "no context"),
        (3, "/cameo", json!("18"), "goldstein", "Goldstein's score"),
        (3, "/cameo", json!("1899"), "cameo", "no code of CAMEO"),
        (3, "/quad", json!(3), "quad", "quad code of the category"),
        (3, "/scale", json!(9.0), "scale", "score of category"),
        (3, "/goldstein", json!(10), "goldstein", "Goldstein's score"),
        (3, "/status", json!("past"), "status", "none of occurred, historical"),
        (3, "/dead", json!("three"), "dead", "is text, not a number"),
        (3, "/date/end", json!("1998-12-31"), "date.end", "is before"),
        (3, "/date/granularity", json!("decade"), "date.granularity", "none of day, week"),
        (3, "/date/granularity", json!("day"), "date.granularity", "start and end are two"),
        (3, "/date/granularity", Value::Null, "date.granularity", "must be null where the date is"),
        (1, "/place/lat", json!(99.5), "place.lat", "-90 to 90"),
        (1, "/place/lat", Value::Null, "place", "one of lat and lon"),
        (1, "/place/resolution", json!("town"), "place.resolution", "none of country"),
        (1, "/evidence/trigger/start", json!(0), "evidence.trigger", "not within the evidence"),
        (1, "/evidence/text", json!("sent tents"), "evidence.text", "34 characters"),
        (1, "/evidence/rule", Value::Null, "evidence.rule", "is null, not text"),
        (1, "/confidence", json!(1.5), "confidence", "from 0 to 1"),
        (1, "/confidance", json!(0.5), "confidance", "no field of this format"),
        (5, "/recipient", json!([]), "recipient", "SANCTION needs one"),
        (
            5,
            "/attribution",
            json!([{"text": "", "name": null, "start": 0, "end": 0, "role": "author"}]),
            "attribution[0].role",
            "none of speaker",
        ),
    ];
    for (row, pointer, value, column, problem) in faults {
        let file = edited(Format::Jsonl, row, pointer, Some(value));
        found(Format::Jsonl, file.as_bytes(), row, Some(column), problem);
    }
    let file = edited(Format::Jsonl, 2, "/evidence/rule", None);
    found(Format::Jsonl, file.as_bytes(), 2, Some("evidence.rule"), "is missing");
    let file = edited(Format::Jsonl, 2, "/place", None);
    found(Format::Jsonl, file.as_bytes(), 2, Some("place"), "is missing");
}

#[test]
fn faulty_fields_of_plover_are_found() {
    let faults = [
        (1, "/date", json!("20220313"), "date", "no day that exists"),
        (1, "/date", Value::Null, "date", "is null, not text"),
        (1, "/actor", json!({}), "actor", "is an object, not a list"),
        (1, "/actor/0/code", json!("RU"), "actor[0].code", "three capitals"),
        (1, "/actor/1/sector", json!("ARMY"), "actor[1].sector", "no sector"),
        (1, "/recipient", json!([]), "recipient", "AID needs one"),
        (1, "/event", json!("AID"), "event", "is text, not a list"),
        (1, "/event", json!([]), "event", "names no category"),
        (1, "/event/0", json!("HELP"), "event[0]", "no category"),
        (1, "/event_loc/lon", json!(200), "event_loc.lon", "-180 to 180"),
        (1, "/event_loc/resolution", json!(6), "event_loc.resolution", "1 to 5"),
        (2, "/quad_code", json!(2), "quad_code", "quad code of the category"),
        (2, "/event_scale", json!(-2.5), "event_scale", "score of category"),
        (2, "/mode/0", json!("past"), "mode[0]", "no mode of CONSULT"),
        (2, "/context", json!(["military", "war"]), "context[1]", "no context"),
        (3, "/enddate", json!("1998-01-01"), "enddate", "is before"),
        (3, "/text_info/end", json!(1), "text_info.end", "before the start"),
        (3, "/size/dead", json!(-3), "size.dead", "no whole number"),
        (3, "/sources", json!([]), "sources", "no field of this format"),
    ];
    for (row, pointer, value, column, problem) in faults {
        let file = edited(Format::Plover, row, pointer, Some(value));
        found(Format::Plover, file.as_bytes(), row, Some(column), problem);
    }
    let file = edited(Format::Plover, 1, "/actor", None);
    found(Format::Plover, file.as_bytes(), 1, Some("actor"), "is missing");
    found(Format::Plover, b"{\"id\": \"a\"", 1, None, "is no JSON");
    found(Format::Plover, b"[]", 1, None, "is a list, not an object");
}

/// Other cells in that row of a good file.
type Planted = (Format, usize, &'static [(&'static str, &'static str)]);

#[test]
fn odd_but_good_files_have_no_finding() {
    use Format::*;
    let cells: &[Planted] = &[
        (Petrarch, 1, &[("ISSUES", "ECON,1;HLTH,2")]),
        (Petrarch, 1, &[("SOURCE", "NGOHLHMSF"), ("TARGET", "---")]),
        (Petrarch, 1, &[("DATE", "20240229"), ("IDS", "a_b_1;a_b_12")]),
        (Gdelt2, 1, &[("AvgTone", "-3.25"), ("NumMentions", "12")]),
        (Gdelt2, 1, &[("ActionGeo_CountryCode", "OS"), ("ActionGeo_Lat", ""), ("ActionGeo_Long", "")]),
        (
            Gdelt2,
            1,
            &[
                ("EventCode", "0231"),
                ("EventBaseCode", "023"),
                ("EventRootCode", "02"),
                ("QuadClass", "1"),
                ("GoldsteinScale", "3.4"),
            ],
        ),
        (Gdelt2, 1, &[("Actor1Name", "ŻUBROWKA, 2ND ARMY")]),
        (Mentions, 1, &[("MentionType", "2"), ("ActionCharOffset", "-1"), ("MentionDocTone", "1.5")]),
        (Mentions, 1, &[("MentionDocLen", "0")]),
        (Icews, 2, &[("Intensity", "7.40"), ("Event Text", "PROVIDE HUMANITARIAN AID")]),
        (Icews, 2, &[("Source Name", "Żubrowka \"Reds\""), ("Target Name", "")]),
        (Polecat, 3, &[("Event Mode", "visit;phone"), ("Language", "eng")]),
        (Polecat, 3, &[("Actor Title", "prime minister"), ("Contexts", "military")]),
        (Polecat, 4, &[("Event Mode", "explosives;historical")]),
    ];
    for (format, row, cells) in cells {
        let file = planted(*format, *row, cells);
        assert_eq!(findings(*format, file.as_bytes()).1, [], "{cells:?}");
    }
    for format in Format::ALL {
        let dos = good(format).replace('\n', "\r\n");
        assert_eq!(findings(format, dos.as_bytes()).1, [], "{format:?}");
        let endless = good(format).trim_end_matches('\n').to_owned();
        assert_eq!(findings(format, endless.as_bytes()).1, [], "{format:?}");
    }
}

#[test]
fn odd_but_good_records_have_no_finding() {
    let oddities = [
        (Format::Jsonl, "/event_id", json!("e7")),
        (Format::Jsonl, "/context", json!([])),
        (Format::Jsonl, "/place", Value::Null),
        (Format::Jsonl, "/place/lat", json!(-72)),
        (Format::Jsonl, "/actor/0/candidates", json!(["a", "b"])),
        (Format::Plover, "/recipient/0/sector", json!("GOVMIL")),
        (Format::Plover, "/event", json!(["AID", "CONSULT"])),
        (Format::Plover, "/has_event", json!(true)),
        (Format::Plover, "/time", json!("2022-03-13T10:00:00Z")),
        (Format::Plover, "/mode", json!(["historical"])),
        (Format::Plover, "/event_loc/feature_code", json!("PPLC")),
        (Format::Plover, "/actor", json!([])),
        (Format::Plover, "/enddate", Value::Null),
    ];
    for (format, pointer, value) in oddities {
        let file = edited(format, 1, pointer, Some(value));
        assert_eq!(findings(format, file.as_bytes()).1, [], "{pointer}");
    }
    assert_eq!(findings(Format::Jsonl, b"").1, []);
}

#[test]
fn a_damaged_file_is_no_panic() {
    for format in Format::ALL {
        let good = good(format);
        for at in (0..good.len()).step_by(5) {
            for byte in [b'\t', b'"', b'9', b'-', b'\n', 0xC3] {
                let mut damaged = good.clone().into_bytes();
                damaged[at] = byte;
                recognise(&damaged);
                findings(format, &damaged);
            }
        }
    }
}
