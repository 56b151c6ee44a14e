"""Pages made from snapshots: the SCS Trial Profile and its companions."""
