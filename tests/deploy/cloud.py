"""A loopback Cloud Storage and Dataflow: enough of both to take a whole job submission, and to show what was sent.

Only what a launcher uses is answered: simple, multipart and resumable uploads, reads and
lists of objects, creation and state of jobs. Anything else is a 404 that :attr:`Cloud.strange`
remembers, so that a test can insist there was none.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import google_crc32c

MOST_BYTES = 64_000_000
_NONE = {"retentionDurationSeconds": "0"}
_UPLOAD = re.compile(r"/(?:resumable/)?upload/storage/v1/b/([^/]+)/o")
_OBJECT = re.compile(r"/(?:download/)?storage/v1/b/([^/]+)/o/(.+)")
_LIST = re.compile(r"/storage/v1/b/([^/]+)/o")
_BUCKET = re.compile(r"/storage/v1/b/([^/]+)")
_SESSION = re.compile(r"/session/(\d+)")
_JOBS = re.compile(r"/v1b3/projects/([^/]+)/locations/([^/]+)/jobs")
_JOB = re.compile(_JOBS.pattern + r"/([^/]+)(?:/messages)?")


class Cloud:
    """What the server holds."""

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.objects: dict[tuple[str, str], bytes] = {}
        self.sessions: list[tuple[str, str, bytearray]] = []
        self.jobs: list[dict[str, Any]] = []
        self.running: dict[str, Any] | None = None
        """A job that ran before any was created here."""
        self.strange: list[str] = []

    def keep(self, bucket: str, name: str, data: bytes) -> dict[str, str]:
        """Store an object and describe it."""
        self.objects[bucket, name] = data
        return self.describe(bucket, name)

    def describe(self, bucket: str, name: str) -> dict[str, str]:
        """An object as Cloud Storage describes it."""
        data = self.objects[bucket, name]
        check = base64.b64encode(google_crc32c.Checksum(data).digest()).decode()
        return {
            "kind": "storage#object", "bucket": bucket, "name": name, "size": str(len(data)), "crc32c": check,
            "generation": "1", "metageneration": "1", "updated": "2026-11-20T00:00:00Z",
            "timeCreated": "2026-11-20T00:00:00Z", "selfLink": f"{self.url}/storage/v1/b/{bucket}/o/{name}",
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cloud: Cloud

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, body: Any, status: int = 200, **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        kind = "application/octet-stream" if body is data else "application/json; charset=UTF-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            data = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
                assert len(data) <= MOST_BYTES
            self.rfile.readline()
            return data
        size = int(self.headers.get("Content-Length") or 0)
        assert size <= MOST_BYTES
        return self.rfile.read(size)

    def _serve(self) -> None:
        cloud, parts = self.cloud, urlsplit(self.path)
        path, query = unquote(parts.path), {k: v[0] for k, v in parse_qs(parts.query).items()}
        body, verb = self._body(), self.command
        if verb == "POST" and (found := _UPLOAD.fullmatch(path)):
            self._upload(found[1], query, body)
        elif verb == "PUT" and (found := _SESSION.fullmatch(path)):
            self._resume(int(found[1]), body)
        elif verb == "GET" and (found := _OBJECT.fullmatch(path)):
            key = (found[1], found[2])
            if key not in cloud.objects:
                self._answer({"error": {"code": 404, "message": "no such object"}}, 404)
            elif query.get("alt") == "media":
                self._download(cloud.objects[key])
            else:
                self._answer(cloud.describe(*key))
        elif verb == "GET" and (found := _LIST.fullmatch(path)):
            prefix = query.get("prefix", "")
            items = [cloud.describe(b, n) for b, n in cloud.objects if b == found[1] and n.startswith(prefix)]
            self._answer({"kind": "storage#objects", "items": items})
        elif verb == "GET" and (found := _BUCKET.fullmatch(path)):
            self._answer(
                {"name": found[1], "id": found[1], "location": "EUROPE-WEST1", "softDeletePolicy": _NONE}
            )
        elif verb == "POST" and (found := _JOBS.fullmatch(path)):
            job = json.loads(body)
            cloud.jobs.append(job)
            self._answer(self._job(job, found))
        elif verb == "GET" and (found := _JOBS.fullmatch(path)):
            self._answer({"jobs": [cloud.running]} if cloud.running else {})
        elif verb == "GET" and (found := _JOB.fullmatch(path)) and cloud.jobs:
            self._answer(
                {"jobMessages": []} if path.endswith("/messages") else self._job(cloud.jobs[-1], found)
            )
        else:
            cloud.strange.append(f"{verb} {path}")
            self._answer({"error": {"code": 404, "message": "not part of this server"}}, 404)

    def _download(self, data: bytes) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            self._answer(data)
            return
        start, end = int(asked[1]), int(asked[2] or len(data) - 1)
        if start >= len(data):
            self._answer(b"", 416, **{"Content-Range": f"bytes */{len(data)}"})
            return
        part = data[start : end + 1]
        place = f"bytes {start}-{start + len(part) - 1}/{len(data)}"
        self._answer(part, 206, **{"Content-Range": place})

    def _job(self, job: dict[str, Any], found: re.Match[str]) -> dict[str, Any]:
        kept = {k: job[k] for k in ("name", "type", "clientRequestId", "replaceJobId") if k in job}
        state = "JOB_STATE_RUNNING"
        return kept | {"id": "job-1", "projectId": found[1], "location": found[2], "currentState": state}

    def _upload(self, bucket: str, query: dict[str, str], body: bytes) -> None:
        kind = query.get("uploadType")
        if kind == "multipart":
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
            described, content = (part.get_payload(decode=True) for part in message.iter_parts())
            self._answer(self.cloud.keep(bucket, json.loads(described)["name"], content))
        elif kind == "resumable":
            name = query.get("name") or json.loads(body)["name"]
            self.cloud.sessions.append((bucket, name, bytearray()))
            self._answer(b"", Location=f"{self.cloud.url}/session/{len(self.cloud.sessions) - 1}")
        else:
            self._answer(self.cloud.keep(bucket, query["name"], body))

    def _resume(self, number: int, body: bytes) -> None:
        bucket, name, so_far = self.cloud.sessions[number]
        so_far += body
        if self.headers.get("Content-Range", "").endswith("/*"):
            self._answer(b"", 308, Range=f"bytes=0-{len(so_far) - 1}")
        else:
            self._answer(self.cloud.keep(bucket, name, bytes(so_far)))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve


@contextmanager
def serving() -> Iterator[Cloud]:
    """A cloud on a port of this machine for as long as the block runs."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True  # nobody waits for a client that keeps its connection
        handler.cloud = cloud = Cloud(server.server_port)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield cloud
        finally:
            server.shutdown()
            thread.join()
