"""Seeds of random tests: a new one each run, printed, and repeated on demand."""

import os
import random


def new_seed() -> int:
    """Return a seed and print it; KEXIE_TEST_SEED repeats one."""
    number = int(os.environ.get("KEXIE_TEST_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"seed {number}: repeat with KEXIE_TEST_SEED={number}")  # noqa: T201
    return number
