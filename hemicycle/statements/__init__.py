"""Statements: versions, amendments, consents over the digest of a final text, dissents; groups and joint initiatives.

Administers the articles on statements (E7). What is published can be checked by anybody.
"""
