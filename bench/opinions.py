"""Opinion maps: exactness against red-dwarf's references, speed and memory beside red-dwarf and Community Notes in one run.

    HEMICYCLE_BENCH_DATA=… .venv/bin/python bench/opinions.py exact | peer PYTHON | large | streamed | live | bridging PYTHON SOURCES

`peer`: PYTHON of an environment with red-dwarf. `bridging`: PYTHON of one with torch and pandas, SOURCES the folder `scoring/src`
of twitter/communitynotes. Each map is made in a process of its own, on one thread; its time does not count what imports take,
on either side, and its memory does. Nothing but figures is printed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from given import data

from hemicycle.instruments.opinions.axes import axes_of
from hemicycle.instruments.opinions.bridging import VOTES, bridging
from hemicycle.instruments.opinions.live import Live
from hemicycle.instruments.opinions.opinion_map import opinion_map
from hemicycle.instruments.opinions.outcome import Found, map_json
from hemicycle.instruments.opinions.passes import drawn
from hemicycle.instruments.opinions.readers import read_statements, read_votes
from hemicycle.instruments.opinions.sums import sums_of
from hemicycle.instruments.opinions.tallies import tallied, typical
from hemicycle.instruments.opinions.votes import Rows, Votes, gathered

HERE = Path(__file__).parent
# Asked: so many times faster than red-dwarf, and at most such a part of its memory.
ASKED = {
    "vtaiwan.uberx": (5, None),
    "american-assembly.bowling-green": (5, None),
    "1e6 synthetic": (25, 0.25),
}


def conversations() -> Iterator[tuple[str, Votes]]:
    for folder in sorted(data("opinions").glob("*/")):
        out = read_statements(folder / "comments.csv").out
        yield folder.name, read_votes(next(folder.glob("participants-votes.csv*")), out)


def exact() -> None:
    """Every real conversation against its reference."""
    for name, votes in conversations():
        with gzip.open(data("opinions") / name / "reference_reddwarf.json.gz", "rt") as file:
            known = json.load(file)
        found = opinion_map(votes)
        assert found is not None
        got = json.loads(map_json(votes, Found(found, found.stability(1), found.bridging())))
        assert got["statement_ids"] == known["statement_ids"]
        assert got["participant_ids"] == known["participant_ids"]
        off = {"mean": np.abs(np.subtract(got["mean"], known["mean"])).max()}
        for axis, side in (("pc1", "x"), ("pc2", "y")):
            sign = np.sign(np.dot(got[axis], known[axis]))
            off[axis] = np.abs(np.subtract(np.multiply(sign, got[axis]), known[axis])).max()
            off[side] = np.abs(np.subtract(np.multiply(sign, got[side]), known[side])).max()
        label = np.array([-1 if one is None else one for one in known["group"]])
        places = np.column_stack((known["x"], known["y"]))
        theirs = sum(
            ((places[label == one] - places[label == one].mean(0)) ** 2).sum() for one in range(known["k"])
        )
        # Consensus depends on the groups, which are a local optimum: compared on the reference's own groups.
        tallies = tallied(votes.rows, label, known["k"]).groups()
        off["gac"] = max(
            np.abs(side.consensus() - list(known[key].values())).max()
            for key, side in (("gac_agree", tallies), ("gac_disagree", tallies.turned()))
        )
        is_in = ~votes.is_out
        lists = {
            group: [votes.statements[one] for one, _ in told]
            for group, told in enumerate(typical(tallies, is_in))
        }
        same = got["consensus"] == known["consensus"] and list(lists.values()) == list(
            known["representative"].values()
        )
        print(
            f"{name[:34]:34} groups {got['k']} / {known['k']}, within {got['within'] / theirs - 1:+.0e}, off by "
            + ", ".join(f"{key} {value:.0e}" for key, value in off.items())
            + f"; the same statements named: {'yes' if same else 'NO'}",
            flush=True,
        )


# --- beside red-dwarf ------------------------------------------------------------------------------------------------


def peer(python: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, columns in _peer_cases():
            file = Path(folder) / "votes.npz"
            np.savez(file, **columns)
            ours, theirs = (
                _asked([command, str(script), *more, str(file)])
                for command, script, more in (
                    (sys.executable, __file__, ["alone"]),
                    (python, HERE / "peer_opinions.py", []),
                )
            )
            faster, part = ASKED[name]
            share = ours["memory"] / theirs["memory"]
            print(
                f"{name:32} {ours['cpu']:.3f} s, {ours['memory']:.0f} MB; red-dwarf {theirs['version']} {theirs['cpu']:.3f} s, "
                f"{theirs['memory']:.0f} MB; ratio {theirs['cpu'] / ours['cpu']:.1f} (asked {faster}), memory {share:.2f}"
                f"{f' (asked {part})' if part else ''}; groups {ours['k']} / {theirs['k']}, "
                f"within {ours['within'] / theirs['within'] - 1:+.0e}; with stability and bridging {ours['all']:.2f} s",
                flush=True,
            )


def _peer_cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, votes in conversations():
        if name in ASKED:
            yield name, _columns(votes)
    who, what, vote, *_ = _synthetic()(10**6)
    yield (
        "1e6 synthetic",
        {"participant": who, "statement": what, "vote": vote, "moderated": np.zeros(0, np.int64)},
    )


def _columns(votes: Votes) -> dict[str, Any]:
    return {
        "participant": np.repeat(votes.participants, votes.rows.counts()),
        "statement": votes.statements[votes.rows.columns],
        "vote": votes.rows.values.astype(np.int64),
        "moderated": votes.statements[votes.is_out],
    }


def alone(path: str) -> None:
    """The map of one file, for `peer`: the least of three runs, from columns to group-aware consensus."""
    with np.load(path) as file:
        who, what, vote, out = (file[name] for name in ("participant", "statement", "vote", "moderated"))
    took = []
    for _ in range(3):
        began = time.process_time()
        found = opinion_map(gathered(who, what, vote, out.tolist()))
        assert found is not None
        found.drawn.tallies.consensus()
        took.append(time.process_time() - began)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found.stability()
    found.bridging()
    told = {
        "cpu": min(took),
        "memory": memory,
        "k": len(found.drawn.groups),
        "within": found.drawn.groups.within,
        "all": time.process_time() - began,
    }
    print(json.dumps(told))


def _asked(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _synthetic() -> Any:
    spec = spec_from_file_location("synthetic_votes", data("opinions") / "synthetic_votes.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.synth


# --- large -----------------------------------------------------------------------------------------------------------


def large() -> None:
    """Ten million votes from columns in memory."""
    who, what, vote, people, statements, _ = _synthetic()(10**7)
    began, wall = time.process_time(), time.perf_counter()
    votes = gathered(who, what, vote)
    read = time.perf_counter() - wall
    found = opinion_map(votes)
    assert found is not None
    print(
        f"{len(vote)} votes, {people} x {statements}: {time.perf_counter() - wall:.2f} s ({read:.2f} s of it putting votes into "
        f"rows), {time.process_time() - began:.2f} s of processor; asked 5 s"
    )


def streamed() -> None:
    """A hundred million votes in shards on disk, never all in memory; the figures are of a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for shard in range(16):
            rows = invented(shard, 125_000, 2000)
            np.savez(
                Path(folder) / f"{shard:02}.npz", begins=rows.begins, columns=rows.columns, values=rows.values
            )
        print(_asked([sys.executable, __file__, "shards", folder]))


