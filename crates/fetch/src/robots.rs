//! What robots.txt allows (RFC 9309).

use std::sync::OnceLock;
use std::time::Duration;

use robotxt::{BYTE_LIMIT, Robots};
use url::{Position, Url};

use crate::options::AGENT;
use crate::pace::entry;
use crate::web::{Ask, Web};
use crate::{Problem, address};

/// What one site allows, once it has been asked.
pub(crate) type Rules = OnceLock<Result<Robots, Problem>>;

/// Redirects that RFC 9309 wants followed.
const HOPS: usize = 5;

/// The pause to keep after a request for this URL, or why there may be none.
pub(crate) fn allowed(web: &Web, url: &Url) -> Result<Duration, Problem> {
    let file = robots_url(url);
    let rules = entry(&web.rules, file.as_str());
    let robots = rules.get_or_init(|| read(web, file.clone())).as_ref().map_err(Clone::clone)?;
    if !robots.is_url_allowed(url) {
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let rule = robots.matching_rule(path).map_or("/", |rule| rule.pattern());
        return Err(Problem::Disallowed { robots: file.into(), rule: rule.to_owned() });
    }
    let asked = robots.crawl_delay().unwrap_or_default().min(web.options.patience);
    Ok(asked.max(web.options.delay))
}

fn robots_url(url: &Url) -> Url {
    let mut file = url.clone();
    file.set_path("/robots.txt");
    file.set_query(None);
    file
}

/// Asks for the file. Redirects are followed to other hosts too, and the file found there holds here.
/// None where there should be one allows everything, as does one that is always elsewhere.
fn read(web: &Web, file: Url) -> Result<Robots, Problem> {
    let mut at = file.clone();
    for _ in 0..=HOPS {
        let ask = Ask { accept: "text/plain, */*;q=0.1", whole: false, validators: None };
        let reply = web.ask(&at, &ask, web.options.delay)?;
        match reply.status {
            200..=299 => return Ok(Robots::parse(&reply.body, AGENT)),
            300..=399 => at = address::relative(&at, reply.location()?)?,
            429 | 500.. => return Err(Problem::NoRobots { robots: file.into(), status: reply.status }),
            _ => return Ok(Robots::allow_all()),
        }
    }
    Ok(Robots::allow_all())
}

/// Bytes of robots.txt that are read; one more than is parsed shows that the last line is cut.
pub(crate) const MOST: u64 = BYTE_LIMIT as u64 + 1;
