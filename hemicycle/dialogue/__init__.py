"""Dialogue: topics, questions and answers under one clock in both directions, and private exchange.

Administers the chapter on the dialogue (R11, R16).
"""
