"""Passwords that stand in Google's Secret Manager: ``secret://PROJECT/NAME`` or ``secret://PROJECT/NAME/VERSION``.

An output names the secret, never the password: ``postgresql://news@host/news?password=secret://PROJECT/NAME``.
It is read when a connection is opened, kept for five minutes, and never written or logged.
"""

from __future__ import annotations

import os
import re
import time
from typing import Any

from dateline.pipeline.findings import how_to_install

SCHEME = "secret://"
ENDPOINT = "SECRET_MANAGER_EMULATOR_HOST"
KEEP_SECONDS = 300.0
"""A rotated password is found within this time."""
_NAME = re.compile(r"secret://([a-z][a-z0-9.:-]{2,60})/([A-Za-z0-9_-]{1,255})(?:/([a-z0-9-]{1,60}))?")
_SECONDS = 10.0
_kept: dict[str, tuple[float, str]] = {}


class SecretError(RuntimeError):
    """A secret that cannot be read. The message never holds it."""


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
    value = _access(name, f"projects/{found[1]}/secrets/{found[2]}/versions/{found[3] or 'latest'}")
    _kept[name] = (time.monotonic() + KEEP_SECONDS, value)
    return value


def _access(name: str, version: str) -> str:
    try:
        from google.api_core.exceptions import GoogleAPICallError
        from google.auth.exceptions import GoogleAuthError
        from google.cloud import secretmanager
        from google.protobuf.json_format import ParseError
    except ImportError as error:
        raise SecretError(f"{name}: needs {error.name}: {how_to_install('cloud')}") from error
    try:
        with _client(secretmanager) as client:
            answer = client.access_secret_version(name=version, timeout=_SECONDS, retry=None)
        return bytes(answer.payload.data).decode("utf-8").rstrip("\r\n")
    except GoogleAPICallError as error:
        raise SecretError(f"{name}: Secret Manager answered with status {error.code}") from None
    except GoogleAuthError as error:
        raise SecretError(f"{name}: {type(error).__name__}: {str(error)[:200]}") from error
    except (
        ValueError,
        ParseError,
    ):  # what cannot be decoded may hold a part of the secret, so it is not shown
        raise SecretError(f"{name}: Secret Manager's answer could not be read") from None


def _client(secretmanager: Any) -> Any:
    host = os.environ.get(ENDPOINT)
    if not host:
        return secretmanager.SecretManagerServiceClient()
    from google.auth.credentials import AnonymousCredentials
    from google.cloud.secretmanager_v1.services.secret_manager_service.transports import (
        SecretManagerServiceRestTransport,
    )

    nobody = AnonymousCredentials()  # type: ignore[no-untyped-call]
    transport = SecretManagerServiceRestTransport(host=host, credentials=nobody, url_scheme="http")
    return secretmanager.SecretManagerServiceClient(transport=transport)
