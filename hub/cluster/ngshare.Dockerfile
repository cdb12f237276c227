# ngshare with packages that it works with (ngshare.in says why); its chart's own image does not promise that.
#   docker build --tag speech-course-ngshare --file hub/cluster/ngshare.Dockerfile hub/cluster
FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends python3-venv && rm -rf /var/lib/apt/lists/*
COPY ngshare.lock /
RUN python3 -m venv /opt/ngshare && \
    /opt/ngshare/bin/pip install --quiet --no-cache-dir --require-hashes --requirement /ngshare.lock
USER 65535:65535
ENV USER=ngshare
ENTRYPOINT ["/opt/ngshare/bin/python", "-m", "ngshare"]
