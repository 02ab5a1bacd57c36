"""Files made to break a reader, or broken: refused with a place, or read without harm."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from hemicycle.instruments.names import files, readers
from hemicycle.instruments.names.files import Unreadable
from hemicycle.instruments.names.screener import Query, Screener
from hemicycle.instruments.names.sources import xml
from hemicycle.instruments.names.sources.entry import NO_NUMBER
from hemicycle.instruments.names.sources.lists import names_in, published_on, read, recognised

from .samples import EU_XML, FTM, OFAC, PLAIN, SAMPLES, UK_OFSI, UK_SANCTIONS, UN, entries, written

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><CONSOLIDATED_LIST><INDIVIDUALS>&c;</INDIVIDUALS></CONSOLIDATED_LIST>"""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><export/>'


def refusal(folder: Path, content: str | bytes, name: str = "list", format: str | None = None) -> str:
    path = written(folder, content, name)
    with pytest.raises(Unreadable) as told:
        list(read(path, format))
    assert str(told.value).startswith(f"{path}")
    return str(told.value).removeprefix(f"{path}").lstrip(",: ")


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, "<!DOCTYPE html><html></html>"])
@pytest.mark.parametrize("format", [None, "un", "eu-xml"])
def test_a_document_type_is_refused_before_anything_is_expanded(
    tmp_path: Path, content: str, format: str | None
) -> None:
    assert "a document type declaration (DTD) is not read" in refusal(tmp_path, content, format=format)
    with pytest.raises(Unreadable):
        published_on(written(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (UN[:900], "line 12, column"),
        (UN.replace("</ENTITIES>", "</ENTITY>"), "mismatched tag"),
        (UN.encode().replace("Ч".encode(), b"\xff", 1), "not well-formed (invalid token)"),
        (UN.replace("UTF-8", "UTF-9"), "unknown encoding"),
        (UN.replace("UTF-8", "GBK"), "multi-byte encodings are not supported"),
        (UN.replace("UTe.001", "UTi.001"), "the number UTi.001 stands twice"),
        (EU_XML.replace('code="enterprise"', 'code="planet"'), "“planet” is neither person nor enterprise"),
        (EU_XML.replace('logicalId="14"', ""), "line 17, column 1: an entry without a number"),
        (
            "<html><body>Service unavailable</body></html>",
            "XML of no list that is known (its root is <html>)",
        ),
        ("<", "line 1, column 1: no XML: unclosed token"),
    ],
)
def test_broken_xml_is_told_with_line_and_column(tmp_path: Path, content: str | bytes, told: str) -> None:
    message = refusal(tmp_path, content)
    assert told in message and message.startswith("line ") and "column " in message


