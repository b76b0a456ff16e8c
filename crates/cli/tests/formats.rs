//! What goes in and what comes out, in every format, through the program.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;

use common::{assert_status, chancery, err, folder, out, records, run};
use serde_json::{Value, json};

const TEXT: &str = "Russia imposed sanctions on France on Monday.\n\nKenya recalled its ambassador from Somalia. \
                    Turkish troops may attack a village in Syria.\n";

fn input() -> String {
    format!(
        "{}\n",
        json!({"id": "d1", "text": TEXT, "date": "2022-03-14", "source": "RNA", "url": "https://rna.example/1"})
    )
}

/// Rows of tab cells.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn every_format_is_written_read_back_and_found_without_fault() {
    let folder = folder(&[("in.jsonl", &input())]);
    let events = records(&run(&folder, "code in.jsonl"));
    let deeds: Vec<&Value> = events.iter().filter(|event| event["status"] == "occurred").collect();
    assert!(deeds.len() >= 2 && events.len() > deeds.len());
    let cameo: Vec<&str> = deeds.iter().map(|event| event["cameo"].as_str().unwrap()).collect();
    for (format, code, skip) in [("petrarch", 3, 0), ("gdelt1", 26, 0), ("gdelt2", 26, 0), ("icews", 6, 1)] {
        let file = format!("out.{format}");
        let output = run(&folder, &format!("code in.jsonl --format {format} -o {file}"));
        assert_status(&output, 0);
        assert!(
            err(&output).contains("left out that this format has no place for"),
            "{format}: {}",
            err(&output)
        );
        let text = fs::read_to_string(folder.path().join(&file)).unwrap();
        let codes: Vec<String> = rows(&text).into_iter().skip(skip).map(|row| row[code].clone()).collect();
        assert_eq!(codes, cameo, "{format}");
        assert!(text.contains("FRA") || text.contains("France"), "{format}");
    }
    for format in ["plover", "polecat", "csv", "parquet", "arrow", "jsonl"] {
        assert_status(&run(&folder, &format!("code in.jsonl --format {format} -o out.{format}")), 0);
    }
    let mentions = rows(&fs::read_to_string(folder.path().join("out.mentions.gdelt2")).unwrap());
    assert_eq!(mentions.len(), deeds.len());
    assert!(mentions.iter().all(|row| row.len() == 16 && row[5] == "https://rna.example/1"));
    let all = "out.petrarch out.gdelt1 out.gdelt2 out.mentions.gdelt2 out.icews out.plover out.polecat out.csv \
               out.parquet out.arrow out.jsonl";
    let checked = run(&folder, &format!("validate {all}"));
    assert_eq!(out(&checked), "");
    assert_status(&checked, 0);
    let listed = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(listed, 12, "nothing else is left behind");
}

#[test]
fn files_of_columns_hold_the_records() {
    let folder = folder(&[("in.jsonl", &input())]);
    let events = records(&run(&folder, "code in.jsonl"));
    assert_status(&run(&folder, "code in.jsonl --format parquet -o out.parquet"), 0);
    let file = fs::File::open(folder.path().join("out.parquet")).unwrap();
    let read: Vec<Value> =
        chancery_writer::read_parquet(file).unwrap().map(|event| json!(event.unwrap())).collect();
    assert_eq!(read, events);
    let streamed = run(&folder, "code in.jsonl --format parquet").stdout;
    assert!(
        streamed == fs::read(folder.path().join("out.parquet")).unwrap(),
        "standard output gets the same bytes"
    );
}

#[test]
fn faults_are_named_with_row_and_column() {
    let folder = folder(&[("in.jsonl", &input())]);
    assert_status(&run(&folder, "code in.jsonl --format gdelt2 -o out.CSV"), 0);
    let path = folder.path().join("out.CSV");
    let mut cells = rows(&fs::read_to_string(&path).unwrap());
    cells[1][26] = "9999".to_owned();
    cells[0][1] = "20221345".to_owned();
    let lines: Vec<String> = cells.iter().map(|row| row.join("\t") + "\n").collect();
    fs::write(&path, lines.concat()).unwrap();
    let output = run(&folder, "validate out.CSV");
    assert_status(&output, 1);
    let said = out(&output);
    assert!(
        said.contains("out.CSV: row 1, SQLDATE: ") && said.contains("out.CSV: row 2, EventCode: "),
        "{said}"
    );
    assert!(err(&output).contains("GDELT 2.0 events, "), "{}", err(&output));
    let one = run(&folder, "validate out.CSV --most 1");
    assert_eq!(out(&one).lines().count(), 1);
    let none = run(&folder, "validate in.jsonl");
    assert_status(&none, 1);
    assert!(err(&none).contains("name it with --format"), "{}", err(&none));
}

#[test]
fn mentions_are_for_gdelt() {
    let folder = folder(&[("in.jsonl", &input())]);
    let output = run(&folder, "code in.jsonl --format icews --mentions m.tsv");
    assert_status(&output, 2);
    assert!(err(&output).contains("--mentions is for --format gdelt2"), "{}", err(&output));
}

const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Talks broken off - RNA</title>
    <meta property=\"og:site_name\" content=\"Ruritanian News\"><meta property=\"article:published_time\" content=\"2022-03-14T08:00:00Z\">
    </head><body><nav><a href=\"/\">Home</a> <a href=\"/world\">World</a></nav>
    <article><h1>Talks broken off</h1>
    <p>Russia imposed sanctions on France on Monday, the foreign ministry said in a statement to reporters in the capital.</p>
    <p>Kenya recalled its ambassador from Somalia, a step that had been expected for some weeks by diplomats there.</p></article>
    <div class=\"comments\"><p>Great article, thank you all for this, said nobody ever in a comment section.</p></div>
    <footer>Copyright 2022</footer></body></html>";

