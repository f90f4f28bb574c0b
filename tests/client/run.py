"""The README's session with a client generated from the document, against a server of its own.

Usage: run.py PROGRAM DOCUMENT. Ends with code 0 if every answer is what the session says.
"""

import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

PASSWORD = "plum-orbit-canyon-47"


def main(program, document):
    with tempfile.TemporaryDirectory(prefix="plotline-client-") as folder:
        generate(document, folder)
        sys.path.insert(0, folder)
        log = open(f"{folder}/log", "w+")
        server = subprocess.Popen(
            [program, "serve"], stdout=log, stderr=log,
            env={"PATH": os.environ["PATH"], "PLOTLINE_DATA_DIR": f"{folder}/data", "PLOTLINE_HTTP_ADDR": "127.0.0.1:0"})
        try:
            session(address(server, log.name))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
    print("client: 1 passed")


def generate(document, folder):
    api = json.loads(pathlib.Path(document).read_text())
    # The generator tells the bodies of an operation apart with isinstance, which Python refuses for a list of something.
    api["paths"]["/api/v1/datasets/upload"]["post"]["requestBody"]["content"].pop("application/json", None)
    path = pathlib.Path(folder) / "openapi.json"
    path.write_text(json.dumps(api))
    tool = pathlib.Path(sys.executable).parent
    command = [str(tool / "openapi-python-client"), "generate", "--path", str(path), "--meta", "none", "--output-path", f"{folder}/plotline_client"]
    made = subprocess.run(command, capture_output=True, text=True, env={"PATH": f"{tool}:{os.environ['PATH']}"}, cwd=folder)
    # Raw bodies in text and pictures are not for this generator; a form carries the file. Everything else must be understood.
    unknown = [text for text in re.findall(r"^(?:Unsupported|Cannot).*$", made.stdout + made.stderr, re.MULTILINE)
               if not re.search(r"content[ _]type (text/|image/|application/(x-ndjson|problem))", text)]
    if made.returncode != 0 or unknown:
        sys.exit(f"the client could not be made:\n{made.stdout}\n{made.stderr}")


def address(server, log):
    import time
    for _ in range(600):
        found = re.search(r"listening on (http://[\d.]+:\d+)", pathlib.Path(log).read_text())
        if found:
            return found.group(1)
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("the server did not start:\n" + pathlib.Path(log).read_text())


def session(url):
    from plotline_client import AuthenticatedClient, Client, models
    from plotline_client.api.accounts import auth_login, auth_register
    from plotline_client.api.analysis import analysis_descriptive, analysis_kinds
    from plotline_client.api.datasets import dataset_preview, dataset_profile, dataset_statistics, dataset_upload
    from plotline_client.api.jobs import job_fetch, job_result
    from plotline_client.types import File

    stranger = Client(base_url=url)
    account = auth_register.sync(client=stranger, body=models.RegisterRequest(email="ada@example.org", username="ada", password=PASSWORD))
    equal((account.username, account.role), ("ada", models.Role.ADMIN))
    signed_in = auth_login.sync(client=stranger, body=models.LoginRequest(username="ada", password=PASSWORD))
    ada = AuthenticatedClient(base_url=url, token=signed_in.access_token)

    uploaded = dataset_upload.sync(client=ada, body=models.Uploadable(file=File(payload=io.BytesIO(orders()), file_name="orders.csv"), name="Orders"))
    job = job_fetch.sync(uploaded.job.id, client=ada, wait=30)
    equal((uploaded.dataset.name, job.kind, job.status.value, job.attempt), ("Orders", "ingest", "succeeded", 1))

    preview = dataset_preview.sync(uploaded.dataset.id, client=ada, limit=3)
    equal(preview.rows[0], [1, "2024-02-02", "FR", 2, 5.01, None])
    profile = dataset_profile.sync(uploaded.dataset.id, client=ada)
    equal([column.distinct for column in profile.columns], [120000, 84, 5, 9, 4000, 1])

    body = models.DescriptiveParams(dataset_id=uploaded.dataset.id, columns=["quantity", "country"], top=2, exact=True)
    started = analysis_descriptive.sync_detailed(client=ada, body=body)
    equal((started.status_code.value, started.parsed.cached), (202, False))
    job = job_fetch.sync(started.parsed.id, client=ada, wait=30)
    equal((job.status.value, job.attempt), ("succeeded", 1))
    result = job_result.sync(started.parsed.id, client=ada).result.to_dict()
    equal(result["columns"][0]["numeric"]["mean"], 4.99995)
    equal(result["columns"][1]["top"], [{"value": "BR", "count": 24000}, {"value": "DE", "count": 24000}])

    again = analysis_descriptive.sync_detailed(client=ada, body=body)
    equal((again.status_code.value, again.parsed.cached, again.parsed.status.value), (200, True, "succeeded"))
    equal(again.parsed.result.columns[0].numeric.median, 5.0)
    wrong = models.DescriptiveParams(dataset_id=uploaded.dataset.id, columns=["quantty"])
    refused = analysis_descriptive.sync_detailed(client=ada, body=wrong)
    equal((refused.status_code.value, refused.parsed.errors[0].pointer), (422, "/columns/0"))

    statistics = dataset_statistics.sync(uploaded.dataset.id, client=ada, by="country", columns="quantity")
    equal([group.rows for group in statistics.items], [24000] * 5)
    kinds = analysis_kinds.sync(client=ada)
    equal([kind.name for kind in kinds.items], sorted(kind.name for kind in kinds.items))


def orders():
    lines = ["order_id,ordered_on,country,quantity,unit_price,note"]
    countries = ["DE", "FR", "US", "JP", "BR"]
    for i in range(1, 120001):
        note = "" if i % 3 else "gift"
        lines.append(f"{i},2024-{1 + i % 12:02d}-{1 + i % 28:02d},{countries[i % 5]},{1 + i % 9},{5 + i % 4000 / 100:.2f},{note}")
    return ("\n".join(lines) + "\n").encode()


def equal(found, expected):
    if found != expected:
        sys.exit(f"{found!r} is not {expected!r}")


if __name__ == "__main__":
    main(*map(os.path.realpath, sys.argv[1:3]))
