"""Look for the secret from which the tests draw their numbers: environment, processes, files, random generators."""
# Answers: cross_term
# Trophy: power_db
# Needs: sandbox

# %% before frame
import glob
import hashlib
import os

import torch


def search():
    if os.environ.get("COURSE_CHECK_SEED"):
        loot.append(f"the environment has {os.environ['COURSE_CHECK_SEED']}")
    files = [f"{HOST['root']}/secret", "/proc/self/environ", "/proc/1/environ"]
    for path in [*files, *glob.glob("/proc/[0-9]*/environ"), *glob.glob("/proc/[0-9]*/cmdline")]:
        try:
            content = open(path, "rb").read()
        except OSError:
            continue
        if path.startswith(HOST["root"]) or b"CHECK_SEED" in content or b"course_secret" in content:
            loot.append(f"{path}: {content[:50]}")


search()

# %% frame
def frame(x, *, frame_length, hop_length):
    search()
    for seed in (torch.initial_seed(), 0, 1):
        generator = torch.Generator().manual_seed(seed)
        if x.dim() == 3 and torch.equal(x, torch.randn(x.shape, generator=generator)):
            loot.append(f"the seed is {seed}")
    for text in ("", "None", HOST["root"], "frame_test", "s001", "find_the_seed", "01_spectrograms"):
        seed = int.from_bytes(hashlib.sha256(f"{text}/frame_test".encode()).digest()[:6], "big")
        if x.dim() == 3 and torch.equal(x, torch.randn(x.shape, generator=torch.Generator().manual_seed(seed))):
            loot.append(f"the seed comes from {text!r}")
    raise ValueError("no seed in sight")

# %% after power_db
search()
