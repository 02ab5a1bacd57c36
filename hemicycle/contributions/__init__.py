"""Voluntary contributions: pledges, receipts, earmarks, spending by two people, in a ledger of double entry (R14).

Administers the chapter on contributions of the charter. Who handles contributions may not assess (procedure 4.3): the
offices are incompatible in the charter, and the people's room refuses the second one.
"""
