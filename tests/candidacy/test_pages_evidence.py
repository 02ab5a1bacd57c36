"""Pages of evidence: who reads it, how it is sent, how parts of it are blacked out."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from PIL import Image

from hemicycle.candidacy import actions, envelopes, files
from hemicycle.candidacy.models import Call, Evidence
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.people import wraps
from hemicycle.people.models import Custodian
from hemicycle.people.unseal import unseal
from hemicycle.record.sealing.boxes import Tampered

from ..cast import Cast
from . import making
from .browsing import hidden, matter, part, send, unlock, upload
from .sealing import CUSTODIANS, KEY, PHRASE
from .test_files import pdf, picture, script

S = CandidacyState


def test_a_bad_file_gets_a_clear_error_and_loses_nothing_of_the_form(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    answer = upload(cast.client("nadia"), made, pdf(script), 422, "a.pdf").content.decode()
    assert "script" in answer and 'value="A page"' in answer
    assert not Evidence.objects.exists()


def test_a_file_is_sent_as_a_picture_that_cannot_act(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    evidence = Evidence.objects.get()
    assert "<img src" not in client.get(item).content.decode(), "it is sealed, for this session too"
    assert client.get(reverse("candidacy-file", args=[evidence.name, 1])).status_code == 404
    unlock(client, item)
    assert "<img src" in client.get(item).content.decode()
    answer = client.get(reverse("candidacy-file", args=[evidence.name, 1]))
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "no-store" in answer.headers["Cache-Control"]
    for page in (0, 2, 99):
        assert client.get(f"/evidence/{evidence.name}/pages/{page}/").status_code == 404


@pytest.mark.parametrize("reader", ["oleg", "quiet", "clara", "greta", "marta"])
def test_nobody_reads_another_persons_file_by_its_address(call: Call, cast: Cast, reader: str) -> None:
    made = making.draft(call, cast.nadia)
    upload(cast.client("nadia"), made, picture())
    evidence, other = Evidence.objects.get(), cast.client(reader)
    urls = [
        matter(made), part(made, "names"), reverse("candidacy-evidence", args=[made.reference]),
        reverse("candidacy-evidence-item", args=[evidence.name]), reverse("candidacy-file", args=[evidence.name, 1]),
        reverse("candidacy-receipt", args=[made.reference]), reverse("act", args=[made.reference, "submit"]),
        reverse("candidacy-periods", args=[made.reference, "state_money"]),
        reverse("candidacy-correct", args=[made.reference, "names"]),
    ]  # fmt: skip
    for url in urls:
        assert other.get(url).status_code == 404, url
        assert Client().get(url).status_code in (302, 404), url
    assert other.post(reverse("candidacy-evidence-remove", args=[evidence.name])).status_code == 404
    assert Evidence.objects.exists()


def test_clerks_read_a_file_once_it_was_sent_and_not_after_withdrawal(call: Call, cast: Cast) -> None:
    made, clerk = making.written(call, cast.nadia), cast.client("anna")
    item = upload(cast.client("nadia"), made, picture()).headers["Location"]
    urls = [matter(made), item]

    def answers_to_clerk() -> list[int]:
        found = [clerk.get(url) for url in urls]
        for answer in found:
            assert answer.getvalue()
        return [answer.status_code for answer in found]

    assert answers_to_clerk() == [404, 404]
    made.refresh_from_db()
    actions.submit(made, cast.actor("nadia"))
    assert answers_to_clerk() == [200, 200]
    page = clerk.get(item).content.decode()
    assert "sealed to its candidate" in page and "<img" not in page
    name = Evidence.objects.get(kind="image").name
    for kept in (reverse("candidacy-file", args=[name, 1]), reverse("candidacy-original", args=[name])):
        assert clerk.get(kept).status_code == 404, "the form is judged without the evidence"
    actions.withdraw(made, cast.actor("nadia"))
    assert answers_to_clerk() == [404, 404]
    assert cast.client("nadia").get(urls[0]).status_code == 200


def test_a_person_blacks_out_an_area_and_the_old_page_is_gone(
    call: Call, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture(size=(100, 100))).headers["Location"]
    held = Evidence.objects.get()
    before = held.pages[0]
    send(client, item, 422, page="1", left="0", top="0", width="50", height="50")
    unlock(client, item)
    with django_capture_on_commit_callbacks(execute=True):
        send(client, item, page="1", left="0", top="0", width="50", height="50")
    after = Evidence.objects.get().pages[0]
    assert before != after and not files.path(before).exists() and files.path(after).exists()
    shown = client.get(reverse("candidacy-file", args=[held.name, 1])).content
    with Image.open(io.BytesIO(shown)) as page:
        assert (page.getpixel((10, 10)), page.getpixel((90, 90))) == ((0, 0, 0), (0, 0, 128))
    assert not files.path(held.original).exists(), "what was sent still shows what is covered"
    assert client.get(reverse("candidacy-original", args=[held.name])).status_code == 404
    assert set(held.keys.values_list("part", flat=True)) == {"copy"}
    send(client, item, 422, page="1", left="0", top="0", width="0", height="500")


def test_the_upload_says_until_when_a_page_can_be_blacked_out_and_that_a_text_cannot(
    call: Call, cast: Cast
) -> None:
    made, client = making.written(call, cast.nadia), cast.client("nadia")
    page = client.get(reverse("candidacy-evidence", args=[made.reference])).content.decode()
    assert "before you send the candidacy, you can black out" in page
    assert "A plain text cannot be blacked out" in page
    text = upload(client, made, b"Said in public.", name="a.txt").headers["Location"]
    drawn = upload(client, made, picture()).headers["Location"]
    unlock(client, drawn)
    assert ['name="left"' in client.get(url).content.decode() for url in (text, drawn)] == [False, True]
    made.refresh_from_db()
    actions.submit(made, cast.actor("nadia"))
    assert 'name="left"' not in client.get(drawn).content.decode(), "what was sent is not changed any more"


def test_removed_evidence_is_deleted(call: Call, cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    names = Evidence.objects.get().file_names
    assert len(names) == 2
    with django_capture_on_commit_callbacks(execute=True):
        data = hidden(client.get(item))
        assert client.post(f"{item}remove/", data).status_code == 302
    assert not Evidence.objects.exists() and not any(files.path(name).exists() for name in names)


# --- sealed to people -------------------------------------------------------------------------------------------


def test_a_wrong_phrase_opens_nothing_and_says_so(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    page = unlock(client, item, "bana bana bana bana bana bana bana", 422).content.decode()
    assert "does not open it" in page and "<img src" not in page
    assert "bana bana" not in "".join(
        str(dict(Session.objects.get(pk=client.session.session_key).get_decoded()))
    )


def test_the_phrase_opens_for_the_session_in_which_it_was_typed_and_no_other(call: Call, cast: Cast) -> None:
    made, client, other = making.draft(call, cast.nadia), cast.client("nadia"), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    unlock(client, item)
    assert "<img src" in client.get(item).content.decode()
    assert "<img src" not in other.get(item).content.decode()
    key = client.cookies["unlock"]
    assert key["httponly"] and key["samesite"] == "Strict" and not key["max-age"], "it ends with the browser"
    kept = str(Session.objects.get(pk=client.session.session_key).get_decoded())
    assert KEY not in kept and key.value not in kept
    client.cookies["unlock"] = other.cookies["unlock"] = "A" * 44
    assert "<img src" not in client.get(item).content.decode()


def test_what_was_sent_is_saved_sealed_and_opens_with_the_phrase_offline(
    call: Call, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    upload(client, made, picture())
    held = Evidence.objects.get()
    for kind, name, more in (
        ("original", "original.age", []),
        ("key", "key.age", ["original"]),
        ("wrapped-key", "keys.json", []),
    ):
        url = reverse(f"candidacy-{kind}", args=[held.name, *more])
        answer = client.get(url)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in answer.headers["Cache-Control"]
        (tmp_path / name).write_bytes(answer.content)
        for other in ("anna", "oleg", "clara"):
            assert cast.client(other).get(url).status_code == 404
    for wrong in (["key", "none"], ["sealed-page", 2]):
        assert client.get(reverse(f"candidacy-{wrong[0]}", args=[held.name, wrong[1]])).status_code == 404
    assert cast.client("oleg").get(reverse("candidacy-sealed-page", args=[held.name, 1])).status_code == 404
    assert (tmp_path / "original.age").read_bytes().startswith(b"age-encryption.org/v1")
    (tmp_path / "phrase").write_text(PHRASE.title())
    monkeypatch.chdir(tmp_path)
    files_ = ["--key", "key.age", "--out", "out", "original.age"]
    assert unseal(["--phrase", "phrase", "--wrap", "keys.json", *files_]) == 0
    assert (tmp_path / "out" / "original").read_bytes() == picture()


def test_without_a_phrase_or_a_custodian_no_file_is_taken_and_nothing_is_lost(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.pavel)
    answer = upload(cast.client("pavel"), made, picture(), 422).content.decode()
    assert "receipt phrase" in answer and 'value="A page"' in answer
    Custodian.objects.update(state="retired")
    answer = upload(cast.client("nadia"), making.draft(call, cast.nadia), picture(), 422).content.decode()
    assert "nobody has been named" in answer and 'value="A page"' in answer
    assert not Evidence.objects.exists() and not list(files.folder().iterdir())


def test_the_server_with_everything_that_it_has_opens_no_evidence(
    call: Call, cast: Cast, settings: Any
) -> None:
    """Database, files, key store, master key, keys of sessions and of the log: the outer layer goes off, age stays."""
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    unlock(client, item)
    held = Evidence.objects.get()
    found: set[str] = set()
    for model in apps.get_models():
        for row in model._base_manager.all():
            found |= {str(getattr(row, field.attname)) for field in model._meta.concrete_fields}
    for row in Session.objects.all():
        found.add(str(row.get_decoded()))
    for folder in (settings.HOME, settings.MEDIA_ROOT, settings.KEYSTORE, settings.LOG_KEYS):
        for path in Path(folder).rglob("*"):
            if path.is_file() and path.stat().st_size < 10_000_000:
                found.add(path.read_bytes().decode("latin-1"))
    found |= {str(getattr(settings, name)) for name in dir(settings) if name.isupper()}
    identities = {match for text in found for match in re.findall(r"AGE-SECRET-KEY-1[0-9A-Z]{58}", text)}
    assert not identities, "an identity stands somewhere"
    inner = envelopes.strip(held, held.pages[0], files.path(held.pages[0]).read_bytes())
    assert inner.startswith(b"age-encryption.org/v1") and b"PNG" not in inner
    for key in held.keys.all():
        assert key.box.startswith("-----BEGIN AGE ENCRYPTED FILE-----"), "a box that only its holder opens"
    assert {key.recipient for key in held.keys.all()} == {
        wraps.recipient_of(KEY),
        wraps.recipient_of(CUSTODIANS),
    }


def test_a_page_that_is_put_in_the_place_of_another_does_not_open(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, picture()).headers["Location"]
    upload(client, made, picture(size=(30, 30)))
    one, two = Evidence.objects.order_by("pk")
    files.path(one.pages[0]).write_bytes(files.path(two.pages[0]).read_bytes())
    unlock(client, item)
    with pytest.raises(Tampered):
        client.get(reverse("candidacy-file", args=[one.name, 1]))
