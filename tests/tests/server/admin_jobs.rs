//! Administration of jobs: the live workers, everybody's jobs, why they failed, and trying dead ones again.

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Server, shared, wait_until};

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().filter_map(|item| item["job"]["id"].as_str()).map(str::to_owned).collect()
}

#[test]
fn a_live_worker_tells_of_itself() {
    let server = shared();
    let admin = server.admin();
    let workers = || admin.get("/api/v1/admin/workers").expect(200).json();
    wait_until("the worker told of itself", || workers()["items"].as_array().is_some_and(|items| !items.is_empty()));
    let page = workers();
    assert_eq!(page["items"][0]["lanes"], json!(["interactive", "batch"]));
    assert_eq!(page["items"][0]["version"], env!("CARGO_PKG_VERSION"));
    wait_until("its children told how confined they are", || workers()["items"][0]["confinement"].is_object());
    // Landlock and seccomp are there on every kernel that these tests run on.
    assert_eq!(workers()["items"][0]["confinement"], json!({ "files": true, "network": true }));
    assert!(page["items"][0]["slots"].as_u64().is_some_and(|slots| slots >= 1), "{page}");
}

#[test]
fn everybodys_jobs_are_listed_and_filtered() {
    let server = Server::start();
    let (anna, berta, admin) = (server.analyst(), server.analyst(), server.admin());
    anna.dataset("a\n1\n");
    berta.dataset("a\n2\n");
    berta.failed_upload("a.csv", "a,b\n1,2,3\n");
    let list = |query: &str| admin.get(&format!("/api/v1/admin/jobs?{query}")).expect(200).json();
    assert_eq!(ids(&list("")).len(), 3);
    assert_eq!(ids(&list(&format!("user_id={}", berta.account().id))).len(), 2);
    assert_eq!(ids(&list("lane=interactive")).len(), 0);
    assert_eq!(ids(&list("kind=ingest&status=succeeded")).len(), 2);
    let worker = text_at(&list("")["items"][0], "/worker");
    assert_eq!(ids(&list(&format!("worker={worker}"))).len(), 3);
    assert_eq!(ids(&list("worker=nobody")).len(), 0);
    let dead = list("dead=true");
    assert_eq!(ids(&dead).len(), 1);
    assert_eq!(dead["items"][0]["user_id"], berta.account().id);
    let lanes = json!([
        { "lane": "interactive", "depth": 0, "oldest_seconds": null },
        { "lane": "batch", "depth": 0, "oldest_seconds": null }
    ]);
    assert_eq!(dead["lanes"], lanes);
    let page = list("limit=2");
    let rest = list(&format!("limit=2&cursor={}", text_at(&page, "/next_cursor")));
    assert_eq!((ids(&page).len(), ids(&rest).len()), (2, 1));
}

#[test]
fn a_queue_that_nobody_serves_shows_its_depth_and_age() {
    let server = Server::with(&[("PLOTLINE_WORKER_LANES", "batch")]);
    let (anna, admin) = (server.analyst(), server.admin());
    let id = anna.dataset("a\n1\n");
    let job = anna.post("/api/v1/analysis/descriptive", &json!({ "exact": true, "dataset_id": id })).expect(202).json();
    let page = admin.get("/api/v1/admin/jobs?status=queued").expect(200).json();
    assert_eq!(ids(&page), [text_at(&job, "/id")]);
    assert_eq!((&page["lanes"][0]["lane"], &page["lanes"][0]["depth"]), (&json!("interactive"), &json!(1)));
    assert!(page["lanes"][0]["oldest_seconds"].as_f64().is_some_and(|age| (0.0..60.0).contains(&age)), "{page}");
    anna.delete(&format!("/api/v1/jobs/{}", text_at(&job, "/id"))).expect(200);
}

#[test]
fn a_dead_job_tells_its_errors_and_is_tried_again_under_its_id() {
    let server = Server::start();
    let (anna, admin) = (server.analyst(), server.admin());
    let failure = anna.failed_upload("a.csv", "a,b\n1,2,3\n");
    let job = text_at(&anna.get("/api/v1/jobs").expect(200).json(), "/items/0/id");
    let path = format!("/api/v1/admin/jobs/{job}");
    let detail = admin.get(&path).expect(200).json();
    assert_eq!((&detail["job"]["id"], &detail["user_id"]), (&json!(job), &json!(anna.account().id)));
    assert_eq!(detail["errors"].as_array().map(Vec::len), Some(1), "{detail}");
    assert_eq!((&detail["errors"][0]["attempt"], &detail["errors"][0]["failure"]), (&json!(1), &failure));
    let again = admin.request("POST", &format!("{path}/retry")).send().expect(202).json();
    assert_eq!(again["job"]["id"], json!(job));
    let end = anna.finished(&job);
    assert_eq!((&end["status"], &end["attempt"]), (&json!("failed"), &json!(2)), "it fails alike: {end}");
    let errors = admin.get(&path).expect(200).json()["errors"].clone();
    assert_eq!(errors.as_array().map(Vec::len), Some(2), "{errors}");
}

#[test]
fn many_dead_jobs_are_tried_again_and_others_are_left_alone() {
    let server = Server::start();
    let (anna, berta, admin) = (server.analyst(), server.analyst(), server.admin());
    anna.dataset("a\n1\n");
    anna.failed_upload("a.csv", "a,b\n1,2,3\n");
    anna.failed_upload("b.csv", "a,b\n1,2,3,4\n");
    berta.failed_upload("c.csv", "a,b\n1,2,3,4\n");
    let retry = |body: &Value| admin.post("/api/v1/admin/jobs/retry", body);
    let mine = json!({ "user_id": anna.account().id, "limit": 1 });
    let first = retry(&mine).expect(200).json();
    assert_eq!((first["retried"].as_array().map(Vec::len), &first["more"]), (Some(1), &json!(true)), "{first}");
    anna.finished(&text_at(&first, "/retried/0"));
    let all = retry(&json!({})).expect(200).json();
    assert_eq!((all["retried"].as_array().map(Vec::len), &all["more"]), (Some(3), &json!(false)), "{all}");
    for job in all["retried"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        wait_until("it has ended again", || {
            let detail = admin.get(&format!("/api/v1/admin/jobs/{job}")).expect(200).json();
            detail["job"]["status"] == "failed" && detail["errors"].as_array().map_or(0, Vec::len) >= 2
        });
    }
    retry(&json!({ "limit": 0 })).problem(422, "validation_failed");
    retry(&json!({ "kind": "no such" })).problem(422, "validation_failed");
}

#[test]
fn a_job_that_is_not_dead_is_not_tried_again() {
    let server = shared();
    let (anna, admin) = (server.analyst(), server.admin());
    anna.dataset("a\n1\n");
    let job = text_at(&anna.get("/api/v1/jobs").expect(200).json(), "/items/0/id");
    admin.request("POST", &format!("/api/v1/admin/jobs/{job}/retry")).send().problem(409, "conflict");
}
