//! The NIST StRD univariate sets: correct digits of mean and standard deviation.

use crate::support::{fixture, ingest_file, json};

/// How many leading digits agree: −log10 of the relative error. Certified figures have 15 digits.
fn digits(found: f64, certified: &serde_json::Value) -> f64 {
    let certified: f64 = certified.as_str().unwrap().parse().unwrap();
    if found == certified { 15.0 } else { -((found - certified) / certified).abs().log10() }
}

#[test]
fn mean_and_deviation_of_nist_have_the_certified_digits() {
    let certified = json("nist/certified.json");
    let sets = certified.as_object().unwrap();
    assert_eq!(sets.len(), 9);
    for (name, set) in sets {
        let version = ingest_file(&fixture(&format!("nist/{name}.csv"))).unwrap();
        let numeric = version.numeric("y");
        assert_eq!(version.outcome.rows, set["n"].as_u64().unwrap(), "{name}");
        let mean = digits(numeric.mean.unwrap(), &set["mean"]);
        // NIST prints 15 digits; the same figure rounded elsewhere differs in the 15th.
        let mean = mean.max(digits(numeric.mean.unwrap(), &set["mean_exact"]));
        assert!(mean >= 15.0, "{name}: {mean} digits of the mean");
        let deviation = digits(numeric.std.unwrap(), &set["std"]);
        let wanted = match name.as_str() {
            "NumAcc3" => 9.0,
            "NumAcc4" => 8.0,
            _ => 12.0,
        };
        assert!(deviation >= wanted, "{name}: {deviation} digits of the deviation");
    }
}
