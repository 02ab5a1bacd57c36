"""What the files are compared with, and what of it whoever asks may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib.metadata import version as version_of
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from hemicycle.candidacy import queries as candidacies
from hemicycle.instruments.names.screener import ListedName, Query, Screener
from hemicycle.instruments.names.weights import THRESHOLD
from hemicycle.people import keeping
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import Office

from ..models import (
    BEFORE_PUBLICATION,
    Examination,
    Hit,
    Judgement,
    ListedEntry,
    NewReading,
    Reading,
    Result,
    Run,
    Source,
    Subject,
    Version,
)
from ..procedure import ExaminationState
from ..procedure.screening import HitState, SourceState, VersionState
from ..procedure.service import ServiceState
from .access import BLIND, _mine, _open_to
from .links import Confirmed

UNJUDGED = (HitState.RAISED, HitState.HALF)
NAMING = ("give_public_name", "change_person")  # acts of a person's account that may change what is compared
_CHUNK = 2_000


@dataclass(frozen=True)
class Compared:
    """One name of a file, and whose it is."""

    subject: Subject
    text: str

    @property
    def query(self) -> Query:
        return Query("", self.text, "Person" if self.subject == Subject.PERSON else "Organization")


def compared_names(examination: Examination) -> list[Compared]:
    """Every name of a file that is compared: the person's in each form, bodies that endorse, the slate's, employers.

    Relatives, nationality and the rest of the file are never asked about.
    """
    candidacy = examination.candidacy
    person = candidacy.person
    texts = [(Subject.PERSON, text) for text in (person.name, person.latin_name, person.public_name)]
    texts += [(Subject.ENDORSER, row.body) for row in candidacies.endorsements(candidacy)]
    if candidacy.slate is not None:
        texts.append((Subject.SLATE, candidacy.slate.organisation))
    texts += [(Subject.EMPLOYER, row.employer) for row in candidacy.periods.all()]
    # What a reader found is that reader's until it is put to the person: only what was declared is compared.
    declared = candidacy.service.filter(reading=None, state=ServiceState.DECLARED)
    texts += [(Subject.EMPLOYER, row.payer) for row in declared]
    return [
        Compared(*pair) for pair in dict.fromkeys((kind, text.strip()) for kind, text in texts) if pair[1]
    ]


def versions_in_use() -> list[Version]:
    """By the name of the list."""
    rows = Version.objects.filter(state=VersionState.IN_FORCE, source__state=SourceState.KEPT)
    return list(rows.select_related("source", "file").order_by("source__name", "pk"))


def are_replaced(versions: Sequence[Version]) -> bool:
    """Whether one of these versions is not in use any more. Asked with the run locked."""
    keys = [version.pk for version in versions]
    return Version.objects.filter(pk__in=keys).exclude(state=VersionState.IN_FORCE).exists()


def software() -> str:
    """Program and threshold, as a run names them: the same lists and the same software give the same hits."""
    return f"hemicycle {version_of('hemicycle')}, threshold {THRESHOLD}"


def screener_of(versions: Sequence[Version]) -> Screener:
    """The names of these versions, read once per process and kept until others are asked for; entities are keys of rows."""
    firsts = ListedEntry.objects.filter(file__in=[version.file_id for version in versions]).values("file")
    first = dict(firsts.annotate(first=Min("pk")).values_list("file", "first"))
    return _screener(
        tuple((version.file_id, version.file.sha256, first.get(version.file_id)) for version in versions)
    )


@lru_cache(maxsize=1)
def _screener(files: tuple[tuple[int, str, int | None], ...]) -> Screener:
    """By number, content and first row of each file: what is kept is right whatever happened to the rows meanwhile."""
    return Screener(_names([key for key, _, _ in files]))


def _names(files: list[int]) -> Iterator[ListedName]:
    rows = ListedEntry.objects.filter(file__in=files).order_by("pk")
    for pk, said in rows.values_list("pk", "said").iterator(chunk_size=_CHUNK):
        births = ";".join(said["birth_dates"])
        for name, kind in said["names"]:
            yield ListedName(str(pk), name, kind, said["schema"], births)


def hit_key(examination: Examination, source: Source, entity_id: str, subject: str) -> str:
    """Names file, list, entry and subject to this house, and says nothing to whoever reads the database."""
    told = "\n".join((examination.reference, source.reference, subject, entity_id))
    return keeping.digest("name on a list", told)


def same_comparison(hit: Hit, said: Mapping[str, Any]) -> bool:
    """Whether neither the entry nor the names compared have changed since the hit was raised: what was judged then holds."""
    return all(hit.entry.get(name) == said[name] for name in ("digest", "compared"))


# --- who may see -----------------------------------------------------------------------------------------------------


def visible_sources(actor: Actor) -> QuerySet[Source]:
    rows = Source.objects.all()
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()


def sources_in_use(actor: Actor) -> list[tuple[Source, Version | None]]:
    """Each list that is in use with its version in use, if any. Two queries."""
    sources = visible_sources(actor).filter(state=SourceState.KEPT)
    used = Version.objects.filter(state=VersionState.IN_FORCE, source__in=sources)
    by_source = {version.source_id: version for version in used}
    return [(source, by_source.get(source.pk)) for source in sources]


def visible_versions(actor: Actor) -> QuerySet[Version]:
    rows = Version.objects.select_related("source", "file")
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()


def visible_runs(actor: Actor) -> QuerySet[Run]:
    """The Secretariat, and whoever is compared: why, with which lists, when; what is raised stands nowhere there."""
    rows = Run.objects.all()
    if actor.person is None or actor.holds(Office.SECRETARIAT):
        return rows if actor.person is not None else rows.none()
    own = Result.objects.filter(examination__candidacy__person_id=actor.person)
    return rows.filter(pk__in=own.values("run"))


def visible_hits(actor: Actor) -> QuerySet[Hit]:
    """Whoever reads the file, once it is open; the person, what was decided, once the readings are given.

    Nobody else: the Secretariat is told when a name waits that no reader in office can judge, the President and the Bureau
    read opinion and reply.
    """
    every = Hit.objects.select_related(
        "source", "seen_in__source", "seen_in__file", "examination__candidacy__person", "examination__candidacy__call__session",
        "examination__candidacy__slate",
    )  # fmt: skip
    if actor.person is None:
        return every.none()
    opened = _mine(actor).filter(opened_at__isnull=False)
    seen = Q(examination__in=opened.values("examination"))
    runs = NewReading.objects.filter(
        examination=OuterRef("examination"), round=OuterRef("examination__round"), given_at__isnull=True,
        called_at__lte=OuterRef("decided_at"),
    )  # fmt: skip
    own = Q(examination__candidacy__person_id=actor.person) & ~Q(examination__state__in=BLIND) & ~Exists(runs)
    seen |= own & ~Q(state__in=[*UNJUDGED, HitState.LAPSED])
    return every.filter(_open_to(actor, "examination__"), seen)


def judgements_for(hit: Hit, actor: Actor) -> list[Judgement]:
    """What was said of a hit, oldest first. A reader who has not judged this turn reads nothing of it yet."""
    rows = list(hit.judgements.select_related("reading").order_by("pk"))
    if hit.state == HitState.HALF:
        rows = [row for row in rows if row.turn < hit.turn or row.reading.assessor_id == actor.person]
    return rows


def has_judged(hit: Hit, actor: Actor) -> bool:
    """In this turn."""
    rows = hit.judgements.filter(turn=hit.turn, reading__assessor_id=actor.person)
    return rows.exclude(who="").exists()


def with_progress(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Runs with `total` and `done`, the numbers of their files."""
    done = Count("results", filter=Q(results__done_at__isnull=False))
    return runs.annotate(total=Count("results"), done=done)


