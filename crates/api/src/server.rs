//! The HTTP server: middleware in its order, both spellings of the API, the page for everything else.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::{App, Error, HttpServer, web};
use settings::{Environment, Settings};
use tokio::sync::watch;

use crate::access::identify;
use crate::events::tell_loop;
use crate::frame::frame;
use crate::state::State;
use crate::{ApiContext, measuring, methods, routes};

/// Idle connections are kept this long for the next request.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// A client that does not close its end is dropped after this.
const DISCONNECT: Duration = Duration::from_secs(5);
/// Requests that run when the server is asked to stop get this long.
const SHUTDOWN_SECONDS: u64 = 10;

/// Answers requests until `shutdown` completes; requests that run then are finished, waits are cut short.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve<S>(context: ApiContext, listener: TcpListener, shutdown: S) -> io::Result<()>
where
    S: Future<Output = ()> + Send + 'static,
{
    let (stop, stopping) = watch::channel(false);
    let settings = context.settings.clone();
    let state = web::Data::new(State::new(context, stopping));
    measuring::start();
    let upkeep = tokio::spawn(measuring::upkeep_loop());
    let telling = tokio::spawn(tell_loop(state.clone().into_inner()));
    let server = HttpServer::new(move || app(state.clone()))
        .workers(settings.http.threads.max(1))
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(Duration::from_secs(settings.http.request_timeout_seconds))
        .client_disconnect_timeout(DISCONNECT)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .shutdown_signal(async move {
            shutdown.await;
            let _ = stop.send(true);
        })
        .listen(listener)?;
    let served = server.run().await;
    telling.abort();
    upkeep.abort();
    served
}

/// The whole application. The last `wrap` is the outermost.
pub fn app(
    state: web::Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors = cors(&state.settings);
    let testing = state.settings.environment == Environment::Testing;
    App::new()
        .app_data(state.clone())
        .app_data(web::PathConfig::default().error_handler(|_, request| methods::refusal(request).into()))
        .wrap(from_fn(identify))
        .wrap(Condition::new(!state.settings.http.cors_origins.is_empty(), cors))
        .wrap(Compress::default())
        .wrap(from_fn(frame))
        .configure(|config| routes::all(config, testing))
}

/// Pages of these origins may call the API; none unless the settings name some.
fn cors(settings: &Settings) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PATCH", "PUT", "DELETE"])
        .allowed_headers([
            header::ACCEPT.as_str(),
            header::AUTHORIZATION.as_str(),
            header::CONTENT_TYPE.as_str(),
            header::IF_NONE_MATCH.as_str(),
            "idempotency-key",
            "prefer",
            "x-request-id",
        ])
        .expose_headers([
            header::CONTENT_DISPOSITION.as_str(),
            header::ETAG.as_str(),
            header::LINK.as_str(),
            header::LOCATION.as_str(),
            header::RETRY_AFTER.as_str(),
            "idempotency-replayed",
            "preference-applied",
            "ratelimit",
            "ratelimit-policy",
            "x-request-id",
        ])
        .max_age(3600);
    settings.http.cors_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
