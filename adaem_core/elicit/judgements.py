"""Which judgement in a recogniser's reply counts, where it judges, tries, corrects itself or repeats the form it was given.

Judgements that agree are one. Of those that differ, the last counts when it is called final or a correction, and drafts and examples
don't; otherwise the reply is unreadable, as it is when it takes back in words what it judged, or says that it cannot judge.
Data flow: `reply → JSON values and what else it says → entries of each → labels of each → the one Judgement, or why there is none`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adaem_core.elicit.by_value import entries_by_value
from adaem_core.elicit.duplicates import repeats_a_key
from adaem_core.elicit.entries import Entry, differing, entries_of, is_row
from adaem_core.elicit.label_lines import values_without_json
from adaem_core.elicit.names import Names
from adaem_core.elicit.numbering import number_in
from adaem_core.elicit.plain import FENCE
from adaem_core.elicit.second_thoughts import DRAFT, FINAL, RIVAL, at_odds, doubt, is_called, words_after
from adaem_core.elicit.structured import Document, documents
from adaem_core.records import Label

Found = tuple[Label, ...]
Reader = Callable[[Sequence[Entry]], Found | str]

ECHO = re.compile(
    r"words copied from statement|[\"“]\s?(?:…|\.\.\.)\s?[\"”]|[\"“]<\w+(?: \w+)*>[\"”]|:\s?[\"“](?:string|integer|code)[\"”]"
)  # the form itself, which a reply may repeat
SCHEMA = re.compile(r"[\"'](?:properties|\$schema|enum)[\"']\s?:")
SEVERAL = "The reply judges more than once, and which judgement counts cannot be told."
TWICE = "The reply judges a statement more than once, and which judgement counts cannot be told."
NONE = "No JSON object with an entry for every statement was found."


@dataclass(frozen=True)
class Judgement:
    """The labels that a reply gives to all statements."""

    labels: Found
    repaired: bool  # its JSON was mended before it was read
    document: Document


@dataclass(frozen=True)
class Part:
    """One JSON value of a reply, and what it lists."""

    document: Document
    entries: list[Entry]  # counted from 1; empty when it is no judgement
    whole: bool  # there is an entry for every statement


def judgements(reply: str, texts: Sequence[str], names: Names, read: Reader) -> Judgement | str:
    """Return the judgement of `reply` that counts, its entries read by `read`; else the reason why there is none."""
    parts = parts_of(reply, texts, names)
    judging = [each for each in parts if each.entries or each.document.value is None or may_judge(each.document, names)]
    found = chosen(judging, read) if any(each.whole for each in judging) else together(judging, len(texts), read)
    if isinstance(found, str):
        return found
    after = words_after(reply, parts[-1].document.source)
    if found.document.source and any(judged_otherwise(words, found, texts, names, read) for words in words_beside(found.document, after)):
        return SEVERAL
    if found.document.source and at_odds(after, (each.dimension for each in found.labels), names):
        return SEVERAL
    return doubt(found.document, [each.document for each in parts], after, nothing=not found.labels) or found


def words_beside(document: Document, after: str) -> Iterator[str]:
    """Yield the words beside a JSON value that may judge as well: those after it, and those before it unless it is called final."""
    yield after
    if not is_called(FINAL, document):
        yield document.before


def judged_otherwise(words: str, judged: Judgement, texts: Sequence[str], names: Names, read: Reader) -> bool:
    """Say whether a table, lines or sentences beside JSON judge otherwise than it does; what is not wholly understood is no judgement."""
    if not names.named_in(words):
        return False
    parts = (part_of(Document(value, "", "", 0), value, texts, names) for value in values_without_json(words, texts, names) if value)
    told = [part for part in parts if part.entries and not isinstance(read(part.entries), str)]
    return not all(agree(part, judged, read) for part in told)


def may_judge(document: Document, names: Names) -> bool:
    """Say whether a JSON value that lists nothing readable may be meant as a judgement, and is no schema."""
    return names.named_in(document.source) and SCHEMA.search(document.source) is None


def parts_of(reply: str, texts: Sequence[str], names: Names) -> list[Part]:
    """Return the JSON values of a reply with what they list, without repetitions of the form; of a reply without JSON the likeliest reading."""
    found = [part_of(each, headed(each), texts, names) for each in documents(reply) if not ECHO.search(each.source)]
    if found:
        return found
    read = (part_of(Document(value, "", "", 0), value, texts, names) for value in values_without_json(reply, texts, names) if value)
    tried = list(first_whole(read))
    return tried[-1:] if tried and tried[-1].whole else [each for each in tried if each.entries][:1]


def first_whole(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield parts up to the first one that is whole."""
    for part in parts:
        yield part
        if part.whole:
            return


