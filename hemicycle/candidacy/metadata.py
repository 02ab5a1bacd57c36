"""What a file says of its making beside what it shows, as digests. Loaded by `pixels.py`, within the sandbox; knows no Django.

No value leaves this process: of each a SHA-256, which the house puts under a key (`files.keyed`). What everybody has says
nothing and is left out:

    author         a name of two words, or of one word of six letters; not one made of words such as "user" or "office"
    document_id    numbers that programs give to documents: 16 letters or digits, six of them different
    camera_serial  maker, model and serial number together; a camera without its number is left out
    made_at        to the second, with the program or the camera that wrote it; not at midnight, where a clock was not set
    changed_at     the same of the last saving, where it is another second

Programs alone, places, titles and comments are not taken.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

AT_MOST = 16  # of one file
LONGEST = 400  # characters or bytes: what is longer is no name, number or time
XMP_AT_MOST = 256 * 1024
_ANYBODY = """
    a account acer acrobat adm admin administrador administrateur administrator adobe an and anonym anonymous apple
    asus auteur author autor by camera canon co company computer copy corp corporation customer de default defaultuser
    dell der des desktop digital docs document du epson for fujitsu google guest hewlett home hp huawei inc infiniti
    ipad iphone kyocera la lab laptop laserjet le lenovo libreoffice llc ltd mac macbook me microsoft my name no none
    null oem of office officejet olympus on openoffice operator owner packard pages pc photoshop picture preferred
    ricoh root samsung scan scanjet scanner sony student system test the toshiba und unknown unnamed unspecified
    untitled user usuario utilisateur valued win windows word workstation xerox xiaomi
    автор админ администратор администратора безымянный владелец гость документ и компьютер неизвестно неизвестный нет
    ноутбук оператор офис пользователь пользователя сканер тест юзер
"""
GENERIC = frozenset(_ANYBODY.split())
_WORDS = re.compile(r"[^\W\d_]+")
_PDF_TIME = re.compile(r"D:(\d{14})(?:Z|([+-])(\d\d)'?(\d\d)?)?")
_EXIF_TIME = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_XMP_ID = re.compile(
    rb"xmpMM:(?:DocumentID|InstanceID|OriginalDocumentID)\s{0,9}(?:=\s{0,9}[\"']|>)([^\"'<]{16,200})[\"'<]"
)

Seen = list[tuple[str, str]]


def of_pdf(pdf: Any) -> Seen:
    """Of an open PDF: kind, and SHA-256 in hex. What is broken is passed over: the file is not refused for it."""
    return _digests(_pdf(pdf))


def of_image(found: Any) -> Seen:
    """The same, of an open image."""
    return _digests(_image(found))


def _digests(told: Iterator[tuple[str, str]]) -> Seen:
    seen: dict[tuple[str, str], None] = {}
    with suppress(Exception):  # a library may raise anything, and memory may end
        for kind, value in told:
            if value:
                seen[kind, hashlib.sha256(f"{kind}\n{value}".encode()).hexdigest()] = None
            if len(seen) == AT_MOST:
                break
    return list(seen)


def _pdf(pdf: Any) -> Iterator[tuple[str, str]]:
    import pikepdf

    info = pdf.trailer.get("/Info")

    def said(key: str) -> str:
        value = info.get(key) if isinstance(info, pikepdf.Dictionary) else None
        is_short = isinstance(value, pikepdf.String) and len(bytes(value)) <= LONGEST
        return str(value) if is_short else ""

    yield "author", name(said("/Author"))
    made, changed = pdf_time(said("/CreationDate")), pdf_time(said("/ModDate"))
    yield "made_at", _together(made, said("/Creator"))
    yield "changed_at", _together(changed if changed != made else "", said("/Producer"))
    numbers = pdf.trailer.get("/ID")
    if isinstance(numbers, pikepdf.Array) and len(numbers) and isinstance(numbers[0], pikepdf.String):
        yield "document_id", number(bytes(numbers[0])[:LONGEST].hex())
    described = pdf.Root.get("/Metadata")
    if isinstance(described, pikepdf.Stream):
        yield from _xmp(_inflated(described))


def _inflated(stream: Any) -> bytes:
    """The beginning of a stream that is packed once or not at all: the library would unpack all of it."""
    raw, packed = stream.read_raw_bytes(), stream.get("/Filter")
    if packed is None:
        return bytes(raw[:XMP_AT_MOST])
    return zlib.decompressobj().decompress(raw, XMP_AT_MOST) if str(packed) == "/FlateDecode" else b""


def _image(found: Any) -> Iterator[tuple[str, str]]:
    exif = found.getexif()
    camera = exif.get_ifd(0x8769)

    def said(block: Any, tag: int) -> str:
        value = block.get(tag)
        return value.strip("\0 ") if isinstance(value, str) and len(value) <= LONGEST else ""

    yield "author", name(said(exif, 0x013B))
    yield "author", name(said(camera, 0xA430))
    model = " ".join((said(exif, 0x010F), said(exif, 0x0110)))
    for block, tag in ((camera, 0xA431), (exif, 0xC62F)):
        yield "camera_serial", _together(serial(said(block, tag)), model)
    yield "made_at", _together(exif_time(said(camera, 0x9003)), model)
    described = found.info.get("xmp", b"")
    if isinstance(described, bytes):
        yield from _xmp(described[:XMP_AT_MOST])


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    """Numbers of the document, by their names: the text is never read as XML, in which a few bytes can stand for gigabytes."""
    for found in _XMP_ID.finditer(data):
        yield "document_id", number(found[1].decode("utf-8", "replace"))


def _together(value: str, program: str) -> str:
    return f"{value} {_plain(program).strip()}" if value else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def name(text: str) -> str:
    """A name as it is compared, or nothing where it could be anybody's."""
    words = _WORDS.findall(_plain(text))
    if all(word in GENERIC for word in words) or (len(words) == 1 and len(words[0]) < 6):
        return ""
    return " ".join(words)


def number(text: str) -> str:
    """A number of a document without the word before it (`uuid:`, `xmp.did:`)."""
    return _telling(text.rpartition(":")[2], 16, 6)


def serial(text: str) -> str:
    return _telling(text, 5, 3)


def _telling(text: str, length: int, different: int) -> str:
    """Letters and digits, where there are enough, and enough different ones."""
    told = "".join(c for c in _plain(text) if c.isalnum())
    return told if len(told) >= length and len(set(told)) >= different and told not in GENERIC else ""


def pdf_time(text: str) -> str:
    """In universal time where its zone is told; nothing at midnight or without seconds."""
    found = _PDF_TIME.match(text)
    if found is None:
        return ""
    at = _moment(found[1])
    if at is None or found[2] is None:
        return f"{at:%Y%m%d%H%M%S}" if at else ""
    ahead = timedelta(hours=int(found[3]), minutes=int(found[4] or 0))
    return f"{at - ahead if found[2] == '+' else at + ahead:%Y%m%d%H%M%S}"


def exif_time(text: str) -> str:
    found = _EXIF_TIME.fullmatch(text)
    at = _moment("".join(found.groups())) if found else None
    return f"{at:%Y%m%d%H%M%S}" if at else ""


def _moment(digits: str) -> datetime | None:
    try:
        at = datetime.strptime(digits, "%Y%m%d%H%M%S")  # files seldom say of which zone
    except ValueError:
        return None
    return None if at.year < 1990 or (at.hour, at.minute, at.second) == (0, 0, 0) else at
