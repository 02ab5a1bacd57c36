"""Two hundred strings that nobody else would write are typed into the forms, right and wrong, and then searched for in
everything that lies on a disk: the database with what it has deleted and not written over yet, sessions, cache, queue,
files, temporary files, logs. None is there, in no encoding."""

from __future__ import annotations

import base64
import io
import json
import logging
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.urls import reverse
from PIL import Image, PngImagePlugin

from hemicycle.candidacy import actions, answers, queries
from hemicycle.candidacy.models import Call, Candidacy, Erasure, Evidence
from hemicycle.notices.management.commands.tick import ticks
from hemicycle.people import actions as accounts
from hemicycle.people import queries as people
from hemicycle.people.models import Account
from hemicycle.web.desk import begin_url

from ..candidacy import making, sealing
from ..candidacy.browsing import part, send
from ..candidacy.test_files import picture
from ..cast import Cast, found

CANARIES = 200


class Aviary:
    """Makes strings, each once, and remembers them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, plain: bool = False) -> str:
        self.made.append(f"Qz{secrets.token_hex(5)}" + ("" if plain else "Жъ") + secrets.token_hex(3))
        return self.made[-1]


def needles(text: str) -> Iterator[bytes]:
    """A text as it may stand in a file."""
    for data in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield data
        yield data.hex().encode()
        for offset in range(3):
            coded = base64.b64encode(b"\0" * offset + data).rstrip(b"=")
            whole = coded[(offset * 8 + 5) // 6 : -2]
            yield whole
            yield whole.translate(bytes.maketrans(b"+/", b"-_"))
    yield json.dumps(text)[1:-1].encode()


@pytest.fixture
def house(
    own_database: None, django_db_blocker: Any, settings: Any, tmp_path: Path, noon: Any, monkeypatch: Any
) -> Iterator[Cast]:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path / "media"
    settings.KEYSTORE, settings.KEYSTORE_BACKUP = tmp_path / "store", tmp_path / "store-backup"
    for name in ("media", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with django_db_blocker.unblock():
        yield found()


def on_disk(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that was written, by place."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")
            rows = b"\n".join(_bytes(value) for row in cursor.fetchall() for value in row)
            yield table, rows
    connections.close_all()
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def _bytes(value: Any) -> bytes:
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    return (json.dumps(value) if isinstance(value, dict | list) else str(value)).encode()


def photograph(word: Aviary) -> bytes:
    exif, notes, out = Image.Exif(), PngImagePlugin.PngInfo(), io.BytesIO()
    exif[0x010E], exif[0x013B] = word(), word()
    exif.get_ifd(0x8769)[0xA431] = word(plain=True)  # of the camera: digests of both are kept
    notes.add_text("Author", word(plain=True))
    Image.new("RGB", (60, 40), "navy").save(out, format="PNG", exif=exif, pnginfo=notes)
    return out.getvalue()


def document(word: Aviary) -> bytes:
    out, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page(page_size=(200, 300))
    made.docinfo["/Author"] = word()
    made.docinfo["/Title"] = word(plain=True)
    made.save(out)
    return out.getvalue()


def apply(call: Call, cast: Cast, key: str, word: Aviary) -> Candidacy:
    """A person types a whole candidacy, page by page."""
    person, client = cast.persons[key], cast.client(key)
    account = sealing.give_phrase(person)
    mail = f"{word(plain=True)}@example.org".lower()
    word.made.append(mail)
    accounts.change_address(Account.objects.get(pk=account.pk), people.bearer(person), email=mail)
    send(client, reverse("apply-call", args=[call.reference]), notice_read="on")
    made = Candidacy.objects.get(person=person)
    fields: dict[str, dict[str, Any]] = {
        "residence": {"residence": "LT", "origin": ["journalism"]},
        "bar": {"answer": "no"},
        "declaration": {"is_own_act": "on"},
    }
    for name in answers.parts(queries.charter_of(call)):
        kind = name.partition(":")[0]
        typed = fields.get(kind) or {
            "names": {
                "name": word(), "latin_name": word(plain=True), "public_name": word(), "gender": "f", "language": "ru",
            },
            "people": {
                "people": word(), "spoken_language": word(), "region": word(), "for_reserve": "yes",
                "reserve_confirmed": "on",
            },
            "criterion": {"statement": f"{word()} {word()}", "language": "ru", "since": "2022-02-24", "declared": "on"},
        }[kind]  # fmt: skip
        send(client, part(made, name), **typed)
    show(client, call, made, word)
    send(
        client, begin_url("candidacy", "add_endorsement", candidacy=made.reference),
        body=word(), statement=word(), link=f"https://example.org/{word(plain=True)}", language="en",
    )  # fmt: skip
    send(client, reverse("act", args=[made.reference, "submit"]))
    return made


def show(client: Any, call: Call, made: Candidacy, word: Aviary) -> None:
    """Links and files of every kind, some of them refused."""
    url = reverse("candidacy-evidence", args=[made.reference])
    for criterion in queries.charter_of(call).criteria:
        if criterion.needs_evidence:
            link = f"https://example.org/{word(plain=True)}"
            send(client, url, criterion=criterion.key, title=word(), language="ru", link=link)
    for name, data in (
        (f"{word()}.txt", f"{word()}\n{word(plain=True)}".encode()),
        (f"{word()}.png", photograph(word)),
        (f"{word()}.pdf", document(word)),
    ):
        file = SimpleUploadedFile(name, data)
        send(client, url, criterion="exile", title=word(), language="ru", file=file)
    bad = SimpleUploadedFile(f"{word()}.exe", f"MZ{word()}".encode())
    send(client, url, 422, criterion="exile", title=word(), language="ru", file=bad)
    send(client, url, 422, criterion="exile", title=word(), language="ru", link=word())
    broken = SimpleUploadedFile(f"{word()}.png", picture()[:40] + word().encode())
    send(client, url, 422, criterion="exile", title=word(), language="ru", file=broken)


def handle(made: Candidacy, cast: Cast, word: Aviary) -> None:
    """What the house writes about the person."""
    anna = cast.client("anna")

    def act(client: Any, name: str, status: int = 302, **data: Any) -> None:
        send(client, reverse("act", args=[made.reference, name]), status, **data)

    act(anna, "open_file", reason="other", text=word(), language="en")
    act(
        anna,
        "hold",
        ground=word(),
        language="en",
        until_0="2027-06-01",
        until_1="12:00",
        until="2027-06-01T12:00",
    )
    act(anna, "return_for_completion", 422, reasons="", language="xx")
    act(anna, "return_for_completion", reasons=word(), language="en")
    act(cast.client({v: k for k, v in cast.persons.items()}[made.person]), "complete")
    act(anna, "propose_inadmissible", ground="not_own_act", reasons=word(), language="en")
    bruno = cast.client("bruno")
    act(bruno, "open_file", reason="other", text=word(), language="en")
    act(bruno, "dismiss_inadmissibility", reasons=word(), language="en")
    begin = begin_url("candidacy", "ask_erasure", candidacy=made.reference)
    send(anna, begin, ground=word(), language="en", by_request="on")
    asked = Erasure.objects.get(file=made.reference)
    send(
        cast.client("marta"),
        reverse("act", args=[asked.reference, "stop_erasure"]),
        reasons=word(),
        language="en",
    )
    send(
        cast.client("ilse"), begin_url("integrity", "declare", subject=made.person.reference),
        subject=made.person.reference, kind="work", text=word(), language="en",
    )  # fmt: skip


def test_no_canary_is_found_on_any_disk(
    house: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(
        logging.INFO, logger="PIL"
    )  # it is this test that draws pictures; the house does so elsewhere
    call, word = making.call(house), Aviary()
    people_ = ("nadia", "oleg", "pavel", "quiet")
    for key in people_:
        handle(apply(call, house, key, word), house, word)
    for _room, tick in ticks():
        tick()
    while len(word.made) < CANARIES:  # long texts run over pages of the database
        made = Candidacy.objects.first()
        assert made is not None
        made.refresh_from_db()
        text = " ".join(word() for _ in range(10))
        actions.correct_facts(
            made,
            people.actor(made.person),
            part="people",
            values={"people": text[:200]},
            reasons=text,
            language="en",
        )
    assert len(set(word.made)) >= CANARIES
    assert Evidence.objects.exclude(kind="link").count() == 3 * len(people_)
    captured = capfd.readouterr()
    places = [
        *on_disk(tmp_path),
        ("log", caplog.text.encode()),
        ("printed", (captured.out + captured.err).encode()),
    ]
    assert len(places) > 100
    wanted = {text: tuple(needles(text)) for text in word.made}
    leaks = sorted(
        {
            (place, text)
            for place, data in places
            for text, forms in wanted.items()
            if any(f in data for f in forms)
        }
    )
    assert not leaks, leaks[:20]


def test_a_canary_that_is_there_is_found() -> None:
    """So that nothing above holds only because the search is blind."""
    text = Aviary()()
    for data in (
        text.encode(), text.encode("utf-16-le"), json.dumps({"a": text}).encode(),
        *(base64.b64encode(b"x" * n + text.encode() + b"tail") for n in range(7)),
        *(base64.urlsafe_b64encode(b"x" * n + text.encode("utf-16-be") + b"tail") for n in range(3)),
    ):  # fmt: skip
        assert any(needle in data for needle in needles(text)), data
