"""Every text of this room is there in French and in Russian, and keeps what it must carry."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOM = Path(__file__).resolve().parents[2] / "hemicycle" / "web"
CALLS = ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop")
IN_TEMPLATE = re.compile(r"""\b(?:gettext|_)\(\s*u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*\)""")


def texts_in_use() -> set[str]:
    found: set[str] = set()
    for page in ROOM.rglob("*.html"):
        found |= {
            ast.literal_eval(text)
            for text in IN_TEMPLATE.findall(templatize(page.read_text(), origin=page.name))
        }
    for module in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in CALLS
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    catalogue = polib.pofile(str(ROOM / "locale" / language / "LC_MESSAGES" / "django.po"))
    done = {entry.msgid for entry in catalogue.translated_entries()}
    assert texts_in_use() - done == set()
    assert {entry.msgid for entry in catalogue} - texts_in_use() == set()


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_translations_keep_the_placeholders(language: str) -> None:
    catalogue = polib.pofile(str(ROOM / "locale" / language / "LC_MESSAGES" / "django.po"))
    for entry in catalogue:
        wanted = sorted(re.findall(r"%\(\w+\)\w", entry.msgid))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert sorted(re.findall(r"%\(\w+\)\w", text)) == wanted, entry.msgid


def test_french_keeps_its_spaces_and_marks() -> None:
    for entry in polib.pofile(str(ROOM / "locale" / "fr" / "LC_MESSAGES" / "django.po")):
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert not re.search(r"(?<!\xa0)[:;!?»]|«(?!\xa0)", text), text
            assert "'" not in text, text
