"""What is sent with a form stays in memory; what is too big is let go of, with its true size."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory


@pytest.fixture
def no_file_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any, **_more: Any) -> None:
        raise AssertionError("a file on disk")

    for each in (
        "django.core.files.temp.NamedTemporaryFile",
        "tempfile.NamedTemporaryFile",
        "tempfile.mkstemp",
    ):
        monkeypatch.setattr(each, refuse)


@pytest.mark.usefixtures("no_file_is_made")
@pytest.mark.parametrize(
    ("sizes", "kept"),
    [([10], [10]), ([3 << 20], [3 << 20]), ([12 << 20], [0]), ([8 << 20, 8 << 20], [8 << 20, 0])],
)
def test_nothing_touches_a_disk_and_sizes_are_true(sizes: list[int], kept: list[int]) -> None:
    files = {f"file{n}": SimpleUploadedFile("a.pdf", b"x" * size) for n, size in enumerate(sizes)}
    request = RequestFactory().post("/", {"title": "typed", **files})
    assert request.POST["title"] == "typed"
    assert [row.size for row in request.FILES.values()] == sizes
    assert [len(row.read()) for row in request.FILES.values()] == kept
