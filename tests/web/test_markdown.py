"""What people write is shown with its emphasis, its lists and its quotations, and with nothing that acts or loads."""

from __future__ import annotations

import re
import time

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


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "[The report](https://pace.example/doc?a=1&b=2)",
            "The report (https://pace.example/doc?a=1&amp;b=2)",
        ),
        ("<https://pace.example/>", "https://pace.example/"),
        ("[https://pace.example/](https://pace.example/)", "https://pace.example/"),
        (
            "[a *b*](http://pace.example/) [c](/rel) [d](mailto:x@y.example)",
            "a <em>b</em> (http://pace.example/) c d",
        ),
        ("[x][1]\n\n[1]: https://pace.example/ 'note'", "x (https://pace.example/)"),
    ],
)
def test_of_a_link_the_address_stays_as_text_so_that_a_source_can_be_cited(written: str, shown: str) -> None:
    assert html(written).strip() == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/x"],
)
def test_an_address_that_acts_is_never_more_than_words(address: str) -> None:
    assert "<a" not in html(f"[read]({address})") and "href" not in html(f"<{address}>")


def test_what_turns_the_writing_round_or_is_not_seen_is_taken_out() -> None:
    hidden = "pay\u202egnihton\u202c \u2066x\u2069 in\u200bvis\ufeffible \U000e0041\x00\x07"
    assert html(hidden).strip() == "<p>paygnihton x invisible</p>"
    assert "\u200d" in html("क्\u200dष"), "some scripts need the joiners"


@pytest.mark.parametrize(
    "written",
    ["[" * 20_000, "> " * 10_000, "*a " * 7_000, "_a**b" * 4_000, "".join("`" * n + " " for n in range(200)),
     "".join(" " * n + "- a\n" for n in range(190)), "[a](" * 5_000, "![" * 10_000, "\n" * 20_000, "\r\n" * 10_000,
     " \n" * 10_000, "- a\n" * 5_000, "1. " * 7_000, "<" * 20_000, "&" * 20_000, "[a]: x\n" * 3_000],
    ids=range(16),
)  # fmt: skip
def test_no_text_that_a_form_takes_is_slow_to_show(written: str) -> None:
    began = time.process_time()
    html(written)
    assert time.process_time() - began < 1.5


def test_a_text_longer_than_any_form_takes_is_shown_as_it_stands() -> None:
    shown = html("*a* <b>\n\n" * 20_000)
    assert "<em>" not in shown and "&lt;b&gt;" in shown and "<p>" in shown
