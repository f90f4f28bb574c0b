"""Runs Schemathesis against a server of its own as administrator, analyst and nobody: fixed seed, all checks.

Usage: run.py PROGRAM DOCUMENT. Ends with code 0 if no check failed.
"""

import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import tomllib
import urllib.request

HERE = pathlib.Path(__file__).parent
SEED = "20240229"
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "6")
MOST_EXCLUSIONS = 5


def main(program, document):
    exclusions = tomllib.loads((HERE / "schemathesis.toml").read_text()).get("operations", [])
    if len(exclusions) > MOST_EXCLUSIONS:
        sys.exit(f"schemathesis.toml has {len(exclusions)} exclusions; at most {MOST_EXCLUSIONS} are allowed")
    with tempfile.TemporaryDirectory(prefix="plotline-schemathesis-") as folder:
        server, url = started(program, folder)
        try:
            tokens = {"administrator": token(url, "admin@example.test"), "analyst": token(url, "analyst@example.test"), "nobody": None}
            for name in ("administrator", "analyst"):
                upload(url, tokens[name])
            failed = [name for name, held in tokens.items() if not run(name, held, url, document, folder)]
            if server.poll() is not None:
                failed.append(f"the server ended with code {server.returncode}")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
    if failed:
        sys.exit("Schemathesis found something: " + ", ".join(failed))
    print(f"Schemathesis: {len(tokens)} passed")


PASSWORD = secrets.token_urlsafe(24)


def started(program, folder):
    settings = {
        "PLOTLINE_ENVIRONMENT": "testing", "PLOTLINE_DATA_DIR": f"{folder}/data", "PLOTLINE_HTTP_ADDR": "127.0.0.1:0",
        "PLOTLINE_AUTH_BCRYPT_COST": "4", "PLOTLINE_AUTH_ATTEMPTS_PER_MINUTE": "100000", "PLOTLINE_AUTH_ACCESS_MINUTES": "60",
        "PLOTLINE_ADMIN_EMAIL": "admin@example.test", "PLOTLINE_ADMIN_PASSWORD": PASSWORD,
        "PLOTLINE_JOBS_QUEUED_PER_USER": "100000",
    }
    log = open(f"{folder}/log", "w+")
    server = subprocess.Popen([program, "serve"], env={"PATH": os.environ["PATH"], **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seen = []
    for line in server.stderr:
        seen.append(line)
        found = re.search(r"listening on (http://[\d.]+:\d+)", line)
        if found:
            # Nobody reads the rest; it must not fill the pipe.
            subprocess.Popen(["cat"], stdin=server.stderr, stdout=log)
            return server, found.group(1)
    sys.exit("the server did not start:\n" + "".join(seen))


def ask(url, body=None, held=None, kind="application/json"):
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {held}"} if held else {})
    with urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers), timeout=60) as answer:
        return json.load(answer)


def token(url, email):
    if not email.startswith("admin"):
        account = {"email": email, "username": email.split("@")[0], "password": PASSWORD}
        ask(f"{url}/api/v1/auth/register", json.dumps(account).encode())
    return ask(f"{url}/api/v1/auth/login", json.dumps({"email": email, "password": PASSWORD}).encode())["access_token"]


def upload(url, held):
    table = "order_date,country,revenue\n" + "".join(f"2024-{m:02d}-01,{c},{m * 10.5}\n" for m in range(1, 13) for c in ("DE", "FR"))
    ask(f"{url}/api/v1/datasets/upload?name=orders.csv", table.encode(), held, "text/csv")


def run(name, held, url, document, folder):
    print(f"--- as {name}", flush=True)
    tool = pathlib.Path(sys.executable).parent / "st"
    command = [str(tool), "--config-file", str(HERE / "schemathesis.toml"), "run", document, "--url", url, "--seed", SEED,
               "--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--no-shrink",
               "--continue-on-failure", "--generation-database", "none", "--no-color", "--warnings", "off", "--workers", "2"]
    if held:
        command += ["--header", f"Authorization: Bearer {held}"]
    return subprocess.run(command, cwd=folder).returncode == 0


if __name__ == "__main__":
    main(*map(os.path.realpath, sys.argv[1:3]))
