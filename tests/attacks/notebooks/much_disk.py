"""Write 600 MB in each of all places that let one, as big files and as many small ones."""
# Answers: cross_term
# Trophy: power_db
# Needs: sandbox

# %% before frame
import os

written = {}
if inside:
    connection = os.path.dirname(get_ipython().kernel.parent.abs_connection_file)
    for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), os.getcwd(), connection, "/run", "/"):
        written[folder] = 0
        try:
            for part in range(6):
                path = f"{folder}/{HOST['note']}-{part}"
                with open(path, "wb") as file:
                    for _ in range(100):
                        written[folder] += file.write(b"x" * 1_000_000)
            for number in range(20_000):
                open(f"{folder}/{HOST['note']}-small-{number}", "wb").close()
        except OSError as error:
            written[folder] = f"{written[folder]}: {error}"
        if folder == connection and written[folder] == 600_000_000:
            loot.append("600 MB in a folder of the host")
        for name in os.listdir(folder):
            if HOST["note"] in name:
                try:
                    os.unlink(f"{folder}/{name}")
                except OSError:
                    pass
print(written)

# %% frame
def frame(x, *, frame_length, hop_length):
    raise ValueError(str(written))
