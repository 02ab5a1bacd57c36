from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.instruments.names.sources.entry import KIN, NO_DATE, NO_NAME, OTHER, Entry
from hemicycle.instruments.names.sources.lists import FORMATS, names_in, published_on, read, recognised

from . import samples
from .samples import SAMPLES, entries, written

DATES = {
    "un": "2026-02-27",
    "eu-xml": "2026-08-05",
    "eu-csv": "2026-08-05",
    "uk-ofsi": "2026-06-03",
    "uk-sanctions": "2026-02-13",
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_recognised_by_what_the_file_holds(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, SAMPLES[name], "whatever.bin")
    assert recognised(path) == name
    assert published_on(path) == DATES.get(name, "")
    assert list(read(path)) == list(read(path, name)) != []


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_nationality_religion_sex_or_papers_is_read(tmp_path: Path, name: str) -> None:
    told = repr(list(read(written(tmp_path, SAMPLES[name])))).lower()
    for never in ("ruritania", "nowhere", "male", "husband", "spouse", "brother", "passport", "x1", "ethnic"):
        assert never not in told


def test_ofac(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, samples.OFAC)
    assert found["11"] == Entry(
        entity_id="11",
        schema="Person",
        names=(("Evgeny Yuryevich SHCHAVLINTSEV Jr.", "primary"), ("THE SORREL", "weak")),
        birth_dates=("1961-04-05", "1962"),
        programme="SDGT; IRAN",
        position="Minister of Weather",
        linked_to=(("Linked To", "12"),),
    )
    assert found["12"].names == (("BLUE DOLPHINARIUM CO., LTD.", "primary"),)
    assert (found["12"].schema, found["13"].schema) == ("Organization", "Vessel")
    assert found["12"].linked_to == (("Linked To", "11"),)
    assert found["13"].linked_to == (("Linked To", "UNHEARD-OF SHIPPING"),)
    assert found["14"].birth_dates == ("1970", "1971", "1972")
    assert passed.counts == {KIN: 2, NO_DATE: 1}
    assert passed.lines == {KIN: [1], NO_DATE: [4]}


def test_ofac_with_its_further_files(tmp_path: Path) -> None:
    beside = (written(tmp_path, samples.ALIASES, "alt.csv"), written(tmp_path, samples.COMMENTS, "more.csv"))
    found, _ = entries(tmp_path, samples.OFAC, beside=beside)
    assert found["11"].names[1:] == (
        ("Eugen SHAVLINZEW", "alias"),
        ("Evgeny OLDNAME", "weak"),
        ("THE SORREL", "weak"),
    )
    assert found["12"].names[1:] == (("OLD DOLPHINARIUM, INC.", "previous"),)
    # The rest of a remark is put behind it as it stands: the point ended the link's name.
    assert found["13"].names[1:] == (("COPPER", "weak"),)


def test_united_nations(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, samples.UN)
    assert found["UTi.001"] == Entry(
        entity_id="UTi.001",
        schema="Person",
        names=(
            ("AINUR TIMERBULATOVICH CHULPANBAEV", "primary"),
            ("Айнур Чулпанбаев", "alias"),
            ("Aynur Chulpanbay", "alias"),
            ("The Tulip", "weak"),
        ),
        birth_dates=("1979-01-02", "1980-02-03", "1981", "1983", "1984"),
        programme="UTO",
        position="Keeper of the seal; Deputy",
        listed_on="2012-12-31",
    )
    assert found["UTe.001"].names == (
        ("MEDNY VSADNIKSTROY", "primary"),
        ("MVS", "alias"),
        ("Plant No. 17", "previous"),
    )
    assert found["UTe.001"].schema == "Organization"
    assert passed.counts == {NO_DATE: 1}


def test_european_union_xml(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, samples.EU_XML)
    assert found["EU.1.2"] == Entry(
        entity_id="EU.1.2",
        schema="Person",
        names=(
            ("Ostap Chmelyushko", "primary"),
            ("Остап Чмелюшко", "alias"),
            ("Bumblebee", "weak"),
            ("O. C.", "weak"),
        ),
        birth_dates=("1970-05-06", "1971", "1973", "1974"),
        programme="UTO; CYB",
        position="Warden",
        listed_on="2022-03-01",
        link="https://example.org/act",
    )
    assert found["14"] == Entry("14", "Organization", (("Blue Dolphinarium", "primary"),))
    assert passed.counts == {NO_DATE: 1}


def test_european_union_csv(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, samples.EU_CSV)
    assert found["EU.1.2"] == Entry(
        entity_id="EU.1.2",
        schema="Person",
        names=(("Ostap Chmelyushko", "primary"), ("Остап Чмелюшко", "alias"), ("Bumblebee", "weak")),
        birth_dates=("1970-05-06", "1971-05"),
        programme="UTO; CYB",
        position="Warden",
        listed_on="2022-03-01",
        link="https://example.org/act",
    )
    assert found["14"].names == (('Dolphinarium; the "Blue" one', "primary"),)
    assert not passed.counts


def test_united_kingdom_ofsi(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, samples.UK_OFSI)
    assert found["501"] == Entry(
        entity_id="501",
        schema="Person",
        names=(
            ("Milentiy Savvich TRUBNISHCHEV", "primary"),
            ("Милентий Трубнищев", "alias"),
            ("Milenti TRUBNISHCHEFF", "alias"),
            ("THE TRUMPET", "weak"),
        ),
        birth_dates=("1975", "1976-03"),
        programme="Utopia",
        position="Keeper of the tides",
        listed_on="2001-10-02",
    )
    assert found["502"].names == (("BLUE DOLPHINARIUM", "primary"), ("OLD POOL", "previous"))
    assert passed.counts == {NO_DATE: 1} and passed.lines[NO_DATE] == [6]


def test_united_kingdom_sanctions_list(tmp_path: Path) -> None:
    found, _ = entries(tmp_path, samples.UK_SANCTIONS)
    assert found["UTO0001"] == Entry(
        entity_id="UTO0001",
        schema="Person",
        names=(("Milentiy TRUBNISHCHEV", "primary"), ("TRUMPET", "weak")),
        birth_dates=("1975", "1976-03-31"),
        programme="The Utopia Regulations 2020",
        position="Keeper of the tides",
        listed_on="2012-06-29",
    )
    assert found["UTO0002"].schema == "Vessel"
    assert found["UTO0002"].linked_to == (
        ("Current owner/operator", "Blue Dolphinarium"),
        ("Previous owner/operator", "Old Pool"),
    )
    assert found["UTO0003"].linked_to == (("Parent company", "Big Pool"), ("Subsidiaries", "Small Pool"))
    assert found["UTO0003"].names == (("BLUE DOLPHINARIUM", "alias"),)


def test_follow_the_money(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, samples.FTM)
    assert found["p1"] == Entry(
        entity_id="p1",
        schema="Person",
        names=(("Ivetta Piskuntsova", "primary"), ("Yvette P.", "alias"), ("Squeak", "weak")),
        birth_dates=("1980-01-02",),
        programme="UTO; CYB",
        topics=("role.pep",),
        position="Mayor; Member of the Moot",
        listed_on="2020-05-06",
        link="https://example.org/p1",
        linked_to=(("owner of", "c1"),),
    )
    assert found["c1"].linked_to == (("owned by", "p1"), ("directed by", "p2"))
    assert found["p2"].linked_to == (("director of", "c1"),) and found["p2"].birth_dates == ()
    assert passed.counts == {KIN: 3, OTHER: 1, NO_DATE: 1}
    assert passed.lines == {KIN: [7, 8, 9], OTHER: [10], NO_DATE: [4]}


def test_lines_of_one_entity_are_one_entry_wherever_they_stand(tmp_path: Path) -> None:
    line = '{"id":"%s","schema":"Person","properties":{"name":["%s"]}}\n'
    found, _ = entries(
        tmp_path, "".join(line % told for told in (("a", "Ostap"), ("b", "Savva"), ("a", "Ivetta")))
    )
    assert {number: [name for name, _ in entry.names] for number, entry in found.items()} == {
        "a": ["Ostap", "Ivetta"],
        "b": ["Savva"],
    }


def test_plain_csv_brings_the_rows_of_an_entity_together(tmp_path: Path) -> None:
    found, _ = entries(tmp_path, samples.PLAIN)
    assert found["a"] == Entry(
        entity_id="a",
        schema="Person",
        names=(("Аляксандр Жураўлішкаў", "primary"), ("Alyaxander Zhurawlishkau", "alias")),
        birth_dates=("1975", "1975-03-31"),
        programme="Moot; Tides",
        position="Bailiff",
        listed_on="2024-05-06",
        link="https://example.org/a",
    )
    assert list(found) == ["a", "b"] and found["b"].schema == "Company"


def test_entries_are_given_to_the_screener_name_by_name(tmp_path: Path) -> None:
    names = list(names_in(written(tmp_path, samples.UN)))
    assert len(names) == 7
    assert {(one.entity_id, one.schema) for one in names} == {
        ("UTi.001", "Person"),
        ("UTe.001", "Organization"),
    }
    assert names[3].kind == "weak" and names[0].birth_dates == "1979-01-02;1980-02-03;1981;1983;1984"


def test_an_entry_without_a_usable_name_is_passed_over_and_counted(tmp_path: Path) -> None:
    found, passed = entries(tmp_path, "entity_id,name\na,\u200f\u202e\nb,. - .\nc,A. B.\nd,\nd,Ё\n")
    assert {number: entry.names for number, entry in found.items()} == {
        "c": (("A. B.", "primary"),),
        "d": (("Ё", "primary"),),
    }
    assert passed.counts == {NO_NAME: 2} and passed.lines == {NO_NAME: [2, 3]}
