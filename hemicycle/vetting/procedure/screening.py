"""The acts on lists of names, on the comparison of candidates with them, and on what it raises."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class SourceState(StrEnum):
    KEPT = "kept"
    RETIRED = "retired"


class VersionState(StrEnum):
    PREVIEWED = "previewed"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    DISCARDED = "discarded"


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class HitState(StrEnum):
    RAISED = "raised"
    HALF = "half"  # one reader says that it is the same person; a second judges without knowing it
    DIFFERING = "differing"
    SAME = "same"
    ANOTHER = "another"
    UNCLEAR = "unclear"
    NOTED = "noted"
    LAPSED = "lapsed"
    CLOSED = "closed"  # never stored: the file was closed


S, V, U, H = SourceState, VersionState, RunState, HitState
P = Publicity
READS = [O.ASSESSOR, O.REVIEWER]

SOURCE = Table(
    room="vetting",
    matter="source",
    title=_("List of names"),
    states={
        S.KEPT: pgettext_lazy("list of names", "in use"),
        S.RETIRED: pgettext_lazy("list of names", "not used any more"),
    },
    steps=[  # act, from, to, by, entry
        Step("keep_source", [NEW], S.KEPT, [O.SECRETARIAT], P.HOUSE,
             title=_("Take a list into use")),
        Step("describe_source", [S.KEPT], SAME, [O.SECRETARIAT], P.HOUSE,
             title=_("Correct what is said of the list")),
        Step("retire_source", [S.KEPT], S.RETIRED, [O.SECRETARIAT], P.HOUSE,
             title=_("Take the list out of use")),
    ],
)  # fmt: skip

VERSION = Table(
    room="vetting",
    matter="version",
    title=_("Version of a list"),
    states={
        V.PREVIEWED: pgettext_lazy("version of a list", "read in, not used yet"),
        V.IN_FORCE: pgettext_lazy("version of a list", "in use"),
        V.REPLACED: pgettext_lazy("version of a list", "replaced by a later one"),
        V.DISCARDED: pgettext_lazy("version of a list", "thrown away unused"),
    },
    steps=[  # act, from, to, by, entry
        Step("read_in", [NEW], V.PREVIEWED, [O.SECRETARIAT, O.CLOCK], P.HOUSE,
             title=_("Read in a version")),
        Step("use_version", [V.PREVIEWED], V.IN_FORCE, [O.SECRETARIAT], P.HOUSE,
             title=_("Use this version")),
        Step("replace_version", [V.IN_FORCE], V.REPLACED, [O.SECRETARIAT], P.HOUSE,
             title=_("Replace a version"), inner=True),
        Step("discard_version", [V.PREVIEWED], V.DISCARDED, [O.SECRETARIAT], P.HOUSE,
             title=_("Throw the version away")),
    ],
)  # fmt: skip

# Of whatever the worker compares, file by file.
RUN_STATES: dict[str, Any] = {
    U.WAITING: pgettext_lazy("comparison", "waits for the worker"),
    U.RUNNING: pgettext_lazy("comparison", "under way"),
    U.STOPPED: pgettext_lazy("comparison", "stopped; it can be taken up again"),
    U.DONE: pgettext_lazy("comparison", "done"),
}

RUN = Table(
    room="vetting",
    matter="run",
    title=_("Comparison with the lists"),
    existence_sealed=True,
    states=RUN_STATES,
    steps=[  # act, from, to, by, entry
        Step("begin_run", [NEW], U.WAITING, [O.SECRETARIAT, O.CLOCK], P.SEALED,
             title=_("Compare with the lists")),
        Step("take_up", [U.WAITING], U.RUNNING, [O.CLOCK], P.SEALED,
             title=_("Begin the comparison")),
        Step("stop_run", [U.WAITING, U.RUNNING], U.STOPPED, [O.SECRETARIAT], P.SEALED,
             title=_("Stop the comparison")),
        Step("resume_run", [U.STOPPED], U.WAITING, [O.SECRETARIAT], P.SEALED,
             title=_("Take the comparison up again")),
        Step("finish_run", [U.RUNNING], U.DONE, [O.CLOCK], P.SEALED,
             title=_("End the comparison")),
    ],
)  # fmt: skip

DECIDED = [H.DIFFERING, H.SAME, H.ANOTHER, H.UNCLEAR]

HIT = Table(
    room="vetting",
    matter="hit",
    title=_("Name on a list"),
    existence_sealed=True,
    states={
        # Both read alike: who judges second is not told that somebody judged first, let alone how.
        H.RAISED: pgettext_lazy("name on a list", "to be judged by a reader"),
        H.HALF: pgettext_lazy("name on a list", "to be judged by a reader"),
        H.DIFFERING: pgettext_lazy("name on a list", "two readers differ; a third may judge; until then it is unclear"),
        H.SAME: pgettext_lazy("name on a list", "the same, say two readers"),
        H.ANOTHER: pgettext_lazy("name on a list", "somebody else"),
        H.UNCLEAR: pgettext_lazy("name on a list", "unclear; this excludes nobody"),
        H.NOTED: pgettext_lazy("name on a list", "noted; a list of the persecuting state never counts against a person"),
        H.LAPSED: pgettext_lazy("name on a list", "not on the list any more"),
        H.CLOSED: pgettext_lazy("name on a list", "closed with the file"),
    },
    steps=[  # act, from, to, by, entry
        Step("raise_hit", [NEW], [H.RAISED, H.NOTED], [O.CLOCK], P.SEALED,
             title=_("Raise a name on a list")),
        Step("judge_hit", [H.RAISED, H.HALF, H.DIFFERING], [H.HALF, *DECIDED], READS, P.SEALED,
             title=_("Judge who it is")),
        Step("ask_again", [H.ANOTHER, H.UNCLEAR], H.RAISED, READS, P.SEALED,
             title=_("Ask that it be judged again")),
        Step("raise_again", [*DECIDED, H.HALF, H.LAPSED], H.RAISED, [O.CLOCK], P.SEALED,
             title=_("Raise it again: the entry or the name has changed")),
        Step("lapse_hit", [H.RAISED, H.HALF, H.DIFFERING], H.LAPSED, [O.CLOCK], P.SEALED,
             title=_("Let it lapse: the list does not have it any more")),
    ],
)  # fmt: skip

SCREENING_TABLES = (SOURCE, VERSION, RUN, HIT)
