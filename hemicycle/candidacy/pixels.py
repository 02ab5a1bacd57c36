"""Turn a file that a stranger sent into clean pages. Runs as a process of its own, in a sandbox, and knows no Django.

    python pixels.py keep MEGABYTES        the file on stdin; its pages on stdout
    python pixels.py blacken L T W H       a page on stdin; the page with a black area (percent of the page) on stdout
    python pixels.py words                 the file on stdin; its plain text on stdout, a page at a time
    python pixels.py probe                 loads what the others need, and answers that it could

Answers are frames: one letter, eight bytes of length, content. `k` the kind, `m` the digest of something that the file says
of its making (metadata.py), `p` a page, `r` a refusal by its code, `e` the end: without `e` or `r` at the end the process
died. It opens no file for writing, so that nothing of what was sent ever lies on a disk in clear. Readers only ever get
pixels or plain text made here: scripts, metadata, hidden layers and embedded files do not survive. A parser that crashes or
hangs takes this process only.
"""

from __future__ import annotations

import io
import os
import resource
import struct
import sys
import unicodedata
import warnings
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

PAGES_AT_MOST = 40
PIXELS_AT_MOST = 40_000_000  # of an image as sent
SIDE_AT_MOST = 2400  # of a page as kept
SECONDS = 30
MEMORY = 500_000_000  # of addresses, not only of what is used
STRIP = 256  # rows of the kept page that are flattened at once
DEPTH_AT_MOST = 30
IMAGES = ("JPEG", "PNG", "WEBP")
FORBIDDEN = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm",
             "/ImportData", "/Movie", "/Sound", "/Rendition", "/GoToE", "/GoToR")  # fmt: skip


class Rejected(Exception):
    """The file is not taken; the code says why."""


def type_of(data: bytes) -> str:
    """The type by content: `pdf`, `image` or `text`. What looks like two types at once is refused."""
    import puremagic

    if not data:
        raise Rejected("empty")
    head = data[:1024]
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    ):
        return "image"
    if b"%PDF-" in head:
        raise Rejected("two_types")
    try:
        guess = puremagic.from_string(data, mime=True)
    except puremagic.PureError:
        guess = ""
    if guess and not guess.startswith("text/plain"):
        raise Rejected("type")
    return "text"


def plain_text(data: bytes) -> str:
    """UTF-8 text without control characters; anything that a browser could take for a page is refused.

    Characters that cannot be seen go (direction, tags, variation), for they hide or mark; the two joiners stay, for
    Persian and Kurdish need them.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise Rejected("type") from None
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
        raise Rejected("type")
    text = "".join(c for c in text if _is_seen(c))
    if text.lstrip("\u200c\u200d \t\n").lower().startswith("<"):
        raise Rejected("type")
    return text


def _is_seen(c: str) -> bool:
    if unicodedata.category(c) in ("Cf", "Co", "Cn"):
        return c in "\u200c\u200d"
    return not ("\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef")


def metadata() -> Any:
    """The module beside this file: within the sandbox there is no package to import it from."""
    module = ModuleType("metadata")
    SourceFileLoader("metadata", str(Path(__file__).with_name("metadata.py"))).exec_module(module)
    return module


def image(data: bytes) -> tuple[Iterator[Any], list[tuple[str, str]]]:
    """One image decoded, upright, without metadata, at most `SIDE_AT_MOST` wide or high; and digests of that metadata."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=IMAGES) as found:
                if found.width * found.height > PIXELS_AT_MOST:
                    raise Rejected("pixels")
                # A telephone's JPEG may carry a second, smaller picture behind the first: only the first is read.
                if getattr(found, "n_frames", 1) != 1 and found.format != "MPO":
                    raise Rejected("frames")
                turned = found.getexif().get(0x0112, 1)
                found.draft("RGB", (SIDE_AT_MOST, SIDE_AT_MOST))
                found.load()
                seen = metadata().of_image(found)
                page = _small(found)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Rejected("pixels") from None
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        raise Rejected("broken") from None
    page.getexif()[0x0112] = turned
    return iter([ImageOps.exif_transpose(page)]), seen