def test_xml_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_PARTS", 100)
    monkeypatch.setattr(xml, "LONGEST_TEXT", 1000)
    head = "<CONSOLIDATED_LIST><INDIVIDUAL>"
    assert "nested deeper than 50" in refusal(tmp_path, head + "<a>" * 60)
    assert "more than 100 elements" in refusal(tmp_path, head + "<a/>" * 101)
    assert "more than 1,000 characters" in refusal(tmp_path, head + "x" * 1001)
    assert "more than 1,000 characters" in refusal(tmp_path, f"{head}<a b='{'x' * 1001}'/>")
    for endless in ("<a b='", "<!-- ", "<?a "):
        assert "one tag or comment with more than 1,000 bytes" in refusal(
            tmp_path, head + endless + "x" * 200_000
        )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "line 1: no column “entity_id” (there are: none)"),
        ("\ufeff", "line 1: no column “entity_id” (there are: none)"),
        (PLAIN.encode().replace(b"Moot", b"M\xf6t", 1), "line 2, column 77: not UTF-8 (byte 0xf6)"),
        (PLAIN.encode("utf-16"), "line 1, column 1: not UTF-8 (byte 0xff)"),
        ('entity_id,name\na,b\nc,"d\ne,f\n', "line 3, column 3: unexpected end of data"),
        ('entity_id,name\na,b\nc,"d"e\n', "line 3, column 6: ',' expected after '\"'"),
        ('entity_id,name\n"a\nb","c ""d"" "x\n', "line 3, column 14: ',' expected after '\"'"),
        ("entity_id,name\na,b\rc,d\n", "line 2, column 4: new-line character"),
        ("entity_id,name\na,b\nc\n", "line 3, column 2: 1 cells where the header has 2"),
        ("entity_id,name,listed_on\na,b,2024-02-30\n", "line 2, column “listed_on”"),
        ("entity_id,name,link\na,b,javascript:alert(1)\n", "line 2, column “link”"),
        (
            "entity_id,name,birth_dates\na,b,1975;1975-02-31\n",
            "line 2, column “birth_dates”: “1975-02-31” is no date",
        ),
        (OFAC.replace("individual", "planet"), "line 1, column 3: “planet” is none of"),
        (OFAC.replace("\r\n13,", "\r\nXIII,"), "line 3, column 1: “XIII” is no number"),
        (OFAC.replace("MEDNY VSADNIK,", "MEDNY, VSADNIK,"), "line 3, column 13: 13 cells where OFAC has 12"),
        (OFAC.replace("\r\n13,", "\r\n12,"), "line 3, column 1: the number 12 stands twice"),
        (UK_OFSI.replace("Alias Type", "Sort"), "line 2: no column “Alias Type”"),
        (UK_OFSI.replace("Entity,FKA", "Planet,FKA"), "line 7, column “Group Type”: “Planet” is none of"),
        (UK_SANCTIONS.replace("UTO0002", " "), "line 5, column “Unique ID”: empty"),
        (FTM.replace('"c1",', '"c1";', 1), "line 2, column 11: no JSON"),
        (FTM.replace('["p1"],"asset"', '"p1","asset"'), "line 5, column 1: o1: “owner” is no list of texts"),
        ('{"id": "x", "schema": "Person", "properties": ' + "[" * 100_000, "line 1"),
        ('{"id": "x", "schema": "Person", "properties": {}, "n": ' + "9" * 5000 + "}", "line 1"),
        ("[]", "line 1, column 1: no JSON object"),
    ],
)
def test_a_broken_table_or_line_is_told_with_line_and_column(
    tmp_path: Path, content: str | bytes, told: str
) -> None:
    assert told in refusal(tmp_path, content)


@pytest.mark.parametrize("name", SAMPLES)
def test_packed_files_are_read_as_the_plain_ones(tmp_path: Path, name: str) -> None:
    plain = SAMPLES[name].encode()
    wanted = list(read(written(tmp_path, plain)))
    assert list(read(written(tmp_path, gzip.compress(plain), "list.gz"))) == wanted
    assert list(read(written(tmp_path, zipped(("list.csv", plain)), "list.zip"))) == wanted


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    noise = "".join(f"{number},name {number * number}\n" for number in range(50_000))
    plain = f"entity_id,name\n{noise}".encode()
    packed, archive = gzip.compress(plain), zipped(("list.csv", plain))
    assert "the file is damaged" in refusal(tmp_path, packed[:-100_000])
    assert "the file is damaged" in refusal(tmp_path, packed[:5000] + b"\0\1" + packed[5002:])
    assert "the file is damaged" in refusal(tmp_path, archive[:-100])
    assert "the file is damaged" in refusal(tmp_path, archive[:5000] + b"\0\1" + archive[5002:])
    assert "the file is damaged" in refusal(tmp_path, gzip.compress(UN.encode() + b" " * 90_000)[:-9])


