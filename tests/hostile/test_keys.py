"""A panel that wants keys: no variable's value reaches an address its owner did not agree to, and no key that comes back is kept."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.chat import consent
from adaem_core.chat.cache import ReplyCache
from adaem_core.chat.client import Client
from adaem_core.chat.consent import Sending, allow, unagreed, usual
from adaem_core.chat.endpoint.probe import probed
from adaem_core.chat.endpoint.provider import LiteLLMProvider
from adaem_core.errors import AdaemError, BadInput, ModelStopped
from adaem_core.panels import ModelSpec, Panel, Role, parse_panel
from adaem_core.settings import ChatSettings
from adaem_core.work.cli import main
from tests.chat.apparatus import Clock, ask, run, study
from tests.loopback import Body, Loopback, Reply, Script
from tests.rows import every_row
from tests.runs import panel_file

KEY = "Zq7-nobody-must-see-this-41"


@pytest.fixture(autouse=True)
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner with keys who has agreed to nothing yet."""
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "own"))
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("OPENAI_API_KEY", "LAB_WORD", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, KEY)


@pytest.fixture
def thief() -> Iterator[Loopback]:
    """A stranger's server that answers anything."""
    with Loopback("Stance: Yes") as server:
        consent.kept().unlink()
        yield server


def spec(model: str = "openai/calm", **more: object) -> ModelSpec:
    return ModelSpec("calm", model, (Role.P1,), **{"input_price": 1.0, "output_price": 1.0, **more})  # type: ignore[arg-type]


def sent(folder: Path, model: ModelSpec) -> str:
    """Return what a model answered to one request of a study of its own."""

    async def work(held: Study) -> str:
        cache = ReplyCache(folder / "cache")
        async with Client(Panel("p", (model,)), ChatSettings(retries=1), held, cache, LiteLLMProvider(20), Clock().timer) as client:
            reply = await client.complete(ask())
            return f"{reply.text} {reply.reason} {reply.served_by}"

    with study(folder) as held:
        return run(work(held))


@every_row("variable", ["OPENAI_API_KEY", "LAB_WORD", "HOME", "ANTHROPIC_API_KEY"])
def test_a_key_goes_to_no_strange_address_by_any_way(variable: str, tmp_path: Path, thief: Loopback) -> None:
    model = spec(api_base=thief.url, key_env=variable)
    with pytest.raises(ModelStopped, match=f"{variable} to {consent.origin(thief.url)}"):
        sent(tmp_path, model)
    assert not asyncio.run(probed([model]))[0].ok
    file = panel_file(tmp_path, thief, key_env=variable)
    for act in ("generate", "examine"):
        path = tmp_path / f"{act}-{variable}.db"
        assert main([act, "--study", str(path), {"generate": "--panel", "examine": "--examinees"}[act], str(file)]) == 2
        assert not path.exists(), "it is told before there is a study"
    assert thief.count == 0


@every_row("model", ["vertex_ai/gemini-3", "bedrock/x", "azure/gpt", "huggingface/a/b", "watsonx/x"])
def test_what_a_provider_finds_on_the_computer_by_itself_is_asked_about_too(model: str, thief: Loopback) -> None:
    assert all(each.variable for each in unagreed([spec(model, api_base=thief.url)]))


def test_a_word_is_given_once_for_one_pairing_and_kept_on_this_computer_alone(tmp_path: Path, thief: Loopback) -> None:
    model = spec(api_base=thief.url, key_env="LAB_WORD")
    assert main(["allow", "--key", "LAB_WORD", "--address", thief.url]) == 0
    assert "Yes" in sent(tmp_path, model)
    assert thief.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert unagreed([spec(api_base=thief.url, key_env="OPENAI_API_KEY")]), "for this variable only"
    assert unagreed([spec(api_base="https://elsewhere.example/v1", key_env="LAB_WORD")]), "and to this address only"
    for file in (tmp_path / "study.db", *(tmp_path / "cache").rglob("*")):
        assert file.is_dir() or (b"agreed" not in file.read_bytes() and KEY.encode() not in file.read_bytes())


def echo(body: Body) -> Reply:
    return Reply(f"Stance: Yes. Your key is {KEY}", served_by=f"m-{KEY}")


