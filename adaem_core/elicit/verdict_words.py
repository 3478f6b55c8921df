"""The words and keys by which recognisers say yes, no, or neither: the vocabulary of `verdicts`."""

import re

YES = frozenset({
    "very high", "clearly expressed", "is expressed", "strongly expressed", "yes expressed", "yes", "y", "true", "t", "expressed",
    "present", "x", "✓", "✔", "✅", "☑", "🗸", "+", "on", "applies", "applicable", "match", "matched", "found", "explicit", "explicitly",
    "clearly", "clear", "strong", "strongly", "high", "full", "fully", "definite", "definitely", "expresses", "included", "positive",
    "supported", "endorsed", "ja", "oui", "sí", "si", "sim", "да", "tak", "evet", "是", "有", "はい", "예", "네", "نعم", "हाँ", "ya",
})  # fmt: skip
NO = frozenset({
    "not expressed", "not present", "not applicable", "not mentioned", "not found", "not found in text", "not relevant", "not at all",
    "no evidence", "no quote", "no words", "no match", "does not apply", "does not express", "doesn't apply", "none found",
    "not explicitly expressed", "is not expressed", "not in text", "no value", "no values", "not there", "no value expressed",
    "no values expressed", "none expressed", "none of the above", "none of these", "unexpressed", "no", "n", "false", "f", "none",
    "null", "nil", "absent", "-", "–", "—", "−1", "✗", "✘", "❌", "✖", "×", "☐", "off", "nothing", "na", "n/a", "nan", "missing",
    "never", "not", "zero", "empty", "undefined", "excluded", "nein", "nee", "non", "não", "nao", "нет", "nie", "hayır", "否", "不", "无", "無",
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
ABSENCE = re.compile(r"(?:is)?(?:not|un|non|absen|missing|without|lack|exclu|rejected)")
