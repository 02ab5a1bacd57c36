"""Hostile and honest files: only clean pages are kept, under random names, and nothing of the sender's."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from hemicycle.candidacy import cleaning, files

from .sealing import Opened, keep, page


def picture(format: str = "PNG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, format=format, **options)
    return out.getvalue()


def pdf(change: Any = None, pages: int = 1, **options: Any) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 300))
    if change:
        change(document)
    document.save(out, **options)
    return out.getvalue()


def refusal(data: bytes, name: str = "a.pdf", megabytes: int = 10) -> str:
    with pytest.raises(cleaning.BadFile) as caught:
        keep(data, name, megabytes)
    assert str(caught.value)
    return caught.value.code


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))


def hidden_script(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="1"))
    names = pikepdf.Dictionary(Names=pikepdf.Array(["x", action]))
    document.Root.Names = pikepdf.Dictionary(Other=pikepdf.Array([names]))


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["list.txt"] = b"names"


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_encoded_anew_without_what_the_camera_wrote(format: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x9286] = "GPS 55.75 37.61"
    kept = keep(picture(format, exif=exif), f"IMG_0001.{format.lower()}")
    assert (kept.kind, len(kept.pages)) == ("image", 1)
    data = page(kept)
    assert b"taken at home" not in data and b"GPS" not in data
    with Image.open(io.BytesIO(data)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("PNG", (60, 40), {})


def test_a_pdf_is_kept_as_pictures_of_its_pages_only() -> None:
    kept = keep(pdf(pages=3))
    assert (kept.kind, len(kept.pages)) == ("pdf", 3)
    assert all(page(kept, n).startswith(b"\x89PNG") for n in (1, 2, 3))
    assert not [f for f in files.folder().iterdir() if f.read_bytes().startswith(b"%PDF")]


def test_plain_text_is_kept_as_text() -> None:
    kept = keep("Заявление\r\nЯ против войны.".encode(), "a.txt")
    assert page(kept).decode() == "Заявление\nЯ против войны."


@pytest.mark.parametrize(
    ("change", "code"),
    [(script, "active"), (launch, "active"), (hidden_script, "active"), (attachment, "active")],
)
def test_a_pdf_that_can_act_is_refused(change: Any, code: str) -> None:
    assert refusal(pdf(change)) == code


def test_a_locked_pdf_is_refused_with_or_without_a_password() -> None:
    for user in ("secret", ""):
        assert refusal(pdf(encryption=pikepdf.Encryption(owner="o", user=user))) == "encrypted"


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    assert refusal(pdf(pages=cleaning.LIMITS["pages"] + 1)) == "pages"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
        (b"<!doctype html><script>alert(1)</script>", "type"),
        (b"  \n<?xml version='1.0'?><html/>", "type"),
        (b"GIF89a" + bytes(40), "type"),
        (b"PK\x03\x04" + bytes(60), "type"),
        (b"MZ" + bytes(80), "type"),
        (b"abc\x00def", "type"),
        (b"\xff\xfe\xfa", "type"),
        (b"plain words\n%PDF-1.7\n", "two_types"),
        (b"%PDF-1.7 and nothing more", "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "broken"),
        (b"\xff\xd8\xff" + bytes(30), "broken"),
    ],
)
def test_the_content_decides_and_not_the_name(data: bytes, code: str) -> None:
    for name in ("a.png", "a.pdf", "a.txt"):
        assert refusal(data, name) == code


def test_a_picture_with_a_script_behind_it_loses_the_script() -> None:
    kept = keep(picture() + b"<script>alert(1)</script>" + pdf(script), "polyglot.png")
    data = page(kept)
    assert b"script" not in data and b"%PDF" not in data


def bomb(side: int) -> bytes:
    """A small PNG that says it is `side` pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7000, 60000])
def test_a_small_file_with_countless_pixels_is_refused(side: int) -> None:
    assert refusal(bomb(side), "a.png") == "pixels"


def test_a_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (10, 10), c) for c in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, format="WEBP", save_all=True, append_images=frames[1:])
    assert refusal(out.getvalue()) == "frames"


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    assert refusal(bytes(1024 * 1024 + 1), megabytes=1) == "size"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x07\u202egnp.exe", "имя человека.png", "x" * 240 + ".png"]
)
def test_nothing_of_the_name_on_the_persons_computer_is_kept(name: str, media: Path) -> None:
    kept = keep(picture(), name)
    names = [f.name for f in media.rglob("*") if f.is_file()]
    assert sorted(names) == sorted([*kept.pages, kept.original])
    assert name not in names and all(len(each) == 36 for each in names)


def test_a_refused_file_leaves_nothing_behind(media: Path) -> None:
    refusal(pdf(script))
    assert not [f for f in media.rglob("*") if f.is_file()]


@pytest.mark.parametrize("name", ["../secret.key", "/etc/passwd", "", "a/b.png"])
def test_no_page_outside_the_folder_can_be_named(name: str) -> None:
    with pytest.raises(ValueError, match="page"):
        files.path(name)


def test_what_is_blacked_out_is_gone_for_good() -> None:
    kept = keep(picture(size=(100, 100)))
    opened = Opened(kept)
    made = files.blacken(opened, kept.pages[0], 0, 0, 50, 100)
    with Image.open(io.BytesIO(opened.page(made))) as found:
        assert (found.getpixel((10, 50)), found.getpixel((90, 50))) == ((0, 0, 0), (0, 0, 128))


@pytest.mark.django_db
def test_pages_that_nothing_names_are_swept_after_a_while(media: Path) -> None:
    import os

    kept = keep(picture())
    assert files.sweep() == 0
    os.utime(files.path(kept.pages[0]), (0, 0))
    assert files.sweep() == 1
