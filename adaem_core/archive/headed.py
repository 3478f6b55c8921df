"""From lines of fields to named columns: what stands above the names, beside them and between them is left out, and told.

Data flow: `(line, fields) of every record → column names, rows, what was left out and why`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from adaem_core.archive.below_names import without_descriptions
from adaem_core.archive.bounds import check_size
from adaem_core.archive.exported import about_answers, asked_in_names
from adaem_core.archive.separated import Lines, known, remark
from adaem_core.archive.surveys import Rows, asked_of_survey, structure_of
from adaem_core.archive.texts import asks, cleaned, is_question
from adaem_core.errors import BadInput

LEAST_WIDE = 3  # columns
IDS = re.compile(r"(?:.*_)?(?:id|nr|no|number|num|code|index|row|#)\.?", re.IGNORECASE)  # names of columns with numbers
LEAST_COUNTED = 2  # lines
TITLES = 10  # lines above the names of the columns that are looked through
FARTHEST = 40  # lines, where two usual names stand together


def headed(name: str, lines: Lines, header: int | None) -> tuple[tuple[str, ...], Rows, list[str]]:
    """Return column names, rows and notes; `header` is the line of the names where somebody named it. BadInput names line and remedy."""
    notes: list[str] = []
    filled = [(number, fields) for number, fields in lines if any(field.strip() for field in fields)]
    check_size(name, len(filled), max((len(fields) for _, fields in filled), default=0))
    filled = without_remarks(filled, notes)
    at = place_of_header(name, filled, header, notes)
    if at is None:
        columns = ("text",) if widest(filled) == 1 else tuple(f"column {place}" for place in range(1, widest(filled) + 1))
        return columns, tuple((line, row(columns, each)) for line, each in filled), notes
    number, fields = filled[at]
    if not structure_of(fields) and (asked := asked_in_names(fields, filled[at + 1 :])):
        return asked
    fields = with_row_names(fields, filled[at + 1 :], notes)
    columns = names(name, number, fields, widest(filled[at + 1 :]))
    body = without_descriptions(filled[at + 1 :], fields, notes)
    check_widths(name, body, len(fields))
    check_cut(name, fields, body)
    rows = tuple((line, row(columns, each)) for line, each in body)
    if short := sum(len(each) < len(columns) for _, each in body):
        notes.append(f"Lines shorter than the line of names, whose last cells are taken as empty: {short:,}")
    return asked_of_survey(columns, rows, notes)


def widest(lines: Lines) -> int:
    """Return the number of fields in the widest line, trailing empty ones left out."""
    return max((max(place for place, field in enumerate(fields, 1) if field.strip()) for _, fields in lines), default=0)


def without_remarks(lines: Lines, notes: list[str]) -> Lines:
    """Return the lines that are no remark."""
    kept = [(number, fields) for number, fields in lines if not remark(fields)]
    if len(kept) < len(lines):
        notes.append(f"Lines left out because they begin with # or //: {len(lines) - len(kept):,}")
    return kept


def place_of_header(name: str, lines: Lines, header: int | None, notes: list[str]) -> int | None:
    """Return which of the lines names the columns; None where none does, because the first holds what the others hold."""
    if header is not None:
        found = next((place for place, (number, _) in enumerate(lines) if number == header), None)
        if found is None:
            raise BadInput(f"{name}: line {header} cannot name the columns: it is empty, or not there.")
        return found
    if not lines:
        raise BadInput(f"{name}: the file is empty. It needs at least one topic.")
    above = titles(lines)
    if above:
        notes.append(f"Lines left out above the names of the columns: {above}, beginning with “{lines[0][1][0].strip()[:60]}”")
    number, first = lines[above]
    if any(map(known, first)) or structure_of(first) or about_answers(first):
        return above
    if data_like(first, [fields for _, fields in lines[above + 1 :]]):
        notes.append(f"Line {number} holds what the lines below hold: it is kept as a row, and the columns have no names")
        return None
    if len(lines[above:]) > 1 and widest(lines[above:]) == 1:
        notes.append(f"Line {number}, “{first[0].strip()[:60]}”, is taken as the name of the only column")
    return above


def titles(lines: Lines) -> int:
    """Return how many of the first lines are titles: above a line that names a known column, or of one field above wider ones."""
    head = [fields for _, fields in lines[:FARTHEST]]
    usual = [len({cleaned(field).casefold() for field in fields if known(field)}) for fields in head]
    usual = [count if place < TITLES or count > 1 else 0 for place, count in enumerate(usual)]
    best = max(usual, default=0)
    filled = [sum(bool(field.strip()) for field in fields) for fields in head[:TITLES]]
    if best:
        at = usual.index(best)
        # One usual word below a line that is as wide may be a value: “text” is a kind of field as well.
        return 0 if usual[0] or (best == 1 and filled[0] >= max(filled[at], LEAST_WIDE)) else at
    return next((place for place, count in enumerate(filled) if count > 1), 0)


def data_like(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether a line is a row and not names: it asks where those below ask, or begins a count that they go on with."""
    if len(first) == 1 and is_question(first[0]):
        return True
    for place, field in enumerate(first):
        under = [fields[place].strip() for fields in below if place < len(fields)]
        if field.strip().isdecimal() and under and under[0].isdecimal() and int(under[0]) == int(field) + 1:
            return True
        wordy = is_question(field) or (len(field.split()) > 3 and not known(re.split(r"\W", field.strip())[0]))
        if wordy and under and sum(map(asks, under)) > len(under) / 2:
            return True
    return False


