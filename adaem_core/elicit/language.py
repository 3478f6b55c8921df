"""Is a reply in English? Answers are compared by their words, so an answer in another language is unreadable.

English is told by its small words, which costs microseconds; only a text without them is classified by py3langid.
Data flow: `reply → foreign → None or the language's name`.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

# Frequent in any English prose of a few sentences, rare in every other language.
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the of and to that with are this by from which can it be their not or these have has is as on while may when more they such than who"
        " what should but if would could its also there been were will through how because where between",
    )
)
NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")
ENOUGH_WORDS = 12
ENGLISH_SHARE = 0.12  # 132 real answers: 0.16 to 0.38; other languages in Latin script: below 0.05
SURE = 0.5  # no false alarm on 132 real answers and 8,865 English arguments (Touché23)


def foreign(text: str) -> str | None:
    """Return the name of the language `text` is mostly in, None when that is English or cannot be told."""
    words = WORD.findall(text[:8000].lower())
    letters = sum(map(len, words))
    other_script = sum(len(word) for word in words if word[0] > "\u036f")  # past the Latin letters and their accents
    if letters >= 4 and other_script > letters / 2:
        return named(text)
    if len(words) < ENOUGH_WORDS or sounds_english(words):
        return None
    code, probability = classify(text)
    return None if code == "en" or probability < SURE else NAMES.get(code, code)


def without_other_script(text: str) -> str:
    """Return an English reply without the lines that are mostly in another script, as those of a translation below it."""
    return text if text.isascii() else "\n".join(line for line in text.split("\n") if line.isascii() or not in_other_script(line))


def in_other_script(line: str) -> bool:
    """Say whether most letters of a line are past the Latin ones."""
    words = WORD.findall(line)
    return 2 * sum(len(word) for word in words if word[0] > "\u036f") > sum(map(len, words))


def sounds_english(words: Sequence[str]) -> bool:
    """Say whether these words, in lower case, are enough to tell, and hold as many small words as English does."""
    return len(words) >= ENOUGH_WORDS and sum(word in SMALL_WORDS for word in words) >= ENGLISH_SHARE * len(words)


def named(text: str) -> str:
    """Return the name of the language of a text in another script."""
    code, _ = classify(text)
    return "another script than Latin" if code == "en" else NAMES.get(code, code)


def classify(text: str) -> tuple[str, float]:
    """Return py3langid's language code and its probability in [0, 1]."""
    code, probability = identifier().classify(text[:4000])
    return str(code), float(probability)


@cache
def identifier() -> Any:
    """Return the loaded language identifier."""
    # Half a second to load, and not needed while models answer in English.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
