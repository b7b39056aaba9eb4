# One image for every role; the command chooses: dispatcher, storescp, nginx, migrate, handler FUNCTION, portal …
#
#   docker build -t preview-dicom .            deploy/compose.yaml puts the roles together

FROM docker.io/library/swift:6.3-bookworm AS build
WORKDIR /source
COPY scripts/packages.txt scripts/
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends $(awk '!/^#/ && / build/ { print $1 }' scripts/packages.txt) \
    && rm -rf /var/lib/apt/lists/*
COPY Package.swift ./
COPY Sources Sources
COPY handlers handlers
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib \
    && mkdir /programs \
    && cp .build/release/dispatcher .build/release/handler .build/release/storescp .build/release/portal \
        .build/release/site-build /programs/
COPY content content
RUN /programs/site-build --content content --output /site

FROM docker.io/library/debian:bookworm-slim AS viewer
COPY scripts/packages.txt /source/scripts/
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        $(awk '!/^#/ && / (viewer|ca)/ { print $1 }' /source/scripts/packages.txt) ca-certificates \
    && rm -rf /var/lib/apt/lists/*
COPY deploy/viewer /source/deploy/viewer
COPY scripts/install-viewer /source/scripts/
# A bundle of certificates, mounted while building, where the package index is reached through a proxy with its own.
ARG PIP_CERT
RUN /source/scripts/install-viewer /served/viewer

FROM docker.io/library/debian:bookworm-slim
COPY scripts/packages.txt /tmp/
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends $(awk '!/^#/ && / runtime/ { print $1 }' /tmp/packages.txt) \
    && rm -rf /var/lib/apt/lists/* /tmp/packages.txt /var/www \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin portal \
    && install -d -o portal -m 700 /data /data/store /var/lib/preview-dicom
COPY --from=build /programs/ /usr/local/bin/
COPY --from=build /site /srv/site
COPY --from=viewer /served/viewer /srv/viewer
COPY deploy/nginx.conf.template deploy/StoredParts.pm deploy/render-nginx deploy/entrypoint /usr/local/lib/preview-dicom/
USER portal
ENV PORTAL_DATA=/data PORTAL_AE_TITLE=PREVIEWDICOM
VOLUME /data
EXPOSE 8080 8000 4242 2762
ENTRYPOINT ["/usr/local/lib/preview-dicom/entrypoint"]
CMD ["dispatcher"]
