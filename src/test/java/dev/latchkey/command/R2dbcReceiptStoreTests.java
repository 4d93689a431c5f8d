package dev.latchkey.command;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The table of receipts keeps the contract.
 */
@DatabaseTest
class R2dbcReceiptStoreTests implements ReceiptStoreContract {

	static Service service;

	@BeforeAll
	static void start() {
		service = StoreFixture.shared().service();
	}

	@Override
	public ReceiptStore store() {
		return new R2dbcReceiptStore(service.bean(DatabaseClient.class));
	}

}
