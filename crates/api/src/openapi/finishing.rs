//! What follows from an operation's shape: its problem answers, and a security requirement in one spelling.

use serde_json::Value;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn, PathItem};
use utoipa::openapi::{OpenApi, Ref, RefOr};

use super::problems::{UNEXPECTED, named};

pub fn finish(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        for operation in operations(item) {
            complete(path, operation);
        }
    }
}

/// The operations of a path.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn complete(path: &str, operation: &mut Operation) {
    let role = required_role(operation);
    if role.is_none() && operation.security.is_some() {
        // An empty list says "public"; the macro writes a list of one empty requirement.
        operation.security = Some(Vec::new());
    }
    let mut names = Vec::new();
    if role.is_some() {
        names.push("Unauthenticated");
    }
    if role.as_deref().is_some_and(|role| role != "viewer") {
        names.push("Forbidden");
    }
    let names_a_dataset = operation.request_body.is_some() && path.contains("/visualizations");
    if path.contains('{') || names_a_dataset {
        names.push("Absent");
    }
    if operation.parameters.iter().flatten().any(is_checked) {
        names.push("Invalid");
    }
    if operation.request_body.is_some() {
        names.extend(["Malformed", "TooSlow", "TooLarge", "WrongMediaType", "Invalid"]);
    }
    let responses = &mut operation.responses.responses;
    for (status, response) in names.into_iter().filter_map(named) {
        responses.entry(status).or_insert(response);
    }
    responses.insert("default".to_owned(), Ref::from_response_name(UNEXPECTED).into());
}

/// The least role of an operation; `None` when it is public.
pub fn required_role(operation: &Operation) -> Option<String> {
    let requirements = serde_json::to_value(operation.security.as_ref()?).ok()?;
    let role = requirements.get(0)?.get("bearer")?.get(0).and_then(Value::as_str)?;
    Some(role.to_owned())
}

/// Path parameters that are wrong name nothing that exists; the others are values that may be wrong.
fn is_checked(parameter: &RefOr<Parameter>) -> bool {
    match parameter {
        RefOr::T(parameter) => matches!(parameter.parameter_in, ParameterIn::Query | ParameterIn::Header),
        RefOr::Ref(_) => false,
    }
}
