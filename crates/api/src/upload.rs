//! Receiving a file: a form or a raw body, streamed into storage while it is hashed, in flat memory.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpMessage as _, HttpRequest, web};
use bytes::Bytes;
use contract::datasets::{MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH};
use contract::errors::ErrorCode;
use contract::ingest::ParseOptions;
use domain::datasets::dataset_name_check;
use futures_util::{Stream, StreamExt as _};
use serde::Deserialize;
use storage::{Stored, Upload};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::inputs::at_most;
use crate::inputs::malformed;
use crate::parse_params::checked;
use crate::problems::{ApiError, Result, too_large};
use crate::state::State;

/// Raw bodies that are no file of a table, whatever they hold: `curl --data` sends the first one and drops line ends.
const REFUSED_TYPES: [&str; 2] = ["application/x-www-form-urlencoded", "application/pdf"];
const REFUSED_FAMILIES: [&str; 5] = ["image", "audio", "video", "font", "multipart"];
/// What a form may hold beside the file.
const FORM_OVERHEAD: u64 = 64 * 1024;
/// The longest option, in characters: a list of columns and their types.
const MAX_OPTION_LENGTH: usize = 32 * 1024;
const DEFAULT_NAME: &str = "Untitled";

/// What an upload says about itself in the address.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UploadParams {
    /// The dataset's name, for a raw body; a form has a field for it.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    pub name: Option<String>,
    /// What the data is about, for a raw body.
    #[param(max_length = 5000)]
    #[serde(default, deserialize_with = "at_most::<5000, _>")]
    pub description: Option<String>,
    /// `false` leaves the file unread until `POST /datasets/{id}/ingest`.
    #[serde(default)]
    pub ingest: Option<bool>,
}

/// A file that lies in storage, fsynced, and is not yet a dataset.
#[derive(Debug)]
pub struct Received {
    pub dataset_id: Uuid,
    pub key: String,
    pub stored: Stored,
    pub name: String,
    pub description: String,
    pub file_name: Option<String>,
    /// How to read the file.
    pub options: ParseOptions,
    /// Whether to read it at once.
    pub ingest: bool,
}

/// Texts of a form as they come in.
#[derive(Default)]
struct Texts {
    name: Option<String>,
    description: Option<String>,
    file_name: Option<String>,
    options: ParseOptions,
    ingest: bool,
}

/// Takes the body in. Whatever goes wrong, nothing is left in storage.
pub async fn receive(
    state: &State,
    request: &HttpRequest,
    payload: web::Payload,
    params: UploadParams,
    options: ParseOptions,
) -> Result<Received> {
    let media_type = request.mime_type().ok().flatten().map(|kind| kind.essence_str().to_owned());
    let is_form = media_type.as_deref() == Some(mime::MULTIPART_FORM_DATA.essence_str());
    if !is_form && !is_taken(media_type.as_deref()) {
        let detail = "Send the file as multipart/form-data, or as a body of type text/csv, application/json, \
                      application/octet-stream or any other that says what it is; its content decides.";
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType, detail));
    }
    if request.headers().get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType, "Send the file without Content-Encoding."));
    }
    let limit = state.settings.http.upload_bytes;
    if announced(request.headers()).is_some_and(|bytes| bytes > limit + if is_form { FORM_OVERHEAD } else { 0 }) {
        return Err(too_large("The file", "upload_bytes", limit));
    }
    let ingest = params.ingest.unwrap_or(true);
    let mut texts = Texts { name: params.name, description: params.description, file_name: None, options, ingest };
    texts.name.as_deref().map(dataset_name_check).transpose()?;

    let dataset_id = domain::new_id();
    let key = format!("uploads/{dataset_id}");
    let upload = state.storage.upload(&key, limit).await?;
    let patience = Duration::from_secs(state.settings.http.upload_idle_seconds);
    let upload = match is_form {
        true => read_form(request.headers(), payload, upload, &mut texts, patience).await?,
        false => read_stream(payload, upload, patience, broken_off).await?,
    };
    if upload.bytes() == 0 {
        return Err(ApiError::field("/file", "The file is empty."));
    }
    let stored = upload.finish().await?;
    let Texts { name, description, file_name, options, ingest } = texts;
    let options = checked(options, "")?;
    let name = name.or_else(|| file_name.as_deref().and_then(stem)).unwrap_or_else(|| DEFAULT_NAME.to_owned());
    let description = description.unwrap_or_default();
    Ok(Received { dataset_id, key, stored, name, description, file_name, options, ingest })
}

/// Deletes the file unless a row names it. A connection that broke at the commit leaves that open: then the sweeper decides.
pub async fn discard_unused<T>(state: &State, key: &str, outcome: &Result<T>, is_used: fn(&T) -> bool) {
    let is_unused = match outcome {
        Ok(outcome) => !is_used(outcome),
        Err(error) => error.code() != ErrorCode::Unavailable,
    };
    if is_unused && let Err(error) = state.storage.delete(key).await {
        tracing::warn!(key, %error, "an unused file is left to the sweeper");
    }
}

