"""Files that somebody might send who wishes us ill, or who does not know what the own telephone writes into a picture.

Made here and nowhere kept. `MARK` stands in whatever ought to be lost: scripts, metadata, names, trailing bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

MARK = b"KENNZEICHEN-7"
TOLD = MARK.decode()
Made = Callable[[], bytes]
NAME, BOOK, ROW = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array


# --- pictures


def picture(
    format: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 7 if len(mode) < 3 else "navy").save(out, format=format, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010E], made[0x013B], made[0x0112] = TOLD, TOLD, orientation
    made.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 8.0), 3: "E", 4: (37.0, 37.0, 3.0), 29: TOLD})
    return made


def thumbnail_inside() -> bytes:
    """A JPEG whose EXIF block holds a second, smaller JPEG: the picture before it was cropped."""
    small = picture("JPEG", comment=MARK)
    block = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<H", 0) + struct.pack("<I", 14)
    block += struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44)
    block += struct.pack("<HHII", 0x0202, 4, 1, len(small)) + struct.pack("<I", 0) + small
    whole = picture("JPEG")
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + whole[2:]


def text_chunks() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", TOLD)
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta><dc:creator>{TOLD}</dc:creator></x:xmpmeta>")
    told.add_text("Comment", TOLD, zip=True)
    return picture(pnginfo=told, icc_profile=MARK * 9, exif=exif())


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes, *extra: bytes, depth: int = 8, colour: int = 0) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def packed(length: int, times: int = 1) -> bytes:
    """So many zero bytes, deflated, and deflated again."""
    press, block = zlib.compressobj(9), bytes(1_000_000)
    parts = [press.compress(block[: length - at]) for at in range(0, length, len(block))]
    data = b"".join(parts) + press.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def giant_jpeg(start: bytes) -> bytes:
    """A JPEG whose header says 65,500 pixels each way; `start` is the marker: plain or progressive."""
    small = picture("JPEG", progressive=start == b"\xff\xc2")
    at = small.index(start)
    return small[: at + 5] + struct.pack(">HH", 65500, 65500) + small[at + 9 :]


def scans(many: int) -> bytes:
    """A progressive JPEG that draws its largest permitted area over and over again."""
    whole = picture("JPEG", (6300, 6300), progressive=True)
    first = whole.index(b"\xff\xda")
    return whole[:-2] + whole[first:-2] * many + b"\xff\xd9"


def moving(format: str) -> bytes:
    out, frames = io.BytesIO(), [Image.new("RGB", (10, 10), c) for c in ("red", "blue")]
    frames[0].save(out, format=format, save_all=True, append_images=frames[1:])
    return out.getvalue()


def webp_bomb() -> bytes:
    return picture("WEBP", (16000, 2500), lossless=True)


# --- PDF


def pdf(change: Callable[[pikepdf.Pdf], object] | None = None, pages: int = 1, **options: Any) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 300))
    if change:
        change(document)
    document.save(out, **options)
    return out.getvalue()


def acting(action: str, **more: Any) -> Callable[[pikepdf.Pdf], object]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = BOOK(S=NAME(action), **more)

    return change


def page_action(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = BOOK(O=BOOK(S=NAME.JavaScript, JS=TOLD))


def in_rows(document: pikepdf.Pdf) -> None:
    """An action in an array in an array, none of which has a number of its own."""
    document.Root.Names = BOOK(Other=ROW([ROW([ROW([BOOK(S=NAME.JavaScript, JS=TOLD)])])]))


def in_a_row_of_its_own(document: pikepdf.Pdf) -> None:
    document.Root.Names = document.make_indirect(ROW([BOOK(S=NAME.Launch, F=TOLD)]))


def annotation(document: pikepdf.Pdf) -> None:
    note = BOOK(Type=NAME.Annot, Subtype=NAME.Widget, FT=NAME.Tx, Rect=[0, 0, 9, 9], AA=BOOK(K=BOOK(JS=TOLD)))
    note = document.make_indirect(note)
    document.pages[0].obj.Annots = ROW([note])
    document.Root.AcroForm = BOOK(Fields=ROW([note]))


def form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = BOOK(Fields=ROW([]), XFA=document.make_stream(b"<xdp/>" + MARK))


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["list.txt"] = MARK


def described(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = TOLD
    with document.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:creator"] = [TOLD]


def deep(document: pikepdf.Pdf) -> None:
    inner = BOOK(JS=TOLD)
    for _ in range(400):
        inner = BOOK(X=inner)
    document.Root.Deep = inner


def drawn(width: int, height: int, data: bytes, filters: int = 1) -> Callable[[pikepdf.Pdf], object]:
    """A page with a picture that is far larger than the file."""

    def change(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        stream.write(data, filter=ROW([NAME.FlateDecode] * filters))
        for key, value in {
            "/Type": NAME.XObject, "/Subtype": NAME.Image, "/Width": width, "/Height": height,
            "/ColorSpace": NAME.DeviceRGB, "/BitsPerComponent": 8,
        }.items():  # fmt: skip
            stream[key] = value
        page = document.pages[0]
        page.obj.Resources = BOOK(XObject=BOOK(I=stream))
        page.obj.Contents = document.make_stream(b"200 0 0 300 0 0 cm /I Do")

    return change


def words(data: bytes, filters: int) -> Callable[[pikepdf.Pdf], object]:
    """A page whose drawing commands are a bomb."""

    def change(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        stream.write(data, filter=ROW([NAME.FlateDecode] * filters))
        document.pages[0].obj.Contents = stream

    return change


def within_itself(document: pikepdf.Pdf) -> None:
    """A drawing that draws itself."""
    shape = document.make_stream(b"/F Do " * 50)
    shape["/Type"], shape["/Subtype"], shape["/BBox"] = NAME.XObject, NAME.Form, ROW([0, 0, 9, 9])
    shape["/Resources"] = BOOK(XObject=BOOK(F=shape))
    document.pages[0].obj.Resources = BOOK(XObject=BOOK(F=shape))
    document.pages[0].obj.Contents = document.make_stream(b"/F Do")


def size(width: float, height: float) -> Callable[[pikepdf.Pdf], object]:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.MediaBox = ROW([0, 0, width, height])

    return change


def plain(*objects: bytes, trailer: bytes = b"<< /Root 1 0 R /Size 9 >>") -> bytes:
    """A PDF written by hand, with a table that fits."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(out)


