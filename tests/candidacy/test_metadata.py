"""What a file says of its making: only whether two documents have the same is ever known, and only with the key of the house."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.apps import apps
from PIL import Image

from hemicycle.candidacy import actions, cleaning, files, metadata
from hemicycle.candidacy.models import Call, Candidacy, Evidence, MetadataKind
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.sealing import boxes, keystore

from ..cast import Cast
from . import hostile, making
from .browsing import upload
from .sealing import give_phrase, keep, page, uploaded

MADE, SAVED = "D:20240503142231+02'00'", "D:20240504081107Z"
XMP = b'<rdf:Description xmpMM:DocumentID="uuid:%s" xmpMM:InstanceID="uuid:%s"/>'
AUTHOR = "Ottilie Brandwein"


def document(author: str = AUTHOR, xmp: bytes = b"", **info: Any) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        for key, value in {"Author": author, **info}.items():
            made.docinfo[f"/{key}"] = value
        if xmp:
            made.Root.Metadata = made.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)

    return hostile.pdf(change, fix_metadata_version=False)


def photograph(format: str = "JPEG", serial: str = "048213377", at: str = "2024:05:03 14:22:31") -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Lumora", "Lumora X2", AUTHOR
    exif.get_ifd(0x8769).update({0xA431: serial, 0x9003: at})
    return hostile.picture(format, exif=exif)


def kinds(data: bytes) -> list[str]:
    return sorted({kind for kind, _digest in keep(data).metadata})


# --- what says something, and what everybody has


@pytest.mark.parametrize(
    "text", ["Ottilie Brandwein", "OTTILIE  BRANDWEIN\n", "Brandwein_O.", "Иван Щавлинцев", "brandw1"]
)
def test_a_name_that_is_somebodys_is_compared(text: str) -> None:
    assert metadata.name(text)
    assert metadata.name("Ottilie  BRANDWEIN ") == metadata.name("ottilie brandwein")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "1234", "user", "User 7", "Admin", "Microsoft Office User", "Пользователь Windows", "HP Inc.", "Word",
     "(anonymous)", "Администратор", "Anna", "utilisateur", "…", "\0\0", "OLYMPUS DIGITAL CAMERA"],
)  # fmt: skip
def test_a_name_that_is_anybodys_is_not(text: str) -> None:
    assert metadata.name(text) == ""


def test_numbers_and_times_that_tell_nothing_are_not_compared() -> None:
    whole = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    assert metadata.number(f"uuid:{whole}") == metadata.number(f"xmp.did:{whole.upper()}") != ""
    for empty in ("", "uuid:", "0" * 32, "uuid:00000000-0000-0000-0000-000000000000", "draft 1"):
        assert metadata.number(empty) == ""
    assert metadata.serial("048213377") and not any(map(metadata.serial, ("", "0000000", "unknown", "12")))
    assert metadata.pdf_time(MADE) == metadata.pdf_time("D:20240503122231Z")
    for empty in ("", "yesterday", "D:20240503", "D:20240503000000Z", "D:99999999999999", "D:19700101000001"):
        assert metadata.pdf_time(empty) == ""
    for empty in ("2024:05:03 00:00:00", "0000:00:00 00:00:00", "2024-05-03 14:22:31", "2024:05:03 14:22"):
        assert metadata.exif_time(empty) == ""


@pytest.mark.sqlite_only
def test_every_kind_is_read_in_the_sandbox_from_documents_and_pictures() -> None:
    told = document(
        CreationDate=MADE, ModDate=SAVED, xmp=XMP % (b"a1b2c3d4e5f60718293a", b"b1b2c3d4e5f60718293a")
    )
    assert kinds(told) == ["author", "changed_at", "document_id", "made_at"]
    for format in ("JPEG", "PNG", "WEBP"):
        assert kinds(photograph(format)) == ["author", "camera_serial", "made_at"]
    assert {*kinds(told), *kinds(photograph())} == set(MetadataKind.values)
    assert kinds(b"Words of Ottilie Brandwein.") == []


@pytest.mark.sqlite_only
def test_documents_agree_in_what_is_the_same_and_in_nothing_else() -> None:
    first, second, other = (
        dict(keep(document(author, CreationDate=at)).metadata)
        for author, at in (
            (AUTHOR, MADE),
            (AUTHOR.upper(), "D:20240503142232Z"),
            ("Thea Quint", "D:20240503142233Z"),
        )
    )
    assert first["author"] == second["author"] != other["author"]
    assert len({one[kind] for one in (first, second, other) for kind in ("made_at", "document_id")}) == 6
    camera, same, another = (
        dict(keep(photograph(serial=serial, at=at)).metadata)["camera_serial"]
        for serial, at in (("048213377", "2024:05:03 14:22:31"), ("048213377", ""), ("048213378", ""))
    )
    assert camera == same != another
    program = document(
        "", CreationDate="D:20240503", Producer="Microsoft Word 2019", Creator="Microsoft Word"
    )
    assert kinds(program) == ["document_id"], "a program that everybody has says nothing"


# --- what means harm


def trailer(key: str, value: Any) -> Callable[[], bytes]:
    def change(made: pikepdf.Pdf) -> None:
        made.trailer[key] = value

    return lambda: hostile.pdf(change)


def packed(filters: int) -> bytes:
    """XMP of five megabytes in a few kilobytes; of a hundred, the drawing of the pages refuses the file."""

    def change(made: pikepdf.Pdf) -> None:
        names = [pikepdf.Name.FlateDecode] * filters
        made.Root.Metadata = pikepdf.Stream(made, hostile.packed(5_000_000, filters))
        made.Root.Metadata.Filter = names[0] if filters == 1 else pikepdf.Array(names)

    return hostile.pdf(change, fix_metadata_version=False)


BLOCK = b"Exif\0\0II*\0\x08\0\0\0"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a name of ten megabytes": lambda: document("B" * 10_000_000),
    "a name of bytes that are none": lambda: document(pikepdf.String(b"\xfe\xff\xd8\x00\xdc")),  # type: ignore[arg-type]
    "a name that is a drawing": lambda: document(pikepdf.Dictionary(A=pikepdf.Array([1, 2]))),  # type: ignore[arg-type]
    "an hour that is none": lambda: document("", CreationDate="D:20241399256199+99'99'"),
    "a zone beyond the years": lambda: document("", CreationDate="D:99991231235959-99'99'"),
    "descriptions that are a number": trailer("/Info", 7),
    "descriptions that are a row": trailer("/Info", pikepdf.Array([1, 2, 3])),
    "numbers that are a word": trailer("/ID", pikepdf.String("x")),
    "XMP of ten megabytes": lambda: document("", b"xmpMM:DocumentID=" * 600_000),
    "XMP that is no XML": lambda: document("", b"\xff\xfe\0<!ENTITY a '&a;&a;'>" * 999),
    "XMP packed": lambda: packed(1),
    "XMP packed twice": lambda: packed(2),
    "EXIF that is noise": lambda: hostile.picture("JPEG", exif=b"Exif\0\0" + b"noise" * 20),
    "EXIF whose places are outside": lambda: hostile.picture("JPEG", exif=BLOCK + b"\xff" * 500),
    "EXIF of ten megabytes": lambda: hostile.picture(
        "WEBP", exif=BLOCK + b"\x01\0\x3b\x01\x02\0\0\0\x98\0\x1a\0\0\0" + b"A" * 10_000_000
    ),
}  # fmt: skip


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_metadata_change_nothing(name: str) -> None:
    kept = keep(HOSTILE[name](), megabytes=20)
    assert len(kept.pages) == 1 and page(kept).startswith(cleaning.PNG)
    assert {kind for kind, _digest in kept.metadata} <= {"document_id"}, (
        "the number of the document that the test made"
    )


# --- what is kept


def sent(made: Candidacy, data: bytes) -> Evidence:
    kept = files.keep(uploaded(data), 10, files.envelope_for(made))
    actions.add_evidence(made, people.actor(made.person), title="A page", language="en", file=kept)
    return Evidence.objects.latest("pk")


@pytest.mark.django_db
def test_what_is_kept_are_sealed_digests_under_a_key_of_the_house_for_one_call(
    call: Call, cast: Cast, media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    give_phrase(cast.pavel)
    held = sent(making.draft(call, cast.nadia), document())
    same = sent(making.draft(call, cast.oleg), document(AUTHOR, Title="Another"))
    [[kind, digest]] = [row for row in held.metadata if row[0] == "author"]
    assert [kind, digest] in same.metadata and held.digest != same.digest
    seen = hashlib.sha256(f"author\n{metadata.name(AUTHOR)}".encode()).hexdigest()
    told = [caplog.text]
    for model in apps.get_models():
        told += [str(row) for row in model._base_manager.values_list()]
    told += [path.read_bytes().decode("latin-1") for path in media.rglob("*") if path.is_file()]
    for text in told:
        assert all(word not in text for word in (AUTHOR, "brandwein", seen, digest)), text[:200]
    later = making.call(cast, opens_at=clock.now())
    again = sent(making.draft(later, cast.pavel), document())
    assert not {tuple(row) for row in again.metadata} & {tuple(row) for row in held.metadata}


@pytest.mark.django_db
def test_digests_go_with_the_evidence_and_their_key_with_the_file(
    call: Call, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made, by = making.draft(call, cast.nadia), cast.actor("nadia")
    removed, held = sent(made, document()), sent(made, photograph())
    actions.remove_evidence(made, by, evidence=removed.name)
    [sealed] = Evidence.objects.values_list("metadata", flat=True)
    place = f"{Evidence._meta.db_table}/{held.sealed_row}/metadata"
    assert json.loads(boxes.unseal(place, str(sealed))) == held.metadata
    actions.withdraw(made, by)
    with clock.set_to(clock.now() + timedelta(days=60)), django_capture_on_commit_callbacks(execute=True):
        actions.tick()
    assert not Evidence.objects.exists()
    with pytest.raises(keystore.Destroyed):
        boxes.unseal(place, str(sealed))


# --- what the person is told


WORDS = {
    "": ("digests of these data are made", "Digests of it are kept"),
    "/fr": ("des empreintes de ces données", "Des empreintes, calculées à l’aide d’une clé de ce serveur"),
    "/ru": ("вычисляются и хранятся хеши этих данных", "Хранятся хеши этих данных"),
}


@pytest.mark.django_db
def test_the_notice_says_it_before_the_first_field_and_the_upload_again(call: Call, cast: Cast) -> None:
    client, reference = cast.client("nadia"), call.reference
    for language, (before, _again) in WORDS.items():
        assert before in client.get(f"{language}/apply/{reference}/").content.decode()
    made = making.draft(call, cast.nadia)
    for language, (_before, again) in WORDS.items():
        assert again in client.get(f"{language}/candidacy/{made.reference}/evidence/").content.decode()


@pytest.mark.django_db
def test_the_candidate_reads_what_digests_are_kept_of_and_nobody_else(call: Call, cast: Cast) -> None:
    made, client = making.draft(call, cast.nadia), cast.client("nadia")
    item = upload(client, made, photograph()).headers["Location"]
    html = client.get(item).content.decode()
    assert "the camera, by its number" in html and "the name of its author" in html
    held = Evidence.objects.get()
    assert AUTHOR not in html and not any(digest in html for _kind, digest in held.metadata)
