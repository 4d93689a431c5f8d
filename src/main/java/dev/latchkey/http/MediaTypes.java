package dev.latchkey.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The media types that a resource offers, and which of them a request prefers (RFC 9110,
 * section 12.5.1): by quality, then by how specific the range in {@code Accept} is, then
 * by the order of the offer.
 */
public final class MediaTypes {

	/** The media type of comma-separated values (RFC 4180). */
	public static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*(\"[^\"]*\"|[^;]*)");

	private final List<MediaType> offered;

	private MediaTypes(List<MediaType> offered) {
		this.offered = offered;
	}

	/**
	 * The types that a resource offers, the default first.
	 */
	public static MediaTypes of(MediaType... offered) {
		return new MediaTypes(List.of(offered));
	}

	/**
	 * Matches requests that prefer this type to all others.
	 */
	public RequestPredicate preferring(MediaType type) {
		return new Preferred(this, type);
	}

	/**
	 * Matches requests whose body has this type.
	 */
	public static RequestPredicate hasContentType(MediaType type) {
		return new ContentType(type);
	}

	/**
	 * The media type of a request's body.
	 * @throws DomainException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} if the charset
	 * is unknown, {@link ProblemCode#MALFORMED_REQUEST} if the header is not a media type
	 */
	static Optional<MediaType> contentType(ServerRequest request) {
		try {
			return request.headers().contentType();
		}
		catch (InvalidMediaTypeException ex) {
			throw isValid(CHARSET.matcher(ex.getMediaType()).replaceAll(""))
					? DomainException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE)
					: DomainException.malformed(DetailMessage.MEDIA_TYPE_UNREADABLE);
		}
	}

	private static boolean isValid(String mediaType) {
		try {
			MediaType.parseMediaType(mediaType);
			return true;
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/**
	 * Whether an {@code Accept} header accepts any of these types.
	 */
	boolean areAccepted(List<MediaType> accepted) {
		return accepted.isEmpty() || this.offered.stream().anyMatch((type) -> match(type, accepted).isPresent());
	}

	private boolean isPreferred(MediaType type, List<MediaType> accepted) {
		Optional<Match> best = this.offered.stream()
			.flatMap((one) -> match(one, accepted).stream())
			.max(Comparator.comparingDouble(Match::quality).thenComparingInt(Match::specificity));
		return best.isPresent() && best.get().type().equals(type);
	}

	/**
	 * How a request accepts an offered type: the most specific range decides.
	 */
	private static Optional<Match> match(MediaType offered, List<MediaType> accepted) {
		return accepted.stream()
			.filter((range) -> range.includes(offered))
			.map((range) -> new Match(offered, range.getQualityValue(), specificity(range)))
			.max(Comparator.comparingInt(Match::specificity))
			.filter((match) -> match.quality() > 0);
	}

	private static int specificity(MediaType range) {
		if (range.isWildcardType()) {
			return 0;
		}
		return range.isWildcardSubtype() ? 1 : 2;
	}

	private record Match(MediaType type, double quality, int specificity) {
	}

	private record Preferred(MediaTypes offer, MediaType type) implements RequestPredicate {

		@Override
		public boolean test(ServerRequest request) {
			return this.offer.isPreferred(this.type, request.headers().accept());
		}

		@Override
		public String toString() {
			return "Accept: " + this.type;
		}

	}

	private record ContentType(MediaType type) implements RequestPredicate {

		@Override
		public boolean test(ServerRequest request) {
			return MediaTypes.contentType(request).filter(this.type::equalsTypeAndSubtype).isPresent();
		}

		@Override
		public String toString() {
			return "Content-Type: " + this.type;
		}

	}

}
