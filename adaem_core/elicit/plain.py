"""Bring what models really send to plain lines: thoughts, Markdown, HTML, wide characters and odd line ends go.

Appendix C.2 removes bold marks before values are judged; models send far more than bold marks.
Data flow: `raw reply → prepare → lines → plain → text of an opinion`.
"""

import re
import unicodedata
from html import unescape

from adaem_core.chat.thoughts import without_thoughts

LONGEST = 20_000  # characters of a reply that are read; an answer of the length asked for has about 1,500

# Full-width forms, circled digits, key caps and letters drawn as pictures stand for their plain twins; invisible characters carry nothing.
DRAWN = (range(0xFF01, 0xFF5F), range(0x1D400, 0x1D800), range(0x2100, 0x2150), range(0x249C, 0x24EA))
SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
LISTED = {0x2460: 20, 0x2474: 20, 0x2488: 20, 0x2776: 10, 0x2780: 10, 0x278A: 10, 0x24F5: 10}  # ①, ⑴, ⒈, ❶ … and how many there are
NUMBERS = {chr(first + index): f"{index + 1}. " for first, count in LISTED.items() for index in range(count)} | {"⓪": "0. ", "⓿": "0. "}
LETTERS = {
    chr(code): twin
    for codes in DRAWN
    for code in codes
    if (twin := unicodedata.normalize("NFKC", chr(code))).isascii() and re.fullmatch(r"\(?\w\)?|[^\w\s]", twin)
}
BLOCKS = {chr(first + index): chr(65 + index) for first in (0x1F130, 0x1F150, 0x1F170) for index in range(26)}
TWINS = str.maketrans(
    LETTERS | SMALL_CAPITALS | BLOCKS | NUMBERS
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {"：": ": ", "．": ". ", "（": "(", "）": ") ", "，": ", ", "。": ". ", "；": "; ", "\u20e3": ". ", "｜": "|"}
    | dict.fromkeys("\u00a0\u2007\u202f\u3000\t", " ")
    | dict.fromkeys("\u2028\u2029\u0085\x0b\x0c\r", "\n")
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\ufe0f\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    | {code: None for code in range(32) if chr(code) not in "\n\t\r\x0b\x0c"}
)  # fmt: skip
PICTURES = r"\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"  # arrows, symbols, emoji
PICTURE_BEFORE = re.compile(rf"^\s*[{PICTURES}]+\s*")
SPECIAL_TOKEN = re.compile(r"<hy_[^<>\n]{1,30}>|<!\[CDATA\[|\]\]>|<\|[^|<>\n]{1,40}\|>|<[｜|][^<>｜|\n]{1,40}[｜|]>|</?s>|\[/?INST\]")
COMMENT = re.compile(
    r"<!--[^<]{0,2000}?-->|<[!?][^<>]{0,200}>|<(?P<hidden>style|script|title|summary)\b[^<>]{0,200}>[^<]{0,2000}</(?P=hidden)>",
    re.IGNORECASE,
)
BREAK_TAG = re.compile(
    r"</?(?:br|p|div|ul|ol|hr|table|thead|tbody|tfoot|caption|section|article|main|header|footer|html|body|head|details|summary|blockquote|dl|center|label|form|fieldset|select)"
    r"(?:\s[^<>]{0,200})?\s{0,3}/?>",
    re.IGNORECASE,
)
ITEM_TAG = re.compile(r"</?(?P<name>li|dt|dd|h[1-6]|tr|t[hd]|option)(?:\s[^<>]{0,200})?>(?:\s{0,9}(?=<))?", re.IGNORECASE)
ITEM_MARKS = {
    "li": "\n- ",
    "/li": "\n",
    "dt": "\n- ",
    "/dt": ": ",
    "dd": "",
    "/dd": "\n",
    "tr": "\n|",
    "/tr": "\n",
    "td": " ",
    "/td": " |",
    "th": " ",
    "/th": " |",
}
BOX_TAG = re.compile(r"<(?:input|option)(?P<attributes>[^<>]{0,200})>", re.IGNORECASE)
# Some models write the form they were asked for as elements: <stance>Yes</stance>, <key_points><point>…
STANCE_TAG = re.compile(r"<stance>", re.IGNORECASE)
FORM_TAG = re.compile(
    r"</?(?:stance|answer|response|output|result|reply|solution|final(?:_?answer)?|question|(?:key[_-]?)?points?|opinions?|reasons?|arguments?)>",
    re.IGNORECASE,
)
LATEX_STYLE = re.compile(r"\\(?:textbf|textit|emph|underline|boxed|text|mathbf|mathrm)\{([^{}\n]{0,300})\}")
LATEX_HEADING = re.compile(r"\\(?:(?:sub){0,2}section|chapter|(?:sub)?paragraph)\*?\{([^{}\n]{0,300})\}")
TERMINAL = re.compile(r"\x1b\[[0-9;]{0,12}[A-Za-z]")
FORUM = re.compile(r"\[(?P<end>/)?(?P<name>b|i|u|s|list|quote|code|size|color|ul|ol|li|\*)(?:=[^\[\]\n]{0,40})?\]", re.IGNORECASE)
FORUM_MARKS = {"b": "**", "/b": "**", "*": "\n- ", "li": "\n- "}
FIELD = re.compile(r"^(?P<lead>\s{0,9}):(?P<name>[A-Za-z][A-Za-z ]{1,20}):(?=\s|$)", re.MULTILINE)
LATEX_LIST = re.compile(
    r"\\(?:(?P<item>item\b(?:\[(?P<title>[^\]\n]{0,80})\])?)|(?:begin|end)\{(?:enumerate|itemize|description|center|document)\}(?:\[[^\]\n]{0,60}\])?)\s?"
)
CHOSEN_TAG = re.compile(r"<(?P<tag>b|strong|u|mark|em|i|ins)>\s{0,3}(?P<word>yes|no|neutral)\s{0,3}</(?P=tag)>", re.IGNORECASE)
STYLE_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|span|code|mark|font|small|sup|sub|ins|big|kbd|cite|q|abbr|a)(?:\s[^<>=]{1,40}=[^<>]{0,200})?\s{0,3}/?>",
    re.IGNORECASE,
)
STRUCK = re.compile(
    r"~~(?=[^\s~])[^~\n]{1,300}~~|(?<![\w~])~(?=[^\s~])[^~\n]{0,60}[^\s~]~(?![\w~])|\\(?:sout|st|cancel|xout)\{[^{}\n]{0,300}\}"
    r"|<(?P<tag>del|s|strike)>[^<]{0,300}</(?P=tag)>|<(?P<styled>\w{1,9})\s[^<>]{0,200}line-through[^<>]{0,200}>[^<]{0,300}</(?P=styled)>|(?:[^\s\u0335-\u0338][\u0335-\u0338]\s?){2,300}",
    re.IGNORECASE,
)
STRUCK_ITEM = re.compile(r"^[ \t]{0,9}(?:\d{1,2}[.)]|[-*+])[ \t]+(?=~~[^~\n]{1,300}~~\s*$)", re.MULTILINE)  # its number goes with it
STRIKES = "~<\\\u0335\u0336\u0337\u0338"  # as nearly no text has
FENCE = re.compile(r"^[ ]*(?:```|~~~)[^\n]*$", re.MULTILINE)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|])")
LINK = re.compile(r"!?\[([^\]\[\n]{0,300})\]\([^()\n]{0,500}\)")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]{1,400}?)(?<=\S)_(?![\w_])")
MARKS = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|`|~~")
WRAPPERS = {'"': '"', "“": "”", "«": "»", "<": ">", "[": "]", "‘": "’", "'": "'", "「": "」"}


def prepare(text: str) -> str:
    """Return the reply as plain lines: no thoughts, fences, tags or special tokens, nothing struck out, one kind of line end, colon and digit."""
    text = without_thoughts(text.encode("utf-8", "replace").decode("utf-8"))
    text = text.replace("\r\n", "\n") if "&" not in text else unescaped(text.replace("\r\n", "\n"))
    text = SPECIAL_TOKEN.sub("", unstruck(TERMINAL.sub("", text) if "\x1b" in text else text)).translate(TWINS)
    if "\n" not in text.strip():
        text = text.replace("\\n", "\n")
    if "\\" in text:
        text = LATEX_LIST.sub(latex_mark, LATEX_STYLE.sub(r"\1", LATEX_HEADING.sub(r"\n### \1\n", text)))
    if "[/" in text or "\n:" in f"\n{text}":
        text = FIELD.sub(r"\g<lead>\g<name>:", FORUM.sub(forum_mark, text))
    text = FENCE.sub("", text)
    return ESCAPED.sub(r"\1", unstruck(without_tags(text) if "<" in text else text))


def unstruck(text: str) -> str:
    """Return the text without what is struck out."""
    return STRUCK.sub("", STRUCK_ITEM.sub("", text)) if any(sign in text for sign in STRIKES) else text


def unescaped(text: str) -> str:
    """Return the text with HTML's entities as characters, be they escaped once or twice."""
    once = unescape(text)
    return unescape(once) if "&amp;" in text else once


def without_tags(text: str) -> str:
    """Return the text with HTML's rows, items and headings as those of Markdown, and without its other tags."""
    text = CHOSEN_TAG.sub(r"**\g<word>**", BOX_TAG.sub(box, COMMENT.sub("", text)))
    text = FORM_TAG.sub("\n", STANCE_TAG.sub("\nStance: ", text))
    return STYLE_TAG.sub("", BREAK_TAG.sub("\n", ITEM_TAG.sub(item_mark, text)))


def box(tag: re.Match[str]) -> str:
    """Return the box in Markdown for an element that can be chosen."""
    return "\n[x] " if re.search(r"\b(?:checked|selected)\b", tag["attributes"], re.IGNORECASE) else "\n[ ] "


def forum_mark(tag: re.Match[str]) -> str:
    """Return the mark in Markdown for a tag in square brackets, as forums use them."""
    return FORUM_MARKS.get(f"{tag['end'] or ''}{tag['name'].lower()}", "")


def latex_mark(command: re.Match[str]) -> str:
    """Return the mark in Markdown for a command of a list in LaTeX, with the title that an item may have; a number is none."""
    title = command["title"] or ""
    return f"\n- {title.strip(': ')}: " if re.search("[^\\W\\d_]{3}", title) else "\n- " if command["item"] else "\n"


def item_mark(tag: re.Match[str]) -> str:
    """Return the mark in Markdown for the tag of an item, a cell or a heading."""
    name = tag["name"].lower()
    closing = tag[0].startswith("</")
    if name.startswith("h"):
        return "\n" if closing else "\n### "
    return ITEM_MARKS.get(f"/{name}" if closing else name, "\n")


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