/// What a file is, its content tells; but a type must be given, and not one that is no table.
fn is_taken(media_type: Option<&str>) -> bool {
    let Some(media_type) = media_type else { return false };
    let family = media_type.split('/').next().unwrap_or_default();
    !REFUSED_TYPES.contains(&media_type) && !REFUSED_FAMILIES.contains(&family)
}

/// Reads the fields in the order in which they come; exactly one is the file.
async fn read_form(
    headers: &HeaderMap,
    payload: web::Payload,
    upload: Upload,
    texts: &mut Texts,
    patience: Duration,
) -> Result<Upload> {
    let mut form = Multipart::new(headers, payload);
    let (mut fresh, mut filled) = (Some(upload), None);
    while let Some(field) = within(patience, form.next()).await? {
        let mut field = field.map_err(form_error)?;
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => {
                let Some(upload) = fresh.take() else {
                    return Err(ApiError::field("/file", "Send one file at a time."));
                };
                texts.file_name =
                    field.content_disposition().and_then(|given| given.get_filename()).and_then(file_name);
                filled = Some(read_stream(field, upload, patience, form_error).await?);
            }
            "name" => {
                let name = read_text(&mut field, "/name", MAX_NAME_LENGTH, patience).await?;
                texts.name = Some(dataset_name_check(&name)?);
            }
            "description" => {
                let limit = MAX_DESCRIPTION_LENGTH;
                texts.description = Some(read_text(&mut field, "/description", limit, patience).await?);
            }
            "ingest" => {
                let text = read_text(&mut field, "/ingest", 5, patience).await?;
                let wrong = || ApiError::field("/ingest", format!("\"{text}\" is neither true nor false."));
                texts.ingest = text.parse().map_err(|_| wrong())?;
            }
            option if ParseOptions::NAMES.contains(&option) => {
                let pointer = format!("/{option}");
                let text = read_text(&mut field, &pointer, MAX_OPTION_LENGTH, patience).await?;
                texts.options.set(option, &text).map_err(|detail| ApiError::field(&pointer, detail))?;
            }
            other => {
                let shown: String = other.chars().take(40).collect();
                let detail = format!(
                    "\"{shown}\" is no field of this form; it has file, name, description, ingest and the options of reading."
                );
                return Err(ApiError::field(&format!("/{shown}"), detail));
            }
        }
    }
    filled.ok_or_else(|| ApiError::field("/file", "The form has no field named file."))
}

async fn read_stream<S, E>(
    mut stream: S,
    mut upload: Upload,
    patience: Duration,
    wrong: fn(E) -> ApiError,
) -> Result<Upload>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    while let Some(piece) = within(patience, stream.next()).await? {
        upload.write(piece.map_err(wrong)?).await?;
    }
    Ok(upload)
}

/// A short text field; empty counts as not given by its meaning, so it is kept as it is.
async fn read_text(field: &mut Field, pointer: &str, most_characters: usize, patience: Duration) -> Result<String> {
    let too_long = || ApiError::field(pointer, format!("At most {most_characters} characters."));
    let mut bytes = Vec::new();
    while let Some(piece) = within(patience, field.next()).await? {
        bytes.extend_from_slice(&piece.map_err(form_error)?);
        if bytes.len() > most_characters * 4 {
            return Err(too_long());
        }
    }
    String::from_utf8(bytes).map_err(|_| ApiError::field(pointer, "The text is not UTF-8."))
}

async fn within<T>(patience: Duration, next: impl Future<Output = T>) -> Result<T> {
    tokio::time::timeout(patience, next).await.map_err(|_| {
        let detail = format!("No data arrived for {} seconds; nothing was stored.", patience.as_secs());
        ApiError::new(ErrorCode::RequestTimeout, detail)
    })
}

fn broken_off(_: PayloadError) -> ApiError {
    malformed("The connection broke off in the middle of the file; nothing was stored.")
}

fn form_error(error: MultipartError) -> ApiError {
    match error {
        MultipartError::Payload(PayloadError::Incomplete(_)) | MultipartError::Incomplete => {
            malformed("The form ends in the middle; nothing was stored.")
        }
        error => malformed(&format!("The form cannot be read: {error}.")),
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The last part of the path that some clients send, without control characters, shortened.
fn file_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|letter| !letter.is_control()).take(MAX_NAME_LENGTH).collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// A file's name without its ending.
fn stem(file_name: &str) -> Option<String> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).trim();
    (!stem.is_empty()).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_lose_folders_and_control_characters() {
        assert_eq!(file_name("C:\\data\\sales.csv").as_deref(), Some("sales.csv"));
        assert_eq!(file_name("../../etc/passwd").as_deref(), Some("passwd"));
        assert_eq!(file_name("a\u{0}b\n.csv").as_deref(), Some("ab.csv"));
        assert_eq!(file_name("x".repeat(300).as_str()).map(|name| name.len()), Some(200));
        assert_eq!(file_name(""), None);
        assert_eq!(file_name("folder/"), None);
    }

    #[test]
    fn a_dataset_is_named_after_its_file() {
        assert_eq!(stem("sales.2024.csv").as_deref(), Some("sales.2024"));
        assert_eq!(stem("sales").as_deref(), Some("sales"));
        assert_eq!(stem(".csv"), None);
    }
}
