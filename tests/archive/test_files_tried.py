"""Questionnaire files as people keep and export them, one of each form: read right, read with a word said, or refused with a remedy."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.archive.numbered import unnumbered
from adaem_core.archive.table import How, read_table
from adaem_core.archive.texts import cleaned, is_question, spelling
from adaem_core.errors import BadInput
from adaem_core.generate.topics import read_topics
from adaem_core.measure.sources import question_file, read_questions
from tests.rows import every_row

CARS, LIES = "Should cities ban cars?", "Is lying ever right?"
LONG = "Should towns, as a rule, close their centres?"
BOTH = [CARS, LIES]
PLAIN = f"id,question\n1,{CARS}\n2,{LIES}\n"
CHINESE = ["政府应该禁止私家车吗？", "说谎是对的吗？"]


def whole(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def by_line(*values: Any) -> str:
    return "\n".join(map(whole, values))


def chat(text: str, *before: dict[str, str]) -> dict[str, Any]:
    return {"messages": [*before, {"role": "user", "content": text}]}


# Form → content of a file that holds CARS and LIES, and nothing else that is asked.
RIGHT: dict[str, str | bytes] = {
    "utf16be without mark.csv": PLAIN.encode("utf-16-be"),
    "two marks.csv": "\ufeff\ufeff" + PLAIN,
    "old line ends.csv": PLAIN.replace("\n", "\r"),
    "old line ends.txt": "\r".join(BOTH),
    "vertical tab.csv": PLAIN.replace("cities ban", '"cities\x0bban"').replace('"', ""),
    "line separator.jsonl": by_line(*({"question": each.replace(" ", "\u2028", 1)} for each in BOTH)),
    "extension in capitals.CSV": PLAIN,
    "all lines end with a separator.csv": PLAIN.replace("?\n", "?,\n"),
    "no names.csv": f"1,{CARS}\n2,{LIES}\n",
    "questions with categories, no names.csv": f"{CARS},cars\n{LIES},love\n",
    "table.txt": PLAIN,
    "tabs.txt": PLAIN.replace(",", "\t"),
    "bars.txt": PLAIN.replace(",", "|"),
    "json lines.txt": by_line(*({"question": each} for each in BOTH)),
    "json.csv": whole([{"question": each} for each in BOTH]),
    "json lines.csv": by_line(*({"question": each, "n": 1} for each in BOTH)),
    "markdown.csv": f"| id | question |\n|---|---|\n| 1 | {CARS} |\n| 2 | {LIES} |\n",
    "markdown.txt": f"| id | question |\n| :-- | --: |\n| 1 | {CARS} |\n| 2 | {LIES} |\n",
    "commas.tsv": PLAIN,
    "tabs.csv": PLAIN.replace(",", "\t"),
    "carets.csv": PLAIN.replace(",", "^"),
    "tildes.txt": PLAIN.replace(",", "~"),
    "broken bars.csv": PLAIN.replace(",", "¦"),
    "hashes.csv": PLAIN.replace(",", "#"),
    "double semicolons.csv": PLAIN.replace(",", ";;"),
    "double bars.csv": PLAIN.replace(",", "||"),
    "whole lines in quotation marks.csv": "".join(f'"{line}"\n' for line in PLAIN.splitlines()),
    "columns by space.txt": f"1    {CARS}\n2    {LIES}\n",
    "q.txt": f"Q1. {CARS}\nQ2. {LIES}\n",
    "q and colon.txt": f"Q1: {CARS}\nQ2: {LIES}\n",
    "item.txt": f"Item 1: {CARS}\nItem 2: {LIES}\n",
    "letters.txt": f"a) {CARS}\nb) {LIES}\n",
    "roman.txt": f"i. {CARS}\nii. {LIES}\n",
    "roman capitals.txt": f"I) {CARS}\nII) {LIES}\n",
    "roman in cells.csv": f"question\n(i) {CARS}\n(ii) {LIES}\n",
    "codes.txt": f"A1. {CARS}\nA2. {LIES}\n",
    "codes of variables.txt": f"V12: {CARS}\nV14: {LIES}\n",
    "codes in brackets.txt": f"[Q1] {CARS}\n[Q2] {LIES}\n",
    "code and blank.txt": f"Q1 {CARS}\nQ2 {LIES}\n",
    "items with a hash.csv": f"question\nItem #1: {CARS}\nItem #2: {LIES}\n",
    "Chinese numbers.txt": f"一、{CARS}\n二、{LIES}\n",
    "blanks after separators.csv": f'id, question, note\n1, "{CARS}", "a, b"\n2, "{LIES}", c\n',
    "much above the names.csv": "".join(f"About {n}: it is {n}\n" for n in range(14)) + PLAIN,
    "names with dots.csv": f"Nr.;Item wording.\n1;{CARS}\n2;{LIES}\n",
    "languages alone.csv": f'de,en\nStädte?,"{CARS}"\nIst Lügen recht?,"{LIES}"\n',
    "language in names.csv": f"question_de,question_en\nWie ist es so?,{CARS}\nIst Lügen recht?,{LIES}\n",
    "scores beside.json": whole({"name": "t", "examples": [{"input": each, "target_scores": {"Yes": 1, "No": 0}} for each in BOTH]}),
    "titles of elements.json": whole({"title": "S", "pages": [{"name": "p", "elements": [{"type": "boolean", "title": each} for each in BOTH]}]}),
    "points and brackets.txt": f"1.) {CARS}\n2.) {LIES}\n",
    "letters in Russian.txt": f"а) {CARS}\nб) {LIES}\n",
    "when it was said.txt": f"[00:01:02] {CARS}\n[00:02:10] {LIES}\n",
    "who asks.txt": f"Interviewer: {CARS}\nInterviewer: {LIES}\n",
    "semicolons at the end.txt": f"{CARS};\n{LIES};\n",
    "commas at the end.txt": f"{CARS},\n{LIES}\n",
    "kept as formulas.csv": f'id,question\n1,"=""{CARS}"""\n2,"=""{LIES}"""\n',
    "LaTeX.txt": f"\\begin{{enumerate}}\n\\item {CARS}\n\\item {LIES}\n\\end{{enumerate}}\n",
    "stars.txt": f"★ {CARS}\n★ {LIES}\n",
    "hash and number.txt": f"#1 {CARS}\n#2 {LIES}\n",
    "markdown with bold names.md": f"| # | **Question** |\n|:-:|---|\n| 1 | **{CARS}** |\n| 2 | {LIES} |\n",
    "a list in a program.txt": f'const questions = [\n  "{CARS}",\n  "{LIES}",\n];\n',
    "a list of Python.txt": f"['{CARS}', '{LIES}']",
    "letters of a forum.csv": f"question\n[b]{CARS}[/b]\n{LIES}\n",
    "a name missing.csv": f"id,\n1,{CARS}\n2,{LIES}\n",
    "values below questions.csv": f"variable,label,value,value_label\nq1,{CARS},1,Yes\n,,0,No\nq2,{LIES},1,Yes\n,,0,No\n",
    "number and dash.txt": f"1- {CARS}\n2- {LIES}\n",
    "number and stroke.txt": f"1/ {CARS}\n2/ {LIES}\n",
    "ordinals.txt": f"1º {CARS}\n2º {LIES}\n",
    "shares.txt": f"1/2 {CARS}\n2/2 {LIES}\n",
    "scales within.json": whole({"instrument": {"scales": [{"name": "K", "items": [{"id": 1, "text": CARS}, {"id": 2, "text": LIES}]}]}}),
    "numbers of Japan.txt": f"問1 {CARS}\n問2 {LIES}\n",
    "numbers of Korea.txt": f"문항 1. {CARS}\n문항 2. {LIES}\n",
    "degrees and brackets.txt": f"1°) {CARS}\n2°) {LIES}\n",
    "braces and numbers.txt": f"{{1}} {CARS}\n{{2}} {LIES}\n",
    "levels.txt": f"1.1 {CARS}\n1.2 {LIES}\n",
    "brackets.txt": f"(1) {CARS}\n[2] {LIES}\n",
    "circles.txt": f"① {CARS}\n② {LIES}\n",
    "no blank.txt": f"1.{CARS}\n2.{LIES}\n",
    "dashes.txt": f"1 - {CARS}\n2 - {LIES}\n",
    "boxes.txt": f"- [ ] {CARS}\n- [x] {LIES}\n",
    "numbered and dotted.txt": f"1. {CARS}\n- {LIES}\n3. {CARS}\n",
    "wrapped.txt": CARS.replace(" ban", "\nban") + "\n\n" + LIES,
    "quoted lines.txt": f'"{CARS}",\n"{LIES}"\n',
    "numbered cells.csv": f"category,question\nx,1. {CARS}\ny,2. {LIES}\n",
    "sep of tabs.csv": "sep=\t\n" + PLAIN.replace(",", "\t"),
    "sep in capitals.csv": "SEP=;\r\n" + PLAIN.replace(",", ";"),
    "sep in quotation marks.csv": '"sep=;"\n' + PLAIN.replace(",", ";"),
    "sep with blanks.csv": "sep = ;\n" + PLAIN.replace(",", ";"),
    "sep below a blank line.csv": "\nsep=;\n" + PLAIN.replace(",", ";"),
    "sep in UTF-16.csv": ("sep=;\n" + PLAIN.replace(",", ";")).encode("utf-16"),
    "sep that is none.csv": "sep=;\n" + PLAIN,
    "title with a comma.csv": "Items, wave 3\n" + PLAIN.replace(",", ";"),
    "title as wide as the table.csv": f"Items, wave 3, English\n\nid,question,category\n1,{CARS},x\n2,{LIES},y\n",
    "several titles.csv": "Round 9;;\nNorway, Sweden;;\n;;\n" + PLAIN.replace(",", ";").replace("\n", ";x\n").replace("question;x", "question;n"),
    "titles with values.csv": "Survey:,ESS\nDate:,2020\n\n" + PLAIN,
    "remark with commas.csv": "# a remark, with, commas\n" + PLAIN,
    "remark of slashes.csv": "// a remark, long\n" + PLAIN,
    "remark of percent.csv": "% a remark\n" + PLAIN,
    "remark inside.csv": PLAIN.replace("2,", "# the next, is hard\n2,"),
    "names with a hash.csv": "#" + PLAIN,
    "names again.csv": PLAIN.replace("2,", "id,question\n2,"),
    "names with unseen signs.csv": PLAIN.replace("question", "\u00a0question\u200b"),
    "names in capitals.csv": PLAIN.replace("id,question", "ID,QUESTION"),
    "names with commas.csv": f'nr;"question, as put, to all"\n1;{CARS}\n2;{LIES}\n',
    "names in German.csv": f"Nr;Frage\n1;{CARS}\n2;{LIES}\n",
    "decimal commas.csv": f"question;score\n{CARS};3,5\n{LIES};2,25\n",
    "short lines first.csv": f"question,category\n{CARS}\n{LIES},love\n",
    "UTF-32.csv": PLAIN.encode("utf-32"),
    "limesurvey.txt": f"class\tname\ttext\nS\tsid\t12\nSL\ttitle\tMy survey of two\nQ\tq1\t<p>{CARS}</p>\nA\ta1\tYes, always so\nQ\tq2\t{LIES}\n",
    "map of one and one.json": whole({"A1": CARS, "A2": LIES}),
    "scales with equal ids.json": whole([{"name": "K", "items": [{"id": 1, "text": CARS}]}, {"name": "O", "items": [{"id": 1, "text": LIES}]}]),
    "items with options.json": whole({"name": "K", "items": [{"id": "a", "text": CARS, "options": ["yes", "no"]}, {"id": "b", "text": LIES}]}),
    "column by column.json": whole({"id": ["1", "2"], "question": BOTH}),
    "column by column, numbered.json": whole({"id": {"0": "1", "1": "2"}, "question": {"0": CARS, "1": LIES}}),
    "names apart.json": whole({"columns": ["id", "question"], "index": [0, 1], "data": [["1", CARS], ["2", LIES]]}),
    "with a schema.json": whole({"schema": {"fields": [{"name": "id"}]}, "data": [{"id": "1", "question": CARS}, {"id": "2", "question": LIES}]}),
    "map to objects.json": whole({"A1": {"question": CARS}, "A2": {"question": LIES}}),
    "lines of cells.json": whole([["id", "question"], ["1", CARS], ["2", LIES]]),
    "lines of cells.jsonl": by_line(["id", "question"], ["1", CARS], ["2", LIES]),
    "deep.json": whole({"survey": {"name": "K", "parts": {"first": {"list": [{"question": each} for each in BOTH]}}}}),
    "deep map.json": whole({"survey": {"questions": {"a": CARS, "b": LIES}}}),
    "pages of a survey.json": whole({"pages": [{"name": "p", "elements": [{"name": "a", "text": CARS}]}, {"name": "q", "elements": [{"name": "b", "text": LIES}]}]}),
    "features.json": whole({"features": [{"name": "question"}], "rows": [{"row_idx": n, "row": {"question": each}} for n, each in enumerate(BOTH)]}),
    "survey.json": whole({"SurveyElements": [{"Element": "BL"}, *({"Element": "SQ", "Payload": {"QuestionText": each, "DataExportTag": each[:2], "QuestionType": "MC"}} for each in BOTH)]}),
    "objects over several lines.json": "\n".join(json.dumps({"question": each}, indent=1) for each in BOTH),
    "objects over several lines.jsonl": ",\n".join(json.dumps({"question": each}, indent=1) for each in BOTH),
    "blank lines.jsonl": f'\ufeff{{"question": "{CARS}"}}\n\n \n{{"question": "{LIES}"}}\n',
    "comma at the end.json": f'["{CARS}",\n"{LIES}",\n]',
    "comments.json": f'// mine\n["{CARS}", /* and */ "{LIES}"]',
    "bare names.json": f"[{{question: '{CARS}'}}, {{question: '{LIES}'}}]",
    "of Python.json": f"[{{'question': '{CARS}', 'n': None}}, {{'question': '{LIES}', 'n': True}}]",
    "keys in capitals.jsonl": by_line({"question": CARS}, {"Question": LIES}),
    "texts and objects.jsonl": by_line({"question": CARS}, LIES),
    "lists of one.jsonl": by_line(*({"question": [each]} for each in BOTH)),
    "chats with answers.jsonl": by_line(*({"messages": [*chat(each)["messages"], {"role": "assistant", "content": "Yes"}]} for each in BOTH)),
    "conversations.json": whole([{"conversations": [{"from": "human", "value": each}, {"from": "gpt", "value": "Yes"}]} for each in BOTH]),
    "requests of a batch.jsonl": by_line(*({"custom_id": each[:2], "method": "POST", "body": {"model": "m", **chat(each)}} for each in BOTH)),
    "UTF-16.jsonl": by_line(*({"question": each} for each in BOTH)).encode("utf-16"),
    "marked.jsonl": "\ufeff" + by_line(*({"question": each} for each in BOTH)),
    "bold.csv": PLAIN.replace("cars?", "<b>cars</b>?"),
    "line break.csv": PLAIN.replace("ban ", "ban<br/>"),
    "escaped tags.csv": PLAIN.replace(CARS, f"&lt;p&gt;{CARS}&lt;/p&gt;"),
    "escaped twice.csv": PLAIN.replace("ban cars", "ban&amp;nbsp;cars"),
    "style and remark.csv": PLAIN.replace(CARS, f"<style>p {{color:red}}</style><p class='x'>{CARS}</p><!-- note -->"),
    "from a word processor.csv": PLAIN.replace(CARS, f"<o:p></o:p><span lang=EN>{CARS}<o:p>&nbsp;</o:p></span>"),
    "accents apart.csv": PLAIN + "3,Is lying ever right?\u034f\n4,Is\ufe0f lying ever right?\n5,Is lying\U000e0041 ever right?\n",
    "ids twice, text twice.csv": PLAIN + f"2,{LIES}\n",
    "ids with brackets.csv": f"id,question\nSQ[001],{CARS}\nSQ[002],{LIES}\n",
    "ids with blanks.csv": f"id,question\nitem 1,{CARS}\nitem 2,{LIES}\n",
    "ids that collide.csv": f"id,question\na.b,{CARS}\na/b,{LIES}\n",
    "ids long and alike.csv": f"id,question\n{'a' * 40}1,{CARS}\n{'a' * 40}2,{LIES}\n",
    "ids beyond the alphabet.csv": f"id,question\nÄ1,{CARS}\n問2,{LIES}\n",
}  # fmt: skip

