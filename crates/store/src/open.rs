//! Opening a store, and bringing an older one to the schema of this program.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::Error;

/// Marks a SQLite file as a store of Chancery: "Chan" in ASCII.
const APPLICATION: i64 = 0x4368_616e;

/// What brings a store from each schema to the next, from an empty file on.
const MIGRATIONS: &[&str] = &[include_str!("../schema/1.sql"), include_str!("../schema/2.sql")];

/// Memory for pages of the file at most, in KiB: of one who reads, and of one who writes.
const READING: i64 = 64 << 10;
const WRITING: i64 = 512 << 10;

/// Changed pages, of 4 KiB, that wait in the log before they go to the file.
const PAGES: i64 = 16 << 10;

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) sql: Connection,
}

impl Store {
    /// Opens a store to write, makes it if there is none, and brings it to the newest schema.
    pub fn write(path: &Path) -> Result<Store, Error> {
        let sql = Connection::open(path)?;
        let store = Store::prepare(sql, path)?;
        store.sql.pragma_update(None, "journal_mode", "wal")?;
        // A power cut may undo the last documents, which are then read again; it never breaks the file.
        store.sql.pragma_update(None, "synchronous", "normal")?;
        // Names are spread over their index, so that its pages are written again and again: the more of them stay at hand,
        // and the less often they go to the file, the better.
        store.sql.pragma_update(None, "cache_size", -WRITING)?;
        store.sql.pragma_update(None, "wal_autocheckpoint", PAGES)?;
        store.migrate(MIGRATIONS, path)?;
        Ok(store)
    }

    /// Opens a store to read.
    pub fn read(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Store::prepare(Connection::open_with_flags(path, flags)?, path)?;
        let (found, known) = (store.schema(path)?, MIGRATIONS.len() as i64);
        if found < known {
            return Err(Error::Older { path: path.to_owned(), found, known });
        }
        Ok(store)
    }

    /// A store in memory, for what is asked of it once.
    pub fn memory() -> Result<Store, Error> {
        let store = Store::prepare(Connection::open_in_memory()?, Path::new(":memory:"))?;
        store.migrate(MIGRATIONS, Path::new(":memory:"))?;
        Ok(store)
    }

    fn prepare(sql: Connection, path: &Path) -> Result<Store, Error> {
        sql.busy_timeout(PATIENCE)?;
        sql.set_prepared_statement_cache_capacity(128);
        let store = Store { sql };
        // The first look at the file says whether it is a database at all.
        store.schema(path)?;
        store.sql.pragma_update(None, "cache_size", -READING)?;
        store.sql.pragma_update(None, "mmap_size", 1i64 << 34)?;
        store.sql.pragma_update(None, "temp_store", "memory")?;
        Ok(store)
    }

    /// The schema of the file: 0 if it is empty. An error if it is no store, or a newer one.
    fn schema(&self, path: &Path) -> Result<i64, Error> {
        let number = |name: &str| self.sql.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let foreign = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Error::Foreign(path.to_owned()),
            _ => Error::from(error),
        };
        let (application, found) = (number("application_id").map_err(foreign)?, number("user_version")?);
        let tables: i64 = self.sql.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if application != APPLICATION && (tables > 0 || found > 0) {
            return Err(Error::Foreign(path.to_owned()));
        }
        let known = MIGRATIONS.len() as i64;
        if found > known {
            return Err(Error::Newer { path: path.to_owned(), found, known });
        }
        Ok(found)
    }

    /// Brings the file to the newest schema, step by step, each step whole or not at all.
    pub(crate) fn migrate(&self, migrations: &[&str], path: &Path) -> Result<(), Error> {
        let found = self.schema(path)?;
        for (step, migration) in migrations.iter().enumerate().skip(found as usize) {
            self.sql.execute_batch(&format!(
                "BEGIN IMMEDIATE; {migration}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}; COMMIT;",
                step + 1
            ))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &tempfile::TempDir) -> std::path::PathBuf {
        folder.path().join("news.db")
    }

    #[test]
    fn a_store_is_made_and_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::write(&file(&folder)).unwrap());
        assert_eq!(
            Store::read(&file(&folder)).unwrap().schema(&file(&folder)).unwrap(),
            MIGRATIONS.len() as i64
        );
    }

    #[test]
    fn other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Store::read(&file(&folder)), Err(Error::Missing(_))));
        std::fs::write(file(&folder), "not a database, but long enough to be looked at: ".repeat(40))
            .unwrap();
        assert!(matches!(Store::write(&file(&folder)), Err(Error::Foreign(_))));
        std::fs::remove_file(file(&folder)).unwrap();
        Connection::open(file(&folder)).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
        assert!(matches!(Store::write(&file(&folder)), Err(Error::Foreign(_))));
    }

    #[test]
    fn a_newer_store_is_refused_and_an_older_one_is_brought_up() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::write(&file(&folder)).unwrap();
        let next = [MIGRATIONS, &["CREATE TABLE later (x)"]].concat();
        // As a later program would do it.
        assert!(matches!(store.migrate(&next, &file(&folder)), Ok(())));
        drop(store);
        assert!(matches!(Store::write(&file(&folder)), Err(Error::Newer { found: 3, known: 2, .. })));
    }

    #[test]
    fn what_is_told_of_a_party_outlives_the_second_schema() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Connection::open(file(&folder)).unwrap();
        sql.execute_batch(&format!(
            "{}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1",
            MIGRATIONS[0]
        ))
        .unwrap();
        sql.execute_batch(
            "INSERT INTO document (id, document, date, text, fingerprint, story) \
             VALUES (1, 'a', '2020-05-02', '', 1, ''), (2, 'b', '2020-05-02', '', 1, ''); \
             INSERT INTO coverage VALUES ('2020-05-02', 2); \
             INSERT INTO document_party VALUES ('RUR', '2020-05-02', 1), ('BOR', '2020-05-02', 1), ('BOR', '2020-05-02', 2)",
        )
        .unwrap();
        drop(sql);
        let store = Store::write(&file(&folder)).unwrap();
        let kept = |query| store.sql.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(kept("SELECT documents FROM party_day WHERE code = 'BOR'"), "1 2");
        assert_eq!(kept("SELECT parties FROM document WHERE id = 1"), "BOR RUR");
        assert_eq!(store.check().unwrap(), []);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_store_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::write(&file(&folder)).unwrap();
        let bad = [MIGRATIONS, &["CREATE TABLE half (x); CREATE TABLE document (x)"]].concat();
        assert!(store.migrate(&bad, &file(&folder)).is_err());
        drop(store);
        let store = Store::write(&file(&folder)).unwrap();
        let half: i64 = store
            .sql
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'half'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(half, 0);
    }
}
