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
 * Puts a problem in the place of what the server itself answers, without a word, to a
 * request that it can't read: a request line or a header that is too long or is none, a
 * target that is no URI. Every refusal of our own has a media type; these have none.
 */
@ChannelHandler.Sharable
class NettyErrorResponses extends ChannelOutboundHandlerAdapter implements NettyServerCustomizer {

	private static final String NAME = "latchkey.bareAnswers";

	private final ProblemRenderer problems;

	private final SecurityHeaders securityHeaders;

	NettyErrorResponses(ProblemRenderer problems, SecurityHeaders securityHeaders) {
		this.problems = problems;
		this.securityHeaders = securityHeaders;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> join(channel));
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean bare = message instanceof FullHttpResponse answer && answer.status().code() >= 400
				&& !answer.headers().contains(HttpHeaderNames.CONTENT_TYPE);
		super.write(context, bare ? inWords((FullHttpResponse) message) : message, promise);
	}

	private void join(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, this);
		}
	}

	private FullHttpResponse inWords(FullHttpResponse bare) {
		DomainException refusal = ExceptionTranslator.ofStatus(bare.status().code());
		byte[] body = this.problems.body(refusal);
		FullHttpResponse answer = bare.replace(Unpooled.wrappedBuffer(body));
		bare.release();
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(body.length);
		headers.setContentLanguage(Languages.DEFAULT);
		this.securityHeaders.write(headers);
		headers.forEach((name, values) -> answer.headers().set(name, values));
		return answer;
	}

}
