"""The studio as pip installs it, in a folder of its own, used from elsewhere by somebody with an empty home; for tests."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "adaem_core",
    "pages",
    "data",
    ".streamlit",
    "app.py",
    "pyproject.toml",
    "requirements.txt",
    "README.md",
    "LICENSE",
    ".gitignore",
)
PRIVATE = ("data/studies/mine.db", ".streamlit/secrets.toml")  # what a user's checkout may hold and no wheel may


@dataclass(frozen=True)
class Installed:
    """An installed studio and the folders of who uses it."""

    wheel: Path
    packages: Path  # where pip put it
    home: Path
    elsewhere: Path  # where commands are given

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables: no place of the studio's is moved, the home is."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ADAEM_", "XDG_"))}
        return {**kept, "HOME": str(self.home), "PYTHONPATH": str(self.packages)}

    def run(self, *command: str) -> str:
        """Return what a command prints; it must succeed. `adaem` and `adaem-studio` are the installed scripts."""
        done = subprocess.run(self.words(*command), cwd=self.elsewhere, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def words(self, script: str, *arguments: str) -> list[str]:
        """Return the words that start an installed script, or Python itself where `script` is python."""
        return [sys.executable, *([] if script == "python" else [str(self.packages / "bin" / script)]), *arguments]


def installed(folder: Path) -> Installed:
    """Return the studio built from a copy of this checkout that holds private files, and installed in `folder`; nothing is fetched."""
    copy, packages = folder / "checkout", folder / "packages"
    copy.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.db-*", "*.lock"))
        else:
            shutil.copy(ROOT / name, copy / name)
    for name in PRIVATE:
        (copy / name).write_text("private", encoding="utf-8")
    pip("wheel", str(copy), "--no-build-isolation", "--wheel-dir", str(folder))
    (wheel,) = folder.glob("*.whl")
    pip("install", str(wheel), "--no-index", "--target", str(packages))
    for name in ("home", "elsewhere"):
        (folder / name).mkdir()
    return Installed(wheel, packages, folder / "home", folder / "elsewhere")


def pip(*arguments: str) -> None:
    """Run pip without dependencies; it must succeed."""
    command = [sys.executable, "-m", "pip", *arguments, "--no-deps", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
