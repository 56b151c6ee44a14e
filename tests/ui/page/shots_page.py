"""The preview of the page, for a usual week and for the worst one."""

import tempfile
from pathlib import Path

from scs_trial.ui.page.page_preview import PagePreview
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import make_session
from tests.reports import samples


def make_preview(review=samples.week_met):
    session = make_session(Path(tempfile.mkdtemp()))
    return PagePreview(session, review(), tasks=ImmediateRunner())


def make_long_preview():
    return make_preview(samples.long_names)


SHOTS = {"page": make_preview, "page-long": make_long_preview}
