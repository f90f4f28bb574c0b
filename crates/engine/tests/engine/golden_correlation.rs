//! Correlations against SciPy, statsmodels and pandas (scripts/golden/statistics.py).

use contract::analyses::Analysis;
use contract::analyses::correlation::{CorrelationOutcome, MethodOutcome, PairOutcome};
use contract::analyses::kind;
use serde_json::{Value, json as body};

use crate::support::{Version, answer, close, fixture, ingest, ingest_file, json};

fn correlate(version: &Version, mut parameters: Value) -> CorrelationOutcome {
    parameters["dataset_id"] = body!(uuid::Uuid::nil());
    let analysis: Analysis = (kind("correlation").unwrap().parse)(&parameters).unwrap();
    answer(version, &analysis)
}

fn pair<'a>(method: &'a MethodOutcome, left: &Value, right: &Value) -> &'a PairOutcome {
    let found = method.pairs.iter().find(|pair| *left == pair.left && *right == pair.right);
    found.unwrap_or_else(|| panic!("no pair of {left} and {right}"))
}

fn real(name: &Value) -> Version {
    ingest_file(&fixture(&format!("real/{}", name.as_str().unwrap()))).unwrap()
}

#[test]
fn coefficients_of_numbers_agree_with_scipy() {
    for case in json("golden/statistics.json")["numeric"].as_array().unwrap() {
        let version = real(&case["file"]);
        let methods = ["pearson", "spearman", "kendall"];
        for correction in ["bonferroni", "holm", "bh"] {
            let parameters = body!({ "columns": case["columns"], "methods": methods, "correction": correction });
            let outcome = correlate(&version, parameters);
            for (name, method) in methods.iter().zip(&outcome.methods) {
                for expected in case["pairs"].as_array().unwrap() {
                    let found = pair(method, &expected["left"], &expected["right"]);
                    let what = format!("{} {name} {} {}", case["file"], found.left, found.right);
                    assert_eq!(Some(found.n), expected["n"].as_u64(), "{what}");
                    for (i, figure) in [found.value, found.p_value, found.ci_low, found.ci_high].iter().enumerate() {
                        close(&format!("{what} {i}"), *figure, &expected[name][i], 1e-9);
                    }
                }
            }
            let adjusted = case["adjusted"][correction].as_array().unwrap();
            for (found, expected) in outcome.methods[0].pairs.iter().zip(adjusted) {
                close(correction, found.p_adjusted, expected, 1e-9);
            }
        }
    }
}

#[test]
fn dependence_of_categories_agrees_with_scipy() {
    for case in json("golden/statistics.json")["categories"].as_array().unwrap() {
        let methods = ["cramers_v", "mutual_information"];
        let outcome = correlate(&real(&case["file"]), body!({ "columns": case["columns"], "methods": methods }));
        for (name, method) in methods.iter().zip(&outcome.methods) {
            for expected in case["pairs"].as_array().unwrap() {
                let found = pair(method, &expected["left"], &expected["right"]);
                let what = format!("{name} {} {}", found.left, found.right);
                assert_eq!(Some(found.n), expected["n"].as_u64(), "{what}");
                for (i, figure) in [found.value, found.statistic, found.df, found.p_value].iter().enumerate() {
                    close(&format!("{what} {i}"), *figure, &expected[name][i], 1e-9);
                }
                if *name == "mutual_information" {
                    close(&what, found.corrected, &expected["share"], 1e-9);
                }
            }
        }
    }
}

