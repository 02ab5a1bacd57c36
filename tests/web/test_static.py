"""Static files: served from the code, whoever serves; and the icon, also at the address that browsers guess."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).parent.parent.parent
SERVED = (
    "import warnings; warnings.simplefilter('error');"
    "import django; django.setup(); from django.test import Client;"
    "answer = Client(SERVER_NAME='localhost').get('/static/hemicycle/hemicycle.css');"
    "assert answer.status_code == 200, answer.status_code; print(len(b''.join(answer)))"
)


def test_the_application_serves_static_files_from_an_empty_home_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVED], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={"HEMICYCLE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000
    assert not (tmp_path / "static").exists()


@pytest.mark.django_db
def test_the_guessed_address_of_the_icon_leads_to_the_icon(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301 and answer["Location"] == "/static/hemicycle/icon.svg"
    icon = client.get(answer["Location"])
    assert icon.status_code == 200 and icon["Content-Type"] == "image/svg+xml"
    assert "prefers-color-scheme:dark" in b"".join(icon).decode()  # type: ignore[arg-type]
    assert not answer.cookies
