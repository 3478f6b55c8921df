"""The words and keys by which recognisers say yes, no, or neither: the vocabulary of `verdicts`."""

import re

YES = frozenset({
    "very high", "clearly expressed", "is expressed", "strongly expressed", "yes expressed", "yes", "y", "true", "t", "expressed",
    "present", "✓", "✔", "✅", "☑", "🗸", "+", "on", "applies", "applicable", "match", "matched", "found", "explicit", "explicitly",
    "clearly", "clear", "strong", "strongly", "high", "full", "fully", "definite", "definitely", "expresses", "included", "positive",
    "supported", "endorsed", "ja", "oui", "sí", "si", "sim", "да", "tak", "evet", "是", "有", "はい", "예", "네", "نعم", "हाँ", "ya",
})  # fmt: skip
NO = frozenset({
    "not expressed", "not present", "not applicable", "not mentioned", "not found", "not found in text", "not relevant", "not at all",
    "no evidence", "no quote", "no words", "no match", "does not apply", "does not express", "doesn't apply", "none found",
    "not explicitly expressed", "is not expressed", "not in text", "no value", "no values", "not there", "no value expressed",
    "no values expressed", "none expressed", "none of the above", "none of these", "unexpressed", "no", "n", "false", "f", "none",
    "null", "nil", "absent", "-", "–", "—", "−1", "✗", "✘", "❌", "✖", "×", "☐", "off", "nothing", "na", "n/a", "nan", "missing",
    "never", "not", "zero", "empty", "undefined", "excluded", "∅", "ø", "nein", "nee", "non", "não", "nao", "нет", "nie", "hayır", "否", "不", "无", "無",
    "没有", "いいえ", "아니요", "아니오", "لا", "नहीं", "tidak", "keine", "aucun", "aucune", "ninguno", "nenhum",
})  # fmt: skip
UNQUOTED = frozenset({
    "none", "null", "n/a", "na", "-", "–", "—", "nothing", "no quote", "no words", "no evidence", "none found", "not applicable",
    "not found",
})  # fmt: skip
BETWEEN = frozenset(
    {"?", "low", "medium", "moderate", "moderately", "implicit", "implied", "some", "somewhat", "neutral", "mixed", "negative"}
)
LEADING = re.compile(r"(?P<word>yes|no|true|false|not expressed|expressed|absent|present)\s{0,3}(?:[,;:.()–—]|-\s|$)", re.IGNORECASE)
DENIED = re.compile(
    r"(?:(?:the|this|it|no part of the) ?(?:statement|text|opinion)? )?(?:(?:is|does|do|was) )?(?:not|n't) (?:express|mention|present|found|referenc|address|relevant|appl|treat)\w*"
    r"|no (?:mention|evidence|reference|indication|sign|words?)\b",
    re.IGNORECASE,
)
# Within a remark: that the value is not expressed after all.
DENYING = re.compile(
    r"\b(?:only|merely|just|simply) (?:mention|hint|impli|touch|allud|refer)\w*|\bmention(?:s|ed)? only|\b(?:not|n['’]t) (?:\w+ )?(?:express|valu|endors|support|present|treat|appl|evident|mention|relevant|really)\w*"
    r"|\bno (?:clear |direct |explicit )?(?:evidence|expression|mention|sign)\b|\b(?:reject|oppos|absent|irrelevant|does not appl|doesn['’]t appl)\w*"
    r"|\b(?:but|yet|although|though|however|while|whereas)\b[^.;]{0,80}\b(?:not?|nothing|never|without|lacks?|\w+n['’]t)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:not?|none|never|nothing|without|absent|lacks?|un\w+ed|(?:is|are|do|does|did|was)n['’]?t|hardly|weak\w*|maybe|perhaps|possibl[ey]|partial\w*|unclear)\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"(?P<score>[-−]?\d+(?:\.\d+)?|\.\d+)\s?(?:(?P<percent>%)|(?:/|out of|of)\s?(?P<whole>\d+(?:\.\d+)?))?")
NAME_KEYS = (
    "id",
    "code",
    "value",
    "dimension",
    "name",
    "valueid",
    "valuecode",
    "valuename",
    "dimensionid",
    "key",
    "label",
    "category",
    "abbreviation",
    "short",
    "title",
    "tag",
)
QUOTE_KEYS = (
    "quote",
    "quotes",
    "evidence",
    "words",
    "text",
    "quotation",
    "span",
    "spans",
    "excerpt",
    "phrase",
    "keywords",
    "support",
    "supportingwords",
    "quotedtext",
    "snippet",
    "content",
)
PLACE_KEYS = (
    "number", "opinion", "statement", "index", "no", "opinionnumber", "statementnumber", "start", "end", "begin", "offset", "position", "rank", "order", "line", "length",
    "count", "definition", "meaning", "startindex", "endindex", "item", "",
)  # fmt: skip
REMARK_KEYS = (
    "reason",
    "reasoning",
    "explanation",
    "rationale",
    "justification",
    "note",
    "notes",
    "comment",
    "why",
    "description",
    "analysis",
    "thought",
    "thoughts",
)
POLARITY_KEYS = ("polarity", "sentiment", "direction", "attitude", "valence", "stance", "sign", "alignment")
VERDICT_KEYS = (
    "expressed", "expresses", "isexpressed", "present", "ispresent", "applies", "applicable", "match", "matches", "relevant", "detected", "found", "active", "verdict",
    "judgement", "judgment", "answer", "decision", "result", "status", "holds", "included", "selected", "assigned", "response", "yesno", "flag", "presence", "expression",
)  # fmt: skip
SCORE_KEYS = (
    "score",
    "confidence",
    "probability",
    "weight",
    "strength",
    "intensity",
    "rating",
    "level",
    "degree",
    "certainty",
    "likelihood",
    "prob",
    "p",
)
ABSENCE = re.compile(r"(?:is)?(?:not|un|non|absen|missing|without|lack|exclu|rejected|nicht|kein|pas|нет|не|不|未|无|無|非)")
# In the name of a list: what it holds was looked for and not found, or found to be opposed.
DENIED_LIST = re.compile(
    r"(?<!an)not(?![ea])|absen|missing|without|lack|exclu|reject|unexpress|^no\w*(?:value|express)|denied|negat|violat|oppos|contradict|candidate|considered|ruledout|discard"
    r"|nicht|kein|pasexprim|nonexprim|noexpres|нет|^не|不|未|无|無|非"
)
# "No value is expressed", and a remark after it that takes nothing back.
NOTHING = re.compile(
    r"\W*(?:none|nothing|(?:there (?:is|are) )?(?:no|not any) (?:\w+ ){0,2}?values?|without (?:any )?values?|n/?a|keine[rs]?(?: werte?)?|aucune?(?: valeur)?|ning[uú]n[oa]?(?: valor)?|nenhum(?: valor)?|nessuno?(?: valore)?"
    r"|нет(?: ценностей)?|ни одной|无|無|没有|なし|없음|(?:(?:does|do) not|doesn't|don't) (?:express|reflect|show|convey|contain|indicate|mention) any(?:thing| \w*\s?values?)?)"
    r"(?: (?:of|from) (?:the|these|those|them)(?: (?:listed|given|above))?(?: (?:ten|10))?(?: values?)?)?"
    r"(?: (?:(?:is|are|was|were) )?(?:clearly |explicitly )?(?:expressed|listed|present|found|detected|apply|applies|identified|evident|here))?(?: here| at all| (?:in|by|for) (?:this|the|that) (?:statement|text|opinion|sentence|question))?"
    r"(?:\W*|\s*[-–—:;.(](?!.*\b(?:but|except|although|though|however|apart|besides|only|weak\w*|impli\w+|perhaps|maybe|possibl[ey]|cannot|can't|unable|unclear)\b)[^\n]{0,300})",
    re.IGNORECASE,
)
BOX = re.compile(r"[\[(]\s{0,3}[\])]|[☐○◯⬜□]")  # left empty
CROSSES = frozenset({"x", "☒"})  # they choose beside empty cells and reject beside ticks
TURNS = re.compile(
    r"(?:→|->|=>|\b(?:wait|actually|rather|correction|reconsider\w*|second thoughts?|changed?|or (?:yes|no)|then again|but (?:yes|no))\b)|\b(?:yes|no)\W*$",
    re.IGNORECASE,
)
