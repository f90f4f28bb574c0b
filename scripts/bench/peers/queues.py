"""Measures one queue library: PEER=celery|rq|dramatiq|arq REDIS_URL=... CONCURRENCY=4 queues.py JOBS SINGLES

Prints one line of JSON: jobs a second for JOBS no-op jobs submitted one by one by this process to so many slots, and the
median and 99th percentile, in milliseconds, of SINGLES jobs on the idle queue, from submitting to their effect seen.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import redis

PEER = os.environ["PEER"]
URL = os.environ["REDIS_URL"]
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
CONCURRENCY = int(os.environ["CONCURRENCY"])
WORKERS = {
    "celery": [[BIN / "celery", "-A", "noop", "worker", "--pool", "prefork", "--concurrency", str(CONCURRENCY), "--loglevel", "ERROR",
                "--without-gossip", "--without-mingle", "--without-heartbeat"]],
    "rq": [[BIN / "rq", "worker", "--quiet", "--worker-class", "rq.worker.SimpleWorker", "--url", URL, "noop"]] * CONCURRENCY,
    "dramatiq": [[BIN / "dramatiq", "noop", "--processes", "2", "--threads", str(CONCURRENCY // 2)]],
    "arq": [[BIN / "arq", "noop.Settings"]],
}


def submitter():
    """What submits one job that will count up the key it is given."""
    if PEER == "rq":
        from rq import Queue

        queue = Queue("noop", connection=redis.Redis.from_url(URL))
        return lambda key: queue.enqueue("noop.count", key, result_ttl=0)
    import noop

    if PEER == "celery":
        return noop.task.delay
    if PEER == "dramatiq":
        return noop.actor.send
    from arq import create_pool

    loop = asyncio.new_event_loop()
    pool = loop.run_until_complete(create_pool(noop.Settings.redis_settings))
    return lambda key: loop.run_until_complete(pool.enqueue_job("count", key))


def wait_for(server, key, wanted, pause, limit):
    end = time.perf_counter() + limit
    while int(server.get(key) or 0) < wanted:
        if time.perf_counter() > end:
            sys.exit(f"{PEER}: {server.get(key)} of {wanted} jobs were done within {limit} seconds")
        time.sleep(pause)


def measure(server, jobs, singles):
    submit = submitter()
    submit("warm")
    wait_for(server, "warm", 1, 0.01, 30)
    time.sleep(1)
    start = time.perf_counter()
    for _ in range(jobs):
        submit("many")
    wait_for(server, "many", jobs, 0.002, 120)
    rate = jobs / (time.perf_counter() - start)
    milliseconds = []
    for number in range(1, singles + 1):
        # Not in step with a worker that polls.
        time.sleep(random.uniform(0.01, 0.05))
        start = time.perf_counter()
        submit("single")
        wait_for(server, "single", number, 0.0002, 10)
        milliseconds.append((time.perf_counter() - start) * 1e3)
    milliseconds.sort()
    return {"rate": rate, "p50": milliseconds[singles // 2], "p99": milliseconds[singles * 99 // 100]}


def main():
    server = redis.Redis.from_url(URL)
    server.flushdb()
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    workers = [subprocess.Popen(list(map(str, command)), cwd=HERE, env=environment, **quiet) for command in WORKERS[PEER]]
    try:
        print(json.dumps(measure(server, int(sys.argv[1]), int(sys.argv[2]))))
    finally:
        for worker in workers:
            os.killpg(worker.pid, signal.SIGTERM)
        for worker in workers:
            try:
                worker.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
        server.flushdb()


main()
