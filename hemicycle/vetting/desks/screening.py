"""Lists, comparisons and hits at the generic pages, and what of them waits for whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Desk, Waiting, matter_url
from hemicycle.web.views import actor_of

from .. import forms, pages, queries, sealing
from ..models import Hit, Judgement, Run, Source, Version
from ..procedure.screening import HIT, RUN, SOURCE, VERSION, HitState, RunState, SourceState, VersionState


def blank_source(request: HttpRequest, act: str) -> Matter:
    if not actor_of(request).holds(Office.SECRETARIAT):
        raise Http404
    return Source()


def blank_version(request: HttpRequest, act: str) -> Matter:
    seen = queries.visible_sources(actor_of(request)).filter(state=SourceState.KEPT)
    source = seen.filter(reference=request.GET.get("source", "")).first()
    if source is None:
        raise Http404
    return Version(source=source)


def blank_run(request: HttpRequest, act: str) -> Matter:
    """For the one file named in the address; everybody else is compared by the clock."""
    actor = actor_of(request)
    asked = queries.visible_to(actor).filter(reference=request.GET.get("examination", "")).first()
    if asked is None or not actor.holds(Office.SECRETARIAT):
        raise Http404
    run = Run()
    run.files = [asked]
    return run


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For readers each name to judge; for clerks lists that are old and comparisons that stand still."""
    if actor.holds(Office.ASSESSOR, Office.REVIEWER):
        mine = queries.visible_hits(actor).filter(state__in=[HitState.RAISED, HitState.HALF])
        own = Judgement.objects.filter(reading__assessor_id=actor.person, turn=F("hit__turn")).exclude(who="")
        for hit in mine.exclude(pk__in=own.values("hit")):
            yield Waiting(
                _("Judge a name on a list: %(reference)s") % {"reference": hit.reference}, matter_url(hit)
            )
    if actor.holds(Office.SECRETARIAT):
        left = queries.files_without_judge()
        if left:
            yield Waiting(
                _("Names on lists that no reader in office can judge, in files: %(count)s") % {"count": left},
                reverse("vetting-overview"),
            )
        for run in Run.objects.filter(state=RunState.STOPPED):
            yield Waiting(_("A comparison with the lists was stopped"), matter_url(run))
        for source, used in queries.sources_in_use(actor):
            if queries.overdue(source, used):
                yield Waiting(
                    _("Renew a list of names: %(name)s") % {"name": source.name}, matter_url(source)
                )


DESKS = (
    Desk(
        SOURCE, Source, queries.visible_sources, title=lambda source: source.name, blank=blank_source,
        facts=pages.source_facts, context=pages.source_context, template="vetting/source.html",
        kinds={SourceState.KEPT: "done"},
        forms={"keep_source": forms.KeepSourceForm, "describe_source": forms.SourceForm},
    ),
    Desk(
        VERSION, Version, queries.visible_versions, title=lambda version: version.title, blank=blank_version,
        facts=pages.version_facts, context=pages.version_context, template="vetting/version.html",
        kinds={VersionState.IN_FORCE: "done", VersionState.PREVIEWED: "open", VersionState.DISCARDED: "stopped"},
        forms={"read_in": forms.ReadInForm, "use_version": forms.UseVersionForm},
    ),
    Desk(
        RUN, Run, queries.visible_runs, title=lambda run: _("Comparison with the lists"), blank=blank_run,
        facts=pages.run_facts, context=pages.run_context, template="vetting/run.html",
        kinds={RunState.DONE: "done", RunState.RUNNING: "open", RunState.WAITING: "open", RunState.STOPPED: "stopped"},
        forms={"begin_run": forms.RunForm},
    ),
    Desk(
        HIT, Hit, queries.visible_hits, title=lambda hit: _("A name on a list"),
        facts=pages.hit_facts, context=pages.hit_context, kinds=pages.KINDS, template="vetting/hit.html",
        forms={"judge_hit": forms.JudgeForm, "ask_again": forms.AskAgainForm},
        act_templates={"judge_hit": "vetting/judge.html"},
        file=sealing.of_hit,
    ),
)  # fmt: skip
