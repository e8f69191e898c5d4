"""A stand-in for BigQuery's REST interface: tables, load jobs, and rows that are checked against their schema.

It proves our calls: what is sent, how refusals and outages are met. It runs no SQL and knows
nothing of BigQuery's own behaviour, so no test may claim more than that.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

_PATH = re.compile(r"/bigquery/v2/projects/([^/]+)/datasets/([^/]+)/tables(?:/([^/]+)/insertAll)?")
_LOOK = re.compile(r"/bigquery/v2/projects/([^/]+)/datasets/([^/]+)(?:/tables/([^/]+))?")
_JOBS = re.compile(
    r"(?:/upload|/resumable/upload)?/bigquery/v2/projects/([^/]+)/(?:jobs|queries)(?:/([^/]+))?"
)
_TYPES: Mapping[str, tuple[type, ...]] = {"STRING": (str,), "INTEGER": (int,), "FLOAT": (int, float)}
Answer = tuple[int, dict[str, Any]]


class BigQuery:
    """The tables of one fake. ``down`` answers are 503 before it works; ``refuse`` names origins of articles, or ids in other tables.

    ``results`` is what every SELECT gives; while rows are ``young`` none can be deleted.
    """

    def __init__(self, dataset: str) -> None:
        self.dataset = dataset
        self.tables: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.ids: dict[str, set[str]] = {}
        self.down = 0
        self.refuse: set[str] = set()
        self.row_down: dict[str, int] = {}
        self.most_bytes = 10_000_000
        self.requests = 0
        self.loads: list[str] = []
        self.files: dict[str, bytes] = {}
        self.lost_answers = 0
        self.queries: list[dict[str, Any]] = []
        self.results: list[dict[str, Any]] = []
        self.young = False
        self._jobs: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def answer(self, path: str, body: bytes) -> Answer:
        """What a POST gets."""
        with self._lock:
            self.requests += 1
            if self.down > 0:
                self.down -= 1
                return _error(503, "backendError", "try again")
            if _JOBS.fullmatch(path):
                return self._start(body)
            found = _PATH.fullmatch(path)
            if found is None or found[2] != self.dataset:
                return _error(404, "notFound", "Not found: Dataset")
            if len(body) > self.most_bytes:
                return _error(413, "invalid", "Request Entity Too Large")
            request = json.loads(body)
            return self._insert(found[3], request) if found[3] else self._make(request)

    def look(self, path: str) -> Answer:
        """What a GET gets: the dataset, one table, or a job."""
        if job := _JOBS.fullmatch(path):
            if job[2] not in self._jobs:
                return _error(404, "notFound", "Not found: Job")
            return 200, self._jobs[job[2]]
        found = _LOOK.fullmatch(path)
        if found is None or found[2] != self.dataset or (found[3] and found[3] not in self.tables):
            return _error(404, "notFound", "Not found")
        dataset = {"projectId": found[1], "datasetId": found[2]}
        if found[3]:
            return 200, self.tables[found[3]]
        return 200, {"datasetReference": dataset, "location": "EU"}

    def change(self, path: str, body: bytes) -> Answer:
        """What a PATCH gets: a table with other fields, or a view with another query."""
        found = _LOOK.fullmatch(path)
        if found is None or found[2] != self.dataset or found[3] not in self.tables:
            return _error(404, "notFound", "Not found")
        with self._lock:
            self.tables[found[3]] = self.tables[found[3]] | json.loads(body)
            return 200, self.tables[found[3]]

    def _start(self, body: bytes) -> Answer:
        """A job: the files of a load in the order in which they came, or a query, which is noted and answered by the test."""
        data = b""
        if body.startswith(b"--"):
            parts = body.split(body.split(b"\r\n", 1)[0])
            body, data = (part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n") for part in parts[1:3])
        request = json.loads(body)
        job_id = request["jobReference"]["jobId"]
        if job_id in self._jobs:
            return _error(409, "duplicate", f"Already Exists: Job {job_id}")
        status: dict[str, Any] = {"state": "DONE"}
        answer = request | {"status": status, "statistics": {}, "id": job_id}
        self._jobs[job_id] = answer
        if "query" in request["configuration"]:
            self.queries.append(request["configuration"]["query"])
            selects = self.queries[-1]["query"].startswith("SELECT")
            found = self.results if selects else []
            fields = [{"name": name, "type": "STRING"} for name in (found[0] if found else {})]
            rows = [{"f": [{"v": value} for value in row.values()]} for row in found]
            if not selects and self.young:
                message = "UPDATE or DELETE statement would affect rows in the streaming buffer, which is not supported"
                return _error(400, "invalidQuery", message)
            self._jobs[job_id] = answer | {
                "jobComplete": True, "schema": {"fields": fields}, "rows": rows, "totalRows": str(len(rows)),
                "statistics": {"query": {"statementType": "SELECT" if selects else "DELETE"}},
            }  # fmt: skip
            return 200, self._jobs[job_id]
        load = request["configuration"]["load"]
        table = load["destinationTable"]["tableId"]
        self.loads.append(job_id)
        for uri in load.get("sourceUris", ()):
            data += self.files[uri]
        rows = [json.loads(line) for line in gzip.decompress(data).splitlines()]
        for row in rows:
            problem = _check(self.tables[table]["schema"]["fields"], row)
            if problem or row.get("origin") in self.refuse:
                fault = {"reason": "invalid", "message": problem or "refused by the test"}
                status |= {"errorResult": fault, "errors": [fault]}
                return 200, answer
        self.rows[table] += rows
        if self.lost_answers > 0:
            self.lost_answers -= 1
            return _error(503, "backendError", "try again")
        return 200, answer

    def _make(self, request: dict[str, Any]) -> Answer:
        name = request["tableReference"]["tableId"]
        if name in self.tables:
            return _error(409, "duplicate", f"Already Exists: Table {name}")
        self.tables[name] = request
        self.rows[name], self.ids[name] = [], set()
        return 200, request

    def _insert(self, table: str, request: dict[str, Any]) -> Answer:
        if table not in self.tables:
            return _error(404, "notFound", f"Not found: Table {table}")
        faults = []
        for index, row in enumerate(request["rows"]):
            key = row["json"].get("origin") or row["json"].get("article_id", "")
            if self.row_down.get(key, 0) > 0:
                self.row_down[key] -= 1
                faults.append({"index": index, "errors": [{"reason": "timeout", "message": "slow"}]})
            elif table != "dead_letters" and key in self.refuse:
                faults.append(
                    {"index": index, "errors": [{"reason": "invalid", "message": "refused by the test"}]}
                )
            elif problem := _check(self.tables[table]["schema"]["fields"], row["json"]):
                faults.append({"index": index, "errors": [{"reason": "invalid", "message": problem}]})
            elif row["insertId"] not in self.ids[table]:
                self.ids[table].add(row["insertId"])
                self.rows[table].append(row["json"])
        return 200, {"kind": "bigquery#tableDataInsertAllResponse"} | (
            {"insertErrors": faults} if faults else {}
        )


def _check(fields: list[dict[str, Any]], row: Mapping[str, Any]) -> str:
    known = {f["name"]: f for f in fields}
    for name in row:
        if name not in known:
            return f"no such field: {name}"
    for name, field in known.items():
        value = row.get(name)
        if field["mode"] == "REPEATED":
            for part in value or ():
                if problem := _check(field["fields"], part):
                    return f"{name}.{problem}"
        elif value is None:
            if field["mode"] == "REQUIRED":
                return f"missing required field: {name}"
        elif not isinstance(value, _TYPES[field["type"]]):
            return f"{name}: {value!r} is no {field['type']}"
    return ""


def _error(code: int, reason: str, message: str) -> Answer:
    fault = {"reason": reason, "message": message}
    return code, {"error": {"code": code, "message": message, "errors": [fault]}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send(*cast(Any, self.server).fake.look(self.path.partition("?")[0]))

    def do_PATCH(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send(*cast(Any, self.server).fake.change(self.path.partition("?")[0], body))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send(*cast(Any, self.server).fake.answer(self.path.partition("?")[0], body))

    def _send(self, code: int, answer: dict[str, Any]) -> None:
        data = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def serving(dataset: str = "news") -> Iterator[tuple[BigQuery, str]]:
    """A fake and its ``host:port``."""
    fake = BigQuery(dataset)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.fake = fake  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake, f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
