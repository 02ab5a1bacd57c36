"""What people write is shown with its emphasis, its lists and its quotations, and with nothing that acts or loads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.web.markdown import html


def test_emphasis_lists_and_quotations_stay() -> None:
    shown = html("> **no**\n\n* one\n* *two*")
    for kept in ("<blockquote>", "<strong>no</strong>", "<li>one</li>", "<em>two</em>"):
        assert kept in shown


@pytest.mark.parametrize(
    "written",
    [
        "[read](https://elsewhere.example/)",
        "![picture](https://elsewhere.example/p.png)",
        "<img src=https://elsewhere.example/p.png>",
        "<script>alert(1)</script>",
        "<https://elsewhere.example/>",
    ],
)
def test_nothing_leads_elsewhere_or_is_loaded(written: str) -> None:
    shown = html(written)
    assert "href" not in shown and "src=" not in shown.replace("src=https", "") and "<script" not in shown


@given(st.text(max_size=300))
def test_nothing_but_the_known_marks_comes_out(written: str) -> None:
    tags = set(re.findall(r"</?([a-z0-9]+)", html(written)))
    assert tags <= {"p", "ul", "ol", "li", "em", "strong", "blockquote", "code", "br"}
