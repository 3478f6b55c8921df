"""The page a browser loads first comes with the script that keeps choices out of its history; all else comes as it is."""

from pathlib import Path

from tests.serving import asked, served


def test_pages_come_with_the_script_and_files_as_they_are(tmp_path: Path) -> None:
    with served(tmp_path / "app.log", {"ADAEM_STUDIES_DIR": str(tmp_path)}) as port:
        host = {"Host": f"127.0.0.1:{port}"}
        page = asked(port, "/map", {**host, "Accept": "text/html", "Accept-Encoding": "gzip"})
        plain = asked(port, "/map", {**host, "Accept": "*/*"})
        health = asked(port, "/_stcore/health", {**host, "Accept": "text/html"})
    assert page.status == 200 and page.text.count("history.replaceState") == 1
    assert page.text.index("history.replaceState") < page.text.index("</head>")
    assert "etag" not in page.headers and page.headers.get("content-length", str(len(page.text.encode()))) == str(len(page.text.encode()))
    assert "history.replaceState" not in plain.text
    assert health.text == "ok"
