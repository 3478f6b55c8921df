"""Is a study whole, and is every reply in it the one that was recorded? What is not, is named.

Data flow: `path → what is wrong with file, log, pages, replies, answers`.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from adaem_core.archive import chain, companions
from adaem_core.archive.opening import VERSION, check_version, connect, exists, plain_errors
from adaem_core.errors import AdaemError, BadInput

MOST = 100  # damaged pages told
COLUMNS = ", ".join(chain.COLUMNS)
DANGLING = """SELECT subject, model, request FROM responses WHERE request != '' AND request NOT IN (SELECT key FROM calls)
    UNION ALL SELECT subject, model, value FROM recognitions, json_each(requests) WHERE value NOT IN (SELECT key FROM calls)"""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written."""

    kind: str  # file, page, changed, removed, inserted, chain, answer
    where: str  # the file, the key of a request, the subject of an answer
    says: str


@dataclass(frozen=True)
class Verified:
    """What was looked at and what was found."""

    replies: int
    chained_from: int  # how many replies were recorded before their chain began, and are covered as they stood then
    head: str  # digest of the last link: who noted it elsewhere can tell that nothing before it was changed
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Link:
    """One link of the chain, and the digest before it; None where the link before is missing."""

    number: int
    key: str
    parts: bytes
    digest: bytes
    previous: bytes | None


def verified(path: Path) -> Verified:
    """Return what a look through the whole study brings; BadInput where there is no file."""
    told = [says] if (says := complaint(path)) else []
    if not path.is_file():
        raise BadInput(told[0] if told else f"{path}: no study there. Check the name.")
    found = {Finding("file", path.name, says): None for says in told}  # in order, each once
    replies, began, head = 0, 0, ""
    try:
        with plain_errors(path), closing(untouched(path)) as connection:
            found |= dict.fromkeys(page_findings(path, connection))
            check_version(path, connection, "ro")
            connection.execute("BEGIN")  # replies and chain are read at one moment
            replies, began, head = ledger_of(connection)
            found |= dict.fromkeys(chain_findings(connection) if began < replies or head else ())
            found |= dict.fromkeys(dangling(connection))
    except AdaemError as error:
        found[Finding("file", path.name, str(error))] = None
    return Verified(replies, began, head, tuple(found))


def complaint(path: Path) -> str:
    """Return what stands against opening the study, empty for nothing."""
    try:
        exists(path)
    except AdaemError as error:
        return str(error)
    return ""


def untouched(path: Path) -> sqlite3.Connection:
    """Return a connection that changes nothing, not even beside the file; texts that are damaged can be read."""
    companions.check_beside(path)
    connection = connect(path, "ro") if companions.is_log(companions.log_of(path)) else companions.by_itself(path)
    connection.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    return connection


def page_findings(path: Path, connection: sqlite3.Connection) -> list[Finding]:
    """Return what SQLite finds wrong with the file's pages."""
    found = [line for (says,) in connection.execute(f"PRAGMA integrity_check({MOST})") for line in says.splitlines()]
    return [Finding("page", path.name, says) for says in found if says != "ok" and not says.startswith("***")]


def ledger_of(connection: sqlite3.Connection) -> tuple[int, int, str]:
    """Return how many replies there are, how many of them are older than the chain, and the digest of its last link, empty for none."""
    (replies,) = connection.execute("SELECT COUNT(*) FROM calls").fetchone()
    (links,) = connection.execute("SELECT COUNT(*) FROM chain").fetchone()
    began = connection.execute("SELECT json_extract(value, '$.from') FROM meta WHERE key = 'chained'").fetchone()
    (version,) = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    if int(version) < VERSION:
        return replies, replies, ""
    return replies, int(began[0]) if began else 0, chain.head(connection).hex() if links else ""


def dangling(connection: sqlite3.Connection) -> list[Finding]:
    """Return the answers and readings that rest on a request the ledger does not hold."""
    says = "rests on request {}, which is not in the ledger"
    return [Finding("answer", f"{subject} of {model}", says.format(key)) for subject, model, key in connection.execute(DANGLING)]


def chain_findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Yield the replies that are not as they were recorded: changed, inserted, removed; and where the chain itself is broken."""
    links: dict[str, list[Link]] = {}
    before, expected = chain.START, 1
    for number, key, parts, digest in connection.execute("SELECT number, key, parts, digest FROM chain ORDER BY number"):
        if number != expected:
            yield Finding(
                "chain",
                key,
                f"links {expected:,} to {number - 1:,} before this request are missing: replies may have been removed with them",
            )
        links.setdefault(key, []).append(Link(number, key, parts, digest, before if number == expected else None))
        before, expected = digest, number + 1
    last = {key: each[-1].number for key, each in links.items()}
    strange = []
    for row in connection.execute(f"SELECT {COLUMNS} FROM calls ORDER BY rowid"):
        key, made = chain.address(str(row[0])), chain.digests(row)
        link = next((each for each in links.get(key, ()) if each.parts == chain.parts_of(made)), None)
        if link is None:
            strange.append((str(row[0]), made))
            continue
        links[key].remove(link)
        yield from link_findings(str(row[0]), made, link, newest=link.number == last[key])
    yield from unmatched(strange, links)


def link_findings(key: str, made: Sequence[bytes], link: Link, *, newest: bool) -> Iterator[Finding]:
    """Yield what is wrong with the link of a reply that is as it was recorded."""
    if link.previous is not None and chain.linked(link.previous, made) != link.digest:
        yield Finding(
            "chain",
            key,
            f"link {link.number:,} does not follow the one before: it, or what stood before it, was changed, removed or inserted",
        )
    if newest == ("/" in key):
        yield Finding("changed", key, "its key: a failure that was asked again and a reply that holds are told apart by it")


def unmatched(strange: Sequence[tuple[str, Sequence[bytes]]], links: dict[str, list[Link]]) -> Iterator[Finding]:
    """Yield the replies without a link, as changed where a link of the same request or content has no reply; and such links."""
    bare = {each.parts[chain.PART :]: each for left in links.values() for each in left}
    for key, made in strange:
        now = chain.parts_of(made)
        link = next(iter(links.get(chain.address(key), ())), bare.get(now[chain.PART :]))
        if link is None:
            yield Finding("inserted", key, "was never recorded by the studio: it has no link in the chain")
            continue
        links[link.key].remove(link)
        bare.pop(link.parts[chain.PART :], None)
        differ = [name for name, one, other in zip(chain.COLUMNS, split(link.parts), split(now), strict=False) if one != other]
        yield Finding("changed", key, f"changed after it was recorded: {', '.join(differ)}")
    for key, left in links.items():
        yield from (Finding("removed", key, f"was recorded as number {each.number:,} and is gone") for each in left)


def split(parts: bytes) -> list[bytes]:
    """Return what a link keeps of each column."""
    return [parts[at : at + chain.PART] for at in range(0, len(parts), chain.PART)]
