"""Passwords that stand in Google's Secret Manager: ``secret://PROJECT/NAME`` or ``secret://PROJECT/NAME/VERSION``.

An output names the secret, never the password: ``postgresql://news@host/news?password=secret://PROJECT/NAME``.
It is read when a connection is opened, kept for five minutes, and never written or logged.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import time
from typing import Any

SCHEME = "secret://"
ENDPOINT = "SECRET_MANAGER_EMULATOR_HOST"
KEEP_SECONDS = 300.0
"""A rotated password is found within this time."""
_NAME = re.compile(r"secret://([a-z][a-z0-9.:-]{2,60})/([A-Za-z0-9_-]{1,255})(?:/([a-z0-9-]{1,60}))?")
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_kept: dict[str, tuple[float, str]] = {}


class SecretError(RuntimeError):
    """A secret that can not be read. The message never holds it."""


def is_name(text: str) -> bool:
    """Whether a text is the address of a secret."""
    return _NAME.fullmatch(text) is not None


def read(name: str) -> str:
    """The secret's latest (or named) version. Raises :class:`SecretError`."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise SecretError(f"{SCHEME}: not of the form secret://PROJECT/NAME")
    until, value = _kept.get(name, (0.0, ""))
    if time.monotonic() < until:
        return value
    project, secret, version = found[1], found[2], found[3] or "latest"
    path = f"/v1/projects/{project}/secrets/{secret}/versions/{version}:access"
    value = _access(name, path)
    _kept[name] = (time.monotonic() + KEEP_SECONDS, value)
    return value


def _access(name: str, path: str) -> str:
    import requests
    from google.auth.exceptions import GoogleAuthError

    try:
        session, root = _session()
        answer = session.get(root + path, timeout=10)
        if answer.status_code != 200:
            raise SecretError(f"{name}: Secret Manager answered with status {answer.status_code}")
        data = answer.json()["payload"]["data"]
        return base64.b64decode(data, validate=True).decode("utf-8").rstrip("\r\n")
    except (requests.RequestException, GoogleAuthError) as error:
        raise SecretError(f"{name}: {type(error).__name__}: {str(error)[:200]}") from error
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise SecretError(f"{name}: Secret Manager's answer could not be read") from None


def _session() -> tuple[Any, str]:
    emulator = os.environ.get(ENDPOINT)
    if emulator:
        import requests

        return requests.Session(), f"http://{emulator}"
    import google.auth
    from google.auth.transport.requests import AuthorizedSession

    credentials, _ = google.auth.default(scopes=[_SCOPE])
    return AuthorizedSession(credentials), "https://secretmanager.googleapis.com"  # type: ignore[no-untyped-call]
