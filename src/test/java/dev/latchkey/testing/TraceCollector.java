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
 * A collector of traces (OTLP over HTTP) that keeps what it gets.
 */
public final class TraceCollector implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpServer server;

	private final List<Span> spans = new CopyOnWriteArrayList<>();

	private TraceCollector(HttpServer server) {
		this.server = server;
	}

	public static TraceCollector start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
			TraceCollector collector = new TraceCollector(server);
			server.createContext("/v1/traces", collector::take);
			server.start();
			return collector;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where it listens, without the path for traces.
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * All spans so far.
	 */
	public List<Span> spans() {
		return List.copyOf(this.spans);
	}

	/**
	 * Waits until there is a span of a trace that fits.
	 */
	public Span await(String trace, Predicate<Span> wanted) {
		Awaitility.await("a span among " + trace).atMost(PATIENCE).until(() -> trace(trace).stream().anyMatch(wanted));
		return trace(trace).stream().filter(wanted).findFirst().orElseThrow();
	}

	/**
	 * All spans of a trace, as soon as a statement was made within each of these.
	 */
	public List<Span> awaitStatements(String trace, Span... parents) {
		Awaitility.await()
			.atMost(PATIENCE)
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

	private void take(HttpExchange exchange) throws IOException {
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
	 * A span as it arrived.
	 *
	 * @param parent its id, empty if there is none
	 * @param whole all of it as text, with its events
	 */
	public record Span(String trace, String id, String parent, String name, String kind, String status,
			Map<String, String> attributes, Map<String, String> resource, String whole) {

		/**
		 * Whether it is of the database.
		 */
		public boolean isStatement() {
			return this.attributes.keySet().stream().anyMatch((key) -> key.startsWith("r2dbc.query"));
		}

		/**
		 * The text of a statement.
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
