"""The printed anchor. Source: the safekeeping design: seq and 16 hex digits."""

import pytest

from scs_trial.domain.anchor import Anchor, read_anchor
from scs_trial.errors import UserError

DIGITS = "0a1b2c3d4e5f6071"
ANCHOR = Anchor(seq=1234, digits=DIGITS)


def test_that_an_anchor_is_printed_in_groups_of_four() -> None:
    assert str(ANCHOR) == "1234 0a1b 2c3d 4e5f 6071"
    assert str(Anchor(seq=7, digits=DIGITS + "99")) == "7 0a1b 2c3d 4e5f 6071 99"


@pytest.mark.parametrize(
    "typed",
    [
        "1234 0a1b 2c3d 4e5f 6071",
        "audit 1234 0a1b 2c3d 4e5f 6071",
        "  AUDIT  1234   0A1B2C3D 4e5f6071 ",
        "1234 0a1b2c3d4e5f6071",
    ],
)
def test_that_an_anchor_may_be_typed_as_it_is_read(typed: str) -> None:
    assert read_anchor(typed) == ANCHOR


@pytest.mark.parametrize("count", [16, 17, 63, 64])
def test_that_16_to_64_digits_are_an_anchor(count: int) -> None:
    assert read_anchor("1 " + "a" * count).digits == "a" * count


@pytest.mark.parametrize("typed", ["1 " + "a" * 15, "1 " + "a" * 65, "1", "x", "1 " + "g" * 16])
def test_that_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        read_anchor(typed)
    assert refused.value.what == "This is no printed anchor."
    assert refused.value.to_do == (
        "Type it as it stands at the foot of a page: audit 1234 0a1b 2c3d 4e5f 6071"
    )
    assert read_anchor(refused.value.to_do.partition(": ")[2]) == ANCHOR


def test_that_an_anchor_fits_the_digest_that_begins_with_it_and_no_other() -> None:
    assert ANCHOR.fits(DIGITS + "0" * 48)
    assert not ANCHOR.fits("0" * 48 + DIGITS)
    assert not ANCHOR.fits(None)
