"""Tests of the import assistant's engine."""
