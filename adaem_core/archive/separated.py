"""Lines of fields from the text of a table: which sign separates them, and where each record begins.

Data flow: `text, separator that was named → (line, fields) of every record, what was understood`.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adaem_core.archive.bounds import MOST_COLUMNS
from adaem_core.archive.texts import GREEK, cleaned, is_question
from adaem_core.errors import BadInput

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
RARE = "^~¦§#"  # that separate only where they do so in every line, from the names of the columns on
FIELD = re.compile(r'"(?:[^"]|"")*"|[^\s"]+')
BETWEEN_BLANKS = re.compile(rf"(?:{FIELD.pattern})(?: (?:{FIELD.pattern}))*")
NAMED = {**{sign: sign for sign in SEPARATORS}, **{name: sign for sign, name in SEPARATORS.items()}, "\\t": "\t"}
SEP_LINE = re.compile(r'\A\s*"?sep\s?=\s?([^\s"]|\t)"?[,;\t ]*(?:\r\n|\n|\r)', re.IGNORECASE)
# What people call the columns that are read; a line with one of these is no title and no row.
USUAL = frozenset(
    "id text question prompt item statement conclusion topic claim category theme model answer response label value".split()  # noqa: SIM905
)
LONGEST_CELL = 131_072  # characters: what the csv module takes
LONGEST_NAME = 500  # characters of a column's name, with whatever markup there is around it
SAMPLE = 60  # records by which separators are compared
NOTHING = "\x1f"  # stands in no text: with it a line is one field
# Ways to write fields that are rarer than doubled quotation marks: how it looks, how it is read, what is told.
OTHERWISE: list[tuple[re.Pattern[str], Mapping[str, Any], str]] = [
    (re.compile(r'[^\\]\\"[^,;\t|\r\n]'), {"escapechar": "\\"}, "a backslash before a quotation mark is no part of the text"),
    (re.compile(r'\A(?>[^\r\n]*?[,;|] )[\s\S]*?[,;|] +"'), {"skipinitialspace": True}, "blanks after it are no part of the fields"),
]
Lines = list[tuple[int, list[str]]]


def records(name: str, text: str, separator: str | None, kind: str) -> tuple[Lines, str]:
    """Return line and fields of each record, and the separator in words; BadInput names line and remedy."""
    skipped = 0
    if found := SEP_LINE.match(text):
        skipped = len(re.findall(r"\r\n|\n|\r", found[0]))
        text, separator = text[found.end() :], separator or (found[1] if found[1] in text[found.end() :] else None)
    sign = sign_of(name, separator) if separator else likely(text, kind)
    if sign == NOTHING:
        # Whatever signs are in it, a line is one field; one in quotation marks may go on over several lines.
        lines = list(csv_records(name, text, sign, skipped, strict=False))
        return within_quotes(name, lines), "none: one column"
    if sign == "\t" and not across_lines(text):
        return tab_lines(text, skipped), "tab"
    told = SEPARATORS.get(sign, sign).replace(" ", "blank")
    for form, how, said in OTHERWISE:
        if form.search(text) and (lines := as_wide(name, text, sign, skipped, how)):
            return lines, f"{told}; {said}"
    return with_marks(list(csv_records(name, text, sign, skipped)), sign), told


def with_marks(lines: Lines, sign: str) -> Lines:
    """Return the lines with the question marks of Greek, which a semicolon as separator has taken from the end of all of them."""
    filled = [fields for _, fields in lines if fields]
    greek = sign == ";" and len(filled) > 1 and all(not fields[-1] and GREEK.search(fields[-2]) for fields in filled[1:] if len(fields) > 1)
    if not greek or any(len(fields) != len(filled[0]) + 1 for fields in filled[1:]):
        return lines
    return [*lines[:1], *((number, [*fields[:-2], f"{fields[-2]};"] if fields else fields) for number, fields in lines[1:])]


def as_wide(name: str, text: str, sign: str, skipped: int, how: Mapping[str, Any]) -> Lines:
    """Return the records of a text that is written in another way, where all are as wide; none where they are not."""
    try:
        found = list(csv_records(name, text, sign, skipped, **how))
    except BadInput:
        return []
    return found if len({len(fields) for _, fields in found if fields}) == 1 else []


def within_quotes(name: str, lines: Lines) -> Lines:
    """Return lines of one field, split once more where each is a whole record in quotation marks; BadInput on an unknown separator."""
    head = next((fields[0] for _, fields in lines if fields and fields[0].strip()), "")
    sign = next((each for each in SEPARATORS if each in head and any(map(known, head.split(each)))), None)
    if sign:
        return [(number, next(csv.reader([fields[0]], delimiter=sign), [])) for number, fields in lines if fields]
    parts = re.split(r"\s*[:^~¦§/\\]+\s*", head)
    if len(parts) > 1 and any(map(known, parts)) and not is_question(head):
        raise BadInput(f"{name}: line {lines[0][0]}: cannot tell what separates the columns of “{head[:60]}”. Name it (--separator).")
    return lines


def known(field: str) -> bool:
    """Say whether a field is what people call a column that is read."""
    return len(field) <= LONGEST_NAME and cleaned(field).lstrip("#").casefold() in USUAL


def remark(fields: Sequence[str]) -> bool:
    """Say whether a line is somebody's remark; a text that begins with a hashtag, or a name of a column, is none."""
    first = fields[0].lstrip() if fields else ""
    if first.strip() == "#" and any(field.strip() for field in fields[1:]):
        return False  # the name of a column with numbers
    if first.startswith(("# ", "// ", "#\t", "##")) or first in {"#", "//"}:
        return not any(map(known, fields))
    return first.startswith("#") and not any(field.strip() for field in fields[1:]) and not is_question(first) and not known(first)


