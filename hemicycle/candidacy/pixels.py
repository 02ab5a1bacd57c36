"""Turn a file that a stranger sent into clean pages. Runs as a process of its own, with limits, and knows no
Django.

    python pixels.py keep SOURCE FOLDER MEGABYTES      ->  {"kind": "pdf", "pages": ["<random>.png", ...]}
    python pixels.py blacken SOURCE TARGET L T W H     ->  {"kind": "image", "pages": [...]}   (percent of the page)

What it refuses it answers as {"refused": code}. Readers only ever get pixels or plain text made here: scripts,
metadata, hidden layers and embedded files do not survive. A parser that crashes or hangs takes this process
only.
"""

from __future__ import annotations

import errno
import io
import json
import resource
import secrets
import sys
import unicodedata
import warnings
from pathlib import Path
from typing import Any

FULL = "full"  # what is answered when the disk has no space left
PAGES_AT_MOST = 40
PIXELS_AT_MOST = 40_000_000  # of an image as sent
SIDE_AT_MOST = 2400  # of a page as kept
SECONDS = 30
MEMORY = 1_500_000_000
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
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
    """UTF-8 text without control characters; anything that a browser could take for a page is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected("type") from None
    start = text.lstrip().lower()
    if start.startswith("<"):
        raise Rejected("type")
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
        raise Rejected("type")
    return "".join(c for c in text if unicodedata.category(c) != "Cf" or c in "\u200c\u200d").replace(
        "\r\n", "\n"
    )


def image(data: bytes) -> Any:
    """Decode one image, upright, without metadata, at most `SIDE_AT_MOST` wide or high."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(IMAGES)) as found:
                if found.width * found.height > PIXELS_AT_MOST:
                    raise Rejected("pixels")
                if getattr(found, "n_frames", 1) != 1:
                    raise Rejected("frames")
                found.load()
                upright = ImageOps.exif_transpose(found)
                flat = _flat(upright)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Rejected("pixels") from None
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        raise Rejected("broken") from None
    flat.thumbnail((SIDE_AT_MOST, SIDE_AT_MOST))
    return flat


def _flat(found: Any) -> Any:
    """On white, in RGB: an invisible layer would otherwise travel with the visible one."""
    from PIL import Image

    rgba = found.convert("RGBA")
    page = Image.new("RGB", rgba.size, "white")
    page.paste(rgba, mask=rgba.getchannel("A"))
    return page


def check_pdf(data: bytes) -> None:
    """Refuse encryption, scripts, embedded files, launch and remote actions, and too many pages."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Rejected("encrypted")
            if not 1 <= len(pdf.pages) <= PAGES_AT_MOST:
                raise Rejected("pages")
            if "/AcroForm" in pdf.Root and "/XFA" in pdf.Root.AcroForm:
                raise Rejected("active")
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                    _check_thing(thing)
    except pikepdf.PasswordError:
        raise Rejected("encrypted") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise Rejected("broken") from None


def _check_thing(thing: Any, depth: int = 0) -> None:
    """One object and what stands directly in it; objects referred to are visited on their own."""
    import pikepdf

    if depth > 30:
        raise Rejected("broken")
    for key, value in thing.items():
        if key in FORBIDDEN or (key in ("/S", "/Subtype", "/Type") and str(value) in FORBIDDEN):
            raise Rejected("active")
        if getattr(value, "is_indirect", False):
            continue
        inside = value if isinstance(value, pikepdf.Array) else [value]
        for part in inside:
            if isinstance(part, pikepdf.Dictionary) and not part.is_indirect:
                _check_thing(part, depth + 1)


def pdf_pages(data: bytes) -> list[Any]:
    """Each page as an image of at most `SIDE_AT_MOST` pixels on a side, about 150 dpi for A4."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        made = []
        for page in document:
            width, height = page.get_size()
            scale = min(150 / 72, SIDE_AT_MOST / max(width, height, 1))
            made.append(page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"))
    except pypdfium2.PdfiumError:
        raise Rejected("broken") from None
    return made


def keep(source: Path, folder: Path, megabytes: int) -> dict[str, Any]:
    """Read the file and write its clean pages into `folder`, under random names."""
    if source.stat().st_size > megabytes * 1024 * 1024:
        raise Rejected("size")
    data = source.read_bytes()
    kind = type_of(data)
    if kind == "text":
        name = secrets.token_hex(16) + ".txt"
        (folder / name).write_text(plain_text(data), encoding="utf-8")
        return {"kind": kind, "pages": [name]}
    if kind == "pdf":
        check_pdf(data)
        images = pdf_pages(data)
    else:
        images = [image(data)]
    return {"kind": kind, "pages": [_write(page, folder) for page in images]}


def _write(page: Any, folder: Path) -> str:
    name = secrets.token_hex(16) + ".png"
    page.save(folder / name, format="PNG")
    return name


def blacken(
    source: Path, target: Path, left: float, top: float, width: float, height: float
) -> dict[str, Any]:
    """Cover an area for good: the pixels below are gone. Measures in percent of the page."""
    from PIL import Image, ImageDraw

    with Image.open(source, formats=["PNG"]) as found:
        page = found.convert("RGB")
    x, y = page.width * left / 100, page.height * top / 100
    corner = (x + page.width * width / 100, y + page.height * height / 100)
    ImageDraw.Draw(page).rectangle(((x, y), corner), fill="black")
    page.save(target, format="PNG")
    return {"kind": "image", "pages": [target.name]}


def main(arguments: list[str]) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    verb, source, target, *numbers = arguments
    try:
        if verb == "blacken":
            left, top, width, height = (float(number) for number in numbers)
            return blacken(Path(source), Path(target), left, top, width, height)
        return keep(Path(source), Path(target), int(numbers[0]))
    except Rejected as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "pixels"}
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return {"refused": FULL}  # not the sender's fault


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
