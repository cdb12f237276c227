"""Ask the grader for input, in all ways, and answer oneself when nobody does."""
# Answers: cross_term

# %% before frame
import getpass
import sys

shell = get_ipython()
kernel = shell.kernel


def ask():
    for question in (input, getpass.getpass, sys.stdin.readline, kernel.raw_input, sys.stdin.read):
        try:
            question()
        except BaseException:
            pass
    kernel._allow_stdin = True
    kernel.session.send(kernel.stdin_socket, "input_request", {"prompt": "password", "password": True},
                        parent=kernel.get_parent(), ident=b"anybody")


ask()

# %% frame
def frame(x, *, frame_length, hop_length):
    ask()

# %% last
ask()
