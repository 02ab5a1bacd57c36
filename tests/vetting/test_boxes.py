"""Evidence is sealed to its readers by the custodian's two holders, and to nobody else (article 11.2)."""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any

import pytest
from django.urls import reverse

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy import envelopes, files
from hemicycle.candidacy.envelopes import Box
from hemicycle.candidacy.models import Call, Candidacy, Evidence, EvidenceKey
from hemicycle.candidacy.models.contents import COPY, ORIGINAL
from hemicycle.people import actions as people
from hemicycle.people import wraps
from hemicycle.people.models import Custodian, Person, ReaderKey
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination

from ..candidacy import making as forms
from ..candidacy import sealing
from ..candidacy.making import refused
from ..candidacy.test_files import picture
from ..cast import Cast
from . import making

KEYS = {key: wraps.new_identity() for key in making.ASSESSORS}
PHRASE = "sova lira sova lira sova lira sova"


def give_key(cast: Cast, key: str) -> None:
    people.add_reader_key(
        ReaderKey(person=cast.persons[key]), cast.actor(key), recipient=wraps.recipient_of(KEYS[key]),
        wraps=[wrapped(key)],
    )  # fmt: skip


@lru_cache
def wrapped(key: str) -> wraps.Wrap:
    """Once for all tests: it takes as long as whoever guesses shall take."""
    return wraps.with_passphrase(KEYS[key], PHRASE)


def with_evidence(call: Call, cast: Cast, key: str = "nadia") -> Candidacy:
    """An admissible candidacy with one picture among its evidence."""
    made = forms.written(call, cast.persons[key])
    kept = files.keep(sealing.uploaded(picture()), 10, files.envelope_for(made))
    candidacies.add_evidence(made, cast.actor(key), title="A page", language="en", file=kept)
    candidacies.submit(made, cast.actor(key))
    candidacies.propose_admissible(made, cast.actor("anna"))
    candidacies.declare_admissible(made, cast.actor("bruno"))
    return made


@pytest.fixture
def examination(call: Call, cast: Cast) -> Examination:
    for key in making.ASSESSORS:
        give_key(cast, key)
    return making.assigned(with_evidence(call, cast), cast)


def sealed(cast: Cast, clerk: str = "anna") -> list[tuple[str, Box]]:
    """What the browser of the two holders makes of what waits."""
    made = []
    for w in queries.boxes.wanted(cast.actor(clerk)):
        one_off = envelopes.open_box(w.evidence, COPY, sealing.CUSTODIANS)
        made.append(
            (
                w.evidence.name,
                Box(COPY, w.reader.reference, w.recipient, envelopes.seal_to(w.recipient, one_off)),
            )
        )
    return made


def identity_of(person: Person) -> str:
    return next(
        KEYS[key]
        for key in KEYS
        if wraps.recipient_of(KEYS[key]) == ReaderKey.objects.get(person=person).recipient
    )


def test_each_reader_opens_the_copy_and_nobody_else_does(examination: Examination, cast: Cast) -> None:
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    held = Evidence.objects.get(kind="image")
    readers = [reading.assessor for reading in making.readings(examination)]
    assert len(readers) == 2
    for reader in readers:
        one_off = envelopes.open_box(held, COPY, identity_of(reader))
        assert envelopes.open_page(
            held, held.pages[0], files.path(held.pages[0]).read_bytes(), one_off
        ).startswith(b"\x89PNG")
        with pytest.raises(envelopes.Locked):
            envelopes.open_box(held, ORIGINAL, identity_of(reader))
    for key in set(KEYS) - {k for k in KEYS if cast.persons[k] in readers}:
        with pytest.raises(envelopes.Locked):
            envelopes.open_box(held, COPY, KEYS[key])
    assert queries.boxes.wanted(cast.actor("anna")) == [], "nothing waits any more"


def test_the_entry_counts_boxes_and_names_readers_by_reference(examination: Examination, cast: Cast) -> None:
    actions.seal_to_readers(examination, cast.actor("marta"), boxes=sealed(cast, "marta"))
    entry = Entry.objects.get(act="seal_to_readers")
    assert entry.facts["boxes"] == 2 and entry.facts["custodians"] == [Custodian.objects.get().reference]
    assert sorted(entry.facts["readers"]) == sorted(
        r.assessor.reference for r in making.readings(examination)
    )


