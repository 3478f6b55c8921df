"""An answer that breaks off is told from its end; one whose points all end alike does not break off."""

from adaem_core.elicit.whole import broken_off
from adaem_core.records import Opinion
from tests.rows import every_row

WHOLE = Opinion("Trust", "It grows slowly.")


@every_row(
    "end, others, broken",
    [
        ("It protects.", [WHOLE], False),
        ("It protects those who", [WHOLE], True),
        ("It protects those in need of the", [WHOLE], True),
        ("It protects...", [WHOLE], True),
        ("It protects (as many", [WHOLE], True),
        ("It protects, because", [WHOLE], True),
        ("It protects, because", [Opinion("Trust", "It grows, because")], False),
        ("It protects", [Opinion("Trust", "It grows slowly")], False),
        ("It protects the", [], True),
    ],
)
def test_an_answer_that_breaks_off(end: str, others: list[Opinion], broken: bool) -> None:
    last = Opinion("Order", end)
    assert broken_off(f"Stance: Yes\n1. Trust: …\n2. Order: {end}", [*others, last]) is broken


@every_row("mark, broken", [("3.", True), ("4)", True), ("[truncated]", True), ("I hope this helps.", False)])
def test_a_mark_without_a_point_breaks_off(mark: str, broken: bool) -> None:
    assert broken_off(f"Stance: Yes\n1. Trust: It grows slowly.\n{mark}", [WHOLE]) is broken
