package dev.latchkey.server;

import dev.latchkey.language.Languages;
import dev.latchkey.problem.ExceptionTranslator;
import dev.latchkey.problem.ProblemRenderer;
import dev.latchkey.shared.DomainException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Adds a problem document to the empty error responses that the HTTP server sends by
 * itself to requests that it cannot parse: a request line or header that is too long or
 * malformed, a target that is not a URI. They are recognized by their missing media type:
 * all error responses of this service have one.
 */
@ChannelHandler.Sharable
class NettyErrorResponses extends ChannelOutboundHandlerAdapter implements NettyServerCustomizer {

	private static final String NAME = "latchkey.errorResponses";

	private final ProblemRenderer problems;

	private final SecurityHeaders securityHeaders;

	NettyErrorResponses(ProblemRenderer problems, SecurityHeaders securityHeaders) {
		this.problems = problems;
		this.securityHeaders = securityHeaders;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> addHandler(channel));
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean isEmptyError = message instanceof FullHttpResponse response && response.status().code() >= 400
				&& !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
		super.write(context, isEmptyError ? withProblemBody((FullHttpResponse) message) : message, promise);
	}

	private void addHandler(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, this);
		}
	}

	private FullHttpResponse withProblemBody(FullHttpResponse original) {
		DomainException refusal = ExceptionTranslator.ofStatus(original.status().code());
		byte[] body = this.problems.body(refusal);
		FullHttpResponse response = original.replace(Unpooled.wrappedBuffer(body));
		original.release();
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(body.length);
		headers.setContentLanguage(Languages.DEFAULT);
		this.securityHeaders.write(headers);
		headers.forEach((name, values) -> response.headers().set(name, values));
		return response;
	}

}
