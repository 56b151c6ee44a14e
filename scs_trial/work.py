"""Puts the screens of an open record together and takes them apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scs_trial import platform
from scs_trial.services.door import Door
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import Prompts
from scs_trial.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from scs_trial.record_door import RecordDoor
    from scs_trial.services.read_port import ReadCopy
    from scs_trial.services.session import Session
    from scs_trial.ui.desk.clinic_desk import ClinicDesk
    from scs_trial.ui.desk.copy_desk import CopyDesk
    from scs_trial.ui.door.shift import Shift


def load_screens(door: RecordDoor) -> None:
    """Load what opening a record and showing it needs, while the password is being typed.

    Runs in a thread beside the window; modules are loaded and nothing of Qt is made.
    """
    door.warm_up()
    from scs_trial.assemble import shipped_library  # noqa: PLC0415  (start-up time)
    from scs_trial.services.medication_list import shipped_mme_table  # noqa: PLC0415

    shipped_library(), shipped_mme_table()  # kept for the session
    import scs_trial.ui.backup.backup_desk  # noqa: PLC0415  (start-up time)
    import scs_trial.ui.backup.check_desk  # noqa: PLC0415  (start-up time)
    import scs_trial.ui.backup.end_of_work  # noqa: PLC0415  (start-up time)
    import scs_trial.ui.backup.restore_flow  # noqa: PLC0415  (start-up time)
    import scs_trial.ui.desk.clinic_desk  # noqa: PLC0415  (start-up time)
    import scs_trial.ui.door.shift  # noqa: F401, PLC0415  (start-up time)


def start_work(
    window: MainWindow,
    door: Door,
    prompts: Prompts,
    runner: TaskRunner,
    session: Session,
    *,
    entrance: DoorDesk,
) -> None:
    """Show the work area of a session; its screens are loaded only now."""
    from scs_trial.ui.backup.backup_desk import BackupDesk  # noqa: PLC0415  (start-up time)
    from scs_trial.ui.backup.check_desk import CheckDesk  # noqa: PLC0415  (start-up time)
    from scs_trial.ui.backup.end_of_work import EndOfWork  # noqa: PLC0415  (start-up time)
    from scs_trial.ui.backup.restore_flow import RestoreFlow  # noqa: PLC0415  (start-up time)
    from scs_trial.ui.desk.clinic_desk import ClinicDesk  # noqa: PLC0415  (start-up time)
    from scs_trial.ui.door.shift import Shift  # noqa: PLC0415  (start-up time)

    path = door.open_path()
    kind = window.tr("Copy for reading") if session.copy else window.tr("Encrypted file")
    desk = ClinicDesk(
        window,
        session,
        prompts=prompts,
        runner=runner,
        record_text=kind + (f" · {path.name}" if path else ""),
        record_path=str(path or ""),
        check_password=door.check_password,
    )
    backups = BackupDesk(window, session, runner=runner, prompts=prompts)
    end = EndOfWork(window, session, door, backups, runner=runner, prompts=prompts)
    shift = Shift(
        window,
        door,
        desk,
        session=session,
        runner=runner,
        entrance=entrance,
        end_of_work=end,
        slept_seconds=platform.current().slept_seconds,
    )
    desk.start()
    if session.copy is not None:
        follow_copy(window, session.copy, desk, shift, session=session, runner=runner)
    desk.check_in.saved.connect(backups.note_saved)
    desk.acts.changed.connect(backups.note_saved)
    restore = RestoreFlow(window, door, session.account, runner=runner, prompts=prompts)
    restore.beginning.connect(desk.stop)
    restore.beginning.connect(backups.stop)
    restore.beginning.connect(end.release)
    restore.resumed.connect(end.hold)
    end.beginning.connect(desk.keep_drafts)
    end.beginning.connect(backups.stop)
    end.beginning.connect(shift.watch.stop)
    shift.ending.connect(backups.stop)
    shift.ending.connect(restore.deleteLater)
    restore.resumed.connect(desk.start)
    restore.resumed.connect(backups.watch)
    backups.restore_requested.connect(restore.restore)
    backups.start()
    checks = CheckDesk(window, session, runner=runner)
    checks.repair_requested.connect(entrance.repair_next)
    checks.repair_requested.connect(shift.log_out)
    shift.ending.connect(checks.leave)
    restore.beginning.connect(checks.stop)
    end.beginning.connect(checks.stop)
    checks.start()
    end.ask_locked(lambda: shift.lock.locked)
    end.hold()


def follow_copy(
    window: MainWindow,
    copy: ReadCopy,
    desk: ClinicDesk,
    shift: Shift,
    *,
    session: Session,
    runner: TaskRunner,
) -> CopyDesk:
    """Say above every page as of when the copy is, and read newer ones."""
    from scs_trial.ui.desk.copy_desk import CopyDesk  # noqa: PLC0415  (start-up time)

    made = CopyDesk(window, copy, clock=session.clock, zone=session.zone(), runner=runner)
    made.renewed.connect(desk.reload)
    shift.ending.connect(made.leave)
    window.closing.connect(made.stop)
    made.start()
    return made
