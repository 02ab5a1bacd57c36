"""The founding: once, whole, or not at all."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hemicycle.assembly import founding
from hemicycle.assembly.founding import Clerk
from hemicycle.assembly.models import Body, Delegation, Founding, PoliticalGroup
from hemicycle.people import queries as people
from hemicycle.people.models import Enrolment, Person
from hemicycle.record import law, queries
from hemicycle.record.models import CharterVersion, Entry
from hemicycle.rules.charter import CharterError
from hemicycle.rules.findings import Unmet
from tests.cast import CHARTER

CLERKS = [Clerk("Signe Vallgren", "en"), Clerk("Odile Marchetti", "fr")]


@pytest.fixture
def founded(db: None, noon: object) -> founding.Founded:
    return founding.found(CHARTER, CLERKS)


def test_the_founding_is_entry_number_one(founded: founding.Founded) -> None:
    first = Entry.objects.order_by("number").first()
    assert first is not None
    assert (first.number, first.room, first.act, first.office) == (1, "assembly", "found", "founder")
    assert first.facts["demonstration"] is False
    assert first.facts["charter"] == law.in_force().reference


def test_a_founding_adopts_the_charter_with_its_prose(founded: founding.Founded) -> None:
    version = CharterVersion.objects.get()
    assert version.text == CHARTER.read_text(encoding="utf-8")
    assert set(version.prose) == {"en", "fr", "ru"}
    assert len(version.digest) == 64


def test_the_two_clerks_hold_their_office_and_a_code_each(founded: founding.Founded) -> None:
    assert [people.actor(each.person).holds("secretariat") for each in founded.clerks] == [True, True]
    assert len({each.code for each in founded.clerks}) == 2
    assert Enrolment.objects.count() == 2
    stored = " ".join(str(row) for row in Enrolment.objects.values_list())
    assert not any(each.code in stored or each.code.replace("-", "") in stored for each in founded.clerks)


def test_a_founding_brings_the_bodies_the_delegations_and_the_groups(founded: founding.Founded) -> None:
    charter = law.in_force()
    assert Body.objects.count() == 3 + len(charter.committees)
    assert Delegation.objects.count() == charter.governments.member_states.value == 46
    assert sum(Delegation.objects.values_list("members", flat=True)) == charter.assembly.representatives.value
    ukraine = Delegation.objects.get(code="UA")
    assert (ukraine.name_en, ukraine.name_fr, ukraine.name_ru) == ("Ukraine", "Ukraine", "Украина")
    assert PoliticalGroup.objects.count() == 6


def test_a_demonstration_is_marked_for_ever(db: None, noon: object) -> None:
    founding.found(CHARTER, CLERKS, demonstration=True)
    assert queries.is_demonstration()


def test_a_record_that_is_not_empty_is_not_founded_again(founded: founding.Founded) -> None:
    before = Entry.objects.count()
    with pytest.raises(Unmet, match="not empty"):
        founding.found(CHARTER, CLERKS)
    assert Entry.objects.count() == before
    assert Founding.objects.count() == 1


def test_a_founding_that_fails_leaves_nothing(db: None, noon: object) -> None:
    with pytest.raises(Unmet):
        founding.found(CHARTER, [Clerk("Signe Vallgren"), Clerk("Signe Vallgren")])
    assert not Entry.objects.exists() and not Person.objects.exists() and not CharterVersion.objects.exists()


def test_a_founding_that_failed_does_not_cost_the_next_one_its_number(
    db: None, noon: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(founding, "load_delegations", lambda data: 1 / 0)  # after entry 1 was written
        with pytest.raises(ZeroDivisionError):
            founding.found(CHARTER, CLERKS)
    founding.found(CHARTER, CLERKS)
    assert Entry.objects.order_by("number").values_list("number", flat=True)[0] == 1


def test_a_charter_with_errors_is_no_law(db: None, noon: object, tmp_path: Path) -> None:
    broken = tmp_path / CHARTER.name
    broken.write_text(
        CHARTER.read_text(encoding="utf-8").replace("[seats.total]\nvalue = 15", '[seats.total]\nvalue = "x"')
    )
    with pytest.raises(CharterError, match=r"seats\.total"):
        founding.found(broken, CLERKS)
    assert not Entry.objects.exists()


def command(path: object, *names: str) -> str:
    out = StringIO()
    first, second = names or ("Signe Vallgren", "Odile Marchetti")
    call_command("found", str(path), first_clerk=first, second_clerk=second, stdout=out)
    return out.getvalue()


def test_the_command_prints_each_code_once_in_80_columns(db: None, noon: object) -> None:
    printed = command(CHARTER)
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert "record entry 1" in printed
    assert "Signe Vallgren" in printed and "Odile Marchetti" in printed
    with pytest.raises(CommandError, match="not empty"):
        command(CHARTER)


def test_the_command_names_a_missing_file(db: None, noon: object, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be read.*Nothing was founded"):
        command(tmp_path / "none.toml")
    assert not Entry.objects.exists()


def test_the_command_prints_the_problems_of_a_charter_by_line_and_key(
    db: None, noon: object, tmp_path: Path
) -> None:
    broken = tmp_path / "1.0.toml"
    broken.write_text('key = "x"\nversion = "1.0"\nstrange = 1\n')
    with pytest.raises(CommandError, match=r"1\.0\.toml:3: strange"):
        command(broken)
    assert not Entry.objects.exists()


def test_where_nobody_can_be_asked_a_clerk_stays_unnamed(db: None, noon: object) -> None:
    out = StringIO()
    call_command("found", str(CHARTER), first_clerk="Signe Vallgren", stdout=out)
    assert "Signe Vallgren" in out.getvalue() and "Second clerk" in out.getvalue()
    assert Entry.objects.order_by("number")[0].act == "found"


def test_the_versions_in_force_are_printed(founded: founding.Founded) -> None:
    out = StringIO()
    call_command("charter", stdout=out)
    assert law.in_force().reference in out.getvalue() and "in force" in out.getvalue()
