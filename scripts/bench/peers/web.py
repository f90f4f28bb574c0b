"""What a FastAPI service would be: a signed token is checked, and a result that lies in Redis is sent."""

import os

import jwt
import redis.asyncio as redis
from fastapi import Depends, FastAPI, Header, HTTPException, Response

app = FastAPI()
server = redis.Redis.from_url(os.environ["REDIS_URL"])
SECRET = os.environ["BENCH_SECRET"]


async def caller(authorization: str = Header()):
    try:
        return jwt.decode(authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"])["sub"]
    except jwt.InvalidTokenError:
        raise HTTPException(401) from None


@app.get("/results/{name}")
async def result(name: str, user: str = Depends(caller)):
    body = await server.get(f"result:{user}:{name}")
    if body is None:
        raise HTTPException(404)
    return Response(body, media_type="application/json")
