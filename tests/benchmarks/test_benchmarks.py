"""The synthetic records are whole records, and the table tells of every row."""

from uuid import UUID

from scs_trial.domain.canonical import canonical
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.today import today_list
from tests.benchmarks import floors
from tests.benchmarks.__main__ import all_benches, line, without_figures
from tests.benchmarks.generator import Plan, diary_rows, make_record
from tests.benchmarks.known import session_with_key
from tests.benchmarks.measure import Bench, Cost, Figure, measure

ROWS = {*map(str, range(1, 13)), "14", "2b", "7b", "12b"}


def test_that_every_row_is_there_once():
    rows = [bench.row for bench in all_benches()]
    assert set(rows) >= ROWS
    assert len(rows) == len(set(rows))


def test_that_a_synthetic_record_is_whole_and_its_floors_read_the_same(tmp_path):
    made = make_record(tmp_path / "clinic.scs", Plan(ended=3, running=4))
    session = session_with_key(made.path, made.key)
    try:
        assert session.records.verify_chain().holds
        session.records.check()
        assert today_list(session).running_trials == 4
        with session.reading() as work:
            assert not work.audit.unaudited()
            (patient, *_) = work.patients.recent()
            (trial,) = work.trials.of_patient(patient.id)
            newest = work.check_ins.of_trial(trial.id)[-1]
            noted = {entry.entity_id: entry.new for entry in work.audit.of_patient(patient.id)}
            assert noted[str(newest.id)] == canonical(newest)
        with floors.connection(made) as raw:
            read = floors.open_patient(raw, str(patient.id))
            assert str(trial.id) in {row[0] for row in read}
            found = floors.search(raw, patient.name[:3].casefold())
            assert str(patient.id) in {row[0] for row in found}
        assert open_workspace(session, UUID(str(patient.id))).review.trial.id == trial.id
        assert session.records.verify_chain().holds, "the row of the floor fits the chain"
    finally:
        session.records.close()


def test_that_a_diary_has_ten_rows_for_each_trial():
    assert len(list(diary_rows(3))) == 1 + 3 * 10


def _bench(floor, ours):
    return Bench(
        row="1",
        work="work",
        against="floor",
        target=2,
        floor=lambda: Cost(wall=next(floor)),
        ours=lambda: Cost(wall=next(ours)),
    )


def test_that_the_ratio_is_that_of_the_medians_and_the_first_pair_only_warms_up():
    bench = _bench(iter([9.0, 1.0, 2.0, 9.0]), iter([99.0, 3.0, 4.0, 5.0]))
    figure = measure(bench, pairs=3)
    assert (figure.floor, figure.ours, figure.ratio) == (2.0, 4.0, 2.0)
    assert figure.spread == (5 / 9, 3.0)
    assert isinstance(figure, Figure)


def test_that_a_row_without_figures_says_why():
    row = without_figures(_bench(iter(()), iter(())), "there is no pandas here")
    assert row["ratio"] is None
    assert line(row).endswith("not measured: there is no pandas here")
