//! The data folder: where Chancery keeps what it has fetched.

use std::env::var_os;
use std::path::PathBuf;

use crate::Error;

/// `$CHANCERY_DATA`, else `$XDG_DATA_HOME/chancery`, else `~/.local/share/chancery` (on Windows
/// `%LOCALAPPDATA%\chancery`). It need not exist yet.
///
/// # Errors
/// If none of these variables is set.
pub fn data_folder() -> Result<PathBuf, Error> {
    let own = folder("CHANCERY_DATA");
    let xdg = || folder("XDG_DATA_HOME").map(|base| base.join("chancery"));
    let home = || folder("HOME").map(|base| base.join(".local/share/chancery"));
    let windows = || folder("LOCALAPPDATA").map(|base| base.join("chancery"));
    own.or_else(xdg).or_else(home).or_else(windows).ok_or(Error::NoDataFolder)
}

/// The folder of the models.
pub(crate) fn models_folder() -> Result<PathBuf, Error> {
    Ok(data_folder()?.join("models"))
}

fn folder(variable: &str) -> Option<PathBuf> {
    var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
