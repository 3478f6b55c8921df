"""Labels in a reply without JSON: YAML, XML, a table, numbered lines, or sentences such as "Statement 1 expresses Security".

A sentence is read only when all its words are known; whatever else it says could turn its meaning.
Data flow: `reply → values_without_json → values shaped as those of a JSON reply, the likeliest first`.
"""

import ast
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from adaem_core.elicit.evidence import comparable
from adaem_core.elicit.names import Names
from adaem_core.elicit.numbering import ORDINALS, WORD, number_in
from adaem_core.elicit.plain import FENCE, LONGEST, TWINS
from adaem_core.elicit.structured import with_lists
from adaem_core.elicit.tables import elements, table_cells, table_rows
from adaem_core.elicit.verdict_words import NOTHING
from adaem_core.errors import BadInput
from adaem_core.values import read_yaml

YAML_FENCE = re.compile(r"^```ya?ml\n(?P<inner>.{1,20000}?)^```", re.DOTALL | re.MULTILINE)
YAML = re.compile(r"\s*(?:---\s*\n)?(?:[A-Za-z0-9_][\w ]{0,40}:[ ]*(?:\n\s*-\s|\n\s+\w+:|\[)|-\s+[A-Za-z_]\w{0,40}:\s)")
FIELD = re.compile(r"\s*(?:-\s+)*(?P<key>[^\s:#\[{-][^:\n]{0,60}):(?:\s|$)")
CLAUSE = r"(?:^|(?<=[.;|!?]) |,? (?:and|while|whereas|but) |, (?=the ))"
SUBJECT = re.compile(
    rf"{CLAUSE}[ >#•*-]*(?:(?:and|while|whereas|but|for|in|the) ){{0,3}}"
    rf"(?:{WORD}[ _#]{{0,3}}(?P<number>\d{{1,3}})(?![\d.]*\d)|(?P<ordinal>{'|'.join(ORDINALS)})\b(?: {WORD}\b| one\b)?)(?P<mark>\s?[).\]:=|,→–—>-]{{0,4}})",
    re.IGNORECASE | re.MULTILINE,
)
NUMBERED = re.compile(
    r"(?:^[ >#•*([-]*(?P<number>\d{1,3})(?:[ ]?[).\]:=|,→–—>-]{1,4}|\t)|(?<=[;|.])[ ]?(?P<later>\d{1,3})[ ]?[:=])", re.MULTILINE
)
NEXT_NUMBER = re.compile(r"\(?\d{1,3}[.):]?")
VERB = re.compile(
    r"(?:(?:clearly|mainly|primarily|only|also|strongly|explicitly|directly|both|itself) )*"
    r"(?:express(?:es|ing|ed)?|reflects?|shows?|conveys?|contains?|embod(?:y|ies)|demonstrates?|represents?|supports?|promotes?|endorses?|is|has|values?(?: expressed)?(?=:))\b:?\s*"
    r"(?:(?:both|the|following|value|values|of|code|codes|only|labelled|labeled|as|:)\s+)*:?\s*",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*[-*•+–]\s+")
MARKUP = re.compile(r"[*`]+|(?<![^\W_])__?(?=\w)|(?<=\w)__?(?![^\W_])")
FINAL_HEADING = re.compile(r"^\W*(?:my )?(?:final|revised|corrected)\b[^\n:.]{0,40}(?::\W*|\W*\n)", re.IGNORECASE | re.MULTILINE)
TURNED = re.compile(r"\b(?:not|no|except\w*|exclud\w+|without|never|neither|nor|rejected|ruled out)\b|n['’]t\b", re.IGNORECASE)
OF_VALUES = re.compile(r"\bvalues?\b", re.IGNORECASE)
OF_STATEMENTS = re.compile(r"\b(?:each|every|per|statements?|opinions?|texts?|sentences?|points?|items?)\b", re.IGNORECASE)
ONLY_ONE = re.compile(r"(?:the|this) (?:only )?(?:statement|text|opinion|sentence|question)\s*:?\s*", re.IGNORECASE)


def values_without_json(reply: str, texts: Sequence[str], names: Names) -> Iterator[Any]:
    """Yield what a reply without JSON may say, as a JSON reply would say it: as YAML, XML, a table, lines or sentences."""
    if len(reply) > LONGEST:
        return
    yield flat_list(reply)
    yield indented(reply)
    yield evened(elements(reply), names) if "<" in reply else None
    yield table_rows(reply)
    yield unheaded(table_cells(reply))
    yield told_by_statement(reply, texts, names)
    if len(texts) == 1:
        yield alone(reply, names)


def flat_list(reply: str) -> Any:
    """Return the list that a reply is as JSON or in Python, such as ["SEL", "TRA, SEC", "none"] or [(1, "SEL")]; None where it is none."""
    bare = FENCE.sub("", reply).strip()
    for load in (json.loads, ast.literal_eval) if bare.startswith("[") else ():
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            found = with_lists(load(bare))
            return found if isinstance(found, list) else None
    return None


def indented(text: str) -> Any:
    """Return the YAML that a reply is, without its fence, as of JSON; None where it is none. References are not followed: they could grow."""
    fenced = YAML_FENCE.search(text)
    bare = fenced["inner"] if fenced else FENCE.sub("", text)
    if not (fenced or YAML.match(bare)) or repeats_a_field(bare):
        return None
    try:
        found = read_yaml(bare.encode("utf-8", "replace"), "reply")
    except BadInput:
        return None
    return found if isinstance(found, dict | list) else None


def repeats_a_field(text: str) -> bool:
    """Say whether a mapping in YAML has one key twice: its reader would keep the last."""
    seen: dict[int, set[str]] = {}
    for line in filter(str.strip, text.split("\n")):
        indent, field = len(line) - len(line.lstrip()), FIELD.match(line)
        place = field.start("key") if field else indent
        seen = {at: keys for at, keys in seen.items() if at <= (indent if place > indent else place)}
        if field and field["key"] in seen.setdefault(place, set()):
            return True
        seen.setdefault(place, set()).add(field["key"] if field else "")
    return False


def evened(value: Any, names: Names) -> Any:
    """Return XML's values where elements of one name hold the same fields: what one of them leaves out is empty."""
    if isinstance(value, dict):
        held = {key: evened(each, names) for key, each in value.items()}
        named = any(names.find(each) for key, each in held.items() if key != "text")
        return {"values" if key == "text" and not named else key: each for key, each in held.items()}
    if not isinstance(value, list):
        return value
    rows = [evened(each, names) for each in value]
    fields = {key: None for row in rows if isinstance(row, dict) for key in row}
    common = {key for key in fields if all(isinstance(row, dict) and key in row for row in rows)}
    return [{**fields, **row} if isinstance(row, dict) and row.keys() == common else row for row in rows]


def unheaded(cells: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return the rows of a table without a heading whose first column numbers the statements; empty when it is none."""
    numbers = [number_in(row[0]) for row in cells]
    if not cells or None in numbers or len(cells[0]) > 3:
        return []
    key = "values" if len(set(numbers)) == len(numbers) else "id"
    return [
        {"number": number, key: row[1], **({"quote": row[2]} if len(row) > 2 else {})} for number, row in zip(numbers, cells, strict=True)
    ]


def told_by_statement(reply: str, texts: Sequence[str], names: Names) -> dict[str, Any] | None:
    """Return what numbered lines or sentences list for each statement; None where they name one twice, or say more before them."""
    text = MARKUP.sub("", FENCE.sub("", reply).translate(TWINS))
    text = text[max((each.end() for each in FINAL_HEADING.finditer(text)), default=0) :]
    subjects = list(SUBJECT.finditer(text)) or list(NUMBERED.finditer(text))
    if not subjects or turned_before(text[: subjects[0].start()], names, bare=subjects[0].re is NUMBERED):
        return None
    ends = [*(each.start() for each in subjects[1:]), len(text)]
    told: dict[str, Any] = {}
    for subject, end in zip(subjects, ends, strict=True):
        number = number_told(subject)
        listed = listed_after(text[subject.end() : end], texts[number - 1 : number], names, last=end == len(text))
        if str(number) in told or listed is None:
            return None
        told[str(number)] = listed
    return told


def number_told(subject: re.Match[str]) -> int:
    """Return the number of the statement that a line or sentence is about."""
    fields = subject.groupdict()
    if number := fields["number"] or fields.get("later"):
        return int(number)
    return ORDINALS.index(subject["ordinal"].lower()) + 1


def turned_before(preface: str, names: Names, *, bare: bool) -> bool:
    """Say whether words before the first line may turn what the lines mean: a "not", a value, or a list of values and not of statements."""
    about_values = bare and OF_VALUES.search(preface) is not None and OF_STATEMENTS.search(preface) is None
    return TURNED.search(preface) is not None or about_values or names.named_in(preface)


def listed_after(segment: str, text: Sequence[str], names: Names, *, last: bool) -> list[str] | None:
    """Return what follows the name of a statement, without its own words and the verb; None where nothing does."""
    parts = segment.strip().split("\n\n")
    if last:  # a closing remark
        parts = [part for place, part in enumerate(parts) if place == 0 or names.named_in(part) or TURNED.search(part)]
    lines = [BULLET.sub("", line).strip() for part in parts for line in part.split("\n") if line.strip()]
    if lines and text:
        lines[0] = without_repetition(lines[0], text[0])
    told = [without_verb(line) for line in lines if line]
    told = told[:-1] if told and NEXT_NUMBER.fullmatch(told[-1]) else told
    return [line.strip(" .;|") or line for line in told] or None


def without_verb(line: str) -> str:
    """Return a line without the "expresses the values" it begins with."""
    verb = VERB.match(line)
    return line[verb.end() :] if verb else line


def without_repetition(line: str, text: str) -> str:
    """Return a line without the words of the statement at its beginning, in quotes or brackets or up to a colon or dash."""
    quoted = re.match(r"[(\[]?[\"“'«](?P<words>.{9,600}?)[\"”'»][)\]]?\s{0,2}[:–—,→=>-]*\s*", line) or re.match(
        r"(?P<words>.{9,600}?)(?:\s[–—:>-]+\s|:\s|$)", line
    )
    if quoted is None:
        return line
    said = comparable(quoted["words"])[0].strip(" .…\"'")
    return line[quoted.end() :] if comparable(text)[0].startswith(said) else line


def alone(reply: str, names: Names) -> list[Any] | None:
    """Return what a reply of a few words lists for the only statement; None when it is more."""
    words = MARKUP.sub("", FENCE.sub("", reply)).strip(" \n.")
    subject = ONLY_ONE.match(words)
    words = without_verb(words[subject.end() :] if subject else words)
    return [words] if words and len(words) < 400 and (NOTHING.fullmatch(words) or names.named_in(words)) else None
