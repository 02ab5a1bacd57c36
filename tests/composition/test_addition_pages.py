"""An addition to the succession list over its pages."""

from __future__ import annotations

import pytest
from django.test import Client

from hemicycle.composition import queries
from hemicycle.composition.models import Acceptance, Addition, List

from . import making
from .adding import is_late, released, tie
from .making import Round


def act(found: Round, key: str, address: str, **data: object) -> str:
    """Fill in the form of an act as a person does; returns where the answer leads."""
    client = found.cast.client(key)
    form = client.get(address).context["form"]
    hidden = {name: form[name].value() for name in ("once", "seen") if form[name].value() is not None}
    answer = client.post(address, {**hidden, **data})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


@pytest.mark.parametrize("language", ["", "/fr", "/ru"])
def test_the_way_through_the_pages(found: Round, list_: List, language: str) -> None:
    president = found.cast.client("greta")
    page = president.get(f"{language}/matters/{list_.reference}/").content.decode()
    begin = f"{language}/matters/new/composition/propose_addition/?list={list_.reference}"
    assert begin.replace("&", "&amp;") in page and "Yana" in page
    matter = act(found, "greta", begin, candidacy=found.of("Yana").reference)
    addition = Addition.objects.get()
    assert addition.reference in found.cast.client("anna").get(f"{language}/desk/").content.decode()
    act(found, "anna", f"{language}/matters/{addition.reference}/release_addition/")
    reads = f"{language}/proposals/additions/{addition.reference}/"
    assert reads in found.cast.client("henri").get(f"{language}/desk/").content.decode()
    about = found.cast.client("henri").get(reads)
    assert about.status_code == 200 and "An opinion." in about.content.decode()
    assert reads in found.cast.client("henri").get(matter).content.decode()
    act(found, "anna", f"{language}/matters/{addition.reference}/call_addition_vote/", manner="sitting")
    vote = queries.addition_votes(addition).get()
    making.decide(found, vote, {"henri": "for", "ilse": "for"})
    act(found, "anna", f"{language}/matters/{addition.reference}/add_successor/")
    assert found.cast.client("henri").get(reads).status_code == 404
    listed = president.get(f"{language}/matters/{list_.reference}/").content.decode()
    # Once in the order and once among the additions; who is still to be asked is somebody else.
    assert listed.count("Yana") == 2 and listed.count("Galina") == 1


def test_strangers_find_neither_the_addition_nor_the_page_of_the_person(found: Round, list_: List) -> None:
    addition = released(found, list_)
    for key in ("clara", "luca", "katia"):
        client = found.cast.client(key)
        assert client.get(f"/matters/{addition.reference}/").status_code == 404
        assert client.get(f"/proposals/additions/{addition.reference}/").status_code == 404
        assert (
            client.get(f"/matters/new/composition/propose_addition/?list={list_.reference}").status_code
            == 404
        )
    assert Client().get(f"/proposals/additions/{addition.reference}/").status_code == 302
    tie(found, "henri")
    barred = found.cast.client("henri").get(f"/proposals/additions/{addition.reference}/")
    assert barred.status_code == 403 and "An opinion." not in barred.content.decode()


def test_the_late_are_asked_from_the_page_of_the_list(found: Round, list_: List) -> None:
    late = found.of("Timur")
    is_late(late)
    page = found.cast.client("anna").get(f"/matters/{list_.reference}/").content.decode()
    address = f"/matters/new/composition/ask_acceptance/?candidacy={late.reference}&amp;reserved=0"
    assert address in page and "propose_addition" not in page
    act(found, "anna", address.replace("&amp;", "&"))
    assert Acceptance.objects.get(candidacy=late).state == "asked"
