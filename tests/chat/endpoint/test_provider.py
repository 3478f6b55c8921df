"""The real protocol: every way an endpoint can behave, through LiteLLM, against a server of our own on loopback."""

import asyncio
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adaem_core.chat.client import Client
from adaem_core.chat.endpoint import provider
from adaem_core.chat.endpoint.provider import dropped
from adaem_core.errors import ModelStopped
from adaem_core.messages import Completion, Params, Request, TokenProbability
from tests.chat.apparatus import KEY, KEY_VARIABLE, Clock, ask, real, run, spec, study
from tests.loopback import Body, Loopback, Reply, Script

QUOTA = {"message": "You exceeded your current quota, please check your plan and billing details.", "code": "insufficient_quota"}
TOO_LONG = {"message": "This model's maximum context length is 4096 tokens.", "code": "context_length_exceeded"}
POLICY = {"message": "The response was filtered due to the prompt triggering our content management policy", "code": "content_filter"}
WRONG_KEY = {"message": f"Incorrect API key provided: {KEY}. See https://user:{KEY}@x.org/keys?key={KEY}", "code": "invalid_api_key"}


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


def asked(folder: Path, script: Script, request: Request | None = None, **more: object) -> tuple[Completion, Loopback, Clock]:
    """Return the recorded reply of model `calm` playing `script`."""
    clock, request = Clock(), request or ask()

    async def work(server: Loopback) -> Completion:
        with study(folder) as held:
            async with real(folder, server, clock, "calm", held=held, **more) as client:  # type: ignore[arg-type]
                reply = await client.complete(request)
            assert held.recall(reply.key) == reply
            return reply

    with Loopback({"calm": script}) as server:
        return run(work(server)), server, clock


def test_a_normal_reply(tmp_path: Path) -> None:
    reply, server, _ = asked(tmp_path, Reply("Stance: Yes", usage=(12, 3), served_by="calm-2026-01"))
    assert (reply.text, reply.failure, reply.finish, reply.served_by) == ("Stance: Yes", "", "stop", "calm-2026-01")
    assert (reply.prompt_tokens, reply.completion_tokens, reply.cost) == (12, 3, pytest.approx(18e-6))
    messages = [{"role": "user", "content": "Is it so?"}]
    assert server.requests == [{"model": "calm", "messages": messages, "max_tokens": 50, "temperature": 1.0, "top_p": 0.95}]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_429_waits_as_long_as_it_is_asked_to(tmp_path: Path) -> None:
    reply, server, clock = asked(tmp_path, [Reply(status=429, headers={"Retry-After": "17"}), "at last"])
    assert reply.text == "at last"
    assert server.count == 2
    assert clock.sleeps == [17.0]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Reply(status=429), "asked to slow down"),
        (Reply(status=500), "service or the connection failed"),
        (Reply(status=503), "service or the connection failed"),
        (Reply(drop=True), "service or the connection failed"),
        (Reply(raw="<html>Bad gateway</html>"), "service or the connection failed"),
        (Reply(raw='{"id": "x", "choices": ['), "service or the connection failed"),
        (Reply(raw='{"hello": 1}'), "service or the connection failed"),
        (Reply(raw='{"id": "x", "choices": []}'), "could not be read"),
    ],
    ids=["429", "500", "503", "dropped", "html", "cut off", "no choices", "empty choices"],
)
def test_passing_trouble_is_tried_again_and_lasting_trouble_recorded(tmp_path: Path, trouble: Reply, words: str) -> None:
    reply, server, clock = asked(tmp_path / "passing", [trouble, "at last"])
    assert (reply.text, reply.failure, server.count) == ("at last", "", 2)
    reply, server, clock = asked(tmp_path / "lasting", trouble)
    assert (reply.text, reply.failure, reply.cost, server.count) == ("", "failed", 0.0, 3)
    assert words in reply.reason
    assert "no answer in 3 tries" in reply.reason
    assert clock.sleeps == [0.5, 1.0]  # half of 1 s and 2 s, the clock's jitter being 0


SILENT = Reply(latency=3600)


class Patience:
    """A limit on a try that runs out once the request has reached a silent server, so that no busy machine decides."""

    def __init__(self, *replies: Reply | str) -> None:
        self.replies, self.unheard = list(replies), threading.Event()

    def play(self, _: Body) -> Reply | str:
        """Return the next reply: the server's side."""
        reply = self.replies.pop(0)
        if reply is SILENT:
            self.unheard.set()
        return reply

    @asynccontextmanager
    async def timeout(self, _: float) -> AsyncIterator[None]:
        """Stand in for `asyncio.timeout`."""
        async with asyncio.timeout(None) as limit:
            watch = asyncio.create_task(self.run_out(limit))
            try:
                yield
            finally:
                watch.cancel()

    async def run_out(self, limit: asyncio.Timeout) -> None:
        while not self.unheard.is_set():
            await asyncio.sleep(0.001)
        self.unheard.clear()
        limit.reschedule(0)