def test_an_archive_holds_one_file(tmp_path: Path) -> None:
    two = zipped(("sdn.csv", b"x"), ("alt.csv", b"y"))
    assert "holds 2 files where one is expected" in refusal(tmp_path, two)
    assert "holds 0 files where one is expected" in refusal(tmp_path, zipped())
    locked = bytearray(zipped(("list.csv", PLAIN.encode())))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert "cannot be opened" in refusal(tmp_path, bytes(locked))


@pytest.mark.parametrize("head", ["entity_id,name\n", "<CONSOLIDATED_LIST>"])
@pytest.mark.parametrize(("limit", "bytes_"), [("MOST_BYTES", 3_000_000), ("FREE_BYTES", 1_000_000)])
def test_what_unpacks_to_more_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, limit: str, bytes_: int
) -> None:
    monkeypatch.setattr(files, limit, bytes_)
    bomb = head.encode() + b"a,b\n" * 1_000_000
    assert len(gzip.compress(bomb)) < 10_000
    for packed in (gzip.compress(bomb), zipped(("list.csv", bomb))):
        most = min(files.MOST_BYTES, max(files.FREE_BYTES, files.MOST_TIMES * len(packed)))
        assert f"more than {most:,} bytes when unpacked" in refusal(tmp_path, packed)
    lying = zipped(("list.csv", bomb)).replace(len(bomb).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "damaged" in refusal(tmp_path, lying)


def test_a_line_that_does_not_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LONGEST_LINE", 1000)
    assert "line 2, column 1000: the line does not end" in refusal(tmp_path, "entity_id,name\n" + "x" * 2000)
    assert "line 100002, column 1: 100,001 empty" in refusal(tmp_path, "entity_id,name\n" + "\n" * 200_000)
    assert "field larger than field limit" in refusal(tmp_path, 'entity_id,name\na,"' + "x\n" * 600_000)


def test_names_of_ten_thousand_letters_are_kept_and_screened(tmp_path: Path) -> None:
    long = "Ж" * 10_000
    path = written(tmp_path, f"entity_id,name\na,{long}\nb,{'Й. ' * 5000}\nc,Ostap Chmelyushko\n")
    assert [len(entry.names[0][0]) for entry in read(path)] == [10_000, 14_999, 17]
    begun = time.monotonic()
    screener = Screener(names_in(path))
    hits = screener.hits(Query("q", f"Ostap Chmelyushko {'x ' * 10_000}"))
    assert {hit.entity_id for hit in hits} <= {"c"} and time.monotonic() - begun < 5


def test_names_with_letters_of_another_script_and_unseen_marks_are_found(tmp_path: Path) -> None:
    # Latin but for о, а, р, С, е and у, which are Cyrillic; a mark of direction and a joiner inside.
    path = written(tmp_path, "entity_id,name,kind,schema\na,\u202eОstар С\u200dhmеlуushko,primary,Person\n")
    hits = Screener(names_in(path)).hits(Query("q", "Ostap Chmelyushko", "Person"))
    assert [hit.entity_id for hit in hits] == ["a"]


def test_marks_that_turn_text_stay_and_control_characters_go(tmp_path: Path) -> None:
    name = "\u202eOstap\u200f\0\x1b[31m Chmelyushko\ud800"
    line = json.dumps({"id": "x", "schema": "Person", "properties": {"name": [name]}})
    found, _ = entries(tmp_path, line)
    assert found["x"].names == (("\u202eOstap\u200f [31m Chmelyushko", "primary"),)
    assert found["x"].digest() and str(found["x"].names).encode()


def test_a_number_that_no_register_would_hold_is_passed_over(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, f"entity_id,name\n{'9' * 201},a\nb\0,c\nd,e\n")
    assert list(found) == ["d"] and passed.counts == {NO_NUMBER: 2}


def test_what_is_no_text_at_all_is_refused(tmp_path: Path) -> None:
    for content in (b"\0" * 5000, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"PK\x03\x04", b"\x1f\x8b"):
        refusal(tmp_path, content)
    with pytest.raises(FileNotFoundError):
        recognised(tmp_path / "nowhere")
