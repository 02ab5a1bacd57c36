"""`hemicycle verify`: compare every row of the record with its leaf, every leaf with the tree, and the tree with what the
log and its witnesses signed.

Faults have the classes of the one-file verifier: edited, deleted, inserted, reordered, truncated, rewritten (and signed
again), restored (an old copy put back).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hemicycle.instruments.ledger import leaves, notes, verify
from hemicycle.instruments.ledger.tree import Tree, leaf_hash, root_of
from hemicycle.instruments.ledger.verify import Fault

from ..models import Checkpoint, Entry, Leaf, Position
from . import keys, statements, witnesses

CHUNK = 1000


@dataclass(frozen=True)
class Report:
    """What was checked and found in order."""

    entries: int
    leaves: int
    waiting: int
    checkpoints: int
    cosigned: int  # leaves under the latest checkpoint that enough witnesses have cosigned
    tree: int


def check(policy: verify.Policy | None = None, say: Callable[[str], object] = print) -> Report:
    """Check the whole record of this data folder. Raises `Fault` for the first thing that is wrong.

    `policy`: the keys to trust, where they were kept elsewhere. Else those of the settings; in a copy without the log's
    key those that lie beside the log, which shows only that the copy agrees with itself.
    """
    folder = Path(settings.LOG_FOLDER)
    if policy is None:
        policy = _own_policy(folder, say)
    tree = _tree(folder, policy)
    say(f"tree         {len(tree)} leaves lead to the signed root")
    checkpoints, cosigned = _checkpoints(tree, policy)
    remembered = _memories(tree)
    say(f"checkpoints  {checkpoints}, all beginnings of this tree")
    say(f"memories     {', '.join(remembered) or 'none in this folder: not compared'}")
    placed = _positions(tree)
    entries, waiting = _leaves()
    say(f"entries      {entries} are what their leaves committed to")
    _pending(placed)
    shown = statements.opened(Entry.objects.filter(publicity__in=statements.PROMPT), len(tree))
    votes, lists = verify.check_outcomes([(row["position"], row["statement"]) for row in shown])
    say(f"counted      {votes} outcome(s) of votes and the reserve of {lists} list(s), again")
    say(f"waiting      {waiting} leaves wait for their place; none that was committed to is missing")
    return Report(entries, len(placed), waiting, checkpoints, cosigned, len(tree))


def _own_policy(folder: Path, say: Callable[[str], object]) -> verify.Policy:
    try:
        return verify.read_policy(witnesses.policy_text())
    except keys.NoKey:
        say("policy       the log's key is not here: checked against the file beside the log")
    try:
        return verify.read_policy((folder / "policy").read_text())
    except FileNotFoundError:
        raise Fault("deleted", "no file policy") from None


def _tree(folder: Path, trusted: verify.Policy) -> Tree:
    """The tree of the files, which must be the one that the latest checkpoint in the database signed."""
    record = verify.Record(str(folder))
    latest = Checkpoint.objects.order_by("size").last()
    if latest is None:
        if (folder / "checkpoint").exists() or keys.last_signed() is not None:
            raise Fault("truncated", "the database holds no checkpoint, and one was signed")
        return Tree()
    published = folder / "checkpoint"
    if published.exists():
        _, size, _, _ = verify.check_note(published.read_text(), trusted, "checkpoint")
        if size > latest.size:
            raise Fault("restored", f"{size} leaves were published, the database knows {latest.size}")
    _, size, root, _ = verify.check_note(
        latest.note, (trusted[0], trusted[1], 0), f"checkpoint {latest.size}"
    )
    if (size, root) != (latest.size, bytes(latest.root)):
        raise Fault("edited", f"checkpoint {latest.size}: its note speaks of another tree")
    data, hashes = verify.check_tree(record, latest.size, root)
    for number, each in enumerate(data):
        if not leaves.is_leaf(each):
            raise Fault("inserted", f"leaf {number} has not the form of a leaf")
    return Tree(hashes)


def _checkpoints(tree: Tree, trusted: verify.Policy) -> tuple[int, int]:
    """Every checkpoint that was ever signed must be a beginning of the tree, and the published one the latest that
    enough witnesses cosigned: how many there are, and the size of that one."""
    names = {name for name, *_ in trusted[1]}
    count = cosigned = 0
    for row in Checkpoint.objects.order_by("size").prefetch_related("cosignatures"):
        place = f"checkpoint {row.size}"
        note = notes.join(row.note, [line.line for line in row.cosignatures.order_by("witness")])
        _, size, root, seen = verify.check_note(note, (trusted[0], trusted[1], 0), place)
        if size != row.size or root != bytes(row.root):
            raise Fault("edited", f"{place}: its note speaks of another tree")
        if tree.root(size) != root:
            raise Fault("rewritten", f"{place}: the tree does not begin with what was signed")
        count += 1
        if len(names & set(seen)) >= trusted[2]:
            cosigned = size
    published = Path(settings.LOG_FOLDER) / "checkpoint"
    if published.exists():
        _, size, root, _ = verify.check_note(published.read_text(), trusted, "checkpoint")
        if tree.root(size) != root:
            raise Fault("rewritten", "checkpoint: the tree does not begin with what was published")
        if size < cosigned:
            raise Fault("restored", f"checkpoint: {size} leaves are published, {cosigned} were cosigned")
        if size > cosigned:
            raise Fault("rewritten", f"checkpoint: {size} leaves are published, {cosigned} were cosigned")
    elif cosigned:
        raise Fault("deleted", "no file checkpoint")
    return count, cosigned


def _memories(tree: Tree) -> list[str]:
    """What the signer and the demonstration's witness remember must lie in the tree. Returns who remembers."""
    found = [("signer", keys.last_signed()), ("witness", witnesses.own_memory())]
    for who, seen in found:
        if seen is None:
            continue
        if seen.size > len(tree):
            raise Fault("restored", f"the {who} has seen {seen.size} leaves, the record has {len(tree)}")
        if tree.root(seen.size) != seen.root:
            raise Fault("rewritten", f"the {who} has seen {seen.size} other leaves")
    return [who for who, seen in found if seen is not None]


