"""The one place that reads the environment. Every setting of an operator stands here, with its default.

Demonstration mode refuses to start together with any production setting, so that nobody runs a demonstration
on a server by mistake, and no demonstration key or invented person reaches a real platform.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hemicycle.instruments.ledger.notes import Malformed, Verifier

PRODUCTION_ONLY = (
    "HEMICYCLE_ORIGIN",
    "HEMICYCLE_SECRET_KEY",
    "HEMICYCLE_SMTP_URL",
    "HEMICYCLE_BIND",
    "HEMICYCLE_LOG_ORIGIN",
    "HEMICYCLE_WITNESSES",
    "HEMICYCLE_WITNESS_QUORUM",
    "HEMICYCLE_MASTER_KEY",
    "HEMICYCLE_MASTER_KEY_FILE",
    "HEMICYCLE_KEY_SERVICE",
    "HEMICYCLE_TRANSLATION_PROVIDER",
    "DATABASE_URL",
)


class SettingsError(Exception):
    """A setting that cannot be used; the text says which, and what to write instead."""


@dataclass(frozen=True)
class Env:
    home: Path
    port: int
    demonstration: bool
    origin: str
    bind: str
    database_url: str
    smtp_url: str
    mail_from: str
    keys: Path
    log_origin: str
    witnesses: tuple[tuple[str, str], ...]  # verifier key and address of each
    witness_quorum: int
    keystore: Path
    keystore_backup: Path | None
    key_service: str
    master_file: Path | None
    has_own_master: bool  # the master key was given, and does not lie in the data folder
    translation_provider: str  # dotted path of a class, see texts/machine.py; empty: no machine translates

    @property
    def host(self) -> str:
        """The host name of the origin, without scheme and port: passkeys are bound to it."""
        return self.origin.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Return the settings, or raise `SettingsError`."""
    demonstration = environ.get("HEMICYCLE_DEMO", "") == "1"
    port = _port(environ.get("HEMICYCLE_PORT", "8000"))
    if demonstration:
        mixed = [name for name in PRODUCTION_ONLY if environ.get(name)]
        if mixed:
            raise SettingsError(
                "Demonstration mode does not start together with production settings; unset "
                + ", ".join(mixed)
                + ", or start without HEMICYCLE_DEMO."
            )
    origin = environ.get("HEMICYCLE_ORIGIN") or f"http://localhost:{port}"
    if not origin.startswith(("http://", "https://")):
        raise SettingsError(
            "HEMICYCLE_ORIGIN must begin with https:// (or http:// on this machine), for example https://forum.example.org"
        )
    return Env(
        home=Path(environ.get("HEMICYCLE_HOME") or "home").resolve(),
        port=port,
        demonstration=demonstration,
        origin=origin.rstrip("/"),
        bind="127.0.0.1" if demonstration else environ.get("HEMICYCLE_BIND", "127.0.0.1"),
        database_url=environ.get("DATABASE_URL", ""),
        smtp_url=environ.get("HEMICYCLE_SMTP_URL", ""),
        translation_provider=_dotted(environ.get("HEMICYCLE_TRANSLATION_PROVIDER", "")),
        **_log(environ, origin, demonstration=demonstration),
        **_sealing(environ),
        mail_from=environ.get("HEMICYCLE_MAIL_FROM", f"messages@{origin.split('://', 1)[-1].split(':')[0]}"),
    )


def _dotted(text: str) -> str:
    if text and ("." not in text or not all(part.isidentifier() for part in text.split("."))):
        raise SettingsError(
            "HEMICYCLE_TRANSLATION_PROVIDER must be the dotted path of a class, for example provider.module.Provider."
        )
    return text


