"""Forms of a recogniser's reply to two statements; the right labels are everywhere SEL for the first and STI for the second."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

TEXTS = (
    'Clean air: People\'s lungs rest when "rush hour" traffic is banned, and children {and dogs} breathe.',
    "Local freedom: Councils decide what suits them: their own residents know best.",
)
RIGHT = ((0, "SEL"), (1, "STI"))
IDS = ("SEL", "STI", "HED", "ACH", "POW", "SEC", "CON", "TRA", "BEN", "UNI")
QUOTES = {"SEL": "lungs rest", "STI": "Councils decide"}
YESES: tuple[Any, ...] = (
    True,
    1,
    1.0,
    "yes",
    "Yes",
    "true",
    "expressed",
    "present",
    "x",
    "✓",
    "1",
    "Y",
    0.9,
    "100%",
    "yes - lungs rest",
    {"expressed": True},
    "high",
)
NOES: tuple[Any, ...] = (
    False,
    0,
    0.0,
    "no",
    "No",
    "false",
    "not expressed",
    "absent",
    "",
    "–",
    "0",
    "N",
    0.0,
    "0%",
    "no",
    {"expressed": False},
    "none",
)
NOTHING: tuple[Any, ...] = (None, [], "none", "null", "N/A", "n/a", False, 0, "no evidence", "-", {})


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def opinions(first: Any, second: Any, *, number: Sequence[Any] = (1, 2), key: str = "values", place: str = "number") -> dict[str, Any]:
    return {"opinions": [{place: number[0], key: first}, {place: number[1], key: second}]}


def listed(id: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": id, "quote": QUOTES[id], **more}]


def marked(mark: str, *, yes: Any = True, no: Any = False, name: str = "id") -> dict[str, Any]:
    """Every value of the system with a mark beside it."""
    return opinions(*([{name: each, mark: yes if each == id else no} for each in IDS] for id in QUOTES))


def matrix(yes: Mapping[str, Any] | Any, no: Any) -> dict[str, Any]:
    return opinions(*({each: (yes if each == id else no) for each in IDS} for id in QUOTES))


PLAIN = opinions(listed("SEL"), listed("STI"))
EMPTY = dumped(opinions([], []))
JSON = dumped(PLAIN)
ENTRIES = PLAIN["opinions"]
FIRST, SECOND = (dumped(each) for each in ENTRIES)

SHAPES: dict[str, Any] = {
    "as asked": PLAIN,
    "list": ENTRIES,
    "codes": opinions(["SEL"], ["STI"]),
    "words": opinions("SEL", "STI"),
    "words with name": opinions("SEL | Self-direction | thought and action", "STI (Stimulation)"),
    "code with quote": opinions(["SEL: lungs rest"], ["STI - Councils decide"]),
    "names": opinions(["Self-direction"], ["Stimulation"]),
    "lower case": opinions(["sel"], ["sti"]),
    "matrix of quotes": opinions({"SEL": "lungs rest"}, {"STI": "Councils decide"}),
    "matrix of lists": opinions({"SEL": ["lungs rest", "breathe"]}, {"STI": ["Councils decide"]}),
    "number as text": opinions(["SEL"], ["STI"], number=("1", "2")),
    "number with stop": opinions(["SEL"], ["STI"], number=("1.", "2.")),
    "number with word": opinions(["SEL"], ["STI"], number=("Statement 1", "statement 2")),
    "number with sign": opinions(["SEL"], ["STI"], number=("#1", "#2")),
    "number with letter": opinions(["SEL"], ["STI"], number=("S1", "S2")),
    "number with underscore": opinions(["SEL"], ["STI"], number=("statement_1", "statement_2")),
    "float number": opinions(["SEL"], ["STI"], number=(1.0, 2.0)),
    "from zero": opinions(["SEL"], ["STI"], number=(0, 1)),
    "from zero as text": opinions(["SEL"], ["STI"], number=("0", "1")),
    "index": opinions(["SEL"], ["STI"], place="index"),
    "statement": opinions(["SEL"], ["STI"], place="statement"),
    "opinion": opinions(["SEL"], ["STI"], place="opinion"),
    "id": opinions(["SEL"], ["STI"], place="id"),
    "opinion_number": opinions(["SEL"], ["STI"], place="opinion_number"),
    "statement id": opinions(["SEL"], ["STI"], place="Statement ID"),
    "dimensions": opinions(["SEL"], ["STI"], key="dimensions"),
    "labels": opinions(["SEL"], ["STI"], key="labels"),
    "codes key": opinions(["SEL"], ["STI"], key="codes"),
    "expressed list": opinions(["SEL"], ["STI"], key="expressed"),
    "expressed values": opinions(["SEL"], ["STI"], key="expressed_values"),
    "capital keys": {"Opinions": [{"Number": 1, "Values": [{"ID": "SEL"}]}, {"Number": 2, "Values": [{"ID": "STI"}]}]},
    "other order": {"opinions": ENTRIES[::-1]},
    "by number": {"1": ["SEL"], "2": ["STI"]},
    "by number with word": {"Statement 1": ["SEL"], "Statement 2": ["STI"]},
    "by statement_1": {"statement_1": [{"id": "SEL"}], "statement_2": [{"id": "STI"}]},
    "by number within": {"opinions": {"1": {"values": ["SEL"]}, "2": {"values": ["STI"]}}},
    "by number to matrix": {"1": {"SEL": True, "STI": False}, "2": {"SEL": False, "STI": True}},
    "by number to words": {"1": "SEL", "2": "STI"},
    "wrapped in result": {"result": PLAIN},
    "wrapped in answer": {"answer": ENTRIES},
    "wrapped twice": {"response": {"output": PLAIN}},
    "wrapped beside a thought": {"reasoning": "Both were read with care [1].", "opinions": ENTRIES},
    "wrapped beside a list": {"steps": ["read", "judge"], "results": ENTRIES},
    "wrapped in a list": [PLAIN],
    "encoded within": {"result": JSON},
    "list in a list": [ENTRIES],
    "places": [["SEL"], ["STI"]],
    "places of mappings": [{"values": ["SEL"]}, {"values": ["STI"]}],
    "places of matrices": [{"SEL": 1, "STI": 0}, {"SEL": 0, "STI": 1}],
    "repeated text": [{"statement": TEXTS[1], "values": ["STI"]}, {"statement": TEXTS[0], "values": ["SEL"]}],
    "repeated beginning": [{"text": "Clean air: People's lungs…", "values": ["SEL"]}, {"text": "Local freedom", "values": ["STI"]}],
    "text beside number": [{"number": 1, "text": TEXTS[0], "values": ["SEL"]}, {"number": 2, "text": TEXTS[1], "values": ["STI"]}],
    "rows": [{"number": 1, "value": "SEL", "quote": "lungs rest"}, {"number": 2, "value": "STI", "quote": "Councils decide"}],
    "rows with verdict": [
        {"statement": number, "value": id, "expressed": (number, id) in ((1, "SEL"), (2, "STI"))} for number in (1, 2) for id in IDS
    ],
    "rows with answer": [{"opinion": number, "code": id, "answer": "yes" if (number, id) in ((1, "SEL"), (2, "STI")) else "no"} for number in (1, 2) for id in IDS],
    "flat matrix": [{"number": 1, **{id: int(id == "SEL") for id in IDS}}, {"number": 2, **{id: int(id == "STI") for id in IDS}}],
    "groups": {"opinions": [{"number": 1, "expressed": ["SEL"], "not_expressed": ["STI", "HED"]}, {"number": 2, "expressed": ["STI"], "not_expressed": ["SEL"]}]},
    "groups within": opinions({"present": ["SEL"], "absent": ["STI"]}, {"present": ["STI"], "absent": ["SEL"]}),
    "by value": {id: [1] if id == "SEL" else [2] if id == "STI" else [] for id in IDS},
    "list of single mappings": opinions([{"SEL": True}, {"STI": False}], [{"SEL": False}, {"STI": True}]),
    "list of single quotes": opinions([{"SEL": "lungs rest"}], [{"STI": "Councils decide"}]),
    "words with verdict": opinions("SEL: yes, STI: no, HED: no", "SEL: no; STI: yes"),
    "words with equals": opinions(["SEL=1", "STI=0"], ["SEL=0", "STI=1"]),
    "words in brackets": opinions(["SEL (yes)", "STI (no)"], ["SEL (no)", "STI (yes)"]),
    "ticks beside": opinions(["SEL ✓", "STI ✗"], ["STI ✓", "SEL ✗"]),
    "ticks before": opinions(["✅ SEL", "❌ STI"], ["✅ STI"]),
    "pairs": opinions([["SEL", "lungs rest"]], [["STI", "Councils decide"]]),
    "verdicts in German": opinions({"SEL": "ja", "HED": "nein"}, {"STI": "ja"}),
    "verdicts in Chinese": opinions({"SEL": "是", "HED": "否"}, {"STI": "是"}),
    "by some values": {"SEL": [1], "STI": [2], "HED": []},
    "by value with quotes": {"SEL": [{"number": 1, "quote": "lungs rest"}], "STI": [{"number": 2, "quote": "Councils decide"}]},
    "none beside": opinions(listed("SEL"), [*listed("STI"), {"id": "none", "quote": ""}]),
    "none as text beside": opinions(["SEL", "none"], ["STI"]),
    "value as verdict": opinions([{"id": "SEL", "value": True}, {"id": "STI", "value": False}], [{"id": "STI", "value": "yes"}]),
    "name and code": opinions([{"code": "SEL", "name": "Self-direction", "quote": "lungs rest"}], [{"code": "STI", "name": "Stimulation"}]),
    "reasons": opinions(listed("SEL", reason="It treats choice as worth having."), listed("STI", explanation="New things are sought.")),
    "confidence": opinions(listed("SEL", confidence=0.95), listed("STI", confidence=1)),
    "confidence in a no": opinions([{"id": "SEL", "expressed": True, "confidence": 0.9}, {"id": "POW", "expressed": False, "confidence": 0.9}], listed("STI")),
    "confidence of nothing": opinions([*listed("SEL"), {"id": "HED", "quote": "breathe", "confidence": 0}], listed("STI")),
    "offsets": opinions(listed("SEL", start=17, end=27), listed("STI", start=15, end=30)),
    "absent flag": opinions([*listed("SEL"), {"id": "HED", "absent": True}], [{"id": "STI", "not_expressed": False}]),
    "score out of": opinions([{"id": "SEL", "score": "5/5"}, {"id": "HED", "score": "0/5"}], [{"id": "STI", "score": "5/5"}]),
    "quotes for some of all": opinions(*([{"id": each, "quote": QUOTES[id] if each == id else ""} for each in IDS] for id in QUOTES)),
    "null quotes for all others": opinions(*([{"id": each, "quote": QUOTES[id] if each == id else None} for each in IDS] for id in QUOTES)),
    "not found quotes": opinions(*([{"id": each, "quote": QUOTES[id] if each == id else "not found in text"} for each in IDS] for id in QUOTES)),
    "nested verdict": opinions({"SEL": {"present": 1, "quote": "lungs rest"}, "HED": {"present": 0, "quote": ""}}, {"STI": {"present": True}}),
    "verdict and words": opinions(*([{"dimension": each, "verdict": "Yes." if each == id else "No.", "evidence": QUOTES[id] if each == id else "N/A"} for each in IDS] for id in QUOTES)),
    "found": marked("found"),
    "own key": marked("holds_here"),
    "names with verdict": marked("expressed", name="name"),
}  # fmt: skip
MARKS: dict[str, Any] = {
    **{f"matrix {yes!r}/{no!r}": matrix(yes, no) for yes, no in zip(YESES, NOES, strict=True)},
    **{f"matrix quote/{no!r}": opinions(*({each: QUOTES[id] if each == id else no for each in IDS} for id in QUOTES)) for no in NOTHING},
    **{
        f"list {yes!r}/{no!r}": marked("expressed", yes=yes, no=no)
        for yes, no in zip(YESES, NOES, strict=True)
        if not isinstance(yes, dict)
    },
    **{f"{key}": marked(key, yes=0.9, no=0.0) for key in ("score", "confidence", "probability", "weight", "strength", "likelihood")},
    **{f"{key} of one": marked(key, yes=1, no=0) for key in ("present", "applies", "label", "rating", "is_expressed", "relevant")},
}
QUOTING: dict[str, Callable[[str], str]] = {
    "plain": str,
    "curly": lambda text: text.replace('{"', "{“").replace('":', "”:").replace(': "', ": “").replace('"}', "”}").replace('",', "”,").replace(', "', ", “"),
    "single": lambda text: text.replace('"', "'"),
    "single with apostrophe": lambda text: text.replace('"', "'").replace("lungs rest", "People's lungs rest"),
    "double within": lambda text: text.replace("lungs rest", 'when "rush hour" traffic'),
    "double at the end within": lambda text: text.replace("lungs rest", 'rest when "rush hour"'),
    "double with comma within": lambda text: text.replace("Councils decide", 'the "councils", they said, "decide'),
    "braces within": lambda text: text.replace("lungs rest", "children {and dogs} breathe"),
    "bare keys": lambda text: text.replace('"opinions"', "opinions").replace('"number"', "number").replace('"values"', "values").replace('"id"', "id").replace('"quote"', "quote"),
    "bare values": lambda text: text.replace('"SEL"', "SEL").replace('"STI"', "STI"),
    "comments": lambda text: text.replace("}]}, ", "}]}, // the first, isn't it\n").replace("}]}]", "}]} /* and the second's */]"),
    "hash comments": lambda text: text.replace("}]}, ", "}]}, # first\n"),
    "trailing commas": lambda text: text.replace("}]", "},]"),
    "missing commas": lambda text: text.replace('}]}, {"number": 2', '}]} {"number": 2'),
    "missing commas between fields": lambda text: text.replace('", "quote"', '" "quote"'),
    "one missing quote": lambda text: text.replace('"SEL",', '"SEL,'),
    "entities": lambda text: text.replace('"', "&quot;"),
    "numbered entities": lambda text: text.replace('"', "&#34;"),
    "escaped": json.dumps,
    "escaped twice": lambda text: json.dumps(json.dumps(text)),
    "line ends within": lambda text: text.replace("lungs rest", "lungs\n rest").replace("}, ", "},\r\n"),
    "no-break spaces": lambda text: text.replace(": ", ":\u00a0"),
    "python": lambda text: repr(json.loads(text)),
    "python with none": lambda text: repr({**json.loads(text), "note": None, "done": True} if text.startswith("{") else json.loads(text)),
    "missing last brace": lambda text: text[:-1],
    "one brace too many": lambda text: text + "}",
    "non-breaking mark": lambda text: "\ufeff" + text,
}  # fmt: skip
FRAMES: dict[str, str] = {
    "alone": "{}",
    "fence": "```json\n{}\n```",
    "fence without end": "```json\n{}",
    "bare fence": "```\n{}\n```",
    "preface": "Here is the result [as asked]:\n\n{}",
    "remark after": "{}\n\nLet me know if {{anything}} else is needed. [1]",
    "thought": "<think>Maybe " + EMPTY.replace("{", "{{").replace("}", "}}") + "</think>{}",
    "thought in brackets": "[THINK]" + EMPTY.replace("{", "{{").replace("}", "}}") + "[/THINK]\n{}",
    "harmony": "<|channel|>analysis<|message|>" + EMPTY.replace("{", "{{").replace("}", "}}") + "<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>{}<|return|>",
    "harmony without marks": "analysisWe need JSON: " + EMPTY.replace("{", "{{").replace("}", "}}") + "assistantfinal{}",
    "cohere": "<|START_THINKING|>hm " + EMPTY.replace("{", "{{").replace("}", "}}") + "<|END_THINKING|><|START_RESPONSE|>{}<|END_RESPONSE|>",
    "draft": "First try: " + EMPTY.replace("{", "{{").replace("}", "}}") + "\nOn reflection, final:\n{}",
    "draft in a fence": "Draft:\n```json\n" + EMPTY.replace("{", "{{").replace("}", "}}") + "\n```\nFinal answer:\n```json\n{}\n```",
    "final, then draft": "Final: {}\n\n(My draft was " + EMPTY.replace("{", "{{").replace("}", "}}") + ")",
    "echo": 'The form is {{"opinions": [{{"number": 1, "values": [{{"id": "SEL", "quote": "words copied from statement 1"}}]}}, …]}}.\n\n{}',
    "echo after": '{}\n\nThis keeps to {{"opinions": [{{"number": 1, "values": [{{"id": "SEL", "quote": "words copied from statement 1"}}]}}, …]}}.',
    "next turn": "{}<|im_end|>\n<|im_start|>user\nAnd these?<|im_end|>\n<|im_start|>assistant\n" + EMPTY.replace("{", "{{").replace("}", "}}"),
    "next turn of gemma": "{}<end_of_turn>\n<start_of_turn>user\nAnd " + EMPTY.replace("{", "{{").replace("}", "}}") + "?",
    "next turn of mistral": "{}</s>[INST] Judge again [/INST] " + EMPTY.replace("{", "{{").replace("}", "}}"),
    "html": "<pre><code>{}</code></pre>",
    "answer element": "<answer>{}</answer>",
    "twice the same": "{}\n\n{}",
}  # fmt: skip
OTHER: dict[str, str] = {
    "yaml": "opinions:\n  - number: 1\n    values:\n      - id: SEL\n        quote: lungs rest\n  - number: 2\n    values: [STI]",
    "yaml in a fence, then words": "```yaml\nopinions:\n- number: 1\n  values:\n    SEL: yes\n    HED: no\n- number: 2\n  values:\n    STI: yes\n```\nDone.",
    "lists below headings": "### Statement 1\n- **SEL**: lungs rest\n\n### Statement 2\n- **STI**: Councils decide",
    "verdicts below headings": "Statement 1:\n- SEL: yes\n- HED: no\nStatement 2:\n- STI: yes\n- HED: no",
    "by value, some left out": dumped({"SEL": [1], "STI": [2], "HED": []}),
    "json lines": f"{FIRST}\n{SECOND}",
    "json lines with fence": f"```jsonl\n{FIRST}\n{SECOND}\n```",
    "json lines of rows": '{"number": 1, "id": "SEL"}\n{"number": 2, "id": "STI"}',
    "json lines from zero": '{"number": 0, "values": ["SEL"]}\n{"number": 1, "values": ["STI"]}',
    "two fences": f"```json\n{FIRST}\n```\n\n```json\n{SECOND}\n```",
    "two fences with headings": f"**Statement 1**\n```json\n{FIRST}\n```\n**Statement 2**\n```json\n{SECOND}\n```",
    "entries with commas": f"{FIRST},\n{SECOND}",
    "table": "| number | values |\n|---|---|\n| 1 | SEL |\n| 2 | STI |",
    "table with quotes": '| Statement | Value | Quote |\n|:--|:-:|---|\n| 1 | SEL | "lungs rest" |\n| 2 | STI | Councils decide |',
    "table without bars at the ends": "number | values\n--- | ---\n1 | SEL\n2 | STI",
    "table as a matrix": "| # | SEL | STI | HED |\n|---|---|---|---|\n| 1 | ✓ | | |\n| 2 | | ✓ | |",
    "table as a matrix of words": "| Statement | SEL | STI | HED |\n|---|---|---|---|\n| 1 | Yes | No | No |\n| 2 | No | Yes | No |",
    "table with bold": "| **Number** | **Values** |\n|---|---|\n| **1** | `SEL` |\n| **2** | `STI` |",
    "table in words around": "Here it is:\n\n| number | values |\n|---|---|\n| 1 | SEL |\n| 2 | STI |\n\nDone.",
    "html table": "<table><tr><th>number</th><th>values</th></tr><tr><td>1</td><td>SEL</td></tr><tr><td>2</td><td>STI</td></tr></table>",
    "commas": "number,values\n1,SEL\n2,STI",
    "tabs": "number\tvalues\n1\tSEL\n2\tSTI",
    "xml": '<opinions><opinion number="1"><value id="SEL">lungs rest</value></opinion><opinion number="2"><value id="STI">Councils decide</value></opinion></opinions>',
    "xml with elements": "<result><statement><number>1</number><values><value>SEL</value></values></statement><statement><number>2</number><values><value>STI</value></values></statement></result>",
    "lines": "1: SEL\n2: STI",
    "lines with words": "Statement 1: SEL\nStatement 2: STI",
    "lines of verdicts": "1) SEL:1, STI:0\n2) SEL:0, STI:1",
    "blocks of verdicts": "1.\n  SEL: ✔\n  STI: ✘\n2.\n  SEL: ✘\n  STI: ✔",
    "blocks under headings": "**Statement 1**\n- SEL: \"lungs rest\"\n\n**Statement 2**\n- STI: \"Councils decide\"",
    "JSON under headings": 'Statement 1:\n{"values": ["SEL"]}\nStatement 2:\n{"values": ["STI"]}',
    "lines with list marks": "- **1.** SEL (“lungs rest”)\n- **2.** STI (“Councils decide”)",
}  # fmt: skip
# Nobody can tell what these say: they must be recorded as unreadable.
UNCLEAR: dict[str, str] = {
    "every value explained away": dumped(opinions(*([{"id": id, "explanation": "The statement does not express it."} for id in IDS] for _ in "ab"))),
    "other values the second time": dumped({"opinions": [*({"number": 1, "values": [id]} for id in ("SEL", "HED")), {"number": 2, "values": ["STI"]}]}),
    "cut yaml": "opinions:\n- number: 1\n  values: [SEL]\n- number: 2\n  val",
    "score between": dumped(marked("score", yes=0.3)),
    "score of a half": dumped(marked("score", yes=0.5)),
    "score on an unknown scale": dumped(marked("score", yes=3, no=1)),
    "negative scores": dumped(marked("score", yes=2, no=-1)),
    "maybe": dumped(marked("expressed", yes="maybe", no="no")),
    "partial": dumped(marked("expressed", yes="partially", no="no")),
    "question mark": dumped(opinions(["SEL?"], ["STI"])),
    "contradiction": dumped(opinions([{"id": "SEL", "expressed": True, "score": 0}], listed("STI"))),
    "two verdicts": dumped(opinions([{"id": "SEL", "expressed": True}, {"id": "SEL", "expressed": False}], listed("STI"))),
    "opposed": dumped(opinions([{"id": "SEL", "polarity": "negative"}], listed("STI"))),
    "quote says no": dumped(opinions({"SEL": "lungs rest", "HED": "pleasure is not really what it is about"}, {"STI": "Councils decide"})),
    "cut": JSON[:-30],
    "cut after the second": JSON[:-3],
    "cut draft and cut final": f"Draft: {EMPTY}\nFinal: {JSON[:-25]}",
    "final broken": f"First: {EMPTY}\nThen: {JSON[:-12]}",
    "unknown value": JSON.replace("STI", "HOPE"),
    "unknown beside": dumped(opinions(["SEL", "HOPE"], ["STI"])),
    "unknown in words": dumped(opinions("SEL, HOPE", "STI")),
    "one missing": dumped({"opinions": ENTRIES[:1]}),
    "one too many": dumped({"opinions": [*ENTRIES, {"number": 3, "values": []}]}),
    "from zero with one too many": dumped({"opinions": [{"number": 0, "values": []}, *ENTRIES]}),
    "values without statements": dumped({"values": ["SEL", "STI"]}),
    "echo alone": '{"opinions": [{"number": 1, "values": [{"id": "SEL", "quote": "words copied from statement 1"}]}, {"number": 2, "values": [{"id": "SEL", "quote": "words copied from statement 2"}]}]}',
    "two judgements in lines": f'{FIRST}\n{SECOND}\n{{"number": 1, "values": []}}',
    "alternative after": f"{JSON}\n\nAlternatively, on a stricter view:\n{EMPTY}",
    "correction of a part": f'{JSON}\nCorrection: {{"number": 2, "values": []}}',
    "only words": "The first is about health and the second about freedom.",
    "empty object": "{}",
    "not a list": '{"opinions": "SEL"}',
    "refusal": "I cannot judge these statements.",
    "minus before a code": dumped(opinions(["SEL", "-HED"], ["STI"])),
    "a verdict in no known words": dumped(opinions({"SEL": "ahora", "HED": "xyzzy"}, {"STI": "yes"})),
    "prose under headings": "Statement 1:\nIt expresses SEL because of choice. HED is not expressed.\nStatement 2:\nIt expresses STI.",
    "low": dumped(opinions(listed("SEL", confidence="low"), listed("STI"))),
    "not before a code": dumped(opinions(["SEL", "not HED"], ["STI"])),
    "thought only": f"<think>{JSON}",
    "some quotes empty": dumped(opinions([*listed("SEL"), {"id": "HED", "quote": ""}], listed("STI"))),
}  # fmt: skip


def framed(frame: str, body: str) -> str:
    return frame.replace("{}", "\0").replace("{{", "{").replace("}}", "}").replace("\0", body)


READABLE: dict[str, str] = {
    **{f"shape: {name}": dumped(value) for name, value in {**SHAPES, **MARKS}.items()},
    **{f"quoting: {name}": spoil(JSON) for name, spoil in QUOTING.items()},
    **{f"frame: {name}": framed(frame, JSON) for name, frame in FRAMES.items()},
    **{f"other: {name}": text for name, text in OTHER.items()},
}
VALUES: dict[str, Any] = {**SHAPES, **MARKS}