#[test]
fn point_biserial_and_partial_correlation_agree_with_scipy() {
    let golden = json("golden/statistics.json");
    for case in golden["point_biserial"].as_array().unwrap() {
        let columns = body!([case["category"], case["number"]]);
        let outcome = correlate(&real(&case["file"]), body!({ "columns": columns, "methods": ["point_biserial"] }));
        let found = &outcome.methods[0].pairs[0];
        assert_eq!(found.positive.as_deref(), case["positive"].as_str());
        close("point_biserial", found.value, &case["value"][0], 1e-9);
        close("point_biserial p", found.p_value, &case["value"][1], 1e-9);
    }
    for case in golden["partial"].as_array().unwrap() {
        let columns = body!([case["left"], case["right"]]);
        let methods = ["pearson", "spearman"];
        let parameters = body!({ "columns": columns, "control": case["control"], "methods": methods });
        let outcome = correlate(&real(&case["file"]), parameters);
        for (name, method) in methods.iter().zip(&outcome.methods) {
            close(name, method.pairs[0].value, &case[name][0], 1e-9);
            close(name, method.pairs[0].p_value, &case[name][1], 1e-9);
            assert_eq!(Some(method.pairs[0].n), case["n"].as_u64());
        }
    }
}

#[test]
fn the_exact_distribution_of_kendall_agrees_with_scipy() {
    for case in json("golden/statistics.json")["exact_kendall"].as_array().unwrap() {
        let rows: String =
            case["y"].as_array().unwrap().iter().enumerate().map(|(x, y)| format!("{x},{y}\n")).collect();
        let outcome = correlate(&ingest(format!("x,y\n{rows}")), body!({ "methods": ["kendall"] }));
        close("tau", outcome.methods[0].pairs[0].value, &case["tau"], 1e-12);
        close("p", outcome.methods[0].pairs[0].p_value, &case["p"], 1e-9);
    }
}

#[test]
fn edges_have_no_figure_rather_than_a_wrong_one() {
    let version = ingest("a,b,c,d,t\n1,5,,2,x\n1,7,,4,x\n1,8,,6,x\n");
    let all = ["pearson", "spearman", "kendall", "point_biserial", "cramers_v", "mutual_information", "missing"];
    let outcome = correlate(&version, body!({ "methods": all }));
    assert_eq!(outcome.methods.len(), all.len());
    for method in &outcome.methods[..3] {
        assert_eq!(pair(method, &body!("a"), &body!("b")).value, None, "a constant column");
        let straight = pair(method, &body!("b"), &body!("d"));
        assert!(straight.value.is_some_and(|r| r > 0.9), "{straight:?}");
        assert_eq!(method.matrix[0][0], None);
    }
    let single = correlate(&ingest("a,b\n1,2\n"), body!({ "methods": ["pearson", "kendall"] }));
    assert!(single.methods.iter().all(|method| method.pairs[0].value.is_none() && method.pairs[0].n == 1));
    let nothing = correlate(&ingest("a,b\n"), body!({ "methods": all }));
    assert_eq!(nothing.rows, 0);
    let huge = correlate(&ingest("a,b\n1e300,1e-300\n2e300,2e-300\n4e300,4e-300\n"), body!({}));
    assert!(huge.methods[0].pairs[0].value.is_some_and(|r| (r - 1.0).abs() < 1e-12));
}

#[test]
fn filters_cases_and_missing_patterns_are_honoured() {
    let version = ingest("a,b,c,team\n1,2,1,A\n2,,2,A\n3,1,,B\n4,4,5,A\n5,7,,B\n6,5,9,A\n");
    let pairwise = correlate(&version, body!({}));
    let complete = correlate(&version, body!({ "cases": "complete" }));
    let n = |outcome: &CorrelationOutcome| outcome.methods[0].pairs.iter().map(|pair| pair.n).collect::<Vec<_>>();
    assert_eq!((n(&pairwise), n(&complete)), (vec![5, 4, 3], vec![3, 3, 3]));
    let team = correlate(&version, body!({ "filter": [{ "column": "team", "op": "eq", "value": "A" }] }));
    assert_eq!((team.rows, n(&team)), (4, vec![3, 4, 3]));
    let missing = correlate(&version, body!({ "methods": ["missing"] }));
    assert_eq!(missing.methods[0].columns, ["b", "c"]);
    let patterns = missing.methods[0].patterns.as_ref().unwrap();
    assert_eq!((patterns[0].rows, patterns[0].columns.len()), (3, 0));
    assert_eq!((patterns[1].rows, patterns[1].columns.as_slice()), (2, ["c".to_owned()].as_slice()));
}
