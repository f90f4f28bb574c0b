//! `/testing/probe`: starts a job that misbehaves on request. Mounted in environment "testing" alone, and not documented.

use actix_web::{HttpRequest, HttpResponse, web};
use contract::jobs::JobSpec;
use contract::probe::ProbeParams;
use domain::jobs::{Submission, Submitted, job_submit};
use sha2::{Digest, Sha256};

use crate::access::{Access, Analyst};
use crate::answers::Started;
use crate::frame::RequestMeta;
use crate::inputs::Json;
use crate::problems::Result;
use crate::starting::{record, ring, settled};
use crate::state::State;
use crate::waiting::Prefer;

pub async fn probe_start(
    access: Access<Analyst>,
    state: web::Data<State>,
    request: HttpRequest,
    meta: RequestMeta,
    body: Json<ProbeParams>,
) -> Result<HttpResponse> {
    let user_id = access.user.id;
    let prefer = Prefer::read(request.headers());
    let params = body.0;
    let jobs = &state.settings.jobs;
    let submission = Submission {
        key: params.share_key.as_ref().map(|key| hex::encode(Sha256::digest(format!("probe {key}")))),
        priority: params.priority,
        cache_seconds: jobs.cache_seconds,
        ..Submission::new(user_id, JobSpec::Probe(params), meta.request_id, jobs.queued_per_user)
    };
    let submitted =
        record(&state, prefer, Submitted::needs_bell, move |connection| job_submit(connection, &submission)).await?;
    ring(&state, &submitted).await;
    let job = settled(&state, user_id, submitted.into_job(), prefer).await?;
    Ok(Started { job: &job, body: &job, prefer, replayed: false }.answer())
}