# Form → content, the questions read, and a word of what is told.
TOLD: dict[str, tuple[str, list[str], str]] = {
    "letters lost.csv": (PLAIN.replace("cars", "c\ufffdrs"), [CARS.replace("cars", "c\ufffdrs"), LIES], "look broken"),
    "letters of another encoding.csv": (PLAIN.replace("cars", "cafÃ©s"), ["Should cities ban cafÃ©s?", LIES], "look broken"),
    "name that may be a row.csv": ("Kindness matters\nOrder is half of life\n", ["Order is half of life"], "Kindness matters”, is taken as the name"),
    "no names, statements.csv": ("I like fixed hours in my day\nI keep each promise\n", ["I like fixed hours in my day", "I keep each promise"], "kept as a row"),
    "total.csv": (PLAIN + "Total,2\n", BOTH, "only numbers: 1 (“2”)"),
    "missing.csv": (PLAIN + "3,NA\n4,nan\n5,#REF!\n6,-\n7,None\n", BOTH, "a missing text: 5 (“NA”, “nan”, “#REF!”, …)"),
    "rules.txt": (f"{CARS}\n---\n{LIES}\n***\n", BOTH, "a missing text: 2"),
    "sections.txt": (f"Part A: Traffic\n{CARS}\nPRIVATE LIFE\n{LIES}\n", BOTH, "as headings: 2 (“Part A: Traffic”, “PRIVATE LIFE”)"),
    "sections with numbers.txt": (f"Section 1 - Traffic\n1. {CARS}\nSection 2 - Life\n2. {LIES}\n", BOTH, "as headings: 2"),
    "thanks.txt": (f"{CARS}\n{LIES}\nIs it so?\nWe thank you for your time\n", [*BOTH, "Is it so?", "We thank you for your time"], "among questions, kept as they are: 1"),
    **{
        f"to fill in {number}.csv": (f"question\n{CARS}\n{LIES}\n{text}\n", BOTH, "something has to be put in")
        for number, text in enumerate(
            [
                "Why ${q://QID1/ChoiceGroup/SelectedChoices}?",
                "Are you ${e://Field/name}?",
                "{TOKEN:FIRSTNAME} is it so?",
                "Is {INSERTANS:1X2X3} right?",
                "Is {{ country }} free?",
                "Is {name} right?",
                "Is {Q1.shown} right?",
                "Is it %COUNTRY% that you like?",
                "Is %s right?",
                "Is [COUNTRY] just?",
                "Is [first_name] right?",
                "Is $country free?",
                "The capital is ____?",
                "Is {0} right?",
                "Is #COUNTRY# free?",
                "Is @@COUNTRY@@ free?",
            ]
        )
    },
    "bold.txt": (f"**{CARS}**\n_{LIES}_\n", BOTH, "Marks of emphasis"),
    "bold numbers.csv": (f"question\n**1. {CARS}**\n**2.** {LIES}\n", BOTH, "Marks of emphasis"),
    "bold words.csv": (f"question\n{CARS.replace('cars', '**cars**')}\n{LIES.replace('ever', '_ever_')}\n", BOTH, "Marks of emphasis"),
    "stars.csv": (f"question\n{CARS} *\n{LIES}*\n", BOTH, "Marks of emphasis"),
    "written line breaks.csv": (f"question\n{CARS.replace(' ban', chr(92) + 'nban')}\n{LIES}\n", BOTH, "line breaks"),
    "choices below.txt": (f"1. {CARS}\n   a) All of them\n   b) None of them\n2. {LIES}\n   - Yes, now and then\n", BOTH, "answers to choose from: 3"),
    "choices as lines.txt": (f"{CARS}\n- Yes\n- No\n{LIES}\n- Don't know\n", BOTH, "answers to choose from: 3"),
    "answers below.txt": (f"Q: {CARS}\nA: All of them.\nQ: {LIES}\nA: It is not.\n", BOTH, "others are left out: 2 (a:)"),
    "true.csv": (PLAIN + "3,True\n", BOTH, "answers to choose from: 1"),
    "front.md": (f"---\ntitle: Mine\nauthor: Ada\n---\n\n# All\n\n1. **{CARS}**\n2. **{LIES}**\n", BOTH, "between two lines of ---"),
    "several in a line.txt": (f"{CARS}; {LIES}\n", [f"{CARS}; {LIES}"], "more than one question"),
    "odd signs.txt": (f"{CARS}\n{LIES}\n}} Is it so?\nQ7x) Is it?\n", [*BOTH, "} Is it so?", "Q7x) Is it?"], "rarely have, kept as they are: 2"),
    "missing in brackets.csv": (PLAIN + "3,(missing)\n", BOTH, "a missing text: 1"),
    "words after the mark.csv": (f"question\n{CARS}\n{LIES} - Yes - No\n", [CARS, f"{LIES} - Yes - No"], "rarely have, kept as they are: 1"),
    "links.csv": (f"question\n{CARS.replace('cars', '[cars](https://example.org/cars)')}\n{LIES}\n", BOTH, "links"),
    "languages.tsv": (f"class\tname\ttext\tlanguage\nQ\ta\t{CARS}\ten\nQ\ta\t{LIES}\tde\n", BOTH, "2 languages"),
    "without text.jsonl": (by_line({"question": CARS}, {"question": None}), [CARS], "have no text"),
    "other names.jsonl": (by_line({"question": CARS}, {"text": LIES}), [CARS], "have no text"),
    "a number.jsonl": (by_line({"question": CARS}, {"question": 3}), [CARS], "only numbers: 1 (“3”)"),
    "instructions.jsonl": (by_line(chat(CARS, {"role": "system", "content": "Be brief."})), [CARS], "system message"),
    "ids twice.csv": (PLAIN.replace("2,", "1,"), BOTH, "own ids are not used"),
    "alike.csv": (PLAIN + f"3,{LIES.upper()}\n", BOTH, "stands there before"),
}  # fmt: skip

