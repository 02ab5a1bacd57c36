"""Lists of names: taken into use, read in, counted, replaced; and every refusal, with nothing changed."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from hemicycle.instruments.names.files import Unreadable
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import ListedEntry, ListFile, Source, Version
from hemicycle.vetting.procedure.screening import SourceState, VersionState

from ..cast import Cast
from . import listing

pytestmark = pytest.mark.django_db


def test_a_version_is_read_in_counted_and_used_when_a_clerk_says_so(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk)
    path = listing.write(tmp_path, listing.listed("p1", "Zinaida Quillfeather", birth_dates="1961-04-02"))
    version = listing.read_in(source, clerk, path)
    assert (version.state, version.number) == (VersionState.PREVIEWED, 1)
    assert version.file.counts == {"entries": 3, "names": 3, "persons": 3, "weak": 0, "with_birth_dates": 2}
    assert queries.versions_in_use() == []
    actions.use_version(version, clerk)
    assert queries.versions_in_use() == [version]


def test_a_later_version_says_what_differs_and_takes_the_place_of_the_first(
    cast: Cast, tmp_path: Path
) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk)
    first = listing.used(
        source,
        clerk,
        listing.write(tmp_path, listing.listed("p1", "Ada One"), listing.listed("p2", "Bea Two")),
    )
    second = listing.read_in(
        source, clerk,
        listing.write(tmp_path, listing.listed("p1", "Ada One-Uno"), listing.listed("p3", "Cleo Three"), name="b.csv"),
    )  # fmt: skip
    assert second.difference == {"added": 1, "changed": 1, "removed": 1, "same": 2}
    actions.use_version(second, clerk)
    first.refresh_from_db()
    assert first.state == VersionState.REPLACED
    actions.sweep_entries()
    assert set(ListedEntry.objects.values_list("file", flat=True)) == {second.file_id}
    assert ListFile.objects.get(pk=first.file_id).counts["entries"] == 4


def test_a_file_that_breaks_off_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    path = listing.write(tmp_path, *(listing.listed(f"p{i}", f"Ada {i}") for i in range(5)))
    path.write_text(path.read_text("utf-8") + "p9,Broken,row\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="line 9, column"):
        actions.take_in(path)
    assert not ListFile.objects.exists() and not ListedEntry.objects.exists()
    packed = tmp_path / "cut.csv.gz"
    packed.write_bytes(gzip.compress(b"entity_id,name\n" + b"p,Name\n" * 9000)[:-30])
    with pytest.raises(Unreadable):
        actions.take_in(packed)
    assert not ListFile.objects.exists()


def test_what_was_read_by_a_worker_that_was_killed_is_no_list_and_is_thrown_away(
    cast: Cast, tmp_path: Path
) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk)
    half = ListFile.objects.create(sha256="0" * 64, format="csv", begun_at=clock.now())
    ListedEntry.objects.create(file=half, entity_id="p", digest="d", said={})
    with pytest.raises(Unmet, match="no entry"):
        actions.read_in(Version(source=source, file=half), clerk)
    actions.sweep_entries()
    assert ListFile.objects.filter(pk=half.pk).exists(), "it may be under way"
    with clock.set_to(clock.now() + timedelta(hours=7)):
        actions.sweep_entries()
    assert not ListFile.objects.exists() and not ListedEntry.objects.exists()


def test_the_same_file_is_no_new_version(cast: Cast, tmp_path: Path) -> None:
    clerk, path = cast.actor("anna"), listing.write(tmp_path)
    source = listing.kept(clerk)
    listing.used(source, clerk, path)
    with pytest.raises(Unmet, match="nothing has changed"):
        listing.read_in(source, clerk, path)
    assert Version.objects.count() == 1


def test_an_earlier_version_is_not_used_after_a_later_one(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk)
    early = listing.read_in(source, clerk, listing.write(tmp_path))
    listing.used(source, clerk, listing.write(tmp_path, listing.listed("p", "Ada One"), name="b.csv"))
    with pytest.raises(Unmet, match="later version"):
        actions.use_version(early, clerk)
    actions.discard_version(early, clerk)
    assert early.state == VersionState.DISCARDED
    with pytest.raises(OutOfOrder):
        actions.use_version(early, clerk)


@pytest.mark.parametrize("key", ["clara", "greta", "quiet"])
def test_only_a_clerk_keeps_lists(cast: Cast, tmp_path: Path, key: str) -> None:
    clerk, other = cast.actor("anna"), cast.actor(key)
    with pytest.raises(NotEmpowered):
        listing.kept(other)
    source = listing.kept(clerk)
    version = listing.read_in(source, clerk, listing.write(tmp_path))
    for act, matter in (
        (actions.use_version, version),
        (actions.discard_version, version),
        (actions.retire_source, source),
    ):
        with pytest.raises(NotEmpowered):
            act(matter, other)
    assert not queries.visible_sources(other).exists() and not queries.visible_versions(other).exists()


def test_the_server_reads_in_and_never_uses(cast: Cast, tmp_path: Path) -> None:
    source = listing.kept(cast.actor("anna"))
    version = listing.read_in(source, CLOCK, listing.write(tmp_path))
    with pytest.raises(NotEmpowered):
        actions.use_version(version, CLOCK)


def test_two_lists_of_one_name_and_a_list_without_publisher_are_refused(cast: Cast) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk)
    with pytest.raises(Unmet, match="of this name"):
        listing.kept(clerk)
    with pytest.raises(Unmet, match="publisher"):
        actions.keep_source(Source(), clerk, name="Another", publisher=" ")
    actions.retire_source(source, clerk)
    assert listing.kept(clerk).state == SourceState.KEPT
    with pytest.raises(Unmet, match="not used any more"):
        actions.read_in(
            Version(
                source=source, file=ListFile.objects.create(sha256="1", format="csv", begun_at=clock.now())
            ),
            clerk,
        )


def test_a_list_is_overdue_without_a_version_and_after_its_days(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk, renewed_every=10)
    assert queries.overdue(source, None)
    version = listing.used(source, clerk, listing.write(tmp_path))
    assert not queries.overdue(source, version)
    with clock.set_to(clock.now() + timedelta(days=11)):
        assert queries.overdue(source, version)


def test_a_file_whose_entries_were_swept_is_read_in_anew_and_never_used_half(
    cast: Cast, tmp_path: Path
) -> None:
    clerk, path = cast.actor("anna"), listing.write(tmp_path)
    source = listing.kept(clerk)
    version = listing.read_in(source, clerk, path)
    actions.discard_version(version, clerk)
    ListedEntry.objects.filter(entity_id="x1").delete()  # the sweep was half-way
    with pytest.raises(Unmet, match="thrown away"):
        actions.read_in(Version(source=source, file=version.file), clerk)
    again = listing.used(source, clerk, path)
    assert again.file.entries.count() == again.file.counts["entries"] == 2


def test_one_file_is_no_version_of_two_lists(cast: Cast, tmp_path: Path) -> None:
    clerk, path = cast.actor("anna"), listing.write(tmp_path)
    listing.used(listing.kept(clerk), clerk, path)
    with pytest.raises(Unmet, match="another list"):
        listing.read_in(listing.kept(clerk, "Another list"), clerk, path)


def test_what_is_said_of_a_list_is_corrected_but_not_who_keeps_it(cast: Cast) -> None:
    clerk = cast.actor("anna")
    source = listing.kept(clerk, is_persecuting=True)
    actions.describe_source(source, clerk, name="Renamed", publisher="Another office", renewed_every=7)
    assert (source.name, source.publisher, source.renewed_every, source.is_persecuting) == (
        "Renamed", "Another office", 7, True,
    )  # fmt: skip
    with pytest.raises(TypeError):
        actions.describe_source(source, clerk, name="Renamed", publisher="X", is_persecuting=False)
    with pytest.raises(NotEmpowered):
        actions.describe_source(source, cast.actor("greta"), name="Mine", publisher="Mine")
