"""Questionnaires as survey programs keep them (LimeSurvey, XLSForm, formr, REDCap): their structures hold more than questions.

Data flow: `column names, rows → those of the questions alone, what was left out`.
"""

import re
from collections.abc import Iterable, Mapping

Rows = tuple[tuple[int, dict[str, str]], ...]
Table = tuple[tuple[str, ...], Rows, list[str]]  # column names, rows, what was understood
QUALTRICS = re.compile(r"""\{\s*["']+ImportId["']+\s*:""")
LIMESURVEY = {"class", "name", "text"}
# Program → its columns with the kind of a line, the text, the id and the category of a question.
STRUCTURES = {
    "XLSForm": ("type", "label", "name", ""),
    "REDCap": ("field type", "field label", "variable / field name", "section header"),
    "REDCap's interface": ("field_type", "field_label", "field_name", "section_header"),
}
ANSWERED = "select one|select_one|select multiple|select_multiple|text|integer|decimal|range|rank|acknowledge|barcode|date|time"
FORMR = "mc(?:_multiple)?(?:_button)?|check(?:_button)?|rating_button|number|textarea|range_ticks|select_or_add_one|select_or_add_multiple"
ASKED_TYPES = re.compile(
    rf"(?:{ANSWERED}|{FORMR}|radio|yesno|truefalse|dropdown|slider|notes)\b|checkbox\b", re.IGNORECASE
)  # of XLSForm, formr and REDCap; others are settings, groups and calculations
MADE = ("text", "id", "category")  # columns


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
