"""The plan of the house, held against its code."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from config.rooms import ROOMS

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for p in (ROOT / "hemicycle").rglob("*.py") if "migrations" not in p.parts)
VERIFIER = ROOT / "hemicycle/instruments/ledger/verify.py"  # one file for outsiders, by itself


def test_the_list_of_rooms_is_the_import_contract_and_the_installed_apps() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["id"] == "order")["layers"]
    assert tuple(reversed(layers)) == ("rules", "instruments", *ROOMS)
    assert [app for app in settings.INSTALLED_APPS if app.startswith("hemicycle.")] == [
        f"hemicycle.{r}" for r in ROOMS
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_but_the_gate_sets_a_state(path: Path) -> None:
    if path.name == "acts.py" and path.parent.name == "record":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            assert not (isinstance(target, ast.Attribute) and target.attr == "state"), f"{path}:{node.lineno}"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("update", "create")
        ):
            names = {keyword.arg for keyword in node.keywords}
            assert "state" not in names, f"{path}:{node.lineno} sets a state past the gate"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_time_is_asked_of_one_function(path: Path) -> None:
    if path == VERIFIER or (path.parent.name == "record" and path.name == "clock.py"):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow"):
            owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            assert owner not in ("datetime", "date", "timezone", "dt"), (
                f"{path}:{node.lineno} asks {owner}.{node.attr} past record.clock"
            )


@pytest.mark.django_db
def test_every_foreign_key_points_left() -> None:
    order = {f"hemicycle.{room}": i for i, room in enumerate(ROOMS)}
    for model in apps.get_models():
        here = order.get(model._meta.app_config.name)
        for field in model._meta.get_fields() if here is not None else ():
            target = getattr(field, "related_model", None)
            if field.concrete and field.is_relation and target is not None:
                there = order.get(target._meta.app_config.name, -1)
                assert there <= here, f"{model.__name__}.{field.name} points right"


def test_no_file_outgrows_its_reader() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in SOURCES if p != VERIFIER}
    long = {name: length for name, length in lengths.items() if length > 320}
    assert not long
