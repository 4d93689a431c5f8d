package dev.latchkey.server;

import java.time.Duration;

import dev.latchkey.problem.ProblemRenderer;
import dev.latchkey.shared.PublicUrl;
import dev.latchkey.shutdown.ShutdownSignal;
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
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;

/**
 * Wires the filters for all requests, the error responses of the HTTP server, and strict
 * JSON.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	@Bean
	DisconnectLogFilter disconnectLogFilter() {
		return new DisconnectLogFilter();
	}

	@Bean
	SecurityHeaders securityHeaders(PublicUrl publicUrl) {
		return new SecurityHeaders(publicUrl);
	}

	@Bean
	NettyErrorResponses nettyErrorResponses(ProblemRenderer problems, SecurityHeaders securityHeaders) {
		return new NettyErrorResponses(problems, securityHeaders);
	}

	@Bean
	InFlightRequests inFlightRequests() {
		return new InFlightRequests();
	}

	@Bean
	ConnectionCloseHandler connectionCloseHandler(ShutdownSignal shutdown) {
		return new ConnectionCloseHandler(shutdown);
	}

	/**
	 * The server's threads have no work left when they are stopped: by default they would
	 * wait two seconds for more.
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
	RequestHeadFilter requestHeadFilter() {
		return new RequestHeadFilter();
	}

	@Bean
	HeadFilter headFilter() {
		return new HeadFilter();
	}

	@Bean
	GzipFilter gzipFilter() {
		return new GzipFilter();
	}

	@Bean
	AllowedMethods allowedMethods(ObjectProvider<RouterFunction<ServerResponse>> routers) {
		return new AllowedMethods(routers);
	}

	@Bean
	CodecCustomizer strictUtf8(JsonMapper json) {
		return (codecs) -> codecs.defaultCodecs().jacksonJsonDecoder(new StrictJsonDecoder(json));
	}

	/**
	 * A separate mapping after the features' routers: among those, the order would depend
	 * on bean names only.
	 */
	@Bean
	RouterFunctionMapping fallbackRoutes(AllowedMethods allowedMethods, ServerCodecConfigurer codecs) {
		RouterFunctionMapping mapping = new RouterFunctionMapping(new FallbackRoutes(allowedMethods));
		mapping.setMessageReaders(codecs.getReaders());
		mapping.setOrder(0);
		return mapping;
	}

	/**
	 * JSON is read strictly: no unknown or repeated fields, no numbers for strings, no
	 * strings for numbers, no content after the end, no unpaired surrogates.
	 */
	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		return (builder) -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.addModule(new SimpleModule().addDeserializer(String.class, new WellFormedStringDeserializer()))
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