def shards(folder: str) -> None:
    began, wall = time.process_time(), time.perf_counter()
    found = drawn([partial(load, path) for path in sorted(Path(folder).glob("*.npz"))], np.zeros(2000, bool))
    assert found is not None
    told = {
        "votes": int(found.overall.voted.sum()),
        "participants": len(found.places),
        "k": len(found.groups),
        "seconds": round(time.perf_counter() - wall, 1),
        "cpu": round(time.process_time() - began, 1),
        "MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "asked": "60 s, 1024 MB",
    }
    print(json.dumps(told))


def load(path: Path) -> Rows:
    with np.load(path) as file:
        return Rows(file["begins"], file["columns"], file["values"], 2000)


def invented(seed: int, people: int, statements: int, each: int = 50) -> Rows:
    """Invented participants of three leanings, about `each` votes a head."""
    same, draw = np.random.default_rng(99), np.random.default_rng(seed)
    loading, taste = same.standard_normal((statements, 2)) * 0.9, same.standard_normal(statements) * 0.7
    middle = np.array([[1.2, 0.3], [-1.0, 0.8], [-0.2, -1.3]])
    place = middle[draw.choice(3, people, p=[0.5, 0.3, 0.2])] + 0.45 * draw.standard_normal((people, 2))
    cell = np.unique(
        np.repeat(np.arange(people), each) * statements + draw.integers(0, statements, people * each)
    )
    who, what = np.divmod(cell, statements)
    liked = (place[who] * loading[what]).sum(1) + taste[what] + 0.7 * draw.standard_normal(len(cell))
    vote = np.where(liked > 0.25, 1, np.where(liked < -0.25, -1, 0)).astype(np.int8)
    return Rows(np.searchsorted(who, np.arange(people + 1)), what.astype(np.int32), vote, statements)


