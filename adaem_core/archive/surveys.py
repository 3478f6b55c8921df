"""Files of survey programs: their structures (LimeSurvey, XLSForm, REDCap) hold more than questions, their exports ask in the names of columns.

Data flow: `column names, rows → those of the questions alone, what was left out`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from adaem_core.archive.separated import Lines, known
from adaem_core.archive.texts import cleaned, is_question

Rows = tuple[tuple[int, dict[str, str]], ...]
Table = tuple[tuple[str, ...], Rows, list[str]]  # column names, rows, what was understood
QUALTRICS = re.compile(r"""\{\s*["']+ImportId["']+\s*:""")
LIMESURVEY = {"class", "name", "text"}
# Program → its columns with the kind of a line, the text, the id and the category of a question.
STRUCTURES = {
    "XLSForm": ("type", "label", "name", ""),
    "REDCap": ("field type", "field label", "variable / field name", "section header"),
}
ANSWERED = "select one|select_one|select multiple|select_multiple|text|integer|decimal|range|rank|acknowledge|barcode|date|time"
ASKED_TYPES = re.compile(
    rf"(?:{ANSWERED}|radio|yesno|truefalse|dropdown|checkbox|slider|notes)\b", re.IGNORECASE
)  # of XLSForm and of REDCap; others are settings, groups and calculations
MADE = ("text", "id", "category")  # columns
FEWEST = 2  # names that ask, from which a file is an export of answers


def structure_of(names: Iterable[str]) -> str | None:
    """Return which program's structure has columns of these names, None for none."""
    lower = set(plain_names(names))
    return next((program for program, needed in STRUCTURES.items() if lower.issuperset(needed[:3])), None)


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """Return the columns by their names in small letters, without a language (label::English)."""
    return {name.lower().split("::")[0].strip(): name for name in reversed([*names])}


def asked_of_survey(columns: tuple[str, ...], rows: Rows, notes: list[str]) -> Table:
    """Return the questions of a survey's structure, which lists groups, answers and settings as well; all rows of anything else."""
    lower, program = plain_names(columns), structure_of(columns)
    if lower.keys() >= LIMESURVEY and any(row[lower["class"]] == "Q" for _, row in rows):
        return MADE, limesurvey(lower, rows, notes), notes
    if program is None:
        return columns, rows, notes
    kind, *fields = (lower.get(name, "") for name in STRUCTURES[program])
    kept = [(number, row) for number, row in rows if ASKED_TYPES.match(row[kind].strip())]
    if not kept:
        return columns, rows, notes
    notes.append(f"{program}: questions kept: {len(kept):,}; lines of other kinds left out: {len(rows) - len(kept):,}")
    made = ((number, {to: row.get(of, "") for to, of in zip(MADE, fields, strict=True)}) for number, row in kept)
    return MADE, tuple(made), notes


def limesurvey(lower: Mapping[str, str], rows: Rows, notes: list[str]) -> Rows:
    """Return the questions of a LimeSurvey structure: one with parts is asked once for each, after the question's own words."""
    plain = [(number, {name: row.get(column, "") for name, column in lower.items()}) for number, row in rows]
    spoken = sorted({row.get("language", "") for _, row in plain if row["class"] == "Q"})
    kept: list[tuple[int, dict[str, str]]] = []
    whole: dict[str, str] = {}  # the question whose parts follow
    parts, group = 0, ""
    for number, row in plain:
        made = {"text": row["text"], "id": "_".join([row["name"], *[row.get("language", "")] * (len(spoken) > 1)]), "category": group}
        if row["class"] == "SQ" and whole and row.get("type/scale") != "1":  # 1: the names of an answer's columns
            kept = kept[:-1] if kept[-1][1] is whole else kept
            kept.append((number, {**whole, "text": f"{whole['text']} — {row['text']}", "id": f"{whole['id']}_{row['name']}"}))
            parts += 1
        elif row["class"] == "Q" and row.get("type/scale") != "X":  # X: a text that asks nothing
            whole = made
            kept.append((number, whole))
        elif row["class"] in {"Q", "G"}:
            whole, group = {}, row["name"] if row["class"] == "G" else group
    notes.append(f"LimeSurvey: questions kept: {len(kept):,}; lines of other kinds left out: {len(rows) - len(kept):,}")
    notes += [f"LimeSurvey: parts of questions with several, asked as “question — part”: {parts:,}"] * bool(parts)
    told = f"LimeSurvey: each question stands there in {len(spoken)} languages ({', '.join(spoken)}); all are kept"
    notes += [told] * (len(spoken) > 1)
    return tuple(kept)


def asked_in_names(names: Sequence[str], below: Lines) -> Table | None:
    """Return the questions that the names of columns ask, above what people answered; None where the lines below ask, or no names do."""
    names, about = described(names, below)
    places = [place for place, name in enumerate(names) if is_question(cleaned(name))]
    if len(places) < (FEWEST if not about else 1) or any(map(known, names)):
        return None
    cells = [fields[place] for _, fields in below for place in places if place < len(fields) and fields[place].strip()]
    if sum(is_question(cell) for cell in cells) > len(cells) / 2:
        return None
    rows = tuple((place + 1, {"id": about[place] if about else "", "text": names[place]}) for place in places)
    told = f"An export of answers: the questions are the names of {len(places):,} columns; answers and {len(names) - len(places):,} other columns are left out"
    return (("id", "text") if about else ("text",)), rows, [told]


def described(names: Sequence[str], below: Lines) -> tuple[Sequence[str], Sequence[str]]:
    """Return the questions of a Qualtrics export, which stand below the names of its columns, and these; any other names as they are."""
    if len(below) > 1 and any(QUALTRICS.search(field) for field in below[1][1]) and not any(map(known, names)):
        return below[0][1], [*names, *[""] * len(below[0][1])]
    return names, ()
