"""Whether a text is one that was published: a page for everybody, which keeps nothing."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hemicycle.candidacy import sandbox
from hemicycle.instruments.passages import Published, Verdict, check
from hemicycle.people import limits

from . import paper, queries, showing
from .forms import CheckForm
from .models import Statement

MEGABYTES = 1


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    """Whether a text is one that was published. Nothing of it is kept or logged; nobody signs in for it."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, Any] = {"title": _("Check a text"), "form": form}
    if request.method == "POST" and form.is_valid():
        limits.count(request, "statements_check")
        try:
            context |= _verdict(form.cleaned_data["text"], form.cleaned_data["file"])
        except BadFile as error:
            form.add_error("file", str(error))
    response = render(request, "statements/check.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


class BadFile(Exception):
    """The file is no text that can be read."""


def _verdict(text: str, file: UploadedFile[bytes] | None) -> dict[str, Any]:
    data = file.read() if file else b""
    rows = list(queries.published())
    found: Verdict | None = None
    is_own = False
    if data.startswith(b"%PDF-"):
        found = _own_paper(rows, data)
        is_own = found is not None
    if found is None:
        texts = [
            Published(row.reference, key, each)
            for row in rows
            for key, each in queries.texts_by_language(row).items()
        ]
        found = check(_words(data) if file else text, texts)
    row = next((each for each in rows if found.published and each.reference == found.published.key), None)
    # What a PDF shows need not be the words that can be taken out of it: those alone prove nothing.
    is_copy = found.kind == "authentic" and data.startswith(b"%PDF-") and not is_own
    if row is not None and showing.is_set_aside(row):  # of its words nothing is shown
        found = replace(found, differences=())
    percent = found.share.numerator * 100 // found.share.denominator
    return {
        "verdict": found, "row": row, "percent": percent, "name": _named(found, row), "is_copy": is_copy,
        "in_name_of": showing.in_name_of(row) if row else "",
    }  # fmt: skip


def _named(found: Verdict, row: Statement | None) -> str:
    return showing.title(row, found.published.text) if found.published and row is not None else ""


def _own_paper(rows: list[Statement], data: bytes) -> Verdict | None:
    """A PDF is the platform's own where its bytes are those that the platform gives."""
    given = hashlib.sha256(data).digest()
    # Our papers name their statement among their keywords: no other is set anew, whatever a file may name.
    for row in [each for each in rows if each.reference.encode() in data][:1]:
        for language, text in queries.texts_by_language(row).items():
            if hashlib.sha256(paper.pdf(row, language)).digest() == given:
                return Verdict("authentic", Published(row.reference, language, text))
    return None


def _words(data: bytes) -> str:
    """The text of a file, read in the sandbox. Raises `BadFile`."""
    if len(data) > MEGABYTES * 1024 * 1024:
        raise BadFile(_("The file is larger than 1 MB."))
    pages: list[str] = []
    try:
        with closing(sandbox.run("words", data=data)) as frames:
            for letter, content in frames:
                if letter == "r":
                    raise BadFile(_("This file cannot be read. Paste its text instead."))
                if letter == "p":
                    pages.append(content.decode())
    except sandbox.Died:
        raise BadFile(_("This file cannot be read. Paste its text instead.")) from None
    return "\n".join(pages)
