"""A workbook of which a piece is missing is refused in words."""

from __future__ import annotations

import pytest

from scs_trial.errors import UserError
from scs_trial.exchange.assistant.read_workbook import refuse_bomb
from scs_trial.exchange.workbook import write_workbook
from tests.exchange.test_workbook import model_of


@pytest.mark.parametrize(("at", "to"), [(100, 500), (40, 41), (0, 400)])
def test_that_a_workbook_that_lacks_a_piece_is_no_workbook(at: int, to: int) -> None:
    whole = write_workbook(model_of(["x"]))
    with pytest.raises(UserError, match="no workbook that can be read"):
        refuse_bomb(whole[:at] + whole[to:])
