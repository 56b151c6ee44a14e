from scs_trial.errors import CancelledError, FieldError, InputError, UserError


def test_that_an_error_says_what_happened_and_what_to_do():
    error = UserError("The disk is full.", "Make room and save again.")
    assert str(error) == "The disk is full. Make room and save again."
    assert str(UserError("The disk is full.")) == "The disk is full."


def test_that_all_faults_are_told_at_once():
    faults = [FieldError("mrn", "Needed."), FieldError("born", "In the future.")]
    error = InputError(faults)
    assert [fault.field for fault in error.faults] == ["mrn", "born"]
    assert str(error) == "Needed. In the future."


def test_that_a_cancelled_task_changed_nothing():
    assert isinstance(CancelledError(), UserError)
    assert "nothing was changed" in str(CancelledError())
