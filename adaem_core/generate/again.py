"""Carry out again the pulls in which something failed for the moment: an endpoint was down, a request timed out.

A pull starts from the arm as it was then, and every reply that came is recalled from the ledger: only what failed is asked again, and
what follows from it. Later pulls stay as they are.
Data flow: `study → pulls with failures → the same pulls without`.
"""

from collections.abc import Callable, Sequence

from adaem_core.archive.failed import failed_pulls, replace_pull
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.generate.arms import Arm, Choice, update
from adaem_core.generate.deduplicate import Known
from adaem_core.generate.explore import KEPT, pull_wave
from adaem_core.generate.tools import Apparatus
from adaem_core.records import Pull


async def pull_again(study: Study, tools: Apparatus, after: Callable[[], None]) -> None:
    """Carry out again every pull in which something failed, one by one, each stored when it is finished; raises a kind of Paused at a stop."""
    for number in failed_pulls(study):
        pulls = study.finished_pulls()
        pull = next(each for each in pulls if each.number == number)
        before = [each for each in pulls if each.number < number]
        arm, choice = as_chosen(study, pull, before, tools.settings.wave)
        known = known_texts(study, before)
        again = await pull_wave(tools, [(arm, choice)], number, Known(tuple(known), await tools.embed.sentences(known)))
        replace_pull(study, again[0])
        after()


def as_chosen(study: Study, pull: Pull, before: Sequence[Pull], wave: int) -> tuple[Arm, Choice]:
    """Return the arm of a pull as it was when its wave began, and the choice that was made."""
    topics = study.topics()
    index = next(place for place, topic in enumerate(topics) if topic.id == pull.topic_id)
    own = [each for each in before if each.topic_id == pull.topic_id]
    arm = Arm(topics[index])
    for each in own:
        if each.number <= pull.number - 1 - (pull.number - 1) % wave:
            arm = update(arm, each)
    return arm, Choice(index, len(own) + 1, pull.ucb)


def known_texts(study: Study, pulls: Sequence[Pull]) -> list[str]:
    """Return every text a question after these pulls must differ from: topics, earlier editions, and what the study keeps."""
    kept = [each.question.text for pull in pulls for each in pull.outgrowths if each.fate in KEPT]
    return [*(topic.text for topic in study.topics()), *settings_of(study).earlier, *kept]
