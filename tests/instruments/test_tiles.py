"""The tree as files: the same root at every size, however the leaves came, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.instruments.ledger.tiles import WIDTH, bundle, extend, root, tile_path, unbundle
from hemicycle.instruments.ledger.tree import EMPTY, Tree, leaf_hash


def leaves(first: int, count: int) -> list[bytes]:
    return [f"leaf {i}".encode() for i in range(first, first + count)]


def test_the_names_of_tiles_are_those_of_the_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 0, 112) == "tile/entries/000.p/112"
    assert tile_path(2, 273) == "tile/2/273"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 700), min_size=1, max_size=5))
def test_the_root_is_the_trees_however_the_leaves_came(tmp_path_factory, counts: list[int]) -> None:
    folder, tree, size = tmp_path_factory.mktemp("log"), Tree(), 0
    for count in counts:
        new = leaves(size, count)
        tree.extend(map(leaf_hash, new))
        size, made = extend(folder, new, size)
        assert size == len(tree) and made == tree.root() == root(folder, size)


def test_a_tree_of_seventy_thousand_has_the_tiles_that_the_specification_names(tmp_path: Path) -> None:
    extend(tmp_path, leaves(0, 70_000), 0)
    level_0 = [path for path in (tmp_path / "tile/0").rglob("*") if path.is_file()]
    assert len(level_0) == 274 and (tmp_path / tile_path(0, 273, 112)).stat().st_size == 112 * 32
    assert (tmp_path / tile_path(1, 0)).stat().st_size == WIDTH * 32
    assert (tmp_path / tile_path(1, 1, 17)).is_file() and (tmp_path / tile_path(2, 0, 1)).is_file()
    assert not (tmp_path / "tile/3").exists()


def test_old_roots_stay_readable_after_the_log_has_grown(tmp_path: Path) -> None:
    tree, size, seen = Tree(), 0, []
    for count in (3, 250, 4, 600, 256):
        new = leaves(size, count)
        tree.extend(map(leaf_hash, new))
        size, made = extend(tmp_path, new, size)
        seen.append((size, made))
    assert [root(tmp_path, size) for size, _ in seen] == [made for _, made in seen]
    assert root(tmp_path, 0) == EMPTY


def test_writing_the_same_leaves_again_changes_no_byte(tmp_path: Path) -> None:
    extend(tmp_path, leaves(0, 300), 0)
    extend(tmp_path, leaves(300, 10), 300)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    extend(tmp_path, leaves(300, 10), 300)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_missing_tile_is_an_error_and_not_a_root(tmp_path: Path) -> None:
    extend(tmp_path, leaves(0, 300), 0)
    (tmp_path / tile_path(0, 1, 44)).unlink()
    with pytest.raises(FileNotFoundError):
        root(tmp_path, 300)


@given(st.lists(st.binary(max_size=80)))
def test_a_bundle_gives_back_its_leaves(parts: list[bytes]) -> None:
    assert unbundle(bundle(parts)) == parts


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x05abc", b"\x00\x01a\x00"])
def test_a_bundle_that_breaks_off_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="breaks off"):
        unbundle(data)
