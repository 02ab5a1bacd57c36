"""Files compared with the lists in use, by the worker: stopped, taken up again, killed without loss (procedure 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from hemicycle.instruments.names.screener import Hit as Found
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.sealing import keystore
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Refused

from .. import queries
from ..models import Examination, Hit, ListedEntry, Occasion, Result, Run, Subject, Version
from ..procedure import ExaminationState
from ..procedure.screening import HitState, RunState
from ._bound import on_run, unmet
from ._work import hand_over
from .hits import lapse_hit, raise_again, raise_hit

FILES_A_TASK = 50  # then the worker's other work, letters above all, has its turn


@on_run
def begin_run(run: Run, by: Actor, *, occasion: str, examinations: Iterable[Examination]) -> Facts:
    """Write down which files are compared with which versions; the worker does it. Raises `Unmet`."""
    versions = queries.versions_in_use()
    if not versions:
        raise unmet(N_("No list is in use. Take one into use and read a version in first."), "begin_run")
    rows = list(examinations)
    if not rows:
        raise unmet(N_("There is no file to compare."), "begin_run")
    run.occasion = Occasion(occasion)
    _name_lists(run, versions)
    run.save()
    Result.objects.bulk_create(Result(run=run, examination=row) for row in rows)
    hand_over(run, compare)
    return Facts({"occasion": occasion, "files": len(rows), "versions": run.versions})


@on_run
def take_up(run: Run, by: Actor) -> Facts:
    """The worker begins, or goes on."""
    run.beat_at = clock.now()
    return Facts()


@on_run
def stop_run(run: Run, by: Actor) -> Facts:
    """What is compared stays; the rest waits until it is taken up again."""
    return Facts({"done": run.results.filter(done_at__isnull=False).count()})


@on_run
def resume_run(run: Run, by: Actor) -> Facts:
    """Go on with the files that are not compared yet; with all of them, where the lists in use are others by now."""
    versions = queries.versions_in_use()
    if not versions:
        raise unmet(N_("No list is in use. Take one into use and read a version in first."), "resume_run")
    if queries.digest_of(versions) != run.lists:  # what was compared before was compared with other lists
        run.results.update(done_at=None, is_left_out=False)
    _name_lists(run, versions)
    hand_over(run, compare)
    return Facts({"left": run.results.filter(done_at__isnull=True).count(), "versions": run.versions})


@on_run
def finish_run(run: Run, by: Actor) -> Facts:
    """Every file is compared. The entry does not say how many names were raised."""
    if run.results.filter(done_at__isnull=True).exists():
        raise unmet(N_("Not every file is compared yet."), "finish_run")
    run.ended_at = clock.now()
    return Facts({"files": run.results.count()})


def _name_lists(run: Run, versions: list[Version]) -> None:
    run.versions = [version.reference for version in versions]
    run.titles = [version.title for version in versions]
    run.lists, run.software = queries.digest_of(versions), queries.software()


@task()  # type: ignore[untyped-decorator]
def compare(run: int) -> None:
    """Compare some files of a run, each in a transaction of its own, and hand the rest to a later task."""
    row = Run.objects.filter(pk=run).first()
    if row is None:
        return
    if row.state == RunState.WAITING:
        try:
            take_up(row, CLOCK)
        except Refused:  # stopped, or taken up by another worker, meanwhile
            return
    if compare_some(row, FILES_A_TASK):
        compare.enqueue(run)


def compare_some(run: Run, files: int) -> bool:
    """Compare up to so many files. Returns whether the run goes on."""
    versions = list(Version.objects.filter(reference__in=run.versions).select_related("source", "file"))
    todo = run.results.filter(done_at__isnull=True).order_by("pk")
    queries.screener_of(versions)  # read before anybody is kept from writing
    for key in list(todo.values_list("pk", flat=True)[:files]):
        if not _compare_one(run, key, versions):
            return False
    if todo.exists():
        return True
    take_each(finish_run, Run.objects.filter(pk=run.pk, state=RunState.RUNNING))
    return False


def _compare_one(run: Run, key: int, versions: list[Version]) -> bool:
    """One file, wholly or not at all. Returns False when the run was stopped, or another worker has it."""
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if locked.state != RunState.RUNNING:
            return False
        result = Result.objects.select_related("examination").filter(pk=key, done_at__isnull=True).first()
        if result is not None and queries.are_replaced(versions):
            # With a version that is replaced, or half swept away, nothing is compared; the clock begins anew.
            result.is_left_out, result.done_at = True, clock.now()
            result.save()
        elif result is not None:
            _compare_file(result, versions)
        Run.objects.filter(pk=run.pk).update(beat_at=clock.now())
    return True


def _compare_file(result: Result, versions: list[Version]) -> None:
    examination = Examination.objects.select_related(
        "candidacy__person", "candidacy__call__session", "candidacy__slate"
    ).select_for_update(of=("self",)).get(pk=result.examination_id)  # fmt: skip
    is_closed = examination.state == ExaminationState.CLOSED
    if is_closed or not examination.candidacy.person.is_active:
        result.is_left_out = True  # closed to everybody (1.4, 1.6); it is compared when it opens again
    else:
        try:
            _raise_new(examination, versions)
        except keystore.Destroyed:
            result.is_left_out = True
    result.done_at = clock.now()
    result.save()


def _raise_new(examination: Examination, versions: list[Version]) -> None:
    """Raise what is new in a file, and let lapse what is gone."""
    names = queries.compared_names(examination)
    best = _best(names, versions)
    entries = ListedEntry.objects.in_bulk({row for _, row in best})
    by_file = {version.file_id: version for version in versions}
    rows = Hit.objects.filter(examination=examination).select_related("source")
    # Locked: nobody judges an entry that is being renewed.
    before = {hit.key: hit for hit in rows.select_for_update(of=("self",))}
    seen = set()
    for (subject, row), found in sorted(best.items(), key=lambda pair: (-pair[1].score, pair[0])):
        entry = entries[row]
        version = by_file[entry.file_id]
        key = queries.hit_key(examination, version.source, entry.entity_id, subject)
        seen.add(key)
        texts = [found.explanation["query"]]  # of a body, the name that is like the entry
        if subject == Subject.PERSON:  # of the person, each form of the name
            texts = [name.text for name in names if name.subject == subject]
        said = {**entry.said, "digest": entry.digest, "compared": texts}
        if key in before:
            _seen_again(before[key], version, said, found)
            continue
        hit = Hit(
            examination=examination, source=version.source, seen_in=version, key=key, subject=subject,
            entry=said, explanation=found.explanation, raised_at=clock.now(),
        )  # fmt: skip
        raise_hit(hit, CLOCK)
    sources = {version.source_id for version in versions}
    gone = [hit for hit in before.values() if hit.key not in seen and hit.source_id in sources]
    take_each(lapse_hit, [hit for hit in gone if hit.state in LAPSING])


def _best(names: list[queries.Compared], versions: list[Version]) -> dict[tuple[str, int], Found]:
    """By whose name and the key of a listed row: the best comparison of all the forms of that name."""
    screener, best = queries.screener_of(versions), dict[tuple[str, int], Found]()
    for name in names:
        for found in screener.hits(name.query):
            place = (str(name.subject), int(found.entity_id))
            if place not in best or best[place].score < found.score:
                best[place] = found
    return best


LAPSING = (HitState.RAISED, HitState.HALF, HitState.DIFFERING)


def _seen_again(hit: Hit, version: Version, said: dict[str, Any], found: Found) -> None:
    """What was judged holds while neither entry nor names change; then it is raised again."""
    Hit.objects.filter(pk=hit.pk).update(seen_in=version)
    if queries.same_comparison(hit, said) and hit.state != HitState.LAPSED:
        return
    if hit.state in (HitState.RAISED, HitState.NOTED):
        hit.refresh_from_db()
        hit.entry, hit.explanation = said, dict(found.explanation)
        hit.save(update_fields=["entry", "explanation"])
    else:
        raise_again(hit, CLOCK, entry=said, explanation=dict(found.explanation))


def compare_all(files: QuerySet[Examination], occasion: str) -> int:
    """Begin a run for those of these files that are not locked and were not compared with the lists in use. Returns 1 or 0.

    A renewed list, a file that came later: the question is the same, and what was judged before stays judged.
    """
    versions = queries.versions_in_use()
    if not versions:
        return 0
    todo = queries.not_compared(queries.unlocked(files), versions)
    return take_each(begin_run, [Run()], occasion=occasion, examinations=todo) if todo.exists() else 0


def compare_corrected(files: QuerySet[Examination] | None = None) -> int:
    """Begin a run for files, of those under way or of those given, in which a fact or a name changed since they were compared."""
    files = queries.unlocked(queries.under_way() if files is None else files)
    todo = queries.corrected_since(files) if queries.versions_in_use() else None
    if todo is None or not todo.exists():
        return 0
    return take_each(begin_run, [Run()], occasion=Occasion.NEW_FACT, examinations=todo)
