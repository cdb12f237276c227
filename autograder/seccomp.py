"""The system calls that a sandboxed process may not make, as a filter that Linux loads into it.

What is refused is of four kinds: what makes the kernel's own surface larger than a lesson needs (namespaces, mounts,
BPF, keys, other address families than Unix sockets), what reaches into other processes, and memory that would not show
up in any process or scratch folder, so that a watchdog could not count it (System V segments, memfd, io_uring,
anonymous memory that is shared, pages spliced into pipes), and leaving the core that a sandbox was given.
"""

import errno
import platform
import struct

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Name: number on x86_64, on aarch64. A call that an architecture lacks has None.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "msgget": (68, 186),
    "ptrace": (101, 117), "syslog": (103, 116), "pivot_root": (155, 41), "chroot": (161, 51), "acct": (163, 89),
    "mount": (165, 40), "umount2": (166, 39), "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142),
    "iopl": (172, None), "ioperm": (173, None), "init_module": (175, 105), "delete_module": (176, 106),
    "quotactl": (179, 60), "io_setup": (206, 0), "kexec_load": (246, 104), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "migrate_pages": (256, 238), "unshare": (272, 97),
    "vmsplice": (278, 75), "move_pages": (279, 239), "perf_event_open": (298, 241), "fanotify_init": (300, 262),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "setns": (308, 268),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272), "finit_module": (313, 273),
    "kexec_file_load": (320, 294), "bpf": (321, 280), "userfaultfd": (323, 282), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "mount_setattr": (442, 442),
    "sched_setaffinity": (203, 122), "quotactl_fd": (443, 443), "open_tree_attr": (467, 467),
}

# Answered as an old Linux would: libraries then do without.
MISSING: dict[str, tuple[int, int]] = {
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "clone3": (435, 435),  # its flags lie in memory, where a filter cannot look; clone does the same
}

CLONE, SOCKET, MMAP = (56, 220), (41, 198), (9, 222)
NEW_NAMESPACES = 0x7E020000
SHARED_ANONYMOUS = 0x21

_LOAD, _EQUAL, _GREATER_EQUAL, _ANY_BIT, _RETURN, _AND = 0x20, 0x15, 0x35, 0x45, 0x06, 0x54
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000


def program(machine: str = "") -> bytes:
    """Return the filter for this machine's processor, empty for one whose system calls are not listed here."""
    machine = machine or platform.machine()
    if machine not in ARCHITECTURES:
        return b""
    column = list(ARCHITECTURES).index(machine)
    code = [
        (_LOAD, 0, 0, 4), (_EQUAL, 1, 0, ARCHITECTURES[machine]), _refuse(errno.ENOSYS),  # a 32-bit program
        (_LOAD, 0, 0, 0), (_GREATER_EQUAL, 0, 1, 0x40000000), _refuse(errno.ENOSYS),      # the x32 numbers
    ]
    for calls, error in ((REFUSED, errno.EPERM), (MISSING, errno.ENOSYS)):
        for numbers in calls.values():
            number = numbers[column]
            if number is not None:
                code += [(_EQUAL, 0, 1, number), _refuse(error)]
    code += [(_EQUAL, 0, 4, CLONE[column]), _argument(0), (_ANY_BIT, 0, 1, NEW_NAMESPACES), _refuse(errno.EPERM), _ok()]
    code += [(_EQUAL, 0, 4, SOCKET[column]), _argument(0), (_EQUAL, 1, 0, 1), _refuse(errno.EOPNOTSUPP), _ok()]
    code += [(_EQUAL, 0, 5, MMAP[column]), _argument(3), (_AND, 0, 0, SHARED_ANONYMOUS),
             (_EQUAL, 0, 1, SHARED_ANONYMOUS), _refuse(errno.EPERM), _ok(), _ok()]
    return b"".join(struct.pack("=HBBI", *line) for line in code)


def _argument(index: int) -> tuple[int, int, int, int]:
    """Load the lower half of a call's argument."""
    return _LOAD, 0, 0, 16 + 8 * index


def _refuse(error: int) -> tuple[int, int, int, int]:
    return _RETURN, 0, 0, _ERRNO | error


def _ok() -> tuple[int, int, int, int]:
    return _RETURN, 0, 0, _ALLOW
