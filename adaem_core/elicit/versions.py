"""Which of several answers in one reply counts: a draft is no answer, nor is the form that was asked for, nor an answer to a later question.

Where two answers differ and no word says which of them counts, none does: nobody can tell which the model meant.
Data flow: `lines of a reply → versions → last_version → the lines of the answer that counts → settled → those with one stance`.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from adaem_core.elicit.lines import lead
from adaem_core.elicit.plain import plain
from adaem_core.elicit.points import find_points
from adaem_core.elicit.stance import find_stance, is_stance_line, labelled_stance, other_label, stance_of
from adaem_core.elicit.structured import ASIDE, REVISED

MOST_VERSIONS = 8
AGAIN = r"(?:redo|start over|start again|try (?:this )?again|rewrite|rework|rephrase|shorten|change|fix|restart|do (?:this|that|it) again|reconsider|rethink|revise)"
REVISION = re.compile(
    rf"(?=.*{REVISED.pattern})(?:(?!key\b)[^:.]){{0,60}}\b(?:answer|version|response|stance|position|reply|view|verdict|opinion)\b[^:.]{{0,20}}[:.]?\s*$|(?:final|revised|corrected)\W*$"
    r"|.{0,40}\blet me (?:correct|revise|redo|restate|rethink)\b.{0,40}[:.…]\s*$"
    r"|\W*(?:second|2nd|third|3rd) (?:attempt|try|version|draft)\b.{0,30}$|\W*(?:oops|scratch that|strike that|here(?:'s| is) my (?:actual|real|true|proper) |(?:sorry,? )?i meant)\b.{0,60}$"
    r"|\W*(?:my )?(?:final|revised|corrected|updated) (?:overall )?stance\b"
    rf"|\W*(?:(?:wait|hold on|hmm+|no|actually|oh|sorry|okay|ok|on reflection|on second thoughts?)\b[^\w\n]{{1,4}}){{1,3}}.{{0,100}}$|.{{0,80}}\b(?:let me|i(?:'ll| will| should| must| need to)) {AGAIN}\b.{{0,60}}$",
    re.IGNORECASE,
)
# A line that takes back one stance and names another.
CHANGE = re.compile(
    r"^\W*(?:edit|correction|update|on (?:second|further) thoughts?|on reflection|thinking about it|scratch that|hmm+|wait|actually|oops|sorry|revised|i (?:\w+ ){0,2}?(?:change|revise|reconsider|correct|withdraw|switch))\b"
    r"[^\n]{0,160}?\b(?:stance|answer|position|view|mind)\b[^.\n]{0,40}?\W(?P<word>yes|no|neutral)\b(?!\w| \w)",
    re.IGNORECASE,
)
# A sentence beside the points that names a stance as the writer's own.
NAMED = re.compile(
    r"\b(?:i(?:['’]d| would| will|['’]ll)? (?:(?!might|could|may|can|used|never|once|first)\w+ ){0,2}(?:say|answer|vote|choose|pick|go with)|(?:my|the) (?:\w+ ){0,2}(?:answer|stance|position|verdict|vote|view)"
    r" (?:\w+ ){0,2}(?:is|be|becomes?|remains|to)|make (?:it|that)|it(?:['’]s| is))\W{1,3}(?:an? )?(?:\w+ )?(?P<word>yes|no|neutral)\b(?! \w)",
    re.IGNORECASE,
)
NOW = re.compile(r"\b(?:now|current(?:ly)?|after|later|second|new)\b", re.IGNORECASE)
NEXT_QUESTION = re.compile(
    r"^\W*(?:next |new |second |another )?(?:question|prompt|user|human|input|instruction|topic|q)(?: ?\d{1,3})?\s?[:：]", re.IGNORECASE
)
LISTED = re.compile(r"^\s*(?:\(?\d{1,2}[.):]|[-*+•]\s)")
FORM = re.compile(r"\byour (?:key )?(?:points?|justification|stance)\b|\bone word\b", re.IGNORECASE)
FORM_LINE = re.compile(
    r"^\W*(?:\d\W+)?(?:your point\W+your justification\b|the same for each further point\b|stance\W+one word, which is\b)", re.IGNORECASE
)


def last_version(lines: list[str]) -> list[str] | None:
    """Return the lines of the answer that counts: the last that is called final or revised, else the first; None when another one differs.

    An answer that counts and cannot be read is not replaced by another one, and an answer to a later question is none to this.
    """
    parts = versions(lines)
    if len(parts) == 1:
        return lines
    found = [part for part in parts if find_stance(part)[0] or is_answer(part)]
    revised = [part for before, part in pairwise(found) if is_revision(part[0]) or any(map(is_revision, told(before)[-2:]))]
    if revised or not found:
        return [*revised[-1:], lines][0]
    return found[0] if all(find_stance(each)[0] == find_stance(found[0])[0] for each in to_this_question(found)) else None


def to_this_question(found: Sequence[list[str]]) -> list[list[str]]:
    """Return the answers up to one below which another question stands."""
    kept: list[list[str]] = []
    for part in found:
        kept.append(part)
        if any(NEXT_QUESTION.match(line) for line in told(part)[-3:]):
            break
    return kept


def is_answer(part: Sequence[str]) -> bool:
    """Say whether lines are an answer although their stance cannot be told, and not the form that was asked for."""
    return any(is_stance_line(line) or is_revision(line) for line in part) and not FORM.search("\n".join(part)[:800])


def versions(lines: list[str]) -> list[list[str]]:
    """Return the lines cut where another answer begins: at a stance or a heading that calls it final, with points before and after it."""
    places = [index for index, line in enumerate(lines) if is_stance_line(line) or is_revision(line)][:MOST_VERSIONS]
    cuts = [0]
    for place in places:
        if told(lines[cuts[-1] : place]) and find_points(lines[cuts[-1] : place]) and find_points(lines[place + 1 :]):
            cuts.append(place)
    return [lines[begin:end] for begin, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def settled(lines: list[str]) -> list[str] | None:
    """Return the lines with one stance above the points: the one called final or revised, or named when another was taken back; None for two."""
    first = next((index for index, line in enumerate(lines) if LISTED.match(line) and not is_stance_line(line)), len(lines))
    changed = next((index for index in reversed(range(first)) if CHANGE.match(lines[index])), None)
    if changed is not None and (found := CHANGE.match(lines[changed])):
        return ["" if is_stance_line(line) and index < changed else line for index, line in enumerate(lines[:changed])] + [
            f"Stance: {found['word']}",
            *lines[changed + 1 :],
        ]
    taken = {index: stance for index in range(first) if is_stance_line(lines[index]) and (stance := labelled_stance([lines[index]])[0])}
    if len(set(taken.values())) < 2:
        return lines
    kept = [index for index in taken if REVISED.search(lines[index]) or NOW.search(lines[index].partition(":")[0])]
    kept = kept or [index for index in taken if not ASIDE.search(lines[index])]
    if len({taken[index] for index in kept}) != 1:
        return None
    return ["" if index in taken and index not in kept else line for index, line in enumerate(lines)]


def taken_back(lines: Sequence[str], stance: str | None) -> bool:
    """Say whether a line beside the points takes another stance than `stance`: nobody can tell then which one the points are for."""
    first = next((index for index, line in enumerate(lines) if LISTED.match(line) and not is_stance_line(line)), len(lines))
    end = next((index for index in range(first, len(lines)) if NEXT_QUESTION.match(lines[index])), len(lines))
    told = [*map(named_stance, (line for line in lines[:first] if not is_stance_line(line))), *map(closing_stance, lines[first:end])]
    return any(each not in (None, stance) for each in told)


def named_stance(line: str) -> str | None:
    """Return the stance that the last sentence of a line to do so names as the writer's own; None when there is none, or it asks."""
    found = [] if line.rstrip().endswith("?") else list(NAMED.finditer(line[:2000]))
    return stance_of(found[-1]["word"]) if found else None


def closing_stance(line: str) -> str | None:
    """Return the stance of a line that names one, and is no point; None when it names none."""
    if LISTED.match(line) or len(line) > 300:
        return None
    if found := CHANGE.match(line):
        return stance_of(found["word"])
    return labelled_stance([line])[0] or other_label([plain(line)])[0] or named_stance(line)


def is_revision(line: str) -> bool:
    """Say whether a line calls what follows the final or revised answer."""
    return len(line) < 120 and REVISION.match(lead(line)) is not None


def told(lines: Sequence[str]) -> list[str]:
    """Return the lines that say anything."""
    return [line for line in lines if line.strip()]
