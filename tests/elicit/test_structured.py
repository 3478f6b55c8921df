"""JSON is found in what surrounds it and mended where models break it."""

from adaem_core.elicit.structured import find_json
from tests.rows import every_row


@every_row(
    "text, value",
    [
        ('{"a": 1}', {"a": 1}),
        ('As asked [1]:\n```json\n{"a": [1, 2,],}\n```\nDone {x}.', {"a": [1, 2]}),
        ('Sure {ok}: [{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}]),
        ("{'a': 'it is', 'b': None}", {"a": "it is", "b": None}),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
        ('{"a": 1', None),
        ("nothing [1]", None),
        ("", None),
        ("[" * 19_000, None),
        ('{"a":' * 3_000, None),
        ("{" + "x" * 200_000, None),
    ],
)
def test_find_json(text: str, value: object) -> None:
    assert find_json(text) == value
