"""The audit trail: searched, exported, checked."""
