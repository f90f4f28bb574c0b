//! A small server for a worker that runs alone: its figures and whether it lives.

use std::future::Future;
use std::io;
use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use domain::Database;
use settings::Secret;

use crate::problems::Result;
use crate::routes::{health, metrics};
use crate::state::WorkerHealth;
use crate::{headers, measuring};

/// What the figures of a worker are made of.
#[derive(Clone)]
pub struct WorkerParts {
    pub database: Database,
    /// The token that reading the figures needs; without one only this machine may.
    pub metrics_token: Option<Secret>,
    pub health: WorkerHealth,
}

/// Answers `/metrics`, `/health/live` and `/health/ready` until `shutdown` completes.
///
/// # Errors
/// The listener cannot be used.
pub async fn metrics_server<S>(parts: WorkerParts, listener: TcpListener, shutdown: S) -> io::Result<()>
where
    S: Future<Output = ()> + Send + 'static,
{
    measuring::start();
    let upkeep = tokio::spawn(measuring::upkeep_loop());
    let parts = web::Data::new(parts);
    let served = listening(parts, listener, shutdown)?.await;
    upkeep.abort();
    served
}

/// Not async itself: the factory of the application must not be held while the server runs, since it stays on one thread.
fn listening<S>(parts: web::Data<WorkerParts>, listener: TcpListener, shutdown: S) -> io::Result<Server>
where
    S: Future<Output = ()> + Send + 'static,
{
    let server = HttpServer::new(move || {
        App::new()
            .app_data(parts.clone())
            .wrap(from_fn(secured))
            .route("/metrics", web::get().to(figures))
            .route("/health/live", web::get().to(health_of))
            .route("/health/ready", web::get().to(health_of))
    });
    Ok(server.workers(1).shutdown_timeout(1).shutdown_signal(shutdown).listen(listener)?.run())
}

async fn figures(request: HttpRequest, parts: web::Data<WorkerParts>) -> Result<HttpResponse> {
    metrics::check(request.headers(), request.peer_addr(), parts.metrics_token.as_ref())?;
    Ok(metrics::answer(measuring::render(&parts.database, None).await))
}

/// Alive as long as its loops turn; a database that is away is no reason to start it again.
async fn health_of(parts: web::Data<WorkerParts>) -> HttpResponse {
    health::of_worker((parts.health)())
}

async fn secured<B: actix_web::body::MessageBody>(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<B>,
) -> std::result::Result<actix_web::dev::ServiceResponse<B>, actix_web::Error> {
    let mut response = next.call(request).await?;
    headers::secure(response.headers_mut(), &domain::new_id().to_string());
    Ok(response)
}
