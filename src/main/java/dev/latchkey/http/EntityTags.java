package dev.latchkey.http;

import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.Sha256;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Entity tags for what two people could edit at once (RFC 9110, sections 8.8.3 and
 * 13.1.1): the tag is the version in quotes.
 */
public final class EntityTags {

	private EntityTags() {
	}

	public static String etag(int version) {
		return "\"" + version + "\"";
	}

	/**
	 * A tag for what is the same for everybody and may be stored: it changes with the
	 * content. It is weak, since the bytes differ by their coding.
	 * @param content says all that the answer says, by its {@code toString}
	 */
	public static String weakEtag(Object content) {
		return "W/\"" + Sha256.hex(content.toString(), 8) + "\"";
	}

	/**
	 * Tells the version of a part of the answer, for an edit of that part. The rest can
	 * change without it, so whoever has an answer with this tag may have an old one:
	 * {@code If-None-Match} is not compared with it.
	 */
	public static void setVersion(ServerRequest request, int version) {
		request.exchange().getResponse().getHeaders().setETag(etag(version));
	}

	/**
	 * The version that the caller has read and means to change.
	 * @throws DomainException {@link ProblemCode#IF_MATCH_REQUIRED} without the header,
	 * {@link ProblemCode#STALE} for a tag that no version ever had
	 */
	public static int ifMatch(ServerRequest request) {
		List<String> tags = request.headers().header(HttpHeaders.IF_MATCH);
		if (tags.isEmpty()) {
			throw DomainException.of(ProblemCode.IF_MATCH_REQUIRED);
		}
		String tag = tags.get(0);
		if (tags.size() > 1 || !tag.matches("\"[0-9]{1,9}\"")) {
			throw DomainException.of(ProblemCode.STALE);
		}
		return Integer.parseInt(tag.substring(1, tag.length() - 1));
	}

}