# Form → content, and words of the refusal.
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "open quotation mark.tsv": (f'id\tquestion\tnote\n1\t{CARS}\t"tall\n2\t{LIES}\tx\n', "line 2"),
    "chinese without mark.csv": ("政府应该禁止私家车吗？\n".encode("utf-16-le"), "UTF-8"),
    "cyrillic.csv": ("question\nДолжны ли города закрывать центр?\n".encode("cp1251"), "line 2"),
    "gzip.csv": (b"\x1f\x8b\x08\x00abc", "line 1"),
    "portable.csv": (b"%PDF-1.4\n%\xe2\xe3\n", "line 2"),
    "old workbook.xls": (b"\xd0\xcf\x11\xe0", ".xlsx"),
    "nameless": (PLAIN, "kind of file"),
    "page.csv": (f"<html>\n<table>\n<tr><td>question</td></tr>\n<tr><td>{CARS}</td></tr></table></html>", "page"),
    "comma in a question.csv": ("id,question,category\n1,Should towns close, or open?,\n", "line 2"),
    "comma in a short line.csv": ("question,category,note\nIs it right to lie?\nShould towns close, or open?\n", "line 3"),
    "comma in two columns.csv": ("question,category\nShould towns close, or open?\nIs it so?,x\n", "line 2"),
    "single quotation marks.csv": (f"id,question\n1,'{LONG}'\n", "line 2"),
    "curly quotation marks.csv": (f"id,question\n1,“{LONG}”\n", "line 2"),
    "colons.csv": (PLAIN.replace(",", ":"), "what separates"),
    "names twice.csv": ("id,question,note,note\n1,Is it?,a,b\n", "twice"),
    "name twice.jsonl": (f'{{"question": "{CARS}", "question": "{LIES}"}}', "twice"),
    "id twice.json": (f'{{"A1": "{CARS}", "A1": "{LIES}"}}', "twice"),
    "a bracket missing.json": (f'[{{"question": "{CARS}"}}', "The file ends in the middle"),
    "cut off.json": (f'[{{"question": "{CARS}"}},\n{{"question": ', "line 2: not valid JSON (Expecting value). The file ends in the middle"),
    "name twice, loosely.json": ("[{'question': 'Is it?', 'question': 'Was it?',}]", "twice"),
    "a text.json": ('"Is it so?"', "first question"),
    "a table.json": (PLAIN, "save the table as CSV"),
    "fields.json": ('{"a": {"b": 1}, "c": 2}', "fields a, c"),
    "two lists.json": (whole({"questions": [{"text": CARS}], "items": [{"text": LIES}]}), "which one"),
    "languages.jsonl": (by_line({"question": {"en": CARS, "de": "Wie?"}}), "nested value"),
    "several turns.jsonl": (by_line({"messages": [*chat("Hello")["messages"], {"role": "assistant", "content": "Hi"}, *chat(CARS)["messages"]]}), "nested value"),
    "table.jsonl": (PLAIN, "JSON"),
    "batch of another.jsonl": (by_line({"custom_id": "a", "result": {"message": {"model": "m", "content": [{"type": "text", "text": "It is so, I think."}]}}}), "A batch's output"),
    "foo.csv": ("foo,bar\n", "cannot tell"),
    "foo.txt": ("foo,bar\n", "no question"),
    "foo.json": ('["foo", "bar"]', "no question"),
    "names only.csv": ("id,question\n", "no question"),
    "title only.csv": ("Survey items\n\n\n", "no question"),
    "remarks only.txt": ("# a\n# b\n", "no question"),
    "empty list.json": ("[]", "nothing to ask"),
    "empty object.json": ("{}", "list"),
    "empty lines.jsonl": ("\n\n", "empty"),
    "numbers.csv": ("question\n1\n2\n3\n", "numbers"),
    "only numbers.csv": ("1,2,3\n4,5,6\n", "cannot tell"),
}  # fmt: skip


