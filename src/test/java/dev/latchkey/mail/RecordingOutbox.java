package dev.latchkey.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;

/**
 * Keeps the enqueued mails for a test, and counts how often the relay was woken.
 */
public final class RecordingOutbox implements Outbox {

	private final List<Mail> mails = new ArrayList<>();

	private int wakes;

	@Override
	public Mono<Void> enqueue(UUID shard, String type, UUID subject, int version) {
		return Mono.fromRunnable(() -> this.mails.add(new Mail(shard, type, subject, version)));
	}

	@Override
	public void wakeRelay() {
		this.wakes++;
	}

	public List<Mail> mails() {
		return List.copyOf(this.mails);
	}

	public int wakes() {
		return this.wakes;
	}

	/**
	 * An enqueued mail.
	 */
	public record Mail(UUID shard, String type, UUID subject, int version) {

	}

}
