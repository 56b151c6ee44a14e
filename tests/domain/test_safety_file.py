"""The shipped safety questions against the clinical page's table of findings and urgencies."""

import pytest

from scs_trial.domain.safety import Urgency
from scs_trial.domain.safety_file import load_safety_list
from scs_trial.paths import resources

SHIPPED = load_safety_list(resources("safety.toml").read_text(encoding="utf-8"))

# Findings and urgencies follow the product's clinical specification, "Daily safety check".
TABLE = [
    ("weakness", Urgency.EMERGENCY, ("weakness", "numbness", "walking")),
    ("bladder_or_bowel", Urgency.EMERGENCY, ("bladder", "bowel", "numbness between the legs")),
    ("severe_back_pain", Urgency.EMERGENCY, ("severe new back pain",)),
    ("infection", Urgency.URGENT, ("38.0", "chills", "redness", "pus", "stiff neck", "confusion")),
    ("headache", Urgency.SAME_DAY, ("worse when upright", "clear wet dressing")),
    ("stimulation", Urgency.SAME_DAY, ("lost or moved", "chest or ribs", "pulled", "dressing")),
    ("device", Urgency.SAME_DAY, ("off", "battery", "shocks", "program")),
    ("blood_thinner", Urgency.SAME_DAY, ("blood thinner", "nsaid", "aspirin")),
    ("skin", Urgency.ROUTINE, ("rash", "blister", "itch")),
    ("other", Urgency.NOTE, ("fall", "new medicine", "illness", "missed antibiotic")),
]


@pytest.mark.parametrize(("item_id", "urgency", "words"), TABLE)
def test_that_each_finding_of_the_table_is_asked_with_its_urgency(item_id, urgency, words):
    item = next(item for item in SHIPPED.items if item.id == item_id)
    assert item.urgency is urgency
    assert all(word in item.question.casefold() for word in words)


def test_that_nothing_else_is_asked_and_nobody_has_approved_it_yet():
    assert [item.id for item in SHIPPED.items] == [row[0] for row in TABLE]
    assert SHIPPED.approved_on is None


def test_that_each_shipped_instruction_is_marked_as_an_example():
    assert all(item.instruction.startswith("Example: ") for item in SHIPPED.items)