LOOPS = (
    "a page tree that bites its tail", "a page that is its own parent", "a table that names itself as the older one",
    "a count of pages that lies", "brackets without end",
)  # fmt: skip


def loop(name: str) -> bytes:
    catalogue, page = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )
    tree = b"<< /Type /Pages /Kids [%s] /Count 1 >>"
    table = plain(catalogue, tree % b"3 0 R", page)
    at = int(table.split(b"startxref\n")[1].split(b"\n")[0])
    found = {
        "a page tree that bites its tail": plain(catalogue, tree % b"2 0 R", page),
        "a page that is its own parent": plain(catalogue, tree % b"3 0 R", page.replace(b"2 0 R", b"3 0 R")),
        "a table that names itself as the older one": plain(
            catalogue, tree % b"3 0 R", page, trailer=b"<< /Root 1 0 R /Size 4 /Prev %d >>" % at
        ),
        "a count of pages that lies": plain(catalogue, tree.replace(b"1 >>", b"2000000000 >>") % b"3 0 R", page),
        "brackets without end": plain(catalogue, tree % b"3 0 R", page, b"[" * 100_000),
        "an escaped name": plain(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /J#61vaScript /J#53 (x) >> >>", tree % b"3 0 R", page
        ),
    }  # fmt: skip
    return found[name]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("run.html", b"<script>" + MARK + b"</script>")
    return out.getvalue()


# --- what is refused, and why; a set where the reader may trip over one thing or the other

