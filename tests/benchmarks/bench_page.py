"""One page as PDF, warm, against ReportLab with as many text runs and paths; and its memory."""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from itertools import cycle

from scs_trial.reports.profile import render_profile
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.services.review_trial import reload_workspace
from tests.benchmarks.generator import Plan, kept_record
from tests.benchmarks.known import NOW, session_with_key
from tests.benchmarks.measure import Bench, Cost, NotMeasuredError, child, timed

_PAGES = 5
_MOST_MB = 10.0
_TEXTS = {"Tj", "TJ", "'", '"'}
_PATHS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_GROWTH = """
from itertools import islice
from scs_trial.reports.profile import render_profile
from tests.benchmarks.bench_page import contents
from tests.benchmarks.window_child import resident_mb

pages = contents()
for content in islice(pages, 100):
    render_profile(content)
before = resident_mb()
for content in islice(pages, 500):
    render_profile(content)
print(max(resident_mb() - before, 0.01))
"""


@cache
def _twenty() -> tuple[ProfileContent, ...]:
    made = kept_record(Plan(ended=0, running=200))
    session = session_with_key(made.path, made.key)
    try:
        with session.reading() as work:
            patients = work.patients.recent(limit=20)
        reviews = [reload_workspace(session, patient.id).review for patient in patients]
    finally:
        session.records.close()
    return tuple(
        profile_content(review, printed_at=NOW, printed_by="Bench, Synthetic")
        for review in reviews
        if review is not None
    )


def contents() -> cycle[ProfileContent]:
    """Return the pages of twenty patients, again and again."""
    return cycle(_twenty())


@cache
def _counts() -> tuple[int, int]:
    """Return how many text runs and paths one page has."""
    if find_spec("pikepdf") is None:
        raise NotMeasuredError("pikepdf, which counts what is on the page, is not installed")
    import pikepdf

    with pikepdf.open(io.BytesIO(render_profile(_twenty()[0]))) as pdf:
        operators = [
            str(operator)
            for page in pdf.pages
            for _, operator in pikepdf.parse_content_stream(page)
        ]
    return sum(one in _TEXTS for one in operators), sum(one in _PATHS for one in operators)


def _ours() -> Cost:
    pages = contents()
    return timed(lambda: render_profile(next(pages)), times=_PAGES)


def _page_by_hand() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    texts, paths = _counts()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595.276, 841.89))
    canvas.setFont("Helvetica", 7)
    for number in range(texts):
        canvas.drawString(40 + 90 * (number % 6), 800 - 4 * (number // 6), f"Pain {number} of 10")
    for number in range(paths):
        path = canvas.beginPath()
        x, y = 40 + 8 * (number % 60), 40 + 6 * (number // 60)
        path.moveTo(x, y)
        path.lineTo(x + 6, y + 4)
        canvas.drawPath(path)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _reportlab() -> Cost:
    if find_spec("reportlab") is None:
        raise NotMeasuredError("ReportLab is not installed; make bench installs it")
    return timed(_page_by_hand, times=_PAGES)


BENCHES = [
    Bench(
        row="12",
        work="one SCS Trial Profile page as PDF, tagged, warm",
        against="ReportLab, as many text runs and paths, untagged",
        target=3,
        ours=_ours,
        floor=_reportlab,
    ),
    Bench(
        row="12b",
        work="memory that 500 pages in a row add",
        against="the limit of 10 MB",
        target=1,
        ours=lambda: Cost(wall=child(_GROWTH).wall),
        floor=lambda: Cost(wall=_MOST_MB),
        unit="MB",
        pairs=1,
        warm_up=False,
    ),
]
