//! Charts on behalf of a request: specs are checked against their dataset, and a worker computes and draws them.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contract::asks::chart::{ChartAsk, ChartForm, ImageAnswer};
use contract::asks::{Ask, AskFile};
use contract::charts::ChartSpec;
use contract::charts::requests::{ImageFormat, ImageOptions, MOST_PIXELS, SCALES, SIDES, Theme};
use contract::errors::{ErrorCode, FieldError};
use domain::datasets::{VersionRef, dataset_version_ref};
use uuid::Uuid;

use crate::asking::answer_to;
use crate::problems::{ApiError, Result};
use crate::state::State;

/// The current versions of the datasets that the specs name, each once. 404 if one of them is not the caller's.
pub async fn versions_of(state: &State, owner_id: Uuid, specs: &[ChartSpec]) -> Result<HashMap<Uuid, VersionRef>> {
    let mut ids: Vec<Uuid> = specs.iter().map(|spec| spec.dataset_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = state.database.read(move |connection| {
        let mut found = HashMap::new();
        for id in ids {
            found.insert(id, dataset_version_ref(connection, owner_id, id)?);
        }
        Ok(found)
    });
    Ok(found.await?)
}

/// The ask for one chart. `pointer` is where the spec stands in the body.
pub fn chart_ask(spec: &ChartSpec, version: &VersionRef, form: ChartForm, pointer: &str) -> Result<Ask> {
    let at = |error: FieldError| FieldError::new(format!("{pointer}{}", error.pointer), error.detail);
    let errors: Vec<FieldError> = spec.check(&version.columns).into_iter().map(at).collect();
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    let file = AskFile { storage_key: version.storage_key.clone(), content_hash: version.content_hash.clone() };
    Ok(Ask::Chart(Box::new(ChartAsk { file, spec: spec.clone(), columns: version.columns.clone(), form })))
}

/// The bytes of a drawn chart.
pub async fn drawn(state: &State, ask: &Ask, tag: &str) -> Result<Bytes> {
    let json = answer_to(state, ask, tag).await?;
    let answer: ImageAnswer = serde_json::from_slice(&json).map_err(ApiError::internal)?;
    BASE64_STANDARD.decode(answer.base64).map(Bytes::from).map_err(ApiError::internal)
}

/// How a picture is asked for; what is not given is 800 × 500 CSS pixels, light, with its background.
#[derive(Debug, Default)]
pub struct ImageWish {
    pub format: Option<ImageFormat>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub scale: Option<f64>,
    pub theme: Theme,
    pub transparent: bool,
}

impl ImageWish {
    /// `prefix` stands before the names of fields in errors: `/` for a body, nothing for an address.
    pub fn options(&self, prefix: &str) -> Result<ImageOptions> {
        let standard = ImageOptions::new(self.format.unwrap_or(ImageFormat::Png));
        let (width, height) = (self.width.unwrap_or(standard.width), self.height.unwrap_or(standard.height));
        let scale = self.scale.unwrap_or(standard.scale);
        let mut errors = Vec::new();
        for (name, side) in [("width", width), ("height", height)] {
            if !SIDES.contains(&side) {
                let detail = format!("{side} is not from {} to {} CSS pixels.", SIDES.start(), SIDES.end());
                errors.push(FieldError::new(format!("{prefix}{name}"), detail));
            }
        }
        if !SCALES.contains(&scale) {
            let detail = format!("{scale} is not from {} to {}.", SCALES.start(), SCALES.end());
            errors.push(FieldError::new(format!("{prefix}scale"), detail));
        }
        let pixels = f64::from(width) * f64::from(height) * scale * scale;
        if errors.is_empty() && pixels > MOST_PIXELS {
            let detail = format!("{:.0} million pixels are too many; at most {:.0}.", pixels / 1e6, MOST_PIXELS / 1e6);
            errors.push(FieldError::new(format!("{prefix}scale"), detail));
        }
        if !errors.is_empty() {
            return Err(ApiError::invalid(errors));
        }
        Ok(ImageOptions { width, height, scale, theme: self.theme, is_transparent: self.transparent, ..standard })
    }
}

/// An error if a saved chart fits its dataset no more, which was read anew since. The request itself is fine.
pub fn still_fits(spec: &ChartSpec, version: &VersionRef) -> Result<()> {
    match spec.check(&version.columns).first() {
        None => Ok(()),
        Some(error) => {
            let detail = format!("The chart does not fit its dataset any more. {}", error.detail);
            Err(ApiError::new(ErrorCode::InvalidParameters, detail))
        }
    }
}
