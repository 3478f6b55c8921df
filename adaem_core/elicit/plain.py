"""Bring what models really send to plain lines: thoughts, Markdown, HTML, wide characters and odd line ends go.

Appendix C.2 removes bold marks before values are judged; models send far more than bold marks.
Data flow: `raw reply → prepare → lines → plain → text of an opinion`.
"""

import re

from adaem_core.chat.thoughts import without_thoughts

LONGEST = 20_000  # characters of a reply that are read; an answer of the length asked for has about 1,500

# Full-width forms, circled digits and key caps stand for their plain twins; invisible characters carry nothing.
TWINS = str.maketrans(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {chr(0x2460 + index): f"{index + 1}. " for index in range(20)}
    | {"：": ": ", "．": ". ", "（": "(", "）": ") ", "，": ", ", "。": ". ", "；": "; ", "\u20e3": ". ", "｜": "|"}
    | dict.fromkeys("\u00a0\u2007\u202f\u3000\t", " ")
    | dict.fromkeys("\u2028\u2029\u0085\x0b\x0c\r", "\n")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\ufe0f\u00ad")
    | {code: None for code in range(32) if chr(code) not in "\n\t\r\x0b\x0c"}
)
PICTURES = r"\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"  # arrows, symbols, emoji
PICTURE_BEFORE = re.compile(rf"^\s*[{PICTURES}]+\s*")
SPECIAL_TOKEN = re.compile(r"<\|[^|<>\n]{1,40}\|>|</?s>|\[/?INST\]")
BREAK_TAG = re.compile(r"<(?:br|/?p|/?li|/?div|/?[ou]l|/?h[1-6])\s{0,3}/?>", re.IGNORECASE)
# Some models write the form they were asked for as elements: <stance>Yes</stance>, <key_points><point>…
STANCE_TAG = re.compile(r"<stance>", re.IGNORECASE)
FORM_TAG = re.compile(r"</?(?:stance|answer|response|question|(?:key[_-]?)?points?|opinions?|reasons?|arguments?)>", re.IGNORECASE)
LATEX_STYLE = re.compile(r"\\(?:textbf|textit|emph|underline|boxed)\{([^{}\n]{0,300})\}")
STYLE_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|code|mark)>", re.IGNORECASE)
FENCE = re.compile(r"^[ ]*(?:```|~~~)[^\n]*$", re.MULTILINE)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
LINK = re.compile(r"!?\[([^\]\[\n]{0,300})\]\([^()\n]{0,500}\)")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]{1,400}?)(?<=\S)_(?![\w_])")
MARKS = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|`|~~")
WRAPPERS = {'"': '"', "“": "”", "«": "»", "<": ">", "[": "]", "‘": "’", "'": "'", "「": "」"}


def prepare(text: str) -> str:
    """Return the reply as plain lines: no thoughts, fences or special tokens, one kind of line end, colon and digit."""
    text = without_thoughts(text.encode("utf-8", "replace").decode("utf-8"))
    text = SPECIAL_TOKEN.sub("", text.replace("\r\n", "\n").translate(TWINS))
    if "\n" not in text.strip():
        text = text.replace("\\n", "\n")
    text = FORM_TAG.sub("\n", STANCE_TAG.sub("\nStance: ", LATEX_STYLE.sub(r"\1", text)))
    text = STYLE_TAG.sub("", BREAK_TAG.sub("\n", text))
    return ESCAPED.sub(r"\1", FENCE.sub("", text))


def plain(text: str) -> str:
    """Return `text` on one line without Markdown; its words and punctuation stay."""
    if "](" in text:
        text = LINK.sub(r"\1", text)
    # Most lines carry no mark, and the patterns below are the dearest step of reading an answer.
    if any(mark in text for mark in "*_`~"):
        text = EMPHASIS.sub(lambda match: match[1] or match[2], MARKS.sub("", text))
    return " ".join(text.split())


def unwrap(text: str) -> str:
    """Return `text` without one pair of quotes or brackets that encloses all of it."""
    text = text.strip()
    core = text.rstrip(".,;")
    closing = WRAPPERS.get(core[:1])
    if len(core) < 3 or closing is None or core[-1] != closing:
        return text
    inner = core[1:-1]
    return text if closing in inner or core[0] in inner else inner.strip()
