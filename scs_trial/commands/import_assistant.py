"""``scs-trial import --assistant``: files of other programs, on the engine that the window uses."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from scs_trial.commands import FAULTY, OK, QUESTIONS
from scs_trial.commands.record_access import opened_session
from scs_trial.commands.rules import UsageError, write_lines
from scs_trial.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from scs_trial.exchange.assistant.assess import Assessment
    from scs_trial.exchange.assistant.model import Question
    from scs_trial.exchange.assistant.prepared import Prepared, Profile
    from scs_trial.services.session import Session

NAME_A_FILE = "name the file to import"
_LARGEST_OPTIONS = 1024 * 1024


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the assistant."""
    group = parser.add_argument_group("files of other programs (CSV of any kind, XLSX)")
    group.add_argument(
        "--assistant",
        action="store_true",
        help="read the file with the import assistant; it lists what it has to ask",
    )
    group.add_argument(
        "--options",
        metavar="TOML",
        type=Path,
        help='answers to its questions, e.g. "scale:Steps" = "as_recorded"',
    )
    group.add_argument(
        "--profile", metavar="NAME", help="answers that the record keeps under this name"
    )
    group.add_argument(
        "--keep-profile", metavar="NAME", help="keep the answers under this name after the import"
    )
    group.add_argument(
        "--show-profile",
        metavar="NAME",
        help="write a kept profile as TOML, for --options elsewhere",
    )
    group.add_argument(
        "--dry-run", action="store_true", help="say what would be imported; write nothing"
    )
    group.add_argument(
        "--skip-faulty", action="store_true", help="leave faulty rows out; the record says which"
    )
    group.add_argument(
        "--change-days",
        action="store_true",
        help="give days that the record holds with other answers a new revision",
    )
    group.add_argument("--undo", metavar="ID", help="take an import back; needs --reason")
    group.add_argument("--reason", metavar="TEXT", default="", help="why an import is taken back")
    group.add_argument(
        "--list-imports", action="store_true", help="list the imports of the assistant"
    )


def is_meant(arguments: argparse.Namespace) -> bool:
    """Return whether the arguments ask for the assistant."""
    return bool(
        arguments.undo
        or arguments.list_imports
        or arguments.show_profile
        or arguments.assistant
        or arguments.options
        or arguments.profile
        or arguments.keep_profile
        or arguments.dry_run
        or arguments.skip_faulty
        or arguments.change_days
    )


def run(arguments: argparse.Namespace) -> int:
    """Import a file, list imports or take one back, and return the exit code."""
    if arguments.copy_as is not None:
        raise UsageError("--copy-as goes with a case file")
    if arguments.undo or arguments.list_imports or arguments.show_profile:
        return _without_file(arguments)
    if arguments.file is None:
        raise UsageError(NAME_A_FILE)
    return _with_file(arguments)


def _without_file(arguments: argparse.Namespace) -> int:
    """List imports, or take one back."""
    from scs_trial.services.undo_import import list_imports, undo_import  # noqa: PLC0415

    with opened_session(arguments) as session:
        if arguments.show_profile:
            _show_profile(session, arguments.show_profile)
            return OK
        if arguments.list_imports:
            for run in list_imports(session):
                state = "undone" if run.undone else "stands"
                days = run.counts.get("new days", 0) + run.counts.get("changed days", 0)
                sys.stdout.write(f"{run.id}  {run.at:%Y-%m-%d %H:%M}  {state}  {days:6} days\n")
            return OK
        try:
            undo_import(session, _id(arguments.undo), reason=arguments.reason)
        except InputError as error:
            return _refused(error)
    sys.stdout.write("The import was undone.\n")
    return OK


def _show_profile(session: Session, name: str) -> None:
    from scs_trial.exchange.assistant.profile_text import profile_text  # noqa: PLC0415

    profile = _profile(session, name, "")
    if profile is not None:
        sys.stdout.write(profile_text(profile))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFoundError("There is no such import.", "See --list-imports.") from error


