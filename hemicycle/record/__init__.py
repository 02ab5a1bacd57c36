"""The record: append-only entries, the one gate through which every change of state goes, the law in force.

Administers the articles on transparency and on amendments. Knows no person model: an actor is a reference and the
offices held. Later issues add proofs; an entry already holds only references, counts and salted commitments.
"""