def part_of(document: Document, value: Any, texts: Sequence[str], names: Names) -> Part:
    """Return what one JSON value lists, statement by statement or value by value."""
    entries = entries_of(value, texts, names) or [] if value else []
    if missing(entries, len(texts)) and value and (turned := entries_by_value(value, texts, names)):
        entries = turned
    return Part(document, counted_from_one(entries, len(texts)), bool(entries) and not missing(entries, len(texts)))


def headed(found: Document) -> Any:
    """Return what a JSON value holds, with the number of the statement that stands as a heading before it."""
    heading = FENCE.sub("", found.before).strip().rpartition("\n")[2].strip("#*_ ")
    number = number_in(heading) if isinstance(found.value, dict) else None
    return found.value if number is None else {"number": number, **found.value}


def chosen(parts: Sequence[Part], read: Reader) -> Judgement | str:
    """Return the judgement that counts of those that are whole: the only one, or the one that is called final or a correction."""
    rivals = [each for each in parts if not is_called(DRAFT, each.document) or is_called(FINAL, each.document)]
    rivals = rivals if any(each.whole for each in rivals) else list(parts)
    last = next(each for each in reversed(rivals) if each.whole)
    place = rivals.index(last)
    judged = judgement(last, read)
    if not all(agree(each, judged, read) for each in rivals[place + 1 :]):
        return SEVERAL
    if all(agree(each, judged, read) for each in rivals[:place]):
        return judged
    return judged if is_called(FINAL, last.document) and not is_called(RIVAL, last.document) else SEVERAL


def agree(part: Part, judged: Judgement | str, read: Reader) -> bool:
    """Say whether another JSON value judges the statements it has as the last one does."""
    other = read(part.entries) if part.entries else ""
    if isinstance(judged, str) or isinstance(other, str) or repeats_a_key(part.document):
        return False
    numbers = {number - 1 for number, _ in part.entries}
    return {(each.opinion, each.dimension) for each in other} == {
        (each.opinion, each.dimension) for each in judged.labels if each.opinion in numbers
    }


def judgement(part: Part, read: Reader) -> Judgement | str:
    """Return the labels of one JSON value, or why it has none."""
    if differing(part.entries):
        return TWICE
    if repeats_a_key(part.document):
        return "The JSON of the reply has the same key twice, and which one counts cannot be told."
    found = read(part.entries)
    return found if isinstance(found, str) else Judgement(found, part.document.repaired, part.document)


def together(parts: Sequence[Part], count: int, read: Reader) -> Judgement | str:
    """Return the judgement that several JSON values make together, each with its own statements."""
    entries = [entry for each in parts for entry in each.entries]
    if not entries or not all(each.entries for each in parts):
        return NONE
    if without := missing(entries, count):
        return without
    numbers = [number for each in parts for number in {number for number, _ in each.entries}]
    again = len(numbers) > len(set(numbers)) and not all(is_row(listed) for _, listed in entries)
    if again or differing(entries) or any(repeats_a_key(each.document) for each in parts):
        return TWICE
    found = read(counted_from_one(entries, count))
    return found if isinstance(found, str) else Judgement(found, any(each.document.repaired for each in parts), parts[-1].document)


def missing(entries: Sequence[Entry], count: int) -> str:
    """Return which of `count` statements has no entry, or which entry belongs to none; empty when all is well."""
    numbers = {number for number, _ in counted_from_one(entries, count)}
    if beyond := sorted(number for number in numbers if not 1 <= number <= count):
        return f"The entry for statement {beyond[0]} does not belong: there are {count} statements."
    without = sorted(set(range(1, count + 1)) - numbers)
    return f"There is no entry for statement {', '.join(map(str, without))}." if without else ""


def counted_from_one(entries: Sequence[Entry], count: int) -> list[Entry]:
    """Return the entries, numbered from 1 where a reply numbers them all from 0."""
    shift = {number for number, _ in entries} == set(range(count))
    return [(number + shift, listed) for number, listed in entries]
