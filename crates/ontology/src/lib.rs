//! PLOVER and CAMEO as tables: categories, modes, contexts, sectors, codes, scales and the way from one to the other.
//!
//! ```
//! use chancery_ontology::{Category, cameo};
//!
//! let truce = cameo("0871").expect("a code of CAMEO");
//! assert_eq!(truce.category, Some(Category::Retreat));
//! assert_eq!(truce.modes, ["ceasefire"]);
//! assert_eq!(Category::Retreat.scale(&truce.modes), 6.5);
//! ```

mod actor;
mod cameo;
mod category;
mod country;
mod vocabulary;

pub use actor::{ActorParts, actor_parts};
pub use cameo::{Cameo, cameo, cameo_exact, codes};
pub use category::Category;
pub use country::{Country, countries, country, icews_sectors, is_fips, us_state};
pub use vocabulary::{AUXILIARY_MODES, BODIES, CONTEXTS, SECTORS, Sector, actor_code};
