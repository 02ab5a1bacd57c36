"""Keys of a charter whose value this version of the software cannot change, and keys that it only tells.

A charter is law: a key that is changed and changes nothing would be a promise broken in silence. So `check` refuses
every other value of a fixed key, by line. A house test holds that each key is read by a room, fixed, or told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Value = bool | int | str | tuple[str, ...]

#: The only value that this version knows, by the dotted key.
FIXED: Mapping[str, Value] = {
    "platform.emblem": "none",
    "languages.working": ("en", "fr", "ru"),
    "stages.consultation_of_assessors": False,
    "reserve.suspended_seat_counts": True,
    "candidacy.deciding_clerks": 2,
    "candidacy.late_admission_people": 2,
    "candidacy.slate_gives_right": False,
    "vetting.readings_blind": True,
    "vetting.silence_is_admission": False,
    "list.proposed_by": "president",
    "list.release_people": 2,
    "mandates.substitutes": False,
    "suspension.urgent_offices": ("president", "secretary_general"),
    "suspension.urgent_people": 2,
    "suspension.reviewed_by": "reviewer",
    "suspension.correction_on": ("dismissed", "lapsed"),
    "publication.contact_register_with_sheet": True,
    "retention.hold_needs_ground_and_end": True,
    "retention.early_offices": ("secretariat", "integrity_officer"),
    "consultations.cell_at_least": 5,  # the instrument's own: its groups, squares and cells are of five people or more
    "evidence.custodians": ("secretariat", "integrity_officer"),
}

#: The least whole number that a rule can be carried out with.
AT_LEAST: Mapping[str, int] = {
    "publication.small_number": 2,  # a smaller one would hide nothing
    "consultations.voters_at_least": 3,  # of two, each would know the other's answers
    "statements.group_members_at_least": 1,
    "statements.uncarried_amendments_at_most": 1,  # with none nothing could be amended
}

#: Keys of the lists that a room gives by itself: an assessor opens a file to assess it, a reviewer to review it.
KEYS: Mapping[str, tuple[str, ...]] = {
    "reading_reasons": ("assessment", "review", "other"),
    "follow_up_stages": ("committee", "report", "action", "answer"),
}

#: Keys of the lists that a room gives by itself, so that no row may have them: the fund for every purpose.
TAKEN: Mapping[str, tuple[str, ...]] = {
    "earmarks": ("general",),
}

#: Printed with their articles and acted on by no room of this version: facts about the host, and rules of rooms to come.
TOLD: tuple[str, ...] = (
    "platform.short_name",
    "assembly.short_name",
    "assembly.organisation",
    "assembly.chaired_by",
    "assembly.group_chairs_on_platform",
    "assembly.general_rapporteurs_on_platform",
    "creation.resolution",
    "creation.report",
    "candidacy.late_admission_ground",
    "participation.voice",
    "participation.vote",
    "participation.chairs_leave",
    "participation.committee_leave",
    "participation.pass_per_meeting",
    "participation.remote_on_chairs_leave",
    "participation.contact_persons",
    "session.part_session_days",
    "governments.member_states",
    "governments.asked",
)


def unfit(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(key, message) of every key in the TOML `data` that has a value which no room can carry out. One that is missing
    is named elsewhere; the order of a list says nothing."""
    for key, least in AT_LEAST.items():
        value = _value(data, key)
        if type(value) is int and value < least:
            yield f"{key}.value", f"a whole number, {least} or more, is expected"
    for name, wanted in KEYS.items():
        rows = data.get(name)
        kept = [row.get("key") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        for missing in (each for each in wanted if each not in kept):
            yield name, f"missing row: {missing}"
    for name, taken in TAKEN.items():
        rows = data.get(name)
        kept = [row.get("key") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        for key in (each for each in taken if each in kept):
            yield name, f"this key is taken by the software: {key}"
    for key, only in FIXED.items():
        value = _value(data, key)
        if value is None:
            continue
        if isinstance(only, tuple):
            same = isinstance(value, list) and sorted(map(str, value)) == sorted(only)
        else:
            same = type(value) is type(only) and value == only
        if not same:
            yield f"{key}.value", f"this software cannot do otherwise than {_written(only)}"


def _value(data: Mapping[str, object], key: str) -> object:
    """The value of a rule by its dotted key, or None where there is none."""
    section, _, name = key.partition(".")
    table = data.get(section)
    leaf = table.get(name) if isinstance(table, dict) else None
    return leaf.get("value") if isinstance(leaf, dict) else None


def _written(value: Value) -> str:
    """A value as a charter file writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(_written(item) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
