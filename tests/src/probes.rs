//! Jobs of kind `probe`, followed from their 202 to their end: what was accepted, what was lost, what happened twice.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::actor::Actor;
use crate::answer::text_at;

/// Settings under which the limits of a user do not stop a load of thousands.
pub fn no_limits() -> Vec<(&'static str, String)> {
    let settings = ["PLOTLINE_JOBS_QUEUED_PER_USER", "PLOTLINE_JOBS_RUNNING_PER_USER"];
    settings.into_iter().map(|name| (name, "0".to_owned())).collect()
}

/// A probe that sleeps.
pub fn sleep(milliseconds: u64) -> Value {
    json!({ "sleep": { "milliseconds": milliseconds } })
}

/// A probe that computes without looking up.
pub fn spin(milliseconds: u64) -> Value {
    json!({ "spin": { "milliseconds": milliseconds } })
}

/// Everything submitted in one test. Shared by its threads.
#[derive(Debug)]
pub struct Probes {
    ledger: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The accepted jobs and the lines they shall leave in the ledger.
    accepted: Vec<(String, String)>,
    submitted: u64,
    /// How many submissions were answered otherwise, by status; 0 is a broken connection.
    refused: BTreeMap<u16, u64>,
}

impl Probes {
    pub fn new(ledger: impl Into<PathBuf>) -> Self {
        Self { ledger: ledger.into(), state: Mutex::default() }
    }

    /// Submits a probe in a lane; its id if it was accepted, otherwise the status (0: no answer).
    pub fn try_submit(&self, actor: &Actor<'_>, lane: &str, action: &Value) -> Result<String, u16> {
        let line = self.next_line();
        let ledger = json!({ "path": self.ledger, "line": line });
        let body = json!({ "action": action, "lane": lane, "ledger": ledger });
        let outcome = match actor.request("POST", "/api/v1/testing/probe").json(&body).try_send() {
            Ok(answer) if answer.status == 202 => Ok(text_at(&answer.json(), "/id")),
            Ok(answer) => Err(answer.status),
            Err(_) => Err(0),
        };
        let mut state = self.state.lock().unwrap();
        match &outcome {
            Ok(id) => state.accepted.push((id.clone(), line)),
            Err(status) => *state.refused.entry(*status).or_default() += 1,
        }
        outcome
    }

    /// The line that the next probe shall leave in the ledger.
    pub fn next_line(&self) -> String {
        let mut state = self.state.lock().unwrap();
        state.submitted += 1;
        format!("effect-{}", state.submitted)
    }

    /// Notes a job that was submitted otherwise than by HTTP.
    pub fn accept(&self, job: String, line: String) {
        self.state.lock().unwrap().accepted.push((job, line));
    }

    pub fn ledger(&self) -> &Path {
        &self.ledger
    }

    /// Submits a probe that must be accepted.
    #[track_caller]
    pub fn submit(&self, actor: &Actor<'_>, lane: &str, action: &Value) -> String {
        self.try_submit(actor, lane, action).unwrap_or_else(|status| panic!("a probe was answered with {status}"))
    }

