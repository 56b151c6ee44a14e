"""The door to encrypted files, as the window uses it. Brings SQLAlchemy on first use only."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING

from scs_trial import copy_door, leaving
from scs_trial.clock import Clock
from scs_trial.door_checks import account_of, refuse_weak
from scs_trial.errors import UserError
from scs_trial.paths import config_folder, data_folder
from scs_trial.services.door import AccountName, FirstAccount, NewRecord

if TYPE_CHECKING:
    from scs_trial.data.options import Options
    from scs_trial.data.pin import PinCheck
    from scs_trial.data.tries import Tries
    from scs_trial.services.log_in import DoorEvent
    from scs_trial.services.session import Session

_LOG = logging.getLogger("scs_trial.record_door")
RECORD_NAME = "clinic.scs"
_LAST = "last-record.txt"


class RecordDoor:
    """Creates and opens encrypted files.

    Parameters
    ----------
    clock
        Tells the time to the record and the session.
    given
        A record named on the command line; it comes before the one that was open last.
    zone
        IANA zone of the made-up clinic: the computer's, so that its day is the person's day.
    """

    def __init__(self, clock: Clock, *, given: Path | None = None, zone: str = "UTC") -> None:
        self._clock = clock
        self._zone = zone
        self._given = given
        self._open: Session | None = None
        self._left: Session | None = None
        self._path: Path | None = None
        self._scratch: Path | None = None
        self._pin: PinCheck | None = None  # of a copy for reading, which has no keys of its own

    def default_path(self) -> Path:
        """Return where a record is kept when nothing else is chosen."""
        return data_folder() / RECORD_NAME

    def last_path(self) -> Path | None:
        """Return the record to offer: the given one, or the one that was open last."""
        if self._given is not None:
            return self._given
        note = config_folder() / _LAST
        path = Path(note.read_text(encoding="utf-8")) if note.is_file() else self.default_path()
        return path if path.exists() or copy_door.is_copy(path) else None

    def accounts(self, path: Path) -> Sequence[AccountName]:
        """Return who may open the record, from the key file beside it."""
        if copy_door.is_copy(path):
            return copy_door.accounts(path)
        from scs_trial.data.key_file import account_names  # noqa: PLC0415  (start-up time)

        return account_names(path)

    def warm_up(self) -> None:
        """Load what opening a record needs, while the password is being typed."""
        import scs_trial.assemble  # noqa: PLC0415  (start-up time)
        import scs_trial.data.open  # noqa: PLC0415  (start-up time)
        import scs_trial.safekeeper  # noqa: F401, PLC0415  (start-up time)

    def create(self, path: Path, first: FirstAccount, *, zone: str) -> NewRecord:
        """Create an empty record with its first account, and open it."""
        from uuid import uuid4  # noqa: PLC0415  (start-up time)

        from scs_trial.assemble import first_settings  # noqa: PLC0415  (start-up time)
        from scs_trial.data.open import create_record  # noqa: PLC0415  (start-up time)
        from scs_trial.domain.clinic import Account, Role  # noqa: PLC0415  (start-up time)
        from scs_trial.safekeeper import kept_session  # noqa: PLC0415  (start-up time)
        from scs_trial.services.log_in import DoorEvent  # noqa: PLC0415  (start-up time)

        account = Account(
            id=uuid4(),
            user_name=first.user_name,
            display_name=first.display_name,
            roles=frozenset({Role.CLINICIAN, Role.ADMINISTRATOR, Role.NURSE}),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        made = create_record(
            path, account, first.password, settings=first_settings(zone), options=self._options()
        )
        session = kept_session(made.records, account, clock=self._clock)
        self._entered(session, path, DoorEvent.LOG_IN)
        return NewRecord(session=session, recovery_key=made.recovery_key)

    def open(self, path: Path, user_name: str, password: str) -> Session:
        """Open a record; who came in, and who had failed before, stands on its trail."""
        from scs_trial.data.open import open_record  # noqa: PLC0415  (start-up time)
        from scs_trial.safekeeper import kept_session  # noqa: PLC0415  (start-up time)
        from scs_trial.services.log_in import DoorEvent  # noqa: PLC0415  (start-up time)

        if copy_door.is_copy(path):
            read, self._pin = copy_door.open_session(path, user_name, password, self._options())
            return self._entered(read, path, DoorEvent.LOG_IN)
        opened = open_record(path, user_name, password, options=self._options())
        opened.records.keys.hold_pin(opened.account.id, opened.pin)
        session = kept_session(opened.records, opened.account, clock=self._clock)
        return self._entered(session, path, DoorEvent.LOG_IN)

    def change_password(self, path: Path, user_name: str, *, old: str, new: str) -> None:
        """Change a password before the record is open."""
        from scs_trial.data.way_in import change_password  # noqa: PLC0415  (start-up time)

        copy_door.refuse(path)
        refuse_weak(new, user_name)
        change_password(path, user_name, old=old, new=new, options=self._options())

    def recover(
        self, path: Path, user_name: str, recovery_key: str, *, new_password: str
    ) -> Session:
        """Give an account a new password with the recovery key, and open the record."""
        from scs_trial.data.open import open_with_recovery_key  # noqa: PLC0415  (start-up time)
        from scs_trial.safekeeper import kept_session  # noqa: PLC0415  (start-up time)
        from scs_trial.services.log_in import DoorEvent  # noqa: PLC0415  (start-up time)

        copy_door.refuse(path)
        refuse_weak(new_password, user_name)
        records = open_with_recovery_key(path, recovery_key, options=self._options())
        try:
            account = account_of(records, user_name)
            records.keys.add(account, new_password)
        except BaseException:
            records.close()
            raise
        session = kept_session(records, account, clock=self._clock)
        return self._entered(session, path, DoorEvent.RECOVERY)

    def check_password(self, user_name: str, password: str) -> None:
        """Refuse a password that is not the account's; the open record is left as it is."""
        from scs_trial.data.way_in import check_password  # noqa: PLC0415  (start-up time)

        if self._path is not None and copy_door.is_copy(self._path):
            copy_door.check_password(self._path, user_name, password, self._options())
        elif self._path is not None:
            check_password(self._path, user_name, password, options=self._options())

    def check_closed(self, path: Path, user_name: str, password: str) -> None:
        """Refuse a password that is not the account's; the record stays closed."""
        from scs_trial.data.way_in import check_password  # noqa: PLC0415  (start-up time)

        check_password(path, user_name, password, options=self._options())

    def has_pin(self) -> bool:
        """Return whether the account that has entered has a PIN that unlocks."""
        if self._open is None or self._path is None:
            return False
        if copy_door.is_copy(self._path):
            return self._pin is not None
        return self._open.keys.unlocks(self._open.account.id)

    def check_pin(self, digits: str) -> bool:
        """Return whether these digits are its PIN; a wrong one waits to be audited."""
        if self._open is None or self._path is None:
            return False
        if copy_door.is_copy(self._path):
            fits = self._pin is not None and self._pin.fits(digits)
        else:
            fits = self._open.keys.pin_fits(self._open.account.id, digits)
        if not fits:
            self._tries(self._path).failed(str(self._open.account.id), "PIN")
        return fits

    def note(self, event: DoorEvent, *, why: str = "") -> None:
        """Put an event at the door of the open record on its trail, with the failed tries."""
        from scs_trial.services.log_in import note_door  # noqa: PLC0415  (start-up time)

        if self._open is not None and self._path is not None:
            tries = self._tries(self._path)
            failed = tries.waiting()
            note_door(self._open, event, failed=failed, why=why)
            tries.audited(failed)

    def _entered(self, session: Session, path: Path, event: DoorEvent) -> Session:
        self._open, self._path = session, path
        try:
            self.note(event)
        except BaseException:
            self.close()
            raise
        self._remember(path)
        return session

    def open_demo(self) -> Session:
        """Make the demo clinic in a scratch folder that is deleted at the end, and open it."""
        import tempfile  # noqa: PLC0415  (start-up time)

        from scs_trial.demo import build  # noqa: PLC0415  (start-up time)

        self._scratch = Path(tempfile.mkdtemp(prefix="scs-trial-demo-"))
        session: Session = build.build_demo(
            self._scratch / RECORD_NAME, clock=self._clock, zone=self._zone
        )
        self._open, self._path = session, self._scratch / RECORD_NAME
        return session

    def open_path(self) -> Path | None:
        """Return where the open record lies; None before one is open."""
        return self._path

    def restore(self, name: str, user_name: str, password: str) -> str:
        """Put a backup in the place of the open record, which is closed then; say what was kept."""
        from scs_trial.data import restore  # noqa: PLC0415  (start-up time)
        from scs_trial.restore_record import restore_record  # noqa: PLC0415  (start-up time)

        if self._path is None or self._open is None:
            raise UserError("No record is open.", "Open the record first.")
        copy_door.refuse(self._path)
        folder = restore.folder_for(self._path)
        restore.check(folder, name, user_name=user_name, password=password)
        self._note_log_out(self._open, why="a backup is restored")
        self._open.records.close()
        path, self._open, self._path = self._path, None, None
        done = restore_record(
            path, folder, name, user_name=user_name, password=password, clock=self._clock
        )
        return done.kept.name

    def repair(self, path: Path, user_name: str, password: str, say: Callable[[str], None]) -> str:
        """Climb the ladder of repair on a damaged record; each step is said."""
        from scs_trial.restore_record import repair_record  # noqa: PLC0415  (start-up time)

        copy_door.refuse(path)
        options = self._options()
        done = repair_record(path, user_name=user_name, password=password, options=options, say=say)
        return done.kept.name

    def close(self, *, why: str = "") -> None:
        """Note the log-out and close the open record, backed up; a demo is deleted."""
        if self._open is not None:
            self._note_log_out(self._open, why=why)
            self._back_up()
        self.close_without_backup()

    def close_without_backup(self, *, why: str = "") -> None:
        """Note the log-out and close the open record as it is; a demo is deleted."""
        if self._open is not None:
            self._note_log_out(self._open, why=why)
            self._open.records.close()
            self._open = self._pin = None
        if self._scratch is not None:
            import shutil  # noqa: PLC0415  (start-up time)

            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    def secure(self, step: Callable[[], None], *, why: str = "") -> None:
        """Note the log-out, and back the open record up before it is closed."""
        if self._open is not None:
            self._note_log_out(self._open, why=why)
            leaving.back_up(self._open, step)

    def _note_log_out(self, session: Session, *, why: str) -> None:
        """Note it once, however often the backup is tried."""
        if self._left is not session:
            self._left = session
            leaving.note_log_out(session, why=why)

    def _back_up(self) -> None:
        """Back up where no window did: at an interrupt. The next log-in tells a late one."""
        try:
            self.secure(lambda: None)
        except UserError as error:
            _LOG.warning("no backup at the end: %s", type(error).__name__)
            sys.stderr.write(f"scs-trial: {error}\n")

    def _options(self) -> Options:
        from scs_trial.data.options import Options  # noqa: PLC0415  (start-up time)

        return Options(clock=self._clock, workstation=node())

    def _tries(self, path: Path) -> Tries:
        from scs_trial.data.way_in import tries_on  # noqa: PLC0415  (start-up time)

        if copy_door.is_copy(path):
            return copy_door.tries(path, self._options())
        return tries_on(path, self._options())

    @staticmethod
    def _remember(path: Path) -> None:
        note = config_folder() / _LAST
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(str(path.resolve()), encoding="utf-8")
