"""Keys of a record: who can open it, without anybody's password being stored.

A random data key encrypts the file. Each account owns an X25519 key pair; its password, through
Argon2id, wraps the private key. The data key is sealed to each public key. So a person is added,
a password changed and the data key rotated without knowing anybody else's password. The printed
recovery key is such a private key by itself.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scs_trial.data.key_types import (
    SHIPPED_COST,
    Cost,
    OwnBox,
    SealedKey,
    WrappedKey,
    WrongKeyError,
)

__all__ = ["SHIPPED_COST", "Cost", "OwnBox", "SealedKey", "WrappedKey", "WrongKeyError"]

DATA_KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
RECOVERY_BYTES = 20
_GROUP = 4
_CHECK_SIGNS = 4
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_data_key() -> bytes:
    """Return a random data key."""
    return secrets.token_bytes(DATA_KEY_BYTES)


def new_private_key() -> X25519PrivateKey:
    """Return a new key pair."""
    return X25519PrivateKey.generate()


def wrap(private: X25519PrivateKey, password: str, bound_to: bytes, *, cost: Cost) -> WrappedKey:
    """Lock a private key with a password.

    Parameters
    ----------
    bound_to
        Record, user and version: the box opens only for the same ones.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    key = stretch(password, salt, cost)
    box = AESGCM(key).encrypt(nonce, private.private_bytes_raw(), bound_to)
    return WrappedKey(salt=salt, cost=cost, nonce=nonce, box=box)


def unwrap(wrapped: WrappedKey, password: str, bound_to: bytes) -> X25519PrivateKey:
    """Return the private key; raise `WrongKeyError`."""
    key = stretch(password, wrapped.salt, wrapped.cost)
    return X25519PrivateKey.from_private_bytes(_open(key, wrapped.nonce, wrapped.box, bound_to))


def seal(data_key: bytes, public: bytes, bound_to: bytes, *, generation: int) -> SealedKey:
    """Seal a data key so that only the holder of the private key can open it."""
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    key = _shared(once, X25519PublicKey.from_public_bytes(public), ephemeral + public)
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(key).encrypt(nonce, data_key, _sealed_to(bound_to, generation))
    return SealedKey(generation=generation, ephemeral=ephemeral, nonce=nonce, box=box)


def unseal(sealed: SealedKey, private: X25519PrivateKey, bound_to: bytes) -> bytes:
    """Return the data key; raise `WrongKeyError`."""
    public = private.public_key().public_bytes_raw()
    peer = X25519PublicKey.from_public_bytes(sealed.ephemeral)
    key = _shared(private, peer, sealed.ephemeral + public)
    return _open(key, sealed.nonce, sealed.box, _sealed_to(bound_to, sealed.generation))


def lock_away(secret: bytes, private: X25519PrivateKey, bound_to: bytes) -> OwnBox:
    """Lock a secret with a private key: nobody else can read it or put another in its place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return OwnBox(nonce=nonce, box=AESGCM(_own(private)).encrypt(nonce, secret, bound_to))


def take_out(held: OwnBox, private: X25519PrivateKey, bound_to: bytes) -> bytes:
    """Return such a secret; raise `WrongKeyError`."""
    return _open(_own(private), held.nonce, held.box, bound_to)


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """Return what a password or PIN becomes by Argon2id, NFKC first."""
    return hash_secret_raw(
        unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=DATA_KEY_BYTES,
        type=Type.ID,
    )


def new_recovery_key() -> str:
    """Return a recovery key as it is printed: groups of four signs, the last one checks."""
    secret = secrets.token_bytes(RECOVERY_BYTES)
    signs = _encode(secret) + _check(secret)
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def recovery_private_key(text: str) -> X25519PrivateKey:
    """Return the private key of a typed recovery key; raise `WrongKeyError` for a misprint.

    Case, blanks and hyphens do not matter; O is read as 0, I and L as 1.
    """
    signs = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MISREAD)
    if len(signs) != RECOVERY_BYTES * 8 // 5 + _CHECK_SIGNS or set(signs) - set(_SIGNS):
        raise WrongKeyError
    secret = _decode(signs[:-_CHECK_SIGNS])
    if _check(secret) != signs[-_CHECK_SIGNS:]:
        raise WrongKeyError
    derived = HKDF(SHA256(), DATA_KEY_BYTES, salt=None, info=b"scs-trial recovery 1")
    return X25519PrivateKey.from_private_bytes(derived.derive(secret))


def _own(private: X25519PrivateKey) -> bytes:
    derived = HKDF(SHA256(), DATA_KEY_BYTES, salt=None, info=b"scs-trial own box 1")
    return derived.derive(private.private_bytes_raw())


def _shared(private: X25519PrivateKey, peer: X25519PublicKey, salt: bytes) -> bytes:
    try:
        secret = private.exchange(peer)
    except ValueError as error:  # a public key of low order
        raise WrongKeyError from error
    return HKDF(SHA256(), DATA_KEY_BYTES, salt=salt, info=b"scs-trial seal 1").derive(secret)


def _sealed_to(bound_to: bytes, generation: int) -> bytes:
    return bound_to + b"|generation %d" % generation


def _open(key: bytes, nonce: bytes, box: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, box, bound_to)
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError from error


def _check(secret: bytes) -> str:
    return _encode(hashlib.sha256(b"scs-trial recovery check" + secret).digest()[:5])[:_CHECK_SIGNS]


def _encode(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    count = len(data) * 8 // 5
    return "".join(_SIGNS[number >> 5 * at & 31] for at in reversed(range(count)))


def _decode(signs: str) -> bytes:
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    return number.to_bytes(len(signs) * 5 // 8, "big")
