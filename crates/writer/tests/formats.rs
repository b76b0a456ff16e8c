//! Each format is written, read back by column, and every cell compared with what the record says.

mod common;

use std::collections::BTreeMap;

use chancery_record::Event;
use chancery_text::Document;
use chancery_writer::{
    Format, GDELT1_COLUMNS, GDELT2_COLUMNS, ICEWS_COLUMNS, MENTIONS_COLUMNS, PETRARCH_COLUMNS,
    POLECAT_COLUMNS, left_out,
};
use common::{aid, bare_document, bomb, document, events, file, meetings, no_deeds};
use serde_json::{Value, json};

/// Rows of cells by column name, empty ones left out. A row of another length is a failure.
fn rows<'f>(file: &'f str, columns: &[&'static str]) -> Vec<BTreeMap<&'static str, &'f str>> {
    let row = |line: &'f str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), columns.len(), "{line}");
        columns.iter().copied().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect()
    };
    file.lines().map(row).collect()
}

fn one<'f>(file: &'f str, columns: &[&'static str], row: usize) -> Vec<(&'static str, &'f str)> {
    let mut rows = rows(file, columns);
    let row = rows.swap_remove(row);
    columns.iter().filter_map(|column| Some((*column, *row.get(column)?))).collect()
}

#[test]
fn gdelt_2_has_a_row_for_each_pair() {
    let file = file(Format::Gdelt2, &document(), &[aid()]);
    assert_eq!(file.lines().count(), 2);
    let first = one(&file, &GDELT2_COLUMNS, 0);
    assert_eq!(
        first,
        [
            ("GLOBALEVENTID", "8070450532247928833"),
            ("SQLDATE", "20220313"),
            ("MonthYear", "202203"),
            ("Year", "2022"),
            ("FractionDate", "2022.2000"),
            ("Actor1Code", "RURGOV"),
            ("Actor1Name", "TASCH"),
            ("Actor1CountryCode", "RUR"),
            ("Actor1Type1Code", "GOV"),
            ("Actor2Code", "REF"),
            ("Actor2Name", "REFUGEES"),
            ("Actor2Type1Code", "REF"),
            ("IsRootEvent", "1"),
            ("EventCode", "073"),
            ("EventBaseCode", "073"),
            ("EventRootCode", "07"),
            ("QuadClass", "2"),
            ("GoldsteinScale", "7.4"),
            ("NumMentions", "1"),
            ("NumSources", "1"),
            ("NumArticles", "1"),
            ("Actor1Geo_Type", "0"),
            ("Actor2Geo_Type", "0"),
            ("ActionGeo_Type", "4"),
            ("ActionGeo_FullName", "Strelsau, Hentzau, Antarctica"),
            ("ActionGeo_CountryCode", "AY"),
            ("ActionGeo_Lat", "-72.5"),
            ("ActionGeo_Long", "2.25"),
            ("DATEADDED", "20220314000000"),
            ("SOURCEURL", "https://www.rna.example/world/7"),
        ]
    );
    let second: BTreeMap<_, _> = one(&file, &GDELT2_COLUMNS, 1).into_iter().collect();
    assert_eq!((second["Actor1Code"], second["Actor1Name"]), ("BORMIL", "BORDURIAN ARMY"));
    assert_ne!(second["GLOBALEVENTID"], "8070450532247928833");
}

#[test]
fn gdelt_1_is_gdelt_2_without_second_divisions_and_time_of_day() {
    let (old, new) =
        (file(Format::Gdelt1, &document(), &events()), file(Format::Gdelt2, &document(), &events()));
    let (old, mut new) = (rows(&old, &GDELT1_COLUMNS), rows(&new, &GDELT2_COLUMNS));
    for row in &mut new {
        let day = &row["DATEADDED"][..8];
        row.insert("DATEADDED", day);
    }
    assert_eq!(old, new);
    assert_eq!(old.len(), 2 + 2 + 1 + 2);
}

#[test]
fn gdelt_knows_a_country_an_unknown_actor_and_the_end_of_a_story() {
    let file = file(Format::Gdelt2, &document(), &[bomb(), meetings()[1].clone()]);
    let bomb: BTreeMap<_, _> = one(&file, &GDELT2_COLUMNS, 0).into_iter().collect();
    assert!(
        bomb.keys().all(|column| !column.starts_with("Actor1") || *column == "Actor1Geo_Type"),
        "{bomb:?}"
    );
    assert_eq!((bomb["ActionGeo_Type"], bomb["ActionGeo_FullName"]), ("1", "Ruritania"));
    assert_eq!((bomb["SQLDATE"], bomb["QuadClass"]), ("19990101", "4"));
    let met: BTreeMap<_, _> = one(&file, &GDELT2_COLUMNS, 1).into_iter().collect();
    assert_eq!((met["IsRootEvent"], met["Actor1Name"], met["Actor2Name"]), ("0", "TASCH", "PLEKSZY-GLADZ"));
}

