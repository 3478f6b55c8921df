"""Bytes to text. UTF-8, UTF-16 and UTF-32 are known by their marks; any other encoding is offered, and used only when it was named.

Data flow: `bytes, encoding that was named → text, what was understood`.
"""

import re
from collections.abc import Iterable

from adaem_core.errors import BadInput

# By how common they are: where several fit, the first is offered.
OFFERED = tuple(
    """cp1252 cp1250 iso8859_2 cp1251 koi8_r koi8_u iso8859_5 mac_cyrillic cp866 cp1253 cp1254 cp1255 cp1256 cp1257 cp874 gb18030 big5 cp932 euc_jp cp949
    mac_roman cp850""".split()  # noqa: SIM905 (one line is read more easily)
)
MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SHOWN = 60  # characters of the line that is shown with an offer
SAMPLE = 100_000  # bytes by which encodings are compared
CLOSE = 0.05  # of the mess (0 to 1) that charset-normalizer finds in a reading
FEW_ZEROS = 0.05  # share of a text's bytes
CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")  # bytes that no text has
LINES = 200  # that are compared
READINGS = 4  # that are offered
WITHIN_WORD = re.compile(
    r"[^\W\d_][^\w\s'’‘‑`´.,:;/()\[\]&@+*|\"“”„«»?!…–—-]+[^\W\d_]|[^\W\d_][²³¹ªº]+[^\W\d_]"
)  # a sign between two letters


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the content as text, and the encoding it is in; BadInput names the place, and what it looks like otherwise."""
    if encoding:
        return named(name, data, encoding), encoding
    marked = next((how for mark, how in MARKS.items() if data.startswith(mark)), None) or unmarked_utf16(data)
    if marked and not marked.startswith("utf-8"):
        return named(name, data, marked), marked[:6].upper()
    data, zeros = without_zeros(name, data)
    try:
        return data.decode("utf-8-sig"), f"UTF-8{zeros}"
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name}: {position(data, error.start)} (0x{data[error.start]:02x}) is not UTF-8. {offer(data, error.start)}"
            "Save the file as UTF-8 (in Excel: “CSV UTF-8”) and try again."
        ) from None


def without_zeros(name: str, data: bytes) -> tuple[bytes, str]:
    """Return bytes without the few zero bytes an export leaves in a text, and what is told of them; BadInput where it is no text."""
    if (zero := data.find(b"\0")) < 0:
        return data, ""
    count = data.count(b"\0")
    if count > FEW_ZEROS * len(data) or CONTROL.search(data):
        raise BadInput(
            f"{name}: {position(data, zero)} is a zero byte, so this is no text file (a workbook?). Export it as CSV in UTF-8 and try again."
        )
    return data.replace(b"\0", b""), f"; zero bytes left out: {count:,}"


def named(name: str, data: bytes, encoding: str) -> str:
    """Return the content in the encoding that was named; BadInput if it is not."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise BadInput(f"{name}: no encoding {encoding!r}. Known: utf-8, utf-16, {', '.join(OFFERED)}.") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: {position(data, error.start)} does not exist in {encoding}. Choose another encoding.") from None


def unmarked_utf16(data: bytes) -> str | None:
    """Return UTF-16 of one order where every other byte of the beginning is zero, None where it is not."""
    start = data[:400]
    for first, how in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_other, others = start[first::2], start[1 - first :: 2]
        if len(start) >= 8 and every_other.count(0) > 0.8 * len(every_other) and others.count(0) < 0.1 * len(others):
            return how
    return None


def offer(data: bytes, at: int) -> str:
    """Return what the bytes look like in other encodings, with the words where these differ most; "" where nothing fits."""
    encodings = fitting(data[:SAMPLE])
    begin = data.rfind(b"\n", 0, at) + 1
    lines = [line[: 4 * SHOWN] for line in data[begin : begin + SAMPLE].split(b"\n")[:LINES] if not line.isascii()]
    (best, encoding), *others = list(max((readings(line, encodings) for line in lines), key=len).items())[:READINGS]
    said = f"It looks like {encoding}: “{best}”. If that reads well, choose this encoding (--encoding {encoding}). "
    return said + f"Or one of these: {', '.join(f'{other} “{text}”' for text, other in others)}. " * bool(others) + "Or: "


def readings(line: bytes, encodings: Iterable[str]) -> dict[str, str]:
    """Return the texts that a line may be, each with the first encoding that gives it."""
    found: dict[str, str] = {}
    for encoding in encodings:
        found.setdefault(line.decode(encoding, "replace").strip()[:SHOWN], encoding)
    return found


def fitting(data: bytes) -> list[str]:
    """Return the encodings that bytes may be in, likeliest first; in a wrong one, signs stand within words."""
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=list(OFFERED), threshold=0.4)
    close = [each for each in found if each.chaos <= found[0].chaos + CLOSE]
    ranked = [name for each in close for name in OFFERED if name in {each.encoding, *each.could_be_from_charset}]
    whole = [name for name in ranked if not WITHIN_WORD.search(data.decode(name, "replace"))]
    return whole or ranked or [OFFERED[0]]


def position(data: bytes, offset: int) -> str:
    """Return where `offset` is, as people count: line and byte from 1."""
    before = data[:offset].split(b"\n")
    return f"line {len(before)}, byte {len(before[-1]) + 1}"