@pytest.mark.parametrize(
    ("replies", "text", "reason"),
    [
        ([SILENT, "at last"], "at last", ""),
        ([SILENT] * 3, "", "calm gave no answer in 3 tries: there was no reply within 30 seconds."),
    ],
    ids=["once", "lasting"],
)
def test_a_time_out_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replies: list[Reply | str], text: str, reason: str
) -> None:
    patience = Patience(*replies)
    monkeypatch.setattr(provider, "asyncio", patience)
    reply, server, _ = asked(tmp_path, patience.play, timeout=30)
    assert (reply.text, reply.reason, server.count) == (text, reason, len(replies))
    assert reply.failure == ("failed" if reason else "")


def test_what_is_said_is_kept_as_it_is(tmp_path: Path) -> None:
    """Empty, foreign, refusing and huge replies are replies: reading them is the instrument's business."""
    for name, text in {
        "empty": "",
        "foreign": "我不能回答这个问题。",
        "refusal": "I'm sorry, I can't help.",
        "huge": "x" * 200_000,
    }.items():
        reply, server, _ = asked(tmp_path / name, text)
        assert (reply.text, reply.failure, server.count) == (text, "", 1)


def test_withheld_answers_are_recorded_as_filtered(tmp_path: Path) -> None:
    for name, script in {"finish": Reply("", finish="content_filter"), "error": Reply(status=400, error=POLICY)}.items():
        reply, server, _ = asked(tmp_path / name, script)
        assert (reply.failure, server.count) == ("filtered", 1)
        assert "withheld" in reply.reason


def test_a_request_that_cannot_be_answered_is_not_tried_again(tmp_path: Path) -> None:
    reply, server, _ = asked(tmp_path, Reply(status=400, error=TOO_LONG))
    assert (reply.failure, server.count) == ("failed", 1)
    assert "maximum context length" in reply.reason


def test_missing_usage_is_charged(tmp_path: Path) -> None:
    reply, _, _ = asked(tmp_path, Reply("yes", usage=None))
    assert (reply.prompt_tokens, reply.completion_tokens) == (9 + 16, 50)


@pytest.mark.parametrize(
    ("script", "remedy"),
    [
        (Reply(status=401, error=WRONG_KEY), KEY_VARIABLE),
        (Reply(status=403), KEY_VARIABLE),
        (Reply(status=402, error={"message": "Insufficient Balance"}), "add credit"),
        (Reply(status=429, error=QUOTA), "add credit"),
        (Reply(status=404, error={"message": "The model `calm` does not exist"}), "field 'model'"),
        (Reply(status=429, headers={"Retry-After": "7200"}), "wait 2 h 0 min"),
    ],
    ids=["401", "403", "402", "quota", "404", "come back in two hours"],
)
def test_fatal_errors_stop_the_model_with_a_remedy_and_without_the_key(tmp_path: Path, script: Reply, remedy: str) -> None:
    with pytest.raises(ModelStopped) as stopped:
        asked(tmp_path, script)
    sentence = str(stopped.value)
    assert remedy in sentence
    assert "calm" in sentence
    assert "where it stopped" in sentence
    assert KEY not in repr(chain(stopped.value))


def chain(error: BaseException | None) -> list[str]:
    """Return the texts of an error and of all it came from."""
    return [] if error is None else [str(error), repr(error.args), *chain(error.__cause__), *chain(error.__context__)]


def test_a_missing_key_names_its_variable_and_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE)
    with Loopback("never") as server, pytest.raises(ModelStopped, match=f"Set the environment variable {KEY_VARIABLE}"):
        run(complete_all(real_client(tmp_path, server), [ask()]))
    assert server.count == 0


def test_a_server_without_a_key_never_gets_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    _, server, _ = asked(tmp_path, "yes", key_env=None)
    assert KEY not in str(server.headers)


def real_client(folder: Path, server: Loopback, *names: str) -> Callable[[], Client]:
    return lambda: real(folder, server, Clock(), *(names or ("calm",)))


async def complete_all(make: Callable[[], Client], requests: list[Request]) -> list[Completion]:
    async with make() as client:
        return list(await asyncio.gather(*(client.complete(each) for each in requests)))


