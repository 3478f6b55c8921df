"""What in a reply is the answer and what is thought, someone else's turn, or a mark of the chat template.

Hosted services send the answer alone; self-hosted models often send their thoughts along, run on into the next user's turn, or
show the marks of their template. What stands in a thought was considered, not given (docs/decisions/thoughts-are-not-answers.md).
Data flow: `reply → marks → the parts between them, each with who says it → without_thoughts → the answer`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LESS, MORE, BAR = r"(?:[<◁⟨]|&lt;|\\u003[cC])", r"(?:[>▷⟩]|&gt;|\\u003[eE])", r"[|｜]"
THINKING = r"(?:think|thinking|thoughts?|reasoning|analysis|scratch_?pad|reflection|(?:inner|internal)_monologue|deliberation|chain_of_thought|cot|plan|planning|draft|brainstorm)"
NAMED = rf"(?:\w{{1,16}}[:_])?{THINKING}(?:_\w{{1,16}})?"
ASSISTANT = r"assistant|model|chatbot|gpt|ai|bot"
MARK = re.compile(
    "|".join(
        (
            # <|channel|>final <|constrain|>json<|message|>, <|channel>thought, and with the first mark taken off: analysis<|message|>
            r"<\|channel\|?>\s{0,3}(?P<channel>\w{1,20})(?:[^<\n]{0,60}(?:<\|constrain\|>[^<\n]{0,20})?<\|message\|>)?",
            r"(?P<bare_channel>analysis|commentary|final)(?:\s?<\|constrain\|>[^<\n]{0,20})?<\|message\|>",
            rf"(?P<close><channel\|>|<\|close\|>think\w{{0,4}}<\|sep\|>|<unused95>|{LESS}/\|?{NAMED}\|?{MORE}|<\|(?:/{NAMED}|end_of_(?:thought|thinking)|END_THINKING|think(?:ing)?[:_]end|thought_end|inner_suffix)\|>"
            r"|\[(?:/|end[ _])(?:think|thinking|thoughts?|reasoning)\]|(?<=\n)\*{0,2}\.{3} ?done thinking\.?\*{0,2}(?=\n))",
            rf"(?P<open><\|open\|>think\w{{0,4}}<\|sep\|>|{LESS}\|?{NAMED}(?:\s[^<>\n]{{0,80}})?\|?{MORE}|<\|(?:begin_of_(?:thought|thinking)|START_THINKING|think(?:ing)?[:_]start|thought_start|inner_prefix)\|>"
            r"|\[(?:start[ _])?(?:think|thinking|thoughts?|reasoning)\])",
            r"(?P<details><details[^<>\n]{0,80}>\s{0,9}<summary[^<>\n]{0,80}>(?P<summary>[^\n]{0,200}?)</summary>)",
            r"(?P<details_end></details>)",
            r"(?:(?<=\n)|\A)```(?P<fence>think\w{0,9}|thoughts?|reasoning|scratchpad|draft)[ \t]{0,9}\n",
            r"(?<=\n)```(?P<fence_end>)[ \t]{0,9}(?=\n|\Z)",
            r"(?P<unused><unused94>)",
            r"(?P<answer><\|(?:START_RESPONSE|START_TEXT|START_ACTION|begin_of_solution|content)\|>|<\|open\|>(?:response|text)<\|sep\|>)",
            rf"<{BAR}?(?:im_start|start_header_id|start|turn|start_of_turn|role_start|im_system|im_user|im_assistant){BAR}?>\s{{0,3}}(?P<role>user|system|developer|tool|human|{ASSISTANT})\b"
            rf"(?:<\|(?:end_header_id|role_end|im_middle)\|>)?\n?",
            rf"<{BAR}(?P<speaker>user|system|assistant|human|bot|USER_TOKEN|CHATBOT_TOKEN|SYSTEM_TOKEN){BAR}>\n?",
            r"(?P<instruction>\[INST\])",
            r"(?P<instructed>\[/INST\])",
            rf"(?P<end><\|close\|>(?:response|text|message)<\|sep\|>|<{BAR}(?:im_end|eot_id|eom_id|end(?!{BAR}?\|?>\s{{0,3}}<\|start\|>assistant)|endoftext|end_of_text|end_of_turn|return|eot|eos|eod|end_of_solution|END_RESPONSE|END_TEXT|END_OF_TURN_TOKEN|endofresponse"
            rf"|end▁of▁sentence|begin▁of▁sentence|im_sep){BAR}>|<end_of_turn>|<turn\|>|<eos>|</s>|<end_of_utterance>|\[EOS\]|\[\|endofturn\|\]|\[e~\[)",
            r"(?:(?<=\n)|\A)[ \t]{0,3}(?:#{2,4} ?)?\*{0,2}(?P<labelled>User|Human|USER|HUMAN|Instruction|Question from the user)\*{0,2} ?:(?!\w)",
            r"(?:(?<=\n)|\A)\s{0,9}(?:#{2,4} ?)?\*{0,2}(?P<replying>Assistant|ASSISTANT|assistant|### Response)\*{0,2} ?:\s{0,3}",
        )
    ),
    re.IGNORECASE,
)
SIGNS = ("done thinking", "<", "```", "[", "◁", "⟨", "&lt;", "\\u003")
LABELLED = re.compile(r"\n[\s#*]{0,9}(?:[Uu]ser|USER|[Hh]uman|HUMAN|[Aa]ssistant|ASSISTANT|Instruction|Question from|Response)\b")
BEGINNING = re.compile(r"\A(?:\s|<s>|<bos>|<BOS_TOKEN>|<\|(?:begin_of_text|startoftext)\|>)+")
# gpt-oss with the marks taken off: the names of its channels stand before the words without a space.
BARE_FINAL = re.compile(r"(?:\bassistant|(?<=[^\w\s])assistant|(?<=[a-z])assistant)\s{0,2}final(?:\s?json(?=\s?[{\[]))?:?")
BARE_THOUGHT = re.compile(r"\A\s*(?:assistant\s{0,2})?(?:analysis|commentary)(?=[A-Z\s\"“]|to=)")
BARE_NEXT = re.compile(r"(?:user|assistant)\s{0,2}(?:analysis|commentary|final)(?=[A-Z\s{])")
BARE_ANSWER = re.compile(r"\A\s*(?:assistant)?final(?=[A-Z{\[])")
HEADED_THOUGHT = re.compile(
    r"\A[\s#*>]{0,20}(?:here(?:'s| is) my )?(?:thought process|thinking(?: process)?|thoughts|scratchpad|draft|inner monologue|chain of thought)\b[ *]{0,4}:?[ *]{0,4}\n",
    re.IGNORECASE,
)
HEADED_ANSWER = re.compile(
    r"\n[ #*>]{0,9}(?:here(?:'s| is) my )?(?:final )?(?:answer|response|output|reply)\b[ *]{0,4}:?[ *]{0,4}\n", re.IGNORECASE
)
UNCLEAR = re.compile(r"\A\s*analysis(?=[A-Z])")
DRAFT_SUMMARY = re.compile(r"th(?:ink|ought)|draft|scratch|chain|deliberat|internal", re.IGNORECASE)
REASON_SUMMARY = re.compile(r"reason|analysis|process|steps", re.IGNORECASE)
QUOTES_BEFORE, QUOTES_AFTER = "`'\"“‘«", "`'\"”’»"
MENTIONED = re.compile(r"[,;:!?)`'\"”’»]|\.(?:\s|$)|\s(?:[a-z(–—-]|[A-Z]?\w* ?(?:tags?|marks?|tokens?)\b)")
ONLY_A_MARK = re.compile(r"[\s>#]*(?:[-*+•]|\d{1,2}[.)]|[*_`\"'(\[]|\w{0,20}\":)[\s*_\"'`(]*")


def without_thoughts(text: str) -> str:
    """Return the answer in a reply: no thoughts, and nothing of the user's turn before or after it.

    A lone closing mark ends a thought that began unseen; a lone opening one never ends, and then there is no answer. A mark that
    a sentence only mentions is one of its words.
    """
    text = without_headed_thought(without_bare_channels(text))
    if not any(sign in text for sign in SIGNS) and not LABELLED.search(f"\n{text}"):
        return text.lstrip()  # as nearly all are, and found at once
    said = Said()
    begin = 0
    marks = list(MARK.finditer(text))
    for mark, next_close in zip(marks, closings(marks), strict=True):
        if mentioned(text, mark, next_close, thinking=bool(said.thought)):
            continue
        said.say(text[begin : mark.start()])
        begin = mark.end()
        if said.ends_with(mark):
            return said.answer
    said.say(text[begin:])
    return said.answer


def without_bare_channels(text: str) -> str:
    """Return what gpt-oss said in its final channel when the marks around the names of its channels were taken off."""
    if not BARE_THOUGHT.match(text):
        return BARE_ANSWER.sub("", text)
    final = BARE_FINAL.search(text)
    if final is None:
        return "" if UNCLEAR.match(text) else text
    return BARE_NEXT.split(text[final.end() :], maxsplit=1)[0]


def without_headed_thought(text: str) -> str:
    """Return what stands below a heading such as "Here is my response:", when the reply begins below one for its thoughts."""
    answer = HEADED_ANSWER.search(text) if HEADED_THOUGHT.match(text) else None
    return text[answer.end() :] if answer else text


@dataclass
class Said:
    """What was said so far, mark by mark."""

    kept: list[str] = field(default_factory=list)
    thought: str = ""  # the kind of mark that opened a thought; empty outside
    others: bool = False  # true in a turn of the user or the system

    @property
    def answer(self) -> str:
        """The answer so far; the blank lines between a thought and the reply would go into the next prompt."""
        return BEGINNING.sub("", "".join(self.kept))

    def say(self, part: str) -> None:
        """Take the text up to the next mark."""
        if not self.thought and not self.others:
            self.kept.append(part)

    def ends_with(self, mark: re.Match[str]) -> bool:
        """Take one mark; return True when the answer is complete with it."""
        kind = mark.lastgroup if mark.lastgroup != "summary" else "details"
        name = str(mark[kind or 0]).lower()
        if kind in ("channel", "bare_channel"):
            self.begin("" if name == "final" else "channel", afresh=name == "final")
        elif kind == "answer":
            self.begin("", afresh=True)
        elif kind in ("open", "unused"):
            self.thought = self.thought or "tag"
        elif kind == "close":
            self.begin("", afresh=not self.thought)
        elif kind in ("details", "details_end"):
            self.unfold(mark)
        elif kind in ("fence", "fence_end"):
            self.fenced(mark)
        elif kind == "end":
            return self.turn_ends()
        elif kind in ("labelled", "instruction") or not (kind in ("instructed", "replying") or re.match(ASSISTANT, name)):
            return self.hand_over(to_others=True)
        elif kind != "replying" or self.others or not self.answer:
            return self.hand_over(to_others=False, anew=mark[0].startswith("<|start|>"))
        else:
            self.say(mark[0])
        return False

    def begin(self, thought: str, *, afresh: bool) -> None:
        """Begin a thought, or the answer where `thought` is empty; `afresh`: what was said before in this turn was thought."""
        self.thought = thought
        if afresh:
            self.kept.clear()

    def unfold(self, mark: re.Match[str]) -> None:
        """Take a folded part: it is a thought when its summary calls it one, and what it holds else."""
        if mark["details"]:
            summary = mark["summary"] or ""
            if DRAFT_SUMMARY.search(summary) or (not self.answer and REASON_SUMMARY.search(summary)):
                self.thought = self.thought or "details"
                return
        elif self.thought == "details":
            self.thought = ""
            return
        self.say(mark[0])

    def fenced(self, mark: re.Match[str]) -> None:
        """Take the begin of a fence around a thought, or the end of a fence, which is only a thought's when one began so."""
        if mark["fence"]:
            self.thought = self.thought or "fence"
        elif self.thought == "fence":
            self.thought = ""
        else:
            self.say(mark[0])

    def turn_ends(self) -> bool:
        """Take the end of a turn; True when it was the answer's. A thought in a channel ends with it, one between tags does not."""
        if self.thought == "channel":
            self.thought = ""
        return bool(self.answer) and not self.thought

    def hand_over(self, *, to_others: bool, anew: bool = False) -> bool:
        """Take the name of who speaks next; True when the answer stands before it. `anew`: one turn may have several such parts."""
        if self.answer and not anew:
            return True
        self.thought, self.others = "", to_others
        return False


