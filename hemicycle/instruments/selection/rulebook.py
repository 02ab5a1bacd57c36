"""Rules from files: a charter's TOML, or CSV as this house and civic lotteries write it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from .pool import Pool, Unreadable, rows_of
from .rule import Rule, cap_per_value, may_not_sit, must_sit, not_together, share_of

FEATURE, VALUE = ("feature", "category"), ("value", "name")
YES = frozenset({"yes", "true", "1", "x"})
BOUNDS = ("least", "most", "share", "rounding")
KNOWN = frozenset(
    {
        "code",
        "name",
        "where",
        "feature",
        "value",
        "apart_from",
        "is_statutory",
        "is_public",
        "article",
        "since",
    }
    | {"status", "source", "note", *BOUNDS}
)


def read_rules(path: Path, pool: Pool, seats: int) -> list[Rule]:
    """Rules of a `.toml` (a charter) or of a CSV `feature,value,min,max[,statutory][,article]`, `.gz` too."""
    return _toml(path, pool, seats) if path.suffix == ".toml" else _csv(path, pool)


def _csv(path: Path, pool: Pool) -> list[Rule]:
    columns = {name.casefold(): name for name in pool.features}
    values: dict[str, dict[str, str]] = {name: {} for name in pool.features}
    for row in pool.declared:
        for name, value in row.items():
            values[name].setdefault(value.casefold(), value)
    rules: list[Rule] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows_of(path):
        where = f"{path}, line {line}"
        written, value = _cell(row, FEATURE, where), _cell(row, VALUE, where)
        feature = columns.get(written.casefold())
        if feature is None:
            raise Unreadable(f"{where}: the pool has no column “{written}”")
        value = values[feature].get(value.casefold(), value)
        if (feature, value) in seen:
            raise Unreadable(f"{where}: {feature} = {value} stands already in line {seen[feature, value]}")
        seen[feature, value] = line
        low, high = _count(row, "min", where), _count(row, "max", where)
        if low > high:
            raise Unreadable(f"{where}: the minimum {low} is above the maximum {high}")
        rules.append(
            Rule(
                f"{feature} = {value}",
                ((feature, value),),
                least=low,
                most=high,
                is_statutory=row.get("statutory", "").casefold() in YES,
                article=row.get("article", ""),
            )
        )
    if not rules:
        raise Unreadable(f"{path}: no rule stands in it")
    return rules


def _cell(row: Mapping[str, str], names: tuple[str, ...], where: str) -> str:
    for name in names:
        if row.get(name):
            return row[name]
    raise Unreadable(f"{where}: no {names[0]}")


def _count(row: Mapping[str, str], name: str, where: str) -> int:
    written = row.get(name, "")
    if not written.isascii() or not written.isdigit():
        raise Unreadable(f"{where}: the {name}imum “{written}” is not a whole number from 0")
    return int(written)


def _toml(path: Path, pool: Pool, seats: int) -> list[Rule]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from None
    try:
        rules = _reserve(read.get("reserve"), seats)
        listed = read.get("list", {})
        for number, entry in enumerate([*listed.get("rules", []), *read.get("rule", [])], start=1):
            rules += _entry(entry, number, pool, seats)
        for name in read.get("must_sit", []):
            rules.append(must_sit(_known(name, pool)))
        for name in read.get("may_not_sit", []):
            rules.append(may_not_sit(_known(name, pool)))
        for one, other in read.get("not_together", []):
            rules.append(not_together(_known(one, pool), _known(other, pool)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(f"{path}: {error}") from None
    if not rules:
        raise Unreadable(f"{path}: no rule of a list stands in it: [reserve], [[list.rules]] or [[rule]]")
    return rules


def _plain(entry: Any) -> Any:
    """The value of a charter's entry, which may stand with its article and source."""
    return entry["value"] if isinstance(entry, dict) and "value" in entry else entry


def _article(entry: Any) -> str:
    return str(entry.get("article", "")) if isinstance(entry, dict) else ""


def _reserve(section: Any, seats: int) -> list[Rule]:
    """The charter's reserve: people with `reserve` = `yes`. A share of 0 reserves nothing."""
    if not section:
        return []
    share = Fraction(str(_plain(section["share"])))
    if not share:
        return []
    least = share_of(seats, share, str(_plain(section["rounding"])))
    where = (("reserve", "yes"),)
    return [Rule("the reserve", where, least=least, is_statutory=True, article=_article(section["share"]))]


def _entry(entry: Mapping[str, Any], number: int, pool: Pool, seats: int) -> list[Rule]:
    strange = [key for key in entry if key not in KNOWN]
    if strange:
        raise ValueError(f"rule {number}: nobody knows the key “{strange[0]}”")
    least, most = _bounds(entry, number, seats)
    since, article = _plain(entry.get("since")), str(_plain(entry.get("article", "")))
    if since is not None and not isinstance(since, date):
        raise ValueError(f"rule {number}: “since” is a day like 2027-01-31")
    statutory = bool(_plain(entry.get("is_statutory", False)))
    feature, value = _plain(entry.get("feature")), _plain(entry.get("value"))
    if value in ("each", None) and "where" not in entry:
        if most is None or least:
            raise ValueError(f"rule {number}: for each value of {feature} there is a “most” and no “least”")
        free = _plain(entry.get("apart_from", ()))
        caps = cap_per_value(
            pool, str(feature), most, apart_from=free, is_statutory=statutory, article=article
        )
        return [Rule(**{**cap.__dict__, "since": since}) for cap in caps]
    where = tuple(dict(entry["where"]).items()) if "where" in entry else ((str(feature), str(value)),)
    unknown = [name for name, _ in where if name not in pool.features]
    if unknown:
        raise ValueError(f"rule {number}: the pool has no column “{unknown[0]}”")
    name = " and ".join(f"{name} = {value}" for name, value in where)
    return [Rule(name, where, least=least, most=most, is_statutory=statutory, article=article, since=since)]


def _bounds(entry: Mapping[str, Any], number: int, seats: int) -> tuple[int, int | None]:
    least, most = _plain(entry.get("least")), _plain(entry.get("most"))
    rounding = str(_plain(entry.get("rounding", "up")))

    def count(given: Any) -> int | None:
        """A count, or a share of the seats written `"1/3"`."""
        if given is None:
            return None
        return share_of(seats, Fraction(given), rounding) if isinstance(given, str) else int(given)

    share = _plain(entry.get("share"))
    if share is not None:
        if least is not None and most is not None:
            raise ValueError(f"rule {number}: with a share there is nothing to say by least and most")
        return share_of(seats, Fraction(str(share)), rounding), None
    if least is None and most is None:
        raise ValueError(f"rule {number}: neither least nor most nor share")
    return count(least) or 0, count(most)


def _known(name: str, pool: Pool) -> str:
    if name not in pool.position:
        raise ValueError(f"{name} does not stand in the pool")
    return name
