"""Files that mean harm: each is refused by a reason that a person understands, or kept as nothing but pixels and words."""

from __future__ import annotations

import io
import os
import random
import struct
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hemicycle.candidacy import cleaning, files, pixels
from hemicycle.candidacy.envelopes import Envelope
from hemicycle.people import wraps

from . import hostile
from .hostile import CLEANED, EITHER, MARK, REFUSED
from .sealing import KEY, OWNER, keep, original, page

pytestmark = pytest.mark.sqlite_only  # no database is asked: once is enough
FUZZ = int(os.environ.get("HEMICYCLE_FUZZ", "200"))


@pytest.fixture
def temporary(media: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of whatever is temporary: empty before, and to be empty afterwards."""
    folder = media / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def lying() -> list[str]:
    return [f.name for f in files.folder().iterdir()]


def chunks(data: bytes) -> list[bytes]:
    """The names of a PNG's parts. Raises if one byte stands behind the last."""
    assert data.startswith(cleaning.PNG)
    found, at = [], 8
    while at < len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        found.append(data[at + 4 : at + 8])
        at += 12 + length
    assert at == len(data)
    return found


def assert_clean(kept: files.Kept) -> None:
    assert 1 <= len(kept.pages) <= pixels.PAGES_AT_MOST
    for number in range(1, len(kept.pages) + 1):
        name, data = kept.pages[number - 1], page(kept, number)
        assert MARK not in data
        if kept.kind == "text":
            assert name.endswith(".txt")
            text = data.decode()
            assert not text.lstrip().startswith("<")
            assert all(c in "\n\t\u200c\u200d" or unicodedata.category(c)[0] != "C" for c in text)
            continue
        assert name.endswith(".png") and set(chunks(data)) == {b"IHDR", b"IDAT", b"IEND"}
        with Image.open(io.BytesIO(data)) as found:
            assert (found.format, found.mode, found.info) == ("PNG", "RGB", {})
            assert max(found.size) <= pixels.SIDE_AT_MOST


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_act_or_cannot_be_read_is_refused_by_its_reason(name: str, temporary: Path) -> None:
    made, codes = REFUSED[name]
    with pytest.raises(cleaning.BadFile) as caught:
        keep(made())
    assert caught.value.code in codes
    assert str(caught.value) == cleaning.REFUSALS[caught.value.code]
    assert not lying() and not list(temporary.iterdir())


@pytest.mark.parametrize("name", CLEANED)
def test_what_tells_of_its_maker_is_kept_without_it(name: str, temporary: Path) -> None:
    kept = keep(CLEANED[name]())
    assert_clean(kept)
    assert sorted(lying()) == sorted([*kept.pages, kept.original]) and not list(temporary.iterdir())


@pytest.mark.parametrize("name", EITHER)
def test_bombs_and_loops_end_as_clean_pages_or_as_a_refusal(name: str, temporary: Path) -> None:
    assert_one_or_the_other(EITHER[name]())
    assert not list(temporary.iterdir())


def assert_one_or_the_other(data: bytes) -> str:
    """Returns the kind of what was kept, or the code of the refusal."""
    try:
        kept = keep(data)
    except cleaning.BadFile as refusal:
        assert refusal.code in cleaning.REFUSALS
        return refusal.code
    assert_clean(kept)
    for each in (*kept.pages, kept.original):
        files.path(each).unlink()
    return kept.kind


@pytest.mark.parametrize(
    "name",
    [
        "", "a", ".", "..", "../../settings.py", "..\\..\\a.exe", "/etc/passwd", "C:\\a.png", "a\x00.png", "a\r\nX: y",
        "\u202egnp.exe", "a" * 300 + ".png", "я" * 300, "<img src=x onerror=alert(1)>.png", "a.png.exe", "CON", "a;b|c`d`",
        "-rf", "%2e%2e%2fa", "\ud800.png",
    ],
)  # fmt: skip
def test_no_name_of_a_file_matters(name: str) -> None:
    sent = SimpleUploadedFile("a.png", hostile.picture())
    sent._name = name  # the framework's own cleaning of names is not what protects us
    kept = files.keep(sent, 10, Envelope(OWNER, {"candidate": wraps.recipient_of(KEY)}))
    assert [len(each) for each in lying()] == [36, 36] and sorted(lying()) == sorted(
        [*kept.pages, kept.original]
    )


def test_what_was_sent_is_on_the_disk_only_sealed(temporary: Path) -> None:
    data = CLEANED["JPEG with place, name and camera"]()
    kept = keep(data)
    assert original(kept) == data and data.hex() not in repr(kept)
    assert MARK not in b"".join(f.read_bytes() for f in files.folder().iterdir())


def test_a_picture_stands_upright_and_its_colours_remain() -> None:
    drawn = Image.new("RGB", (60, 40), "white")
    drawn.paste("red", (0, 0, 30, 40))
    out = io.BytesIO()
    drawn.save(out, "PNG", exif=hostile.exif(orientation=6))
    with Image.open(io.BytesIO(page(keep(out.getvalue())))) as found:
        assert found.size == (40, 60)
        assert (found.getpixel((20, 10)), found.getpixel((20, 50))) == ((255, 0, 0), (255, 255, 255))


def test_what_a_transparent_layer_hid_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (200, 10, 10, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(page(keep(out.getvalue())))) as found:
        assert found.getcolors() == [(400, (255, 255, 255))]


@pytest.mark.parametrize(
    ("format", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16")]
)
def test_the_largest_honest_picture_fits_into_the_memory(format: str, mode: str) -> None:
    size = (7300, 5470)
    assert size[0] * size[1] > 0.99 * pixels.PIXELS_AT_MOST
    options = {"progressive": True, "subsampling": 0} if format == "JPEG" else {}
    kept = keep(hostile.picture(format, size, mode, **options))
    with Image.open(io.BytesIO(page(kept))) as found:
        assert max(found.size) == pixels.SIDE_AT_MOST


def test_forty_scanned_pages_fit_into_the_memory() -> None:
    sheet = Image.new("RGB", (1654, 2339), "white")
    sheet.paste(Image.effect_noise((1400, 300), 60).convert("RGB"), (100, 100))
    out = io.BytesIO()
    sheet.save(out, "PDF", save_all=True, append_images=[sheet] * 39, resolution=200, quality=30)
    assert len(keep(out.getvalue(), megabytes=50).pages) == 40


SEEDS = [
    hostile.pdf(pages=2),
    hostile.pdf(hostile.described, object_stream_mode=hostile.pikepdf.ObjectStreamMode.generate),
    hostile.pdf(hostile.drawn(20, 20, hostile.packed(1200))),
    *(hostile.picture(format, exif=hostile.exif()) for format in ("PNG", "JPEG", "WEBP")),
    hostile.picture("JPEG", progressive=True),
    hostile.thumbnail_inside(),
    hostile.text_chunks(),
    "Заявление: слова, слова.\n".encode() * 9,
]


def mutated(dice: random.Random) -> bytes:
    """One of the seeds with bytes changed, cut out, doubled, moved, or with a piece of another seed inside."""
    data = bytearray(dice.choice(SEEDS))
    for _ in range(dice.choice((1, 2, 5, 40))):
        at, length = dice.randrange(len(data) or 1), dice.choice((1, 2, 4, 64))
        match dice.randrange(6):
            case 0:
                data[at : at + length] = dice.randbytes(length)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length] * dice.choice((1, 9, 900))
            case 3:
                data[at : at + length] = dice.choice((b"\xff", b"\x00", b"\x7f", b"9")) * length
            case 4:
                other = dice.choice(SEEDS)
                data[at:at] = other[dice.randrange(len(other)) :][:length]
            case _:
                data[at : at + 1] = bytes([(data[at] if data else 0) ^ (1 << dice.randrange(8))])
    return bytes(data)


def test_whatever_is_sent_ends_as_clean_pages_or_as_a_refusal(temporary: Path) -> None:
    """`HEMICYCLE_FUZZ` sends more, always the same ones first."""
    dice = random.Random(20270209)
    with ThreadPoolExecutor(2) as two:
        ends = list(two.map(assert_one_or_the_other, [mutated(dice) for _ in range(FUZZ)]))
    assert not lying() and not list(temporary.iterdir())
    assert {"image", "pdf", "broken", "type"} <= set(ends), "the changes are neither too small nor too great"
