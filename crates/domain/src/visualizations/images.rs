//! Pictures of saved charts that were drawn before: the rows that name their files.

use diesel::prelude::*;
use uuid::Uuid;

use crate::dialect::AnyConnection;
use crate::errors::Result;
use crate::rows::now;
use crate::schema::visualization_images as images;

/// The most pictures that are kept of one chart; the oldest go, and the sweep takes their files.
const MOST_IMAGES: i64 = 20;

/// Where the picture of this tag lies in storage. The caller has checked that the user may see the chart.
pub fn visualization_image(conn: &mut AnyConnection, id: Uuid, tag: &str) -> Result<Option<String>> {
    let row = images::table.find((id.to_string(), tag)).select(images::storage_key);
    Ok(row.get_result(conn).optional()?)
}

/// Notes a picture whose file is stored. Of two that were drawn at once the last stays. A chart that is gone by now gets none.
pub fn visualization_image_add(conn: &mut AnyConnection, id: Uuid, tag: &str, storage_key: &str) -> Result<()> {
    let id = id.to_string();
    let chart = crate::schema::visualizations::table.find(&id).select(crate::schema::visualizations::id);
    if chart.get_result::<String>(conn).optional()?.is_none() {
        return Ok(());
    }
    diesel::delete(images::table.find((&id, tag))).execute(conn)?;
    diesel::insert_into(images::table)
        .values((
            images::visualization_id.eq(&id),
            images::tag.eq(tag),
            images::storage_key.eq(storage_key),
            images::created_at.eq(now()),
        ))
        .execute(conn)?;
    let old: Vec<String> = images::table
        .filter(images::visualization_id.eq(&id))
        .order(images::created_at.desc())
        .offset(MOST_IMAGES)
        .limit(MOST_IMAGES)
        .select(images::tag)
        .load(conn)?;
    diesel::delete(images::table.filter(images::visualization_id.eq(&id)).filter(images::tag.eq_any(old)))
        .execute(conn)?;
    Ok(())
}
