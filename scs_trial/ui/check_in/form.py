"""The check-in as a plain draft: values, suggestions, validation, jumps, dirty; without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.services.jumps import Jump, jumps
from scs_trial.services.record_check_in import RecordCheckIn
from scs_trial.ui.check_in.about import Earlier, Subject
from scs_trial.ui.check_in.fields import FieldSpec, fields_for
from scs_trial.ui.check_in.safety_answers import SafetyAnswers

CARRIED = ("mme",)
"""Measures whose last value is offered as a suggestion; the program is offered too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What was typed into a field and can't be taken, and why."""

    text: str
    message: str


class CheckInForm:
    """The answers about one day while they are typed.

    Every value is None (absent) until it is typed or confirmed; a suggestion is no value.

    Parameters
    ----------
    subject
        Patient, trial and what is on record.
    day, phase
        What the answers are about.
    new_id
        Identity of a new check-in; one on record keeps its own.
    """

    def __init__(self, subject: Subject, *, day: date, phase: Phase, new_id: UUID) -> None:
        self.subject = subject
        self.day = day
        self.phase = phase
        self.recorded: CheckIn | None = subject.at(day, phase)
        self.id = self.recorded.id if self.recorded else new_id
        self.values: dict[Series, Decimal] = {}
        self.refused: dict[Series, Refused] = {}
        self.stimulation_off = False
        self.program = ""
        self.how_obtained: HowObtained | None = None
        self.identity_confirmed = False
        self.helped = self.triggered = self.note = ""
        asks_safety = phase is Phase.TRIAL and not subject.entered_late(day)
        self.safety = SafetyAnswers(subject.settings.safety, form_id=self.id, offered=asks_safety)
        if self.recorded is not None:
            self._load(self.recorded)
        self.fields = self._fields()
        self._asked: set[Jump] = set()
        self._initial = self.content()

    @property
    def draft_key(self) -> str:
        """Name under which the draft is kept."""
        return f"check_in:{self.subject.trial.id}:{self.day.isoformat()}:{self.phase.value}"

    @property
    def is_correction(self) -> bool:
        """True where the day is on record already, also as missed: saving needs a reason."""
        return self.recorded is not None

    @property
    def asks_safety(self) -> bool:
        """True where safety questions belong to the form: not at baseline."""
        return self.phase is Phase.TRIAL and self.safety.total > 0

    @property
    def dirty(self) -> bool:
        """True while something differs from what is stored."""
        return self.content() != self._initial

    @property
    def score_typed(self) -> bool:
        """True once the target's pain is answered: earlier values no longer lead the witness."""
        return Series(self.subject.trial.pain_measure) in self.values

    @property
    def shows_earlier(self) -> bool:
        """True where earlier values and suggestions may be seen."""
        return self.score_typed or not self.subject.settings.hide_earlier_values

    @property
    def asks_now(self) -> bool:
        """True during a call: the patient is on the line and nothing is on record yet."""
        return self.identity_confirmed and not self.is_correction

    def field(self, series: Series) -> FieldSpec:
        """Return the field of a series; KeyError where it is not asked."""
        for spec in self.fields:
            if spec.series == series:
                return spec
        raise KeyError(str(series))

    def set_value(self, series: Series, value: Decimal | None) -> None:
        """Answer, or take the answer back; a value outside the range is refused and kept apart."""
        spec = self.field(series)
        self.values.pop(series, None)
        self.refused.pop(series, None)
        if value is None:
            return
        if not spec.low <= value <= spec.high:
            self.refuse(series, text=str(value), message=spec.range_message)
        else:
            self.values[series] = value

    def refuse(self, series: Series, *, text: str, message: str) -> None:
        """Keep what was typed and can't be taken; the form can't be saved with it."""
        self.values.pop(series, None)
        self.refused[series] = Refused(text=text, message=message)

    def earlier(self, series: Series) -> Earlier | None:
        """Return the value of before where it may be seen: once this one is answered."""
        answered = series in self.values or not self.subject.settings.hide_earlier_values
        return self.subject.earlier(series, self.day) if answered else None

    def suggestion(self, series: Series) -> Earlier | None:
        """Return a carried value that may be confirmed with one key.

        The medication list comes before the last answer; its day is then the form's own.
        """
        if series.code not in CARRIED or series in self.values or not self.shows_earlier:
            return None
        listed = self.subject.listed_mme(self.day)
        if listed is not None:
            return Earlier(day=self.day, value=listed)
        return self.subject.earlier(series, self.day)

    def program_suggestion(self) -> tuple[str, date] | None:
        """Return the program of before where it may be confirmed with one key."""
        if self.program or not self.shows_earlier:
            return None
        return self.subject.earlier_program(self.day)

    def jumps(self) -> tuple[Jump, ...]:
        """Return every value that a careful nurse would ask again."""
        last = self.subject.earlier_values(self.day)
        stored = self.recorded.values if self.recorded else {}
        changed = {s for s in self.values if stored.get(s) != self.values[s]}
        found = jumps(self.values, last, self.subject.catalogue)
        return tuple(jump for jump in found if jump.series in changed)

    def jumps_to_ask(self) -> tuple[Jump, ...]:
        """Return the jumps that were not asked about yet."""
        return tuple(jump for jump in self.jumps() if jump not in self._asked)

    def mark_asked(self) -> None:
        """Note that the jumps as they stand were asked about: they are asked once."""
        self._asked.update(self.jumps())

    def content(self) -> tuple[object, ...]:
        """Return everything that a person entered, for telling whether it changed."""
        return (
            dict(self.values),
            {series: refused.text for series, refused in self.refused.items()},
            self.stimulation_off,
            self.program.strip(),
            self.how_obtained if self.recorded else None,
            self.helped.strip(),
            self.triggered.strip(),
            self.note.strip(),
            dict(self.safety.answers),
        )

    def problems(self) -> Mapping[str, str]:
        """Return why the form can't be saved, by field name; empty when it can."""
        found = {str(series): refused.message for series, refused in self.refused.items()}
        if found:
            return found
        if not self.dirty and not self.is_correction:
            return {"values": "Nothing is answered yet."}
        if not self.identity_confirmed and not self.is_correction:
            return {"identity": "Confirm whose answers these are."}
        return {}

    def command(self) -> RecordCheckIn:
        """Return what is stored: confirmed answers only."""
        return RecordCheckIn(
            id=self.id,
            trial_id=self.subject.trial.id,
            day=self.day,
            phase=self.phase,
            values=dict(self.values),
            stimulation_off=self.stimulation_off,
            program=self.program.strip() or None,
            how_obtained=self.how_obtained,
            identity_confirmed=self.identity_confirmed,
            safety=self.safety.check(),
            helped=self.helped.strip(),
            triggered=self.triggered.strip(),
            note=self.note.strip(),
            draft_key=self.draft_key,
        )

    def confirm_identity(self, how: HowObtained) -> None:
        """Note that the right person answers (or the right diary lies here), and how."""
        self.identity_confirmed = True
        self.how_obtained = how

    def say_none(self, *, by: str, at: datetime) -> bool:
        """Answer no to the safety questions still open; False while that is not offered."""
        return self.safety.say_none(by=by, at=at)

    def _fields(self) -> tuple[FieldSpec, ...]:
        return fields_for(
            self.subject.trial,
            catalogue=self.subject.catalogue,
            settings=self.subject.settings,
            phase=self.phase,
            programs=self.subject.programs,
            held=tuple(self.values),
        )

    def _load(self, check_in: CheckIn) -> None:
        self.values = dict(check_in.values)
        self.stimulation_off = check_in.stimulation_off
        self.program = check_in.program or ""
        self.how_obtained = check_in.how_obtained
        self.identity_confirmed = check_in.identity_confirmed
        self.helped, self.triggered = check_in.helped, check_in.triggered
        self.note = check_in.note
        self.safety.load(check_in.safety)
