-- Attempts for one e-mail address, such as sign-ins, by a hash of the limit and of who makes them. The attempts decrease
-- as time passes; the column has the value that they had at counted_at.
create table address_attempt (
    address_hash text not null,
    counter      text not null,
    attempts     double precision not null,
    counted_at   timestamptz not null,
    primary key (address_hash, counter)
);
create index address_attempt_counted on address_attempt (counted_at);

-- Sources, which are client addresses, from which the owner of an e-mail address has signed in.
create table known_source (
    address_hash    text not null,
    source_hash     text not null,
    last_success_at timestamptz not null,
    primary key (address_hash, source_hash)
);
create index known_source_last_success on known_source (last_success_at);
