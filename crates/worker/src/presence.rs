//! Tells the database every few seconds that this worker lives, for whoever operates it. Nothing else rests on it.

use std::sync::Arc;
use std::time::Duration;

use domain::workers::{Presence, worker_heartbeat, worker_leave};
use tokio_util::sync::CancellationToken;

use crate::Shared;

const INTERVAL: Duration = Duration::from_secs(5);
/// The first child tells how confined it is shortly after the start.
const AT_START: Duration = Duration::from_secs(1);
/// A database that is away must not hold the end of the process.
const FAREWELL: Duration = Duration::from_secs(2);

pub async fn presence_loop(shared: Arc<Shared>, ended: CancellationToken) {
    let settings = &shared.context.settings;
    let mut presence = Presence {
        name: shared.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lanes: settings.lanes.clone(),
        slots: u32::try_from(settings.slots).unwrap_or(u32::MAX),
        confinement: None,
    };
    loop {
        presence.confinement = shared.context.interactive.confinement().or_else(|| shared.context.batch.confinement());
        let told = presence.clone();
        if let Err(error) = shared.context.database.write_soon(move |conn| worker_heartbeat(conn, &told)).await {
            tracing::debug!(%error, "this worker could not tell that it lives");
        }
        tokio::select! {
            () = ended.cancelled() => break,
            () = tokio::time::sleep(if presence.confinement.is_some() { INTERVAL } else { AT_START }) => {}
        }
    }
    let name = presence.name;
    let leave = shared.context.database.write(move |conn| worker_leave(conn, &name));
    let _ = tokio::time::timeout(FAREWELL, leave).await;
}
