"""The clinic at work: which patient is open, and what is shown again after a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.describe import describe
from scs_trial.domain.diary import Phase
from scs_trial.services.authorize import Action, is_allowed
from scs_trial.services.local_time import local_now
from scs_trial.services.record_check_in import RecordCheckIn
from scs_trial.services.register_patient import PatientHit
from scs_trial.services.review_trial import (
    TimelineEntry,
    TrialReview,
    Workspace,
    open_workspace,
    preview_check_in,
    reload_workspace,
)
from scs_trial.services.session import Session
from scs_trial.services.sign_decision import PasswordCheck
from scs_trial.services.today import TodayRow
from scs_trial.ui.check_in.pane import CheckInPane
from scs_trial.ui.criteria.criteria_page import CriteriaPage
from scs_trial.ui.desk.check_in_side import CheckInSide
from scs_trial.ui.desk.commands import COMMANDS, NEEDS_PATIENT, ON_A_COPY
from scs_trial.ui.desk.finder import Finder
from scs_trial.ui.desk.help_desk import HelpDesk
from scs_trial.ui.desk.house_desk import HouseDesk
from scs_trial.ui.desk.patient_acts import PatientActs
from scs_trial.ui.desk.patients_page import PatientsPage
from scs_trial.ui.desk.readable import Readable
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.search.search_model import Found
from scs_trial.ui.shell.three_panes import Pane, ThreePanes
from scs_trial.ui.shell.work_area import CRITERIA, PATIENTS, SETTINGS, TODAY, WorkArea
from scs_trial.ui.tasks import TaskRunner
from scs_trial.ui.today.today_pane import TodayPane
from scs_trial.ui.workspace.patient_workspace import PatientWorkspace

_MINUTE_MS = 60_000


class ClinicDesk(QObject):
    """Owns the work area of one session.

    Parameters
    ----------
    window
        Shows the work area, the commands and the status line.
    session
        Account and open record.
    prompts
        Asks questions.
    runner
        Runs what takes long.
    record_text, record_path
        How the status line and About call the record.
    check_password
        Checks the password anew before something is signed.
    """

    settings_changed = Signal()
    log_out_requested = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        *,
        prompts: Prompts,
        runner: TaskRunner,
        record_text: str,
        record_path: str,
        check_password: PasswordCheck | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._prompts = prompts
        self._runner = runner
        self._record_text = record_text
        self._open: Workspace | None = None
        reads_only = session.copy is not None
        self.today = TodayPane(reads_only=reads_only)
        self.workspace = PatientWorkspace(
            may_confirm=is_allowed(session.account, Action.CONFIRM), reads_only=reads_only
        )
        self.check_in = CheckInPane(session, prompts=prompts)
        self._panes = ThreePanes(self.today, self.workspace, self.check_in)
        self._lists = Readable(session)
        self._patients = PatientsPage(self._lists.find)
        self._criteria = CriteriaPage(session.library, self._describe)
        self._side = CheckInSide(session, self._panes, self.check_in)
        self.area = WorkArea(
            (TODAY, PATIENTS, CRITERIA, *(() if reads_only else (SETTINGS,))),
            {
                TODAY.id: self._panes,
                PATIENTS.id: self._patients,
                CRITERIA.id: self._criteria,
            },
        )
        self.acts = PatientActs(
            window, session, prompts=prompts, runner=runner, check=check_password
        )
        self._finder = Finder(window, session, window.commands, open_patient=self._open_found)
        self._help = HelpDesk(window, record_text=record_text, record_path=record_path)
        self._house = HouseDesk(window, session, prompts=prompts, runner=runner)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self.reload_today)
        self._connect()
        self._register()

    def start(self) -> None:
        """Show the work area with the start page."""
        window = self._window
        roles = ", ".join(sorted(self._session.account.roles))
        window.set_user(f"{self._session.account.display_name} · {roles}")
        window.status.set_record(self._record_text)
        with self._session.reading() as work:
            demo = work.settings.record_info("demo") == "yes"
        window.set_demo(demo)
        for way_out in ("app.lock", "file.log_out"):
            window.commands.action(way_out).setVisible(not demo)
        self._show_nobody()
        self.reload_today()
        window.show_work(self.area)
        self.today.focus_list()
        self._clock.start()
        self._house.tell_of_emergencies()

    @Slot()
    def keep_drafts(self) -> None:
        """Store what is half typed now."""
        self.check_in.flush_draft()

    @Slot()
    def stop(self) -> None:
        """Keep what is half typed and let go of the record."""
        self._clock.stop()
        self.keep_drafts()

    def leave(self) -> None:
        """Stop, and show nothing any more: the record is about to be closed."""
        self.stop()
        self._window.closing.disconnect(self.stop)
        self.area.deleteLater()
        for dialog in self._window.findChildren(QDialog):
            dialog.deleteLater()
        self.deleteLater()

    def open_patient(self, patient_id: UUID, *, trial_id: UUID | None = None) -> None:
        """Open a patient in the workspace, with the check-in of the first due day beside it."""
        self.check_in.flush_draft()
        self._open = open_workspace(self._session, patient_id, trial_id=trial_id)
        self.acts.take(self._open)
        self.area.show_page(TODAY.id)
        self.today.mark_patient(patient_id)
        self.workspace.show_workspace(self._open)
        self._window.commands.set_enabled(True, *NEEDS_PATIENT)
        review = self._open.review
        self._side.offer(review, self.today.due_days(review.trial.id if review else None))
        self._mark_asked_day()
        self._panes.show_pane(Pane.WORKSPACE)

    @Slot()
    def reload_today(self) -> None:
        """Derive the start page again."""
        listed = self._lists.today()
        if listed is None:
            self._close_patients()
            return
        self.today.show_list(listed)
        noun = "patient" if listed.running_trials == 1 else "patients"
        self._window.status.set_count(f"{listed.running_trials} {noun} in trial")

    def _close_patients(self) -> None:
        """Show nobody to somebody who may not read patients, or not any longer."""
        if self._open is not None:
            self._show_nobody()
        self.today.show_closed()
        self._window.status.set_count("")

    @Slot()
    def reload(self) -> None:
        """Show again what the record holds now; what is being typed stays."""
        self.reload_today()
        if self._open is None:
            return
        trial = self._open.review.trial.id if self._open.review else None
        self._open = reload_workspace(self._session, self._open.patient.id, trial_id=trial)
        self.acts.take(self._open)
        self.workspace.show_workspace(self._open)
        review = self._open.review
        if review is None or review.trial.id != trial:
            self._side.put_away()
        elif self.check_in.form is not None and review.trial.trial_start is not None:
            self.check_in.reload(review)

    def _connect(self) -> None:
        self.today.row_chosen.connect(self._on_today_row_chosen)
        self.today.search_requested.connect(self._finder.open)
        self.today.new_trial_requested.connect(self._on_new_trial)
        self._patients.chosen.connect(self._on_patients_chosen)
        self.area.page_shown.connect(self._on_area_page_shown)
        self.area.opening_requested.connect(self._house.open_settings)
        self._house.settings_changed.connect(self.reload)
        self._house.settings_changed.connect(self.settings_changed)
        self._house.roles_changed.connect(self.log_out_requested)
        self._house.glass_broken.connect(self.reload)
        self.today.emergency_requested.connect(self._house.break_glass)
        self.workspace.action_requested.connect(self._on_workspace_action_requested)
        self.workspace.check_in_requested.connect(self._on_workspace_check_in_requested)
        self.workspace.entry_opened.connect(self._on_workspace_entry_opened)
        self.workspace.trial_chosen.connect(self._on_workspace_trial_chosen)
        self.workspace.cell_edited.connect(self._on_workspace_cell_edited)
        self.workspace.told_requested.connect(self.acts.tell)
        self.workspace.acknowledge_requested.connect(self.acts.acknowledge)
        self.workspace.resolve_requested.connect(self.acts.resolve)
        self.workspace.confirmation_answered.connect(self.acts.confirm)
        self.check_in.draft_changed.connect(self._on_check_in_draft_changed)
        self.check_in.earlier_shown.connect(self.workspace.show_earlier)
        self.check_in.saved.connect(self._on_check_in_saved)
        self.check_in.trial_changed.connect(self.reload)
        self.check_in.next_wanted.connect(self._on_check_in_next_wanted)
        self.acts.changed.connect(self.reload)
        self.acts.trial_made.connect(self._on_acts_trial_made)
        self.acts.reports.said.connect(self._window.status.set_saved)
        self.acts.patient_left.connect(self._on_acts_patient_left)
        self._window.closing.connect(self.stop)

    def _register(self) -> None:
        runs: Mapping[str, Callable[[], object]] = {
            "patient.new": self._on_new_trial,
            "file.close": self._window.close,
            "edit.find": self._finder.open,
            "patient.check_in": partial(self._ask, Phase.TRIAL),
            "patient.baseline": partial(self._ask, Phase.BASELINE),
            "patient.several_days": self._several_days,
            "view.today": partial(self.area.show_page, TODAY.id),
            "view.patients": partial(self.area.show_page, PATIENTS.id),
            "view.criteria": partial(self.area.show_page, CRITERIA.id),
            "view.reload": self.reload,
            "file.log_out": self.log_out_requested.emit,
            **self._house.runs(),
            "reports.calls": self.acts.reports.show_calls,
            "help.page": partial(self._help.open_page, self._topic),
            "help.keys": self._help.open_keys,
            "help.about": self._help.open_about,
        }
        for command in COMMANDS:
            run = runs.get(command.id) or partial(self.acts.run, command.id)
            self._window.commands.add(command, run)
        only = ON_A_COPY if self._session.copy is not None else None
        self._window.commands.set_roles(self._session.account.roles, only=only)
        self._window.fill_menus()

    def _show_nobody(self) -> None:
        self._open = None
        self.acts.take(None)
        self.workspace.show_nobody()
        self._side.put_away()
        self._window.commands.set_enabled(False, *NEEDS_PATIENT)

    def _describe(self, criteria: Criteria) -> str:
        return describe(criteria, self._session.catalogue)

    def _topic(self) -> str:
        focus = self._window.focusWidget()
        if self.area.current != TODAY.id:
            return self.area.current
        if self.check_in.isAncestorOf(focus):
            return "check_in"
        return "workspace" if self.workspace.isAncestorOf(focus) else "today"

    def _mark_asked_day(self) -> None:
        form = self.check_in.form
        asks = form is not None and form.phase is Phase.TRIAL and self._panes.check_in_open
        self.workspace.set_asked_day(form.day if form is not None and asks else None)

    def _review(self) -> TrialReview | None:
        return self._open.review if self._open is not None else None

    @Slot(object)
    def _on_today_row_chosen(self, row: TodayRow) -> None:
        self.open_patient(row.patient.id, trial_id=row.trial_id)

    def _open_found(self, found: Found) -> None:
        if found.patient_id is not None:
            self.open_patient(found.patient_id, trial_id=found.trial_id)

    @Slot(object)
    def _on_patients_chosen(self, hit: PatientHit) -> None:
        self.open_patient(hit.patient.id, trial_id=hit.trial_id)

    @Slot(str)
    def _on_area_page_shown(self, page: str) -> None:
        if page == PATIENTS.id:
            self._patients.reload()
        elif page == CRITERIA.id:
            self._criteria.reload()

    @Slot(str)
    def _on_workspace_action_requested(self, action: str) -> None:
        self.acts.run(f"patient.{action}")

    @Slot(str)
    def _on_workspace_check_in_requested(self, phase: str) -> None:
        self._ask(Phase(phase))

    @Slot(str)
    def _on_workspace_trial_chosen(self, trial_id: str) -> None:
        if self._open is not None:
            self.open_patient(self._open.patient.id, trial_id=UUID(trial_id))

    @Slot(object, object, str)
    def _on_workspace_cell_edited(self, series: object, day: date, text: str) -> None:
        review = self._review()
        if review is not None:
            self._side.open_day(review, day, Phase.TRIAL)

    @Slot(object)
    def _on_workspace_entry_opened(self, entry: TimelineEntry) -> None:
        review = self._review()
        if review is None:
            return
        for event in review.events:
            if event.id == entry.event_id:
                self.acts.open_safety(event)
        self._side.open_entry(review, entry)

    def _ask(self, phase: Phase) -> None:
        review = self._review()
        if review is not None:
            self._side.ask(review, phase)

    def _several_days(self) -> None:
        review = self._review()
        if review is not None:
            self._side.open_several_days(review)

    @Slot(object)
    def _on_check_in_draft_changed(self, command: RecordCheckIn | None) -> None:
        review = self._review()
        if review is None:
            return
        self._mark_asked_day()
        if command is None:
            self.workspace.show_review(review)
        else:
            self.workspace.show_review(preview_check_in(self._session, review, command))

    @Slot(object)
    def _on_check_in_saved(self, _check_in: object) -> None:
        at = local_now(self._session.clock, self._session.zone())
        self._window.status.set_saved(f"Saved {at:%H:%M}")
        self.reload()

    @Slot()
    def _on_check_in_next_wanted(self) -> None:
        row = self.today.next_to_call(self._open.patient.id if self._open else None)
        if row is None:
            self.today.focus_list()
            return
        self.open_patient(row.patient.id, trial_id=row.trial_id)
        self.check_in.take_focus()

    @Slot()
    def _on_new_trial(self) -> None:
        self.acts.new_trial()

    @Slot(object, object)
    def _on_acts_trial_made(self, patient_id: UUID, trial_id: UUID) -> None:
        self.reload_today()
        self.open_patient(patient_id, trial_id=trial_id)

    @Slot(object)
    def _on_acts_patient_left(self, right: UUID | None) -> None:
        self._show_nobody()
        self.reload_today()
        if right is not None:
            self.open_patient(right)
