"""The pages of statements: what everybody reads, what only those who sit read, and the check of a text."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from hemicycle.instruments.passages import digest
from hemicycle.instruments.passages.command import check_text
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.statements import actions
from hemicycle.statements.models import Amendment, Group, Initiative, Joining, Statement
from hemicycle.texts import sources

from .. import seating
from ..cast import Cast
from ..texts.making import aside
from .browsing import at, check, page, send
from .making import (
    DISSENT,
    FRENCH,
    TEXT,
    TITLE,
    Hall,
    amended,
    consent,
    drafted,
    final,
    group,
    proposed,
)


def test_nothing_is_public_before_its_publication(there: Hall) -> None:
    row = final(there, consents=9)
    amendment = amended(there, drafted(there))
    own = group(there, [0, 1, 2])
    initiative = proposed(there, own, 0)
    for path in ("/statements/", "/fr/statements/", "/check/"):
        assert TITLE not in page(path)
    for each in (row, initiative):
        page(f"/statements/{each.reference}/", status=404)
    for name in ("signature.json", "text.en.txt", "en.pdf"):
        page(f"/statements/{row.reference}/{name}", status=404)
    clerk, outsider = there.cast.client("anna"), there.cast.client("luca")
    for client in (clerk, outsider):
        page("/statements/own/", client, 404)
        for each in (row, amendment, initiative):
            page(f"/matters/{each.reference}/", client, 404)
    page(f"/matters/{initiative.reference}/", at(there, 9), 404)
    assert sources.texts_of(row.reference, PUBLIC) == ()
    assert "Authentic" not in check(TEXT)


def test_everybody_reads_what_was_published(published: Statement, there: Hall) -> None:
    url = f"/statements/{published.reference}/"
    shown = page(url)
    for words in (
        TITLE,
        "those who refused to fight",
        DISSENT,
        published.digest,
        "10 of 15; 10 were needed",
        there.seats[4].shown_name,
    ):
        assert words in shown, words
    assert "1 participant whose name is withheld" in shown
    assert there.seats[3].shown_name not in shown
    assert "Pour celles et ceux" in page(f"/fr{url}") and "За тех, кто отказался" in page(f"/ru{url}")
    assert TITLE in page("/statements/")
    found = {text.part.partition("-")[0]: text for text in sources.texts_of(published.reference, PUBLIC)}
    assert set(found) == {"text", "opinion"}


def test_the_files_are_what_was_signed(published: Statement) -> None:
    url = f"/statements/{published.reference}/"
    told = json.loads(page(f"{url}signature.json"))
    assert told["digest"] == published.digest and told["receipt"]["statement"]["act"] == "publish"
    for language in ("en", "fr", "ru"):
        text = Client().get(f"{url}text.{language}.txt").content.decode()
        assert f"{language} {digest(text)}" in told["manifest"]
    page(f"{url}text.de.txt", status=404)


def test_the_command_checks_what_was_saved(published: Statement, tmp_path: Any, capsys: Any) -> None:
    url, saved = f"/statements/{published.reference}/", tmp_path / "saved"
    saved.mkdir()
    (saved / "one.json").write_text(page(f"{url}signature.json"))
    for language in ("en", "ru"):
        (saved / f"one.{language}.txt").write_bytes(Client().get(f"{url}text.{language}.txt").content)
    given = tmp_path / "given.txt"
    for text, code, word in (
        (TEXT.replace("\n", " \r\n"), 0, "AUTHENTIC: one (en)"), (TEXT.replace("ninety", "nine"), 1, "this text: nine"),
        ("Something else.", 1, "UNKNOWN"),
    ):  # fmt: skip
        given.write_text(text)
        assert check_text([str(given), "--published", str(saved)]) == code
        assert word in capsys.readouterr().out
    assert check_text([str(given), "--published", str(saved), "--key", "statement+00000000+AAAA"]) == 2
    (saved / "one.en.txt").write_text(TEXT.replace("ninety", "nine"))
    assert check_text([str(given), "--published", str(saved)]) == 2
    assert "not the text that was signed" in capsys.readouterr().err
    for broken in ("{", "[" * 100_000, "[]"):
        (saved / "a.json").write_text(broken)
        assert check_text([str(given), "--published", str(saved)]) == 2
        assert "no signature of a statement" in capsys.readouterr().err


# --- those who sit


def test_a_statement_goes_its_way_at_the_pages(there: Hall) -> None:
    client = at(there, 0)
    own = page("/statements/own/", client)
    assert "No statement has been begun so far." in own
    answer = send(
        client, "/matters/new/statements/begin_statement/", scope="all", text="Only a title", language="en"
    )
    assert answer.status_code == 422 and b"Only a title" in answer.content
    send(client, "/matters/new/statements/begin_statement/", scope="all", text=TEXT, language="en")
    row = Statement.objects.get()
    matter = f"/matters/{row.reference}/"
    other = at(there, 3)
    begin = f"/matters/new/statements/propose_amendment/?statement={row.reference}"
    send(other, begin, passage="ninety days", replacement="thirty days", reasons="")
    amendment = Amendment.objects.get()
    assert f"Vote on an amendment: {amendment.reference}" in page("/desk/", at(there, 5))
    send(at(there, 5), f"/matters/{amendment.reference}/vote_on_amendment/", choice="for")
    with clock.set_to(amendment.closes_at):
        actions.tick()
        send(client, f"/matters/{amendment.reference}/take_in/")
        shown = page(matter, client)
        assert "added:" in shown and "removed:" in shown and "thirty days" in shown
        send(client, f"{matter}finalise/", text_fr=FRENCH, text_ru="")
        row.refresh_from_db()
        assert row.state == "final" and "0 of 15 have consented" in page(matter, client)
        assert "Consent or dissent" in page("/desk/", other)
        answer = send(other, f"{matter}consent/", digest=row.digest)
        assert answer.status_code == 302 and row.consents.count() == 1
        send(at(there, 4), f"{matter}give_opinion/", kind="dissent", text=DISSENT, language="en")
        assert DISSENT in page(matter, client)
        refused = send(client, f"{matter}publish/")
        assert refused.status_code == 422 and b"1 of 15 have consented" in refused.content


def test_a_suspended_participant_reads_nothing_that_is_not_public_but_what_he_or_she_gave(
    there: Hall,
) -> None:
    draft = drafted(there)
    amendment = amended(there, draft)
    own = group(there, [2, 5, 6])
    initiative = proposed(there, own, 2, text=TEXT.replace("ninety", "twelve"))
    row = final(there)
    consent(there, row, 2)
    actions.give_opinion(row, there.actor(2), kind="separate", text=DISSENT, language="en")
    client = at(there, 2)
    matters = [f"/matters/{each.reference}/" for each in (draft, row, amendment, initiative)]
    for path in (*matters, f"{matters[1]}give_opinion/"):
        page(path, client)
    assert 'href="/statements/own/"' in page("/desk/", client)
    seating.suspend(there.seats[2])
    for path in (*matters, f"{matters[1]}give_opinion/", f"{matters[2]}vote_on_amendment/"):
        page(path, client, 404)
    page(f"/matters/new/statements/propose_amendment/?statement={draft.reference}", client, 404)
    for reference in (draft.reference, row.reference, initiative.reference):
        assert sources.texts_of(reference, there.actor(2)) == ()
    for prefix, words in (("", "My consents"), ("/fr", "Mes consentements"), ("/ru", "Мои согласия")):
        shown = page(f"{prefix}/statements/own/", client)
        assert words in shown and DISSENT in shown and row.reference in shown
        assert TITLE not in shown and draft.reference not in shown and "twelve" not in shown
    home = page("/desk/", client)
    assert "My consents and opinions" in home and "Statements and groups" not in home
    page(f"/matters/{own.reference}/", client)  # public, and left at any time
    page("/statements/own/", there.cast.client("luca"), 404)


def test_who_moves_a_statement_is_read_inside_and_the_last_mover_is_named_as_such(there: Hall) -> None:
    row = drafted(there, scope="signatories")
    matter, ends = f"/matters/{row.reference}/", "The draft ends with the participation of its last mover."
    assert ends in page(matter, at(there, 5))
    actions.join_movers(row, there.actor(1))
    assert ends not in page(matter, at(there, 5))
    actions.finalise(row, there.actor(0), texts={})
    consent(there, row, 7)
    actions.publish(row, there.actor(0))
    assert ">Movers<" in page(matter, at(there, 5))
    outside = page(matter, there.cast.client("luca"))
    assert ">Movers<" not in outside and there.seats[1].shown_name not in outside


def test_groups_and_an_initiative_at_the_pages(there: Hall) -> None:
    names = {"name_en": "Coast", "name_fr": "Côte", "name_ru": "Берег"}
    send(at(there, 0), "/matters/new/statements/found_group/", **names)
    own = Group.objects.get()
    page(f"/matters/{own.reference}/join_group/", at(there, 1), 403)  # within an acceptance only
    begin = f"/matters/new/statements/ask_to_join/?group={own.reference}"
    assert "ask_to_join" in page(f"/matters/{own.reference}/", at(there, 1))
    send(at(there, 1), begin)
    waits = Joining.objects.get()
    answer = send(at(there, 1), begin)
    assert answer.status_code == 422 and b"asked already" in answer.content
    send(at(there, 2), begin)
    other = Joining.objects.exclude(pk=waits.pk).get()
    assert "ask_to_join" not in page(f"/matters/{own.reference}/", at(there, 0))
    assert "asks to join the group “Coast”" in page("/desk/", at(there, 0))
    for client in (at(there, 5), there.cast.client("anna")):
        page(f"/matters/{waits.reference}/", client, 404)
    shown = page(f"/matters/{own.reference}/", at(there, 5))
    assert waits.reference not in shown and "Asks to join" not in shown
    send(at(there, 0), f"/matters/{waits.reference}/accept_member/")
    answer = send(at(there, 0), f"/matters/{other.reference}/decline_member/", reason="")
    assert answer.status_code == 422
    send(at(there, 0), f"/matters/{other.reference}/decline_member/", reason="full")
    assert "the group takes in nobody at present" in page(f"/matters/{other.reference}/", at(there, 2))
    assert "n’admet personne" in page(f"/fr/matters/{other.reference}/", at(there, 2))
    send(
        at(there, 0),
        "/matters/new/statements/propose_initiative/",
        group=own.pk,
        text=TEXT,
        language="en",
        topic="",
    )
    row = Initiative.objects.get()
    assert "Support a joint initiative" in page("/desk/", at(there, 1))
    send(at(there, 1), f"/matters/{row.reference}/back_initiative/", group=own.pk)
    shown = page(f"/statements/{row.reference}/")
    assert TITLE in shown and "supports it" in shown and "Coast" in shown
    assert "Берег" in page("/ru/statements/")
    for path in ("/fr/statements/own/", f"/ru/matters/{row.reference}/", f"/fr/matters/{own.reference}/"):
        page(path, at(there, 0))


def test_the_way_to_a_published_text_is_read_by_those_who_sit(there: Hall) -> None:
    row = drafted(there, scope="signatories")
    amendment = amended(there, row)
    actions.withdraw_amendment(amendment, there.actor(3))
    actions.write_version(row, there.actor(0), text=TEXT.replace("ninety", "sixty"))
    actions.finalise(row, there.actor(0), texts={})
    consent(there, row, 0)
    actions.publish(row, there.actor(0))
    matter = f"/matters/{row.reference}/"
    inside, outside = page(matter, at(there, 5)), page(matter, there.cast.client("luca"))
    assert TITLE in inside and TITLE in outside
    for words in ("Version 1", "ninety", amendment.reference):
        assert words in inside and words not in outside, words


def test_an_initiative_that_is_set_aside_is_named_by_its_reference(there: Hall, cast: Cast) -> None:
    own = group(there, [0, 1])
    group(there, [3, 4], "Steppe")  # asked for its support
    row = proposed(there, own, 0)
    actions.back_initiative(row, there.actor(1), group=own)
    aside(cast, sources.texts_of(row.reference, PUBLIC)[0])
    for path in (f"/matters/{row.reference}/", "/statements/own/", "/desk/"):
        shown = page(path, at(there, 3))
        assert row.reference in shown and TITLE not in shown, path


def test_a_topic_shows_what_was_published_under_it(there: Hall) -> None:
    from hemicycle.dialogue import parts
    from hemicycle.dialogue.models import Topic

    topic = Topic.objects.create(
        reference="TOPC-T", state="open", created_at=clock.now(), name_en="T", name_fr="T", name_ru="T"
    )
    row = Statement(scope="signatories", topic=topic)
    actions.begin_statement(row, there.actor(0), text=TEXT, language="en")
    actions.finalise(row, there.actor(0), texts={})
    consent(there, row, 1)
    part = next(each for each in parts.parts if "initiatives" in str(each.heading))
    assert part.lines(topic, PUBLIC) == []
    actions.publish(row, there.actor(0))
    (line,) = part.lines(topic, PUBLIC)
    assert (line.title, line.url) == (TITLE, reverse("statements-public", args=[row.reference]))
    assert "TOPC-T" in part.begin(topic, there.actor(2)) and part.begin(topic, PUBLIC) == ""


def test_a_statement_that_is_set_aside_is_read_in_none_of_its_languages(
    published: Statement, there: Hall, cast: Cast
) -> None:
    row = published
    text = sources.texts_of(row.reference, PUBLIC)[0]
    assert text.author == row.movers.get().mandate.person_id  # who is told, and may appeal
    aside(cast, text)
    for prefix in ("", "/fr", "/ru"):
        shown = page(f"{prefix}/statements/{row.reference}/") + page(f"{prefix}/statements/")
        for words in (TITLE, "let in those who refused", "refusé de", "отказался", "За тех"):
            assert words not in shown, (prefix, words)
        assert f'href="{prefix}/statements/{row.reference}/"' in shown
    inside, outside = at(there, 5), cast.client("luca")
    for path, client in (
        (f"/matters/{row.reference}/", outside),
        (f"/matters/{row.reference}/", inside),
        ("/statements/own/", inside),
    ):
        shown = page(path, client)
        assert row.reference in shown and "refusé" not in shown and "отказал" not in shown
        assert TITLE not in shown and "let in those who refused" not in shown, path
    assert "This text is set aside" in page(f"/statements/{row.reference}/")
    for name in ("text.en.txt", "text.fr.txt", "ru.pdf"):
        answer = Client().get(f"/statements/{row.reference}/{name}")
        assert (answer.status_code, answer["Location"]) == (302, f"/statements/{row.reference}/"), name
    checked = Client().post("/check/", {"text": TEXT.replace("ninety", "ten")}).content.decode()
    assert row.reference in checked and ">published:" not in checked and f">{TITLE}<" not in checked


def test_a_dissent_that_is_set_aside_is_not_on_the_paper(published: Statement, cast: Cast) -> None:
    dissent = next(each for each in sources.texts_of(published.reference, PUBLIC) if each.part != "text")
    aside(cast, dissent)
    assert DISSENT not in page(f"/statements/{published.reference}/")
    assert Client().get(f"/statements/{published.reference}/en.pdf").status_code == 302
    assert page(f"/statements/{published.reference}/text.en.txt") == TEXT
