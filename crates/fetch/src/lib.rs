//! Pages and feeds from the web, brought politely, as documents that are coded later.
//!
//! This is the only crate that opens connections; clock and waiting live here too.
//! It obeys robots.txt (RFC 9309), asks one host for one thing at a time with a pause between,
//! and connects to public addresses only, unless [`Options::allow_private`] names the host.
//! The address is checked as it is connected to, so that no name can change its mind in between,
//! and again at each redirect. Proxies that the environment names are not used: behind one, no
//! address could be checked.
//!
//! ```no_run
//! use chancery_fetch::{Cache, Options, Outcome, Request, fetch};
//!
//! let wanted = [Request::Page("https://news.example/treaty".to_owned())];
//! fetch(&wanted, &Options::default(), &mut Cache::default(), |outcome| match outcome {
//!     Ok(Outcome::Document(document)) => println!("{}", document.json()),
//!     Ok(Outcome::Unchanged(url)) => eprintln!("{url} is as it was"),
//!     Err(error) => eprintln!("{error}"),
//! });
//! ```

mod address;
mod cache;
mod charset;
mod document;
mod error;
mod feed;
mod fetch;
mod media;
mod options;
mod order;
mod pace;
mod resolver;
mod robots;
mod web;

pub use cache::{Cache, CacheError};
pub use document::{Content, Fetched, Outcome};
pub use error::{FetchError, Problem};
pub use feed::feed_urls;
pub use fetch::{Request, fetch};
pub use options::{Contact, EVERY_HOST, Options};
