"""Find the words a recogniser quoted in the opinion they should come from.

Data flow: `quote, opinion → verbatim → the opinion's own words, or nothing`.
"""

import re

ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
MARKS = " '\".,;:"  # around a quote, not of it
OMISSION = re.compile(r"\.{3}|…|\[\s?\]")


def verbatim(quote: str, text: str) -> str:
    """Return the span of `text` that `quote` repeats, up to case, spaces and kinds of quotes; of a quote with gaps the longest part found.

    Empty when the words do not stand there: evidence is never invented.
    """
    quote = quote[:2000].strip(MARKS)
    if quote and quote in text:  # as nearly all are, and found at once
        return quote
    source, places = comparable(text)
    parts = sorted((comparable(part)[0].strip(MARKS) for part in OMISSION.split(quote)), key=len, reverse=True)
    for part in parts:
        begin = source.find(part) if part else -1
        if begin >= 0:
            return text[places[begin] : places[begin + len(part) - 1] + 1]
    return ""


def comparable(text: str) -> tuple[str, list[int]]:
    """Return `text` in lower case with single spaces and plain quotes, and for each character its place in `text`."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(ALIKE)):
        if character.isspace() and (not kept or kept[-1] == " "):
            continue
        lower = character.lower()
        kept.append(" " if character.isspace() else lower if len(lower) == 1 else character)
        places.append(place)
    return "".join(kept), places
