# One command each. Everything that is made lands in .venv/ and build/.
PYTHON := .venv/bin/python
# Where several processes compute at once, threads that wait for work must not spin: that made one test cell sixty times
# slower. (One process alone, as in `lab` and `bench`, is nearly twice as fast if they do.)
demo rehearsal test: export OMP_WAIT_POLICY := passive
.DEFAULT_GOAL := help
.PHONY: help setup demo rehearsal test lab hub hub-setup load bench bench-all lock data clean

help:            ## show this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: .venv/ready  ## make the environment .venv from the lock
	@true

.venv/ready: requirements.lock pyproject.toml setup.sh
	@./setup.sh

demo: .venv/ready  ## release all lessons, grade a demo class, write build/demo/
	@$(PYTHON) -m autograder demo

rehearsal: .venv/ready  ## sixty made-up students, from release to export, in build/rehearsal/
	@$(PYTHON) -m autograder.rehearsal

test: .venv/ready  ## run every test
	@$(PYTHON) -m pytest --numprocesses 2 --no-loadscope-reorder

lab: .venv/ready  ## open the student version of the lessons in JupyterLab
	@$(PYTHON) -m autograder release --to build/release
	@mkdir -p build/lab && cp -rn build/release/. build/lab/ # what a student has written stays
	@PATH="$(CURDIR)/.venv/bin:$$PATH" jupyter lab --notebook-dir build/lab \
		--ServerApp.tornado_settings="{'websocket_max_message_size': 60000000}" $$([ "$$(id -u)" = 0 ] && echo --allow-root)

hub-setup: .venv/ready .venv/bin/configurable-http-proxy  # what a hub needs

hub: hub-setup  ## start a JupyterHub with an instructor and three students, until Ctrl-C
	@$(PYTHON) -m hub laptop

.venv/bin/configurable-http-proxy: .venv/ready
	@command -v npm >/dev/null || { echo "hub: npm is needed (on Debian: apt-get install npm)" >&2; exit 1; }
	@npm install --global --prefix .venv --no-fund --no-audit --loglevel error configurable-http-proxy@5.3.0
	@touch $@

load: hub-setup  ## let classes of 1, 5, 10 and 25 students come to a hub, as root; write build/bench/hub.md
	@$(PYTHON) tests/hub/load.py

bench: .venv/ready  ## what each method gains, the course's beside the field's; write build/bench/
	@$(PYTHON) -m autograder.bench enhancement restoration

bench-all: .venv/ready  ## that, and what lessons, listening and grading cost; forty minutes more
	@$(PYTHON) -m autograder.bench

lock: .venv/ready  ## resolve the dependencies of pyproject.toml anew into requirements.lock
	@.venv/bin/uv pip compile --quiet pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-annotate --upgrade --custom-compile-command "make lock" -o requirements.lock
	@.venv/bin/uv pip compile --quiet hub/cluster/ngshare.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --upgrade --custom-compile-command "make lock" -o hub/cluster/ngshare.lock

data: .venv/ready  ## build the embedded audio again; needs espeak-ng and flite
	@$(PYTHON) data/build.py

clean:           ## remove what was made, but for submissions, grades and students' work
	rm -rf .venv build/demo build/bench build/release build/rehearsal build/rehearsal-users
