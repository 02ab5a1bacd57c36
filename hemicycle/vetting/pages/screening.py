"""The pages of lists, comparisons and hits. A hit is told in the reader's language, part by part; no number stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.instruments.names import clean, explain
from hemicycle.instruments.names.sources.lists import FORMATS
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Fact, act_url, begin_url, matter_url
from hemicycle.web.parts import Cell, Task
from hemicycle.web.templatetags.house import moment

from .. import queries
from ..models import Examination, Hit, Result, Run, Source, Version
from ..procedure.screening import HIT, VERSION, HitState, RunState, VersionState
from .parts import reader

KINDS: dict[str, str] = {
    HitState.SAME: "stopped", HitState.ANOTHER: "done", HitState.UNCLEAR: "open", HitState.RAISED: "open",
    HitState.HALF: "open", HitState.DIFFERING: "open",
}  # fmt: skip


# --- lists ------------------------------------------------------------------------------------------------------------


def source_facts(source: Source, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("Publisher"), source.publisher)]
    if source.link:
        facts.append(Fact(_("Page of the publisher"), source.link, url=source.link))
    if source.is_persecuting:
        facts.append(Fact(_("Kept by"), _("the persecuting state: it never counts against a person")))
    return [*facts, Fact(_("Renewed every so many days"), source.renewed_every)]


def source_context(source: Source, actor: Actor) -> Mapping[str, Any]:
    if source.pk is None:
        return {}
    versions = list(source.versions.select_related("file"))
    rows = [
        [
            Cell(str(version.number), url=matter_url(version)),
            version.file.published_on or "—",
            Cell(version.file.counts.get("entries", 0), is_number=True),
            Cell(
                state_label=VERSION.state_title(version.state),
                state_kind="done" if version.state == VersionState.IN_FORCE else "neutral",
            ),
        ]
        for version in versions
    ]
    used = next((version for version in versions if version.state == VersionState.IN_FORCE), None)
    return {
        "columns": [pgettext("list of names", "Version"), _("Published"), _("Entries"), _("State")],
        "rows": rows,
        "is_overdue": source.state == "kept" and queries.overdue(source, used),
        "read_in_url": begin_url("vetting", "read_in", source=source.reference)
        if source.state == "kept"
        else "",
    }


def version_facts(version: Version, actor: Actor) -> Sequence[Fact]:
    file = version.file
    counts = file.counts
    facts = [
        Fact(_("List"), version.source.name, url=matter_url(version.source)),
        Fact(_("Format"), FORMATS[file.format].title if file.format in FORMATS else file.format),
        Fact(_("Published"), file.published_on or _("the file does not say")),
        Fact(_("Entries"), counts.get("entries", 0)),
        Fact(pgettext("entries of a list", "Marked by the list as people"), counts.get("persons", 0)),
        Fact(_("Names"), counts.get("names", 0)),
        Fact(_("Weak names, which are not compared"), counts.get("weak", 0)),
        Fact(_("Entries with a date of birth"), counts.get("with_birth_dates", 0)),
        Fact("SHA-256", file.sha256),
    ]
    if version.used_from:
        facts.append(Fact(_("Used from"), moment(version.used_from)))
    return facts


def version_context(version: Version, actor: Actor) -> Mapping[str, Any]:
    if version.pk is None:
        return {}
    first = version.file.entries.order_by("pk")[:5]
    differs = version.difference
    words = {
        "added": pgettext("entries of a list", "new"), "changed": pgettext("entries of a list", "changed"),
        "removed": pgettext("entries of a list", "gone"), "same": pgettext("entries of a list", "as before"),
    }  # fmt: skip
    return {
        "difference": [Fact(words[key], differs[key]) for key in words if key in differs],
        "first_columns": [_("Number"), _("Names"), _("Born"), _("Listed under")],
        "first": [
            [one.entity_id, "; ".join(name for name, _kind in one.said["names"]),
             "; ".join(one.said["birth_dates"]) or "—", one.said["programme"] or "—"]
            for one in first
        ],
        "passed_over": [
            (why, count, ", ".join(str(line) for line in lines)) for why, count, lines in version.file.passed_over
        ],
    }  # fmt: skip


# --- comparisons ----------------------------------------------------------------------------------------------------


def run_facts(run: Run, actor: Actor) -> Sequence[Fact]:
    return [
        Fact(_("Why"), run.get_occasion_display()),
        Fact(_("Lists"), "; ".join(run.titles)),
        Fact(_("Program"), run.software),
        Fact(pgettext("comparison", "Begun"), moment(run.created_at)),
        *([Fact(pgettext("comparison", "Ended"), moment(run.ended_at))] if run.ended_at else []),
    ]


def run_context(run: Run, actor: Actor) -> Mapping[str, Any]:
    """For the Secretariat. How many files there are, and how many are closed, is not for those who are compared."""
    if run.pk is None or not actor.holds(Office.SECRETARIAT):
        return {}
    results = Result.objects.filter(run=run)
    total, left = results.count(), results.filter(done_at__isnull=True).count()
    return {
        "total": total,
        "done": total - left,
        "left_out": results.filter(is_left_out=True).count(),
        "is_moving": run.state in (RunState.WAITING, RunState.RUNNING),
    }


# --- hits -------------------------------------------------------------------------------------------------------------


def hit_task(hit: Hit) -> Task:
    """One line: whose name, on which list, how it stands."""
    state = hit.standing(clock.now())
    names = hit.entry.get("names") or [["—", ""]]
    told = _("%(listed)s, on %(list)s") % {"listed": names[0][0], "list": hit.source.name}
    return Task(
        told,
        matter_url(hit),
        hit.get_subject_display(),
        HIT.state_title(state),
        KINDS.get(state, "neutral"),
    )


def hits_context(examination: Examination, actor: Actor) -> dict[str, Any]:
    """What the page of a file or of an examination shows of the lists."""
    hits = list(queries.visible_hits(actor).filter(examination=examination))
    runs = queries.runs_of(examination)[:3]
    return {
        "seen_hits": hits,
        "hits": [hit_task(hit) for hit in hits],
        "compared": [(moment(run.created_at), run.titles) for run in runs],
    }


def hit_facts(hit: Hit, actor: Actor) -> Sequence[Fact]:
    entry = hit.entry
    facts = [
        Fact(_("Whose name"), hit.get_subject_display()),
        Fact(_("Names compared"), "; ".join(entry.get("compared", ()))),
        Fact(_("List"), hit.seen_in.title),
        Fact(_("Names on the list"), "; ".join(name for name, _kind in entry.get("names", ()))),
    ]
    told = (
        (_("Born"), "; ".join(entry.get("birth_dates", ()))), (_("Position"), entry.get("position", "")),
        (_("Listed under"), entry.get("programme", "")), (_("Listed on"), entry.get("listed_on", "")),
    )  # fmt: skip
    facts += [Fact(label, text) for label, text in told if text]
    if entry.get("link"):
        facts.append(Fact(_("Page of the entry"), entry["link"], url=entry["link"]))
    elif hit.source.link:
        facts.append(Fact(_("Page of the publisher"), hit.source.link, url=hit.source.link))
    return facts


def explanation_of_hit(hit: Hit) -> str:
    """What a name on a list means for the person whose file it is."""
    return {
        HitState.ANOTHER: _(
            "A reader says, with reasons, that the list means somebody else. It does not count against you."
        ),
        HitState.UNCLEAR: _("It is unclear whom the list means. This excludes nobody."),
        HitState.DIFFERING: _("Two readers differ on whom the list means. This excludes nobody."),
        HitState.SAME: _(
            "Two readers say that it is the same. By itself this decides nothing: whatever speaks against you is put to you "
            "as a point, and you may reply."
        ),
    }.get(HitState(hit.standing(clock.now())), "")


def hit_context(hit: Hit, actor: Actor) -> Mapping[str, Any]:
    if hit.pk is None:
        return {}
    told = hit.explanation
    # Whoever has not judged is not told that somebody has: neither by the state, nor by what has been done.
    waits = hit.state in (HitState.RAISED, HitState.HALF) and not queries.has_judged(hit, actor)
    return {
        **({"history": []} if waits else {}),
        "explanation": explanation_of_hit(hit) if hit.examination.candidacy.person_id == actor.person else "",
        "entry_facts": hit_facts(hit, actor),
        "is_persecuting": hit.source.is_persecuting,
        "sentence": sentence(told),
        "columns": [_("In the file"), _("On the list"), _("How they agree")],
        "rows": [[pair["query"], pair["listed"], agreement(pair["agreement"])] for pair in told["pairs"]]
        + [[word, "—", _("only in the file")] for word in told["left_in_query"]]
        + [["—", word, _("only on the list")] for word in told["left_in_list"]],
        "judgements": [
            {
                "who": reader(row.reading.ordinal),
                "said": row.get_who_display() if row.who else _("asks that it be judged again"),
                "at": moment(row.said_at), "reasons": row.reasons, "language": row.language,
            }
            for row in queries.judgements_for(hit, actor)
        ],
        "examination_url": matter_url(hit.examination),
        "judge_url": act_url(hit, "judge_hit"),
    }  # fmt: skip


def agreement(code: str) -> str:
    """How two parts of names agree, in words."""
    return {
        explain.WRITTEN: _("written alike"),
        explain.SOUNDS: _("written otherwise, sound alike"),
        explain.GENDER: _("with the other gender’s ending"),
        explain.SPELT: _("spelt closely"),
        explain.INITIAL: _("one is an initial"),
        explain.CONTRADICTS: _("do not agree"),
    }[code]


def sentence(told: Mapping[str, Any]) -> str:
    """One sentence for whoever judges: how many parts agree, and what stands against it."""
    agreeing = sum(pair["agreement"] != explain.CONTRADICTS for pair in told["pairs"])
    parts = [
        _("“%(mine)s” in the file, “%(theirs)s” on the list: %(count)s parts of the name agree")
        % {"mine": told["query"], "theirs": told["listed"], "count": agreeing}
    ]
    if len(told["pairs"]) > agreeing:
        parts.append(_("%(count)s do not") % {"count": len(told["pairs"]) - agreeing})
    left = len(told["left_in_query"]) + len(told["left_in_list"])
    if left:
        parts.append(_("%(count)s stand on one side only") % {"count": left})
    if told["patronymic_elsewhere"]:
        parts.append(
            _("another name of this entry has the patronymic %(name)s")
            % {"name": told["patronymic_elsewhere"]}
        )
    parts += [words for signal in told["signals"] if (words := signals().get(signal))]
    return "; ".join(parts) + "."


def signals() -> dict[str, str]:
    """What was found in the letters of a typed name; it may be a finding, and it may be a keyboard."""
    return {
        clean.MIXED: _("letters of two scripts stand in one word"),
        clean.INVISIBLE: _("invisible marks were typed in the name"),
        clean.DIGITS: _("digits stand for letters"),
        clean.CUT: _("the name is too long and was compared in part"),
        clean.UNREADABLE: _("parts of the name cannot be read"),
    }
