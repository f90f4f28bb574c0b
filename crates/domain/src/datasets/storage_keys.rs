//! Which files in storage the rows name, so that a sweep takes only those that nobody does.

use contract::ingest::{quarantine_key, version_key};
use diesel::prelude::*;

use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::schema::{dataset_sources, dataset_versions, datasets, visualization_images};

/// Keys asked for in one statement; SQLite takes 32,766 parameters at most.
const CHUNK: usize = 500;

/// Those of `keys` that a dataset (in the bin or not), one of its versions, a file added to it or the picture of a saved
/// chart names. A version also names its quarantine.
pub fn storage_keys_named(conn: &mut AnyConnection, keys: &[String]) -> Result<Vec<String>> {
    let mut named = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        let sources = datasets::table.filter(datasets::source_key.eq_any(chunk)).select(datasets::source_key);
        named.extend(sources.load::<String>(conn)?);
        let versions = dataset_versions::table.filter(dataset_versions::storage_key.eq_any(chunk));
        named.extend(versions.select(dataset_versions::storage_key).load::<String>(conn)?);
        let appended = dataset_sources::table.filter(dataset_sources::storage_key.eq_any(chunk));
        named.extend(appended.select(dataset_sources::storage_key).load::<String>(conn)?);
        let images = visualization_images::table.filter(visualization_images::storage_key.eq_any(chunk));
        named.extend(images.select(visualization_images::storage_key).load::<String>(conn)?);
        let of_versions: Vec<String> = chunk.iter().filter_map(|key| version_key(key)).collect();
        let versions = dataset_versions::table.filter(dataset_versions::storage_key.eq_any(of_versions));
        let found = versions.select(dataset_versions::storage_key).load::<String>(conn)?;
        named.extend(found.iter().map(|key| quarantine_key(key)));
    }
    Ok(named)
}
