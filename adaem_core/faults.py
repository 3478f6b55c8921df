"""What is wrong with settings or a file: pydantic finds the faults, the words are ours, and all of them are told at once.

Data flow: `kind, value → faults → one BadInput`, a line for each fault.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from adaem_core.errors import BadInput

STRICT = ConfigDict(strict=True, allow_inf_nan=False)  # true is no 1, "2" no 2, and every number is finite
MOST_TOLD = 20  # faults that a person can go through at once
WANTED = {
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false without quotes",
    "list_type": "a list",
    "tuple_type": "a list",
    "string_type": "a text; put it in quotes",
    "dict_type": "a mapping of names",
    "string_unicode": "a text in UTF-8",
}


def as_text(value: Any) -> Any:
    """Return a number or a date, which YAML makes of some texts, as the text it was; all else as it is."""
    return str(value) if isinstance(value, int | float | date) and not isinstance(value, bool) else value


def whole(value: Any) -> Any:
    """Return a float without a fraction as a whole number, all else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = Annotated[str, BeforeValidator(as_text)]


def faults(kind: TypeAdapter[Any], value: Any) -> list[ErrorDetails]:
    """Return what keeps `value` from being of this kind, in its own order; nothing when it fits."""
    try:
        kind.validate_python(value)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def tell(lines: Iterable[str]) -> None:
    """Raise BadInput with the lines that say something, each once, of many the first ones; do nothing when there is none."""
    if told := list(dict.fromkeys(filter(None, lines))):
        more = [f"And {len(told) - MOST_TOLD:,} more faults of that kind."] * (len(told) > MOST_TOLD)
        raise BadInput("\n".join([*told[:MOST_TOLD], *more]))
