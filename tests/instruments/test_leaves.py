"""A leaf tells nothing without its salt, and one statement only with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.ledger import leaves

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
statements = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda key: key != "sealed"), values, max_size=6
)


@given(statements)
def test_every_leaf_has_one_length_and_one_form(statement: dict[str, Any]) -> None:
    made = leaves.make(statement)
    assert leaves.is_leaf(made.leaf) and len(made.leaf) == 64
    assert leaves.make(statement).leaf != made.leaf, "the same statement looks different each time"


@given(statements, statements, statements)
def test_a_commitment_holds_for_its_own_parts_only(
    open_part: dict[str, Any], sealed: dict[str, Any], other: dict[str, Any]
) -> None:
    made = leaves.make(open_part, sealed)
    assert made.holds()
    swapped = leaves.Commitment(made.open_part, made.salt, other, made.sealed_salt)
    assert swapped.holds() == (leaves.canonical(other) == leaves.canonical(sealed))
    assert swapped.leaf == made.leaf, "the sealed part is covered by the open one"


@given(statements, statements)
def test_another_statement_or_salt_makes_another_leaf(one: dict[str, Any], two: dict[str, Any]) -> None:
    salt = b"s" * 32
    same = leaves.canonical(one) == leaves.canonical(two)
    assert (leaves.commit(salt, one) == leaves.commit(salt, two)) == same
    assert leaves.commit(salt, one) != leaves.commit(b"t" * 32, one)


def test_the_spelling_does_not_depend_on_the_order_of_keys_or_on_script() -> None:
    assert (
        leaves.canonical({"b": 1, "a": "Ө"})
        == leaves.canonical({"a": "Ө", "b": 1})
        == b'{"a":"\\u04e8","b":1}'
    )


@pytest.mark.parametrize("statement", [{"a": 0.5}, {"a": [{"b": 1.0}]}, {1: "a"}])
def test_what_has_many_spellings_is_refused(statement: dict[Any, Any]) -> None:
    with pytest.raises(TypeError):
        leaves.make(statement)


def test_a_statement_can_not_name_its_own_seal() -> None:
    with pytest.raises(ValueError, match="sealed"):
        leaves.make({"sealed": "00"})
    with pytest.raises(ValueError, match="32"):
        leaves.commit(b"short", {})


@pytest.mark.parametrize(
    "data", [b"", b"\x01" * 64, b"\x02" + bytes(63), bytes(64)[:63], b"\x01" + bytes(31) + b"\x01" * 32]
)
def test_other_bytes_are_no_leaf(data: bytes) -> None:
    assert not leaves.is_leaf(data)