#[test]
fn states_of_the_united_states_have_gdelts_types_and_codes() {
    let cells = |name: &str, admin1: Option<&str>, resolution: &str| {
        let mut event = aid();
        let place = event.place.as_mut().unwrap();
        place.name = name.to_owned();
        place.admin1 = admin1.map(str::to_owned);
        place.country = Some("USA".to_owned());
        place.resolution = Some(resolution.to_owned());
        let file = file(Format::Gdelt2, &document(), &[event]);
        let row = rows(&file, &GDELT2_COLUMNS).remove(0);
        let get = |column| row.get(column).copied().unwrap_or_default().to_owned();
        ["ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_ADM1Code", "ActionGeo_FeatureID"].map(get)
    };
    assert_eq!(cells("Ohio", None, "province"), ["2", "Ohio, United States", "USOH", "USOH"]);
    assert_eq!(cells("Zenda", Some("Ohio"), "city"), ["3", "Zenda, Ohio, United States", "USOH", ""]);
    assert_eq!(cells("Zenda", None, "site"), ["3", "Zenda, United States", "", ""]);
    assert_eq!(cells("United States", None, "country"), ["1", "United States", "US", "US"]);
}

#[test]
fn mentions_point_into_the_text() {
    let document = document();
    let file = file(Format::Mentions, &document, &events());
    let events_file = common::file(Format::Gdelt2, &document, &events());
    let ids = |file: &str| file.lines().map(|l| l.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&file), ids(&events_file));
    assert_eq!(
        one(&file, &MENTIONS_COLUMNS, 0),
        [
            ("GLOBALEVENTID", "8070450532247928833"),
            ("EventTimeDate", "20220314000000"),
            ("MentionTimeDate", "20220314000000"),
            ("MentionType", "1"),
            ("MentionSourceName", "rna.example"),
            ("MentionIdentifier", "https://www.rna.example/world/7"),
            ("SentenceID", "1"),
            ("Actor1CharOffset", "31"),
            ("Actor2CharOffset", "74"),
            ("ActionCharOffset", "60"),
            ("InRawText", "1"),
            ("Confidence", "80"),
            ("MentionDocLen", &document.text.chars().count().to_string()),
        ]
    );
    let text: Vec<char> = document.text.chars().collect();
    assert!(text[31..].iter().collect::<String>().starts_with("Tasch"));
    assert!(text[60..].iter().collect::<String>().starts_with("sent tents"));
    let met: BTreeMap<_, _> = one(&file, &MENTIONS_COLUMNS, 2).into_iter().collect();
    assert_eq!(met["InRawText"], "0", "one party is inferred");
    let bomb: BTreeMap<_, _> = one(&file, &MENTIONS_COLUMNS, 4).into_iter().collect();
    assert_eq!((bomb["Actor1CharOffset"], bomb["SentenceID"]), ("-1", "3"));
}

#[test]
fn petrarch_tells_an_act_once_a_story() {
    let file = file(Format::Petrarch, &document(), &events());
    let url = "https://www.rna.example/world/7";
    let line = |start: &str, ids: &str| format!("{start}\t\t{ids}\t{url}\tRNA");
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(
        lines,
        [
            line("20220313\tRURGOV\t---REF\t073", "world/7_1"),
            line("20220313\tBORMIL\t---REF\t073", "world/7_1"),
            line("20220307\tRURGOV\tBORGOV\t042", "world/7_2;world/7_6"),
            line("20220307\tBORGOV\tRURGOV\t042", "world/7_2;world/7_6"),
            line("19990101\t---\t---CVL\t183", "world/7_3"),
        ]
    );
    assert_eq!(rows(&file, &PETRARCH_COLUMNS)[2]["IDS"], "world/7_2;world/7_6");
}

