//! What a compute child costs a job that computes nothing: the way to a warm child and back.

use std::time::{Duration, Instant};

use compute::{Budget, CancellationToken, Pool, PoolConfig, Task};
use contract::probe::ProbeParams;
use tokio::runtime::Runtime;

use crate::figures::median;

const TIMES: usize = 1_000;

/// The median, in milliseconds.
pub fn round_trip(runtime: &Runtime, params: &ProbeParams) -> f64 {
    runtime.block_on(async {
        let config = PoolConfig {
            program: tests::program::program().to_owned(),
            args: vec!["compute".to_owned()],
            size: 1,
            max_threads: 1,
            recycle_after: u32::MAX,
            nice: 0,
            folders: None,
        };
        let pool = Pool::new(config, Budget::start(0));
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let start = Instant::now();
            let task = Task::Probe { params: params.clone(), attempt: 1 };
            let done = pool.run(task, Duration::from_secs(10), CancellationToken::new(), |_| {}).await;
            done.expect("nothing goes wrong with nothing");
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        pool.shutdown().await;
        median(times)
    })
}
