"""What a FastAPI service would be that takes a file: a form with one file, written to disk in pieces, hashed and synced."""

import hashlib
import os
import uuid

from fastapi import FastAPI, UploadFile

app = FastAPI()
FOLDER = os.environ["BENCH_FOLDER"]


@app.post("/upload")
def upload(file: UploadFile):
    digest, size = hashlib.sha256(), 0
    path = os.path.join(FOLDER, uuid.uuid4().hex)
    with open(path, "wb") as target:
        while piece := file.file.read(1 << 20):
            digest.update(piece)
            target.write(piece)
            size += len(piece)
        target.flush()
        os.fsync(target.fileno())
    folder = os.open(FOLDER, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return {"bytes": size, "sha256": digest.hexdigest()}
