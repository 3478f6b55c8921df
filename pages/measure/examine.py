"""From the choices of an examination to what it will take and can show, and from there to a worker on it."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

import streamlit as st

from adaem_core import panels
from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.measure import plan, sources
from adaem_core.panels import Panel, Role
from adaem_core.settings import ChatSettings, ElicitSettings, ExamineSettings
from adaem_core.values import ValueSystem
from pages.find import files, knobs
from pages.find.choose import choose_panel, choose_values
from pages.measure import readings
from pages.shared import controls, launch, show, stored
from pages.shared.choose import study_needed

OF_STUDY, QUESTIONS, ANSWERS = "study", "questions", "answers"
KINDS = {OF_STUDY: "Best questions of the study", QUESTIONS: "Questions from a file", ANSWERS: "Answers that exist already (file)"}
COUNTS = (50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Source:
    """Where the questions come from, and into which study the answers go: an existing one, or a new one of this title."""

    asked: tuple[Asked, ...]
    benchmark: str
    system: ValueSystem
    path: Path | None = None
    title: str = ""
    given: tuple[sources.Given, ...] = ()
    elicit: ElicitSettings | None = None  # of the study the questions come from


@dataclass(frozen=True)
class Plan:
    """Everything an examination needs."""

    source: Source
    panel: Panel
    examinees: tuple[str, ...]
    elicit: ElicitSettings
    examine: ExamineSettings
    chat: ChatSettings

    def asked(self) -> Panel:
        """Return who of the panel is asked anything: only those who read, where the answers exist already."""
        takes_part = [each for each in self.panel.models if not self.source.given or Role.RECOGNISER in each.roles]
        return replace(self.panel, models=tuple(takes_part))

    def planned(self) -> Examination:
        """Return the examination, not stored yet; BadInput where nobody reads its answers."""
        who = {"examinees": self.examinees, "imported": bool(self.source.given)}
        return plan.planned(with_recogniser(self.panel, self.source), self.elicit, self.source.benchmark, self.source.asked, **who)


def choose_source() -> Source | None:
    """Return the chosen questions; None while something is awaited."""
    kind = controls.segments("Questions", "source", list(KINDS), lambda each: KINDS[each], label_visibility="collapsed")
    return of_study() if kind == OF_STUDY else of_file(answers=kind == ANSWERS)


def of_study() -> Source | None:
    """Return the best questions of a study; None where it has none."""
    path = study_needed()
    frame = stored.table("questions", path)
    if frame.empty:
        show.empty("This study has no scored question yet. Run it first, or choose a file above.", "pages/new_run.py", "Start a run")
        return None
    top = controls.number("How many of the best questions", "top", 1, len(frame), min(100, len(frame)), width=260)
    edition = stored.edition(path, top)
    asked = tuple(Asked(each.question.id, each.question.text, each.topic.text, each.topic.category) for each in edition.items)
    return Source(asked, edition.id, stored.system_of(path), path, elicit=stored.made(path).elicit)


def of_file(*, answers: bool) -> Source | None:
    """Return the questions (and answers) of an uploaded file, shown as they were read."""
    wanted = "Answers: columns model, question, answer" if answers else "Questions: one a row"
    taken = files.take(wanted, f"upload_{answers}", "A table, a list or a workbook. Columns topic and category are kept.")
    system = choose_values()
    title = controls.text("Name of the new study", "title", "My examination", 80)
    if not (taken and system):
        return None
    given = sources.read_given(taken.source, taken.how) if answers else ()
    read = None if answers else questions(taken)
    asked = read.asked if read else tuple(dict.fromkeys(each.asked for each in given))
    texts = [text for each in given for text in (each.model, each.asked.text, each.text)] or [each.text for each in asked]
    with st.expander(f"{len(asked):,} questions" + f", {len(given):,} answers" * bool(given)):
        files.tell(read.notes if read else ())
        st.dataframe(
            [{"Id": each.id, "Question": each.text, "Category": each.category} for each in asked[:500]],
            hide_index=True,
            alt="The questions that were read",
        )
    return Source(asked, examinations.content_address(texts), system, None, title, given)


def questions(taken: files.Taken) -> sources.QuestionFile:
    """Return the questions of a file in the columns that are chosen."""
    columns = taken.found.columns
    with st.grid(2, min_column_width=200):
        column = files.choose_column(columns, sources.question_column(taken.found), "question_column", "Column with the questions")
        return sources.question_file(taken.source, column, how=taken.how, ids=files.choose_ids(columns, "id_column"))


def choose_examinees(source: Source) -> tuple[Panel | None, tuple[str, ...]]:
    """Return the panel and who of it is examined; for answers from a file only the panel, for its recogniser."""
    panel = study_panel(source) if source.path and own_panel() else choose_panel()
    if panel is None:
        return None, ()
    if source.given:
        st.caption("Nobody is asked: the recogniser of this panel reads the values in the answers.")
        return panel, tuple(dict.fromkeys(each.model for each in source.given))
    able = [each.name for each in panel.models if {Role.EXAMINEE, Role.P1, Role.P2} & set(each.roles)]
    return panel, tuple(controls.several("Examinees", "examinees", able, list(plan.examinees_of(panel))))


def with_recogniser(panel: Panel, source: Source) -> Panel:
    """Return the panel with somebody who reads answers, the study's recogniser if it brings none; BadInput where nobody does."""
    if source.path is None:
        panels.check_roles(panel, (Role.RECOGNISER, 1))
        return panel
    with Study.read(source.path) as study:
        return plan.panel_for(study, panel)


