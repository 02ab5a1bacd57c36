"""Texts: translations beside their originals, the glossary, rules of speech; knows nothing of what is said.

Administers the articles on languages and on rules of speech. Other rooms ask it by the reference of a matter.
"""
