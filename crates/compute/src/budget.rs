//! One memory budget for all children: each may borrow what the others leave, and whoever took most gives way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// How often the memory of all children is read.
const SAMPLE: Duration = Duration::from_millis(100);

/// Shared by all pools of a process. When all children together hold more than the budget, the one that holds most is
/// stopped: by the pigeonhole principle that one is beyond its share (budget / children), so a job within its share
/// is never stopped because of its neighbours.
#[derive(Clone, Debug)]
pub struct Budget {
    children: Arc<Mutex<HashMap<u32, Watched>>>,
    bytes: u64,
}

#[derive(Debug)]
struct Watched {
    /// Cancelled when this child has to give its memory back.
    over: CancellationToken,
    resident: u64,
}

impl Budget {
    /// `bytes` for all children together; zero takes 60 % of the machine's (or the container's) memory. Starts the
    /// sampler, which ends with the last clone; needs a tokio runtime.
    pub fn start(bytes: u64) -> Self {
        let bytes = if bytes == 0 { machine_memory() / 10 * 6 } else { bytes };
        let budget = Self { children: Arc::default(), bytes };
        tokio::spawn(sample_loop(Arc::downgrade(&budget.children), bytes));
        budget
    }

    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Watches a child; the token is cancelled when it must be stopped for its memory.
    pub fn watch(&self, pid: u32) -> CancellationToken {
        let over = CancellationToken::new();
        lock(&self.children).insert(pid, Watched { over: over.clone(), resident: 0 });
        over
    }

    pub fn forget(&self, pid: u32) {
        lock(&self.children).remove(&pid);
    }
}

async fn sample_loop(children: Weak<Mutex<HashMap<u32, Watched>>>, bytes: u64) {
    let mut timer = tokio::time::interval(SAMPLE);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        let Some(children) = children.upgrade() else { return };
        let mut children = lock(&children);
        for (pid, watched) in children.iter_mut() {
            watched.resident = private_bytes(*pid).unwrap_or(0);
        }
        let total: u64 = children.values().map(|watched| watched.resident).sum();
        if total <= bytes {
            continue;
        }
        let largest = children.iter().max_by_key(|(_, watched)| watched.resident);
        if let Some((pid, watched)) = largest {
            tracing::warn!(pid, resident = watched.resident, total, budget = bytes, "children use too much memory");
            // The reason first, then the deed: whoever sees the child die finds out why. An idle child just goes.
            watched.over.cancel();
            kill(*pid);
        }
    }
}

/// A watched child has not been waited for, so its number cannot be another process' by now.
fn kill(pid: u32) {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
}

/// Resident bytes of a process that are its own: file pages that it maps belong to the system's cache.
pub fn private_bytes(pid: u32) -> Option<u64> {
    let statm = std::fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let mut pages = statm.split(' ').skip(1).map(|field| field.parse::<u64>().unwrap_or(0));
    let (resident, shared) = (pages.next()?, pages.next()?);
    Some(resident.saturating_sub(shared) * rustix::param::page_size() as u64)
}

/// Bytes of memory that this process may use: the machine's, or the container's limit where that is less.
pub fn machine_memory() -> u64 {
    let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib: u64 = total.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(2 << 20);
    let container = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let limit = container.iter().find_map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok());
    limit.map_or(kib << 10, |limit| limit.min(kib << 10))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_of_this_machine_and_process_is_known() {
        assert!(machine_memory() > 64 << 20);
        let own = private_bytes(std::process::id()).unwrap();
        assert!(own > 100_000 && own < machine_memory());
        assert_eq!(private_bytes(u32::MAX), None);
    }

    #[tokio::test]
    async fn the_largest_child_is_told_to_go_when_the_budget_is_spent() {
        let budget = Budget::start(1);
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let over = budget.watch(child.id());
        tokio::time::timeout(Duration::from_secs(10), over.cancelled()).await.unwrap();
        assert!(!child.wait().unwrap().success(), "it is killed");
        budget.forget(child.id());
        let within = Budget::start(machine_memory());
        let over = within.watch(std::process::id());
        assert!(tokio::time::timeout(Duration::from_millis(400), over.cancelled()).await.is_err());
    }
}
