FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -B -ntp -q dependency:go-offline
COPY src src
RUN mvn -B -ntp -q package -DskipTests \
 && java -Djarmode=tools -jar target/latchkey.jar extract --layers --destination target/layers

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/latchkey --create-home latchkey
WORKDIR /opt/latchkey
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
USER 10001
# Data of the embedded database, where no other is configured.
ENV LATCHKEY_EMBEDDED_DIRECTORY=/var/lib/latchkey/data
EXPOSE 8080 8081
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "latchkey.jar"]
