# Needs nothing but Docker: docker build -t latchkey .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# A separate layer, so that a change of the code downloads nothing.
COPY pom.xml .
RUN mvn -B -ntp -q dependency:go-offline
COPY src src
RUN mvn -B -ntp -q package -Dmaven.test.skip=true \
 && java -Djarmode=tools -jar target/latchkey.jar extract --layers --destination target/layers

FROM eclipse-temurin:25-jre-noble AS runtime
RUN useradd --uid 10001 --user-group --shell /usr/sbin/nologin --home-dir /var/lib/latchkey --create-home latchkey
WORKDIR /opt/latchkey
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
USER 10001:10001

# A training run records which classes and methods are needed, so that the service starts in less than half the time. The
# switches for the heap and the object layout must be the same as in the entry point.
FROM runtime AS training
COPY src/image/train.sh /tmp/train.sh
RUN bash /tmp/train.sh /tmp/latchkey.aot -XX:+UseG1GC -XX:+UseCompactObjectHeaders -jar latchkey.jar

FROM runtime
COPY --from=training --chown=root:root /tmp/latchkey.aot ./
# The data of the embedded database, if no other is configured. Everything else is written to /tmp.
ENV LATCHKEY_EMBEDDED_DIRECTORY=/var/lib/latchkey/data
VOLUME /var/lib/latchkey
EXPOSE 8080 8081
# For Docker; Kubernetes has its own probes. The image has no curl, so bash sends the request.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
# No shell: SIGTERM must reach the JVM. Heap and threads follow the container's limits. G1 is set because the JVM selects the
# serial collector below 2 GB.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders", "-XX:AOTCache=latchkey.aot", \
  "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-jar", "latchkey.jar"]

ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Latchkey" \
      org.opencontainers.image.description="User management for a billing account: invitations, permissions, and a live event feed." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25-jre-noble"
