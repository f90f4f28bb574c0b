//! `GET /events`: the caller's jobs as they change, as a stream of server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::web::Bytes;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, TimeDelta, Utc};
use contract::jobs::Job;
use domain::jobs::jobs_since;
use futures_util::{Stream, StreamExt as _, stream};

use crate::access::{Access, SignedIn};
use crate::events::{Subscription, frame};
use crate::frame::IsHead;
use crate::openapi::{BadEventId, TooManyStreams};
use crate::problems::{ApiError, Result};
use crate::state::State;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const NO_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");
/// A quiet stream says something this often, so that proxies keep it and a broken one is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Times are written before they are committed, and clocks differ: a replay rather tells twice than misses.
const MARGIN: TimeDelta = TimeDelta::seconds(5);

/// Your jobs as they change
///
/// A stream of server-sent events: `event: job` with the whole job as `data`. It begins with your jobs in flight (of
/// your newest 500). Whoever comes back with `Last-Event-ID` is also told what began, ended or was cancelled since; a
/// change may then be told twice, but none is missed, short of 1,000 endings. A quiet stream carries a comment every 15
/// seconds. The stream ends when the access token expires, within two seconds after a log-out, when the reader falls
/// more than 256 events behind, and when the server stops: connect again. At most 8 streams for one account.
#[utoipa::path(
    tag = "Jobs",
    security(("bearer" = ["viewer"])),
    params(("Last-Event-ID" = Option<i64>, Header, description = "The `id` of the last event that arrived.",
        example = 1_763_800_000_000_i64)),
    responses(
        (status = 200, description = "Events until the stream ends.", body = Job, content_type = "text/event-stream"),
        BadEventId, TooManyStreams
    )
)]
#[get("/events")]
pub async fn events(access: Access<SignedIn>, state: web::Data<State>, request: HttpRequest) -> Result<HttpResponse> {
    let since = last_event(request.headers())?;
    // Subscribed before the rows are read, so that no change falls between.
    let subscription = state.events.subscribe(&state.queue, access.user.id, access.session_id, access.expires)?;
    let (id, user_id) = (Utc::now().timestamp_millis(), access.user.id);
    let jobs: Vec<Job> = state.database.read(move |connection| jobs_since(connection, user_id, since)).await?;
    let mut opening = format!("retry: 2000\nid: {id}\n\n").into_bytes();
    for job in &jobs {
        opening.extend_from_slice(&frame(id, job)?);
    }
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // A compressor would hold events back until it has enough of them.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((NO_BUFFERING, "no"));
    if request.extensions().contains::<IsHead>() {
        return Ok(answer.finish());
    }
    let first = stream::iter([Ok(Bytes::from(opening))]);
    Ok(answer.streaming(first.chain(following(subscription))))
}

/// The events after the first ones, with a comment wherever nothing happens.
fn following(subscription: Subscription) -> impl Stream<Item = std::result::Result<Bytes, Infallible>> {
    stream::unfold(subscription, |mut subscription| async move {
        let next = match tokio::time::timeout(HEARTBEAT, subscription.frames.recv()).await {
            Ok(Some(frame)) => frame,
            Ok(None) => return None,
            Err(_) => Bytes::from_static(b": alive\n\n"),
        };
        Some((Ok(next), subscription))
    })
}

/// The moment that `Last-Event-ID` names, a little earlier.
fn last_event(headers: &HeaderMap) -> Result<Option<DateTime<Utc>>> {
    let Some(value) = headers.get(LAST_EVENT_ID).filter(|value| !value.is_empty()) else { return Ok(None) };
    let read = |text: &str| DateTime::from_timestamp_millis(text.trim().parse().ok()?)?.checked_sub_signed(MARGIN);
    match value.to_str().ok().and_then(read) {
        // The databases know no years of five digits.
        Some(time) if (0..=253_402_300_799).contains(&time.timestamp()) => Ok(Some(time)),
        _ => Err(ApiError::field("Last-Event-ID", "This is not the id of an event. Leave it out to begin anew.")),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn read(value: &'static str) -> Option<Option<i64>> {
        let mut headers = HeaderMap::new();
        headers.insert(LAST_EVENT_ID, HeaderValue::from_static(value));
        last_event(&headers).ok().map(|time| time.map(|time| time.timestamp_millis()))
    }

    #[test]
    fn an_event_id_is_a_moment_with_a_margin_before_it() {
        assert_eq!(read("1763800000000"), Some(Some(1_763_799_995_000)));
        assert_eq!(read(""), Some(None));
        assert_eq!(last_event(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn anything_else_is_refused() {
        for value in ["!", "abc", "-1", "1.5", "99999999999999999999", "9223372036854775807", "-9223372036854775808"] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
