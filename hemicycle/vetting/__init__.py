"""Vetting: two blind readings of each admissible file, the right of reply, an opinion that is advice, letters.

Administers chapter 6 of the charter (procedure 3), and the recusals of 3.5 where they concern assessors. The
room records judgements and makes none: no score is computed (R3), and readings are not counted.
"""
