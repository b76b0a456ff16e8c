//! Requests: one at a time to a host, within limits, to addresses that may be asked.

use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::cache::Validators;
use crate::pace::{Pace, Table, entry, held};
use crate::resolver::{PublicOnly, Refused};
use crate::robots::{self, Rules, allowed};
use crate::{Cache, Options, Problem, address};

/// The web as one run sees it.
pub(crate) struct Web<'a> {
    agent: Agent,
    pub(crate) options: &'a Options,
    paces: Table<Mutex<Pace>>,
    pub(crate) rules: Table<Rules>,
}

/// What to ask for.
pub(crate) struct Ask<'a> {
    /// Value of `Accept`.
    pub(crate) accept: &'a str,
    /// Whether a body beyond the limit is an error; else it is cut, at robots.txt's limit.
    pub(crate) whole: bool,
    /// What the page was when it was last brought.
    pub(crate) validators: Option<&'a Validators>,
}

/// An answer. Only that of a success has its body.
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl<'a> Web<'a> {
    pub(crate) fn new(options: &'a Options) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(options.user_agent())
            .timeout_resolve(Some(options.connect_timeout))
            .timeout_connect(Some(options.connect_timeout))
            .timeout_global(Some(options.timeout))
            .build();
        let resolver = PublicOnly { except: options.allow_private.clone() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Web { agent, options, paces: Table::default(), rules: Table::default() }
    }

    /// Brings what is at a URL, or nothing if it is as the cache knows it. Redirects move the URL:
    /// it tells where the answer was found, or an error met.
    pub(crate) fn bring(&self, at: &mut Url, accept: &str, cache: &Cache) -> Result<Option<Reply>, Problem> {
        for _ in 0..=self.options.redirects {
            let ask = Ask { accept, whole: true, validators: cache.validators(at.as_str()) };
            let reply = self.visit(at, &ask)?;
            match reply.status {
                200 => return Ok(Some(reply)),
                304 if ask.validators.is_some() => return Ok(None),
                301 | 302 | 303 | 307 | 308 => *at = address::relative(at, reply.location()?)?,
                status => return Err(Problem::Status(status)),
            }
        }
        Err(Problem::Redirects(self.options.redirects))
    }

    /// Asks for a page that robots.txt allows, again if the server says when.
    fn visit(&self, url: &Url, ask: &Ask) -> Result<Reply, Problem> {
        let pause = allowed(self, url)?;
        let mut reply = self.ask(url, ask, pause)?;
        for _ in 1..self.options.tries {
            if reply.wait().is_some() {
                reply = self.ask(url, ask, pause)?;
            }
        }
        match reply.wait() {
            None => Ok(reply),
            Some(wait) => {
                let problem = Problem::Busy { status: reply.status, wait };
                held(&self.pace(url)).close(problem.clone());
                Err(problem)
            }
        }
    }

    /// Asks once, when the host may be asked. The pause after it is longer if the server says so;
    /// if it wants more than our patience, it is left alone.
    pub(crate) fn ask(&self, url: &Url, ask: &Ask, pause: Duration) -> Result<Reply, Problem> {
        let pace = self.pace(url);
        let mut pace = held(&pace);
        pace.wait()?;
        let reply = self.call(url, ask);
        pace.pause(pause);
        let reply = reply?;
        match reply.wait() {
            Some(wait) if wait > self.options.patience => {
                pace.close(Problem::Busy { status: reply.status, wait });
                pace.wait()?;
            }
            Some(wait) => pace.pause(wait.max(pause)),
            None => {}
        }
        Ok(reply)
    }

    fn pace(&self, url: &Url) -> Arc<Mutex<Pace>> {
        entry(&self.paces, url.host_str().unwrap_or_default())
    }

    fn call(&self, url: &Url, ask: &Ask) -> Result<Reply, Problem> {
        let mut request = self.agent.get(url.as_str()).header("accept", ask.accept);
        for (name, value) in ask.validators.into_iter().flat_map(Validators::headers) {
            request = request.header(name, value);
        }
        let response = request.call().map_err(problem)?;
        self.reply(response, ask.whole)
    }

    fn reply(&self, response: Response<ureq::Body>, whole: bool) -> Result<Reply, Problem> {
        let (parts, mut body) = response.into_parts();
        let mut reply = Reply { status: parts.status.as_u16(), headers: parts.headers, body: Vec::new() };
        if !parts.status.is_success() {
            return Ok(reply);
        }
        // What ureq has unpacked is no longer named.
        if let Some(packed) = reply.header("content-encoding").filter(|packed| *packed != "identity") {
            return Err(Problem::Compression(packed.to_owned()));
        }
        let read = match whole {
            true => {
                body.with_config().limit(self.options.max_bytes).read_to_vec().map(|all| reply.body = all)
            }
            false => {
                let cut = body.as_reader().take(robots::MOST).read_to_end(&mut reply.body);
                cut.map(drop).map_err(ureq::Error::from)
            }
        };
        read.map_err(problem).map(|()| reply)
    }
}

impl Reply {
    /// A header, if it is there and is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Where a redirect leads.
    pub(crate) fn location(&self) -> Result<&str, Problem> {
        let place = self.headers.get("location").and_then(|place| str::from_utf8(place.as_bytes()).ok());
        place.ok_or(Problem::NoLocation(self.status))
    }

    /// What to know the page by when it is asked for again.
    pub(crate) fn validators(&self) -> Validators {
        let header = |name| self.header(name).map(str::to_owned);
        Validators { etag: header("etag"), modified: header("last-modified") }
    }

    /// How long a busy server wants to be left alone.
    fn wait(&self) -> Option<Duration> {
        let said = self.header("retry-after").filter(|_| matches!(self.status, 429 | 503))?.trim();
        let until = || {
            let date = rfc2822::parse(said).ok()?.timestamp();
            Some(date.duration_since(Timestamp::now()).try_into().unwrap_or_default())
        };
        said.parse().ok().map(Duration::from_secs).or_else(until)
    }
}

fn problem(error: ureq::Error) -> Problem {
    match error {
        ureq::Error::Timeout(what) => Problem::Timeout(what.to_string()),
        ureq::Error::BodyExceedsLimit(limit) => Problem::TooLarge(limit),
        ureq::Error::Other(error) => match error.downcast::<Refused>() {
            Ok(refused) => refused.0,
            Err(error) => Problem::Connection(error.to_string()),
        },
        error => Problem::Connection(error.to_string()),
    }
}
