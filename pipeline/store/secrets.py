"""Reads passwords from Google's Secret Manager: ``secret://PROJECT/NAME`` or
``secret://PROJECT/NAME/VERSION``.

An output names the secret and not the password:
``postgresql://news@host/news?password=secret://PROJECT/NAME``. The password is read when a connection is
opened, kept for five minutes, and never written or logged.
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
"""Seconds that a password is kept; after them a rotated one is found."""
_NAME = re.compile(r"secret://([a-z][a-z0-9.:-]{2,60})/([A-Za-z0-9_-]{1,255})(?:/([a-z0-9-]{1,60}))?")
_SECONDS = 10.0
_kept: dict[str, tuple[float, str]] = {}


class SecretError(RuntimeError):
    """A secret that cannot be read. The message never contains the secret."""


def is_name(text: str) -> bool:
    """Whether a text is the address of a secret and not a password."""
    return _NAME.fullmatch(text) is not None


def read(name: str) -> str:
    """The latest version of a secret, or the version that its address names. Raises :class:`SecretError`."""
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
    ):  # bytes that cannot be decoded may be part of the secret, so they are not shown
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
