"""What the studio is built from: every package pinned with its hashes, none of them copyleft, and a bill of materials."""

import json
import re

from cyclonedx.output.json import JsonV1Dot6
from packaging.utils import canonicalize_name

from tests.rows import every_row
from tests.supply import bill, closure, direct, licence, locked

FINE = re.compile(
    r"MIT\b|BSD|Apache|ISC|PSF|Python Software Foundation|MPL-2\.0|Mozilla Public License 2\.0|Zlib|CC0|CNRI|BSL-1\.0|AFL|HPND|LLVM|Unlicense",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU|EUPL|SSPL|CC-BY-SA|CC-BY-NC|Commons Clause|BUSL|OSL-", re.IGNORECASE)


def fine(said: str) -> bool:
    """Return whether every licence in an expression permits use without passing its terms on; MPL-2.0 does, file by file."""
    parts = re.split(r"\bAND\b|;", said)
    return all(FINE.search(part) and not all(COPYLEFT.search(each) for each in re.split(r"\bOR\b", part)) for part in parts)


def test_no_package_is_copyleft_and_each_says_its_licence() -> None:
    bad = {name: said for name in closure() if not fine(said := licence(name))}
    assert not bad


@every_row(
    "said, permits",
    [
        ("MIT", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("Apache Software License; MIT License", True),
        ("GPL-2.0-only", False),
        ("MIT AND LGPL-3.0", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("AGPL-3.0", False),
        ("", False),
        ("Proprietary", False),
    ],
)
def test_licences_are_told_apart(said: str, permits: bool) -> None:
    assert fine(said) is permits


def test_the_lock_pins_what_the_requirements_name_and_all_that_those_need() -> None:
    pins = locked()
    assert {canonicalize_name(each.name): str(each.specifier) for each in direct()}.items() <= {
        name: f"=={version}" for name, (version, _) in pins.items()
    }.items()
    assert not closure().keys() - pins.keys()
    assert all(hashes for _, hashes in pins.values())
    assert len(pins) > 100


def test_a_bill_of_materials_lists_every_package_with_its_licence() -> None:
    made = json.loads(JsonV1Dot6(bill()).output_as_string())
    assert made["bomFormat"] == "CycloneDX"
    assert {each["name"]: each["version"] for each in made["components"]} == closure()
    assert all(each["licenses"] for each in made["components"])