#[test]
fn icews_has_names_where_the_record_has_codes() {
    let file = file(Format::Icews, &document(), &[aid(), bomb()]);
    assert_eq!(file.lines().next(), Some(ICEWS_COLUMNS.join("\t").as_str()));
    assert_eq!(
        one(&file, &ICEWS_COLUMNS, 1),
        [
            ("Event ID", "8070450532247928833"),
            ("Event Date", "2022-03-13"),
            ("Source Name", "Tasch"),
            ("Source Sectors", "Government"),
            ("Event Text", "Provide humanitarian aid"),
            ("CAMEO Code", "073"),
            ("Intensity", "7.4"),
            ("Target Name", "refugees"),
            ("Target Sectors", "Refugees / Displaced,Social"),
            ("Story ID", "world/7"),
            ("Sentence Number", "1"),
            ("Publisher", "RNA"),
            ("City", "Strelsau"),
            ("Province", "Hentzau"),
            ("Country", "Antarctica"),
            ("Latitude", "-72.5"),
            ("Longitude", "2.25"),
        ]
    );
    let bomb: BTreeMap<_, _> = one(&file, &ICEWS_COLUMNS, 3).into_iter().collect();
    assert!(!bomb.contains_key("Source Name") && !bomb.contains_key("City"));
    assert_eq!((bomb["Event Date"], bomb["Intensity"]), ("1999-01-01", "-10"));
}

#[test]
fn icews_has_a_country_for_a_state_and_sectors_for_a_body() {
    let mut event = aid();
    event.actor.truncate(1);
    event.actor[0].code = Some("ATA".to_owned());
    event.recipient[0].code = Some("NGO".to_owned());
    event.recipient[0].sector = Some("MED".to_owned());
    let file = file(Format::Icews, &document(), &[event]);
    let row: BTreeMap<_, _> = one(&file, &ICEWS_COLUMNS, 1).into_iter().collect();
    assert_eq!(row["Source Country"], "Antarctica");
    assert_eq!(row["Target Sectors"], "Nongovernmental Organization / Activist,Medical / Health,Social");
    assert!(!row.contains_key("Target Country"));
}

#[test]
fn polecat_keeps_lists_in_a_cell() {
    let file = file(Format::Polecat, &document(), &[aid()]);
    assert_eq!(file.lines().next(), Some(POLECAT_COLUMNS.join("\t").as_str()));
    assert_eq!(
        one(&file, &POLECAT_COLUMNS, 1),
        [
            ("Event ID", "f000000000000001"),
            ("Event Date", "2022-03-13"),
            ("Event Type", "AID"),
            ("Intensity", "10"),
            ("Quad Code", "MATERIAL COOPERATION"),
            ("Contexts", "human_security;migration"),
            ("Actor Name", "Tasch;Bordurian army"),
            ("Actor Country", "RUR;BOR"),
            ("Primary Actor Sector", "GOV"),
            ("Actor Sectors", "GOV;MIL"),
            ("Actor Title", "prime minister;"),
            ("Actor Name Raw", "Tasch;Bordurian army"),
            ("Recipient Name", "refugees"),
            ("Primary Recipient Sector", "REF"),
            ("Recipient Sectors", "REF"),
            ("Recipient Name Raw", "refugees"),
            ("Placename", "Strelsau"),
            ("City", "Strelsau"),
            ("Province", "Hentzau"),
            ("Country", "ATA"),
            ("Latitude", "-72.5"),
            ("Longitude", "2.25"),
            ("GeoNames ID", "101"),
            ("Raw Placename", "Strelsau"),
            ("Feature Type", "PPL"),
            ("Source", "RNA"),
            ("Publication Date", "2022-03-14"),
            ("Language", "en"),
            ("Version", concat!("Chancery ", env!("CARGO_PKG_VERSION"))),
        ]
    );
}

#[test]
fn polecat_has_numbers_for_states_that_are_counted() {
    let mut event = aid();
    event.actor[1].code = Some("XKX".to_owned());
    let file = file(Format::Polecat, &document(), &[event, bomb()]);
    let row: BTreeMap<_, _> = one(&file, &POLECAT_COLUMNS, 1).into_iter().collect();
    assert_eq!((row["Actor Country"], row["Actor COW"]), ("RUR;XKX", ";347"));
    let bomb: BTreeMap<_, _> = one(&file, &POLECAT_COLUMNS, 2).into_iter().collect();
    assert_eq!((bomb["Event Mode"], bomb.get("Actor Name")), ("explosives", None));
}