def sign_of(name: str, separator: str) -> str:
    """Return the sign that was named, by itself or in words; BadInput lists those there are."""
    sign = NAMED.get(separator.lower(), separator)
    if len(sign) != 1 or sign in '"\r\n':
        raise BadInput(f"{name}: no separator {separator!r}. Use one of {', '.join(SEPARATORS.values())}, or a single sign.")
    return sign


def likely(text: str, kind: str) -> str:
    """Return the sign that gives most records the same number of fields, that of the names; NOTHING where none separates."""
    if kind in (".tsv", ".tab") and "\t" in text:
        return "\t"
    scores = {sign: evenness(text, sign) for sign in SEPARATORS}
    best = max(("\t", "|", ";", ","), key=lambda sign: scores[sign])  # a comma stands within texts more often than the others
    if scores[best] > (0, 0.0, 0):
        return best
    return next((sign for sign in RARE if sign in text and rarely(parsed(text, sign))), " " if blanks(text) else NOTHING)


def blanks(text: str) -> bool:
    """Say whether single blanks separate, as R writes a table: some field of every line is in quotation marks, and all lines are as wide."""
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    if len(lines) < 2 or not all('"' in line and BETWEEN_BLANKS.fullmatch(line) for line in lines):
        return False
    first, *others = (FIELD.findall(line) for line in lines)
    widths = {len(fields) for fields in others}
    quoted = {tuple(field[0] == '"' for field in fields) for fields in others}
    return len(widths) == len(quoted) == 1 and widths.pop() - len(first) in {0, 1} and len(others[0]) > 1 and any(map(known_quoted, first))


def known_quoted(field: str) -> bool:
    """Say whether a field is a usual name in quotation marks."""
    return field[0] == '"' and known(field.strip('"'))


def rarely(found: list[list[str]]) -> bool:
    """Say whether a rare sign separates records: the first holds two usual names, and all have as many fields."""
    found = [fields for fields in found if any(each.strip() for each in fields)]
    return len(found) > 1 and sum(map(known, found[0])) > 1 and {len(each) for each in found} == {len(found[0])}


def evenness(text: str, sign: str) -> tuple[int, float, int]:
    """Return how many usual names a line has, the share of records as wide as it (shorter ones count half), and its width; 0 where none is separated."""
    found = [fields for fields in parsed(text, sign) if any(each.strip() for each in fields) and not remark(fields)]
    if not found:
        return 0, 0.0, 0
    usual = max(range(min(len(found), SAMPLE)), key=lambda place: sum(map(known, found[place])))
    names = sum(map(known, found[usual])) if len(found[usual]) > 1 else 0
    widths = Counter(len(fields) for fields in found)
    named = len(found[usual]) if names else next((len(fields) for fields in found if len(fields) > 1), 1)
    if named < 2 or (not names and len(found[0]) < 2 and not titled(found)):
        return 0, 0.0, 0
    even = sum(times * (1.0 if width == named else 0.5) for width, times in widths.items() if 1 < width <= named)
    return names, even / len(found), named


def parsed(text: str, sign: str) -> list[list[str]]:
    """Return the first records of a text as this sign separates them, by quotation marks where these match, else by the sign alone."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
        return [fields[: MOST_COLUMNS + 1] for fields, _ in zip(reader, range(SAMPLE), strict=False)]
    except csv.Error:
        lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
        return [line.split(sign, MOST_COLUMNS) for line in lines] if all(sign in line for line in lines[:3]) else []


def titled(found: list[list[str]]) -> bool:
    """Say whether the first records are titles above a table: at most five of one field, and all below them wider."""
    above = next((place for place, fields in enumerate(found) if len(fields) > 1), len(found))
    wide = above <= 5 and len(found) - above >= 2 and all(len(fields) > 1 for fields in found[above:])
    return wide and not any(is_question(each) or len(each.split()) > 4 for each in found[above])  # names of columns, not words of a text


def across_lines(text: str) -> bool:
    """Say whether some field in quotation marks goes on in the next line."""
    return any(
        field.startswith('"') and not re.fullmatch(r'"(?:[^"]|"")*".*', field) for line in text.splitlines() for field in line.split("\t")
    )


def csv_records(name: str, text: str, sign: str, skipped: int, *, strict: bool = True, **how: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each record starts at and its fields; BadInput on quotation marks that do not match and on cells without end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=strict, **how)
    start = 1 + skipped
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(f"{name}: line {start}: {error}. {remedy(error)}") from None
        yield start, fields
        start = reader.line_num + 1 + skipped


def remedy(error: csv.Error) -> str:
    """Return what to do about a record that cannot be read."""
    if "field larger" in str(error):
        return f"This cell is too long: at most {LONGEST_CELL:,} characters are read. Shorten it; or a quotation mark that opens it is never closed."
    return 'Check the quotation marks from this line on: a field that holds one must stand in quotation marks and double it ("").'


def tab_lines(text: str, skipped: int) -> Lines:
    """Return tab-separated lines; a field wholly inside quotation marks is unwrapped, any other keeps them."""
    lines = enumerate(re.split(r"\r\n|\n|\r", text), 1 + skipped)
    return [(number, [unquoted(field) for field in line.split("\t")]) for number, line in lines if line.strip()]


def unquoted(field: str) -> str:
    """Return the field without quotation marks that enclose all of it."""
    found = re.fullmatch(r'"((?:[^"]|"")*)"', field.strip())
    return found[1].replace('""', '"') if found else field
