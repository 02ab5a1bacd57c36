"""Screening of names against lists, across scripts and spellings, with every score explained.

Plain Python on numpy, rapidfuzz and anyascii. A hit is a question for a person to decide; the lack of one clears nobody.
Kinship, nationality, ethnicity and religion are no features; a patronymic only tells two people apart.
"""