def live() -> None:
    """One new vote on 2000 participants x 1000 statements, then the whole map, beside a rebuild."""
    for each in (50, 300):
        rows = invented(1, 2000, 1000, each)
        kept = Live(Votes(np.arange(2000), np.arange(1000), rows, np.zeros(1000, bool)))
        kept.map()
        draw = np.random.default_rng(1)
        took = []
        for _ in range(20):
            vote = int(draw.integers(2000)), int(draw.integers(1000)), int(draw.integers(-1, 2))
            began, wall = time.process_time(), time.perf_counter()
            kept.vote(*vote)
            now = kept.map()
            took.append((time.perf_counter() - wall, time.process_time() - began))
        rebuilt = opinion_map(gathered(*list(_columns(kept.votes).values())[:3]))
        assert now is not None and rebuilt is not None
        sign = np.sign((now.drawn.axes.both() * rebuilt.drawn.axes.both()).sum(0))
        off = np.abs(now.drawn.places - rebuilt.drawn.places * sign).max()
        wall, cpu = np.median(took, axis=0) * 1000
        print(
            f"{each} votes a head: {wall:.0f} ms, {cpu:.0f} ms of processor (asked 50); off a rebuild by {off:.0e}"
        )


# --- beside Community Notes ------------------------------------------------------------------------------------------


def notes(python: str, sources: str) -> None:
    for name, votes in conversations():
        if name != "vtaiwan.uberx":
            continue
        # Statements that fewer than five voted on are left out on both sides, as both would do.
        columns = _columns(votes)
        is_kept = np.bincount(columns["statement"])[columns["statement"]] >= VOTES
        votes = gathered(*(columns[name][is_kept] for name in ("participant", "statement", "vote")))
        start = axes_of(sums_of(votes.rows), votes.is_out).first
        took = []
        for _ in range(3):
            began = time.process_time()
            found = bridging(votes.rows, start)
            took.append(time.process_time() - began)
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
            writer = csv.writer(file)
            columns = _columns(votes)
            writer.writerow(("participant", "statement", "rating"))
            writer.writerows(
                zip(columns["participant"], columns["statement"], columns["vote"] / 2 + 0.5, strict=True)
            )
            file.flush()
            told = _asked([python, str(HERE / "peer_bridging.py"), sources, file.name])
        score = dict(zip(map(str, votes.statements.tolist()), found.score.tolist(), strict=True))
        pairs = np.array([(score[one], value) for one, value in told["score"].items()])
        ranks = pairs.argsort(axis=0).argsort(axis=0)
        print(
            f"{name}, {len(votes.rows.values)} votes: {min(took):.3f} s, loss {found.loss:.6f}; Community Notes {told['cpu']:.2f} s, "
            f"loss {told['loss']:.6f}; ratio {told['cpu'] / min(took):.0f} (asked 20), loss {found.loss - told['loss']:+.1e} (asked at "
            f"most +1e-5), Spearman {np.corrcoef(ranks.T)[0, 1]:.5f} (asked 0.999), largest difference {np.abs(pairs[:, 0] - pairs[:, 1]).max():.4f}"
        )


RUNS = {
    "exact": exact,
    "peer": peer,
    "alone": alone,
    "large": large,
    "streamed": streamed,
    "shards": shards,
    "live": live,
    "bridging": notes,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", choices=RUNS)
    parser.add_argument("more", nargs="*")
    given = parser.parse_args()
    RUNS[given.run](*given.more)


if __name__ == "__main__":
    main()
