"""Find the stance of an answer: yes, no or neutral.

Models write it bare, explained ("Neutral (it is a mix)"), leaning, under another label, on the next line, or at the end.
Data flow: `lines of a reply → find_stance → stance and the lines it took`.
"""

import re
from collections.abc import Sequence

from adaem_core.elicit.abroad import stance_abroad
from adaem_core.elicit.choice import choice_rows, is_row, marked_choice
from adaem_core.elicit.plain import PICTURES, plain, unwrap

NEUTRAL = (
    r"neutral\w*|yes and no|both|(?:it|that|this)?\s?(?:all )?depends\w*|depending|dependent|\w+-dependent|mixed|partial(?:ly)?|partly|balanced?|nuanced|undecided|unsure"
    r"|uncertain|ambivalent|ambiguous|somewhat(?! (?:dis)?agree)|neither(?: \w+){1,3} nor(?: \w+){1,2}|neither|maybe|perhaps|possibly|complex|complicated|conditional(?:ly)?(?! yes| no)|varies|middle ground"
    r"|in between|moderate|impartial|unbiased|inconclusive|n/a|none|not (?:sure|certain|applicable|clear|able)|sometimes"
    r"|(?:no|not (?:have|take|hold)|without|don'?t (?:have|take|hold)|do not (?:have|take|hold)|cannot (?:take|have|offer|give|provide)|can'?t (?:take|have|offer|give|provide))"
    r" (?:an? |any |one |either |the )?(?:\w+ )?(?:stances?|positions?|opinions?|sides?|preferences?|answers?|views?|beliefs?|consensus)"
)
NO = (
    r"(?:probably|likely|certainly|definitely|absolutely|generally|usually|mostly|surely|typically) not|by no means|in no way|no(?=(?: way| sir| ma'am)?\W*$|\s*[^\w\s]|\s(?:as|because|but|for|since|unless|when|while|with|until|without|rather|not|i|it|that|they|the|this|there|we)\b)|nope|nay|not really|not (?:necessarily|entirely|always|inherently|quite|fully|completely)|\Anot an? yes(?=\W*$)|\Anot(?! only\b| (?:\w+ ){0,2}(?:no\b|yes\b|neutral|oppos|against|disagree|negative|reject))|disagree\w*|oppos(?:e|ed|es|ing|ition)|against|negative(?:ly)?|false"
    r"|skeptical|sceptical|reject\w*|(?:do not|don'?t|cannot|can'?t) (?:agree|support|endorse)|con|unlikely|unfavou?rable"
)
YES = (
    r"yes|yeah|yep|yea|for(?=\W*$)|agree\w*|affirmative(?:ly)?|in favou?r|favou?r(?:s|able|ably)?|support(?:s|ive|ing)?|endorse|positive(?:ly)?|pro|true|approve|advocate"
    r"|(?:absolutely|definitely|certainly|indeed|likely)(?! (?:no|not|dis\w+|against|oppos\w+)\b)"
)
WORDS = re.compile(rf"(?<![\w'-])(?:(?P<neutral>{NEUTRAL})|(?P<no>{NO})|(?P<yes>{YES}))(?![\w'])", re.IGNORECASE)
SHORT = 3  # words of a stance that stands alone
OPENING_WORDS = 8  # further on such words belong to an explanation
# A reply that only repeats the choices ("yes/no/neutral") chooses none.
ECHO = re.compile(r"\byes\W{1,3}(?:or )?no\W{1,3}(?:or )?neutral|\beither yes\W{1,3}or no\b", re.IGNORECASE)
FORM = re.compile(r"\byes\b.{1,12}\bno\b|\byour stance\b|\bone word\b|^\W*n/?a\W*$", re.IGNORECASE)
# What turns the word after it ("not opposed", "cannot say no"), and what takes back the word before it ("Yes. Sorry, I meant No").
DENIES = re.compile(
    r"\b(?:not(?! only)|never|cannot|can't|won't|don't|doesn't|isn't|wouldn't|hardly|nothing|anything but|far from|opposite of|reverse of|without|no)\b[^,;:.()–—]*$",
    re.IGNORECASE,
)
TAKES_BACK = re.compile(
    r"\b(?:sorry|i me(?:an|ant)|wait|actually|correction|corrected|scratch|second thoughts?|or rather|oops|instead|make that|change\w*|but (?=yes\b|no\b))",
    re.IGNORECASE,
)
# "Yes for adults, no for children", "Yes / No".
OTHERWISE = re.compile(
    r"(?:[,;/|]|\band\b|\bbut\b)\s*(?:an? |then )?(?P<other>yes|no)\b\s*(?:\b(?:for|if|in|when|to|on|under|where|as|at)\b|[(.;]|$)",
    re.IGNORECASE,
)
BASIC = re.compile(r"\b(?:yes|no|neutral)\b", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"[.,;:!?–—]|\s-\s|\((?!so\b)|\b(?:because|since|as|while|whereas|although|though|even|rather than|instead of|than|not)\b",
    re.IGNORECASE,
)
REFUSES_A_WORD = re.compile(
    r"(?:rather than|instead of|far from)\s(?:an? )?(?:yes|no)\b|not (?:an? )?no\b|i (?:would|could|can|will)(?: not|n't) (?:say|answer|call it)",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*(?:\(?\d|[-*+•] )")
BULLET_BEFORE = re.compile(r"^\s*(?:[-+*•>]\s+)?(?:\d{1,2}[.)]\s+)?")
UNKNOWN = "in its own words"  # a stance in the model's own words, which are neither yes, no nor neutral: "Suppress"
LEAD = re.compile(rf"^(?:[\s#=>*_•\-–—+|\"'“(<\[{PICTURES}]|\(?\d{{1,2}}[.)\]:](?!\d))+")
LABEL = re.compile(
    r"^(?:(?:my|the|our|your|final|overall|initial|general|personal|official|current|short|1st|a)\s+){0,3}"
    r"(?P<name>stance|position|answer|verdict|view(?:point)?|standpoint|response|opinion|conclusion|judge?ment|choice|decision|tl;?dr|bottom line)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
VALUE = re.compile(r"^(?:[^:=]{0,160}[:=]|\s*(?:[-–—]|is\b|would be\b|leans?\b)|[^.:]{0,160}?\bis\b)\s*(?P<phrase>.+)$")
BARE = re.compile(rf"^(?:{NEUTRAL}|yes|no|yeah|nope|agree|disagree)(?=\s*(?:[.,;:!()–—|]|-\s|$|but\b))", re.IGNORECASE)
SAID = re.compile(
    r"\b(?:i(?:['’]m| am| remain| stay| would (?:say|argue)| lean(?: towards?)?| (?:take|hold|adopt|maintain) an?|(?: \w+)? (?=(?:dis)?agree|oppose|support|favou?r|reject))"
    r"|i(?:['’]d| would|['’]ll| will)? (?:answer|vote)\b[^.:\n]{0,40}? (?:with|is|be)(?: an?)?"
    r"|if (?:i (?:had|have) to|forced|pressed|pushed)\b[^.:,\n]{0,30}[:,] (?:i(?:['’]d| would) (?:say|choose|pick|go with) )?(?:an? )?(?=yes\b|no\b|neutral\b)"
    r"|(?:my|the) (?:overall |final |short |honest )?(?:stance|answer|position|view)\b[^.:]{0,80}? (?:is|would be|remains|leans))\s*(?P<phrase>[^.;\n]{1,80})",
    re.IGNORECASE,
)


def stance_of(phrase: str) -> str | None:
    """Return yes, no or neutral for the words a model put in the stance's place; None when they tell none, or could mean another."""
    phrase = unwrap(plain(phrase)).replace("’", "'")
    if ECHO.search(phrase) or REFUSES_A_WORD.match(phrase):
        return None
    first = WORDS.search(" ".join(phrase.split()[:OPENING_WORDS]))
    if first is None:
        return stance_abroad(phrase)
    return None if turned(phrase, first) else first.lastgroup


def turned(phrase: str, first: re.Match[str]) -> bool:
    """Say whether the first word for a stance may not be the one that is taken: it is denied, or another follows in its own clause or takes it back."""
    before, after = phrase[: first.start()], phrase[first.end() :]
    clause = CLAUSE_END.split(after, maxsplit=1)[0]
    others = {each.lastgroup for each in WORDS.finditer(clause)} - {first.lastgroup, "neutral"}
    back = TAKES_BACK.search(after)
    others |= {each["other"].lower() for each in OTHERWISE.finditer(after)} - {first.lastgroup}
    return DENIES.search(before) is not None or (
        first.lastgroup != "neutral" and (bool(others) or (back is not None and BASIC.search(after, back.start()) is not None))
    )


def phrased(phrase: str) -> str | None:
    """Return yes, no, neutral or UNKNOWN for what stands alone in the stance's place; None when it says nothing or leaves the choice open."""
    return find_stance([f"Stance: {phrase}"])[0]


def find_stance(lines: Sequence[str]) -> tuple[str | None, frozenset[int]]:
    """Return the stance of an answer and the indices of the lines that state it and nothing else."""
    unmarked: set[int] = set()
    places: list[int | None] = [index for index, line in enumerate(lines) if is_stance_line(line)]
    for place in places or [None]:
        offered, stance, used = choice_at(lines, place)
        if stance:
            return stance, used
        unmarked |= used if offered else set()
    rest = ["" if index in unmarked else line for index, line in enumerate(lines)]
    if (own := first_own_words(rest)) is not None:
        return UNKNOWN, frozenset({own}) | unmarked
    for find in (labelled_stance, other_label, leading_word, said, closing_word):
        stance, used = find(rest)
        if stance:
            return stance, used | unmarked
    return None, frozenset(index for index, line in enumerate(lines) if is_stance_line(line)) | unmarked


def first_own_words(lines: Sequence[str]) -> int | None:
    """Return the index of the first line labelled as the stance, when it gives one in other words than yes, no or neutral; None else."""
    first = next((index for index, line in enumerate(lines) if is_stance_line(line) and not ECHO.search(line)), None)
    return first if first is not None and not labelled_stance(lines[first : first + 8])[0] and own_words(lines, first) else None


def choice_at(lines: Sequence[str], place: int | None) -> tuple[bool, str | None, frozenset[int]]:
    """Return whether several stances are offered at a line labelled as the stance, or at the top, the marked one, and the lines they take."""
    top = next((index for index in [index for index, line in enumerate(lines) if line.strip()][:4] if is_row(lines[index])), 0)
    rows = choice_rows(lines, top if place is None else place + 1)
    if place is None and len(rows) < 2:
        return False, None, frozenset()
    told = [] if place is None else [rest_of(lines[place])]
    offered, stance = marked_choice("\n".join([*told, *(BULLET_BEFORE.sub("", lines[row]) for row in rows)]), stance_of)
    return offered, stance, frozenset(rows if place is None else [place, *rows])


def own_words(lines: Sequence[str], index: int) -> bool:
    """Say whether a stance is given in words that are neither yes, no nor neutral, and are not the form that was asked for."""
    rest = rest_of(lines[index])
    below = next((line for line in lines[index + 1 :] if line.strip()), "")
    below = (
        ""
        if len(below.split()) > 8 or LISTED.match(below) or re.match(r"\W*(?:my |the )?key.points?\b", below, re.IGNORECASE)
        else bare(below)
    )
    phrase = plain(rest).strip(" :=-–—*_|\"'“”") or below
    return bool(re.search(r"[A-Za-z]{2}", phrase)) and not FORM.search(phrase)


def rest_of(line: str) -> str:
    """Return what a line labelled as the stance says after the label, Markdown still there."""
    return re.sub(
        r"^[^\n]*?\bstance\b(?:\s?\([^)\n]{0,80}\))?[*_]{0,3}\s?[:=]?(?:[*_]{1,3}(?=\s))?", "", line, count=1, flags=re.IGNORECASE
    )


def bare(line: str) -> str:
    """Return a line without list mark, heading mark and Markdown."""
    return plain(LEAD.sub("", plain(line)))


def is_stance_line(line: str) -> bool:
    """Say whether a line is labelled as the stance."""
    if len(line) >= 600 or "stance" not in line.lower():
        return False
    match = LABEL.match(bare(line))
    return match is not None and match["name"].lower() == "stance"


def labelled_stance(lines: Sequence[str]) -> tuple[str | None, frozenset[int]]:
    """Find "Stance: …", with the value on the same or on the next line that holds any."""
    for index, line in enumerate(lines):
        if not is_stance_line(line):
            continue
        rest = re.sub(r"^.*?\bstance\b", "", bare(line), count=1, flags=re.IGNORECASE).lstrip("*_ ")
        match = VALUE.match(rest)
        if stance := stance_of(match["phrase"] if match else rest):
            return stance, frozenset({index})
        below = next((later for later in range(index + 1, len(lines)) if lines[later].strip()), None)
        if not rest.strip(" :-–—=") and below is not None and (stance := stance_of(bare(lines[below]))):
            return stance, frozenset({index, below})
    return None, frozenset()


def other_label(lines: Sequence[str]) -> tuple[str | None, frozenset[int]]:
    """Find "Position: …", "Final answer: …" and their like; only a value that begins with the stance counts."""
    for index, line in enumerate(lines):
        label = LABEL.match(bare(line))
        value = VALUE.match(label["rest"]) if label else None
        phrase = unwrap(LEAD.sub("", value["phrase"])) if value else ""
        if BARE.match(phrase) or (len(phrase.split()) <= SHORT and WORDS.match(phrase)):
            return stance_of(phrase), frozenset({index})
    return None, frozenset()


def leading_word(lines: Sequence[str]) -> tuple[str | None, frozenset[int]]:
    """Find an answer that simply begins with its stance, within its first three lines."""
    for index in [index for index, line in enumerate(lines) if line.strip()][:3]:
        if BARE.match(text := bare(lines[index])):
            return stance_of(text), frozenset({index})
    return None, frozenset()


def said(lines: Sequence[str]) -> tuple[str | None, frozenset[int]]:
    """Find a stance told in a sentence: "I am neutral on this", "my answer is no"."""
    for line in lines:
        for match in SAID.finditer(plain(line[:2000])):
            phrase = match[0] if re.search(r"agree|oppose|support|favou?r|reject", match[0], re.IGNORECASE) else match["phrase"]
            if stance := stance_of(" ".join(phrase.split()[:8])):
                return stance, frozenset()
    return None, frozenset()


def closing_word(lines: Sequence[str]) -> tuple[str | None, frozenset[int]]:
    """Find an answer that ends with its stance alone, as in a box below the points."""
    last = next((index for index in reversed(range(len(lines))) if lines[index].strip()), None)
    if last is None or LISTED.match(lines[last]) or len(lines[last].split()) > SHORT or not BARE.match(text := bare(lines[last])):
        return None, frozenset()
    return stance_of(text), frozenset({last})
