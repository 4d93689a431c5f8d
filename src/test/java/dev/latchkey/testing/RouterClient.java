package dev.latchkey.testing;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.latchkey.http.ListStreams;
import dev.latchkey.http.Ndjson;
import dev.latchkey.language.Languages;
import dev.latchkey.language.MessageBundles;
import dev.latchkey.outage.Outages;
import dev.latchkey.problem.ProblemRenderer;
import dev.latchkey.session.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.test.web.reactive.server.HttpHandlerConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.ClassUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Builds a client of routes that are served as the application serves them: with its
 * strict JSON, its limit on bodies, its problem documents and languages, and its
 * responses to unknown paths and wrong methods. There is no server, no application
 * context and no security: the routes get the caller that the test chose.
 *
 * <pre>{@code
 * RouterFunction<ServerResponse> routes = new ThingRoutes().thingRouter(new ThingHandler(fakeThings));
 * WebTestClient client = RouterClient.of(routes).signedInAs(caller).build();
 * client.get().uri("/api/v1/things").exchange().expectStatus().isOk();
 * }</pre>
 *
 * Without {@link #signedInAs}, requests are anonymous.
 */
public final class RouterClient {

	/** The same as {@code spring.http.codecs.max-in-memory-size}. */
	private static final int MAX_BODY_BYTES = 16 * 1024;

	private static final JsonMapper JSON = strictMapper();

	private static final Languages LANGUAGES = MessageBundles.read();

	private final List<RouterFunction<ServerResponse>> routes;

	private final List<WebFilter> filters = new ArrayList<>();

	private final List<WebExceptionHandler> exceptionHandlers = new ArrayList<>();

	private Languages languages = LANGUAGES;

	private Outages outages = new Outages(InstantSource.system());

	private String pathPrefix = "";

	private @Nullable InetSocketAddress address;

	private RouterClient(List<RouterFunction<ServerResponse>> routes) {
		this.routes = routes;
	}

	/**
	 * Starts a client of these routes.
	 */
	@SafeVarargs
	@SuppressWarnings("varargs")
	public static RouterClient of(RouterFunction<ServerResponse>... routes) {
		return new RouterClient(List.of(routes));
	}

	/**
	 * The mapper of the application, for JSON that a test reads or writes itself.
	 */
	public static JsonMapper jsonMapper() {
		return JSON;
	}

	/**
	 * The languages that ship with the application.
	 */
	public static Languages languages() {
		return LANGUAGES;
	}

	/**
	 * The application's reader and writer of JSON lines, for handlers that need one.
	 */
	public static Ndjson ndjson() {
		return bean(Ndjson.class, "http.HttpConfiguration", "ndjson", JSON);
	}

	/**
	 * The application's writer of whole lists, for handlers that need one.
	 */
	public static ListStreams listStreams() {
		return bean(ListStreams.class, "http.HttpConfiguration", "listStreams", ndjson());
	}

	/**
	 * Sends all requests as this signed-in caller.
	 */
	public RouterClient signedInAs(Caller caller) {
		TestingAuthenticationToken authentication = new TestingAuthenticationToken(caller, "", List.of());
		return filter((exchange, chain) -> chain.filter(exchange)
			.contextWrite(ReactiveSecurityContextHolder.withAuthentication(authentication)));
	}

	/**
	 * Sends all requests from this address.
	 */
	public RouterClient from(InetSocketAddress client) {
		this.address = client;
		return this;
	}

	/**
	 * Adds filters. Like in the application, their {@code @Order} decides which one is
	 * called first; filters without an order are called last.
	 */
	public RouterClient filter(WebFilter... more) {
		this.filters.addAll(Arrays.asList(more));
		return this;
	}

	/**
	 * Adds exception handlers to the renderer of problems. Like in the application, their
	 * {@code @Order} decides which one is called first.
	 */
	public RouterClient exceptionHandler(WebExceptionHandler... more) {
		this.exceptionHandlers.addAll(Arrays.asList(more));
		return this;
	}

	/**
	 * Renders problems in other languages than those that ship with the application.
	 */
	public RouterClient languages(Languages other) {
		this.languages = other;
		return this;
	}

	/**
	 * Reports refused requests to a log whose clock the test controls.
	 */
	public RouterClient outages(Outages other) {
		this.outages = other;
		return this;
	}

	/**
	 * Serves the routes below a path, as the setting {@code latchkey.path-prefix} does.
	 */
	public RouterClient pathPrefix(String prefix) {
		this.pathPrefix = prefix;
		return this;
	}

	/**
	 * Builds the client.
	 */
	public WebTestClient build() {
		return WebTestClient.bindToServer(new HttpHandlerConnector(httpHandler()))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	private HttpHandler httpHandler() {
		HandlerStrategies strategies = HandlerStrategies.builder().codecs(RouterClient::configure).build();
		HttpHandler handler = WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(withFallback(), strategies))
			.filters((chain) -> chain.addAll(allFilters()))
			.build();
		HttpHandler served = this.pathPrefix.isEmpty() ? handler
				: new ContextPathCompositeHandler(Map.of(this.pathPrefix, handler));
		return (request, response) -> served.handle(new ServedRequest(request, this.address),
				new ServerHttpResponseDecorator(response));
	}

	/**
	 * The routes, and after them the responses to unknown paths and wrong methods.
	 */
	@SuppressWarnings("unchecked")
	private RouterFunction<ServerResponse> withFallback() {
		Object allowedMethods = bean(Object.class, "server.ServerConfiguration", "allowedMethods", new Routers());
		RouterFunctionMapping mapping = bean(RouterFunctionMapping.class, "server.ServerConfiguration",
				"fallbackRoutes", allowedMethods, ServerCodecConfigurer.create());
		RouterFunction<ServerResponse> fallback = (RouterFunction<ServerResponse>) Objects
			.requireNonNull(mapping.getRouterFunction());
		return Stream.concat(this.routes.stream(), Stream.of(fallback)).reduce(RouterFunction::and).orElseThrow();
	}

	private List<WebFilter> allFilters() {
		List<WebExceptionHandler> handlers = new ArrayList<>(this.exceptionHandlers);
		handlers.add(new ProblemRenderer(JSON, this.languages, this.outages));
		AnnotationAwareOrderComparator.sort(handlers);
		List<WebFilter> all = new ArrayList<>(this.filters);
		all.add(bean(WebFilter.class, "problem.ProblemConfiguration", "problemFilter", handlers));
		AnnotationAwareOrderComparator.sort(all);
		return all;
	}

	private static void configure(ServerCodecConfigurer codecs) {
		codecs.defaultCodecs().maxInMemorySize(MAX_BODY_BYTES);
		codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(JSON));
		bean(CodecCustomizer.class, "server.ServerConfiguration", "strictUtf8", JSON).customize(codecs);
	}

	private static JsonMapper strictMapper() {
		JsonMapper.Builder builder = JsonMapper.builder().findAndAddModules();
		bean(JsonMapperBuilderCustomizer.class, "server.ServerConfiguration", "strictJson").customize(builder);
		return builder.build();
	}

	/**
	 * Calls a bean method of a configuration class of the application. These classes are
	 * not public, since modules must not use the configuration of others.
	 * @param configuration the name of the class below {@code dev.latchkey}
	 */
	private static <T> T bean(Class<T> type, String configuration, String method, Object... arguments) {
		Class<?> owner = ClassUtils.resolveClassName("dev.latchkey." + configuration, null);
		Object result = ReflectionTestUtils.invokeMethod(BeanUtils.instantiateClass(owner), method, arguments);
		return type.cast(Objects.requireNonNull(result));
	}

	/**
	 * Provides the routes in the order in which the test passed them.
	 */
	private final class Routers implements ObjectProvider<RouterFunction<ServerResponse>> {

		@Override
		public Stream<RouterFunction<ServerResponse>> orderedStream() {
			return RouterClient.this.routes.stream();
		}

	}

	/**
	 * A request with an address. Code that checks whether the HTTP server is Netty finds
	 * that it is not; Spring's own mock would fail instead.
	 */
	private static final class ServedRequest extends AbstractServerHttpRequest {

		private final ServerHttpRequest request;

		private final @Nullable InetSocketAddress address;

		ServedRequest(ServerHttpRequest request, @Nullable InetSocketAddress address) {
			super(request.getMethod(), request.getURI(), "", request.getHeaders());
			this.request = request;
			this.address = address;
		}

		@Override
		public @Nullable InetSocketAddress getRemoteAddress() {
			return this.address;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.request.getBody();
		}

		@Override
		protected MultiValueMap<String, HttpCookie> initCookies() {
			return this.request.getCookies();
		}

		@Override
		protected @Nullable SslInfo initSslInfo() {
			return null;
		}

		@Override
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
		public <T> T getNativeRequest() {
			return (T) this.request;
		}

	}

}
