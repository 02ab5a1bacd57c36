"""The pages of statements: what everybody reads, what only those who sit read, and the check of a text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hemicycle.instruments.passages import digest
from hemicycle.instruments.passages.command import check_text
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC
from hemicycle.statements import actions, checking, paper
from hemicycle.statements.models import Amendment, Group, Initiative, Statement
from hemicycle.texts import sources

from .. import seating
from ..cast import Cast, sign_in
from ..texts.making import aside
from .making import (
    DISSENT,
    FRENCH,
    RUSSIAN,
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


@pytest.fixture
def published(there: Hall) -> Statement:
    """In three languages, with a dissent; one of those who consented is not named."""
    row = final(there, consents=10, fr=FRENCH, ru=RUSSIAN)
    Mandate.objects.filter(pk=there.seats[3].pk).update(name_withheld=True)
    actions.give_opinion(row, there.actor(14), kind="dissent", text=DISSENT, language="en")
    actions.publish(row, there.actor(0))
    return row


def page(path: str, client: Any = None, status: int = 200) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def at(there: Hall, seat: int) -> Any:
    return sign_in(there.seats[seat].person)


def send(client: Any, path: str, **fields: Any) -> Any:
    form = client.get(path).context["form"]
    hidden = {name: form[name].value() or "" for name in ("once", "seen")}
    return client.post(path, {**hidden, **fields})


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
        "Boris Kelmin",
    ):
        assert words in shown or words == "Boris Kelmin"
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


# --- the check


def check(text: str = "", file: Any = None, prefix: str = "", status: int = 200) -> str:
    client = Client(enforce_csrf_checks=False)
    answer = client.post(f"{prefix}/check/", {"text": text, **({"file": file} if file else {})})
    assert answer.status_code == status and (status == 429 or answer["Cache-Control"] == "no-store")
    return answer.content.decode()


def test_a_text_is_authentic_altered_or_unknown(published: Statement) -> None:
    assert "Authentic" in check(f"  {TEXT}\r\n") and "Authentic" in check(RUSSIAN.replace("\n\n", "\n"))
    altered = check(TEXT.replace("ninety", "thirty"))
    assert "Altered" in altered and published.reference in altered
    for mark in ("published:", "this text:"):
        assert mark in altered
    assert "Unknown" in check("Something else entirely was written here.")
    assert "Authentique" in check(FRENCH, prefix="/fr")


def test_a_file_is_checked_too(published: Statement) -> None:
    for name in ("t.txt", "t.md"):
        assert "Authentic" in check(file=SimpleUploadedFile(name, TEXT.encode()))
    assert "cannot be read" in check(file=SimpleUploadedFile("t.pdf", b"%PDF-1.7 nonsense"), status=422)
    assert "cannot be read" in check(
        file=SimpleUploadedFile("t.txt", b"\x89PNG\r\n\x1a\n" + b"0" * 40), status=422
    )
    assert "1 MB" in check(file=SimpleUploadedFile("t.txt", b"a" * 1_100_000), status=422)


def test_the_paper_is_authentic_and_one_that_was_set_by_somebody_else_is_not(published: Statement) -> None:
    paper_ = paper.pdf(published, "ru")
    assert "Authentic" in check(file=SimpleUploadedFile("p.pdf", paper_))
    forged = check(file=SimpleUploadedFile("p.pdf", paper_ + b"\n"))
    assert "Altered" in forged  # the same words, and those around them


def test_a_pdf_with_the_words_of_a_statement_below_other_pages_is_not_authentic(
    published: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its pages show one thing, the words that can be taken out of it are another.
    monkeypatch.setattr(checking, "_words", lambda data: TEXT)
    told = check(file=SimpleUploadedFile("p.pdf", b"%PDF-1.7 an invisible layer of words"))
    assert "Not our paper" in told and "pages may show others" in told and "Authentic" not in told


def test_the_check_says_in_whose_name_a_text_was_published(published: Statement) -> None:
    assert "in the name of all participants" in check(TEXT)


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\u200f"], ids=ascii)
def test_a_text_that_is_read_in_another_order_is_altered_and_the_sign_named(
    published: Statement, sign: str
) -> None:
    told = check(TEXT.replace("ninety days", f"{sign}ninety days"))
    assert "Altered" in told and f"[U+{ord(sign):04X}]" in told


@pytest.mark.parametrize(
    "given", [{}, {"text": " "}, {"text": "a", "file": SimpleUploadedFile("t.txt", b"a")}], ids=str
)
def test_nothing_or_two_things_are_refused(db: None, given: Any) -> None:
    assert "Paste a text or choose a file" in check(status=422, **given)


def test_who_asks_too_often_waits(published: Statement, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "statements_check": "2/15m/ip"}
    for _time in range(2):
        check(TEXT)
    check(TEXT, status=429)


# --- paper


def test_the_paper_has_the_same_bytes_twice_and_draws_every_letter(published: Statement) -> None:
    import pypdfium2

    made = paper.pdf(published, "ru")
    paper._set.cache_clear()
    assert paper.pdf(published, "ru") == made
    document = pypdfium2.PdfDocument(made)
    text = document[0].get_textpage().get_text_bounded()
    assert "За тех, кто отказался" in text and published.digest in text.replace("\r\n", "")
    ink = document[0].render(scale=1).to_pil().convert("L").histogram()
    assert sum(ink[:128]) > 2000  # the letters are drawn, not only there


def test_nothing_in_a_text_is_read_as_markup(there: Hall) -> None:
    import pypdfium2

    text = "Title #1\n\n#panic(1) *not bold* $x$ <b>no</b> \\ @reference `code`\n"
    row = drafted(there, text=text, scope="signatories")
    actions.finalise(row, there.actor(0), texts={})
    consent(there, row, 0)
    actions.publish(row, there.actor(0))
    read = pypdfium2.PdfDocument(paper.pdf(row, "en"))[0].get_textpage().get_text_bounded()
    assert "#panic(1) *not bold* $x$ <b>no</b> \\ @reference `code`" in read
    shown = page(f"/statements/{row.reference}/")
    assert "#panic(1) *not bold* $x$ &lt;b&gt;no&lt;/b&gt; \\ @reference `code`" in shown


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


def test_a_suspended_participant_reads_and_does_nothing(there: Hall) -> None:
    row = final(there)
    seating.suspend(there.seats[2])
    client = at(there, 2)
    assert TITLE in page(f"/matters/{row.reference}/", client)
    page(f"/matters/{row.reference}/consent/", client, 404)


def test_groups_and_an_initiative_at_the_pages(there: Hall) -> None:
    names = {"name_en": "Coast", "name_fr": "Côte", "name_ru": "Берег"}
    send(at(there, 0), "/matters/new/statements/found_group/", **names)
    own = Group.objects.get()
    send(at(there, 1), f"/matters/{own.reference}/join_group/")
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
    published: Statement, cast: Cast
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