    /// Submits this many from several threads; all must be accepted.
    pub fn submit_many(&self, actor: &Actor<'_>, lane: &str, action: &Value, count: usize) {
        const THREADS: usize = 8;
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                scope.spawn(move || {
                    for _ in (thread..count).step_by(THREADS) {
                        self.submit(actor, lane, action);
                    }
                });
            }
        });
    }

    /// The accepted jobs in their order.
    pub fn ids(&self) -> Vec<String> {
        self.state.lock().unwrap().accepted.iter().map(|(id, _)| id.clone()).collect()
    }

    pub fn accepted(&self) -> usize {
        self.state.lock().unwrap().accepted.len()
    }

    /// How many of the jobs in this state the account has, up to 200.
    pub fn in_state(actor: &Actor<'_>, status: &str) -> usize {
        let answer = actor.get(&format!("/api/v1/jobs?status={status}&limit=200")).expect(200).json();
        answer["items"].as_array().map_or(0, Vec::len)
    }

    /// Waits until no job of the account is queued or running. A load that still shrinks may take its time; one in
    /// which nothing ends for as long as `patience` stalls. Lost jobs are the audit's affair.
    pub fn wait_for_quiet(&self, actor: &Actor<'_>, patience: Duration) {
        let mut last = (usize::MAX, u64::MAX);
        let mut since = Instant::now();
        loop {
            let lines = std::fs::metadata(&self.ledger).map_or(0, |file| file.len());
            let now = (Self::in_state(actor, "queued") + Self::in_state(actor, "running"), lines);
            // A job may be put back between the two questions, so nothing must be left twice in a row.
            if (now.0 == 0 && last.0 == 0) || since.elapsed() > patience {
                return;
            }
            if now != last {
                (last, since) = (now, Instant::now());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Compares what was accepted with what the API and the ledger tell.
    pub fn audit(&self, actor: &Actor<'_>) -> Audit {
        let state = self.state.lock().unwrap();
        let jobs = all_jobs(actor);
        let lines = self.lines();
        let mut audit = Audit { refused: state.refused.clone(), ..Audit::default() };
        audit.doubled.extend(lines.iter().filter(|(_, attempts)| attempts.len() > 1).map(|(line, _)| line.clone()));
        let mut seen = HashSet::new();
        for (id, line) in &state.accepted {
            audit.accepted += 1;
            if !seen.insert(id) {
                audit.doubled.push(format!("id {id} was given to two requests"));
            }
            let job = jobs.get(id);
            let status = job.and_then(|job| job["status"].as_str()).unwrap_or("unknown");
            match status {
                "succeeded" | "failed" | "cancelled" => {}
                _ => audit.lost.push(format!("{id} is {status}")),
            }
            *audit.ended.entry(status.to_owned()).or_default() += 1;
            let Some(job) = job else { continue };
            if let Some(code) = job.pointer("/error/code").and_then(Value::as_str) {
                *audit.codes.entry(code.to_owned()).or_default() += 1;
            }
            *audit.attempts.entry(job["attempt"].as_u64().unwrap_or(0)).or_default() += 1;
            let witnessed = lines.get(line);
            match (status, witnessed) {
                ("succeeded", None) => audit.unwitnessed += 1,
                ("succeeded", Some(attempts)) if attempts.first() != job["attempt"].as_u64().as_ref() => {
                    audit.doubled.push(format!("{id}: attempt {} told, {attempts:?} witnessed", job["attempt"]));
                }
                ("failed" | "cancelled", Some(_)) => {
                    audit.doubled.push(format!("{id} is {status}, and its success was witnessed"));
                }
                _ => {}
            }
        }
        audit
    }

    /// The attempts witnessed for each effect.
    fn lines(&self) -> HashMap<String, Vec<u64>> {
        read_ledger(&self.ledger)
    }
}

fn read_ledger(path: &Path) -> HashMap<String, Vec<u64>> {
    let mut lines: HashMap<String, Vec<u64>> = HashMap::new();
    for line in std::fs::read_to_string(path).unwrap_or_default().lines() {
        let mut fields = line.split('\t');
        let (effect, attempt) = (fields.next().unwrap_or_default(), fields.nth(1));
        let attempt = attempt.and_then(|text| text.parse().ok()).unwrap_or(0);
        lines.entry(effect.to_owned()).or_default().push(attempt);
    }
    lines
}

/// Every job of the account by its id.
pub fn all_jobs(actor: &Actor<'_>) -> HashMap<String, Value> {
    let mut jobs = HashMap::new();
    let mut cursor = String::new();
    loop {
        let page = actor.get(&format!("/api/v1/jobs?limit=200{cursor}")).expect(200).json();
        for job in page["items"].as_array().into_iter().flatten() {
            jobs.insert(text_at(job, "/id"), job.clone());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return jobs,
        }
    }
}

/// How a load ended.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    pub accepted: u64,
    pub ended: BTreeMap<String, u64>,
    pub attempts: BTreeMap<u64, u64>,
    pub codes: BTreeMap<String, u64>,
    pub refused: BTreeMap<u16, u64>,
    /// Successes without a line: their worker was killed between commit and ledger.
    pub unwitnessed: u64,
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
}

impl Audit {
    /// Nothing lost, nothing twice.
    #[track_caller]
    pub fn check(&self) -> &Self {
        assert!(self.lost.is_empty() && self.doubled.is_empty(), "{self}");
        self
    }

    /// Moreover everything succeeded, in its first attempt.
    #[track_caller]
    pub fn check_untouched(&self) -> &Self {
        self.check();
        let clean =
            self.ended.get("succeeded") == Some(&self.accepted) && self.attempts.get(&1) == Some(&self.accepted);
        assert!(clean, "{self}");
        self
    }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} accepted, {} lost, {} doubled; ended {:?}, attempts {:?}, codes {:?}, refused {:?}, {} without a line",
            self.accepted,
            self.lost.len(),
            self.doubled.len(),
            self.ended,
            self.attempts,
            self.codes,
            self.refused,
            self.unwitnessed
        )?;
        for one in self.lost.iter().chain(&self.doubled).take(10) {
            write!(f, "\n  {one}")?;
        }
        Ok(())
    }
}