def _positions(tree: Tree) -> dict[int, int]:
    """Every place of the tree has its leaf in the database, and the reverse: place by id of the leaf."""
    wanted = {tree.leaf(number): number for number in range(len(tree))}
    placed: dict[int, int] = {}
    expected = 0
    rows = Position.objects.order_by("number").values_list("number", "leaf_id", "leaf__data")
    for number, leaf, data in rows.iterator(CHUNK):
        if number > expected and number < len(tree):
            raise Fault("deleted", f"leaf {expected} has no row")
        if number >= len(tree) or number < expected:
            raise Fault("inserted", f"position {number} is not in the tree")
        if data is None:
            raise Fault("deleted", f"leaf {number} has no row")
        hashed = leaf_hash(bytes(data))
        if hashed != tree.leaf(number):
            kind = "reordered" if hashed in wanted else "edited"
            raise Fault(kind, f"leaf {number}")
        placed[leaf] = number
        expected = number + 1
    if expected < len(tree):
        raise Fault("truncated", f"leaf {expected} and after: no rows")
    return placed


def _leaves() -> tuple[int, int]:
    """Every leaf opens to its entry, and every entry has a leaf: how many entries, and how many leaves wait."""
    waiting = count = 0
    for leaf in _rows():
        where = f"leaf row {leaf.pk}" if leaf.entry_id is None else f"entry {leaf.entry_id}"
        if leaf.entry_id is not None and leaf.entry is None:
            raise Fault("deleted", where)
        made = statements.commitment(leaf).leaf
        if made != bytes(leaf.data):
            raise Fault("edited", where)
        count += leaf.entry_id is not None
        waiting += not hasattr(leaf, "position")
    orphans = Entry.objects.filter(leaf__isnull=True).order_by("number")
    first = orphans.first()
    if first is not None:
        raise Fault("inserted", f"entry {first.number} has no leaf")
    return count, waiting


def _rows() -> Iterator[Leaf]:
    """Leaves with their entries; an entry that is gone stands as None."""
    last = 0
    while True:
        rows = list(Leaf.objects.filter(pk__gt=last).select_related("position").order_by("pk")[:CHUNK])
        if not rows:
            return
        entries = Entry.objects.in_bulk([row.entry_id for row in rows if row.entry_id is not None])
        for row in rows:
            if row.entry_id is not None:
                Leaf.entry.field.set_cached_value(row, entries.get(row.entry_id))
            yield row
        last = rows[-1].pk


def _pending(placed: dict[int, int]) -> None:
    """What once waited for its place is still there, and is what was committed to then."""
    rows = Leaf.objects.filter(entry=None, open_part__kind="pending").order_by("pk")
    for row in rows.iterator(CHUNK):
        ids = row.sealed_part["leaves"]
        data = [bytes(each) for each in Leaf.objects.filter(pk__in=ids).values_list("data", flat=True)]
        if len(data) != len(ids):
            raise Fault("deleted", f"a leaf that waited when leaf row {row.pk} was written")
        if root_of(sorted(map(leaf_hash, data))).hex() != row.open_part["root"]:
            raise Fault("edited", f"a leaf that waited when leaf row {row.pk} was written")
        if row.pk not in placed:
            raise Fault("deleted", f"leaf row {row.pk} has no place")