def test_no_secret_reaches_a_file_or_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    leaking = [{"message": f"bad {KEY} Bearer {KEY} http://u:{KEY}@h/p?key={KEY}"}, {"message": f"key sk-other{KEY}"}]
    scripts = {
        "calm": Reply("fine", served_by=f"calm {KEY}"),
        "odd": Reply(status=400, error=leaking[0]),
        "down": Reply(status=500, error=leaking[1]),
    }

    async def work(server: Loopback) -> None:
        with study(tmp_path) as held:
            async with real(tmp_path, server, Clock(), *scripts, held=held) as client:
                for name in scripts:
                    await client.complete(ask(model=name))

    with Loopback(scripts) as server:
        run(work(server))
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert any("study.db" in each.name for each in files)
    assert any("cache" in str(each) for each in files)
    assert [each for each in files if KEY.encode() in each.read_bytes()] == []
    ours = "\n".join(each.getMessage() for each in caplog.records if each.name.startswith(("adaem", "LiteLLM")))
    assert "Try 1 of 3 failed" in ours
    assert KEY not in ours


def test_identical_requests_reach_the_server_once_and_a_hit_never(tmp_path: Path) -> None:
    with Loopback({"calm": Reply("yes", latency=0.05)}) as server:
        run(complete_all(real_client(tmp_path, server), [ask()] * 10))
        run(complete_all(real_client(tmp_path, server), [ask()] * 10))
        assert server.count == 1


def test_log_probabilities_are_read(tmp_path: Path) -> None:
    reply, server, _ = asked(tmp_path, Reply("Yes it is", logprob=-0.25), ask(logprobs=True))
    assert server.requests[0]["top_logprobs"] == 20
    assert reply.logprobs == tuple(TokenProbability(each, -0.25, {each: -0.25}) for each in ("Yes ", "it i", "s"))
    assert asked(tmp_path / "none", "Yes", ask(logprobs=True))[0].logprobs is None


def test_a_parameter_an_endpoint_refuses_is_left_out_and_remembered(tmp_path: Path) -> None:
    def picky(body: dict[str, object]) -> Reply:
        if body.get("top_logprobs", 0) > 5:  # type: ignore[operator]
            return Reply(status=400, error={"message": "top_logprobs must be at most 5"})
        return Reply("Yes", logprob=-1.0)

    with Loopback({"calm": picky}) as server:
        make = real_client(tmp_path, server)
        replies = run(one_after_another(make, [ask(logprobs=True), ask(logprobs=True, max_tokens=9)]))
    assert [bool(each.logprobs) for each in replies] == [True, True]
    assert [each["top_logprobs"] for each in server.requests] == [20, 5, 5]


NO_SYSTEM = "Unsupported value: 'messages[0].role' does not support 'system' with this model."
REFUSED = {
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.": "max_tokens",
    "Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.": "temperature",
    "`temperature` and `top_p` cannot both be specified for this model. Please use only one.": "top_p",
}


def test_newer_models_that_take_fewer_parameters_are_asked_with_those_they_take(tmp_path: Path) -> None:
    def picky(body: dict[str, object]) -> Reply:
        refused = next((words for words, name in REFUSED.items() if name in body), None)
        return Reply(status=400, error={"message": refused}) if refused else Reply("Yes")

    with Loopback({"calm": picky}) as server:
        replies = run(one_after_another(real_client(tmp_path, server), [ask(temperature=0.3), ask(temperature=0.3, max_tokens=9)]))
    assert [each.text for each in replies] == ["Yes", "Yes"]
    assert [each.get("max_completion_tokens") for each in server.requests[-2:]] == [ask().params.max_tokens, 9]
    assert len(server.requests) == len(REFUSED) + 2, "it is remembered what the model refused"
    assert {each.adapted for each in replies} == {("top_p", "temperature")}


@pytest.mark.parametrize("words", ["System role not supported", "Developer instruction is not enabled for models/gemma-3", NO_SYSTEM])
def test_a_model_without_a_system_role_gets_it_before_the_users_words_and_the_reply_says_so(tmp_path: Path, words: str) -> None:
    def picky(body: dict[str, Any]) -> Reply:
        return Reply(status=400, error={"message": words}) if body["messages"][0]["role"] == "system" else Reply("Yes")

    messages = ({"role": "system", "content": "Be kind."}, {"role": "user", "content": "Why?"})
    reply, server, _ = asked(tmp_path, picky, replace(ask(), messages=messages))
    assert reply.text == "Yes" and reply.adapted == ("messages",)
    assert server.requests[-1]["messages"] == [{"role": "user", "content": "Be kind.\n\nWhy?"}]


def test_a_limit_that_is_too_high_is_no_old_name(tmp_path: Path) -> None:
    reply, server, _ = asked(tmp_path, Reply(status=400, error={"message": "max_tokens is too large: 90000, at most 4096 are allowed"}))
    assert reply.failure == "failed" and "max_tokens is too large" in reply.reason and len(server.requests) == 1


async def one_after_another(make: Callable[[], Client], requests: list[Request]) -> list[Completion]:
    async with make() as client:
        return [await client.complete(each) for each in requests]


