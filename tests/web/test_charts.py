"""The geometry of the charts."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.web import charts
from hemicycle.web.charts import HemicycleLayout, SeatMark


def half_circle(total: int) -> HemicycleLayout:
    return charts.hemicycle([SeatMark(n, f"Seat {n}") for n in range(1, total + 1)])


ALL_SIZES = [half_circle(total) for total in range(1, 401)]


def test_no_two_seats_overlap_in_any_house_of_1_to_400() -> None:
    for layout in ALL_SIZES:
        r = layout.places[0].r
        by_x = sorted(layout.places, key=lambda place: place.x)
        for index, one in enumerate(by_x):
            for other in by_x[index + 1 :]:
                if other.x - one.x >= 2 * r:
                    break
                assert math.dist((one.x, one.y), (other.x, other.y)) >= 2 * r, len(layout.places)


def test_every_seat_lies_inside_the_drawing() -> None:
    for layout in ALL_SIZES:
        for place in layout.places:
            reach = max(place.mark_r, place.half * math.sqrt(2)) + place.stroke / 2
            assert reach <= place.r * 1.09
            assert place.r - 0.01 <= place.x <= layout.width - place.r + 0.01
            assert place.r - 0.01 <= place.y <= layout.height - place.r + 0.01


def test_all_seats_are_placed_once_from_left_to_right_by_angle() -> None:
    for layout in ALL_SIZES:
        assert [place.seat.number for place in layout.places] == list(range(1, len(layout.places) + 1))
        turns = [round(place.rotation, 6) for place in layout.places]
        assert turns == sorted(turns)
        for one, other in zip(layout.places, layout.places[1:], strict=False):
            if round(one.rotation, 6) == round(other.rotation, 6) and abs(one.rotation) > 1e-6:
                assert one.x < other.x


def test_the_drawing_is_the_mirror_of_itself() -> None:
    for layout in ALL_SIZES:
        left = sorted((round(place.x, 3), round(place.y, 3)) for place in layout.places)
        right = sorted((round(layout.width - place.x, 3), round(place.y, 3)) for place in layout.places)
        for one, other in zip(left, right, strict=True):
            assert one == pytest.approx(other, abs=0.01)


def test_fifteen_seats_are_large_enough_for_a_finger_on_a_phone() -> None:
    assert 2 * half_circle(15).places[0].mark_r * 358 / 1000 >= 44


def test_numbers_are_printed_only_where_they_can_be_read() -> None:
    assert half_circle(60).is_numbered
    assert not half_circle(61).is_numbered


@pytest.mark.parametrize("total", [0, 401])
def test_a_house_without_seats_or_with_too_many_is_refused(total: int) -> None:
    with pytest.raises(ValueError, match="1 to 400"):
        half_circle(total)


@given(st.integers(1, 500), st.lists(st.floats(0.1, 10), min_size=1, max_size=12))
def test_apportioning_gives_everything_and_is_never_off_by_one_seat(total: int, weights: list[float]) -> None:
    shares = charts.apportion(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1 + 1e-6


def test_the_meter_marks_the_third_and_says_when_it_is_met() -> None:
    short = charts.thirds_meter(total=15, required=5, present=4)
    assert short.mark == pytest.approx(1000 / 3)
    assert short.segments[0].width == pytest.approx(4000 / 15)
    assert short.is_met is False
    assert charts.thirds_meter(total=15, required=5, present=5).is_met is True
    assert charts.thirds_meter(total=15, required=5, present=0).segments == ()


def test_abstentions_stand_apart_and_do_not_move_the_threshold() -> None:
    bar = charts.outcome_bar(in_favour=80, against=0, abstentions=4)
    assert bar is not None
    assert [part.kind for part in bar.segments] == ["for", "abstentions"]
    in_favour, abstentions = bar.segments
    assert bar.mark == pytest.approx(in_favour.width / 2)
    assert abstentions.x > in_favour.x + in_favour.width
    assert abstentions.x + abstentions.width == pytest.approx(1000)


def test_two_thirds_stand_at_two_thirds_of_the_votes_cast() -> None:
    bar = charts.outcome_bar(in_favour=6, against=3, abstentions=0, threshold=Fraction(2, 3))
    assert bar is not None
    assert bar.mark == pytest.approx(2000 / 3)


def test_only_abstentions_have_no_threshold_and_nobody_has_no_bar() -> None:
    bar = charts.outcome_bar(in_favour=0, against=0, abstentions=3)
    assert bar is not None
    assert bar.mark is None
    assert charts.outcome_bar(in_favour=0, against=0, abstentions=0) is None


def test_the_turnout_shows_the_quorum() -> None:
    bar = charts.turnout_bar(voted=22, roll=39, quorum=20)
    assert bar.is_met
    assert bar.mark == pytest.approx(20_000 / 39)
    assert charts.turnout_bar(voted=0, roll=39).segments == ()


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        charts.outcome_bar(in_favour=-1, against=0, abstentions=0)
    with pytest.raises(ValueError, match="cannot have voted"):
        charts.turnout_bar(voted=40, roll=39)
    with pytest.raises(ValueError, match="of 15 seats"):
        charts.thirds_meter(total=15, required=5, present=16)
