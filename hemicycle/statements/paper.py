"""A published statement on paper: PDF/UA in one of its languages, the same bytes each time."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hemicycle.record import law
from hemicycle.web.templatetags.house import day

from . import queries, showing
from .models import Statement
from .procedure import STATEMENT

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = Path(__file__).parents[1] / "web" / "static" / "vendor" / "noto-serif-print"


def pdf(row: Statement, language: str) -> bytes:
    """The statement in one language, with everything around it in that language."""
    with translation.override(language):
        return _set(json.dumps(_data(row, language), ensure_ascii=False, sort_keys=True))


@functools.lru_cache(maxsize=64)
def _set(data: str) -> bytes:
    """All text goes in as data, so that nothing in it is read as markup."""
    made = typst.compile(
        str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"data": data},
        pdf_standards=["ua-1"], timestamp=0,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _paragraphs(text: str) -> list[str]:
    return [block for block in text.strip().split("\n\n") if block]


def _data(row: Statement, language: str) -> dict[str, Any]:
    text = queries.texts_by_language(row)[language]
    counted = row.consents.filter(is_counted=True).select_related("mandate")
    told = showing.signature(row)
    address = f"{settings.ENV.origin}/check/"
    return {
        "language": language,
        "platform": law.in_force().platform[language],
        "kind": str(STATEMENT.title),
        "reference": row.reference,
        "title": queries.title_of(text),
        "paragraphs": _paragraphs(showing.body(text)),
        "adopted": {
            "title": _("Who adopted it"),
            "lines": [
                f"{showing.in_name_of(row)}, {day(row.published_at)}",
                showing.listed(each.mandate for each in counted),
            ],
        },
        "opinions": [
            {
                "title": f"{capfirst(each.kind)}: {each.by}",
                "language": each.text.language,
                "paragraphs": paragraphs,
            }
            for each, paragraphs in _opinions(row)
        ],
        "check": {
            "title": _("Check it yourself"),
            "lines": [_("Whether a text is this one, word for word, anybody can check here:"), address],
            "facts": [
                [_("Digest"), told["digest"]],
                [_("Signature (Ed25519)"), told["signature"]],
                [_("Key"), told["key"]],
            ],
        },
    }


def _opinions(row: Statement) -> list[tuple[showing.Shown, list[str]]]:
    rows = row.opinions.all()
    return [(shown, _paragraphs(each.text)) for shown, each in zip(showing.opinions(row), rows, strict=True)]
