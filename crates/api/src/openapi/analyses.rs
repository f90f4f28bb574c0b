//! `POST /analysis/{kind}`, documented once for each kind of the registry: a new kind needs no line here.

use contract::analyses::{AnalysisKind, KINDS};
use contract::methods::method_text;
use serde_json::{Value, json};
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::{
    Components, ContentBuilder, HeaderBuilder, ObjectBuilder, OpenApi, PathItem, Ref, RefOr, Required, Response,
    ResponseBuilder, Schema, SecurityRequirement, Type,
};

use super::BASE;
use super::problems::named;

const DATASET_ID: &str = "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58";
const HOW: &str = "Answers 202 with a job; an identical request on the same data within the hour, or one that is \
     waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.";

pub fn add(document: &mut OpenApi) {
    for kind in KINDS {
        let components = document.components.get_or_insert_with(Components::new);
        add_schemas(components, kind);
        add_job(components, kind);
        let item = PathItem::new(HttpMethod::Post, operation(kind));
        document.paths.paths.insert(format!("{BASE}/analysis/{}", kind.name), item);
    }
}

fn add_schemas(components: &mut Components, kind: &AnalysisKind) {
    let mut referred = Vec::new();
    (kind.schemas)(&mut referred);
    components.schemas.extend(referred);
    components.schemas.insert(params_name(kind), (kind.params_schema)());
    components.schemas.insert(outcome_name(kind), (kind.outcome_schema)());
}

fn operation(kind: &AnalysisKind) -> Operation {
    let mut example = (kind.example)();
    if let Some(fields) = example.as_object_mut() {
        fields.insert("dataset_id".to_owned(), json!(DATASET_ID));
    }
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name(params_name(kind)))).example(Some(example));
    let body = RequestBodyBuilder::new()
        .description(Some("The dataset and what to compute."))
        .content("application/json", body.build())
        .required(Some(Required::True))
        .build();
    let mut operation = OperationBuilder::new()
        .tag("Analysis")
        .operation_id(Some(format!("analysis_{}", kind.name)))
        .summary(Some(kind.title))
        .description(Some(format!("{}\n\n{HOW}\n\n### Methods\n\n{}", kind.summary, method_text(kind.name))))
        .parameter(header("Prefer", "`wait=N`: wait up to N seconds, at most 30.", "wait=10"))
        .parameter(header("Cache-Control", "`no-cache`: compute even what has an answer already.", "no-cache"))
        .parameter(header("Idempotency-Key", "1 to 255 visible ASCII characters.", "figures-2024-05-01"))
        .request_body(Some(body))
        .response("200", done(kind))
        .response("202", started())
        .security(SecurityRequirement::new("bearer", ["analyst"]))
        .build();
    operation.responses.responses.extend(["Absent", "NotReady", "Invalid"].into_iter().filter_map(named));
    operation
}

fn header(name: &str, description: &str, example: &str) -> utoipa::openapi::path::Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(text()))
        .example(Some(Value::from(example)))
        .build()
}

/// A job whose `result` is the kind's outcome: a schema of its own, since generators of clients cannot narrow a property.
fn add_job(components: &mut Components, kind: &AnalysisKind) {
    let Some(RefOr::T(Schema::Object(job))) = components.schemas.get("Job") else { return };
    let mut job = job.clone();
    job.properties.insert("result".to_owned(), Ref::from_schema_name(outcome_name(kind)).into());
    components.schemas.insert(job_name(kind), Schema::Object(job).into());
}

fn done(kind: &AnalysisKind) -> Response {
    let job = Ref::from_schema_name(job_name(kind));
    ResponseBuilder::new()
        .description("The finished job with its result.")
        .content("application/json", ContentBuilder::new().schema(Some(job)).build())
        .header("Location", described("The job."))
        .header("Preference-Applied", described("`wait=N`, where the request waited."))
        .build()
}

fn started() -> Response {
    let job = ContentBuilder::new().schema(Some(Ref::from_schema_name("Job")));
    ResponseBuilder::new()
        .description("The job, queued or running.")
        .content("application/json", job.build())
        .header("Location", described("The job."))
        .header("Retry-After", described("Seconds until it is worth asking for the job."))
        .build()
}

fn described(text_of: &str) -> utoipa::openapi::Header {
    HeaderBuilder::new().schema(Some(text())).description(Some(text_of)).build()
}

fn text() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

fn params_name(kind: &AnalysisKind) -> String {
    format!("{}Params", pascal(kind.name))
}

fn outcome_name(kind: &AnalysisKind) -> String {
    format!("{}Outcome", pascal(kind.name))
}

fn job_name(kind: &AnalysisKind) -> String {
    format!("{}Job", pascal(kind.name))
}

/// `time_series` becomes `TimeSeries`.
fn pascal(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_uppercase() + rest
        })
        .collect()
}