SCRIPTED: dict[str, Made] = {
    "a script when it opens": lambda: pdf(acting("/JavaScript", JS=TOLD)),
    "a program when it opens": lambda: pdf(acting("/Launch", F=TOLD)),
    "another file when it opens": lambda: pdf(acting("/GoToR", F=TOLD)),
    "a form that is sent when it opens": lambda: pdf(acting("/SubmitForm", F=TOLD)),
    "data that is read when it opens": lambda: pdf(acting("/ImportData", F=TOLD)),
    "a script of a page": lambda: pdf(page_action),
    "a script of a field": lambda: pdf(annotation),
    "a script deep in rows": lambda: pdf(in_rows),
    "a program in a row of its own": lambda: pdf(in_a_row_of_its_own),
    "a script in an object stream": lambda: pdf(
        acting("/JavaScript", JS=TOLD), object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "an embedded file": lambda: pdf(attachment),
    "a form made of XML": lambda: pdf(form),
    "a script under an escaped name": lambda: loop("an escaped name"),
    "a script and an archive behind it": lambda: pdf(acting("/JavaScript", JS=TOLD)) + archive(),
}

REFUSED: dict[str, tuple[Made, set[str]]] = {
    **{name: (made, {"active"}) for name, made in SCRIPTED.items()},
    "nothing": (lambda: b"", {"empty"}),
    "one zero byte": (lambda: b"\0", {"type"}),
    "locked": (lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="u")), {"encrypted"}),
    "locked without a password": (lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="")), {"encrypted"}),
    "locked, the old way": (
        lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="", R=4, aes=True)), {"encrypted"},
    ),
    "too many pages": (lambda: pdf(pages=41), {"pages"}),
    "ten thousand pages": (lambda: pdf(pages=10_000, object_stream_mode=pikepdf.ObjectStreamMode.generate), {"pages"}),
    "a script four hundred levels down": (lambda: pdf(deep), {"active", "broken"}),
    "60,000 pixels each way": (lambda: png(60_000, 60_000, packed(1_000_000)), {"pixels"}),
    "half a gigabyte of one colour": (lambda: png(20_000, 50_000, packed(500_000_000)), {"pixels"}),
    "a JPEG of 65,500 pixels each way": (lambda: giant_jpeg(b"\xff\xc0"), {"pixels"}),
    "the same, progressive": (lambda: giant_jpeg(b"\xff\xc2"), {"pixels"}),
    "a large WebP": (lambda: picture("WEBP", (16_000, 2600), lossless=True), {"pixels"}),
    "moving WebP": (lambda: moving("WEBP"), {"frames"}),
    "moving PNG": (lambda: moving("PNG"), {"frames"}),
    "GIF": (lambda: moving("GIF"), {"type"}),
    "TIFF": (lambda: picture("TIFF"), {"type"}),
    "BMP": (lambda: picture("BMP"), {"type"}),
    "icon": (lambda: picture("ICO"), {"type"}),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n", {"type"}),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", {"type"}),
    "SVG behind a mark of bytes": (lambda: "\ufeff\ufeff<svg onload='alert(1)'/>".encode(), {"type"}),
    "HTML behind what is not seen": (lambda: "\u202e\u200b\u2060 <script>alert(1)</script>".encode(), {"type"}),
    "HTML behind joiners": (lambda: "\u200d\u200c<html>".encode(), {"type"}),
    "UTF-16": (lambda: "<script>".encode("utf-16"), {"type"}),
    "UTF-7": (lambda: b"+ADw-script+AD4-\x00", {"type"}),
    "text with a bell": (lambda: b"words\x07", {"type"}),
    "text with an escape": (lambda: b"words\x1b]0;title\x07", {"type"}),
    "text with a C1 control": (lambda: "words\x9bm".encode(), {"type"}),
    "text before a PDF": (lambda: b"words\n" + pdf(), {"two_types"}),
    "an archive": (lambda: archive(), {"type"}),
    "a program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(60), {"type"}),
    "half a PNG": (lambda: picture()[:60], {"broken"}),
    "a PNG with a wrong sum": (lambda: picture().replace(b"IHDR\x00\x00\x00\x3c", b"IHDR\x00\x00\x00\x3d"), {"broken"}),
    "a JPEG of three bytes": (lambda: b"\xff\xd8\xff", {"broken"}),
    "a PDF of five bytes": (lambda: b"%PDF-", {"broken"}),
}  # fmt: skip

