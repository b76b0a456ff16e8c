//! A small HTTP server on this machine, which answers from a function and keeps a record.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// Header lines, names in lower case.
    pub headers: Vec<String>,
    pub at: Instant,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A running server. It ends with the test.
pub struct Server {
    pub base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Paths of the requests so far.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

/// Starts a server whose function gives the whole answer; an empty one leaves the client waiting.
pub fn serve(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (record, answer) = (asked.clone(), Arc::new(answer));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (record, answer) = (record.clone(), answer.clone());
            thread::spawn(move || reply(stream.unwrap(), &record, &*answer));
        }
    });
    Server { base, asked }
}

fn reply(mut stream: TcpStream, record: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Vec<u8>) {
    let at = Instant::now();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let Some(path) = first.split(' ').nth(1).map(str::to_owned) else { return };
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some(format!("{}: {value}", name.to_ascii_lowercase()))
    });
    let asked = Asked { path, headers: headers.collect(), at };
    record.lock().unwrap().push(asked.clone());
    let bytes = answer(&asked);
    if bytes.is_empty() {
        // Longer than any test waits.
        thread::sleep(Duration::from_secs(30));
    }
    // A client that has seen enough hangs up.
    let _ = stream.write_all(&bytes);
}

/// An answer with its headers (`"Name: value"`) and body.
pub fn answer(status: u16, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    headers.iter().for_each(|header| head += &format!("{header}\r\n"));
    [head.as_bytes(), b"\r\n", body].concat()
}

/// A page in UTF-8.
pub fn page(body: &str) -> Vec<u8> {
    answer(200, &["Content-Type: text/html; charset=utf-8"], body.as_bytes())
}

/// Nothing.
pub fn missing() -> Vec<u8> {
    answer(404, &[], b"")
}
