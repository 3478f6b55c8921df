"""Which topics are not in English: authors are asked in English, and the rules that make a question of a statement know no other language.

Data flow: `statements → the language of each, "" where it is English or cannot be told`.
"""

import re

from adaem_core.elicit.language import NAMES, SMALL_WORDS, WORD, classify, foreign

# Short English statements have one of these where they have none of the small words of prose.
AUXILIARY = frozenset(
    re.findall(
        r"\w+",
        "do does did am was were being we you i he she a an any all no more than us our ban abolish should must every people right too",
    )
)
SURE = 0.9  # of so short a text
FEWEST = 3  # words: of fewer the language cannot be told


def language_of(statement: str) -> str:
    """Return the name of the language of a topic's own words, "" for English and for what is too short to tell."""
    if other := foreign(statement):
        return other
    words = WORD.findall(statement.lower())
    if len(words) < FEWEST or (SMALL_WORDS | AUXILIARY).intersection(words) - ambiguous(words):
        return ""
    code, probability = classify(statement)
    return "" if code == "en" or probability < SURE else NAMES.get(code, code)


def ambiguous(words: list[str]) -> frozenset[str]:
    """Return the words that are English but stand in other languages as well, where they are all that speaks for English."""
    shared = frozenset(
        {"a", "an", "as", "do", "was", "no", "die", "in", "i", "he", "of", "is", "on", "am", "not", "to", "all", "with", "also", "than"}
    )
    return shared if len((SMALL_WORDS | AUXILIARY).intersection(words) - shared) == 0 else frozenset()
