"""Lists of names: taken into use, read in version by version, replaced. A list is public; what it raises is sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from hemicycle.instruments.names.files import Unreadable
from hemicycle.instruments.names.sources.entry import Entry, PassedOver
from hemicycle.instruments.names.sources.lists import published_on, read, recognised
from hemicycle.instruments.names.sources.preview import sha256_of
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from ..models import ListedEntry, ListFile, Source, Version
from ..procedure.screening import SourceState, VersionState
from ._bound import on_source, on_version, unmet

KEPT = (VersionState.PREVIEWED, VersionState.IN_FORCE)  # versions whose entries are kept
_BATCH = 2_000
# A file that is being read, or waits for a clerk to say what it is for, is left alone for so long.
_BEING_READ = timedelta(hours=6)


@on_source
def keep_source(
    source: Source, by: Actor, *, name: str, publisher: str, link: str = "", is_persecuting: bool = False,
    renewed_every: int = 30,
) -> Facts:  # fmt: skip
    """Take a list into use; it compares nobody before a version is read in."""
    _describe(source, name, publisher, link, renewed_every)
    source.is_persecuting = is_persecuting
    return Facts({"is_persecuting": is_persecuting})


@on_source
def describe_source(
    source: Source, by: Actor, *, name: str, publisher: str, link: str = "", renewed_every: int = 30
) -> Facts:
    """Correct name, publisher, link or rhythm. Whether the persecuting state keeps it does not change: hits rest on it."""
    _describe(source, name, publisher, link, renewed_every)
    return Facts()


def _describe(source: Source, name: str, publisher: str, link: str, renewed_every: int) -> None:
    source.name, source.publisher, source.link = name.strip(), publisher.strip(), link.strip()
    source.renewed_every = renewed_every
    if not source.name or not source.publisher:
        raise unmet(N_("A list has a name and a publisher."), "keep_source")
    if Source.objects.filter(name=source.name, state=SourceState.KEPT).exclude(pk=source.pk).exists():
        raise unmet(N_("A list of this name is in use."), "keep_source")


@on_source
def retire_source(source: Source, by: Actor) -> Facts:
    """Nobody is compared with it any more. What it raised, and what was judged, stays with the files."""
    return Facts({"versions": source.versions.count()})


def take_in(path: Path, format: str = "", on_batch: Callable[[int], None] = lambda entries: None) -> ListFile:
    """Read a file to its end and keep its entries: no act, nobody is compared with them yet. Raises `Unreadable`.

    Each batch is a transaction of its own, so that a long list holds up nobody who votes meanwhile. What was read of a file
    that breaks off, or whose reading is killed, is no list; the clock throws it away. `on_batch` is told how many are read.
    """
    name = format or recognised(path)
    digest = sha256_of(path)
    known = ListFile.objects.filter(sha256=digest, format=name, read_at__isnull=False).first()
    if known is not None:
        if known.entries.count() == known.counts.get("entries"):
            return known
        # Swept away since: until it is read again it is no list.
        known.begun_at, known.read_at = clock.now(), None
        known.save()
        known.entries.all().delete()
    passed, counts = PassedOver(), Counter[str]()
    day = published_on(path, name)
    file = known or ListFile.objects.create(
        sha256=digest, format=name, published_on=day, begun_at=clock.now()
    )
    try:
        entries = read(path, name, passed=passed)
        while batch := list(islice(entries, _BATCH)):
            _keep(file, batch, counts)
            on_batch(counts["entries"])
    except Unreadable:
        file.entries.all().delete()
        if not file.versions.exists():
            file.delete()
        raise
    file.counts, file.read_at = dict(counts), clock.now()
    file.passed_over = [[why, count, passed.lines[why]] for why, count in passed.counts.most_common()]
    file.save()
    return file


def _keep(file: ListFile, batch: list[Entry], counts: Counter[str]) -> None:
    """Write a batch of entries, and count it."""
    for one in batch:
        counts["entries"] += 1
        counts["names"] += len(one.names)
        counts["weak"] += sum(kind == "weak" for _, kind in one.names)
        counts["persons"] += one.schema == "Person"
        counts["with_birth_dates"] += bool(one.birth_dates)
    ListedEntry.objects.bulk_create(
        ListedEntry(file=file, entity_id=one.entity_id, digest=one.digest(), said=asdict(one))
        for one in batch
    )


@on_version
def read_in(version: Version, by: Actor) -> Facts:
    """Put a file that was read to its end beside the version in use. It is used only when somebody says so."""
    source, file = Source.objects.select_for_update().get(pk=version.source_id), version.file
    if source.state != SourceState.KEPT:
        raise unmet(N_("The list is not used any more."), "read_in")
    if file.read_at is None or not file.counts.get("entries"):
        raise unmet(N_("The file holds no entry with a name."), "read_in")
    if file.entries.count() != file.counts["entries"]:
        raise unmet(N_("The entries of this file were thrown away meanwhile. Read it in again."), "read_in")
    if file.versions.filter(state__in=KEPT).exclude(source=source).exists():
        raise unmet(N_("This file is a version of another list."), "read_in")
    used = source.versions.filter(state=VersionState.IN_FORCE).first()
    if used is not None and used.file_id == file.pk:
        raise unmet(N_("This file is the version in use; nothing has changed."), "read_in")
    latest = source.versions.order_by("-number").values_list("number", flat=True).first()
    version.number = (latest or 0) + 1
    version.difference = _difference(used.file, file) if used is not None else {}
    counts = {name: file.counts.get(name, 0) for name in ("entries", "names")}
    return Facts({"source": source.reference, "number": version.number, "sha256": file.sha256, **counts})


def _difference(before: ListFile, after: ListFile) -> dict[str, int]:
    """How many entries are new, changed, gone and the same."""
    old = dict(before.entries.values_list("entity_id", "digest"))
    new = dict(after.entries.values_list("entity_id", "digest"))
    same = sum(old.get(number) == digest for number, digest in new.items())
    kept = len(old.keys() & new.keys())
    return {"added": len(new) - kept, "changed": kept - same, "removed": len(old) - kept, "same": same}


@on_version
def use_version(version: Version, by: Actor) -> Facts:
    """From now on everybody is compared with this version; whoever is in a call is compared again at once."""
    before = Version.objects.filter(source=version.source_id, state=VersionState.IN_FORCE).first()
    if before is not None and before.number > version.number:
        raise unmet(N_("A later version is in use."), "use_version")
    if before is not None:
        replace_version(before, by)
    version.used_from = clock.now()
    return Facts({"replaces": before.reference if before is not None else ""})


@on_version
def replace_version(version: Version, by: Actor) -> Facts:
    """Its entries go with the clock's next round; counts, digest, and what it raised, stay."""
    return Facts()


@on_version
def discard_version(version: Version, by: Actor) -> Facts:
    """It was read in and is not wanted."""
    return Facts()


def sweep_entries() -> None:
    """Throw away entries that no version needs: of replaced and discarded ones, and of files whose reading broke off."""
    needed = Version.objects.filter(state__in=KEPT).values("file")
    fresh = Q(begun_at__gt=clock.now() - _BEING_READ)
    held = Exists(ListedEntry.objects.filter(file=OuterRef("pk")))
    old = ListFile.objects.exclude(pk__in=needed).filter(held | Q(versions__isnull=True))
    for file in old.exclude(fresh & (Q(versions__isnull=True) | Q(read_at__isnull=True))):
        while keys := list(file.entries.values_list("pk", flat=True)[:_BATCH]):
            ListedEntry.objects.filter(pk__in=keys).delete()
        if not file.versions.exists():
            file.delete()
