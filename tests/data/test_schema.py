"""The tables: what the migrations build is what the rows declare; a failed step leaves nothing."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from scs_trial.data import engine, keys, migrate
from scs_trial.data.rows import METADATA
from scs_trial.data.schema import SCHEMA
from tests.records import make_session


def tables_and_indices(connection):
    """Return the statements of every table and index, in a spelling without order and blanks."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
        " AND name NOT LIKE 'alembic%'"
    )
    return {name: _parts(sql) for name, sql in found}


def _parts(sql):
    flat = re.sub(r"\s+", " ", sql).strip()
    opening, _, rest = flat.partition("(")
    body, _, tail = rest.rpartition(")")
    return (
        opening,
        sorted(part.strip() for part in re.split(r", (?=\w+ |\"|CONSTRAINT)", body)),
        tail,
    )


def test_that_the_migrated_schema_is_the_declared_one(session):
    with session.records._engines.reader.connect() as connection:
        migrated = tables_and_indices(connection)
    declared_engine = create_engine("sqlite://")
    with declared_engine.connect() as connection:
        METADATA.create_all(connection)
        declared = tables_and_indices(connection)
    declared_engine.dispose()
    assert migrated == declared


def test_that_every_constraint_and_index_has_a_name_of_its_own(session):
    with session.records._engines.reader.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'"
        ).scalars()
        for sql in found:
            checks = len(re.findall(r"\bCHECK ?\(|PRIMARY KEY|FOREIGN KEY|UNIQUE ?\(", sql))
            assert checks == sql.count("CONSTRAINT "), sql


def test_that_the_last_migration_has_the_number_that_the_program_knows():
    steps = sorted(path.name for path in (migrate.STEPS / "versions").glob("v*.py"))
    numbers = [int(name[1:5]) for name in steps]
    assert numbers == list(range(1, SCHEMA + 1))


def test_that_no_migration_imports_the_program():
    for path in (migrate.STEPS / "versions").glob("v*.py"):
        assert "scs_trial" not in path.read_text(encoding="utf-8")


@pytest.fixture
def bare(tmp_path):
    """Engines on a record without tables."""
    path, key = tmp_path / "bare.scs", keys.new_data_key()
    engine.create_file(path, key)
    engines = engine.make_engines(path, key)
    yield engines
    engines.dispose()


def run(engines, **given):
    with engines.writer.connect() as connection:
        migrate.migrate(connection.connection.driver_connection, connection, **given)


def steps_with(tmp_path, body):
    """Return a folder with the shipped steps and one more."""
    folder = tmp_path / "steps" / "versions"
    folder.mkdir(parents=True)
    for path in (migrate.STEPS / "versions").glob("v*.py"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    head = f"revision = '{SCHEMA + 1:04d}'\ndown_revision = '{SCHEMA:04d}'\n"
    text = f"from alembic import op\n{head}\n\ndef upgrade():\n    {body}\n"
    (folder / f"v{SCHEMA + 1:04d}_more.py").write_text(text, encoding="utf-8")
    return folder.parent


def triggers(engines):
    with engines.reader.connect() as connection:
        return set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            .scalars()
            .all()
        )


def test_that_a_record_may_be_brought_up_in_parts(bare):
    for target in range(1, SCHEMA + 1):
        run(bare, target=target)
    assert "tr_score_update" in triggers(bare)
    with bare.reader.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_that_a_step_that_loses_rows_is_taken_back(tmp_path):
    session = make_session(tmp_path)
    engines = session.records._engines
    before = triggers(engines)
    steps = steps_with(tmp_path, "op.execute('DELETE FROM account')")
    with pytest.raises(RuntimeError, match="rows were lost in the migration: account"):
        run(engines, target=SCHEMA + 1, steps=steps)
    assert triggers(engines) == before
    with session.reading() as work:
        assert work.accounts.all() == (session.account,)
        assert work.settings.get().zone
    with engines.reader.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA


def test_that_a_step_keeps_the_guards_when_it_makes_a_table_anew(tmp_path):
    session = make_session(tmp_path)
    engines = session.records._engines
    before = triggers(engines)
    body = (
        "import sqlalchemy as sa\n"
        "    with op.batch_alter_table('patient') as batch:\n"
        "        batch.add_column(sa.Column('more', sa.Text()))\n"
        "        batch.alter_column('best_time', type_=sa.String(80))"
    )
    run(engines, target=SCHEMA + 1, steps=steps_with(tmp_path, body))
    assert triggers(engines) == before
    with engines.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_that_the_services_and_screens_start_without_the_database():
    # SQLAlchemy costs most of a start: only opening a record may bring it in
    names = ["scs_trial.services.session", "scs_trial.services.ports", "scs_trial.data.schema"]
    code = f"import sys, {', '.join(names)}; print('sqlalchemy' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "False"
