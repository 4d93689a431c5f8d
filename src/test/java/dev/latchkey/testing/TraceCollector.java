package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.awaitility.Awaitility;

/**
 * A trace collector (OTLP over HTTP) that keeps all received spans.
 */
public final class TraceCollector implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpServer server;

	private final List<Span> spans = new CopyOnWriteArrayList<>();

	private TraceCollector(HttpServer server) {
		this.server = server;
	}

	public static TraceCollector start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
			TraceCollector collector = new TraceCollector(server);
			server.createContext("/v1/traces", collector::receive);
			server.start();
			return collector;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the URL of the collector, without the path for traces.
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Returns all spans so far.
	 */
	public List<Span> spans() {
		return List.copyOf(this.spans);
	}

	/**
	 * Waits for a span of a trace that matches a condition.
	 */
	public Span await(String trace, Predicate<Span> condition) {
		Awaitility.await("a matching span of trace " + trace)
			.atMost(TIMEOUT)
			.until(() -> trace(trace).stream().anyMatch(condition));
		return trace(trace).stream().filter(condition).findFirst().orElseThrow();
	}

	/**
	 * Waits until each of the given spans contains a database statement.
	 * @return all spans of the trace
	 */
	public List<Span> awaitStatements(String trace, Span... parents) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> List.of(parents)
				.stream()
				.allMatch((parent) -> trace(trace).stream()
					.anyMatch((span) -> span.isStatement() && span.parent().equals(parent.id()))));
		return trace(trace);
	}

	private List<Span> trace(String trace) {
		return this.spans.stream().filter((span) -> span.trace().equals(trace)).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
				.getResourceSpansList()
				.forEach((resource) -> resource.getScopeSpansList()
					.forEach((scope) -> scope.getSpansList()
						.forEach((span) -> this.spans.add(read(span, resource.getResource().getAttributesList())))));
			exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private static Span read(io.opentelemetry.proto.trace.v1.Span span, List<KeyValue> resource) {
		return new Span(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()), span.getName(),
				span.getKind().name().replace("SPAN_KIND_", ""), span.getStatus().getCode().name(),
				texts(span.getAttributesList()), texts(resource), span.toString());
	}

	private static Map<String, String> texts(List<KeyValue> attributes) {
		return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, (entry) -> text(entry.getValue())));
	}

	private static String text(AnyValue value) {
		return value.hasStringValue() ? value.getStringValue() : value.toString().strip();
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

	/**
	 * A received span.
	 *
	 * @param parent the id of the parent span, empty if there is none
	 * @param whole the whole span as text, including its events
	 */
	public record Span(String trace, String id, String parent, String name, String kind, String status,
			Map<String, String> attributes, Map<String, String> resource, String whole) {

		/**
		 * Whether the span is a database statement.
		 */
		public boolean isStatement() {
			return this.attributes.keySet().stream().anyMatch((key) -> key.startsWith("r2dbc.query"));
		}

		/**
		 * Returns the text of the statement.
		 */
		public String statement() {
			return this.attributes.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().startsWith("r2dbc.query"))
				.map(Map.Entry::getValue)
				.collect(Collectors.joining());
		}

	}

}
