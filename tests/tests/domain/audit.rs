//! Audit events: recorded, listed newest first, filtered, and never lost to a page.

use domain::audit::{AuditQuery, Event, audit_list, audit_record};
use domain::{Database, new_id};
use serde_json::json;
use uuid::Uuid;

use crate::databases::{on_each_database, read, write};

fn record(database: &Database, actor: Option<Uuid>, action: &str, number: u32) {
    let event = Event {
        actor,
        action,
        target: Some(format!("target\0{number}")),
        address: "127.0.0.1".into(),
        request_id: format!("request-{number}"),
        outcome: "ok",
        detail: json!({ "number": number }),
    };
    write(database, |conn| audit_record(conn, &event));
}

#[test]
fn events_come_back_as_they_happened() {
    on_each_database(|database| {
        let anna = new_id();
        for number in 0..7 {
            let (actor, action) = if number % 2 == 0 { (Some(anna), "auth.login") } else { (None, "auth.register") };
            record(database, actor, action, number);
        }
        let walk = |query: AuditQuery| {
            let mut query = AuditQuery { limit: 2, ..query };
            let mut numbers = Vec::new();
            loop {
                let page = read(database, |conn| audit_list(conn, &query));
                numbers.extend(page.items.iter().map(|event| event.detail["number"].as_u64().expect("a number")));
                query.cursor = page.next_cursor;
                if query.cursor.is_none() {
                    return numbers;
                }
            }
        };
        assert_eq!(walk(AuditQuery::default()), [6, 5, 4, 3, 2, 1, 0]);
        assert_eq!(walk(AuditQuery { actor: Some(anna), ..AuditQuery::default() }), [6, 4, 2, 0]);
        let registered = AuditQuery { action: Some("auth.register".into()), ..AuditQuery::default() };
        assert_eq!(walk(registered), [5, 3, 1]);
        let about = |target: &str| AuditQuery { target: Some(target.into()), ..AuditQuery::default() };
        assert_eq!((walk(about("target3")), walk(about("target"))), (vec![3], vec![]));
        assert_eq!(walk(AuditQuery { outcome: Some("denied".into()), ..AuditQuery::default() }), [0; 0]);
        let page = read(database, |conn| audit_list(conn, &AuditQuery::default()));
        assert_eq!(page.items[0].target.as_deref(), Some("target6"));
        assert_eq!((page.items[0].actor, page.items[0].request_id.as_str()), (Some(anna), "request-6"));
    });
}
