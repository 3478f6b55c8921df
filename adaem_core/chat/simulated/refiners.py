"""How a simulated model reflects on a question's answers and rewrites it (M-step, Eq. 3).

Some rewrites sharpen the conflict, some only change the wording, some soften it: about half must not be accepted. A question whose
conflict is open cannot be sharpened further, so gains end after one or two steps. A question in other words than a frame's gets a clause.
Data flow: `question, answers → suggestions (what to set against what) → Question: …?`
"""

import re
from collections import Counter

from adaem_core.chat.simulated.authors import asked, filled
from adaem_core.chat.simulated.draws import pick
from adaem_core.chat.simulated.frames import FORMS, Match, match, phrasings
from adaem_core.chat.simulated.phrases import find, schwartz, schwartz_index, short_bank, wording
from adaem_core.chat.simulated.questions import main_clause, read_question, tail_start
from adaem_core.chat.simulated.turn import Turn

LONGEST_REWRITE = 25  # words
VALUES = re.compile(r"values?:\s*(.+)", re.IGNORECASE)
MANY = 0.75  # share of models that makes a value one that almost everybody speaks of


def reflect(turn: Turn) -> str:
    """Return suggestions on the block `question`: how to bring out its conflict, and what all answers have in common."""
    common = shared_values(turn.block("answers"))
    return f"{suggestion(turn)} {wording('authors')['overlap'].format(shared=', '.join(common)) if common else ''}".strip()


def suggestion(turn: Turn) -> str:
    """Return what a rewrite should do: name the frame's price, or set one value against another."""
    told = wording("authors")
    if found := match(turn.block("question")):
        words = filled(found, turn, turn.block("question"), turn.block("fact"))
        return str(pick(turn.rng, told["suggestions"][found.form]).format(cost=found.frame.cost.format(**words)))
    first, second = tension(turn)
    return str(pick(turn.rng, told["tensions"]).format(a=first, b=second))


def tension(turn: Turn) -> tuple[str, str]:
    """Return a short phrase for what to put first and one for what it costs: values that conflict, the question's own where it has some."""
    reading = read_question(turn.block("question"))
    against = {each.id: each.opposites for each in schwartz().dimensions}
    if reading.lost:
        second = reading.lost[0]
        first = pick(turn.rng, [id for id, others in against.items() if second in others])
    else:
        first = reading.gained[0] if reading.gained else pick(turn.rng, schwartz().ids)
        second = pick(turn.rng, against[first])
    return pick(turn.rng, short_bank()[first]), pick(turn.rng, short_bank()[second])


def shared_values(answers: str) -> list[str]:
    """Return the values that almost every model expressed, as the block `answers` names them."""
    lists = [re.split(r",\s*", line.strip()) for line in VALUES.findall(answers)]
    counts = Counter(name for names in lists for name in set(names) if name.lower() != "none")
    return sorted(name for name, count in counts.items() if count >= MANY * len(lists))


def rewrite(turn: Turn) -> str:
    """Return `Question: …?`: the block `question` sharper, differently worded, or softer; at most 25 words."""
    old = turn.block("question") or turn.last("user")
    chances, luck = wording("authors")["chances"], turn.rng.random()
    move = "sharpen" if luck < chances["sharpen"] else "soften" if luck < chances["sharpen"] + chances["soften"] else "reword"
    found = match(old)
    return f"Question: {in_frame(turn, old, found, move) if found else in_other_words(turn, old, move)}"


def in_frame(turn: Turn, old: str, found: Match, move: str) -> str:
    """Return another question of the same frame: with a more open conflict, with none, or in the same form."""
    words = filled(found, turn, old, turn.block("fact"))
    new = asked(turn, found.frame, next_form(turn, found.form, move), words)
    if new != old:
        return new
    others = [each for form in (found.form, FORMS[0]) for each in phrasings(found.frame, form, words) if each != old]
    return pick(turn.rng, others)


def next_form(turn: Turn, form: str, move: str) -> str:
    """Return the form that a move leads to."""
    if move == "soften":
        return FORMS[0]
    if move == "reword" or form == FORMS[-1]:
        return form
    at_once = form == FORMS[0] and turn.rng.random() < wording("authors")["chances"]["at_once"]
    return FORMS[-1] if at_once else FORMS[FORMS.index(form) + 1]


def in_other_words(turn: Turn, old: str, move: str) -> str:
    """Return a rewrite of a question that no frame gave."""
    new = sharper(turn, old) if move == "sharpen" else with_tail(main_clause(old), "") if move == "soften" else reworded(turn, old)
    fits = new != old and len(new.split()) <= LONGEST_REWRITE
    return new if fits else reworded(turn, old)


def sharper(turn: Turn, old: str) -> str:
    """Return the question with a cost, or with an open conflict where it names a cost; never two such clauses."""
    suggested = [turn.last("assistant")[hit.start : hit.end] for hit in find(schwartz_index(), turn.last("assistant"))]
    first, second = suggested[:2] if len(suggested) >= 2 else tension(turn)
    kind = "costs" if tail_start(old) == len(old) else "conflicts"
    return with_tail(main_clause(old), pick(turn.rng, wording("authors")[kind]).format(a=first, b=second))


def with_tail(question: str, tail: str) -> str:
    """Return a question with a clause at its end, "" for none."""
    main = question.rstrip(" ?")
    return f"{main}, {tail}?" if tail else f"{main}?"


def reworded(turn: Turn, old: str) -> str:
    """Return the question with an opener, or without the one it has: other words, same conflict."""
    openers: list[str] = wording("questions")["openers"]
    text = " ".join(old.split()).rstrip(" ?.!")
    for opener in openers:
        if text.startswith(f"{opener}, "):
            rest = text.removeprefix(f"{opener}, ")
            return f"{rest[:1].upper()}{rest[1:]}?"
    return f"{pick(turn.rng, openers)}, {text[:1].lower()}{text[1:]}?"
