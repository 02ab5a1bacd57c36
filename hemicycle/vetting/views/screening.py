"""The clerk's page of lists and comparisons."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.rules.procedure import Office
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from .. import queries
from ..models import Run, Source
from ..procedure.screening import RUN, SOURCE, RunState, SourceState, VersionState
from .house import for_offices

LATEST = 20


@for_offices(Office.SECRETARIAT)
def lists(request: HttpRequest) -> HttpResponse:
    """Lists with the version in use and its age; the latest comparisons with their progress."""
    actor = actor_of(request)
    sources = queries.visible_sources(actor).prefetch_related("versions__file")
    runs = queries.with_progress(queries.visible_runs(actor))[:LATEST]
    context = {
        "title": _("Lists of names"),
        "begin_url": begin_url("vetting", "keep_source"),
        "columns": [_("List"), _("Publisher"), _("Version in use"), _("Entries"), _("State")],
        "rows": [_row(source) for source in sources],
        "run_columns": [
            _("Comparison"),
            _("Why"),
            pgettext("comparison", "Begun"),
            _("Files compared"),
            _("State"),
        ],
        "runs": [_run(run) for run in runs],
    }
    return render(request, "vetting/lists.html", context)


def _row(source: Source) -> list[Cell | str]:
    used = next((row for row in source.versions.all() if row.state == VersionState.IN_FORCE), None)
    day = (used.file.published_on or moment(used.used_from)) if used is not None else "—"
    is_old = source.state == SourceState.KEPT and queries.overdue(source, used)
    label = _("to be renewed") if is_old else SOURCE.state_title(source.state)
    return [
        Cell(source.name, url=matter_url(source)),
        source.publisher + (f" ({_('the persecuting state')})" if source.is_persecuting else ""),
        day,
        Cell(used.file.counts.get("entries", 0) if used is not None else "—", is_number=True),
        Cell(state_label=label, state_kind="open" if is_old else "neutral"),
    ]


def _run(run: Run) -> list[Cell | str]:
    kind = {RunState.DONE: "done", RunState.STOPPED: "stopped"}.get(RunState(run.state), "open")
    return [
        Cell(run.reference, url=matter_url(run)),
        run.get_occasion_display(),
        moment(run.created_at),
        f"{run.done} / {run.total}",  # type: ignore[attr-defined]
        Cell(state_label=RUN.state_title(run.state), state_kind=kind),
    ]
