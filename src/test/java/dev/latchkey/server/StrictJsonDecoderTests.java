package dev.latchkey.server;

import java.util.Map;

import dev.latchkey.shared.DomainException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The decoder releases its buffers, whether it reads or refuses a body.
 */
class StrictJsonDecoderTests {

	private final StrictJsonDecoder decoder = new StrictJsonDecoder(JsonMapper.builder().build());

	@Test
	void aValidBodyIsReleased() {
		ByteBuf body = body('{', '}');
		assertThat(decode(body)).isEqualTo(Map.of());
		assertThat(body.refCnt()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x80, 0xC0, 0xED, 0xFF })
	void aBodyThatIsNotUtf8IsReleased(int octet) {
		ByteBuf body = body('{', '"', octet, '"', ':', '1', '}');
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> decode(body));
		assertThat(body.refCnt()).isZero();
	}

	/**
	 * In UTF-16, every character of this object is a zero byte and an ASCII byte.
	 */
	@Test
	void aBodyInUtf16IsNotDetected() {
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> decode(body(0, '{', 0, '}')));
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> decode(body('{', 0, '}', 0)));
	}

	@Test
	void aBodyThatIsNotJsonIsReleased() {
		ByteBuf body = body('{');
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> decode(body));
		assertThat(body.refCnt()).isZero();
	}

	private Object decode(ByteBuf body) {
		return this.decoder.decode(new NettyDataBufferFactory(ByteBufAllocator.DEFAULT).wrap(body),
				ResolvableType.forClass(Map.class), null, null);
	}

	private static ByteBuf body(int... octets) {
		ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
		for (int octet : octets) {
			body.writeByte(octet);
		}
		return body;
	}

}
