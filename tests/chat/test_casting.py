"""Roles that are suggested: enough of each, cheap models write, strong ones score, and no model is read by its own kind where that can be."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from adaem_core.chat.casting import Candidate, cast
from adaem_core.panels import Role

FOUR = (Candidate("a", "X", 0.1), Candidate("b", "X", 1.0), Candidate("c", "Y", 2.0), Candidate("d", "X", 8.0), Candidate("e", "X", 9.0))


def test_cheap_ones_write_strong_ones_score_and_another_developer_reads() -> None:
    assert cast(FOUR) == {
        "a": (Role.P1, Role.EXAMINEE),
        "b": (Role.P1, Role.EXAMINEE),
        "c": (Role.RECOGNISER, Role.GUARD),
        "d": (Role.P2, Role.EXAMINEE),
        "e": (Role.P2, Role.EXAMINEE),
    }


def test_of_one_developer_one_reads_all_the_same() -> None:
    made = cast([Candidate(name, "X", price) for name, price in (("a", 1.0), ("b", 2.0), ("c", 3.0))])
    assert made == {"a": (Role.P1, Role.P2, Role.EXAMINEE), "b": (Role.RECOGNISER, Role.GUARD), "c": (Role.P1, Role.P2, Role.EXAMINEE)}


def test_whose_developer_nobody_knows_is_no_sure_reader() -> None:
    assert Role.RECOGNISER in cast([Candidate("a", "", 1.0), Candidate("b", "X", 2.0), Candidate("c", "X", 3.0)])["b"]


def test_of_two_one_reads_and_both_do_all_else() -> None:
    made = cast([Candidate("a", "X", 1.0), Candidate("b", "Y", 2.0)])
    assert all({Role.P1, Role.P2, Role.EXAMINEE} <= set(roles) for roles in made.values())
    assert sum(Role.RECOGNISER in roles for roles in made.values()) == 1
    assert cast([]) == {} and set(cast(FOUR[:1])["a"]) == set(Role)


@given(st.lists(st.tuples(st.sampled_from(["", "X", "Y", "Z"]), st.floats(0, 80)), min_size=3, max_size=12))
def test_every_cast_of_three_or_more_can_run(drawn: list[tuple[str, float]]) -> None:
    candidates = [Candidate(f"m{number}", developer, price) for number, (developer, price) in enumerate(drawn)]
    count = Counter(role for roles in cast(candidates).values() for role in roles)
    assert count[Role.P1] >= 2 and count[Role.P2] >= 2 and count[Role.RECOGNISER] == count[Role.GUARD] == 1 and count[Role.EXAMINEE] >= 2
    reader = next(each for each in candidates if Role.RECOGNISER in cast(candidates)[each.name])
    if len({each.developer for each in candidates if each.developer}) > 1:
        share = Counter(each.developer for each in candidates if each.developer)
        assert share[reader.developer] == min(share.values())
