package dev.latchkey.ownership.web;

import dev.latchkey.account.Accounts;
import dev.latchkey.http.ApiRoutes;
import dev.latchkey.ownership.OwnershipTransfers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The endpoints for ownership transfers.
 */
@Configuration(proxyBeanMethods = false)
class OwnershipRoutes {

	private static final String TRANSFER = "/api/v1/accounts/{account}/ownership-transfer";

	@Bean
	RouterFunction<ServerResponse> ownershipTransferEndpoints(OwnershipTransfers transfers, Accounts accounts) {
		OwnershipTransferHandler handler = new OwnershipTransferHandler(transfers, accounts);
		return ApiRoutes.json()
			.routes((routes) -> routes.PUT(TRANSFER, handler::offer)
				.DELETE(TRANSFER, handler::endOffer)
				.POST(TRANSFER + "/accept", handler::accept));
	}

}
