-- What belongs to an account leads every key with account_id: it keeps accounts apart and is the shard key.
-- No foreign key leaves an account's own rows.

create table users (
    id              uuid primary key,
    email           text not null,
    canonical_email text not null unique,
    name            text not null,
    password_hash   text not null,
    external_id     text unique,
    locale          text not null,
    created_at      timestamptz not null default now()
);

create table account (
    id                    uuid primary key,
    owner_id              uuid not null,
    name                  text not null,
    locale                text not null,
    created_at            timestamptz not null default now(),
    -- the number of the account's newest event; the numbers have no gap
    feed_seq              bigint not null default 0,
    -- changes whenever a membership begins or ends
    members_version       bigint not null default 0,
    member_count          integer not null default 0,
    -- the number of the account's newest invitation, which orders its lists
    invitation_seq        bigint not null default 0,
    pending_count         integer not null default 0 check (pending_count >= 0),
    accepted_count        integer not null default 0 check (accepted_count >= 0),
    declined_count        integer not null default 0 check (declined_count >= 0),
    revoked_count         integer not null default 0 check (revoked_count >= 0),
    expired_count         integer not null default 0 check (expired_count >= 0),
    -- creations since creation_window began, for the daily limit
    creation_window       timestamptz not null default now(),
    creation_count        integer not null default 0,
    -- an operator's own limits for this account; null means the service's
    max_pending           integer check (max_pending >= 0),
    max_creations_per_day integer check (max_creations_per_day >= 0)
);

create table account_external_id (
    external_id text primary key,
    account_id  uuid not null unique
);

-- A user as an account knows them. The row outlives the membership, so that the log stays readable, and is
-- blanked when the person is erased.
create table account_person (
    account_id uuid not null references account (id),
    user_id    uuid not null,
    email      text not null,
    name       text not null,
    primary key (account_id, user_id)
);

create table membership (
    account_id      uuid not null references account (id),
    user_id         uuid not null,
    canonical_email text not null,
    owner           boolean not null,
    permissions     text[] not null,
    version         integer not null default 1,
    number          bigint not null,
    joined_at       timestamptz not null default now(),
    primary key (account_id, user_id),
    foreign key (account_id, user_id) references account_person (account_id, user_id),
    unique (account_id, canonical_email)
);
create unique index membership_one_owner on membership (account_id) where owner;
create index membership_of_user on membership (user_id);
create index membership_page on membership (account_id, number);

create table invitation (
    account_id      uuid not null references account (id),
    id              uuid not null,
    number          bigint not null,
    inviter_id      uuid not null,
    email           text not null,
    canonical_email text not null,
    mailbox         text not null,
    permissions     text[] not null check (cardinality(permissions) > 0),
    locale          text not null,
    status          text not null check (status in ('PENDING', 'ACCEPTED', 'DECLINED', 'REVOKED', 'EXPIRED')),
    delivery_status text not null check (delivery_status in ('QUEUED', 'SENT', 'FAILED')),
    -- the version of the link: only the newest opens anything
    token_version   integer not null default 1,
    -- the version of the permissions: what an edit must have read
    version         integer not null default 1,
    send_count      integer not null default 1,
    created_at      timestamptz not null default now(),
    issued_at       timestamptz not null default now(),
    expires_at      timestamptz not null,
    ended_at        timestamptz,
    accepted_by     uuid,
    decline_reason  text,
    primary key (account_id, id),
    unique (account_id, number),
    check (expires_at > issued_at),
    check ((status = 'PENDING') = (ended_at is null)),
    check ((status = 'ACCEPTED') = (accepted_by is not null)),
    check (status <> 'ACCEPTED' or ended_at < expires_at)
);
create unique index invitation_one_pending on invitation (account_id, canonical_email) where status = 'PENDING';
create index invitation_by_status on invitation (account_id, status, number);
create index invitation_overdue on invitation (account_id, expires_at) where status = 'PENDING';
create index invitation_due on invitation (expires_at) where status = 'PENDING';
create index invitation_for_address on invitation (canonical_email) where status = 'PENDING';

-- How often one invitee's mailbox was written to on behalf of one account since the window began.
create table invitee_quota (
    account_id   uuid not null references account (id),
    mailbox      text not null,
    window_start timestamptz not null,
    resends      integer not null,
    primary key (account_id, mailbox)
);

-- The append-only log. It holds ids and permission keys only: names and addresses are joined on reading.
create table account_event (
    account_id    uuid not null references account (id),
    seq           bigint not null,
    type          text not null,
    at            timestamptz not null default now(),
    actor_kind    text not null check (actor_kind in ('USER', 'INVITEE', 'SERVICE', 'SYSTEM')),
    actor_id      uuid,
    invitation_id uuid,
    user_id       uuid,
    permissions   text[],
    previous      text[],
    send_count    integer,
    primary key (account_id, seq),
    check ((actor_kind in ('USER', 'SERVICE')) = (actor_id is not null))
);
create index account_event_of_invitation on account_event (account_id, invitation_id, seq);

-- shard_id is the account's id, or the user's for what belongs to no account.
create table outbox (
    shard_id     uuid not null,
    id           uuid not null,
    topic        text not null,
    subject_id   uuid not null,
    version      integer not null,
    -- when it may be tried next; while a relay holds the lease, when that runs out
    due_at       timestamptz not null default now(),
    attempts     integer not null default 0,
    deferred     boolean not null default false,
    lease        uuid,
    created_at   timestamptz not null default now(),
    primary key (shard_id, id)
);
create index outbox_due on outbox (due_at);
create index outbox_of_subject on outbox (shard_id, subject_id);

create table mail_attempt (
    shard_id   uuid not null,
    subject_id uuid not null,
    version    integer not null,
    attempt    integer not null,
    at         timestamptz not null default now(),
    outcome    text not null check (outcome in ('SENT', 'RETRY', 'FAILED')),
    smtp_code  integer,
    answer     text not null,
    primary key (shard_id, subject_id, version, attempt)
);

-- How many mails one mailbox was sent across all accounts since the window began.
create table mailbox_quota (
    mailbox      text primary key,
    window_start timestamptz not null,
    mails        integer not null
);

create table idempotency_receipt (
    shard_id    uuid not null,
    caller_id   uuid not null,
    key         text not null,
    fingerprint text not null,
    subject_id  uuid not null,
    created_at  timestamptz not null default now(),
    primary key (shard_id, caller_id, key)
);

create table session (
    token_hash bytea primary key,
    id         uuid not null,
    user_id    uuid not null,
    created_at timestamptz not null default now(),
    idle_until timestamptz not null,
    expires_at timestamptz not null
);
create index session_of_user on session (user_id);
create index session_over on session (expires_at);

-- Ends of sessions, for the replicas that remember one for a second.
create table session_end (
    session_id uuid primary key,
    at         timestamptz not null default now()
);
create index session_end_at on session_end (at);

create table sign_up (
    id              uuid primary key,
    email           text not null,
    canonical_email text not null,
    locale          text not null,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null,
    used_at         timestamptz
);
create index sign_up_over on sign_up (expires_at);

create table password_reset (
    user_id    uuid not null,
    id         uuid not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (user_id, id)
);
create index password_reset_over on password_reset (expires_at);

-- Counts of what may be tried only so often, by a hash of who tries what.
create table throttle (
    bucket       text primary key,
    window_start timestamptz not null,
    hits         integer not null
);
create index throttle_start on throttle (window_start);
