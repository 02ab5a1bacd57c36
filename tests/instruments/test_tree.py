"""The tree against an independent one (pymerkle), small trees whole, large ones by chance."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from hemicycle.instruments.ledger.tree import (
    EMPTY,
    SIZE,
    Tree,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

SMALL = 70
DATA = [f"leaf {i}".encode() for i in range(SMALL)]
HASHES = [leaf_hash(data) for data in DATA]


def grown(count: int) -> Tree:
    return Tree(HASHES[:count])


def oracle(leaves: list[bytes]) -> InmemoryTree:
    made = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        made.append_entry(leaf)
    return made


ORACLE = oracle(DATA)
ROOTS = [EMPTY, *(ORACLE.get_root(size) for size in range(1, SMALL + 1))]


def test_every_small_tree_has_the_root_that_another_library_gives() -> None:
    for size in range(SMALL + 1):
        assert grown(size).root() == root_of(HASHES[:size]) == ROOTS[size]


def test_a_grown_tree_still_knows_every_earlier_root() -> None:
    tree = grown(SMALL)
    assert [tree.root(size) for size in range(SMALL + 1)] == ROOTS


def test_every_inclusion_proof_of_every_small_tree_holds_and_is_the_other_librarys() -> None:
    tree = grown(SMALL)
    for size in range(1, SMALL + 1):
        for position in range(size):
            path = tree.inclusion(position, size)
            assert is_included(HASHES[position], position, size, path, ROOTS[size])
            theirs = ORACLE.prove_inclusion(position + 1, size)
            assert [HASHES[position], *path] == theirs.path
            verify_inclusion(HASHES[position], ROOTS[size], theirs)


def test_every_consistency_proof_of_every_small_tree_holds() -> None:
    tree = grown(SMALL)
    for size in range(1, SMALL + 1):
        for old in range(size + 1):
            assert is_consistent(old, size, tree.consistency(old, size), ROOTS[old], ROOTS[size])
        for old in range(1, size):
            verify_consistency(ROOTS[old], ROOTS[size], ORACLE.prove_consistency(old, size))


def test_no_inclusion_proof_serves_another_leaf_place_size_or_root() -> None:
    tree = grown(SMALL)
    for size in range(1, 34):
        for position in range(size):
            path = tree.inclusion(position, size)
            for other in range(size):
                if other != position:
                    assert not is_included(HASHES[other], position, size, path, ROOTS[size])
                    assert not is_included(HASHES[position], other, size, path, ROOTS[size])
            for other in range(34):
                if other != size:
                    assert not is_included(HASHES[position], position, size, path, ROOTS[other])


def test_no_consistency_proof_serves_another_pair_of_roots() -> None:
    tree = grown(SMALL)
    for size in range(2, 34):
        for old in range(1, size):
            path = tree.consistency(old, size)
            for other in range(34):
                if other != old:
                    assert not is_consistent(old, size, path, ROOTS[other], ROOTS[size])
                if other != size:
                    assert not is_consistent(old, size, path, ROOTS[old], ROOTS[other])


def test_a_proof_that_is_cut_lengthened_or_changed_fails() -> None:
    tree = grown(SMALL)
    for size in range(2, SMALL + 1):
        for position in range(0, size, 7):
            path = tree.inclusion(position, size)
            for wrong in spoiled(path):
                assert not is_included(HASHES[position], position, size, wrong, ROOTS[size])
        for old in range(1, size, 7):
            path = tree.consistency(old, size)
            for wrong in spoiled(path):
                assert not is_consistent(old, size, wrong, ROOTS[old], ROOTS[size])


def spoiled(path: list[bytes]) -> list[list[bytes]]:
    made = [path[:-1], path[1:], [*path, EMPTY], [EMPTY, *path]] if path else [[EMPTY]]
    for at, hashed in enumerate(path):
        made.append([*path[:at], bytes([hashed[0] ^ 1]) + hashed[1:], *path[at + 1 :]])
    made += [[*path[:at], b, a, *path[at + 2 :]] for at, (a, b) in enumerate(pairwise(path)) if a != b]
    return made


@settings(max_examples=40, deadline=None)
@given(st.integers(SMALL, 3000), st.integers(SMALL, 3000), st.randoms(use_true_random=False))
def test_large_trees_prove_what_they_hold(first: int, second: int, chance: random.Random) -> None:
    old, size = sorted((first, second))
    hashes = [leaf_hash(chance.randbytes(8) + i.to_bytes(4, "big")) for i in range(size)]
    tree = Tree(hashes)
    assert tree.root() == root_of(hashes) and tree.root(old) == root_of(hashes[:old])
    assert is_consistent(old, size, tree.consistency(old), tree.root(old), tree.root())
    position = chance.randrange(size)
    path = tree.inclusion(position)
    assert is_included(hashes[position], position, size, path, tree.root())
    assert not is_included(hashes[position], (position + 1) % size, size, path, tree.root())
    changed = [*hashes[:position], leaf_hash(b"another"), *hashes[position + 1 :]]
    assert not is_consistent(old, size, tree.consistency(old), tree.root(old), root_of(changed))


def test_a_leaf_can_not_stand_for_a_node() -> None:
    left, right = HASHES[0], HASHES[1]
    assert leaf_hash(left + right) != node_hash(left, right) and len(leaf_hash(b"")) == SIZE


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.inclusion(5),
        lambda tree: tree.inclusion(-1),
        lambda tree: tree.inclusion(0, 6),
        lambda tree: tree.consistency(4, 3),
        lambda tree: tree.consistency(0, 6),
        lambda tree: tree.root(6),
        lambda tree: tree.leaf(5),
        lambda tree: tree.leaf(-1),
    ],
)
def test_what_a_tree_does_not_hold_it_refuses_to_prove(ask) -> None:
    with pytest.raises(IndexError):
        ask(grown(5))


def test_impossible_sizes_are_no_proof() -> None:
    assert not is_included(HASHES[0], 0, 0, [], EMPTY)
    assert not is_included(HASHES[0], -1, 1, [], HASHES[0])
    assert not is_consistent(2, 1, [], ROOTS[2], ROOTS[1])
    assert not is_consistent(3, 5, [], ROOTS[3], ROOTS[5])
    assert not is_consistent(0, 0, [], HASHES[0], HASHES[0])
    assert not is_consistent(0, 3, [], HASHES[0], ROOTS[3])
    assert is_consistent(0, 3, [], EMPTY, ROOTS[3]) and is_consistent(0, 0, [], EMPTY, EMPTY)
