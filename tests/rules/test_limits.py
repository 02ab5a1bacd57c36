"""[[list.rules]] of a charter: what it may say, and every way in which it cannot be carried out, by line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from hemicycle.rules.charter import ListRule, load, parse

from .test_charter import FORUM, PACE, changed, problems_of

HERE = 'code = "one_organisation"\nfeature = "organisation"\nvalue = "each"\nmost = "1/5"\nrounding = "up"\n'
NAME = 'name.en = "From one organisation"'


def test_the_first_charter_has_one_limit_and_the_forum_none() -> None:
    rules = load(PACE).list.rules
    assert rules is not None
    (rule,) = rules
    assert isinstance(rule, ListRule)
    assert (rule.feature, rule.value, rule.least, rule.most) == ("organisation", "each", None, Fraction(1, 5))
    assert (rule.rounding, rule.article, rule.status) == ("up", "4.6", "placeholder")
    assert not rule.is_statutory and not rule.is_public and rule.since is None
    assert load(FORUM).list.rules is None


def test_the_numbers_of_a_limit_are_rules_that_the_prose_may_name() -> None:
    charter = load(PACE)
    found = {rule.key: rule.value for rule in charter.rules()}
    assert found["list.rules.one_organisation.most"] == Fraction(1, 5)
    assert "1/5 of the seats at most" in charter.prose("en")


def test_a_count_and_a_day_are_read() -> None:
    new = HERE.replace("organisation", "newcomer").replace('"each"', '"yes"')
    new = new.replace('most = "1/5"\nrounding = "up"\n', "least = 3\nsince = 2031-01-01\n")
    rules = parse(changed(HERE, new.replace('"one_newcomer"', '"one_organisation"')).replace(
        "{list.rules.one_organisation.most}", "x")).list.rules  # fmt: skip
    assert rules is not None and (rules[0].least, rules[0].most) == (3, None)
    assert rules[0].since == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('feature = "organisation"', 'feature = "gender"', "list.rules.0.feature", "must be one of"),
        ('value = "each"', 'value = "SLAT-1"', "list.rules.0.value", 'must be "each"'),
        ('"organisation"\nvalue = "each"', '"newcomer"\nvalue = "each"', "list.rules.0.value", '"yes", "no"'),
        ('"organisation"\nvalue = "each"', '"residence"\nvalue = "Poland"', "list.rules.0.value", "two letters"),
        ('most = "1/5"\nrounding = "up"', "", "list.rules.0", "least or most is expected"),
        ('most = "1/5"\nrounding = "up"', 'most = "1/5"', "list.rules.0.most", "rounding is expected"),
        ('most = "1/5"\n', "most = 3\n", "list.rules.0.rounding", "only a share is rounded"),
        ('most = "1/5"', 'most = "6/5"', "list.rules.0.most", "more than 1"),
        ('most = "1/5"', "most = 0.2", "list.rules.0.most", "whole number"),
        ('most = "1/5"', 'most = "1/5"\nleast = 1', "list.rules.0.least", 'only "most"'),
        ('"organisation"\nvalue = "each"\nmost = "1/5"', '"newcomer"\nvalue = "yes"\nleast = 4\nmost = "1/5"',
         "list.rules.0.least", "at least 4 and at most 3 cannot be"),
        ('"organisation"\nvalue = "each"\nmost = "1/5"\nrounding = "up"', '"newcomer"\nvalue = "yes"\nleast = 16',
         "list.rules.0.least", "16 of 15"),
        ('is_statutory = false\nis_public = false', 'is_statutory = false\nis_public = true',
         "list.rules.0.is_public", "never public"),
        ('code = "one_organisation"', 'code = "One organisation"', "list.rules.0.code", "small letters"),
        ('code = "one_organisation"', 'code = "reserve"', "list.rules.0.code", "a meaning of its own"),
        ('rounding = "up"\nis_statutory', 'rounding = "up"\nweight = 2\nis_statutory', "list.rules.0.weight", "unknown key"),
        ('article = "4.6"\nstatus', 'article = "4.7"\nstatus', "list.rules.0", "no such article"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_carried_out_is_named_by_line(
    old: str, new: str, key: str, message: str
) -> None:
    text = changed(old, new)
    found = [one for one in problems_of(text) if one.key == key and message in one.message]
    assert found, problems_of(text)
    head = text.splitlines().index("[[list.rules]]") + 1
    assert head <= found[0].line <= head + 18


def test_the_switches_of_the_other_methods_are_off_in_both_charters() -> None:
    for path in (PACE, FORUM):
        stages = load(path).stages
        assert not stages.proportional_choice.value and not stages.fair_lot.value