@pytest.mark.parametrize(
    "wrong", ["stranger", "other_key", "twice", "no_box", "secret", "nothing", "original"]
)
def test_a_box_that_nobody_waits_for_is_refused_and_none_is_kept(
    examination: Examination, cast: Cast, wrong: str
) -> None:
    boxes: Any = sealed(cast)
    name, box = boxes[0]
    if wrong == "stranger":
        boxes[0] = (name, Box(COPY, cast.quiet.reference, box.recipient, box.text))
    elif wrong == "other_key":
        boxes[0] = (name, Box(COPY, box.holder, wraps.recipient_of(wraps.new_identity()), box.text))
    elif wrong == "twice":
        boxes.append(boxes[0])
    elif wrong == "no_box":
        boxes[0] = (name, Box(COPY, box.holder, box.recipient, "words"))
    elif wrong == "secret":
        boxes[0] = (
            name,
            Box(COPY, box.holder, box.recipient, "-----BEGIN AGE ENCRYPTED FILE-----" + wraps.new_identity()),
        )
    elif wrong == "original":
        boxes[0] = ("another name", box)
    else:
        boxes = []
    refused(Unmet, lambda: actions.seal_to_readers(examination, cast.actor("anna"), boxes=boxes), examination)
    assert set(EvidenceKey.objects.values_list("holder", flat=True)) == {"candidate", "custodian"}


@pytest.mark.parametrize("key", ["bruno", "clara", "greta", "nadia", "quiet"])
def test_only_the_holders_of_the_sheets_seal(examination: Examination, cast: Cast, key: str) -> None:
    boxes = sealed(cast)
    with pytest.raises(NotEmpowered):
        actions.seal_to_readers(examination, cast.actor(key), boxes=boxes)
    assert queries.boxes.wanted(cast.actor(key)) == []


def test_a_reader_who_comes_later_or_changes_the_key_waits_anew(examination: Examination, cast: Cast) -> None:
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    reader = making.readings(examination)[0].assessor
    key = next(k for k in KEYS if cast.persons[k] == reader)
    newer = wraps.new_identity()
    people.add_reader_key(
        ReaderKey(person=reader), cast.actor(key), recipient=wraps.recipient_of(newer),
        wraps=[wraps.with_passphrase(newer, PHRASE)],
    )  # fmt: skip
    assert [w.recipient for w in queries.boxes.wanted(cast.actor("anna"))] == [wraps.recipient_of(newer)]


def test_nothing_of_a_withdrawn_file_is_sealed_to_anybody(examination: Examination, cast: Cast) -> None:
    candidacies.withdraw(examination.candidacy, cast.actor("nadia"))
    assert queries.boxes.wanted(cast.actor("anna")) == []


def test_a_reader_without_a_key_is_named_to_the_holders(call: Call, cast: Cast) -> None:
    making.assigned(with_evidence(call, cast), cast)
    assert queries.boxes.wanted(cast.actor("anna")) == []
    assert len(queries.boxes.waiting_for_a_key(cast.actor("anna"))) == 2
    page = cast.client("anna").get(reverse("vetting-sealing")).content.decode()
    assert "Readers without a reading key" in page


def test_the_reader_gets_age_files_only_and_others_nothing(examination: Examination, cast: Cast) -> None:
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    reading = making.opened(examination)[0]
    key = next(k for k in KEYS if cast.persons[k] == reading.assessor)
    held = Evidence.objects.get(kind="image")
    client = cast.client(key)
    page = client.get(reverse("vetting-exhibits", args=[reading.reference]))
    assert "blob:" in page.headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in page.headers["Content-Security-Policy"]
    box = client.get(reverse("vetting-exhibit-key", args=[reading.reference, held.name]))
    sent = client.get(reverse("vetting-exhibit-page", args=[reading.reference, held.name, 1]))
    one_off = sealing.opened(box.content, KEYS[key]).decode()
    assert sealing.opened(sent.content, one_off).startswith(b"\x89PNG")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    other = next(k for k in making.ASSESSORS if k != key)
    for who in (other, "anna", "greta", "oleg"):
        for url in (
            reverse("vetting-exhibits", args=[reading.reference]),
            reverse("vetting-exhibit-key", args=[reading.reference, held.name]),
            reverse("vetting-exhibit-page", args=[reading.reference, held.name, 1]),
        ):
            assert cast.client(who).get(url).status_code == 404, (who, url)


