"""What keys are kept as: known without the library that makes and opens them."""

from __future__ import annotations

from dataclasses import dataclass


class WrongKeyError(Exception):
    """The password or key does not open what was wrapped or sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How hard guessing a password is made (Argon2id)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


SHIPPED_COST = Cost()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A private key under a password."""

    salt: bytes
    cost: Cost
    nonce: bytes
    box: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedKey:
    """A data key for the holder of a private key; ``generation`` counts rotations."""

    generation: int
    ephemeral: bytes
    nonce: bytes
    box: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBox:
    """A secret that only the holder of a private key can make and open."""

    nonce: bytes
    box: bytes
