"""What the README states in numbers is what the committed calibration says, and every command and file it names exists."""

import csv
import re
from pathlib import Path

from adaem_core.work.cli import parser
from tests.rows import every_row

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def recovery(method: str) -> str:
    """Return the recovery with eleven respondents and 300 questions at the default error rates, as the README prints it."""
    with (ROOT / "data" / "calibration" / "calibration.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["questions"], row["models"], row["method"]) == ("300", "11", method)]
    (row,) = (row for row in rows if (row["miss"], row["false_alarm"], row["labelling"]) == ("0.03", "0.005", "any"))
    return f"{float(row['spearman']):.2f}".lstrip("0")


def test_the_accuracy_stated_is_the_accuracy_found() -> None:
    stated = re.search(r"correlates (\.\d+) \(Rasch\) and (\.\d+)\s+\(TrueSkill\)", README)
    assert stated and stated.groups() == (recovery("rasch"), recovery("trueskill"))


@every_row("line", re.findall(r"^    python -m adaem_core (.+?)(?:\s+#.*)?$", README, re.MULTILINE))
def test_every_command_in_the_readme_can_be_parsed(line: str) -> None:
    assert parser().parse_args(line.split()).run


@every_row("named", re.findall(r"`((?:adaem_core|data)/[\w/.*-]+)`|\]\(((?:data|adaem_core)/[^)]+)\)", README))
def test_every_file_the_readme_names_is_there(named: tuple[str, str]) -> None:
    assert list(ROOT.glob(named[0] or named[1])), f"{named} is named in the README and not there"
