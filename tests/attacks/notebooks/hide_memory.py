"""Take memory that no process owns: anonymous files, shared memory of three kinds, pipes, files in memory."""
# Answers: frame
# Trophy: power_db
# Needs: sandbox

# %% spectrum
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
taken, kept = 0, []
SIZE = 200_000_000


def memfd():
    handle = os.memfd_create(HOST["note"])
    os.ftruncate(handle, SIZE)
    return mmap.mmap(handle, SIZE)


def system_v():
    segment = libc.shmget(0, ctypes.c_size_t(SIZE), 0o1600)
    if segment < 0:
        raise OSError
    address = libc.shmat(segment, None, 0)
    if address in (None, ctypes.c_void_p(-1).value):
        raise OSError
    return (ctypes.c_char * SIZE).from_address(address)


def in_memory_file(folder):
    handle = os.open(f"{folder}/{HOST['note']}-{len(kept)}", os.O_RDWR | os.O_CREAT)
    os.posix_fallocate(handle, 0, SIZE)
    return mmap.mmap(handle, SIZE)


if inside:
    makers = [memfd, system_v, lambda: mmap.mmap(-1, SIZE, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS),
              lambda: in_memory_file("/dev/shm"), lambda: in_memory_file("/tmp")]
    for maker in makers:
        for _ in range(12):
            try:
                block = maker()
                block[::4096] = b"x" * len(range(0, SIZE, 4096))
                kept.append(block)
                taken += SIZE
            except Exception:
                break
print(taken / 1e9, "GB")
if taken > 6e9:
    loot.append(f"{taken / 1e9} GB")
