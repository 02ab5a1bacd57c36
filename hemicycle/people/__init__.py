"""Persons, accounts, passkeys, languages, and the offices they hold and since when.

Administers the articles on offices: granted by two, held for a time, incompatible with one another, resting
after a recovery until granted again; and on getting in: passkeys, phrases, codes, locks, recovery.
"""
