"""Consultations: short propositions answered agree, disagree or pass; where fragmented groups agree (R16).

Administers the article on consultations. Nobody's position is shown to anybody else; answers are no entries of the record
(docs/consultations.md says why, and what an operator could still learn).
"""
