"""Composing a list that anyone can check: rules, conflicts, repairs, alternatives, proportional choice and fair lots.

Plain Python on numpy and one solver (HiGHS). The solver finds; exact arithmetic without it checks (`checker.py`).
"""