def with_row_names(fields: list[str], below: Lines, notes: list[str]) -> list[str]:
    """Return the names of the columns, one more where R has written the names of rows, which count them, before every line."""
    wider = [line for _, line in below if len(line) == len(fields) + 1 and line[-1].strip()]
    counted = [line[0].strip() for line in wider] == [str(place) for place, _ in enumerate(below, 1)]
    if not counted or len(below) < LEAST_COUNTED or any(map(IDS.fullmatch, fields)):
        return fields
    notes.append("Each line begins with its number, for which there is no name")
    return ["row", *fields]


def names(name: str, number: int, fields: Sequence[str], least: int) -> tuple[str, ...]:
    """Return the names of at least so many columns; one without a name gets its number. BadInput if a name stands there twice."""
    while len(fields) > max(least, 1) and not fields[-1].strip():
        fields = fields[:-1]
    columns = tuple(cleaned(field).lstrip("#") or f"column {place}" for place, field in enumerate(fields, 1))
    if repeated := sorted(each for each, times in Counter(columns).items() if times > 1):
        raise BadInput(f"{name}: line {number}: column {', '.join(repeated)} stands there twice. Give each column its own name.")
    return columns


def check_widths(name: str, body: Lines, width: int) -> None:
    """Raise BadInput at the first line with more fields than names, unless all lines end with as many empty ones."""
    over = [each for each in body if len(each[1]) > width]
    if over and (len(over) < len(body) or any(field.strip() for _, fields in over for field in fields[width:])):
        number, fields = over[0]
        raise BadInput(
            f"{name}: line {number}: {len(fields)} fields where the first line names {width} columns. "
            "Check the separators, and put a field that holds one in quotation marks."
        )


def check_cut(name: str, names: Sequence[str], body: Lines) -> None:
    """Raise BadInput at the first line where a sentence seems to go on in the next field: an unquoted comma has cut it."""
    if any(field[:1] == " " for field in names[1:]):
        return  # a file that sets a blank after each of its separators
    for number, fields in body:
        for before, after in pairwise(fields):
            if goes_on(before, after):
                raise BadInput(
                    f"{name}: line {number}: “{before.strip()[-30:]} | {after.strip()[:30]}” looks like one text that a separator cuts. "
                    "Put a field that holds a separator in quotation marks, or name another separator."
                )


def goes_on(before: str, after: str) -> bool:
    """Say whether a field begins as the rest of the sentence in the one before it: after a blank, in a small letter."""
    rest = after.strip()
    begun = before.strip() and before.strip()[-1] not in ".!:;" and not is_question(before) and not before.strip().isdecimal()
    return bool(begun) and after[:1] == " " and rest[:1].islower() and (len(rest.split()) > 1 or is_question(rest))


def row(columns: Sequence[str], fields: Iterable[str]) -> dict[str, str]:
    """Return the fields by column name, the last ones empty where they are missing."""
    given = [*fields, *[""] * len(columns)]
    return dict(zip(columns, given, strict=False))
