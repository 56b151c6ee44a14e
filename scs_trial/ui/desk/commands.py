"""Every command of the work area: one table for menus, Ctrl+K box and key list."""

from __future__ import annotations

from scs_trial.domain.clinic import Role
from scs_trial.ui.actions import Command

_CLINICAL = frozenset({Role.NURSE, Role.CLINICIAN})
_CLINICIAN = frozenset({Role.CLINICIAN})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

NEEDS_PATIENT = (
    "patient.check_in",
    "patient.baseline",
    "patient.safety",
    "patient.set_up",
    "patient.program",
    "patient.medication",
    "patient.end",
    "patient.decision",
    "patient.also",
    "patient.new_trial",
    "patient.move_trial",
    "patient.merge",
    "patient.retract_trial",
    "patient.retract",
    "reports.page",
    "reports.export",
    "reports.copy_text",
    "reports.copy_ascii",
)
"""Commands that work on the open patient."""

COMMANDS = (
    Command(
        id="patient.new",
        text="&New trial…",
        menu="&File",
        shortcut="Ctrl+N",
        icon="user-plus",
        roles=_CLINICAL,
    ),
    Command(
        id="file.export",
        text="&Export data…",
        menu="&File",
        icon="download",
        roles=_CLINICAL,
        separator=True,
    ),
    Command(id="file.close", text="&Quit", menu="&File", shortcut="Ctrl+Q", separator=True),
    Command(
        id="edit.find",
        text="&Find a patient or command…",
        menu="&Edit",
        shortcut="Ctrl+K",
        icon="search",
    ),
    Command(
        id="patient.check_in",
        text="&Check-in",
        menu="&Patient",
        shortcut="Ctrl+I",
        icon="pencil",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.baseline",
        text="&Baseline check-in",
        menu="&Patient",
        shortcut="Ctrl+B",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.safety",
        text="&Safety event…",
        menu="&Patient",
        shortcut="Ctrl+Shift+E",
        icon="triangle-alert",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.program",
        text="Change the &program…",
        menu="&Patient",
        shortcut="Ctrl+Shift+P",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.medication",
        text="Opioid &medication…",
        menu="&Patient",
        shortcut="Ctrl+M",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.set_up",
        text="Trial set-&up…",
        menu="&Patient",
        shortcut="Ctrl+T",
        roles=_CLINICAL,
        separator=True,
    ),
    Command(
        id="patient.end",
        text="&End of trial…",
        menu="&Patient",
        shortcut="Ctrl+Shift+T",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.decision",
        text="&Decision…",
        menu="&Patient",
        shortcut="Ctrl+Shift+D",
        roles=_CLINICIAN,
    ),
    Command(id="patient.also", text="&Also evaluated…", menu="&Patient", icon="scale"),
    Command(
        id="patient.new_trial",
        text="&Further trial of this patient…",
        menu="&Patient",
        roles=_CLINICAL,
    ),
    Command(
        id="patient.move_trial",
        text="&Move the trial to the right patient…",
        menu="&Patient",
        roles=_CLINICIAN,
        separator=True,
    ),
    Command(
        id="patient.merge",
        text="Duplicate of &another patient…",
        menu="&Patient",
        roles=_CLINICIAN,
    ),
    Command(
        id="patient.retract_trial",
        text="Trial entered in error…",
        menu="&Patient",
        roles=_CLINICIAN,
    ),
    Command(
        id="patient.retract",
        text="Patient entered in error…",
        menu="&Patient",
        roles=_CLINICIAN,
    ),
    Command(id="view.today", text="&Today", menu="&View", shortcut="Ctrl+1"),
    Command(id="view.patients", text="&Patients", menu="&View", shortcut="Ctrl+2"),
    Command(id="view.criteria", text="&Criteria", menu="&View", shortcut="Ctrl+3"),
    Command(id="view.reload", text="&Reload", menu="&View", shortcut="F5", separator=True),
    Command(
        id="view.settings",
        text="&Settings…",
        menu="&View",
        shortcut="Ctrl+,",
        icon="settings",
        roles=_ADMINISTRATOR | _CLINICIAN,
    ),
    Command(
        id="reports.page",
        text="SCS Trial &Profile…",
        menu="&Reports",
        shortcut="Ctrl+P",
        icon="printer",
    ),
    Command(id="reports.export", text="&Export the page…", menu="&Reports", icon="download"),
    Command(
        id="reports.copy_text",
        text="&Copy as text",
        menu="&Reports",
        shortcut="Ctrl+Shift+C",
        icon="copy",
        separator=True,
    ),
    Command(id="reports.copy_ascii", text="Copy as text with p&lain symbols", menu="&Reports"),
    Command(id="help.page", text="&Help for this page", menu="&Help", shortcut="F1"),
    Command(id="help.keys", text="&Keys", menu="&Help", shortcut="?", icon="keyboard"),
    Command(id="help.about", text="&About SCS Trial", menu="&Help", icon="info", separator=True),
)
