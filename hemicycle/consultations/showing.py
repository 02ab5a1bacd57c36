"""What the pages of this room show, put into words and rows. Nothing here is computed of votes: see `results.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.parts import Cell, Row
from hemicycle.web.templatetags.house import until

from . import answering, queries, results
from .models import Answer, Consultation, Proposition, Side
from .procedure import CONSULTATION, PROPOSITION, ConsultationState, PropositionState, RequestState

C = ConsultationState
KINDS: dict[str, str] = {
    C.OPEN: "open",
    C.PUBLISHED: "done",
    C.WITHDRAWN: "stopped",
    PropositionState.WAITING: "open",
    PropositionState.ADMITTED: "done",
    PropositionState.DECLINED: "stopped",
    PropositionState.TAKEN_BACK: "stopped",
    PropositionState.LAPSED: "stopped",
    RequestState.ASKED: "open",
    RequestState.DONE: "done",
    RequestState.DISMISSED: "stopped",
}
HIDDEN = "·"


def state(row: Consultation) -> tuple[Any, str]:
    """The name of where it stands, and how its mark looks."""
    code = row.standing(clock.now())
    return CONSULTATION.state_title(code), KINDS.get(code, "neutral")


def proposition_state(row: Proposition) -> tuple[Any, str]:
    code = row.standing(clock.now())
    return PROPOSITION.state_title(code), KINDS.get(code, "neutral")


def said(value: int) -> str:
    return {
        Answer.AGREE: pgettext("answer", "Agree"),
        Answer.DISAGREE: pgettext("answer", "Disagree"),
        Answer.PASS: pgettext("answer", "Pass"),
    }[Answer(value)]


def own_answers(row: Consultation, sheet: answering.Sheet) -> dict[str, Any]:
    """What one has said, for oneself alone."""
    here = reverse("consultations-answer", args=[row.reference])
    texts = _texts(row)
    rows = [
        Row(
            [
                Cell(texts[each.number].text, language=texts[each.number].language),
                said(sheet.given[each.pk]),
                Cell(_("Change"), url=f"{here}?at={each.reference}#proposition"),
            ]
        )
        for each in sheet.done
    ]
    return {
        "title": _("Your answers"),
        "consultation": row,
        "columns": [
            pgettext("consultation", "Proposition"),
            pgettext("answer", "Your answer"),
            pgettext("answer", "Change"),
        ],
        "rows": rows,
    }


def desk_list(actor: Actor) -> dict[str, Any]:
    rows = []
    may = {each.pk for each in queries.answerable(actor)}
    for each in queries.visible_to(actor):
        label, kind = state(each)
        is_clerk = actor.holds(Office.SECRETARIAT)
        url = desk.matter_url(each) if is_clerk else reverse("consultations-page", args=[each.reference])
        answer = reverse("consultations-answer", args=[each.reference]) if each.pk in may else ""
        rows.append(
            Row(
                [
                    Cell(each.shown_name, url=url),
                    each.topic.shown_name,
                    until(each.closes_at),
                    Cell(state_label=label, state_kind=kind),
                    Cell(pgettext("consultation", "Answer"), url=answer) if answer else "",
                ]
            )
        )
    begin = [
        {
            "title": _("Prepare a consultation"),
            "url": desk.begin_url("consultations", "prepare"),
            "primary": True,
        }
    ]
    return {
        "title": _("Consultations"),
        "columns": [
            _("Consultation"),
            pgettext("dialogue", "Topic"),
            pgettext("consultation", "Until"),
            pgettext("consultation", "State"),
            pgettext("consultation", "Your part"),
        ],
        "rows": rows,
        "empty": _("There has been no consultation so far."),
        "actions": begin if actor.holds(Office.SECRETARIAT) else (),
    }


# --- the result -------------------------------------------------------------------------------------------------------


def result(row: Consultation) -> dict[str, Any]:
    """Everything that the page of a result shows."""
    told = row.result
    texts = _texts(row)
    found: dict[str, Any] = {
        "title": _("Result: %(name)s") % {"name": row.shown_name},
        "consultation": row,
        "result": told,
        "digest": results.digest(told),
        "voters": _people(told["voters"], told["rule"]["cell_at_least"]),
        "sets": [(set_name(each["name"]), each["people"]) for each in told["sets"]],
        "hidden": HIDDEN,
        "has_matrix": bool(told["matrix"]) and row.erased_at is None,
    }
    found |= _of_groups(told, texts) if told["by"] == "groups" else {}
    return found | _positions(told, texts)


@dataclass(frozen=True)
class Put:
    """A proposition as tables show it: in place of one that is set aside stands that it is."""

    number: int
    text: str
    language: str


def _texts(row: Consultation) -> dict[int, Put]:
    rows = list(queries.admitted(row))
    aside = queries.set_aside(rows)
    return {
        each.number: Put(each.number, pgettext("proposition", "set aside"), "") if each.number in aside
        else Put(each.number, each.text, each.language)
        for each in rows
    }  # fmt: skip


def set_name(name: str) -> str:
    """A group's letter, or a side."""
    return {
        Side.PARTICIPANT: _("participants"),
        Side.DELEGATE: _("members of the Assembly"),
        Side.CIVIL_SOCIETY: _("civil society"),
        "all": _("everybody"),
    }.get(name) or _("group %(letter)s") % {"letter": name}


