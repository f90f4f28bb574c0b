//! Health: what monitors and people ask first.

use serde_json::json;
use tests::shared;

#[test]
fn the_health_of_each_part_is_told() {
    let server = shared();
    for path in ["/api/health", "/health/ready"] {
        let health = server.anonymous().get(path).expect(200).json();
        assert_eq!(health["status"], "ok", "{health}");
        let version = health["version"].as_str().unwrap_or_default();
        assert_eq!(version.split('.').count(), 3, "{health}");
        for part in ["database", "queue", "storage", "disk", "worker"] {
            assert_eq!(health["parts"][part]["status"], "ok", "{part}: {health}");
        }
    }
    server.anonymous().get("/health/live").expect(200);
}

#[test]
fn the_api_root_tells_where_things_are() {
    let server = shared();
    let root = server.anonymous().request("GET", "/").header("accept", "application/json").send().expect(200).json();
    for place in ["documentation", "openapi", "health"] {
        let path = root[place].as_str().unwrap_or_default().to_owned();
        assert!(server.anonymous().get(&path).status < 400, "{place}: {path}");
    }
    assert_eq!(root["name"].as_str().map(str::to_lowercase).as_deref(), Some("plotline"));
    let page = server.anonymous().request("GET", "/").header("accept", "text/html").send().expect(200);
    assert!(page.text().contains("<html"), "a browser gets a page");
}

#[test]
fn health_does_not_depend_on_an_account() {
    let server = shared();
    let health = server.analyst().get("/api/health").expect(200).json();
    assert_eq!(health["status"], json!("ok"));
}