def own_panel() -> bool:
    """Return True to examine the models of the study itself."""
    return controls.switch("The models of the study itself", "own", default=True)


def study_panel(source: Source) -> Panel:
    """Return the panel the study was made with."""
    assert source.path is not None
    return stored.made(source.path).panel


def choose_settings(source: Source) -> tuple[ElicitSettings, ExamineSettings, ChatSettings]:
    """Return how questions are asked, how the reading is checked and how requests are sent; a study is asked as it was made."""
    with st.expander("Advanced: how questions are asked and answers are read", icon=":material/tune:"):
        if source.elicit:
            told = ", ".join(f"{name} {value}" for name, value in asdict(source.elicit).items())
            st.caption(f"Asked as when the questions were found: {show.plain(told)}.")
        elicit = source.elicit or ElicitSettings.read(knobs.knobs(ElicitSettings))
        examine = ExamineSettings.read(knobs.knobs(ExamineSettings))
        if source.path:
            st.caption("Requests are sent, and capped, as the study's own.")
            return elicit, examine, stored.made(source.path).chat
        return elicit, examine, ChatSettings.read(knobs.knobs(ChatSettings))


def work(wanted: Plan) -> launch.Work:
    """Return what the examination will take; BadInput where nobody is asked, or nobody reads the answers."""
    if not wanted.examinees:
        raise BadInput("Choose at least one model to examine.")
    return launch.examining([wanted.planned()], wanted.source.system, wanted.chat, wanted.examine.read_twice)


def show_outlook(wanted: Plan) -> None:
    """Show which differences so many questions can show, from the answers the study has."""
    sees = readings.outlook(wanted.source.path, tuple(sorted({*COUNTS, len(wanted.source.asked)}))) if wanted.source.path else {}
    if not sees:
        st.caption("How many questions are needed cannot be said without a pilot: examine about 100 first, then look here again.")
        return
    here = sees[len(wanted.source.asked)]
    st.markdown(
        f"With **{len(wanted.source.asked):,} questions** a difference of **{here:.2f}** between two models' win rates would be found in 8 of 10 examinations."
    )
    rows = [{"Questions": count, "Smallest difference found": round(value, 3)} for count, value in sees.items()]
    with st.expander("Other numbers of questions"):
        st.dataframe(rows, hide_index=True, alt="Smallest difference by number of questions", height="content")
        st.caption(
            "From the answers that scored this study's questions (a pilot), for a value in the middle. Win rates lie between 0 and 1."
        )


def begin(wanted: Plan) -> Path:
    """Store the examination, start its worker, and return the study."""
    with opened(wanted) as study:
        if wanted.source.given:
            made = plan.imported(study, wanted.panel, wanted.elicit, wanted.source.given, title=wanted.source.title)
        else:
            made = plan.made(study, wanted.planned(), wanted.chat)
        path = study.path
    launch.work_on(path, "examine", examination=made.id, **asdict(wanted.examine))
    return path


def opened(wanted: Plan) -> Study:
    """Return the study the answers go into, open for writing."""
    if wanted.source.path:
        return Study.write(wanted.source.path)
    path = launch.new_path(wanted.source.title)
    parts = {"panel": wanted.panel, "system": wanted.source.system, "elicit": wanted.elicit, "chat": wanted.chat}
    return plan.new_study(path, title=wanted.source.title.strip() or path.stem, **parts)
