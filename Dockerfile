# Everything that runs: workers, runs, Prefect's server and services, the app in Slack, the set-up command.
#   docker build --build-arg REVISION="$(git rev-parse HEAD)" -t REGISTRY/revenue-rituals:0.1.0 .
# To pin the base, give it with its digest: --build-arg PYTHON=python:3.11.16-slim-bookworm@sha256:…
ARG PYTHON=python:3.11.16-slim-bookworm

FROM ${PYTHON} AS build
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never \
    UV_PROJECT_ENVIRONMENT=/opt/revenue-rituals
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /build
# The packages of uv.lock are a layer of their own: a change of ours leaves it as it is.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --all-extras --no-install-project
COPY README.md prefect.yaml ./
COPY expectations expectations
COPY tasks tasks
COPY flows flows
COPY deployments deployments
RUN uv sync --locked --no-default-groups --all-extras --no-editable

FROM ${PYTHON}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="revenue-rituals" \
      org.opencontainers.image.description="The rituals of a revenue team as Prefect flows" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# Nothing is written outside /tmp, so the root file system may be read-only.
ENV PATH=/opt/revenue-rituals/bin:$PATH \
    HOME=/tmp \
    PREFECT_HOME=/tmp/prefect \
    PREFECT_SERVER_UI_STATIC_DIRECTORY=/tmp/prefect-ui \
    MPLCONFIGDIR=/tmp/matplotlib \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DO_NOT_TRACK=1 \
    RITUALS_HOME=/srv/revenue-rituals
RUN groupadd --gid 10001 rituals \
 && useradd --uid 10001 --gid rituals --no-create-home --home-dir /tmp --shell /usr/sbin/nologin rituals
COPY --from=build /opt/revenue-rituals /opt/revenue-rituals
# Empty but for .env, where secrets are mounted as a file: both Prefect and the rituals read it.
WORKDIR /srv/revenue-rituals
USER 10001:10001
CMD ["prefect", "worker", "start", "--pool", "revenue-rituals"]
