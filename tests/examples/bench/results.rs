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

/// What each server is asked for, under which name, at which address, with which token.
struct Reader {
    url: String,
    token: String,
    loads: Vec<Load>,
}

impl Reader {
    fn of(server: &Server) -> (Self, String) {
        let anna = server.analyst();
        let dataset = anna.dataset(tests::files::orders(1_000));
        // As many columns and top values as make about 5 KB.
        let columns = ["category", "country", "quantity", "unit_price", "revenue", "returned"];
        let body = json!({ "dataset_id": dataset, "columns": columns, "top": 5 });
        let request = anna.request("POST", "/api/v1/analysis/descriptive").header("prefer", "wait=30");
        let job = request.json(&body).send().expect(200).json();
        let path = format!("/api/v1/jobs/{}/results", text_at(&job, "/id"));
        let result = anna.get(&path).expect(200).text();
        let url = format!("http://{}{path}", server.address());
        (Self { url, token: anna.account().access_token.clone(), loads: Vec::new() }, result)
    }

    fn read(&mut self) -> String {
        let load = wrk(&self.url, &self.token);
        let told = format!("{:.0} requests/s, p99 {:.2} ms", load.rate, load.p99);
        self.loads.push(load);
        told
    }

    fn rate(&self) -> f64 {
        median(self.loads.iter().map(|load| load.rate).collect())
    }

    fn p99(&self) -> f64 {
        median(self.loads.iter().map(|load| load.p99).collect())
    }
}

pub fn measure() -> Vec<Figure> {
    let telling = Server::start();
    // As FastAPI runs here: without a line for each request.
    let silent = Server::with(&[("PLOTLINE_LOG_LEVEL", "info,requests=warn")]);
    let (mut ours, _) = Reader::of(&telling);
    let (mut quiet, result) = Reader::of(&silent);
    println!("GET {}: {} bytes; wrk -t2 -c50, {SECONDS} in each of {ROUNDS} rounds, in turns", quiet.url, result.len());
    println!("beside FastAPI (uvicorn, 2 workers) that checks a token and reads the same bytes from Redis");
    let redis = RedisServer::start();
    let peer = FastApi::start(&redis.url());
    let token = prepare_peer(&redis, &result);
    let mut peer = (Reader { url: format!("http://{}/results/one", peer.address), token, loads: Vec::new() }, peer);
    for round in 1..=ROUNDS {
        println!("round {round}: {}; without log lines {}; FastAPI {}", ours.read(), quiet.read(), peer.0.read());
    }
    let theirs = peer.0.rate();
    vec![
        Figure::new("a result of 5 KB, read again", "/s", Told, ours.rate()),
        Figure::new("the same without a log line for each request", "/s", Told, quiet.rate()),
        Figure::new("the same bytes from FastAPI with Redis, without log lines", "/s", Told, theirs),
        Figure::new("results against FastAPI with Redis", "x", AtLeast(4.0), ours.rate() / theirs),
        Figure::new(
            "results against FastAPI with Redis, both without log lines",
            "x",
            AtLeast(4.0),
            quiet.rate() / theirs,
        ),
        Figure::new("a result of 5 KB, p99", "ms", AtMost(15.0), ours.p99()),
        Figure::new("FastAPI's p99", "ms", Told, peer.0.p99()),
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
