"""Charts of every kind over the API: their figures open in Plotly for Python, and their files are what they say.

Usage: run.py PROGRAM FOLDER [PICTURES]. Writes each figure to FOLDER as KIND-THEME.json, for the check against Plotly's
schema, and to PICTURES, if given, its PNG: docs/images/charts is made this way, by scripts/screenshots.sh. Ends with code
0 if all is well.
"""

import datetime
import io
import json
import os
import pathlib
import random
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree

import plotly.io
import pypdf

from specs import SPECS

# Of the pictures.
THEME = os.environ.get("THEME", "light")
PASSWORD = "plum-orbit-canyon-47"
PLACES = [("Germany", (10, 51)), ("France", (2, 47)), ("United States", (-95, 39)), ("Japan", (138, 36)), ("Brazil", (-47, -15))]


def main(program, folder, pictures=None):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="plotline-figures-") as home:
        log = open(f"{home}/log", "w+")
        server = subprocess.Popen(
            [program, "serve"], stdout=log, stderr=log,
            env={"PATH": os.environ["PATH"], "PLOTLINE_DATA_DIR": f"{home}/data", "PLOTLINE_HTTP_ADDR": "127.0.0.1:0"})
        try:
            kinds = check(Client(address(server, log.name)), folder, pictures)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
    print(f"figures: {kinds} passed")


class Client:
    def __init__(self, url):
        self.url, self.token = url, None
        self.post("/auth/register", {"email": "ada@example.org", "username": "ada", "password": PASSWORD})
        self.token = self.post("/auth/login", {"username": "ada", "password": PASSWORD})["access_token"]

    def send(self, method, path, body=None, kind="application/json"):
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data=body, method=method)
        request.add_header("content-type", kind)
        if self.token:
            request.add_header("authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path}: {error.code} {error.read().decode()}\n{(body or b'')[:500]}")

    def post(self, path, body):
        return json.loads(self.send("POST", path, json.dumps(body).encode()))

    def get(self, path):
        return json.loads(self.send("GET", path))


def check(client, folder, pictures):
    if pictures:
        pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
    uploaded = json.loads(client.send("POST", "/datasets/upload?name=orders", orders(), "text/csv"))
    job = client.get(f"/jobs/{uploaded['job']['id']}?wait=30")
    assert job["status"] == "succeeded", job
    kinds = client.get("/visualizations/kinds")["items"]
    for kind in kinds:
        spec = {"kind": kind["name"], "dataset_id": uploaded["dataset"]["id"], "title": f"A <{kind['title']}> & more"} | kind["example"]
        if kind["name"] == "point_map":
            spec |= {"x": {"column": "longitude"}, "y": [{"column": "latitude"}]}
        for theme in ("light", "dark"):
            item = client.post("/visualizations/chart", {"charts": [spec], "theme": theme})["items"][0]
            assert "error" not in item, (kind["name"], item)
            figures(kind["name"], theme, item["chart"], folder)
            if pictures and theme == THEME:
                body = {"chart": {key: value for key, value in spec.items() if key != "title"}, "theme": theme, "width": 720, "height": 420}
                picture = client.send("POST", "/visualizations/export", json.dumps(body).encode())
                pathlib.Path(pictures, f"{kind['name']}.png").write_bytes(picture)
        files(client, kind["name"], spec)
    asked = [spec | {"dataset_id": uploaded["dataset"]["id"]} for _, spec, _ in SPECS]
    answers = client.post("/visualizations/chart", {"charts": asked})["items"]
    wrong = []
    for (name, _, holds), chart, item in zip(SPECS, asked, answers, strict=True):
        assert "error" not in item, (name, item)
        figure = figures(name, "light", item["chart"], folder)
        if not holds(figure):
            wrong.append(name)
        svg = client.send("POST", "/visualizations/export", json.dumps({"chart": chart, "format": "svg"}).encode())
        assert xml.etree.ElementTree.fromstring(svg).tag.endswith("svg"), name
    assert not wrong, f"these figures are not what their specs ask for, see {folder}: {wrong}"
    return len(kinds) + len(SPECS)


def figures(name, theme, chart, folder):
    text = json.dumps(chart["figure"])
    pathlib.Path(folder, f"{name}-{theme}.json").write_text(text)
    # Refuses every property and value that Plotly does not know.
    figure = plotly.io.from_json(text, skip_invalid=False)
    assert len(figure.data) > 0, name
    assert chart["sentence"].endswith("."), (name, chart["sentence"])
    assert chart["table"]["rows"] and chart["table"]["columns"], name
    return figure


def files(client, name, spec):
    draw = lambda **options: client.send("POST", "/visualizations/export", json.dumps({"chart": spec} | options).encode())
    png = draw(format="png", width=640, height=400, scale=2)
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (1280, 800), name
    svg = xml.etree.ElementTree.fromstring(draw(format="svg"))
    assert svg.tag.endswith("svg") and svg.get("viewBox"), name
    assert not [element for element in svg.iter() if element.tag.endswith("script")], name
    pdf = pypdf.PdfReader(io.BytesIO(draw(format="pdf", width=640, height=400)))
    page = pdf.pages[0]
    assert len(pdf.pages) == 1 and abs(float(page.mediabox.width) / float(page.mediabox.height) - 1.6) < 0.01, name
    # Selectable: the title comes back as text, whatever the spaces.
    words = re.sub(r"\s+", "", page.extract_text())
    assert re.sub(r"\s+", "", spec["title"]) in words, (name, words)
    csv = draw(format="csv").decode()
    assert csv.count("\n") >= 2, (name, csv)


def address(server, log):
    for _ in range(600):
        found = re.search(r"listening on (http://[\d.]+:\d+)", pathlib.Path(log).read_text())
        if found:
            return found.group(1)
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("the server did not start:\n" + pathlib.Path(log).read_text())


def orders():
    """Two years of orders that grow and have a season, from a seed."""
    chance, lines = random.Random(7), ["order_id,ordered_on,country,quantity,unit_price,note,longitude,latitude,placed_at"]
    first = datetime.date(2023, 1, 1)
    for i in range(1, 3001):
        day = int(730 * chance.betavariate(1.4, 1.0))
        if chance.random() < 0.35:
            day = 730 - 365 * (day % 2) - 1 - int(chance.expovariate(1 / 40)) % 330
        country, (x, y) = chance.choices(PLACES, weights=[9, 6, 12, 4, 5])[0]
        quantity, price = 1 + min(11, int(chance.expovariate(0.45))), chance.lognormvariate(3 + 0.2 * (country == "Japan"), 0.5)
        place = f"{chance.gauss(x, 3):.3f},{chance.gauss(y, 3):.3f}"
        note = "gift" if chance.random() < 0.3 else ""
        placed = f"{first + datetime.timedelta(day)}T{i * 7 % 24:02}:45:00Z"
        lines.append(f"{i},{first + datetime.timedelta(day)},{country},{quantity},{price:.2f},{note},{place},{placed}")
    return ("\n".join(lines) + "\n").encode()


if __name__ == "__main__":
    main(*sys.argv[1:])
