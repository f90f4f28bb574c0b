//! Work shared out to a few threads, answered in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Result;
use crate::failures::lost_thread;

/// At most so many threads compute at once, and so many columns are in memory beside those that a kind keeps.
pub(crate) const WORKERS: usize = 2;

/// `work` of every number below `count`, in order.
pub(crate) fn map<R: Send>(count: usize, work: impl Fn(usize) -> Result<R> + Sync) -> Result<Vec<R>> {
    map_among(WORKERS, count, work)
}

/// The same with so many workers.
pub(crate) fn map_among<R: Send>(
    workers: usize,
    count: usize,
    work: impl Fn(usize) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let run = || -> Result<Vec<(usize, R)>> {
        let mut found = Vec::new();
        loop {
            let item = next.fetch_add(1, Ordering::Relaxed);
            if item >= count {
                return Ok(found);
            }
            found.push((item, work(item)?));
        }
    };
    let mut found = thread::scope(|scope| {
        let helpers: Vec<_> = (1..workers.min(count)).map(|_| scope.spawn(run)).collect();
        let mut found = run()?;
        for helper in helpers {
            found.extend(helper.join().map_err(|_| lost_thread())??);
        }
        Ok(found)
    })?;
    found.sort_unstable_by_key(|(item, _)| *item);
    Ok(found.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_order_and_failures_come_through() {
        assert_eq!(map(100, |item| Ok(item * 2)).unwrap(), (0..100).map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(map(0, Ok).unwrap(), Vec::<usize>::new());
        assert!(map(10, |item| if item == 7 { Err(lost_thread()) } else { Ok(()) }).is_err());
    }
}