def as_bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def asked(name: str, content: str | bytes) -> list[str] | str:
    try:
        return [each.text for each in read_questions((name, as_bytes(content)))]
    except BadInput as error:
        return str(error)


def test_every_form_is_there_once() -> None:
    assert len({*RIGHT, *TOLD, *REFUSED}) >= 130


def test_files_of_every_form_give_the_same_two_questions() -> None:
    found = {name: asked(name, content) for name, content in RIGHT.items()}
    assert {name: each for name, each in found.items() if each != BOTH} == {}


def test_what_may_not_be_meant_is_read_and_told() -> None:
    wrong = {}
    for name, (content, right, word) in TOLD.items():
        found = question_file((name, as_bytes(content)))
        if [each.text for each in found.asked] != right or not any(word in note for note in found.notes):
            wrong[name] = found
    assert wrong == {}


def test_what_cannot_be_told_is_refused_with_the_file_and_a_remedy() -> None:
    found = {name: asked(name, content) for name, (content, _) in REFUSED.items()}
    assert {name: each for name, each in found.items() if name not in each or REFUSED[name][1] not in each} == {}


def test_topics_are_read_from_every_form_as_well() -> None:
    found = {name: [each.text for each in read_topics((name, as_bytes(content))).topics] for name, content in RIGHT.items()}
    assert {name: each for name, each in found.items() if each != BOTH} == {}
    known = ["2024 was a good year, was it not?", "#MeToo: was it right?"]
    assert [each.text for each in read_topics(("a.txt", "\n".join(known).encode())).topics] == known