def test_json_is_asked_for_where_it_is_honoured(tmp_path: Path) -> None:
    _, server, _ = asked(tmp_path, "{}", ask(json=True), json=True)
    assert server.requests[0]["response_format"] == {"type": "json_object"}


def test_the_likelihood_of_a_given_text(tmp_path: Path) -> None:
    """Prompt of 11 characters: `Is it so?` and a blank line; tokens of four characters, so `?..` and `Yes.` are cut across."""
    reply, server, _ = asked(tmp_path, Reply(logprob=-1.0), ask(continuation="Yes, it is"), logprobs=True)
    # pieces: 0 "Is i" 1 "t so" 2 "?\n\nY" 3 "es, " 4 "it i" 5 "s"; then one generated token that is not part of the text
    pieces = {2: "?\n\nY", 3: "es, ", 4: "it i", 5: "s"}
    assert reply.logprobs is not None
    assert [(each.token, round(each.logprob, 2)) for each in reply.logprobs] == [(text, -1 - at / 100) for at, text in pieces.items()]
    assert server.requests[0]["prompt"] == "Is it so?\n\nYes, it is"
    assert (server.requests[0]["echo"], server.requests[0]["max_tokens"]) == (True, 1)


@pytest.mark.parametrize("script", ["no numbers", Reply(status=404)], ids=["none returned", "no such address"])
def test_an_endpoint_without_likelihoods_says_so(tmp_path: Path, script: Script) -> None:
    reply, server, _ = asked(tmp_path, script, ask(continuation="Yes"), logprobs=True)
    assert (reply.failure, reply.reason) == ("failed", "calm returns no log-probabilities of a given text.")
    assert server.count == 1
    assert asked(tmp_path / "known", script, ask(continuation="No"))[1].count == 0


def test_likelihoods_and_moderation_are_tried_as_often_as_we_say(tmp_path: Path) -> None:
    assert asked(tmp_path / "one", Reply(status=500), ask(continuation="Yes"), logprobs=True)[1].count == 3
    assert asked(tmp_path / "two", Reply(status=500), moderation=True)[1].count == 3


def test_a_moderation_endpoint_judges_the_question_alone(tmp_path: Path) -> None:
    guarded = ask("Is this safe?\n<question>\nShould we?\n</question>")
    reply, server, _ = asked(tmp_path / "safe", "SAFE", guarded, moderation=True)
    assert (reply.text, server.requests[0]["input"]) == ("SAFE", "Should we?")
    assert asked(tmp_path / "unsafe", "anything else", guarded, moderation=True)[0].text == "UNSAFE: violence"


def test_closing_leaves_no_connection_open(tmp_path: Path) -> None:
    script = """
import asyncio, sys
from pathlib import Path
from tests.chat.apparatus import Clock, ask, real
from tests.loopback import Loopback, Reply

async def work(server, folder):
    async with real(folder, server, Clock(), "calm", logprobs=True) as client:
        await client.complete(ask())
        await client.complete(ask(continuation="Yes"))

with Loopback(Reply(logprob=-1.0)) as server:
    for name in "ab":
        asyncio.run(work(server, Path(sys.argv[1]) / name))
"""
    told = subprocess.run(
        [sys.executable, "-W", "always::ResourceWarning", "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", KEY_VARIABLE: KEY, "HOME": str(tmp_path)},
        cwd=Path(__file__).parents[3],
    )
    assert told.returncode == 0, told.stderr
    assert [line for line in told.stderr.splitlines() if "nclosed" in line or "never" in line] == []


def test_a_loop_after_another_works(tmp_path: Path) -> None:
    with warnings.catch_warnings(), Loopback("yes") as server:
        warnings.simplefilter("error", ResourceWarning)
        for number in range(3):
            replies = run(complete_all(real_client(tmp_path, server), [ask(sample=number), ask("b", sample=number)]))
            assert [each.text for each in replies] == ["yes", "yes"]
    assert server.count == 6


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("openai/gpt-5.6-terra", {"top_p"}),
        ("moonshot/kimi-k3", {"temperature"}),
        ("zai/glm-5.3", {"response_format"}),
        ("openai/gpt-4o", set()),
    ],
)
def test_settings_that_are_left_out_without_a_word_are_known(model: str, names: set[str]) -> None:
    assert dropped(replace(spec(json=True), model=model), Params(json=True)) == names


def test_they_are_told_with_the_reply(tmp_path: Path) -> None:
    async def work(server: Loopback) -> Completion:
        async with real(tmp_path, server, Clock(), "gpt-5.6-terra") as client:
            return await client.complete(ask(model="gpt-5.6-terra"))

    with Loopback("Yes") as server:
        assert run(work(server)).adapted == ("top_p",)
    assert "top_p" not in server.requests[0]
