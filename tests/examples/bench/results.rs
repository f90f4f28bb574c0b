//! Reading a result again and again, beside FastAPI with Redis.

use std::process::Command;

use serde_json::json;
use tests::Server;
use tests::answer::text_at;
use tests::redis::RedisServer;

use crate::figures::Asked::{AtLeast, AtMost, Told};
use crate::figures::{Figure, median};
use crate::peers::{FastApi, SECRET, ask_python};

const ROUNDS: usize = 3;
const SECONDS: &str = "5s";

struct Load {
    /// Requests a second.
    rate: f64,
    /// Milliseconds.
    p99: f64,
}

pub fn measure() -> Vec<Figure> {
    // FastAPI writes no line for each request either.
    let server = Server::with(&[("PLOTLINE_LOG_LEVEL", "warn")]);
    let anna = server.analyst();
    let dataset = anna.dataset(tests::files::orders(1_000));
    // As many columns and top values as make about 5 KB.
    let body = json!({ "dataset_id": dataset, "top": 5 });
    let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30");
    let job = request.json(&body).send().expect(200).json();
    let path = format!("/api/v1/jobs/{}/results", text_at(&job, "/id"));
    let result = anna.get(&path).expect(200).text();
    println!("GET {path}: {} bytes; wrk -t2 -c50, {SECONDS} in each of {ROUNDS} rounds, A B A B", result.len());
    println!("beside FastAPI (uvicorn, 2 workers) that checks a token and reads the same bytes from Redis");
    let redis = RedisServer::start();
    let peer = FastApi::start(&redis.url());
    let token = prepare_peer(&redis, &result);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let mine = wrk(&format!("http://{}{path}", server.address()), &anna.account().access_token);
        let other = wrk(&format!("http://{}/results/one", peer.address), &token);
        println!(
            "round {round}: {:.0} requests/s, p99 {:.2} ms; FastAPI {:.0}, {:.2} ms",
            mine.rate, mine.p99, other.rate, other.p99
        );
        ours.push(mine);
        theirs.push(other);
    }
    let rate = |loads: &[Load]| median(loads.iter().map(|load| load.rate).collect());
    let p99 = |loads: &[Load]| median(loads.iter().map(|load| load.p99).collect());
    vec![
        Figure::new("a result of 5 KB, read again", "/s", Told, rate(&ours)),
        Figure::new("the same bytes from FastAPI with Redis", "/s", Told, rate(&theirs)),
        Figure::new("results against FastAPI with Redis", "x", AtLeast(4.0), rate(&ours) / rate(&theirs)),
        Figure::new("a result of 5 KB, p99", "ms", AtMost(15.0), p99(&ours)),
    ]
}

/// Puts the same bytes into the peer's Redis; answers a token for it.
fn prepare_peer(redis: &RedisServer, result: &str) -> String {
    const CODE: &str = "import sys, time, jwt, redis\n\
        redis.Redis.from_url(sys.argv[1]).set('result:anna:one', sys.argv[2])\n\
        print(jwt.encode({'sub': 'anna', 'exp': int(time.time()) + 3600}, sys.argv[3], 'HS256'))";
    ask_python(CODE, &[&format!("{}/6", redis.url()), result, SECRET])
}

fn wrk(url: &str, token: &str) -> Load {
    let header = format!("Authorization: Bearer {token}");
    let arguments = ["-t2", "-c50", "-d", SECONDS, "--latency", "-H", &header, url];
    let output = Command::new("wrk").args(arguments).output().expect("wrk is installed (scripts/bench.sh installs it)");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "{text}");
    let figure = |label: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(label)).unwrap_or_else(|| panic!("{text}"));
        line.trim().to_owned()
    };
    Load { rate: figure("Requests/sec:").parse().expect("a number"), p99: milliseconds(&figure("99%")) }
}

/// wrk writes 812.00us, 3.41ms or 1.02s.
fn milliseconds(text: &str) -> f64 {
    let (number, factor) = match (text.strip_suffix("us"), text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), ..) => (number, 1e-3),
        (_, Some(number), _) => (number, 1.0),
        (_, _, Some(number)) => (number, 1e3),
        _ => panic!("{text} is no time"),
    };
    number.parse::<f64>().expect("a number") * factor
}