def workbook(**sheets: list[tuple[Any, ...]]) -> bytes:
    from openpyxl import Workbook

    book, kept = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(kept)
    return kept.getvalue()


ITEMS = [("question",), (CARS,), (LIES,)]


@every_row(
    "sheets, chosen, others",
    [
        ({"One": ITEMS, "Two": ITEMS}, "One", "Two"),
        ({"Empty": [], "One": ITEMS}, "One", None),
        ({"About": [("Please use the next sheet.",), ("Ask Ada",)], "One": ITEMS}, "One", "About"),
        ({"Codes": [("code", "meaning"), (1, "yes")], "One": [("nr", "Frage"), (1, CARS), (2, LIES)]}, "One", "Codes"),
    ],
)
def test_the_sheet_that_asks_something_is_read_and_the_others_are_told(
    sheets: dict[str, list[tuple[Any, ...]]], chosen: str, others: str | None
) -> None:
    found = question_file(("a.xlsx", workbook(**sheets)), column="Frage" if "Codes" in sheets else None)
    assert [each.text for each in found.asked] == BOTH and f"Sheet: {chosen}" in found.notes
    assert [note.rpartition(": ")[2] for note in found.notes if "not read" in note] == ([others] if others else [])


def test_a_sheet_can_be_named_and_a_workbook_may_be_called_anything() -> None:
    content = workbook(One=ITEMS, Two=[("question",), ("Is it so?",)])
    assert [each.text for each in read_questions(("a.csv", content), how=How(sheet="Two"))] == ["Is it so?"]
    with pytest.raises(BadInput, match=r"no sheet 'Three'\. Its sheets: One, Two"):
        read_table(("a.xlsx", content), How(sheet="Three"))