def confirmed(hits: Iterable[Hit]) -> list[Confirmed]:
    """Of the hits that somebody sees, what two readers said is the same, as the links of the file take it."""
    return [
        Confirmed(
            f"{hit.source.reference} {hit.entry['entity_id']}",
            hit.entry["names"][0][0],
            hit.seen_in.title,
            hit.decided_at.date().isoformat() if hit.decided_at else "",
            "" if hit.subject == Subject.PERSON else hit.explanation["query"],
        )
        for hit in hits
        if hit.state == HitState.SAME
    ]


def unjudged(examination: Examination) -> int:
    """How many hits of a file wait for a reader's judgement."""
    return Hit.objects.filter(examination=examination, state__in=UNJUDGED).count()


def files_without_judge() -> int:
    """How many files have a name to be judged and no reader who still holds the office."""
    readers = people.holders(Office.ASSESSOR) | people.holders(Office.REVIEWER)
    waiting = Examination.objects.filter(hits__state__in=UNJUDGED).exclude(state=ExaminationState.CLOSED)
    live = Reading.objects.filter(released_at__isnull=True, assessor__in=readers.values("pk"))
    return waiting.exclude(pk__in=live.values("examination")).distinct().count()


def runs_of(examination: Examination) -> list[Run]:
    """The comparisons in which a file was, latest first."""
    return list(Run.objects.filter(results__examination=examination, results__done_at__isnull=False))


# --- what is to be compared ----------------------------------------------------------------------------------------


def under_way() -> QuerySet[Examination]:
    """Everybody in a call, until the outcome of the list was told. Withdrawn files are closed; who sits is for mandates."""
    rows = Examination.objects.exclude(state=ExaminationState.CLOSED)
    return rows.exclude(candidacy__letters__kind__in=BEFORE_PUBLICATION)


def overdue(source: Source, latest: Version | None) -> bool:
    """Whether a list was to be renewed by now."""
    if latest is None or latest.used_from is None:
        return True
    return clock.now() > latest.used_from + timedelta(days=source.renewed_every)


def digest_of(versions: list[Version]) -> str:
    """Names a set of versions, so that "compared with these lists" is one question to the database."""
    return hashlib.sha256(" ".join(sorted(version.reference for version in versions)).encode()).hexdigest()


def unlocked(files: QuerySet[Examination]) -> QuerySet[Examination]:
    """Those of these files that no phrase closes (1.4)."""
    return files.filter(candidacy__person__is_active=True)


def not_compared(files: QuerySet[Examination], versions: list[Version]) -> QuerySet[Examination]:
    """Those of these files that no run with these versions holds, done or to do."""
    held = Result.objects.filter(run__lists=digest_of(versions), is_left_out=False)
    return files.exclude(pk__in=held.values("examination"))


def corrected_since(files: QuerySet[Examination]) -> QuerySet[Examination]:
    """Those of these files that were compared, and in which a fact was corrected, a post declared, or a name of the person
    given or changed, since a run last held them. Of a name the record knows when, by the account, and not what."""
    latest = Result.objects.filter(examination=OuterRef("pk")).order_by("-pk").values("run__created_at")[:1]
    rows = files.annotate(compared_at=Subquery(latest))
    corrected = Q(candidacy__fact_corrections__corrected_at__gt=F("compared_at"))
    declared = Q(candidacy__service__changed_at__gt=F("compared_at"), candidacy__service__reading=None)
    named = Entry.objects.filter(
        room="people",
        act__in=NAMING,
        matter=OuterRef("candidacy__person__account__reference"),
        at__gt=OuterRef("compared_at"),
    )
    return rows.filter(corrected | declared | Exists(named)).distinct()
