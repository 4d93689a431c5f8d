-- No event older than this is kept in the account's log, but perhaps the newest; the past of all pasts means that
-- nobody has looked yet.
alter table account add column log_since timestamptz not null default '-infinity';
create index account_log_since on account (log_since);

create index invitation_ended on invitation (ended_at) where ended_at is not null;

-- Written in the order of time and read by it alone; costs next to nothing where commands insert.
create index idempotency_receipt_created on idempotency_receipt using brin (created_at);
