"""The pages: answering one at a time, with an account or a code; what everybody reads, and what nobody is shown."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.consultations import actions, queries
from hemicycle.consultations.models import (
    Code,
    CodeOrder,
    Consultation,
    Proposition,
    Side,
    Vote,
    Voter,
    Withdrawal,
)
from hemicycle.dialogue import actions as dialogue
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.record.models import Entry
from hemicycle.texts.sources import texts_of

from .. import seating
from ..cast import Cast
from . import making
from .browsing import asked_first, form, say, text
from .making import MANY, NO, PASS

LANGUAGES = ("", "/fr", "/ru")
# --- answering --------------------------------------------------------------------------------------------------------


def test_one_answers_one_after_the_other_changes_one_and_undoes_the_last(cast: Cast) -> None:
    row, luca = making.opened(cast), cast.client("luca")
    here = f"/consultations/{row.reference}/answer/"
    page = text(luca, here)
    assert "0 answered, 3 left." in page and page.count('name="proposition"') == 1
    first = asked_first(page)
    onward = say(luca, row, first, "agree")["Location"]
    assert onward == f"{here}?last={first}#proposition"
    page = text(luca, onward)
    assert "1 answered, 2 left." in page and "Undo the last answer" in page
    second = asked_first(page)
    assert second != first
    back = say(luca, row, first, "undo")["Location"]
    assert asked_first(text(luca, back)) == first and not Vote.objects.exists()
    for reference in (first, second):
        say(luca, row, reference, "disagree")
    say(luca, row, first, "pass")
    assert sorted(Vote.objects.values_list("value", flat=True)) == [NO, PASS]
    own = text(luca, f"/consultations/{row.reference}/answers/")
    assert "Disagree" in own and f"?at={first}" in own
    assert "You said: pass." in text(luca, f"{here}?at={first}")
    last = asked_first(text(luca, here))
    say(luca, row, last, "agree")
    assert "You have answered everything." in text(luca, here)


def test_an_answer_that_cannot_be_read_or_comes_too_late_changes_nothing(cast: Cast) -> None:
    row, luca = making.opened(cast), cast.client("luca")
    first = asked_first(text(luca, f"/consultations/{row.reference}/answer/"))
    for proposition, value in ((first, "maybe"), ("PROP-NONE", "agree"), (first, "")):
        assert say(luca, row, proposition, value).status_code == 400
    with clock.set_to(row.closes_at):
        late = say(luca, row, first, "agree")
        assert "the time for them has ended" in late.content.decode()
        part = luca.post(
            f"/consultations/{row.reference}/answer/",
            {"proposition": first, "value": "agree"},
            HTTP_HX_REQUEST="true",
        )
        assert part["HX-Refresh"] == "true", "where a part was asked for, the whole page is loaded"
    assert not Vote.objects.exists() and not Voter.objects.exists()


def test_only_those_on_a_side_are_asked_and_visitors_are_shown_the_way(cast: Cast) -> None:
    row = making.opened(cast)
    here = f"/consultations/{row.reference}/answer/"
    assert "You are neither" in text(cast.client("quiet"), here, 403)
    assert "/sign-in/" in Client().get(here)["Location"]
    invited = making.opened(cast, civil_society=True)
    assert Client().get(f"/consultations/{invited.reference}/answer/")["Location"].endswith("/code/")
    assert say(Client(), row, making.asked(row)[0].reference, "agree").status_code == 302
    assert not Voter.objects.exists()


def test_only_whom_it_concerns_is_shown_the_way_to_answer(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    way, code = (f'href="/consultations/{row.reference}/{page}/"' for page in ("answer", "code"))
    visited = text(Client(), f"/consultations/{row.reference}/")
    assert way in visited and code in visited
    assert way in text(cast.client("luca"), f"/consultations/{row.reference}/")
    clerk = text(cast.client("anna"), f"/consultations/{row.reference}/")
    assert way not in clerk and code not in clerk, "a code is for those who have no account"


def test_two_clerks_make_codes_that_are_shown_once_and_each_is_one_voice(cast: Cast) -> None:
    row, anna, bruno = making.opened(cast, civil_society=True), cast.client("anna"), cast.client("bruno")
    place = f"/consultations/{row.reference}/codes/"

    def halves(page: Any) -> list[str]:
        return re.findall(r"<code>([^<]+)</code>", page.content.decode())

    assert anna.post(place, form(number="0")).status_code == 422
    asked = form(number="3")
    first = halves(anna.post(place, asked))
    again = anna.post(place, asked)
    assert again.status_code == 422 and not halves(again), "sent twice, it is shown no second time"
    order = CodeOrder.objects.get()
    assert len(set(first)) == order.number == 3 and not Code.objects.exists()
    assert "They are yours" in text(anna, place) and '<form class="act"' not in text(anna, place)
    assert anna.post(place, form(seen=order.version)).status_code == 403 and not Code.objects.exists()
    assert f"/matters/{order.reference}/" in text(bruno, "/desk/") and place in text(
        bruno, f"/matters/{order.reference}/"
    )
    assert bruno.post(place, form(seen=order.version + 1)).status_code == 409
    sent = form(seen=order.version)
    second = halves(bruno.post(place, sent))
    assert len(set(second)) == 3 == Code.objects.count() and not halves(bruno.post(place, sent))
    made = [f"{one} {two}" for one, two in zip(first, second, strict=True)]
    assert cast.client("luca").get(place).status_code == 403
    assert all(each not in text(anna, f"/matters/{row.reference}/") for each in [*first, *second])
    door = f"/consultations/{row.reference}/code/"
    for _device in range(2):
        visitor = Client()
        assert "No such code" in visitor.post(door, {"code": "AAAA-BBBB-CCCC-DDDD"}).content.decode()
        assert visitor.post(door, {"code": made[0].lower()}).status_code == 302
        page = text(visitor, f"/consultations/{row.reference}/answer/")
        say(visitor, row, making.asked(row)[0].reference, "agree")
        assert "It is not kept who wrote it" in page
    assert Voter.objects.get().side == Side.CIVIL_SOCIETY and Vote.objects.count() == 1


def test_a_proposition_is_added_below_and_what_is_wrong_with_it_is_said(cast: Cast) -> None:
    row, luca = making.opened(cast), cast.client("luca")
    place = f"/consultations/{row.reference}/propose/"
    wrong = luca.post(place, form(text="y" * 281, language="en"))
    assert wrong.status_code == 422 and "280 characters at most" in wrong.content.decode()
    assert "y" * 281 in wrong.content.decode()
    sent = form(text="Schools first.", language="en")
    luca.post(place, sent)
    assert "Nothing was done twice" in text(luca, luca.post(place, sent)["Location"])
    added = Proposition.objects.get(state="waiting")
    here = f"/consultations/{row.reference}/answer/"
    assert "Schools first." in text(luca, here)
    assert "Schools first." not in text(cast.client("henri"), here)
    assert "Schools first." not in text(Client(), f"/consultations/{row.reference}/")
    anna = cast.client("anna")
    assert added.reference in text(anna, "/desk/")
    declined = anna.post(f"/matters/{added.reference}/decline/", form(seen=added.version, reason="repeat"))
    assert declined.status_code == 302
    told = text(luca, f"/matters/{added.reference}/")
    assert "Says again what the same author has said there" in told
    assert cast.client("henri").get(f"/matters/{added.reference}/").status_code == 404


def test_one_without_the_right_adds_nothing(cast: Cast) -> None:
    row = making.opened(cast)
    for client in (cast.client("quiet"), Client()):
        client.post(f"/consultations/{row.reference}/propose/", form(text="No.", language="en"))
    assert row.propositions.count() == 3


# --- nobody's position ------------------------------------------------------------------------------------------------


def pages_of_others(cast: Cast, row: Consultation) -> dict[str, str]:
    """Everything that others may open of a consultation, without what differs from page to page."""
    ref = row.reference
    found = {}
    for key in ("anna", "henri", "greta"):
        for path in (f"/consultations/{ref}/", f"/matters/{ref}/", "/desk/", "/consultations/mine/"):
            found[f"{key} {path}"] = str(cast.client(key).get(path).content)
    for path in (f"/consultations/{ref}/answer/", f"/consultations/{ref}/answers/"):
        found[f"henri {path}"] = str(cast.client("henri").get(path).content)
    found["public"] = text(Client(), f"/consultations/{ref}/")
    found["list"] = text(Client(), "/consultations/")
    return {
        k: re.sub(r'name="(once|csrfmiddlewaretoken)" value="[^"]+"|"[^"]*csrf[^"]*"', "", v)
        for k, v in found.items()
    }


def test_while_it_runs_others_see_nothing_of_what_one_person_answers(cast: Cast) -> None:
    row, luca = making.opened(cast), cast.client("luca")
    every = making.asked(row)
    for each in every:
        say(luca, row, each.reference, "agree")
    before = pages_of_others(cast, row)
    for each in every:
        say(luca, row, each.reference, "disagree")
    once = re.compile(r'value=\\?"[0-9a-zA-Z]{32,64}\\?"')
    after = pages_of_others(cast, row)
    assert {k: once.sub("", v) for k, v in before.items()} == {k: once.sub("", v) for k, v in after.items()}


def test_the_record_and_the_page_of_the_clerk_name_nobody_who_answered(cast: Cast) -> None:
    row, luca = making.opened(cast), cast.client("luca")
    say(luca, row, making.asked(row)[0].reference, "agree")
    page = text(cast.client("anna"), f"/matters/{row.reference}/")
    assert making.SEEDS[0] in page and cast.luca.reference not in page and cast.luca.shown_name not in page
    assert not Entry.objects.filter(actor=cast.luca.reference).exists()
    assert cast.luca.reference not in str(list(Voter.objects.values())) + str(list(Vote.objects.values()))


def test_no_result_is_seen_before_it_is_published(cast: Cast) -> None:
    row = making.computed(making.opened(cast))
    for path in ("result/", "result.json", "draft/", "votes.csv"):
        for client in (Client(), cast.client("luca"), cast.client("anna")):
            assert client.get(f"/consultations/{row.reference}/{path}").status_code == 404, path
    prepared = making.prepared(cast)
    assert Client().get(f"/consultations/{prepared.reference}/").status_code == 404
    assert prepared.reference not in text(Client(), "/consultations/")


# --- the house --------------------------------------------------------------------------------------------------------


def test_a_clerk_prepares_opens_and_withdraws_by_the_pages(cast: Cast) -> None:
    anna, topic = cast.client("anna"), making.topic(cast)
    new = "/matters/new/consultations/prepare/"
    assert new in text(anna, "/consultations/mine/")
    other = making.topic(cast)
    under = f"{new}?topic={other.reference}"
    assert under in text(anna, f"/topics/{other.reference}/")
    assert f'<option value="{other.pk}" selected>' in text(anna, under)
    dialogue.close_topic(other, cast.actor("anna"))
    assert new not in text(anna, f"/topics/{other.reference}/")
    fields = {
        "topic": topic.pk, "closes_at": "2027-03-01T12:00", "seeds": "One.\n\nTwo.", "language": "fr", "civil_society": "on",
        **{f"name_{k}": v for k, v in making.NAMES.items()}, **{f"explanation_{k}": v for k, v in making.EXPLAINED.items()},
    }  # fmt: skip
    refused = anna.post(new, form(**{**fields, "seeds": " "}))
    assert refused.status_code == 422 and "Papers in exile" in refused.content.decode()
    place = anna.post(new, form(**fields))["Location"]
    row = Consultation.objects.get()
    assert [(each.text, each.language) for each in making.asked(row)] == [("One.", "fr"), ("Two.", "fr")]
    assert "nobody but the Secretariat reads the reasons" in text(anna, f"{place}withdraw/")
    anna.post(f"{place}open_consultation/", form(seen=row.version))
    page = text(Client(), f"/consultations/{row.reference}/")
    assert "One." in page and "civil society by invitation" in page
    row.refresh_from_db()
    ask = f"/matters/new/consultations/ask_withdrawal/?consultation={row.reference}"
    assert ask in text(anna, place).replace("&amp;", "&") and anna.get(ask.split("?")[0]).status_code == 404
    refused = anna.post(ask, form(reasons=" ", language="en"))
    assert refused.status_code == 422 and not Withdrawal.objects.exists()
    anna.post(ask, form(reasons="Two were unclear.", language="en"))
    asked = Withdrawal.objects.get()
    assert "Two were unclear." not in text(Client(), f"/consultations/{row.reference}/"), (
        "not before it is confirmed"
    )
    assert "Decide on the withdrawal" in text(cast.client("bruno"), "/desk/")
    assert "Two were unclear." in text(
        cast.client("bruno"), f"/matters/{asked.reference}/confirm_withdrawal/"
    )
    actions.confirm_withdrawal(asked, cast.actor("bruno"))
    page = text(Client(), f"/consultations/{row.reference}/")
    assert "Two were unclear." in page and "One." not in page
    for way in ("answer", "answers"):
        over = text(cast.client("luca"), f"/consultations/{row.reference}/{way}/")
        assert "what was answered is destroyed" in over and "before counts" not in over


def test_every_page_is_there_in_each_language(cast: Cast) -> None:
    seating.participants(cast)
    row = making.opened(cast, civil_society=True)
    ref, nadia, anna = row.reference, cast.client("nadia"), cast.client("anna")
    for prefix in LANGUAGES:
        for path in ("/consultations/", f"/consultations/{ref}/", f"/consultations/{ref}/code/"):
            assert "<h1" in text(Client(), f"{prefix}{path}")
        for path in ("answer", "answers"):
            assert "<h1" in text(nadia, f"{prefix}/consultations/{ref}/{path}/")
        assert "<h1" in text(anna, f"{prefix}/consultations/{ref}/codes/")


def test_those_who_may_answer_are_told_on_their_first_page(cast: Cast) -> None:
    seating.participants(cast)
    row = making.opened(cast)
    path = f"/consultations/{row.reference}/answer/"
    for key, is_told in {"nadia": True, "luca": True, "quiet": False}.items():
        assert (path in text(cast.client(key), "/desk/")) == is_told, key


def test_a_proposition_is_a_text_for_translation_to_whoever_may_read_it(cast: Cast) -> None:
    row = making.opened(cast)
    sent = Proposition(consultation=row)
    actions.propose(sent, cast.actor("luca"), text="Écoles d’abord.", language="fr")
    assert texts_of(sent.reference, cast.actor("henri")) == ()
    (found,) = texts_of(sent.reference, cast.actor("anna"))
    assert (found.body, found.language, found.author) == ("Écoles d’abord.", "fr", cast.luca.pk)
    every, luca = Proposition.objects.all(), cast.actor("luca")
    read = queries.propositions_visible_to(luca), queries.of_public(every), queries.own(row, luca)
    for each in (one for rows in read for one in rows):
        assert each.consultation.get_deferred_fields() == {"matrix", "sides"}, "no list needs them"
    (public,) = texts_of(making.asked(row)[0].reference, PUBLIC)
    assert public.body == making.SEEDS[0] and public.author is None


def test_answering_asks_few_questions_however_many_answer(cast: Cast) -> None:
    row, luca = making.opened(cast, seeds=MANY), cast.client("luca")
    here = f"/consultations/{row.reference}/answer/"

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            text(luca, here)
        return len(asked)

    questions()
    few = questions()
    making.camps(row, 120)
    assert questions() == few < 40
