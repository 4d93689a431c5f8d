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
 * Closes keep-alive connections while this replica shuts down: each response gets
 * {@code Connection: close}, and its connection is closed after it, even if the response
 * began before the shutdown.
 */
class ConnectionCloseHandler implements NettyServerCustomizer {

	private static final String NAME = "latchkey.connectionClose";

	private final ShutdownSignal shutdown;

	ConnectionCloseHandler(ShutdownSignal shutdown) {
		this.shutdown = shutdown;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> addHandler(channel));
	}

	private void addHandler(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new ConnectionHandler(this.shutdown));
		}
	}

	/**
	 * The handler of one connection.
	 */
	private static final class ConnectionHandler extends ChannelDuplexHandler {

		private static final ChannelFutureListener CLOSE_OUTPUT = (write) -> ((DuplexChannel) write.channel())
			.shutdownOutput()
			.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);

		private final ShutdownSignal shutdown;

		/** Whether a part of the request is still to arrive. */
		private boolean requestIncomplete;

		ConnectionHandler(ShutdownSignal shutdown) {
			this.shutdown = shutdown;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			this.requestIncomplete = (message instanceof HttpRequest || this.requestIncomplete)
					&& !(message instanceof LastHttpContent);
			super.channelRead(context, message);
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			if (!this.shutdown.isDraining() || isPreliminary(message)) {
				super.write(context, message, promise);
				return;
			}
			if (message instanceof HttpResponse response) {
				response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			}
			super.write(context, message, (message instanceof LastHttpContent) ? thenClose(promise) : promise);
		}

		/**
		 * Closes the connection after the last write. While the client is still sending,
		 * only the output is closed: closing a socket with unread input would reset the
		 * connection, and the client could lose the end of the response.
		 */
		private ChannelPromise thenClose(ChannelPromise promise) {
			boolean outputOnly = this.requestIncomplete && promise.channel() instanceof DuplexChannel;
			return promise.unvoid().addListener(outputOnly ? CLOSE_OUTPUT : ChannelFutureListener.CLOSE);
		}

		private static boolean isPreliminary(Object message) {
			return message instanceof HttpResponse response
					&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		}

	}

}
