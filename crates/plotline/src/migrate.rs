//! `plotline migrate`: the schema up, down, or just looked at.

use anyhow::bail;
use domain::migrations::{SchemaState, migrate_down, migrate_up, schema_state};
use settings::Settings;

use crate::accounts::plain;
use crate::cli::MigrateOptions;
use crate::output::print;
use crate::{data_dir, open};

pub fn migrate(settings: &Settings, options: &MigrateOptions) -> anyhow::Result<()> {
    if options.status {
        return status(settings);
    }
    // Nobody may work with tables that change under them.
    let _lock = if settings.is_embedded() { Some(data_dir::lock(settings)?) } else { None };
    let database = open::database(settings)?;
    let (names, done) = match options.down {
        Some(steps) => (migrate_down(&database, steps).map_err(plain)?, "taken back"),
        None => (migrate_up(&database).map_err(plain)?, "applied"),
    };
    if names.is_empty() {
        return print("nothing to do");
    }
    print(&names.iter().map(|name| format!("{done}: {name}\n")).collect::<String>())
}

fn status(settings: &Settings) -> anyhow::Result<()> {
    data_dir::prepare(settings)?;
    let database = open::database(settings)?;
    match schema_state(&database).map_err(plain)? {
        SchemaState::Current => print("current: the schema is this version's"),
        SchemaState::Empty => bail!("empty: no migration has run. Run: plotline migrate"),
        SchemaState::Older { missing } => bail!("older: {missing} migration(s) are missing. Run: plotline migrate"),
        SchemaState::Newer => bail!("newer: the database was written by a newer version of Plotline"),
    }
}
