"""The side menu: grouped by purpose for the clerk, short for the candidate, and every page of it named once."""

from __future__ import annotations

import re

import pytest
from django.urls import resolve

from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from tests.cast import Cast

pytestmark = pytest.mark.django_db  # some entries ask who presides, or who sits

resolve("/")  # every room registers its pages when its addresses are read


def somebody(*offices: Office) -> Actor:
    return Actor("PERS-22222222", 1, frozenset({*offices, Office.ANYONE}))


def names(groups: list[desk.MenuGroup]) -> list[str]:
    return [item.url_name for group in groups for item in group.items]


def test_whoever_is_not_signed_in_has_no_menu() -> None:
    assert desk.menu_of(PUBLIC) == []


def test_a_candidate_finds_only_what_concerns_a_candidate_and_needs_no_headings() -> None:
    (group,) = desk.menu_of(somebody())
    assert group.title == ""
    assert names([group]) == [
        "account", "messages", "integrity-checks", "my-candidacy", "my-examination", "my-service",
    ]  # fmt: skip


def test_a_clerk_finds_every_group_named_but_the_own_pages() -> None:
    groups = desk.menu_of(somebody(Office.SECRETARIAT))
    titles = [str(group.title) for group in groups]
    assert titles == [
        "", "People and offices", "The Assembly", "Charter and record", "Integrity", "Candidacies and files",
        "List and participation", "Dialogue", "Money",
    ]  # fmt: skip
    assert max(len(group.items) for group in groups) <= 7
    assert len(names(groups)) == len(set(names(groups))) > 20


def test_a_short_menu_is_one_list() -> None:
    few = [office for office in Office if len(names(desk.menu_of(somebody(office)))) <= desk.GLANCE]
    for office in few:
        assert [group.title for group in desk.menu_of(somebody(office))] == [""]
    assert Office.ANYONE in few


def test_the_page_says_which_list_a_heading_belongs_to(cast: Cast) -> None:
    page = cast.client("anna").get("/desk/").content.decode()
    menu = page[page.index('<nav class="desk"') : page.index("<main")]
    headings = dict(re.findall(r'<p class="menu-title" id="([^"]+)">([^<]+)</p>', menu))
    assert "Integrity" in headings.values()
    assert re.findall(r'<ul class="menu" aria-labelledby="([^"]+)">', menu) == list(headings)


@pytest.mark.parametrize("page", ["/assembly/sessions/", "/assembly/bodies/", "/vote/"])
def test_what_left_the_candidates_menu_stays_reachable(cast: Cast, page: str) -> None:
    assert cast.client("nadia").get(page).status_code == 200