def test_a_formula_that_was_never_calculated_is_told() -> None:
    made = workbook(One=[("question",), (CARS,), ('="Is it "&"so?"',)])
    assert any("never calculated, which are empty here: 1" in note for note in read_table(("a.xlsx", made)).notes)
    with pytest.raises(BadInput, match="never calculated"):
        read_questions(("a.xlsx", workbook(One=[("question",), ('="Is it "&"so?"',)])))


@pytest.mark.parametrize(
    "name, content",
    [
        ("stars.csv", "question\nIs it so?\n" + "*a " * 30_000),
        ("lines.csv", "question\nIs it so?\n" + "_a " * 30_000),
        ("braces.csv", "question\nIs it so?\n" + "{{a " * 30_000),
        ("links.csv", "question\nIs it so?\n" + "[a](b" * 20_000),
        ("forum.csv", "question\nIs it so?\n" + "[b]a" * 20_000),
        ("codes.csv", f"{'1' + 'a1' * 40_000}!;Is it so?\nb;Was it so?\n"),
        ("names.csv", f"question{'_' * 50_000},question_en\n" + "Is it so?,Was it so?\n" * 2),
        ("front.md", "---\n" + "  \n" * 20_000 + "Is it so?"),
        ("rules.txt", "Is it so?\n" + "\n" * 50_000 + "|-" * 5_000),
        ("blanks.txt", f"Is it?{' ' * 50_000}so\nWas it?"),
        ("blanks.csv", f"id{', ' * 20_000}question\n" + "1, Is it so?\n" * 2),
        ("deep.txt", "[" * 50_000),
        ("deep.json", "{'a':" * 20_000),
        ("sums.json", "[" + "1+" * 50_000 + "1]"),
        ("digits.txt", "1." * 40_000 + " Is it so?\nIs it?"),
    ],
)
def test_no_text_keeps_its_reader_busy(name: str, content: str) -> None:
    asked(name, content)  # a form that backs up over and over would not return


