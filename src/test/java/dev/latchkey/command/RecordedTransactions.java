package dev.latchkey.command;

import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Records when transactions begin, commit and roll back, and runs nothing in a database.
 */
public final class RecordedTransactions implements TransactionalOperator {

	private static final ReactiveTransaction TRANSACTION = new ReactiveTransaction() {
	};

	private final List<String> calls;

	/**
	 * Creates an operator.
	 * @param calls gets {@code begin}, {@code commit} and {@code roll back}
	 */
	public RecordedTransactions(List<String> calls) {
		this.calls = calls;
	}

	@Override
	public <T> Flux<T> execute(TransactionCallback<T> action) {
		return Flux.defer(() -> {
			this.calls.add("begin");
			return Flux.from(action.doInTransaction(TRANSACTION));
		}).doOnComplete(() -> this.calls.add("commit")).doOnError((error) -> this.calls.add("roll back"));
	}

}
