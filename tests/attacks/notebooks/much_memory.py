"""Take 6 GB in one process. It may end the kernel; what was answered before counts."""
# Answers: frame
# Trophy: power_db
# Needs: sandbox

# %% spectrum
blocks = []
if inside:
    try:
        for _ in range(60):
            block = bytearray(100_000_000)
            block[::4096] = b"x" * len(block[::4096])
            blocks.append(block)
        loot.append("6 GB")
    except MemoryError:
        blocks.clear()