#[test]
fn pages_give_their_main_text_and_what_they_say_of_themselves() {
    let folder = folder(&[("page.html", PAGE)]);
    let page = records(&run(&folder, "extract page.html")).remove(0);
    let text = page["text"].as_str().unwrap();
    assert!(text.contains("Russia imposed") && text.contains("Kenya recalled"), "{text}");
    assert!(
        !text.contains("Great article") && !text.contains("Home") && !text.contains("Copyright"),
        "{text}"
    );
    let fields = ["id", "title", "date", "source", "lang"].map(|field| page[field].as_str().unwrap());
    assert_eq!(fields, ["page.html", "Talks broken off", "2022-03-14", "Ruritanian News", "en"]);
    let events = records(&run(&folder, "code page.html"));
    assert!(
        events.iter().any(|event| event["event"] == "SANCTION" && event["date_published"] == "2022-03-14")
    );
    let dated = records(&run(&folder, "extract page.html --date 2020-01-01")).remove(0);
    assert_eq!(dated["date"], "2020-01-01", "the user's word goes before the page's");
}

#[test]
fn the_same_document_comes_in_by_many_ways() {
    let line = json!({"id": "d1", "text": TEXT, "date": "2022-03-14"});
    let csv = format!("id,body,date\nd1,\"{TEXT}\",2022-03-14\n");
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>R</title><item><guid>d1</guid>\
         <pubDate>Mon, 14 Mar 2022 08:00:00 GMT</pubDate><description>{TEXT}</description></item></channel></rss>"
    );
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{TEXT}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:d1>\r\nWARC-Date: 2022-03-14T00:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let folder = folder(&[
        ("a", &line.to_string()),
        ("b.json", &format!("[\n{line}\n]")),
        ("c", &csv),
        ("d", &feed),
        ("e.txt", &warc),
    ]);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(warc.as_bytes()).unwrap();
    let member = packer.finish().unwrap();
    fs::write(folder.path().join("f.warc.gz"), [member.clone(), member].concat()).unwrap();
    let expected = records(&run(&folder, "code a"));
    assert!(expected.len() >= 2);
    let shape = |events: Vec<Value>| -> Vec<(Value, Value, Value)> {
        events
            .into_iter()
            .map(|e| (e["event"].clone(), e["date"]["start"].clone(), e["evidence"]["text"].clone()))
            .collect()
    };
    for arguments in ["b.json", "c --map text=body", "d", "e.txt --date 2022-03-14"] {
        let output = run(&folder, &format!("code {arguments}"));
        assert_status(&output, 0);
        assert_eq!(shape(records(&output)), shape(expected.clone()), "{arguments}");
    }
    let twice = records(&run(&folder, "code f.warc.gz --date 2022-03-14 --all"));
    assert_eq!(twice.len(), 2 * expected.len());
    let mut child = chancery();
    child.current_dir(folder.path()).args(["code", "-", "--date", "2022-03-14"]);
    let mut child =
        child.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(folder.path().join("f.warc.gz")).unwrap()).unwrap();
    assert_eq!(records(&child.wait_with_output().unwrap()).len(), 2 * expected.len());
}

#[test]
fn patterns_stand_for_files_and_foreign_files_are_named() {
    let folder = folder(&[("one.txt", TEXT), ("two.txt", TEXT), ("paper.pdf", "%PDF-1.7")]);
    let parsed = |arguments: &str| records(&run(&folder, arguments)).len();
    assert_eq!(parsed("parse *.txt"), 2);
    assert_eq!(parsed("parse o*.txt two.txt"), 2);
    let none = run(&folder, "parse *.html");
    assert_status(&none, 2);
    assert!(err(&none).contains("none matches it as a pattern"), "{}", err(&none));
    let pdf = run(&folder, "parse paper.pdf one.txt");
    assert_status(&pdf, 1);
    assert!(err(&pdf).contains("paper.pdf: this is a PDF"), "{}", err(&pdf));
    assert_eq!(records(&pdf).len(), 1);
}

#[test]
fn what_is_fetched_can_be_coded() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in server.incoming() {
            let mut connection = connection.unwrap();
            let mut request = [0; 1024];
            let read = connection.read(&mut request).unwrap();
            let robots = request[..read].starts_with(b"GET /robots.txt");
            let (status, body) = if robots { ("404 Not Found", "") } else { ("200 OK", PAGE) };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            connection.write_all((head + body).as_bytes()).unwrap();
        }
    });
    let folder = folder(&[]);
    let refused = run(&folder, &format!("fetch http://{address}/a"));
    assert_status(&refused, 1);
    assert!(err(&refused).contains("--allow-private=127.0.0.1"), "{}", err(&refused));
    let fetched = run(&folder, &format!("fetch http://{address}/a --allow-private --delay 0 -o news.jsonl"));
    assert_status(&fetched, 0);
    assert!(err(&fetched).contains("1 documents, 0 unchanged, 0 failed"), "{}", err(&fetched));
    let events = records(&run(&folder, "code news.jsonl"));
    assert!(
        events.iter().any(|event| event["event"] == "SANCTION" && event["date_published"] == "2022-03-14")
    );
}
