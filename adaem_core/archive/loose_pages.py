"""A database's pages read one by one, without SQLite: damage to one costs no row on another. After SQLite's own `.recover`.

Data flow: `bytes of file and log → pages → cells → values`. The form is SQLite's published file format.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 2, 5, 10, 13
SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}  # bytes of a stored value by its type
LOG_HEADER, FRAME_HEADER = 32, 24


class Unreadable(Exception):
    """A page or cell that is not as SQLite writes it."""


@dataclass(frozen=True)
class Cell:
    """One row of a table (`rowid`), or one entry of an index (None)."""

    rowid: int | None
    values: tuple[Any, ...]


class Pages:
    """The pages of a database as they stood last, those in its log included."""

    def __init__(self, whole: bytes, log: bytes = b"") -> None:
        told = int.from_bytes(whole[16:18])
        size = 65536 if told == 1 else told
        self.size = size if size in {2**power for power in range(9, 17)} else 4096
        self.usable = self.size - (whole[20] if len(whole) > 20 and whole[20] < 32 else 0)
        self._whole, self._log = whole, newest(log, self.size)
        self.count = max(-(-len(whole) // self.size), *self._log, 0)

    def page(self, number: int) -> bytes:
        """Return a page, counted from 1; what is cut off is missing."""
        if not 1 <= number <= self.count:
            raise Unreadable
        return self._log.get(number) or self._whole[(number - 1) * self.size : number * self.size]

    def kind(self, number: int) -> int:
        """Return what a page says it is."""
        return int.from_bytes(self.page(number)[start(number) : start(number) + 1])

    def children(self, number: int) -> list[int]:
        """Return the pages below one inside a tree, in order; none for a leaf."""
        page, at = self.page(number), start(number)
        if self.kind(number) not in (INTERIOR_INDEX, INTERIOR_TABLE):
            return []
        return [*(int.from_bytes(page[each : each + 4]) for each in self._places(number)), int.from_bytes(page[at + 8 : at + 12])]

    def tree(self, root: int) -> Iterator[int]:
        """Yield the pages of a tree that can still be reached from its root, in order."""
        left, seen = [root], set()
        while left:
            number = left.pop()
            if number in seen or not 1 <= number <= self.count:
                continue
            seen.add(number)
            yield number
            left += reversed(self.children(number))

    def free(self) -> set[int]:
        """Return the pages that hold nothing any more, as far as the list of them can be followed."""
        found: set[int] = set()
        trunk = int.from_bytes((self._log.get(1) or self._whole)[32:36])
        while 1 <= trunk <= self.count and trunk not in found:
            page = self.page(trunk)
            held = max(min(int.from_bytes(page[4:8]), len(page) // 4 - 2), 0)
            found |= {trunk, *struct.unpack(f">{held}I", page[8 : 8 + 4 * held])}
            trunk = int.from_bytes(page[:4])
        return found

    def cells(self, number: int) -> Iterator[Cell | None]:
        """Yield the rows or entries on a page; None for each that cannot be read."""
        page, kind = self.page(number), self.kind(number)
        if kind not in (INTERIOR_INDEX, LEAF_INDEX, LEAF_TABLE):
            return
        for place in self._places(number):
            try:
                yield self._cell(page, place + 4 * (kind == INTERIOR_INDEX), table=kind == LEAF_TABLE)
            except (Unreadable, IndexError, UnicodeDecodeError, struct.error):
                yield None

    def _places(self, number: int) -> list[int]:
        """Return where the cells of a page begin."""
        page, at = self.page(number), start(number)
        first = at + (12 if self.kind(number) in (INTERIOR_INDEX, INTERIOR_TABLE) else 8)
        held = max(min(int.from_bytes(page[at + 3 : at + 5]), (len(page) - first) // 2), 0)
        return [int.from_bytes(page[each : each + 2]) for each in range(first, first + 2 * held, 2)]

    def _cell(self, page: bytes, at: int, *, table: bool) -> Cell:
        length, at = varint(page, at)
        rowid, at = varint(page, at) if table else (None, at)
        return Cell(rowid, values_of(self._payload(page, at, length, table=table)))

    def _payload(self, page: bytes, at: int, length: int, *, table: bool) -> bytes:
        """Return what a cell holds, with what overflows to further pages."""
        most = self.usable - 35 if table else (self.usable - 12) * 64 // 255 - 23
        if length > len(self._whole) + len(self._log) * self.size:
            raise Unreadable
        if length <= most:
            return cut(page, at, length)
        least = (self.usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.usable - 4)
        local = local if local <= most else least
        parts, following = [cut(page, at, local)], int.from_bytes(page[at + local : at + local + 4])
        left = length - local
        while left > 0:
            further = self.page(following)
            parts.append(cut(further, 4, min(left, self.usable - 4)))
            following, left = int.from_bytes(further[:4]), left - len(parts[-1])
        return b"".join(parts)


def start(number: int) -> int:
    """Return where a page's own header begins: the first page begins with the file's."""
    return 100 if number == 1 else 0


def newest(log: bytes, size: int) -> dict[int, bytes]:
    """Return the pages that finished transactions have left in the log, by number."""
    found: dict[int, bytes] = {}
    open_ones: dict[int, bytes] = {}
    for at in range(LOG_HEADER, len(log) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        number, committed = int.from_bytes(log[at : at + 4]), int.from_bytes(log[at + 4 : at + 8])
        if log[at + 8 : at + 16] != log[16:24]:  # left over from before the log was begun anew
            break
        open_ones[number] = log[at + FRAME_HEADER : at + FRAME_HEADER + size]
        if committed:
            found, open_ones = found | open_ones, {}
    return found


def cut(page: bytes, at: int, length: int) -> bytes:
    """Return so many bytes of a page; Unreadable where they go beyond it."""
    if length < 0 or at + length > len(page):
        raise Unreadable
    return page[at : at + length]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number of one to nine bytes that begins there, and where it ends."""
    number = 0
    for used in range(8):
        number = number << 7 | data[at + used] & 0x7F
        if data[at + used] < 0x80:
            return number, at + used + 1
    number = number << 8 | data[at + 8]
    return number - (number >> 63 << 64), at + 9


def values_of(record: bytes) -> tuple[Any, ...]:
    """Return the values of a stored record."""
    end, at = varint(record, 0)
    kinds = []
    while at < end:
        kind, at = varint(record, at)
        kinds.append(kind)
    values, at = [], end
    for kind in kinds:
        size = SIZES.get(kind, (kind - 12) // 2)
        values.append(value_of(kind, cut(record, at, size)))
        at += size
    if at != len(record):
        raise Unreadable
    return tuple(values)


def value_of(kind: int, stored: bytes) -> Any:
    """Return one stored value by its type."""
    match kind:
        case 0:
            return None
        case 7:
            return struct.unpack(">d", stored)[0]
        case 8 | 9:
            return kind - 8
        case 10 | 11:
            raise Unreadable
    if kind < 7:
        return int.from_bytes(stored, signed=True)
    return stored.decode() if kind % 2 else stored
