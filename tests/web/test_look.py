"""The look: contrast in both schemes, no inline script or style, nothing loaded from elsewhere."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "hemicycle"
STATIC = HOUSE / "web" / "static"
SHEETS = [STATIC / "hemicycle" / name for name in ("fonts.css", "hemicycle.css", "parts.css")]
PAGES = sorted(HOUSE.rglob("templates/**/*.html"))

sys.path.insert(0, str(ROOT / "tools"))
import vendor  # noqa: E402


def tokens(scheme: str) -> dict[str, str]:
    """Colour tokens of `light` or `dark`; a dark token that is not set keeps its light value."""
    text = SHEETS[1].read_text()
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@layer base")[0]
    pattern = r"--([\w-]+):\s*(#[0-9a-f]{6})\b"
    found = dict(re.findall(pattern, light))
    return {**found, **dict(re.findall(pattern, dark))} if scheme == "dark" else found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "link-strong", "grave", "good", "reserve")
      for ground in ("paper", "surface", "sunken")),
    *((ink, "calm-soft") for ink in ("ink", "ink-soft", "link", "link-strong")),
    ("reserve", "reserve-soft"), ("good", "good-soft"), ("grave", "grave-soft"), ("ink", "grave-soft"),
    ("on-brand", "brand"), ("on-brand-soft", "brand"), ("on-action", "action"), ("on-action", "action-strong"),
    ("on-reserve", "reserve"), ("on-grave", "grave"), ("on-grave", "grave-strong"), ("paper", "ink"),
]  # fmt: skip
SHAPES = [
    *((mark, ground) for mark in ("action", "reserve", "line-strong", "focus", "ink-soft")
      for ground in ("paper", "surface", "sunken")),
    ("on-brand", "brand"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_every_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), SHAPES)
def test_every_mark_border_and_focus_can_be_seen(scheme: str, mark: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[mark], colours[ground]) >= 3


def test_colours_stand_only_among_the_tokens_and_in_print() -> None:
    text = "".join(sheet.read_text() for sheet in SHEETS)
    outside = re.sub(r"@layer tokens \{.*?(?=@layer base)|@layer print \{.*", "", text, flags=re.S)
    outside = re.sub(r"/\*.*?\*/", "", outside, flags=re.S)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", outside)) <= {"#fff"}


def test_every_token_that_is_used_exists_and_every_one_that_exists_is_used() -> None:
    text = "".join(sheet.read_text() for sheet in SHEETS)
    used = set(re.findall(r"var\(--([\w-]+)", text))
    assert used == set(re.findall(r"--([\w-]+):", text)) | used
    assert set(re.findall(r"--([\w-]+):", text)) <= used


def test_the_style_sheets_load_nothing_from_elsewhere_and_every_file_that_they_name_is_there() -> None:
    for sheet in SHEETS:
        text = sheet.read_text()
        assert "@import" not in text
        for address in re.findall(r"url\(\"?([^\")]+)", text):
            assert (sheet.parent / address).resolve().is_file(), address


def test_the_vendored_files_are_the_ones_that_were_fetched() -> None:
    assert vendor.problems(json.loads(vendor.MANIFEST.read_text())) == []


def test_a_changed_missing_or_unnamed_vendored_file_is_noticed(tmp_path: Path) -> None:
    manifest = {
        "packages": [
            {
                "package": "x",
                "files": {"a.js": {"sha256": vendor.digest(b"a")}, "b.js": {"sha256": vendor.digest(b"b")}},
            }
        ]
    }
    (tmp_path / "a.js").write_bytes(b"changed")
    (tmp_path / "c.js").write_bytes(b"c")
    found = vendor.problems(manifest, tmp_path)
    assert [line.partition(":")[0] for line in found] == ["a.js", "b.js", "c.js"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_no_page_has_inline_script_style_or_an_address_outside(page: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", page.read_text(), flags=re.S)
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|hx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r'(?:src|<link[^>]*href)\s*=\s*"(?:https?:)?//', text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_template_compiles(page: Path) -> None:
    name = page.as_posix().rpartition("/templates/")[2]
    assert get_template(name) is not None


def test_the_one_warm_colour_means_the_reserve_and_nothing_else() -> None:
    for sheet in SHEETS[1:]:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if "var(--reserve" in body or "var(--on-reserve" in body:
                assert "reserve" in selector, selector
