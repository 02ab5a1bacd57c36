"""Declared interests and recusals, the contact register, the caller check.

Administers the articles on incompatibilities, interests, contacts and voice (chapter 3). Points to matters and
persons by reference, never by foreign key to a later room.
"""
