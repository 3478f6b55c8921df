"""Bytes to text. UTF-8, UTF-16 and UTF-32 are known by their marks; any other encoding is offered, and used only when it was named.

Data flow: `bytes, encoding that was named → text, what was understood`.
"""

from adaem_core.errors import BadInput

OFFERED = ("cp1252", "mac_roman", "cp1250", "cp1251", "shift_jis", "gb18030", "big5", "euc_kr")
MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SHOWN = 60  # characters of the line that is shown with an offer


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the content as text, and the encoding it is in; BadInput names the place, and what it looks like otherwise."""
    if encoding:
        return named(name, data, encoding), encoding
    marked = next((how for mark, how in MARKS.items() if data.startswith(mark)), None) or unmarked_utf16(data)
    if marked and not marked.startswith("utf-8"):
        return named(name, data, marked), marked[:6].upper()
    if (zero := data.find(b"\0")) >= 0:
        raise BadInput(
            f"{name}: {position(data, zero)} is a zero byte, so this is no text file (a workbook?). Export it as CSV in UTF-8 and try again."
        )
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name}: {position(data, error.start)} (0x{data[error.start]:02x}) is not UTF-8. {offer(data, error.start)}"
            "Save the file as UTF-8 (in Excel: “CSV UTF-8”) and try again."
        ) from None


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
    """Return what the bytes look like in another encoding, with the words at a place; "" where nothing fits."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=list(OFFERED)).best()
    guess = best.encoding if best and "cp1252" not in best.could_be_from_charset else "cp1252"  # by far the commonest
    begin = data.rfind(b"\n", 0, at) + 1
    line = data[begin : begin + 4 * SHOWN].split(b"\n")[0].decode(guess, "replace").strip()[:SHOWN]
    return f"It looks like {guess}: “{line}”. If that reads well, choose this encoding (--encoding {guess}). Or: "


def position(data: bytes, offset: int) -> str:
    """Return where `offset` is, as people count: line and byte from 1."""
    before = data[:offset].split(b"\n")
    return f"line {len(before)}, byte {len(before[-1]) + 1}"
