"""What `[[list.rules]]` of a charter may say: which values a feature has, and which facts may ever be public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

EACH = "each"
#: The values of each feature. An organisation has no place in a charter by name: the rule is the same for each.
VALUES: Mapping[str, re.Pattern[str]] = {
    "reserve": re.compile("yes|no"),
    "newcomer": re.compile("yes|no"),
    "organisation": re.compile(EACH),
    "residence": re.compile(f"[A-Z]{{2}}|{EACH}"),
}
WORDS: Mapping[str, str] = {
    "reserve": 'must be one of: "yes", "no"',
    "newcomer": 'must be one of: "yes", "no"',
    "organisation": 'must be "each": the rule is the same for every organisation',
    "residence": 'must be the two letters of a country, or "each"',
}
#: Where a person lives and with whom he or she came are never published, whatever a charter says (procedure 1.7, 2.2).
NEVER_PUBLIC = ("organisation", "residence")
ROUNDED: Mapping[str, Callable[[Fraction], int]] = {
    "up": ceil,
    "down": floor,
    "nearest": lambda exact: floor(exact + Fraction(1, 2)),
}
CODE = re.compile("[a-z][a-z_]*")
TAKEN = (
    "reserve",
    "seated",
)  # the reserve stands in its own section; who sits is a rule while a list is finished


def unfit(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(key, message) of every rule of the list in the TOML `data` that no room can carry out."""
    section = data.get("list")
    rules = section.get("rules") if isinstance(section, dict) else None
    for place, row in enumerate(rules if isinstance(rules, list) else []):
        if isinstance(row, dict):
            yield from _row(row, f"list.rules.{place}", _seats(data))


def _row(row: Mapping[str, object], path: str, seats: int | None) -> Iterator[tuple[str, str]]:
    feature, value = row.get("feature"), row.get("value")
    if isinstance(row.get("code"), str) and not CODE.fullmatch(str(row["code"])):
        yield f"{path}.code", "small letters and _ are expected"
    if row.get("code") in TAKEN:
        yield f"{path}.code", f"{row['code']} has a meaning of its own: another code is expected"
    known = VALUES.get(feature) if isinstance(feature, str) else None
    if known is not None and isinstance(value, str) and not known.fullmatch(value):
        yield f"{path}.value", WORDS[str(feature)]
    if feature in NEVER_PUBLIC and row.get("is_public") is True:
        yield f"{path}.is_public", f"{feature} is never public: false is expected"
    if "least" not in row and "most" not in row:
        yield path, "least or most is expected"
    if value == EACH and "least" in row:
        yield f"{path}.least", 'a rule on each value has only "most"'
    shares = [name for name in ("least", "most") if isinstance(row.get(name), str)]
    if shares and "rounding" not in row:
        yield f"{path}.{shares[0]}", "a share says how a part of a seat is rounded: rounding is expected"
    if "rounding" in row and not shares:
        yield f"{path}.rounding", "only a share is rounded"
    rounding = str(row.get("rounding"))
    least, most = (_count(row.get(name), seats, rounding) for name in ("least", "most"))
    if least is not None and most is not None and least > most:
        yield f"{path}.least", f"at least {least} and at most {most} cannot be"
    if least is not None and seats is not None and least > seats:
        yield f"{path}.least", f"at least {least} of {seats} seats cannot be"


def _seats(data: Mapping[str, object]) -> int | None:
    section = data.get("seats")
    total = section.get("total") if isinstance(section, dict) else None
    value = total.get("value") if isinstance(total, dict) else None
    return value if type(value) is int else None


def _count(bound: object, seats: int | None, rounding: str) -> int | None:
    """A bound as a number of seats; None where it is none, or malformed (that is named elsewhere)."""
    if type(bound) is int:
        return bound
    if not isinstance(bound, str) or seats is None or rounding not in ROUNDED:
        return None
    try:
        return ROUNDED[rounding](Fraction(bound) * seats)
    except (ValueError, ZeroDivisionError):
        return None