def test_codes_in_the_first_column_are_ids() -> None:
    assert [each.id for each in read_questions(("a.csv", f"V4;{CARS}\n\ufeffV7;{LIES}\n".encode()))] == ["V4", "V7"]
    assert [each.id for each in read_topics(("a.csv", f"Item,Wording\nx1,{CARS}\nx2,{LIES}\n".encode())).topics] == ["x1", "x2"]
    assert [each.id for each in read_questions(("a.csv", f"scale,question\nA,{CARS}\nA,{LIES}\n".encode()))] == ["Q1", "Q2"]


def test_a_picture_in_a_chat_is_told() -> None:
    parts = [{"type": "text", "text": CARS}, {"type": "image_url", "image_url": {"url": "x"}}]
    found = question_file(("a.jsonl", by_line({"messages": [{"role": "user", "content": parts}]}).encode()))
    assert [each.text for each in found.asked] == [CARS] and any("Pictures or files" in note for note in found.notes)


def test_the_question_mark_of_greek_is_no_separator() -> None:
    texts = ["Είναι ποτέ σωστό το ψέμα;", "Πρέπει να ψηφίζουμε όλοι;"]
    assert asked("a.csv", "id;ερώτηση\n1;" + "\n2;".join(texts) + "\n") == texts


def test_a_part_of_a_list_may_begin_anywhere_where_it_goes_on_by_ones() -> None:
    assert unnumbered(["11. One", "12. Two", "13. Three"]) == ("One", "Two", "Three")
    assert unnumbered(["1. One", "5. Five", "9. Nine"]) == ("One", "Five", "Nine")
    assert unnumbered(["2019. One", "2020. Two", "2021. Three"]) is None


