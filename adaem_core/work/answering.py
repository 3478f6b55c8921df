"""Carry out examinations under one heartbeat: what `examine`, `prime`, `retest` and `recognise` have in common.

Data flow: `Task → client, instrument → answers, stored question by question → how many of each outcome`.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Examination
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import send_with, settings_of
from adaem_core.chat.client import Client
from adaem_core.measure.examine import Instrument, examine, read_again, unfinished
from adaem_core.measure.plan import forecast
from adaem_core.panels import Panel
from adaem_core.records import Answer, Outcome
from adaem_core.settings import OTHER_PROTOCOL, ChatSettings
from adaem_core.work import jobs
from adaem_core.work.connected import connected, to_the_end


@dataclass(frozen=True)
class Task:
    """Examinations a worker finishes one after the other; all have the same examinees and are read in the same way."""

    examinations: tuple[Examination, ...]
    panel: Panel  # whom the client may ask
    recogniser: str  # display name
    act: str  # one of `acts`, with its fields, that goes on with the same work
    arguments: Mapping[str, Any]
    read_twice: int = 0  # answers that are read by the other protocol as well, once all are there
    read_seed: int = 0  # which ones


def carry_out_series(
    study: Study, series: Sequence[Examination], chat: ChatSettings, act: str, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Finish all examinations of a series as one job and return what came of them."""
    began, first = time.monotonic(), series[0]
    task = Task(tuple(series), first.panel, first.recogniser, act, arguments)
    try:
        carry_out(study, task, chat)
    finally:
        found = [answer for each in series for answer in examinations.answers(study, each)]
        sys.stderr.write(f"{len(found)} answers in {len(series)} conditions{remarks(outcomes(found))}\n")
    conditions = {each.id: each.condition for each in series}
    whole = {"study": str(study.path), "examinations": conditions, **outcomes(found), **spending(study)}
    return {**whole, "seconds": round(time.monotonic() - began, 3), "simulated": first.simulated}


def carry_out(study: Study, task: Task, chat: ChatSettings) -> None:
    """Finish the examinations with these sending options, which the study keeps; raises a kind of Paused at a stop."""
    send_with(study, chat)
    to_the_end(study, asking(study, task))


async def asking(study: Study, task: Task) -> None:
    """Finish one examination after the other under one heartbeat, then have some answers read again."""
    async with connected(study, task.panel) as client:
        tools = instrument(study, task, client)
        left = [unfinished(study, tools, each) for each in task.examinations]
        total = sum(len(each.asked) for each in task.examinations)
        done = Counter(questions=total - sum(len(each) for each in left))
        calls = sum(stage.calls for each in task.examinations for stage in forecast(each, tools.system, task.read_twice))
        async with jobs.working(study, client, task.act, lambda: (done["questions"], total), calls, **task.arguments):
            for each, questions in zip(task.examinations, left, strict=True):
                await examine(study, tools, each, questions, lambda: done.update(questions=1))
                if task.read_twice:
                    await read_again(study, other_protocol(tools), each, task.read_twice, task.read_seed)


def instrument(study: Study, task: Task, client: Client) -> Instrument:
    """Return what all examinations of the task are made with."""
    first = task.examinations[0]
    made = settings_of(study)
    at_once = max(2, 2 * made.chat.concurrency // len(first.examinees))
    return Instrument(client, made.system, first.elicit, task.recogniser, at_once)


def other_protocol(tools: Instrument) -> Instrument:
    """Return the instrument that reads by the other protocol."""
    return replace(tools, elicit=replace(tools.elicit, protocol=OTHER_PROTOCOL[tools.elicit.protocol]))


def outcomes(answers: Iterable[Answer]) -> dict[str, int]:
    """Return how many responses met each outcome, and what else is to be known of them.

    `values_not_read` counts answers, `verdicts_missing` single values of answers that were read; `pressed` counts answers that came only
    when their model was asked once more, `asked_again` what failed for the moment: all else that is missing is final.
    """
    answers = list(answers)
    found = Counter(each.response.outcome for each in answers)
    unread = sum(each.response.outcome is Outcome.ANSWERED and not each.usable for each in answers)
    more = {
        "values_not_read": unread,
        "verdicts_missing": sum(len(each.unknown) for each in answers if each.usable),
        "pressed": sum(each.response.outcome is Outcome.ANSWERED and each.response.pressed for each in answers),
        "asked_again": sum(each.passing for each in answers),
    }
    return {outcome.value: found[outcome] for outcome in Outcome} | more


def remarks(found: Mapping[str, int]) -> str:
    """Return what the user should know of answers that are not whole, each remark with the comma before it."""
    told = {
        "verdicts_missing": "{} single values could not be read and are missing",
        "pressed": "{} came only when asked once more",
        "asked_again": "{} failed for the moment. Start the same command again to ask for them again",
    }
    return "".join(f", {words.format(found[name])}" for name, words in told.items() if found[name])


def spending(study: Study) -> dict[str, Any]:
    """Return what the study has spent so far."""
    spent = study.spent()
    return {"tokens": spent["tokens"], "cost": spent["cost"], "unrecorded": study.lost()}