#[test]
fn plover_holds_parties_place_words_and_citation() {
    let coder = concat!("Chancery ", env!("CARGO_PKG_VERSION"));
    let file = file(Format::Plover, &document(), &[aid()]);
    let expected = json!({
        "id": "f000000000000001", "date": "2022-03-13",
        "actor": [
            {"code": "RUR", "sector": "GOV", "entity_text": "Tasch", "identifier_text": "Tasch", "office": "prime minister"},
            {"code": "BOR", "sector": "MIL", "entity_text": "Bordurian army", "identifier_text": "Bordurian army"}],
        "recipient": [{"code": null, "sector": "REF", "entity_text": "refugees", "identifier_text": "refugees"}],
        "event": ["AID"], "event_text": ["sent tents"],
        "event_loc": {"extracted_place": "Strelsau", "resolved_place": "Strelsau", "geonameid": 101, "lat": -72.5, "lon": 2.25,
            "city": "Strelsau", "province": "Hentzau", "country": "Antarctica", "country_code": "ATA", "resolution": 4},
        "quad_code": 2, "event_scale": 10.0, "mode": [], "context": ["human_security", "migration"],
        "text": "sent tents to refugees in Strelsau", "text_info": {"sequence": 1, "start": 60, "end": 94},
        "cite_info": {"citation": "world/7", "url": "https://www.rna.example/world/7", "title": "Tents for\tStrelsau",
            "language": "en", "publication": "RNA", "coder": coder, "codebook": "PLOVER", "version": "0.8"},
        "coder": coder, "comment": "CAMEO 073; rule sample; date: told"});
    assert_eq!(serde_json::from_str::<Value>(&file).unwrap(), expected);
}

#[test]
fn plover_says_by_modes_what_did_not_happen() {
    let file = file(Format::Plover, &document(), &events());
    let records: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let modes: Vec<&Value> = records.iter().map(|record| &record["mode"]).collect();
    assert_eq!(
        modes,
        [
            &json!([]),
            &json!(["visit"]),
            &json!(["explosives", "historical"]),
            &json!(["expel", "future"]),
            &json!(["negation"]),
            &json!(["visit"])
        ]
    );
    assert_eq!((&records[2]["date"], &records[2]["enddate"]), (&json!("1999-01-01"), &json!("1999-12-31")));
    assert_eq!((&records[3]["date"], records[3].get("enddate")), (&json!("2022-03-14"), None));
    assert_eq!(records[2]["size"], json!({"dead": 3}));
    assert_eq!((&records[1]["actor"], records[0].get("size")), (&records[1]["recipient"], None));
}

#[test]
fn formats_of_deeds_leave_out_what_is_none() {
    for format in
        [Format::Petrarch, Format::Gdelt1, Format::Gdelt2, Format::Mentions, Format::Icews, Format::Polecat]
    {
        let with = file(format, &document(), &events());
        let deeds: Vec<Event> = events().into_iter().filter(|e| !no_deeds().contains(e)).collect();
        assert_eq!(with, file(format, &document(), &deeds), "{format:?}");
        assert_eq!(left_out(format, &no_deeds()[1]), Some("did not happen"));
    }
}

#[test]
fn what_has_no_day_is_left_out_of_all_but_jsonl() {
    let undated = Event { date_published: None, ..no_deeds()[0].clone() };
    let mut long_ago = bomb();
    long_ago.date.start = None;
    for format in Format::ALL {
        assert_eq!(left_out(format, &undated).is_some(), format != Format::Jsonl, "{format:?}");
        let kept = matches!(format, Format::Jsonl | Format::Plover);
        assert_eq!(left_out(format, &long_ago).is_none(), kept, "{format:?}");
        let only_its_own = Event { date_published: None, ..bomb() };
        let kept = !matches!(format, Format::Gdelt1 | Format::Gdelt2 | Format::Mentions);
        assert_eq!(left_out(format, &only_its_own).is_none(), kept, "{format:?}");
    }
}

#[test]
fn odd_names_break_no_row() {
    let mut event = aid();
    event.actor[0].name = Some("Ta\tsch;\nthe 2nd".to_owned());
    let document: Document = bare_document();
    for (format, columns) in [
        (Format::Gdelt1, &GDELT1_COLUMNS[..]),
        (Format::Gdelt2, &GDELT2_COLUMNS),
        (Format::Mentions, &MENTIONS_COLUMNS),
        (Format::Icews, &ICEWS_COLUMNS),
        (Format::Polecat, &POLECAT_COLUMNS),
    ] {
        rows(&file(format, &document, std::slice::from_ref(&event)), columns);
    }
    let polecat = file(Format::Polecat, &document, std::slice::from_ref(&event));
    assert_eq!(rows(&polecat, &POLECAT_COLUMNS)[1]["Actor Name"], "Ta sch, the 2nd;Bordurian army");
    let petrarch = file(Format::Petrarch, &document, &[event]);
    assert_eq!(petrarch.lines().next(), Some("20220313\tRURGOV\t---REF\t073\t\ta b,c.txt_1\t"));
}