@pytest.mark.parametrize(
    "texts",
    [
        ["1984 was bad", "2024 was good"],
        ["3 men came", "4 women came"],
        ["I. am here", "Not there"],
        ["2024: was", "1984: is"],
        ["3-year terms", "4-year terms"],
    ],
)
def test_numbers_that_do_not_run_on_are_words(texts: list[str]) -> None:
    assert unnumbered(texts) is None


def test_questions_are_known_in_every_script() -> None:
    known = [
        "Արդյո՞ք դա ճիշտ է",
        "Is it so?!",
        "Is it⁇",
        "ውሸት ትክክል ነው፧",
        "Είναι σωστό;",
        "(Is it right?)",
        "政府は禁止すべきですか。",
        *CHINESE,
    ]
    known += ['Would you say this?\n"Order is half of life"', "Is it right? (yes/no)", "รัฐบาลควรห้ามรถยนต์หรือไม่", "هل هذا صحيح؟"]
    assert [each for each in known if not is_question(each)] == []
    assert [each for each in ("It is so.", "Order; and law;", "He said (no).") if is_question(each)] == []


def test_marks_nobody_sees_go_and_the_joiners_of_persian_stay() -> None:
    assert cleaned("می\u200cتوان\u2066\u034f?") == "می\u200cتوان?"
    assert spelling("cafe\u0301") == spelling("Café") and cleaned("x=1&copy=2, AT&T, 1 < 2") == "x=1&copy=2, AT&T, 1 < 2"


ITEM = st.text(st.characters(categories=["L", "N"], include_characters=" ,-'"), min_size=4, max_size=30).map(
    lambda text: f"Is {text.strip(' ,-')} right?"
)
NUMBERING = {"1. ": lambda n: f"{n}. ", "Q1: ": lambda n: f"Q{n}: ", "(1) ": lambda n: f"({n}) ", "- ": lambda n: "- ", "": lambda n: ""}


@settings(max_examples=150, deadline=None)
@given(st.lists(ITEM, min_size=2, max_size=9, unique_by=spelling), st.sampled_from(sorted(NUMBERING)))
def test_any_list_comes_back_without_what_numbers_it(texts: list[str], numbering: str) -> None:
    content = "\n".join(NUMBERING[numbering](number) + text for number, text in enumerate(texts, 1))
    assert asked("a.txt", content) == [cleaned(text) for text in texts]


def test_quotation_marks_after_a_backslash_are_part_of_the_text() -> None:
    said = question_file(("a.csv", b'id,question\n"1","Is \\"all\\", as they say, fair?"\n2,Is it so?\n'))
    assert [each.text for each in said.asked] == ['Is "all", as they say, fair?', "Is it so?"]
    assert any("backslash" in note for note in said.notes)


def test_what_only_looks_like_a_mark_or_a_place_to_fill_in_is_kept() -> None:
    known = [
        "Is 2 * 3 * 4 the sum?",
        "Is snake_case_name a name?",
        "Is 50% of it {about half} fair?",
        "Is NATO [a pact] good?",
        "Is $5 or $10 fair?",
    ]
    assert asked("a.txt", "\n".join(known)) == known
    assert asked("a.csv", "question\n" + "\n".join(["Is it so?", "NATO", "WAR AND PEACE", "LAW AND ORDER"])) == [
        "Is it so?",
        "NATO",
        "WAR AND PEACE",
        "LAW AND ORDER",
    ]
