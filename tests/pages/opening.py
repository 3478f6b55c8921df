"""Pages opened for tests: as a user meets them, through the site map, or each alone; and what they then say."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.shared.show import JOINER
from tests.pages.fixture_study import IMAGE, PICTURE

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 60


def routed(page: str, **address: str) -> AppTest:
    """Return a page after its first run, opened at its address under the site map; it must not have crashed."""
    return ran(AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT).switch_page(f"pages/{page}.py"), address)


def alone(page: str, **address: str) -> AppTest:
    """Return a page after its first run, without the site map; it must not have crashed."""
    return ran(AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=TIMEOUT), address)


def ran(app: AppTest, address: dict[str, str]) -> AppTest:
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    """Return all Markdown the page sends outside tables, which is what could come alive, a line each."""
    kinds = (app.markdown, app.caption, app.error, app.warning, app.info, app.title, app.subheader)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def read(app: AppTest) -> str:
    """Return `texts` as a reader sees them: without the signs that keep them from becoming markup."""
    return texts(app).replace("\\", "").replace(JOINER, "")


def shown(app: AppTest) -> str:
    """Return what a reader sees, what the page shows as plain text or code with it."""
    return "\n".join([read(app), *(str(each.value) for kind in (app.text, app.code) for each in kind)])


def inert(app: AppTest) -> str:
    """Return `texts` of a page on which nothing of the studies' hostile texts could come alive."""
    sent = texts(app)
    assert IMAGE not in sent
    assert PICTURE not in sent
    assert "<b>delta" not in sent
    assert not re.search(r"(?<!\\)[!\[]\[?x\]\(http", sent)
    for each in app.html:
        assert "<img" not in each.value
        assert "<b>delta" not in each.value
        assert "onerror=" not in re.sub(r"&lt;img.*?&gt;", "", each.value)
    return sent


def errorless(app: AppTest) -> str:
    """Return `texts` of a page that shows no error, and on which nothing hostile could come alive."""
    assert not app.exception
    assert not app.error
    return inert(app)
