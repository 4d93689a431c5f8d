package dev.latchkey.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The media types that one resource can be answered in, and which of them a request
 * prefers (RFC 9110, section 12.5.1): by quality, then by how exactly it is named, then
 * by the order here.
 */
public final class MediaTypes {

	/** The media type of comma-separated values (RFC 4180). */
	public static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private final List<MediaType> offered;

	private MediaTypes(List<MediaType> offered) {
		this.offered = offered;
	}

	/**
	 * What a resource offers, the default first.
	 */
	public static MediaTypes of(MediaType... offered) {
		return new MediaTypes(List.of(offered));
	}

	/**
	 * Holds for requests that prefer this one to all others.
	 */
	public RequestPredicate preferring(MediaType type) {
		return new Preferred(this, type);
	}

	/**
	 * Holds for requests whose body is of this type.
	 */
	public static RequestPredicate hasContentType(MediaType type) {
		return new ContentType(type);
	}

	/**
	 * Whether a header accepts any of these.
	 */
	boolean areAccepted(List<MediaType> accepted) {
		return accepted.isEmpty() || this.offered.stream().anyMatch((type) -> match(type, accepted).isPresent());
	}

	private boolean isPreferred(MediaType type, List<MediaType> accepted) {
		Optional<Match> best = this.offered.stream()
			.flatMap((one) -> match(one, accepted).stream())
			.max(Comparator.comparingDouble(Match::quality).thenComparingInt(Match::exactness));
		return best.isPresent() && best.get().type().equals(type);
	}

	/**
	 * How an offered type is asked for: what names it most exactly decides.
	 */
	private static Optional<Match> match(MediaType offered, List<MediaType> accepted) {
		return accepted.stream()
			.filter((range) -> range.includes(offered))
			.map((range) -> new Match(offered, range.getQualityValue(), exactness(range)))
			.max(Comparator.comparingInt(Match::exactness))
			.filter((match) -> match.quality() > 0);
	}

	private static int exactness(MediaType range) {
		if (range.isWildcardType()) {
			return 0;
		}
		return range.isWildcardSubtype() ? 1 : 2;
	}

	private record Match(MediaType type, double quality, int exactness) {
	}

	private record Preferred(MediaTypes all, MediaType type) implements RequestPredicate {

		@Override
		public boolean test(ServerRequest request) {
			return this.all.isPreferred(this.type, request.headers().accept());
		}

		@Override
		public String toString() {
			return "Accept: " + this.type;
		}

	}

	private record ContentType(MediaType type) implements RequestPredicate {

		@Override
		public boolean test(ServerRequest request) {
			return request.headers().contentType().filter(this.type::equalsTypeAndSubtype).isPresent();
		}

		@Override
		public String toString() {
			return "Content-Type: " + this.type;
		}

	}

}
