"""The host: sessions, part-sessions, bodies and who sits in them, delegations, groups; which charter is in
force.

Administers the articles on the Assembly and its bodies (chapter 1), the acting President (chapter 7), the end of the
reserve (chapter 4) and amendments of the charter (chapter 12).
"""
