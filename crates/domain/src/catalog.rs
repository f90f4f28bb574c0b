//! What a database tells of itself: its tables and columns, and the settings that durability rests on. Beside
//! `dialect.rs` the only file that asks the two databases differently.

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};

use crate::dialect::AnyConnection;
use crate::errors::Result;

/// Tables, columns and types as the database itself tells them, for [`crate::migrations::schema_columns`].
pub fn columns(conn: &mut AnyConnection) -> Result<Vec<ColumnInfo>> {
    let query = match conn {
        AnyConnection::Sqlite(_) => {
            "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS kind, c.\"notnull\" = 0 AS nullable
             FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'
             ORDER BY 1, c.cid"
        }
        AnyConnection::Postgres(_) => {
            "SELECT table_name::text, column_name::text, replace(data_type, ' without time zone', '')::text AS kind,
                    is_nullable = 'YES' AS nullable
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'
             ORDER BY table_name COLLATE \"C\", ordinal_position"
        }
    };
    Ok(diesel::sql_query(query).load(conn)?)
}

#[derive(QueryableByName)]
struct NameAndValue {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

/// What durability rests on, as the connection itself tells it.
pub fn settings_in_force(conn: &mut AnyConnection) -> Result<Vec<(String, String)>> {
    let query = match conn {
        AnyConnection::Sqlite(_) => {
            "SELECT 'foreign_keys' AS name, CAST(foreign_keys AS TEXT) AS value FROM pragma_foreign_keys
             UNION ALL SELECT 'journal_mode', journal_mode FROM pragma_journal_mode
             UNION ALL SELECT 'synchronous', CAST(synchronous AS TEXT) FROM pragma_synchronous"
        }
        AnyConnection::Postgres(_) => {
            "SELECT name, setting AS value FROM pg_settings WHERE name IN ('synchronous_commit', 'TimeZone')
             ORDER BY name"
        }
    };
    let rows: Vec<NameAndValue> = diesel::sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// One column of the schema.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct ColumnInfo {
    #[diesel(sql_type = Text)]
    pub table_name: String,
    #[diesel(sql_type = Text)]
    pub column_name: String,
    /// The SQL type in lower case, as both databases call it.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub nullable: bool,
}
