"""The weights of the features and the threshold, fitted by `bench/fit_names.py` on the open half of the benchmark.

They are log-odds in the order of `FEATURES` of persons.py, organisations.py and dates.py. The base is set so that the
threshold is a score of one half: fewer than 1 in 100 random names and 5 in 100 relatives and namesakes raise a hit.
"""

from __future__ import annotations

THRESHOLD = 0.5
PERSON = (
    -7.32,  # base
    -1.58,  # unlike
    -1.97,  # worst part
    -0.04,  # second-worst part
    -3.95,  # parts that contradict
    -7.48,  # patronymic contradicts
    0.15,  # patronymic agrees
    -0.49,  # patronymic on one side only
    -0.62,  # left over in the query
    -0.61,  # left over in the list
    1.51,  # initials that agree
    -1.83,  # initials that contradict
    2.22,  # two parts agree, the patronymic apart
    0.67,  # three parts agree, the patronymic apart
    3.54,  # rarity of what agrees
    1.94,  # rarest part that agrees
    2.64,  # all parts sound alike
    -0.83,  # parts that begin otherwise
    0.79,  # letters that agree
    -2.46,  # worst part hardly alike
    -2.46,  # parts with other consonants
)
ORGANISATION = (
    1.11,  # base
    -0.21,  # unlike
    -0.27,  # worst part
    -1.29,  # parts that contradict
    -6.00,  # numbers that differ
    -0.82,  # share left over in the query
    -0.42,  # share left over in the list
    -1.82,  # left over in the query
    -0.59,  # left over in the list
    1.98,  # rarity of what agrees
    0.93,  # rarest part that agrees
    0.51,  # all parts sound alike
)
BIRTH = (
    7.00,  # birth date is the same
    3.50,  # birth year is the same
    1.50,  # birth day and month are swapped
    -0.50,  # birth years are one apart
    -2.92,  # birth dates differ
)
