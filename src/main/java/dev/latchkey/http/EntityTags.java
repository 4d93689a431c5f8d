package dev.latchkey.http;

import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.Sha256;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Entity tags that detect concurrent edits (RFC 9110, sections 8.8.3 and 13.1.1): the tag
 * is the version in quotes.
 */
public final class EntityTags {

	private EntityTags() {
	}

	public static String etag(int version) {
		return "\"" + version + "\"";
	}

	/**
	 * A tag for a public response that may be cached: it changes with the content. It is
	 * weak, since the bytes depend on the content coding.
	 * @param content its {@code toString} must contain everything that the response
	 * contains
	 */
	public static String weakEtag(Object content) {
		return "W/\"" + Sha256.hex(content.toString(), 8) + "\"";
	}

	/**
	 * Sets the {@code ETag} of a response to the version of the part that can be edited.
	 * The rest of the response can change while the tag stays the same, so it is not
	 * compared with {@code If-None-Match}.
	 */
	public static void setVersion(ServerRequest request, int version) {
		request.exchange().getResponse().getHeaders().setETag(etag(version));
	}

	/**
	 * The version that the caller has read and wants to change.
	 * @throws DomainException {@link ProblemCode#IF_MATCH_REQUIRED} without the header,
	 * {@link ProblemCode#STALE} for a tag that is not a version
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
