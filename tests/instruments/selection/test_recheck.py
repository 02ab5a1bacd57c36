"""What a recheck of a conflict says of certificates that were tampered with."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hemicycle.instruments.selection import checker
from hemicycle.instruments.selection.claims import system
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import problem_of
from hemicycle.instruments.selection.recheck import RECHECKS
from hemicycle.instruments.selection.relaxation import relaxations
from hemicycle.instruments.selection.rule import Rule

LINE = "No other change is as cheap"


def certificate() -> dict[str, Any]:
    pool = Pool(tuple("abcd"), tuple({"g": name} for name in "abcd"))
    found = relaxations(problem_of(pool, 2, [Rule(name, (("g", name),), most=0) for name in "abcd"]))
    assert found.proof is not None and found.completeness is not None
    return {
        "is_possible": False, "conflict": None, "cheapest": found.proof.as_json(), "complete": found.completeness.as_json(),
    }  # fmt: skip


def verdict(said: dict[str, Any]) -> bool | None:
    return dict(RECHECKS["conflict"](said))[LINE]


def test_a_true_certificate_holds_and_one_without_proof_is_claimed() -> None:
    said = certificate()
    assert verdict(said) is True
    assert verdict({**said, "complete": None}) is None
    assert verdict({**said, "cheapest": None}) is False


def test_what_is_known_must_cost_the_price_and_lack_nothing() -> None:
    for change in ("fewer", "dearer", "cheaper_bound"):
        said = copy.deepcopy(certificate())
        claim = said["complete"]["claim"]
        if change == "fewer":
            claim["known"] = claim["known"][1:]
        elif change == "dearer":
            claim["known"][0][0][2] += 1
        else:
            claim["below"] = said["cheapest"]["claim"]["below"]
        assert verdict(said) is False, change


@pytest.mark.parametrize("known", [[[]], [[[0, -1, 0]]], [[[0, 0, 0]]]])
def test_what_goes_nowhere_or_back_is_no_known_way(known: Any) -> None:
    claim = {**certificate()["complete"]["claim"], "known": known}
    with pytest.raises(ValueError, match="nowhere"):
        system(claim)
    assert checker.refuted(system({**claim, "known": []}), {"known": 0}) is False
