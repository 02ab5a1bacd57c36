"""The command `hemicycle`: Django's commands under the project's name.

Commands of the law and of the instruments (`charter check FILE`, `witness`, `compose`, `screen`, `screening preview`,
`resemble`, `links`, `opinions`, `check-text`, `unseal`) run before any setting is read: they need no database and no key of the
platform.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from . import env
from .env import SettingsError
from .rooms import ROOMS


def acts() -> frozenset[str]:
    """The keys of all acts, `candidacy.submit`, from the rooms' tables; they are data and need no settings."""
    tables = [
        table
        for room in ROOMS
        if find_spec(f"hemicycle.{room}.procedure")
        for table in import_module(f"hemicycle.{room}.procedure").TABLES
    ]
    return frozenset(table.article_key(step.act) for table in tables for step in table.steps)


def is_demonstration() -> bool:
    """Whether the data folder is a demonstration's, so that it can be checked without saying so."""
    return (Path(os.environ.get("HEMICYCLE_HOME") or "home") / "demonstration.key").exists()


def new_master_key(arguments: list[str]) -> int:
    """`hemicycle keys new FILE`: a master key, before there is anything that it opens."""
    if len(arguments) != 1:
        print("Usage: hemicycle keys new FILE", file=sys.stderr)  # noqa: T201
        return 2
    try:
        env.new_master_key(Path(arguments[0]))
    except OSError as error:
        print(f"hemicycle: {arguments[0]}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 1
    told = (
        f"A master key stands in {arguments[0]}. Keep a copy on paper, apart from every backup of the data."
    )
    print(told)  # noqa: T201
    return 0


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:2] == ["charter", "check"]:
        from hemicycle.rules.command import check

        return check(arguments[2:], acts())
    if arguments[:1] == ["witness"]:
        from hemicycle.instruments.ledger.command import witness

        return witness(arguments[1:])
    if arguments[:1] == ["compose"]:
        from hemicycle.instruments.selection.command import compose

        return compose(arguments[1:])
    if arguments[:1] == ["screen"]:
        from hemicycle.instruments.names.command import screen

        return screen(arguments[1:])
    if arguments[:2] == ["screening", "preview"]:
        from hemicycle.instruments.names.sources.command import preview_command

        return preview_command(arguments[2:])
    if arguments[:1] == ["resemble"]:
        from hemicycle.instruments.coordination.command import resemble

        return resemble(arguments[1:])
    if arguments[:1] == ["links"]:
        from hemicycle.instruments.links.command import links

        return links(arguments[1:])
    if arguments[:1] == ["opinions"]:
        # Read when numpy is loaded. Its matrices are small here: processes (--workers) help, threads only wait for one another.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from hemicycle.instruments.opinions.command import opinions

        return opinions(arguments[1:])
    if arguments[:1] == ["check-text"]:
        from hemicycle.instruments.passages.command import check_text

        return check_text(arguments[1:])
    if arguments[:1] == ["unseal"]:
        from hemicycle.people.unseal import unseal

        return unseal(arguments[1:])
    if arguments[:2] == ["keys", "new"]:
        return new_master_key(arguments[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if arguments[:1] in (["demo"], ["demo-reset"]) or (arguments[:1] == ["verify"] and is_demonstration()):
        os.environ["HEMICYCLE_DEMO"] = "1"
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["hemicycle", *(arguments or ["help"])])
    except SettingsError as error:
        print(f"hemicycle: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
