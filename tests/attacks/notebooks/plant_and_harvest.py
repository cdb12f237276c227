"""Two students work together: each leaves a note wherever one can write, and looks for the other's."""
# Answers: cross_term
# Trophy: power_db
# Copies: 2
# Needs: sandbox

# %% before frame
import glob
import os
import time

mine = str(time.time_ns())
folders = ["/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/run/user/0", os.path.expanduser("~"), os.getcwd(), "..",
           "/etc", os.path.dirname(get_ipython().kernel.parent.abs_connection_file), "/usr/lib", "/proc/self/cwd"]


def plant():
    for folder in folders:
        try:
            with open(f"{folder}/{HOST['note']}-{mine}", "w") as file:
                file.write(mine)
        except OSError:
            pass


def harvest():
    for folder in folders:
        loot.extend(path for path in glob.glob(f"{folder}/{HOST['note']}-*") if mine not in path)


plant()

# %% after frame
harvest()
time.sleep(3)
harvest()

# %% after power_db
harvest()
