"""The instrument of a record that outsiders can check: a Merkle tree that only grows, and the texts that speak of it.

`tree`: hashing and proofs (RFC 6962). `notes`: signed notes, checkpoints, cosignatures and proofs as text (C2SP).
`tiles`: the tree as files that any web server can serve (C2SP tlog-tiles).
"""
