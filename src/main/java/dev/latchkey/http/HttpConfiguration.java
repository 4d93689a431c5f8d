package dev.latchkey.http;

import java.time.Duration;
import java.util.List;

import dev.latchkey.language.Languages;
import dev.latchkey.metrics.LimitHits;
import dev.latchkey.shared.PublicAddress;
import dev.latchkey.signal.Departure;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Wires what every feature's HTTP side shares.
 */
@Configuration(proxyBeanMethods = false)
@Import(ApiDocument.class)
class HttpConfiguration {

	@Bean
	Problems problems(JsonMapper json, Languages languages) {
		return new Problems(json, languages);
	}

	@Bean
	EarlyProblems earlyProblems(List<WebExceptionHandler> handlers) {
		return new EarlyProblems(handlers);
	}

	@Bean
	HungUpClients hungUpClients() {
		return new HungUpClients();
	}

	@Bean
	JsonLines jsonLines(JsonMapper json) {
		return new JsonLines(json);
	}

	@Bean
	RowStreams rowStreams(JsonLines json) {
		return new RowStreams(json);
	}

	@Bean
	Throttle throttle(DatabaseClient database, LimitHits hits) {
		return new Throttle(database, hits);
	}

	@Bean
	SecurityHeaders securityHeaders(PublicAddress address) {
		return new SecurityHeaders(address);
	}

	@Bean
	BareAnswers bareAnswers(Problems problems, SecurityHeaders securityHeaders) {
		return new BareAnswers(problems, securityHeaders);
	}

	@Bean
	RequestsInFlight requestsInFlight() {
		return new RequestsInFlight();
	}

	@Bean
	LastAnswers lastAnswers(Departure departure) {
		return new LastAnswers(departure);
	}

	/**
	 * The server's threads have nothing left to do when they are stopped: by default they
	 * would wait two seconds for more.
	 */
	@Bean
	@ConditionalOnMissingBean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setShutdownQuietPeriod(Duration.ZERO);
		resources.setShutdownTimeout(Duration.ofMillis(500));
		return resources;
	}

	@Bean
	RequestHeads requestHeads() {
		return new RequestHeads();
	}

	@Bean
	HeadRequests headRequests() {
		return new HeadRequests();
	}

	@Bean
	Compression compression() {
		return new Compression();
	}

	@Bean
	RoutedMethods routedMethods(ObjectProvider<RouterFunction<ServerResponse>> routers) {
		return new RoutedMethods(routers);
	}

	@Bean
	CodecCustomizer strictUtf8(JsonMapper json) {
		return (codecs) -> codecs.defaultCodecs().jacksonJsonDecoder(new StrictJsonDecoder(json));
	}

	/**
	 * A mapping of its own, behind the features' routers: among them, only names would
	 * decide which comes last.
	 */
	@Bean
	RouterFunctionMapping unmatchedRequests(RoutedMethods routed, ServerCodecConfigurer codecs) {
		RouterFunctionMapping mapping = new RouterFunctionMapping(new UnmatchedRequests(routed));
		mapping.setMessageReaders(codecs.getReaders());
		mapping.setOrder(0);
		return mapping;
	}

	/**
	 * JSON is taken at its word: nothing unknown, nothing twice, no number for a text, no
	 * text for a number, nothing behind the end, no halves of characters.
	 */
	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		return (builder) -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.addModule(new SimpleModule().addDeserializer(String.class, new WellFormedText()))
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.withCoercionConfig(LogicalType.Textual,
					(config) -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
	}

}