def test_the_batch_is_taken_as_a_whole_or_not_at_all(
    examination: Examination, call: Call, cast: Cast
) -> None:
    second = making.assigned(with_evidence(call, cast, "oleg"), cast)
    client = cast.client("anna")
    rows = client.get(reverse("vetting-sealing-batch")).json()
    assert len(rows) == 4 and {row["examination"] for row in rows} == {
        examination.reference,
        second.reference,
    }
    assert not any("AGE-SECRET" in json.dumps(row) for row in rows)
    made = [{**row, "box": envelopes.seal_to(row["recipient"], KEYS["clara"])} for row in rows]
    url = reverse("vetting-sealing")
    broken = [*made[:-1], {**made[-1], "recipient": "age1nobody"}]
    assert client.post(url, {"batch": json.dumps(broken)}).status_code == 422
    assert not Entry.objects.filter(act="seal_to_readers").exists()
    for text in ("", "[]]", "[1]", '[{"box": 1}]'):
        assert client.post(url, {"batch": text}).status_code == 404
    assert client.post(url, {"batch": json.dumps(made)}).status_code == 302
    assert Entry.objects.filter(act="seal_to_readers").count() == 2
    assert cast.client("clara").get(reverse("vetting-sealing-batch")).status_code == 404


def test_what_was_sealed_to_an_earlier_custodian_still_reaches_a_new_reader(
    examination: Examination, cast: Cast
) -> None:
    earlier, newer = Custodian.objects.get(), Custodian()
    people.ask_custodian(
        newer, cast.actor("anna"), recipient=wraps.recipient_of(wraps.new_identity()), holder_two=cast.marta,
        check_one="3" * 16, check_two="4" * 16,
    )  # fmt: skip
    people.confirm_custodian(newer, cast.actor("marta"), check="4" * 16)
    waiting = queries.boxes.wanted(cast.actor("anna"))
    assert len(waiting) == 2 and {w.custodian for w in waiting} == {earlier}
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    assert Entry.objects.get(act="seal_to_readers").facts["custodians"] == [earlier.reference]


def test_one_sitting_is_cut_between_two_files(
    examination: Examination, call: Call, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.assigned(with_evidence(call, cast, "oleg"), cast)
    rows = queries.boxes.wanted(cast.actor("anna"))
    assert len(rows) == 4 and len(queries.boxes.round_of(rows)) == 4
    for at_once in (1, 2, 3):
        monkeypatch.setattr(queries.boxes, "AT_ONCE", at_once)
        assert {w.examination for w in queries.boxes.round_of(rows)} == {examination}
    page = cast.client("anna").get(reverse("vetting-sealing")).content.decode()
    assert "2 more follow" in page
    assert len(cast.client("anna").get(reverse("vetting-sealing-batch")).json()) == 2


def test_a_reader_whose_box_does_not_open_has_it_sealed_anew(examination: Examination, cast: Cast) -> None:
    actions.seal_to_readers(examination, cast.actor("anna"), boxes=sealed(cast))
    reading, other = making.opened(examination)
    key = next(k for k in KEYS if cast.persons[k] == reading.assessor)
    name = Evidence.objects.get(kind="image").name
    for who, error in ((other.assessor, NotEmpowered), (cast.anna, NotEmpowered), (cast.nadia, NotEmpowered)):
        wrong = next(k for k in cast.persons if cast.persons[k] == who)
        refused(error, lambda k=wrong: actions.seal_anew(reading, cast.actor(k), evidence=name), reading)
    refused(Unmet, lambda: actions.seal_anew(reading, cast.actor(key), evidence="another"), reading)
    client = cast.client(key)
    assert (
        "Have it sealed to me again"
        in client.get(reverse("vetting-exhibits", args=[reading.reference])).content.decode()
    )
    url = reverse("vetting-exhibit-again", args=[reading.reference, name])
    assert client.post(url).status_code == 404
    assert client.post(url, {"once": uuid.uuid4().hex}).status_code == 302
    holders = set(EvidenceKey.objects.filter(part=COPY).values_list("holder", flat=True))
    assert reading.assessor.reference not in holders and other.assessor.reference in holders
    assert [w.reader for w in queries.boxes.wanted(cast.actor("anna"))] == [reading.assessor]
    assert Entry.objects.get(act="seal_anew").actor == reading.assessor.reference
    reading.refresh_from_db()
    refused(Unmet, lambda: actions.seal_anew(reading, cast.actor(key), evidence=name), reading)
