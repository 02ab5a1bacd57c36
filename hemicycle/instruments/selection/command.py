"""`hemicycle compose`: the instrument on files. Needs no database, no settings and no other part of the house."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from .choices import chosen
from .draw import commitment
from .endorsements import read_endorsements
from .lot import drawn
from .methods import Asked, Unfit, checked, completed, different, explained, repaired
from .outcome import Outcome
from .pool import Pool, Unreadable, read_pool, rows_of
from .problem import problem_of
from .recheck import RECHECKS, VERDICTS
from .rule import Rule, in_force
from .rulebook import read_rules
from .solver import OutOfTime

METHODS = {
    "check": checked,
    "explain": explained,
    "complete": completed,
    "repair": repaired,
    "alternatives": different,
    "lot": drawn,
}
CHOICES = ("equal-shares", "phragmen", "pav")


def compose(arguments: Sequence[str]) -> int:
    """Run one method. Returns 0; 1 when there is no such list, or a list breaks a rule; 2 when it cannot begin."""
    given = _parser().parse_args(arguments)
    if given.commit is not None:
        print(commitment(given.commit))
        return 0
    if given.recheck is not None:
        return _recheck(given.recheck)
    missing = [name for name in ("pool", "seats", "method", "out") if getattr(given, name) is None]
    if missing:
        print(f"hemicycle compose: also give --{', --'.join(missing)} (see --help)", file=sys.stderr)
        return 2
    try:
        outcome = _run(given)
        outcome.write(given.out)
    except (Unreadable, Unfit, ValueError) as error:
        print(f"hemicycle compose: {error}", file=sys.stderr)
        return 2
    except OutOfTime as error:
        print(f"hemicycle compose: {error}; nothing was written", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"hemicycle compose: {error.filename or given.out}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nhemicycle compose: stopped; nothing was written", file=sys.stderr)
        return 130
    print("\n".join(outcome.words))
    print(f"Written to {given.out}: {', '.join(sorted(outcome.files))}")
    return 0 if outcome.is_found else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle compose",
        description="Check, explain, complete, repair, choose or draw a list of people under rules.",
        epilog="LIST.csv is a CSV with a column `id`. A draw in public: each side publishes `--commit HALF`, "
        "then the halves; anybody runs `--method lot --seed HALF --seed HALF --commitment C --commitment C`.",
    )
    add = parser.add_argument
    add("--pool", type=Path, metavar="POOL.csv", help="people: a column `id`, one column per feature")
    add(
        "--rules",
        type=Path,
        metavar="RULES",
        help="a charter's .toml, or .csv: feature,value,min,max[,statutory]",
    )
    add("--seats", type=int, metavar="N")
    add("--method", choices=[*METHODS, *CHOICES])
    add("--out", type=Path, metavar="DIR", help="where the results are written")
    add("--list", type=Path, metavar="LIST.csv", help="the list to check, complete or repair")
    add("--gone", type=Path, metavar="LIST.csv", help="repair: who has left")
    add("--succession", type=Path, metavar="LIST.csv", help="repair: who is next in line, in order")
    add("--endorsements", type=Path, metavar="CSV", help="proportional choice: voter,candidate")
    add("--how-many", type=int, default=3, metavar="N", help="lists to show (3)")
    add(
        "--seed",
        action="append",
        default=[],
        metavar="HALF",
        help="lot: the seed, or both its halves in order",
    )
    add(
        "--commitment",
        action="append",
        default=[],
        metavar="C",
        help="lot: what was promised about each half",
    )
    add("--tickets", type=int, default=1000, metavar="N", help="lot: numbered tickets (1000)")
    add("--on", type=date.fromisoformat, metavar="DAY", help="only the rules that hold on a day (2027-01-31)")
    add("--id-column", metavar="NAME", help="the column of the pool that names a person")
    add("--commit", metavar="HALF", help="print what to promise about a half of a seed, and stop")
    add(
        "--recheck",
        type=Path,
        metavar="PATH",
        help="check a certificate, or that in a folder, without a solver",
    )
    return parser


def _run(given: argparse.Namespace) -> Outcome:
    if given.seats < 1:
        raise Unfit("--seats: a list has one seat at least")
    if given.tickets < 1 or given.how_many < 1:
        raise Unfit("--tickets and --how-many are whole numbers from 1")
    pool = read_pool(given.pool, given.id_column)
    rules: list[Rule] = []
    if given.rules is not None:
        rules = in_force(read_rules(given.rules, pool, given.seats), given.on)
    elif given.method not in (*CHOICES, "lot"):
        raise Unfit(f"--method {given.method} also needs --rules")
    asked = Asked(
        pool,
        problem_of(pool, given.seats, rules),
        _people(given.list, pool),
        _people(given.gone, pool),
        _people(given.succession, pool),
        given.how_many,
        given.seed,
        given.commitment,
        given.tickets,
        _Progress(),
    )
    if len(asked.members) > given.seats:
        raise Unfit(f"--list names {len(asked.members)} people for {given.seats} seats")
    if given.method == "repair" and given.list is None:
        raise Unfit("--method repair also needs --list LIST.csv")
    if given.method not in CHOICES:
        return METHODS[given.method](asked)
    if given.endorsements is None:
        raise Unfit(f"--method {given.method} also needs --endorsements CSV")
    return chosen(asked, read_endorsements(given.endorsements, pool), given.method)


def _people(path: Path | None, pool: Pool) -> list[int]:
    if path is None:
        return []
    found: dict[int, int] = {}
    for line, row in rows_of(path):
        name = row.get("id")
        if name is None:
            raise Unreadable(f"{path}: no column “id”")
        if name not in pool.position:
            raise Unreadable(f"{path}, line {line}: {name or 'nobody'} does not stand in the pool")
        if pool.position[name] in found:
            raise Unreadable(
                f"{path}, line {line}: {name} stands already in line {found[pool.position[name]]}"
            )
        found[pool.position[name]] = line
    return list(found)


class _Progress:
    """One line on the terminal that tells the stage; silent when nobody looks."""

    def __init__(self) -> None:
        self.shown = ""

    def __call__(self, stage: str, done: float) -> None:
        text = f"{stage}: {done:4.0%}"
        if sys.stderr.isatty() and text != self.shown:
            print(f"\r{text:<40}", end="", file=sys.stderr, flush=True)
            self.shown = text


def _recheck(folder: Path) -> int:
    """Check what a certificate proves, in exact arithmetic: what it only claims is said."""
    try:
        file = folder if folder.is_file() else folder / "certificate.json"
        said = json.loads(file.read_text(encoding="utf-8"))
        kind = said["kind"]
        lines = RECHECKS[kind](said)
    except (OSError, ValueError, LookupError, TypeError) as error:
        print(f"hemicycle compose: {folder}: no certificate that can be checked: {error}", file=sys.stderr)
        return 2
    for line, holds in lines:
        told, *details = line.split("\n")
        print(f"{told}: {VERDICTS[holds]}", *(f"  {one}" for one in details), sep="\n")
    return 1 if any(holds is False for _, holds in lines) else 0