@every_row("script", [echo, Reply(status=400, error={"message": f"bad key {KEY}"}), Reply(status=500, error={"message": KEY})])
def test_a_key_that_comes_back_is_kept_nowhere(script: Script, tmp_path: Path) -> None:
    with Loopback(script) as server:
        allow(Sending("LAB_WORD", consent.origin(server.url)))
        folder = tmp_path / str(server.port)
        folder.mkdir()
        try:
            told = sent(folder, spec(api_base=server.url, key_env="LAB_WORD"))
        except AdaemError as error:
            told = str(error)
    assert KEY not in told
    assert not any(KEY.encode() in each.read_bytes() for each in folder.rglob("*") if each.is_file())


def test_nothing_is_sent_on_to_another_address(tmp_path: Path, thief: Loopback) -> None:
    onward = Reply(status=307, headers={"Location": f"{thief.url}/chat/completions"})
    with Loopback(onward) as server:
        allow(Sending("LAB_WORD", consent.origin(server.url)))
        with pytest.raises(ModelStopped, match="refers to another address"):
            sent(tmp_path, spec(api_base=server.url, key_env="LAB_WORD"))
    assert (server.count, thief.count) == (1, 0)


@every_row(
    "address",
    [
        "http://169.254.169.254/latest",
        "http://169.254.1.1",
        "http://2852039166/v1",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/v1",
        "http://[fe80::1]/v1",
        "http://[::ffff:169.254.169.254]/v1",
        "http://[::ffff:a9fe:a9fe]/v1",
        "http://[fd00:ec2::254]/v1",
        "http://metadata.google.internal/v1",
        "http://METADATA.google.internal./v1",
        "http://100.100.100.200/v1",
        "http://224.0.0.1/v1",
    ],
)
def test_addresses_inside_a_computer_or_a_cloud_are_never_asked(address: str) -> None:
    with pytest.raises(BadInput, match="never sent there"):
        consent.origin(address)
    assert main(["allow", "--address", address]) == 2


@every_row("address", ["http://127.0.0.1:9/v1", "http://localhost:9", "http://10.0.0.8/v1", "http://192.168.1.2:8000", "http://[::1]:9/v1"])
def test_private_addresses_are_asked_about_with_or_without_a_key(address: str) -> None:
    assert unagreed([spec(api_base=address)])
    assert unagreed([spec(api_base=address, key_env="OPENAI_API_KEY")])


@every_row(
    "variable, address, fine",
    [
        ("OPENAI_API_KEY", "https://api.openai.com", True),
        ("OPENAI_API_KEY", "openai", True),
        ("", "https://api.openai.com", True),
        ("OPENAI_API_KEY", "http://api.openai.com", False),
        ("OPENAI_API_KEY", "https://api.openai.com:8443", False),
        ("OPENAI_API_KEY", "https://api.openai.com.evil.example", False),
        ("OPENAI_API_KEY", "https://evil.example", False),
        ("OPENAI_API_KEY", "https://api.anthropic.com", False),
        ("OPENAI_API_KEY", "together_ai", False),
        ("TOGETHERAI_API_KEY", "together_ai", True),
        ("AZURE_API_KEY", "https://evil.openai.azure.com", False),
        ("HOME", "https://api.openai.com", False),
        ("HOME", "openai", False),
    ],
)
def test_what_is_usual(variable: str, address: str, fine: bool) -> None:
    assert usual(Sending(variable, address)) is fine


@every_row("name", ["paper", "frugal"])
def test_the_shipped_panels_send_each_key_to_its_own_provider(name: str) -> None:
    from adaem_core.panels import panel

    assert unagreed(panel(name).models) == ()


@every_row(
    "model",
    [
        "huggingface/https://evil.example/x",
        "openai/../../x",
        "bedrock/arn:aws:bedrock:evil.example/x:1:model/x",
        "openai/a\nb",
        "http://evil.example",
        "openai/{os.environ}",
        "",
    ],
)
def test_an_id_chooses_no_address(model: str) -> None:
    with pytest.raises(BadInput):
        parse_panel("p", {"models": [{"model": model, "roles": ["p1"]}]}, "p.yaml")


def test_a_key_itself_is_no_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allow", "--key", "sk-proj-4f9aVERYsecret77aaa", "--address", "https://x.example"]) == 2
    assert "4f9aVERY" not in capsys.readouterr().err


def test_a_consent_cut_off_by_a_full_disk_is_none(thief: Loopback) -> None:
    allow(Sending("LAB_WORD", "https://one.example"))
    kept = consent.kept()
    kept.write_text(kept.read_text() + '{"variable": "OPENAI_API_KEY", "addr')
    assert consent.consents() == {Sending("LAB_WORD", "https://one.example")}
