package dev.latchkey.testing;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Runs statements without a transaction, for services over in-memory stores. Nothing is
 * rolled back.
 */
public final class ImmediateTransactions implements TransactionalOperator {

	@Override
	public <T> Flux<T> execute(TransactionCallback<T> action) {
		return Flux.defer(() -> {
			Publisher<T> result = action.doInTransaction(new ReactiveTransaction() {
			});
			return result;
		});
	}

}