# --- what is harmless once it is pixels or plain text: kept, and nothing of MARK in it

CLEANED: dict[str, Made] = {
    "JPEG with place, name and camera": lambda: picture(
        "JPEG", exif=exif(), comment=MARK, icc_profile=MARK * 9
    ),
    "JPEG with XMP": lambda: picture("JPEG", xmp=b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>"),
    "JPEG with a second picture inside": lambda: thumbnail_inside(),
    "JPEG with an archive behind": lambda: picture("JPEG") + archive(),
    "WebP with place and profile": lambda: picture("WEBP", exif=exif(), icc_profile=MARK * 9, xmp=MARK),
    "PNG with words and a profile": lambda: text_chunks(),
    "PNG with a page behind it": lambda: picture() + b"<html><script>" + MARK + b"</script>",
    "PNG with a PDF behind it": lambda: picture() + pdf(acting("/JavaScript", JS=TOLD)),
    "PNG with a chunk of its own": lambda: png(2, 2, zlib.compress(bytes(6)), chunk(b"prVt", MARK)),
    "PNG with more behind its rows": lambda: png(2, 2, zlib.compress(bytes(6) + MARK)),
    "PNG of 16 bits": lambda: png(2, 2, zlib.compress(bytes(10)), depth=16),
    "PNG with a layer that is not seen": lambda: picture(mode="RGBA", pnginfo=None),
    "grey JPEG": lambda: picture("JPEG", mode="L"),
    "JPEG for print": lambda: picture("JPEG", mode="CMYK"),
    "PDF with names and dates": lambda: pdf(described),
    "PDF with an archive behind": lambda: pdf() + archive(),
    "PDF with a page behind": lambda: pdf() + b"<script>" + MARK + b"</script>",
    "text with marks of direction": lambda: f"\u202e\u2066{TOLD[:4]}\u2069 words \U000e0041\ufe0f".encode(),
    "text with lookalikes of brackets": lambda: "＜script＞alert(1)＜/script＞".encode(),
    "text that is a page further down": lambda: b"words\n<script>alert(1)</script>",
    "text that begins a formula": lambda: b"=cmd|'/c calc'!A1",
    "one letter": lambda: b"x",
}

# --- what no two libraries agree on: kept clean or refused, both are right

EITHER: dict[str, Made] = {
    **{f"PDF: {name}": partial(loop, name) for name in LOOPS},
    "PDF: a picture of half a gigabyte": lambda: pdf(drawn(20_000, 17_000, packed(500_000_000))),
    "PDF: a picture packed twice": lambda: pdf(drawn(9000, 9000, packed(250_000_000, 2), 2)),
    "PDF: commands of half a gigabyte": lambda: pdf(words(packed(500_000_000), 1)),
    "PDF: commands packed three times": lambda: pdf(words(packed(500_000_000, 3), 3)),
    "PDF: a drawing of itself": lambda: pdf(within_itself),
    "PDF: a page of no width": lambda: pdf(size(0, 0)),
    "PDF: a page of a mile": lambda: pdf(size(4_000_000, 4_000_000)),
    "PDF: a page like a thread": lambda: pdf(size(0.01, 14_400)),
    "JPEG: many scans": lambda: scans(200),
    "WebP: 40 million pixels": lambda: webp_bomb(),
    "PNG: no row at all": lambda: png(6000, 6000, zlib.compress(b"")),
    "PNG: words without end": lambda: png(2, 2, zlib.compress(bytes(6)), chunk(b"zTXt", b"a\0\0" + packed(200_000_000))),
    "PNG: no width": lambda: png(0, 9, zlib.compress(bytes(9))),
    "text: a million marks on one letter": lambda: ("a" + "\u0301" * 1_000_000).encode(),
}  # fmt: skip