def _small(found: Any) -> Any:
    """On white, in RGB, and not larger than a page: an invisible layer would otherwise travel with the visible one.

    In strips, so that a large picture never stands in memory twice.
    """
    from PIL import Image

    times = max(1, max(found.size) // SIDE_AT_MOST)
    page = Image.new("RGB", (-(-found.width // times), -(-found.height // times)))
    for top in range(0, page.height, STRIP):
        rows = (0, top * times, found.width, min((top + STRIP) * times, found.height))
        strip = found.crop(rows).convert("RGBA")
        flat = Image.new("RGB", strip.size, "white")
        flat.paste(strip, mask=strip.getchannel("A"))
        page.paste(flat.reduce(times) if times > 1 else flat, (0, top))
    page.thumbnail((SIDE_AT_MOST, SIDE_AT_MOST))
    return page


def check_pdf(data: bytes) -> list[tuple[str, str]]:
    """Refuse encryption, scripts, embedded files, launch and remote actions, and too many pages. Returns digests of metadata."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Rejected("encrypted")
            if not 1 <= len(pdf.pages) <= PAGES_AT_MOST:
                raise Rejected("pages")
            for thing in pdf.objects:
                _check_thing(thing)
            return list(metadata().of_pdf(pdf))
    except pikepdf.PasswordError:
        raise Rejected("encrypted") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise Rejected("broken") from None


def _check_thing(thing: Any, depth: int = 0) -> None:
    """One object and what stands directly in it; objects referred to are visited on their own."""
    import pikepdf

    if depth > DEPTH_AT_MOST:
        raise Rejected("broken")
    if isinstance(thing, pikepdf.Array):
        inside = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        inside = []
        for key, value in thing.items():
            if key in FORBIDDEN or (key in ("/S", "/Subtype", "/Type") and str(value) in FORBIDDEN):
                raise Rejected("active")
            inside.append(value)
    else:
        return
    for part in inside:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            _check_thing(part, depth + 1)


def pdf_pages(data: bytes) -> Iterator[Any]:
    """Each page as an image of at most `SIDE_AT_MOST` pixels on a side, about 150 dpi for A4; one at a time."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= len(document) <= PAGES_AT_MOST:
            raise Rejected("pages")
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            scale = min(150 / 72, SIDE_AT_MOST / max(width, height, 1))
            bitmap = page.render(scale=scale, may_draw_forms=False)
            yield bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise Rejected("broken") from None


def keep(data: bytes, megabytes: int) -> Iterator[tuple[bytes, bytes]]:
    """The kind of the file, digests of what it says of its making, then its clean pages."""
    if len(data) > megabytes * 1024 * 1024:
        raise Rejected("size")
    kind = type_of(data)
    if kind == "text":
        yield from ((b"k", b"text"), (b"p", plain_text(data).encode()))
        return
    if kind == "pdf":
        seen, images = check_pdf(data), pdf_pages(data)
    else:
        images, seen = image(data)
    yield b"k", kind.encode()
    yield from ((b"m", " ".join(told).encode()) for told in seen)
    for page in images:
        yield b"p", encoded(page)


def words(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind of the file, then its text as it stands there: of a PDF page by page. Nothing of it is kept."""
    import pypdfium2

    if (kind := type_of(data)) == "image":
        raise Rejected("type")
    yield b"k", kind.encode()
    if kind == "text":
        yield b"p", plain_text(data).encode()
        return
    check_pdf(data)
    try:
        for page in pypdfium2.PdfDocument(data):
            yield b"p", page.get_textpage().get_text_bounded().encode("utf-8", "replace")
    except pypdfium2.PdfiumError:
        raise Rejected("broken") from None


def encoded(page: Any) -> bytes:
    """The page as PNG. `page.info` is not asked: what a colour profile or a comment said stays behind."""
    page.info, out = {}, io.BytesIO()
    page.save(out, format="PNG", compress_level=3)  # half the time of the default, a tenth more bytes
    return out.getvalue()


def blacken(
    data: bytes, left: float, top: float, width: float, height: float
) -> Iterator[tuple[bytes, bytes]]:
    """Cover an area for good: the pixels below are gone. Measures in percent of the page."""
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(data), formats=["PNG"]) as found:
        page = found.convert("RGB")
    x, y = page.width * left / 100, page.height * top / 100
    corner = (x + page.width * width / 100, y + page.height * height / 100)
    ImageDraw.Draw(page).rectangle(((x, y), corner), fill="black")
    yield b"k", b"image"
    yield b"p", encoded(page)


def probe() -> Iterator[tuple[bytes, bytes]]:
    """Whether all that the others need is here: the libraries, and the machine's source of chance."""
    import pikepdf
    import PIL.Image
    import puremagic
    import pypdfium2

    page = pikepdf.new()
    page.add_blank_page()
    page.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="o", user=""))
    yield b"k", b"probe"
    yield b"p", " ".join(m.__name__ for m in (metadata(), PIL.Image, puremagic, pypdfium2)).encode()


def frames(arguments: list[str], data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What is answered, whatever the file does to the libraries that read it."""
    verb, *numbers = arguments
    try:
        if verb == "probe":
            yield from probe()
        elif verb == "blacken":
            yield from blacken(data, *(float(number) for number in numbers))
        elif verb == "words":
            yield from words(data)
        else:
            yield from keep(data, int(numbers[0]))
        yield b"e", b""
    except Rejected as refusal:
        yield b"r", str(refusal).encode()
    except MemoryError:
        yield b"r", b"heavy"
    except Exception:  # a parser may raise anything; nothing of it is shown, for it may quote the file
        yield b"r", b"broken"


def confine() -> None:
    """Little time and memory, no file written, no process begun: also where there is no sandbox."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))  # at the first a signal that says why
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))


def main(arguments: list[str], source: BinaryIO, target: BinaryIO) -> None:
    confine()
    data = b"" if arguments[0] == "probe" else source.read()
    for letter, content in frames(arguments, data):
        target.write(letter + struct.pack(">Q", len(content)) + content)
    target.flush()


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing to tidy, and no library gets the chance to crash while it does
