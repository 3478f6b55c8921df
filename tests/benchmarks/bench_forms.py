"""Share of forms read right and CPU of reading: `python -m tests.benchmarks.bench_forms`, or `pytest tests/benchmarks/bench_forms.py -m benchmark -s`.

Before replies were read in all these forms, on the same machine in turn: 10,000 answers of 1 kB 5.5 s, 10,000 replies with labels 2.0 s.
"""

import sys
import time
from collections.abc import Callable, Iterator

import pytest

from adaem_core.elicit.opinions import read_answer
from adaem_core.elicit.recognise import read_labels
from tests.elicit.corpus import answers, labels
from tests.elicit.test_forms import SCHWARTZ, answered, labelled

TIMES = 6
SENTENCES = (" It is so in every town.", " Nobody has to pay for others.", " What is kept together lasts, and it lasts longer.")


def shares() -> Iterator[str]:
    right = [answered(reply) == (stance, answers.POINTS) for reply, stance in answers.READABLE.values()]
    right += [labelled(reply) == labels.RIGHT for reply in labels.READABLE.values()]
    silent = [found for reply, stance in answers.READABLE.values() if (found := answered(reply)) not in (None, (stance, answers.POINTS))]
    silent += [found for reply in labels.READABLE.values() if (found := labelled(reply)) not in (None, labels.RIGHT)]
    open_ones = [*map(answered, answers.UNREADABLE.values()), *map(labelled, labels.UNCLEAR.values())]
    silent += [found for found in open_ones if found is not None]
    yield f"{len(right)} forms with one right reading: {sum(right) / len(right):.1%} read right; {len(open_ones)} without: {open_ones.count(None)} flagged"
    yield f"silent errors: {len(silent)}"


def composed() -> Iterator[str]:
    replies = [
        labels.framed(frame, spoil(labels.dumped(value)))
        for number, value in enumerate(labels.VALUES.values())
        for frame in list(labels.FRAMES.values())[number % 3 :: 3]
        for spoil in list(labels.QUOTING.values())[number % 5 :: 5]
    ]
    read = [labelled(reply) for reply in replies]
    yield told("labels", len(read), read.count(labels.RIGHT), read.count(None))
    wrapped = [
        (answers.wrapped(thought, f"{said}\n{answers.BODY}{end}"), stance)
        for number, (said, stance) in enumerate(answers.STANCES.values())
        for thought in list(answers.THOUGHTS)[number % 4 :: 4]
        for end in list(answers.ENDS.values())[number % 7 :: 7]
    ]
    found = [(answered(reply), (stance, answers.POINTS)) for reply, stance in wrapped]
    yield told("answers", len(found), sum(one == other for one, other in found), sum(one is None for one, _ in found))


def told(name: str, count: int, right: int, flagged: int) -> str:
    return (
        f"{count:,} composed {name}: {right / count:.2%} read right, {flagged / count:.2%} flagged, {count - right - flagged} silent errors"
    )


def speed() -> Iterator[str]:
    answer = f"{answers.ANSWER}{''.join(SENTENCES) * 7}"[:1000]
    reply = labels.dumped(labels.opinions(labels.listed("SEL"), labels.listed("STI")))
    yield f"10,000 answers of 1 kB: {cpu(lambda: read_answer(answer, 3)):.1f} s of CPU"
    yield f"10,000 replies with labels: {cpu(lambda: read_labels(reply, labels.TEXTS, SCHWARTZ)):.1f} s of CPU"


def cpu(work: Callable[[], object]) -> float:
    """Return the least CPU seconds of 10,000 times `work`, from several trials of 1,000."""
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        for _ in range(1000):
            work()
        taken.append(time.process_time() - start)
    return 10 * min(taken)


@pytest.mark.benchmark
@pytest.mark.parametrize("part", [shares, composed, speed])
def test_forms_are_shown(part: Callable[[], Iterator[str]], capsys: pytest.CaptureFixture[str]) -> None:
    for line in part():
        with capsys.disabled():
            show(line)


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for each in (shares, composed, speed):
        for figure in each():
            show(figure)
