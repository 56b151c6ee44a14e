import importlib.util
import shutil
import sys
from pathlib import Path

from scs_trial import paths


def test_that_resources_lie_beside_the_package_in_a_checkout():
    assert paths.resources("fonts", "Inter-Regular.otf").is_file()
    assert paths.resources("icons").is_dir()
    assert paths.resources() == Path(__file__).resolve().parent.parent / "resources"


def test_that_resources_lie_inside_the_package_when_installed(tmp_path):
    package = tmp_path / "site-packages" / "scs_trial"
    (package / "resources").mkdir(parents=True)
    copy = shutil.copy(paths.__file__, package / "paths.py")
    spec = importlib.util.spec_from_file_location("installed_paths", copy)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop("installed_paths", None)
    assert module.resources("x.toml") == package / "resources" / "x.toml"


def test_that_folders_are_named_but_not_created(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for folder in (paths.data_folder(), paths.log_folder(), paths.config_folder()):
        assert folder.name in {"scs-trial", "log", "Logs"} or "scs-trial" in folder.parts
    assert list(tmp_path.iterdir()) == []
