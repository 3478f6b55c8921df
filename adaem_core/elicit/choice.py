"""Which of several options a model marked as its stance: by a box, a bullet, emphasis, or a change of mind.

Data flow: `what stands in the stance's place → marked_choice → yes, no or neutral; none when none or several are marked`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

CHECKED = r"\[\s?(?:[xXvV✓✔✅✗✘*•●]|yes)\s?\]|\(\s?[xXoO✓✔✅*•●]\s?\)|[☑✅✔✓🗹☒◉●🔘⦿■▣🟢👉➡➤▶⮕►◆★]"
EMPTY = r"\[\s{0,3}\]|\(\s{0,3}\)|\[[-–_]\]|[☐○◯□⚪⬜❌✗✘✖❎🔲▢🔴⭕◻◇☆]"
MARK = re.compile(rf"(?P<checked>{CHECKED})|(?P<empty>{EMPTY})")
OPTION = re.compile(
    r"(?<![A-Za-z0-9'-])(?P<word>(?:strongly |somewhat |fully |partly )?(?:dis)?agree|yes|no|neutral|undecided|unsure|neither|it depends|depends|both|oppose|support)(?![A-Za-z0-9'-])",
    re.IGNORECASE,
)
EMPHASIS = re.compile(r"(?:→\s?|\*{1,3}|__?|<|\[|\(|«|“|\"|>{1,3}\s?|==|--?>\s?)$")
EMPHASIS_END = re.compile(r"^\s?(?:←|\*{1,3}|__?|>|\]|\)|»|”|\"|<{1,3}|==|<--?)")
BETWEEN = re.compile(
    r"[^A-Za-z0-9,–—-]*(?:/|\||\n|\bor\b)[^A-Za-z0-9,–—-]*|[^A-Za-z0-9–—-]*,[^A-Za-z0-9–—-]*(?:or\b[^A-Za-z0-9–—-]*)?", re.IGNORECASE
)
BASIC = {"yes", "no", "neutral"}
UNNAMED_MARK, UNNAMED_OPTION = (re.sub(r"\?P<\w+>", "?:", pattern.pattern) for pattern in (MARK, OPTION))
ROW = re.compile(
    rf"^\s*(?:[-*+•>|]\s+)?(?:\d{{1,2}}[.)]\s+)?(?:{UNNAMED_MARK})[\s*_]*{UNNAMED_OPTION}|^[\s*_>|•+-]*(?:\d{{1,2}}[.)]\s+)?[*_]*{UNNAMED_OPTION}[\s*_|:]*(?:{UNNAMED_MARK})?\s*$",
    re.IGNORECASE,
)
BOX = re.compile(r"\[\s{0,3}\]|\(\s{0,3}\)|[☐○◯□⚪⬜🔲▢◻◇]")
CHANGED = re.compile(
    r"(?:→|-{1,2}>|--|=>|⇒|\b(?:wait|actually|correction|corrected|changed?|revised|scratch that|on second thoughts?|or rather|now)\b)"
    rf"(?:\W{{1,4}}(?:to|i say|i mean|it is|it's|make (?:it|that)|answer|stance|is)\b){{0,2}}\W{{1,6}}(?P<later>{UNNAMED_OPTION})\s*(?:[.,;:!()*_\]]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Option:
    """One option with the text up to the option before it and up to the one after it."""

    stance: str
    word: str
    before: str
    after: str


def marked_choice(text: str, stance_of: Callable[[str], str | None]) -> tuple[bool, str | None]:
    """Return whether `text` offers several stances, and the one that is marked; None when none or several are."""
    found = options(text, stance_of)
    marks_first = bool(found and MARK.search(found[0].before))
    if len({each.stance for each in found}) < 2:
        return bool(found and BOX.search(found[0].before if marks_first else found[0].after[:4])), None
    if MARK.search(text):
        chosen = {each.stance for each in found if is_checked(each.before if marks_first else each.after, last=marks_first, text=text)}
        return True, chosen.pop() if len(chosen) == 1 else None
    if (changed := CHANGED.search(text)) and changed.start() > text.index(found[0].word):
        return True, stance_of(changed["later"])
    if sum(each.word.lower() in BASIC for each in found) > 3:
        return True, None
    basic = all(each.word.lower() in BASIC for each in found)
    if (
        not all((parted := BETWEEN.fullmatch(each.before)) and (basic or "," not in parted[0]) for each in found[1:])
        or re.search(r"\w", found[0].before)
        or re.match(r"\s\w", found[-1].after)
    ):
        return False, None
    stressed = [each.stance for each in found if EMPHASIS.search(each.before) and EMPHASIS_END.search(each.after)]
    shouted = [each.stance for each in found if each.word.isupper()]
    picked = stressed or (shouted if len(shouted) < len(found) else [])
    return True, picked[0] if len(set(picked)) == 1 else None


def options(text: str, stance_of: Callable[[str], str | None]) -> list[Option]:
    """Return the options named in a text, in order."""
    words = list(OPTION.finditer(text))
    edges = [0, *(word.end() for word in words)]
    starts = [*(word.start() for word in words), len(text)]
    return [
        Option(stance, word["word"], text[edge : word.start()], text[word.end() : start])
        for word, edge, start in zip(words, edges, starts[1:], strict=False)
        if (stance := stance_of(word["word"]))
    ]


def is_checked(beside: str, *, last: bool, text: str) -> bool:
    """Say whether the mark beside an option, the last before it or the first after it, is a checked one."""
    marks = list(MARK.finditer(beside))
    if not marks:
        return False
    mark = marks[-1 if last else 0]
    # A cross in a box chooses beside empty boxes, and rejects beside a ticked one.
    return bool(mark["checked"]) and not (mark[0] == "☒" and "☑" in text) and not (mark[0].strip("[] ") in "✗✘" and re.search("[✓✔]", text))


def is_row(line: str) -> bool:
    """Say whether a line holds one option and no more than its mark."""
    return len(line) < 200 and ROW.match(line) is not None


def choice_rows(lines: Sequence[str], begin: int) -> list[int]:
    """Return the indices of the lines from `begin` that hold an option each, blank lines between them aside."""
    found: list[int] = []
    for index in range(begin, min(len(lines), begin + 12)):
        if is_row(lines[index]):
            found.append(index)
        elif lines[index].strip():
            break
    return found
