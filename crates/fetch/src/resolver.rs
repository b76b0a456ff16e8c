//! From a host's name to the addresses that may be connected to.
//!
//! The connection is made to exactly these addresses, so that a name which is looked up twice and
//! answers differently gains nothing.

use std::fmt;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::address::private;
use crate::{EVERY_HOST, Problem};

/// Resolves names with the system's resolver, and keeps the public addresses.
#[derive(Debug)]
pub(crate) struct PublicOnly {
    /// Hosts of which every address is kept.
    pub(crate) except: Vec<String>,
}

impl PublicOnly {
    fn excepts(&self, host: &str) -> bool {
        let is =
            |name: &String| name == EVERY_HOST || name.trim_matches(['[', ']']).eq_ignore_ascii_case(host);
        self.except.iter().any(is)
    }
}

/// A refusal, wrapped to come through ureq unchanged.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) Problem);

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        if self.excepts(host) {
            return Ok(found);
        }
        let mut kept = self.empty();
        found
            .iter()
            .filter(|address| private(address.ip()).is_none())
            .for_each(|address| kept.push(*address));
        match found.iter().find_map(|address| Some((address.ip(), private(address.ip())?))) {
            Some((address, kind)) if kept.is_empty() => {
                let problem = Problem::Private { host: host.to_owned(), address, kind };
                Err(ureq::Error::Other(Box::new(Refused(problem))))
            }
            _ => Ok(kept),
        }
    }
}
