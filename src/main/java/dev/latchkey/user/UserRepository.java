package dev.latchkey.user;

import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.data.repository.Repository;

/**
 * Reads users.
 */
interface UserRepository extends Repository<User, UUID> {

	Mono<User> findById(UUID id);

	Mono<User> findByCanonicalEmail(String canonicalEmail);

}
