"""The same job in Celery, RQ, Dramatiq and arq: count itself in Redis, so that its end can be seen from outside.

PEER names the library; REDIS_URL the server; CONCURRENCY how many jobs a worker of arq takes at once. Nothing keeps results: each library is set up for speed.
"""

import os

URL = os.environ["REDIS_URL"]
PEER = os.environ["PEER"]

if PEER == "arq":
    from arq.connections import RedisSettings

    async def count(context, counter):
        await context["redis"].incr(counter)

    class Settings:
        functions = [count]
        redis_settings = RedisSettings.from_dsn(URL)
        max_jobs = int(os.environ["CONCURRENCY"])
        keep_result = 0
        poll_delay = 0.01
else:
    import redis

    connection = redis.Redis.from_url(URL)

    def count(counter):
        connection.incr(counter)

if PEER == "celery":
    from celery import Celery

    app = Celery("noop", broker=URL)
    app.conf.task_ignore_result = True
    app.conf.worker_prefetch_multiplier = 64
    app.conf.broker_connection_retry_on_startup = True
    task = app.task(name="count")(count)
elif PEER == "dramatiq":
    import dramatiq
    from dramatiq.brokers.redis import RedisBroker

    dramatiq.set_broker(RedisBroker(url=URL, middleware=[]))
    actor = dramatiq.actor(count)
