"""What the studio is built from: the packages it needs, direct or not, their licences, and the lock that pins their files.

`python -m tests.supply > sbom.cdx.json` writes the software bill of materials (CycloneDX 1.6) of the environment it runs in.
"""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from adaem_core import __version__

ROOT = Path(__file__).resolve().parent.parent
DIRECT, LOCK = ROOT / "requirements.txt", ROOT / "requirements.lock"
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)((?:.*\\\n)(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def direct() -> list[Requirement]:
    """Return the requirements the studio names itself."""
    lines = (line.partition("#")[0].strip() for line in DIRECT.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def locked() -> dict[str, tuple[str, list[str]]]:
    """Return name → version and SHA-256 hashes of every package in the lock."""
    found = PINNED.findall(LOCK.read_text(encoding="utf-8"))
    return {canonicalize_name(name): (version, re.findall(r"[0-9a-f]{64}", rest)) for name, version, rest in found}


def closure() -> dict[str, str]:
    """Return name → version of everything that is installed here because the studio needs it."""
    seen, waiting = dict[str, str](), direct()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name not in seen:
            seen[name] = metadata.version(name)
            waiting += needed(name, wanted.extras)
    return dict(sorted(seen.items()))


def needed(name: str, extras: set[str]) -> Iterator[Requirement]:
    """Yield what a package needs on this computer, with the extras that were asked for."""
    for each in map(Requirement, metadata.requires(name) or ()):
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield each


def licence(name: str) -> str:
    """Return what a package says of its licence: its expression, else its classifiers, else the first line of its licence."""
    about = metadata.metadata(name)
    classed = [each.rpartition("::")[2].strip() for each in about.get_all("Classifier") or [] if each.startswith("License")]
    first = next(iter((about.get("License") or "").strip().splitlines()), "")
    return (
        about.get("License-Expression") or " AND ".join(each for each in classed if each != "OSI Approved") or first or licence_file(name)
    )


def licence_file(name: str) -> str:
    """Return the first words of the licence's own text; "" where there is none."""
    texts = [each for each in metadata.files(name) or () if "licen" in each.name.lower()]
    return " ".join(texts[0].read_text().split())[:200] if texts else ""


def bill() -> Bom:
    """Return the bill of materials of this environment, with the hashes of the lock where the versions agree."""
    pins, made = locked(), Bom()
    made.metadata.component = Component(name="adaem-studio", version=__version__, type=ComponentType.APPLICATION)
    for name, version in closure().items():
        hashes = pins[name][1] if name in pins and pins[name][0] == version.partition("+")[0] else []
        made.components.add(
            Component(
                name=name,
                version=version,
                purl=PackageURL("pypi", name=name, version=version),
                licenses=[LicenseFactory().make_from_string(licence(name))],
                hashes=[HashType.from_hashlib_alg("sha256", each) for each in hashes[:1]] if len(hashes) == 1 else [],
            )
        )
    made.register_dependency(made.metadata.component, made.components)
    return made


if __name__ == "__main__":
    sys.stdout.write(JsonV1Dot6(bill()).output_as_string(indent=1) + "\n")