def _with_file(arguments: argparse.Namespace) -> int:
    """Import a file, or try it dry."""
    from scs_trial.exchange.assistant.source import read_source  # noqa: PLC0415
    from scs_trial.services.run_import import look_at_file  # noqa: PLC0415

    answers = _answers(arguments.options)
    source = read_source(arguments.file)
    with opened_session(arguments) as session:
        if arguments.criteria is not None and arguments.criteria not in session.library:
            known = ", ".join(session.library)
            raise UsageError(f"{arguments.criteria}: none of the criteria {known}")
        found = look_at_file(session, source, answers=answers)
        profile = _profile(session, arguments.profile, found.fingerprint)
        if profile is not None:
            found = look_at_file(session, source, answers=answers, profile=profile)
        if found.prepared is None:
            return _show_open(found)
        _confirmed(found.questions)
        code = _import(session, arguments, found.prepared)
        if code == OK and arguments.keep_profile and not arguments.dry_run:
            _keep(session, arguments.keep_profile, found)
    return code


def _keep(session: Session, name: str, found: Assessment) -> None:
    from scs_trial.services.import_profiles import keep_profile  # noqa: PLC0415

    if found.prepared is not None:
        answers = found.prepared.answers
        keep_profile(session, name=name, fingerprint=found.fingerprint, answers=answers)
        sys.stdout.write("The answers were kept.\n")


def _answers(path: Path | None) -> dict[str, str]:
    """Return the answers of a TOML file: texts by question id, at the top or in ``[answers]``."""
    if path is None:
        return {}
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_OPTIONS)
        held = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is no TOML: {error}") from error
    answers = held.get("answers", held)
    if not isinstance(answers, dict):
        raise UsageError(f"{path}: answers is no table")
    wrong = [key for key, value in answers.items() if not isinstance(value, str)]
    if wrong:
        raise UsageError(f'{path}: "{wrong[0]}" is no text; write ids and answers in quotes')
    return {key: value for key, value in answers.items() if value}


def _profile(session: Session, name: str | None, fingerprint: str) -> Profile | None:
    from scs_trial.services.import_profiles import import_profiles, profile_for  # noqa: PLC0415

    if name is None:
        return profile_for(session, fingerprint) if fingerprint else None
    for profile in import_profiles(session):
        if profile.name == name:
            return profile
    raise NotFoundError(f"The record keeps no import profile {name!r}.")


def _show_open(found: Assessment) -> int:
    """Write what is settled to standard error, and the questions as a TOML file to answer."""
    write_lines(f"{one.title}: {one.words} ({one.why})" for one in found.findings)
    write_lines(found.problems)
    _confirmed(found.questions)
    for question in found.open_questions:
        sys.stdout.write("\n".join(_as_toml(question)) + "\n\n")
    return FAULTY if found.problems and not found.open_questions else QUESTIONS


def _as_toml(question: Question) -> Iterable[str]:
    from scs_trial.exchange.assistant.profile_text import quoted  # noqa: PLC0415

    for text in (question.words, question.evidence, question.objection):
        if text:
            yield f"# {_one_line(text)}"
    for choice in question.choices:
        yield f"#   {_one_line(choice.value)}: {_one_line(choice.words)}"
    yield f'{quoted(question.id)} = ""'


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def _confirmed(questions: Iterable[Question]) -> None:
    """Say which answers came from a profile; the scale of a measure is always among them."""
    write_lines(f"{one.id} = {one.answer}. {one.confirmed}" for one in questions if one.confirmed)


def _import(session: Session, arguments: argparse.Namespace, prepared: Prepared) -> int:
    from scs_trial.services.run_import import dry_run, run_import  # noqa: PLC0415

    if arguments.dry_run:
        tried = dry_run(session, prepared, criteria_id=arguments.criteria)
        write_lines(str(fault) for fault in tried.rejected)
        sys.stdout.writelines(f"{number:6} {what}\n" for what, number in tried.counts.items())
        sys.stdout.writelines(f"{number:6} rows {why}\n" for why, number in tried.left_out.items())
        return FAULTY if tried.rejected and not arguments.skip_faulty else OK
    try:
        done = run_import(
            session,
            prepared,
            skip_faulty=arguments.skip_faulty,
            apply_changes=arguments.change_days,
            criteria_id=arguments.criteria,
        )
    except InputError as error:
        return _refused(error)
    sys.stdout.writelines(f"{number:6} {what}\n" for what, number in done.counts.items())
    sys.stdout.write(f"import {done.import_id}\n")
    return OK


def _refused(error: InputError) -> int:
    write_lines(f"{fault.field}: {fault}" for fault in error.faults)
    write_lines([error.to_do])
    return FAULTY
