package dev.latchkey.observability;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trace starts at a request or a mail, if its sampler wants it.
 */
class EntryPointSamplerTests {

	@ParameterizedTest
	@CsvSource({ "SERVER, RECORD_AND_SAMPLE", "CONSUMER, RECORD_AND_SAMPLE", "CLIENT, DROP", "INTERNAL, DROP",
			"PRODUCER, DROP" })
	void onlyRequestsAndMailsStartATrace(SpanKind kind, SamplingDecision decision) {
		assertThat(decision(Sampler.alwaysOn(), kind)).isEqualTo(decision);
	}

	@Test
	void theSamplerDecidesWhichOfThem() {
		assertThat(decision(Sampler.alwaysOff(), SpanKind.SERVER)).isEqualTo(SamplingDecision.DROP);
	}

	private static SamplingDecision decision(Sampler sampler, SpanKind kind) {
		return new EntryPointSampler(sampler)
			.shouldSample(Context.root(), "0af7651916cd43dd8448eb211c80319c", "name", kind, Attributes.empty(),
					List.of())
			.getDecision();
	}

}
