"""Rules of the house that no other tool checks. Each rule is shown to catch a planted fault."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "scs_trial"
MOST_LINES = 300
MOST_LONG_FILES = 3

CALLS = {
    "datetime.now": "clock.py",
    "datetime.utcnow": "clock.py",
    "datetime.today": "clock.py",
    "date.today": "clock.py",
    "time.time": "clock.py",
    "QDate.currentDate": "",
    "QDateTime.currentDateTime": "",
    "QTime.currentTime": "",
}
"""Calls that one module alone may make; empty: none."""

NAMES = {
    "QLabel": "ui/widgets/labels.py",
    "QMessageBox": "",
    "QInputDialog": "",
    "QErrorMessage": "",
}
"""Qt classes that guess HTML or block, and the module that may wrap them."""

METHODS = {
    "setToolTip": "ui/text.py",
    "setWhatsThis": "",
    "processEvents": "",
    "exec_": "",
}

NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
QT_NETWORK = "PySide6.QtNetwork"
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}$")
COLOURED = {"ui/theme.py", "reports/course_svg.py"}
"""The token table of the window, and the inks of the printed page."""
MACHINE_PATH = re.compile(r"(?<![\w.])(/home/|/root/|/Users/|/work/|/tmp/|[A-Z]:\\)")


def _modules():
    return sorted(PACKAGE.rglob("*.py"))


def _inside(path):
    return path.relative_to(PACKAGE).as_posix()


def faults(source, where):
    """Return every breach in the source text of a module of the package."""
    found = []
    for node in ast.walk(ast.parse(source)):
        found += [
            f"{where}:{getattr(node, 'lineno', 0)}: {what}" for what in _breaches(node, where)
        ]
    return found


def _breaches(node, where):
    if isinstance(node, ast.Call):
        yield from _call_breaches(node, where)
    elif isinstance(node, ast.Name | ast.alias):
        name = node.id if isinstance(node, ast.Name) else node.name
        if name in NAMES and where != NAMES[name]:
            yield f"bare {name}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if HEX_COLOUR.match(node.value) and where not in COLOURED:
            yield f"colour {node.value}"
        if MACHINE_PATH.search(node.value) and "\n" not in node.value:
            yield f"machine path {node.value}"
    if isinstance(node, ast.Import | ast.ImportFrom):
        for module in _imported(node):
            if module.split(".")[0] in NETWORK or module == QT_NETWORK:
                yield f"network: {module}"


def _call_breaches(node, where):
    called = ast.unparse(node.func)
    tail = ".".join(called.split(".")[-2:])
    if tail in CALLS and where != CALLS[tail]:
        yield f"{called}()"
    method = called.split(".")[-1]
    if method in METHODS and where != METHODS[method]:
        yield f"{called}()"
    if method == "exec" and (where, called) != ("app.py", "app.exec"):
        yield f"{called}()"


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    return [base, *(f"{base}.{alias.name}" for alias in node.names)]


@pytest.mark.parametrize("path", _modules(), ids=_inside)
def test_that_a_module_keeps_the_rules_of_the_house(path):
    assert faults(path.read_text(encoding="utf-8"), _inside(path)) == []


PLANTED = [
    "label = QLabel('x')",
    "from PySide6.QtWidgets import QMessageBox",
    "widget.setToolTip(name)",
    "now = datetime.now(UTC)",
    "now = datetime.datetime.now()",
    "day = date.today()",
    "pen = QColor('#ff0000')",
    "dialog.exec()",
    "QApplication.processEvents()",
    "import urllib.request",
    "from http import client",
    "from PySide6 import QtNetwork",
    "path = '/home/nurse/clinic.scs'",
    "QDate.currentDate()",
]


@pytest.mark.parametrize("source", PLANTED)
def test_that_each_rule_catches_a_planted_fault(source):
    assert faults(source, "ui/somewhere.py")


def test_that_the_wrappers_themselves_are_allowed():
    assert faults("QLabel('x')", "ui/widgets/labels.py") == []
    assert faults("datetime.now(UTC)", "clock.py") == []
    assert faults("app.exec()", "app.py") == []


def _long_files():
    return [
        path.relative_to(ROOT).as_posix()
        for path in _modules()
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    ]


def test_that_long_files_are_few_and_have_a_reason():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- `([^`]+\.py)`: \S", text, flags=re.MULTILINE)
    assert len(listed) <= MOST_LONG_FILES
    assert sorted(_long_files()) == sorted(listed)


def _committed():
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("no git here")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_that_no_committed_file_names_a_registry():
    host = re.compile(r"pypi\.org|pythonhosted|index-url\s|--find-links|/simple/|registry\.npmjs")
    texts = [p for p in _committed() if p.suffix not in {".otf", ".ttf", ".png", ".pdf", ".xlsx"}]
    named = [
        path.relative_to(ROOT).as_posix()
        for path in texts
        if path != Path(__file__)
        and host.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_that_every_requirement_is_pinned_by_hash():
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        assert entries
        for entry in entries:
            assert re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def _run(node):
    """Yield every node that can run, late imports in functions too; not what only types need."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            yield child
            yield from _run(child)


def _dependencies():
    modules = {}
    for path in _modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        modules[name.removesuffix(".__init__")] = path
    graph = {name: set() for name in modules}
    for name, path in modules.items():
        for node in _run(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                graph[name] |= {used for used in _imported(node) if used in modules} - {name}
    return graph


def _cycle(graph):
    done, path = set(), []

    def visit(name):
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return None
        path.append(name)
        for used in sorted(graph[name]):
            if found := visit(used):
                return found
        path.pop()
        done.add(name)
        return None

    for name in sorted(graph):
        if found := visit(name):
            return found
    return None


def test_that_no_imports_run_in_a_circle():
    # A package that gathers the names of its own modules is no circle.
    graph = {
        name: {used for used in uses if not name.startswith(used + ".")}
        for name, uses in _dependencies().items()
    }
    assert _cycle(graph) is None


def test_that_a_circle_would_be_found():
    assert _cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]


def test_that_every_icon_that_is_asked_for_is_shipped():
    shipped = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    asked = set()
    for path in _modules():
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\bicon(?:=|\()\"([a-z0-9-]+)\"", text))
    assert asked
    assert asked <= shipped


def test_that_only_known_files_lie_at_the_top():
    """What a test or a person left behind by mistake is found before it is shipped."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    known = {"scs_trial", "resources", "tests", "docs", "requirements", "tools"}
    files = {"main.py", "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md"}
    assert top - known - files == {".ci", ".gitignore", "CONTRIBUTING.md", "LICENSE"}
