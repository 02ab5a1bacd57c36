"""The record as a transparency log: what the insider who holds the server and its keys can still not do unseen.

The transaction of an act writes its leaf (`write`). The sequencer gives positions, one round after another, and signs
a checkpoint. Witnesses of other organisations cosign it. Whoever kept an old checkpoint sees whether the log grew from
it. `docs/record.md` says all of it for an outsider.
"""

from .statements import write

__all__ = ["write"]