def closings(marks: Sequence[re.Match[str]]) -> list[re.Match[str] | None]:
    """Return for each mark the next closing one after it, None where none follows."""
    found: list[re.Match[str] | None] = []
    following: re.Match[str] | None = None
    for mark in reversed(marks):
        found.append(following)
        following = mark if mark["close"] else following
    return found[::-1]


def mentioned(text: str, mark: re.Match[str], closing: re.Match[str] | None, *, thinking: bool) -> bool:
    """Say whether a mark is only spoken of: it stands in quotes, or within a sentence that goes on after it."""
    before, after = text[max(0, mark.start() - 80) : mark.start()].rpartition("\n")[2], text[mark.end() : mark.end() + 24]
    if mark[0].lower() == "</s>" and text.rfind("<s>", max(1, mark.start() - 300), mark.start()) > text.rfind("</s>", 0, mark.start()):
        return True  # struck out
    if before[-1:] and before[-1:] in QUOTES_BEFORE and after[:1] in QUOTES_AFTER and after:
        return True
    if not (mark["open"] or mark["close"]) or not MENTIONED.match(after):
        return False
    if mark["close"] and thinking and closing is None:
        return False
    if mark["open"] and closing is not None and not short(text[mark.end() : closing.start()]):
        return False
    spoken = before.rstrip()
    return (before[-1:] in (" ", *QUOTES_BEFORE, "(") and spoken[-1:] not in ("", ".", "!", "?")) or bool(ONLY_A_MARK.fullmatch(before))


def short(between: str) -> bool:
    """Say whether what stands between two marks is no thought but a word or two of the sentence that mentions both."""
    return len(between) < 40 and "\n" not in between and len(between.split()) <= 4
