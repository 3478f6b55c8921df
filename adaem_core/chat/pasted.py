"""What somebody pasted as a key: from a provider's page, a terminal, a settings file, a header; the key itself, or why it cannot be one.

Data flow: `pasted text, variable → key`. No message shows any of it.
"""

import re
import unicodedata

from adaem_core.errors import BadInput

SHORTEST, LONGEST = 8, 4000  # characters; shorter ones could not be taken out of what an endpoint sends back
QUOTES = "\"'`“”„‟‘’‚‛«»‹›"
# export NAME=…, set NAME=…, $env:NAME = …, NAME: …, "NAME": "…",
NAMED = re.compile(
    rf"(?:(?i:export\s+|setx?\s+|\$env:))?[{QUOTES}]?([A-Z][A-Z0-9]*_[A-Z0-9_]+|(?i:\w*(?:key|token|secret)))[{QUOTES}]?\s*[=:]\s*(?=\S)"
)
HEADER = re.compile(r"(?:(?:proxy-)?authorization\s*:\s*)?(?:bearer|basic)\s+|(?:x-)?api-key\s*:\s*", re.IGNORECASE)
FAULTS = {
    r"^$": "it is empty.",
    r"[*•●∙·…]{2,}|…|\.{3,}": "part of it is hidden by dots or stars.",  # as providers show keys that are made already
    r"\s": "there is a blank or a new line within it.",
    r"(?i)^https?://": "it is an address.",
    r"[^!-~]": "it has letters that no key has.",
    rf"^.{{1,{SHORTEST - 1}}}$|.{{{LONGEST + 1}}}": f"keys have {SHORTEST} to {LONGEST:,} characters.",
}


def key_in(pasted: str, variable: str) -> str:
    """Return the key in a pasted text that is to be held by `variable`; BadInput says what is wrong with it, and shows nothing of it."""
    text = stripped("".join(each for each in pasted if unicodedata.category(each) != "Cf"))  # marks nobody sees
    if (named := NAMED.match(text)) and len(text) - named.end() >= SHORTEST:
        if named[1].isupper() and named[1] != variable:
            raise BadInput(f"This is the line of another variable than {variable}. Enter it where that variable stands.")
        text = stripped(text[named.end() :])
    if header := HEADER.match(text):
        text = stripped(text[header.end() :])
    if why := fault(text):
        raise BadInput(f"This cannot be the key for {variable}: {why} Nothing was kept. Copy the key once more, whole, and paste it.")
    return text


def stripped(text: str) -> str:
    """Return a text without the blanks, quotes, commas and semicolons around it."""
    return text.strip().strip(",;").strip(QUOTES + " \t\r\n")


def fault(text: str) -> str:
    """Return why a text cannot be a key; "" where it can."""
    return next((told for sign, told in FAULTS.items() if re.search(sign, text)), "")
