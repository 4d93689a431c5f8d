package dev.latchkey.server;

import dev.latchkey.shutdown.ShutdownSignal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Sends keep-alive clients elsewhere while this replica goes away: every answer says
 * {@code Connection: close}, and its connection ends behind it, also that of an answer
 * which had begun before.
 */
class ConnectionCloseHandler implements NettyServerCustomizer {

	private static final String NAME = "latchkey.lastAnswers";

	private final ShutdownSignal shutdown;

	ConnectionCloseHandler(ShutdownSignal shutdown) {
		this.shutdown = shutdown;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> join(channel));
	}

	private void join(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new Closing(this.shutdown));
		}
	}

	/**
	 * One connection.
	 */
	private static final class Closing extends ChannelDuplexHandler {

		private static final ChannelFutureListener CLOSE_ONE_WAY = (written) -> ((DuplexChannel) written.channel())
			.shutdownOutput()
			.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);

		private final ShutdownSignal shutdown;

		/** Whether more of the request's body is to come. */
		private boolean halfHeard;

		Closing(ShutdownSignal shutdown) {
			this.shutdown = shutdown;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			this.halfHeard = (message instanceof HttpRequest || this.halfHeard)
					&& !(message instanceof LastHttpContent);
			super.channelRead(context, message);
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			if (!this.shutdown.isDraining() || isPreliminary(message)) {
				super.write(context, message, promise);
				return;
			}
			if (message instanceof HttpResponse answer) {
				answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			}
			super.write(context, message, (message instanceof LastHttpContent) ? closingBehind(promise) : promise);
		}

		/**
		 * Whoever is still sending is left the end of the answer: closing on unread bytes
		 * would reset the connection under it.
		 */
		private ChannelPromise closingBehind(ChannelPromise promise) {
			boolean gently = this.halfHeard && promise.channel() instanceof DuplexChannel;
			return promise.unvoid().addListener(gently ? CLOSE_ONE_WAY : ChannelFutureListener.CLOSE);
		}

		private static boolean isPreliminary(Object message) {
			return message instanceof HttpResponse answer
					&& answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		}

	}

}
