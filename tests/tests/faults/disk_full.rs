//! A full disk: requests that need room are refused with 507, nothing half-stored stays, and room heals everything.

use std::path::{Path, PathBuf};

use serde_json::json;
use tests::actor::Actor;
use tests::answer::text_at;
use tests::run::Run;
use tests::server::files_below;
use tests::{Server, wait_until};

const DISK_MEBIBYTES: u32 = 64;

#[test]
fn a_full_disk_refuses_cleanly_and_recovers() {
    let run = Run::begin("disk full");
    let server = Server::with_small_disk(DISK_MEBIBYTES, &[]);
    let anna = server.analyst();
    let dataset = anna.dataset("a\n1\n3\n");
    // The file system is the server's own: it is seen through its process.
    let data = PathBuf::from(format!("/proc/{}/root{}", server.process_id(), server.data_dir().display()));
    assert!(data.join("plotline.db").exists(), "{} is not the server's folder", data.display());
    let before = state(&anna, &data);
    run.say(format_args!("{} files, {:?} datasets and jobs before", before.0.len(), before.1));

    // Room for rows, none for a file of this size.
    let filler = data.join("filler");
    fill(&filler, 2 << 20);
    for _ in 0..3 {
        anna.upload("large.csv", tests::files::orders(60_000)).problem(507, "insufficient_storage");
        assert_eq!(state(&anna, &data), before, "something of a refused upload stayed");
    }

    // No room at all: even a row does not fit. What only reads goes on.
    fill(&filler, 0);
    let (mut refused, mut accepted) = (0, Vec::new());
    for i in 0..400 {
        let body = json!({ "dataset_id": dataset, "percentiles": [1.0 + f64::from(i) / 1_000.0] });
        let answer = anna.post("/api/v1/analysis/descriptive", &body);
        if matches!(answer.status, 200 | 202) {
            accepted.push(text_at(&answer.json(), "/id"));
            continue;
        }
        answer.problem(507, "insufficient_storage");
        refused += 1;
        if refused == 5 {
            break;
        }
    }
    anna.upload("small.csv", tests::files::orders(1_000)).problem(507, "insufficient_storage");
    assert_eq!(refused, 5, "400 analyses were recorded on a full disk");
    anna.get(&format!("/api/v1/datasets/{dataset}/preview")).expect(200);
    server.anonymous().get("/health/live").expect(200);
    run.say(format_args!("{refused} analyses were refused on the full disk, {} accepted", accepted.len()));

    std::fs::remove_file(&filler).expect("room again");
    anna.analyse("descriptive", &json!({ "dataset_id": dataset, "percentiles": [42.0] }));
    let large = anna.dataset(tests::files::orders(20_000));
    let version = anna.get(&format!("/api/v1/datasets/{large}")).expect(200).json();
    assert_eq!(version["version"]["rows"], 20_000);
    wait_until("all jobs have ended", || {
        let left =
            |status: &str| anna.get(&format!("/api/v1/jobs?status={status}")).expect(200).json()["items"].clone();
        left("queued") == json!([]) && left("running") == json!([])
    });
    // What was promised before the last page was full is kept.
    for id in accepted {
        let job = anna.get(&format!("/api/v1/jobs/{id}")).expect(200).json();
        assert_eq!(job["status"], "succeeded", "{job}");
    }
}

/// The files in storage, and how many datasets and jobs there are.
fn state(anna: &Actor<'_>, data: &Path) -> (Vec<PathBuf>, (usize, usize)) {
    let count = |path: &str| anna.get(path).expect(200).json()["items"].as_array().map_or(0, Vec::len);
    (files_below(&data.join("files")), (count("/api/v1/datasets?limit=200"), count("/api/v1/jobs?limit=200")))
}

/// Writes zeros until the disk is full, then gives `leave` bytes back.
fn fill(filler: &Path, leave: u64) {
    use std::io::Write as _;
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(filler).expect("the filler");
    for block in [64 << 10, 4 << 10, 1] {
        let zeros = vec![0_u8; block];
        while file.write_all(&zeros).is_ok() {}
    }
    let length = file.metadata().expect("its length").len();
    file.set_len(length.saturating_sub(leave)).expect("some room");
}
