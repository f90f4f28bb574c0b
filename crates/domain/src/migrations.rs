//! The schema's version: what the database has, what this build knows, and the way between them.

pub use crate::catalog::ColumnInfo;
use crate::database::Database;
use crate::errors::{DomainError, Result};
use crate::{catalog, dialect};

/// How the database's schema stands to this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// No migration has run yet.
    Empty,
    /// This build brings `missing` migrations that the database lacks.
    Older {
        missing: usize,
    },
    Current,
    /// The database has a migration that this build does not know.
    Newer,
}

/// Compares database and build; changes nothing.
pub fn schema_state(database: &Database) -> Result<SchemaState> {
    database.read_blocking(|conn| {
        let applied = dialect::migrations_applied(conn)?;
        let known = dialect::migrations_known(conn)?;
        if applied.is_empty() {
            return Ok(SchemaState::Empty);
        }
        if applied.iter().any(|version| known.iter().all(|(known, _)| known != version)) {
            return Ok(SchemaState::Newer);
        }
        match known.len() - applied.len() {
            0 => Ok(SchemaState::Current),
            missing => Ok(SchemaState::Older { missing }),
        }
    })
}

/// Applies all missing migrations, each in its own transaction; answers their names.
pub fn migrate_up(database: &Database) -> Result<Vec<String>> {
    if schema_state(database)? == SchemaState::Newer {
        let message = "The database was written by a newer version of Plotline. Start that version instead.";
        return Err(DomainError::Conflict { field: "database_url", message: message.to_owned() });
    }
    database.on_writer(|conn| {
        let known = dialect::migrations_known(conn)?;
        let versions = dialect::migrate_up(conn)?;
        Ok(versions.into_iter().map(|version| name_of(&known, version)).collect())
    })
}

/// Takes back the newest `steps` migrations and whatever data stands in their tables; answers their names.
pub fn migrate_down(database: &Database, steps: usize) -> Result<Vec<String>> {
    database.on_writer(|conn| {
        let known = dialect::migrations_known(conn)?;
        let steps = steps.min(dialect::migrations_applied(conn)?.len());
        (0..steps).map(|_| Ok(name_of(&known, dialect::migrate_down(conn)?))).collect()
    })
}

/// Every column of every table, by table name and then in order; equal on both databases.
pub fn schema_columns(database: &Database) -> Result<Vec<ColumnInfo>> {
    database.read_blocking(catalog::columns)
}

fn name_of(known: &[(String, String)], version: String) -> String {
    known.iter().find(|(known, _)| *known == version).map_or(version, |(_, name)| name.clone())
}