def secret_key(env: Env, environ: Mapping[str, str] = os.environ) -> str:
    """The key that signs sessions: from the environment, or a file of the data folder that is made on first use."""
    given = environ.get("HEMICYCLE_SECRET_KEY", "")
    if given:
        if len(given) < 40:
            raise SettingsError(
                "HEMICYCLE_SECRET_KEY is too short: give at least 40 random characters, or leave it out."
            )
        return given
    path = env.home / ("demonstration.key" if env.demonstration else "secret.key")
    if not path.exists():
        env.home.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def _sealing(environ: Mapping[str, str]) -> dict[str, Any]:
    """What concerns sealing: the store of data keys, its backup, and where the master key comes from."""
    home = Path(environ.get("HEMICYCLE_HOME") or "home").resolve()
    store = Path(environ.get("HEMICYCLE_KEYSTORE") or home / "keystore").resolve()
    backup = environ.get("HEMICYCLE_KEYSTORE_BACKUP", "")
    if backup and Path(backup).resolve() == store:
        raise SettingsError("HEMICYCLE_KEYSTORE_BACKUP must be another folder than the store of keys itself.")
    given = [environ.get(name, "") for name in ("HEMICYCLE_MASTER_KEY", "HEMICYCLE_MASTER_KEY_FILE")]
    service = environ.get("HEMICYCLE_KEY_SERVICE", "")
    if sum(map(bool, [*given, service])) > 1:
        raise SettingsError(
            "Give one of HEMICYCLE_MASTER_KEY, HEMICYCLE_MASTER_KEY_FILE and HEMICYCLE_KEY_SERVICE, not several."
        )
    within = [home, store, *([Path(backup).resolve()] if backup else [])]
    master = Path(given[1]).resolve() if given[1] else None
    outside = master is not None and not any(master.is_relative_to(each) for each in within)
    return {
        "keystore": store,
        "keystore_backup": Path(backup).resolve() if backup else None,
        "key_service": service,
        "master_file": None if given[0] or service else master or home / "master.key",
        "has_own_master": bool(given[0] or service or outside),
    }


def master_key(env: Env, environ: Mapping[str, str] = os.environ) -> bytes:
    """The key of 32 bytes that wraps the data keys; from the environment, or a file that is made on first use.

    Empty where a key service stands in its place. Raises `SettingsError` when a named file is not there.
    """
    if env.key_service:
        return b""
    text, path = environ.get("HEMICYCLE_MASTER_KEY", ""), env.master_file
    if path is not None:
        if not path.exists() and environ.get("HEMICYCLE_MASTER_KEY_FILE"):
            raise SettingsError(
                f"HEMICYCLE_MASTER_KEY_FILE names {path}, which is not there. Make it with `hemicycle keys new {path}`."
            )
        if not path.exists():
            new_master_key(path)
        text = path.read_text()
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SettingsError(
            "The master key must be 32 bytes in base 64. Make one with `hemicycle keys new FILE`."
        )
    return key


def new_master_key(path: Path) -> None:
    """Write a new master key into a file that is not there yet, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")


def _log(environ: Mapping[str, str], origin: str, *, demonstration: bool) -> dict[str, Any]:
    """What concerns the log of the record: its keys, its name, and the witnesses of other organisations."""
    host = "demonstration.invalid" if demonstration else origin.split("://", 1)[-1].split("/", 1)[0]
    witnesses = []
    for each in environ.get("HEMICYCLE_WITNESSES", "").split():
        key, sep, address = each.partition("=http")
        try:
            Verifier.read(key)
        except Malformed:
            sep = ""
        if not sep:
            raise SettingsError(
                "HEMICYCLE_WITNESSES names each witness as KEY=ADDRESS, with spaces between them, for example"
                " witness.example.org+1a2b3c4d+BAbc...=https://witness.example.org"
                " (KEY is what `hemicycle witness --show-key` prints)"
            )
        witnesses.append((key, "http" + address))
    quorum = environ.get("HEMICYCLE_WITNESS_QUORUM") or str(min(2, len(witnesses)))
    if not quorum.isdigit() or int(quorum) > len(witnesses):
        raise SettingsError(
            f"HEMICYCLE_WITNESS_QUORUM must be a number from 0 to {len(witnesses)}, the number of witnesses, not {quorum!r}."
        )
    home = Path(environ.get("HEMICYCLE_HOME") or "home").resolve()
    return {
        "keys": Path(environ.get("HEMICYCLE_KEYS") or home / "keys").resolve(),
        "log_origin": environ.get("HEMICYCLE_LOG_ORIGIN") or f"{host}/record",
        "witnesses": tuple(witnesses),
        "witness_quorum": int(quorum),
    }


def mail_server(env: Env) -> dict[str, Any]:
    """Django's settings for the server that mails are given to: `smtp://` speaks TLS after a word in the clear (STARTTLS),
    `smtps://` from the first byte on. Only to this machine itself nothing is ciphered. Raises `SettingsError`."""
    if not env.smtp_url:
        return {}
    url = urlsplit(env.smtp_url)
    try:
        port = url.port
    except ValueError:
        port = -1
    if url.scheme not in ("smtp", "smtps") or not url.hostname or port == -1:
        raise SettingsError(
            "HEMICYCLE_SMTP_URL must be like smtp://name:password@mail.example.org:587, or begin with smtps://."
        )
    is_here = url.hostname in ("localhost", "127.0.0.1", "::1")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": port or (465 if url.scheme == "smtps" else 25 if is_here else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp" and not is_here,
    }


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"HEMICYCLE_PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)
