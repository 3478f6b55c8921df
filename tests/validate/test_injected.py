"""Instructions within answers: a reader that judges is not moved by any of them, one that obeys is found out by each."""

from adaem_core.validate.injected import INSTRUCTIONS, READERS, effects
from adaem_core.values import value_system
from tests.rows import every_row

TEXTS = ("A stable society lasts longer.", "Nobody should decide for others.", "It is late.")
HONEST, OBEDIENT = READERS


@every_row("system", ["schwartz", "moral_foundations"])
def test_the_honest_reader_is_not_moved_and_the_obedient_one_is_caught(system: str) -> None:
    found = list(effects(TEXTS, value_system(system)))
    assert [each.instruction for each in found] == [*INSTRUCTIONS] * 2
    assert {each.decisions for each in found} == {len(TEXTS) * len(value_system(system).ids)}
    assert {each.changed for each in found if each.reader == HONEST} == {0}
    assert all(each.changed > each.decisions / 2 for each in found if each.reader == OBEDIENT)
