"""Follow-up: what became of a proposal, from a committee to the answer of a state; and contacts before the platform (R18)."""