def _people(count: int | None, least: int) -> str:
    if count is None:
        return _("fewer than %(n)d people") % {"n": least}
    return ngettext("%(n)d person", "%(n)d people", count) % {"n": count}


def _positions(told: Mapping[str, Any], texts: Mapping[int, Put]) -> dict[str, Any]:
    """One row for each proposition and set: how many agree, disagree, pass, and did not answer."""
    rows = []
    for each in told["statements"]:
        for one, cells in zip(told["sets"], each["cells"], strict=True):
            rows.append(
                Row([_text(texts, each["number"]), set_name(one["name"]), *(_count(cell) for cell in cells)])
            )
    return {
        "position_columns": [
            pgettext("consultation", "Proposition"),
            pgettext("consultation", "Of whom"),
            pgettext("answers", "agree"),
            pgettext("answers", "disagree"),
            pgettext("answers", "pass"),
            pgettext("answers", "did not answer"),
        ],
        "positions": rows,
    }


def _of_groups(told: Mapping[str, Any], texts: Mapping[int, Put]) -> dict[str, Any]:
    by_number = {each["number"]: each for each in told["statements"]}
    names = [each["name"] for each in told["sets"]]
    sides = [_("%(group)s: agree / disagree") % {"group": set_name(name)} for name in names]

    def ground(numbers: Sequence[int], share: str) -> list[Row]:
        return [
            Row(
                [
                    _text(texts, number),
                    Cell(_percent(by_number[number][share]), is_number=True),
                    *(
                        Cell(f"{_shown(cells[0])} / {_shown(cells[1])}", is_number=True)
                        for cells in by_number[number]["cells"]
                    ),
                ]
            )
            for number in numbers
        ]

    apart = set(told["apart"])
    return {
        "ground_columns": [
            pgettext("consultation", "Proposition"),
            pgettext("consultation", "Resamples"),
            *sides,
        ],
        "supported": ground(told["supported"], "supported_in"),
        "rejected": ground(told["rejected"], "rejected_in"),
        "unsure": [texts[number] for number in told["unsure"]],
        "divides": ground(told["divides"], "divided_in"),
        "measure_columns": [
            pgettext("consultation", "Proposition"),
            _("Group-aware consensus"),
            _("Place by consensus"),
            _("Bridging score"),
            _("Place by bridging"),
            pgettext("measures", "The two"),
        ],
        "measures": [
            Row(
                [
                    _text(texts, each["number"]),
                    _number(each["group_aware_agree"]),
                    _count(each["rank_group_aware"]),
                    _number(each["bridging"]),
                    _count(each["rank_bridging"]),
                    pgettext("measures", "differ") if each["number"] in apart else pgettext("measures", "agree"),
                ]
            )
            for each in sorted(told["statements"], key=lambda e: (e["rank_group_aware"] is None, e["rank_group_aware"]))
        ],
        "typical": [
            (set_name(name), [(texts[one["number"]], one["agrees"]) for one in ones])
            for name, ones in zip(names, told["typical"], strict=True)
        ],
        "outside": told["outside"],
        "between": told["between"],
        "percent_same": _percent(told["stability"]["same_count"]),
        "sure": _percent(told["rule"]["sure"]),
    }  # fmt: skip


def _text(texts: Mapping[int, Put], number: int) -> Cell:
    row = texts[number]
    return Cell(f"{number}. {row.text}", language=row.language)


def _count(cell: int | None) -> Cell:
    return Cell(_shown(cell), is_number=True)


def _shown(cell: int | None) -> str:
    return HIDDEN if cell is None else str(cell)


def _number(value: float | None) -> Cell:
    return Cell(HIDDEN if value is None else formats.number_format(value, 2), is_number=True)


def _percent(share: float) -> str:
    return _("%(n)d%%") % {"n": round(100 * share)}
