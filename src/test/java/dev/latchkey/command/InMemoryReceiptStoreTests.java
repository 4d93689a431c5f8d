package dev.latchkey.command;

/**
 * The fake store keeps the contract.
 */
class InMemoryReceiptStoreTests implements ReceiptStoreContract {

	private final InMemoryReceiptStore store = new InMemoryReceiptStore();

	@Override
	public ReceiptStore store() {
		return this.store;
	}

}
