package dev.latchkey.observability;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Starts traces for requests and mails only: periodic jobs would produce thousands of
 * traces with one statement each.
 */
class EntryPointSampler implements Sampler {

	private final Sampler sampler;

	EntryPointSampler(Sampler sampler) {
		this.sampler = sampler;
	}

	@Override
	public SamplingResult shouldSample(Context parent, String traceId, String name, SpanKind kind,
			Attributes attributes, List<LinkData> links) {
		return (kind == SpanKind.SERVER || kind == SpanKind.CONSUMER)
				? this.sampler.shouldSample(parent, traceId, name, kind, attributes, links) : SamplingResult.drop();
	}

	@Override
	public String getDescription() {
		return "requests and mails: " + this.sampler.getDescription();
	}

}
