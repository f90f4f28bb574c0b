//! Every address of the server, on one page.

mod admin_audit;
mod admin_jobs;
mod admin_users;
mod analysis;
mod appends;
mod auth;
mod browser_session;
mod charts;
mod datasets;
mod docs;
mod events;
mod exports;
mod figures;
pub mod health;
mod jobs;
mod limits;
pub mod metrics;
mod page;
mod parsing;
mod probe;
mod quarantine;
mod redoc;
mod root;
mod rows;
mod sessions;
mod statistics;
mod uploads;
mod versions;
mod visualizations;

use actix_web::guard::fn_guard;
use actix_web::{HttpRequest, HttpResponse, Scope, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::methods;
use crate::openapi::BASE;
use crate::problems::{ApiError, Result};

/// The API. Each line is one or more documented operations.
pub fn api(config: &mut ServiceConfig) {
    // Routes are tried in this order: what is asked most stands first.
    config.service(jobs::job_result).service(jobs::job_fetch).service(jobs::job_list);
    config.service(jobs::job_cancel).service(jobs::job_retry).service(events::events);

    config.service(auth::auth_register).service(auth::auth_login);
    config.service(auth::auth_refresh).service(auth::auth_logout);
    config.service(browser_session::browser_session_create).service(browser_session::browser_session_fetch);
    config.service(auth::auth_profile).service(auth::user_me);
    config.service(sessions::session_list).service(sessions::session_delete_all);
    config.service(sessions::session_fetch).service(sessions::session_delete);

    config.service(datasets::dataset_list).service(uploads::dataset_upload);
    config.service(datasets::dataset_fetch).service(datasets::dataset_update).service(datasets::dataset_delete);
    config.service(datasets::dataset_restore);
    config.service(versions::dataset_preview).service(versions::dataset_profile).service(versions::dataset_columns);
    config.service(versions::dataset_versions).service(versions::dataset_version_fetch);
    config.service(exports::dataset_export);
    config.service(rows::dataset_rows).service(appends::dataset_rows_append);
    config.service(statistics::dataset_statistics);

    config.service(parsing::dataset_parse_preview).service(parsing::dataset_ingest);
    config.service(quarantine::dataset_quarantine_rows);

    config.service(analysis::analysis_kinds);
    config.service(analysis::analysis_job_fetch).service(analysis::analysis_job_result);
    // `POST /analysis/{kind}` is documented once for each kind of the registry.
    config.map(|plain| plain.service(analysis::analysis_start));

    config.service(charts::chart_kinds).service(charts::charts_compute).service(charts::chart_export);
    config.service(visualizations::visualization_list).service(visualizations::visualization_create);
    config.service(visualizations::visualization_share);
    config.service(visualizations::visualization_fetch).service(visualizations::visualization_update);
    config.service(visualizations::visualization_delete).service(visualizations::visualization_versions);
    config.service(figures::visualization_figure).service(figures::visualization_export);

    config.service(admin_jobs::admin_worker_list).service(admin_jobs::admin_job_list);
    config.service(admin_jobs::admin_jobs_retry).service(admin_jobs::admin_job_fetch);
    config.service(admin_jobs::admin_job_retry);
    config.service(admin_users::admin_user_list).service(admin_users::admin_user_create);
    config.service(admin_users::admin_user_fetch).service(admin_users::admin_user_update);
    config.service(admin_audit::admin_audit_list);

    config.service(root::api_root).service(limits::limits);
    config.service(health::health).service(health::health_live).service(health::health_ready);
    config.service(metrics::metrics);
}

/// The whole server: the API in both spellings, and the page.
pub fn all(config: &mut web::ServiceConfig, testing: bool) {
    config
        .service(api_scope(BASE, testing))
        .service(api_scope("/api", testing))
        .service(health::health)
        .service(health::health_live)
        .service(health::health_ready)
        .service(metrics::metrics)
        .route("/", web::get().to(root::root_or_page))
        .default_service(web::to(page::page));
}

fn api_scope(prefix: &str, testing: bool) -> Scope {
    web::scope(prefix)
        // Old clients name the user in the address; all others in the body.
        .route(
            "/visualizations/share",
            web::post().guard(fn_guard(visualizations::names_a_user)).to(visualizations::visualization_share_old),
        )
        .configure(|plain| api(&mut ServiceConfig::new(plain)))
        .configure(|plain| {
            if testing {
                plain.route("/testing/probe", web::post().to(probe::probe_start));
            }
        })
        .route("/openapi.json", web::get().to(docs::document))
        .route("/docs", web::get().to(docs::page))
        .route("/docs/{file}", web::get().to(docs::file))
        .route("/redoc", web::get().to(redoc::page))
        .route("/redoc/{file}", web::get().to(redoc::file))
        // The paths of the servers that this one follows.
        .route("/csvdata/statistics", web::get().to(statistics::newest_team_statistics))
        .route("/csvdata/statistics/", web::get().to(statistics::newest_team_statistics))
        .default_service(web::to(unknown))
}

async fn unknown(request: HttpRequest) -> Result<HttpResponse> {
    Err::<HttpResponse, ApiError>(methods::refusal(&request))
}
