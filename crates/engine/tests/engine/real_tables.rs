//! Real tables against the figures that pandas gives.

use crate::support::{fixture, ingest_file, json};
use crate::truth::compare;

#[test]
fn all_figures_of_the_real_tables_agree_with_pandas() {
    let truths = json("real/truth.json");
    let files = truths.as_object().unwrap();
    assert_eq!(files.len(), 17);
    let mut figures = 0;
    for (file, truth) in files {
        let compared =
            compare(&fixture(&format!("real/{file}")), truth).unwrap_or_else(|failure| panic!("{file}: {failure:?}"));
        assert!(compared.differences.is_empty(), "{file}: {:#?}", compared.differences);
        figures += compared.figures;
    }
    let matrices = files.values().filter(|truth| truth["pearson"].is_object()).count();
    assert!(figures > 2_000 && matrices >= 10, "{figures} figures, {matrices} matrices");
}

#[test]
fn descriptive_answers_what_the_profile_says() {
    for file in json("real/truth.json").as_object().unwrap().keys() {
        profile_and_answer_agree(file);
    }
}

/// The profile that the ingest stored, the answer that is computed, and the answer that is taken from the profile.
fn profile_and_answer_agree(file: &str) {
    let version = ingest_file(&fixture(&format!("real/{file}"))).unwrap();
    let params = contract::analyses::descriptive::DescriptiveParams::of(uuid::Uuid::nil());
    let stored = params.answered_by(&version.outcome.profile).unwrap();
    let analysis = contract::analyses::Analysis::Descriptive(params);
    let answer = engine::analyses::run(&analysis, &version.parquet(), &engine::Silent).unwrap();
    let outcome: contract::analyses::descriptive::DescriptiveOutcome = serde_json::from_str(answer.get()).unwrap();
    let mut expected = version.outcome.profile.clone();
    for column in &mut expected.columns {
        column.histogram = None;
        column.notes.clear();
        if let Some(text) = &mut column.text {
            text.patterns.clear();
        }
    }
    assert_eq!((outcome.rows, &outcome.columns), (expected.rows, &expected.columns), "{file}");
    assert_eq!((stored.rows, &stored.columns), (outcome.rows, &outcome.columns), "{file}");
}
