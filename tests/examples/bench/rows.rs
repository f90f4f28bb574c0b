//! Windows of a stored table: pages wherever they are, and the first page of an order that nobody asked for before.

use std::time::Instant;

use tests::{Actor, Server};

use crate::figures::Asked::AtMost;
use crate::figures::{Figure, percentile};

const ROWS: u64 = 1_000_000;

pub fn measure() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let id = anna.dataset(tests::files::orders(ROWS));
    let path = format!("/api/v1/datasets/{id}/rows");
    let first: Vec<f64> = ["-revenue", "ordered_at", "product,-unit_price", "note", "customer_id", "order_id"]
        .iter()
        .map(|sort| milliseconds(&anna, &format!("{path}?limit=100&sort={sort}")))
        .collect();
    println!("new sorts: {first:.0?} ms");
    let pages: Vec<f64> =
        (0..60).map(|page| milliseconds(&anna, &format!("{path}?limit=100&offset={}", page * 16_661))).collect();
    let sorted =
        (0..60).map(|page| milliseconds(&anna, &format!("{path}?limit=100&sort=-revenue&offset={}", page * 16_661)));
    vec![
        Figure::new("new sort of 1,000,000 x 12, slowest of six", "ms", AtMost(800.0), percentile(first, 1.0)),
        Figure::new("page of 100 rows anywhere, p95", "ms", AtMost(100.0), percentile(pages, 0.95)),
        Figure::new("page of a sorted table anywhere, p95", "ms", AtMost(100.0), percentile(sorted.collect(), 0.95)),
    ]
}

fn milliseconds(anna: &Actor<'_>, path: &str) -> f64 {
    let start = Instant::now();
    anna.get(path).expect(200);
    start.elapsed().as_secs_f64() * 1e3
}
