# syntax=docker/dockerfile:1
# docker build -t publication-gate .
# docker run -v gate-data:/data -p 127.0.0.1:5080:5080 -e PUBLICATION_GATE_URL=http://0.0.0.0:5080 -e PUBLICATION_GATE_PROXIES=172.17.0.0/16 -e PUBLICATION_GATE_HOSTS=foto.school.nl publication-gate serve
# docker run --rm -v gate-data:/data -v "$PWD/photos:/photos:ro" publication-gate screen /photos
#
# Written to be right by reading: there is no Docker where this project is built, so it has not been built there.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /gate
COPY package.json package-lock.json .npmrc ./
COPY models models
COPY src src
# Compiled ahead of time, so that a run that looks at one photo does not spend half its time compiling.
RUN dotnet publish src/PublicationGate.App -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o /published

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /published /opt/publication-gate
# YuNet, whose weights are under MIT, so that a deployed gate stands on them: present, it is preferred. Any other file fails the build.
ADD --chmod=644 --checksum=sha256:8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4 \
  https://media.githubusercontent.com/media/opencv/opencv_zoo/82b38c8f98e7b52aa171400f3e4c722352d0669f/models/face_detection_yunet/face_detection_yunet_2023mar.onnx \
  /opt/publication-gate/models/
RUN mkdir /data && chown $APP_UID /data
ENV PUBLICATION_GATE_DATA=/data
VOLUME /data
# serve, for a proxy that does TLS: see docs/operations.md, Container.
EXPOSE 5080
USER $APP_UID
HEALTHCHECK --interval=5m --timeout=30s CMD ["/opt/publication-gate/publication-gate", "doctor"]
ENTRYPOINT ["/opt/publication-gate/publication-gate"]
