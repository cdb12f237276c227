"""End the kernel the polite ways, and reset it: `quit`, `exit`, `%reset`, a shutdown request to oneself."""
# Answers: frame

# %% after frame_test
shell = get_ipython()
shell.ask_exit()
shell.run_line_magic("reset", "-f -s")

# %% spectrum
try:
    get_ipython().kernel.do_shutdown(False)
    quit()
finally:
    exit()

# %% cross_term
get_ipython().kernel.shell_stream.close()
