"""The spread of readings: by load, language and interest, the same every time."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.vetting.spread import Assessor, File, Plan, spread, why_out

LANGUAGES = ("en", "fr", "ru")


def assessor(key: int, reads: str = "en fr ru", load: int = 0) -> Assessor:
    return Assessor(key, f"P-{key:03}", frozenset(reads.split()), load)


def file(key: int, languages: str = "en", seats: int = 2, **out: str) -> File:
    return File(
        key, f"CAND-{key:03}", frozenset(languages.split()), seats, {int(k[1:]): v for k, v in out.items()}
    )


sets = st.frozensets(st.sampled_from(LANGUAGES), min_size=1)
people = st.lists(st.builds(lambda r, n: (r, n), sets, st.integers(0, 4)), min_size=1, max_size=6).map(
    lambda rows: [Assessor(i, f"P-{i:03}", reads, load) for i, (reads, load) in enumerate(rows)]
)
cases = people.flatmap(
    lambda all_: st.tuples(
        st.just(all_),
        st.lists(
            st.tuples(
                sets, st.dictionaries(st.sampled_from([a.key for a in all_]), st.just("interest"), max_size=2)
            ),
            max_size=8,
        ).map(lambda rows: [File(i, f"CAND-{i:03}", langs, 2, out) for i, (langs, out) in enumerate(rows)]),
    )
)


@given(cases)
@settings(max_examples=300, deadline=None)
def test_nobody_reads_what_an_interest_or_a_language_keeps_from_them(
    case: tuple[list[Assessor], list[File]],
) -> None:
    assessors, files = case
    plan = spread(files, assessors, at_most=99)
    by_key = {a.key: a for a in assessors}
    for f in files:
        readers = plan.readers.get(f.key, ())
        assert (f.key in plan.short) == (not readers)
        if readers:
            assert len(set(readers)) == 2
            assert not any(why_out(by_key[r], f) for r in readers)
        else:
            assert sum(not why_out(a, f) for a in assessors) < 2


@given(cases)
@settings(max_examples=200, deadline=None)
def test_no_reader_could_hand_a_file_to_somebody_with_two_fewer(
    case: tuple[list[Assessor], list[File]],
) -> None:
    assessors, files = case
    plan = spread(files, assessors, at_most=99)
    for f in files:
        readers = plan.readers.get(f.key, ())
        possible = [a.key for a in assessors if not why_out(a, f)]
        for giver, taker in product(readers, possible):
            assert taker in readers or plan.loads[giver] - plan.loads[taker] <= 1


@given(st.integers(2, 6), st.integers(0, 15))
def test_loads_differ_by_at_most_one_where_everybody_may_read_everything(persons: int, files: int) -> None:
    plan = spread([file(n) for n in range(files)], [assessor(n) for n in range(persons)], at_most=99)
    assert sum(plan.loads.values()) == 2 * files
    assert max(plan.loads.values()) - min(plan.loads.values()) <= 1


@given(cases.filter(lambda c: len(c[1]) <= 3 and len(c[0]) <= 4))
@settings(max_examples=100, deadline=None)
def test_no_other_assignment_is_more_equal(case: tuple[list[Assessor], list[File]]) -> None:
    assessors, files = case
    plan = spread(files, assessors, at_most=99)
    start = {a.key: a.load for a in assessors}
    choices = [
        list(combinations([a.key for a in assessors if not why_out(a, f)], 2))
        for f in files
        if f.key not in plan.short
    ]
    best = min(
        sum((start[k] + sum(k in pair for pair in pairs)) ** 2 for k in start) for pairs in product(*choices)
    )
    assert sum(n * n for n in plan.loads.values()) == best


@given(cases, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_same_files_and_people_give_the_same_plan_in_any_order(
    case: tuple[list[Assessor], list[File]], random: object
) -> None:
    assessors, files = case
    plan = spread(files, assessors, at_most=99)
    random.shuffle(assessors)  # type: ignore[attr-defined]
    random.shuffle(files)  # type: ignore[attr-defined]
    assert spread(files, assessors, at_most=99) == plan


@given(st.integers(2, 5), st.integers(1, 12), st.integers(1, 4))
def test_nobody_holds_more_than_the_charter_allows(persons: int, files: int, at_most: int) -> None:
    plan = spread([file(n) for n in range(files)], [assessor(n) for n in range(persons)], at_most=at_most)
    assert max(plan.loads.values()) <= at_most
    assert len(plan.readers) + len(plan.short) == files


def test_a_plan_says_how_many_were_kept_out_and_why() -> None:
    plan: Plan = spread(
        [file(1, "ru", _2="interest")],
        [assessor(1), assessor(2), assessor(3, "en"), assessor(4, "ru")],
        at_most=9,
    )
    assert plan.explanations[1] == {"interest": 1, "language": 1, "possible": 2}
    assert set(plan.readers[1]) == {1, 4}
