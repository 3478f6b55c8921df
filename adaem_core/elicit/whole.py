"""Is what was read all that was written, and nothing but that? A point cut short or with the form still in it is no opinion.

Data flow: `prepared reply, opinions → broken_off → does its end miss?`; `opinions → spoilt → is the form, or what was taken back, in them?`.
"""

import re
from collections.abc import Sequence

from adaem_core.elicit.lines import lead
from adaem_core.elicit.refusal import hollow
from adaem_core.records import Opinion

MARK_ALONE = re.compile(
    r"[#>\s*_]*(?:\(?\d{1,2}[.):]|[-•+*](?!\*)|(?:key )?(?:point|argument|reason)\s?#?\d{1,2}\W*)[\s*_]*", re.IGNORECASE
)
CUT_MARK = re.compile(
    r"[\[(<](?:\w+ )?(?:truncated|cut off|cut|continued?|incomplete|max(?:imum)? (?:tokens?|length)[^\])>]{0,20}|to be continued)[^\])>]{0,20}[\])>]?\W*$",
    re.IGNORECASE,
)
END = 20  # characters that tell how a text ends
ENDED = re.compile(r"[^\w\s,;:–—(\[-]$")
OPEN_END = re.compile(
    r"(?:[,;:(\[<–—]|\s-|\b(?:the|an?|of|and|or|but|nor|that|which|who|whose|with|for|from|by|as|their|its|our|his|her|is|are|was|were|be|been|being|has|have|will|would|should|could"
    r"|can|may|might|must|because|since|while|where|when|if|than|such|into|onto|through|between|also|not only|to))$",
    re.IGNORECASE,
)
DOTS = re.compile(r"(?:\.{3}|…)\W*$")

# What stands around a text in JSON, XML, TOML or rows with commas is no part of it, nor is the mark of another point or a heading.
LEFTOVER = re.compile(
    r"</?(?:point|justification|title|claim|explanation|stance|key_?points?)\b[^<>]{0,80}>|\b(?:justification|key_?points?)[\"”’']?\s?[:=]\s?[\"“‘'\[{]|^\{|\[\[\w+\]\]"
    r"|(?<=[.!?]) (?:#{2,6} \S|(?:P|KP|J)\d\s?[.:)]|\(?\d/\d\) )|</\w{1,20}>\W*$|\[/?(?:b|i|u|list|quote|\*)\]|\\(?:item|textbf|section|begin)\b",
    re.IGNORECASE,
)
JUSTIFIED = re.compile(r"\W*(?:the |my |short )?(?:justifications?|explanations?|rationales?|reasons|reasoning)\W*", re.IGNORECASE)
FIRST = re.compile(r"\s{0,9}\(?1[.)]\s")
SIGNS = frozenset('<[{\\#"“/0123456789')  # without any of them there is nothing of the form in a text
EMPTY = re.compile(r"justif|explan|rationale|insert|text|tbd", re.IGNORECASE)
ROW = re.compile(r"(?:yes|no|neutral)[,;\t]\s?[\"“\w]", re.IGNORECASE)
WORDS_OF_RETREAT = (
    "scratch",
    "strike that",
    "ignore",
    "disregard",
    "let me",
    "mistake",
    "error",
    "if i ",
)  # found faster than their sentences
TAKEN_BACK = re.compile(
    r"\b(?:scratch that|strike that|ignore (?:that|the above|this point)|disregard (?:that|the above|this point)|let me (?:redo|rephrase|restart|rewrite|correct|reconsider|start over)"
    r"|i (?:made|have made) (?:a|an) (?:mistake|error))\b|(?<=[.!?] )(?:alternatively, )?if i (?:were|was|had) to (?:argue|take|defend)\b"
)


def spoilt(opinions: Sequence[Opinion]) -> bool:
    """Say whether a point holds the form around it, or was taken back."""
    return any(holds_form(each.text) or left_empty(each.justification) or withdrawn(each.text.lower()) for each in opinions)


def apart(lines: Sequence[str], opinions: Sequence[Opinion]) -> bool:
    """Say whether the justifications stand in a list of their own, away from the points: under a heading, below another 1, or as notes."""
    if any(each.justification for each in opinions):
        return False
    headed = any(len(line) < 60 and JUSTIFIED.fullmatch(lead(line)) for line in lines)
    return headed or sum(FIRST.match(line) is not None for line in lines) > 1 or all("[^" in each.point for each in opinions)


def holds_form(text: str) -> bool:
    """Say whether something of the form around the points stands in the text of one."""
    return ROW.match(text) is not None or (not SIGNS.isdisjoint(text) and LEFTOVER.search(text) is not None)


def left_empty(justification: str) -> bool:
    """Say whether a justification is but the place for one: "[insert justification]"."""
    return len(justification) < 60 and EMPTY.search(justification) is not None and hollow(justification)


def withdrawn(text: str) -> bool:
    """Say whether a text in lower case takes back what it said."""
    return any(words in text for words in WORDS_OF_RETREAT) and TAKEN_BACK.search(text) is not None


def broken_off(prepared: str, opinions: Sequence[Opinion]) -> bool:
    """Say whether a reply in words ends within its last point, or at the mark of one that never came."""
    line = next((line.strip() for line in reversed(prepared.split("\n")) if line.strip(" -*_=~.")), "")
    if not opinions:
        return False
    if (len(line) < 40 and MARK_ALONE.fullmatch(line)) or CUT_MARK.search(line[-60:]):
        return True
    last, others, words = opinions[-1], opinions[:-1], lead(line)
    ends = letters(last.text), letters(words)
    shown = min(40, *map(len, ends))
    if not shown or ends[0][-shown:] != ends[1][-shown:]:
        return False  # something else stands below the last point
    return ends_open(line, words, last, others) or (bool(others) and ends_otherwise(words, last, others))


def ends_open(line: str, words: str, last: Opinion, others: Sequence[Opinion]) -> bool:
    """Say whether a line ends within a word pair, as no other point does, within a bracket, or within bold that was never closed."""
    halved = OPEN_END.search(words[-END:]) is not None and not any(OPEN_END.search(each.text[-END:]) for each in others)
    return halved or line.count("**") % 2 == 1 or last.text.count("(") > last.text.count(")")


def ends_otherwise(words: str, last: Opinion, others: Sequence[Opinion]) -> bool:
    """Say whether the last point ends without a stop, with dots, or before its justification, as none of the others does."""
    if all(each.justification for each in others) and not last.justification and not ENDED.search(words[-END:]):
        return True
    if DOTS.search(words[-END:]):
        return not any(DOTS.search(each.text[-END:]) for each in others)
    return not ENDED.search(words[-END:]) and all(ENDED.search(each.text[-END:]) for each in others)


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))
