-- The trace of the request that ordered a mail (W3C traceparent), so that the attempts to send it belong to it.
alter table outbox add column traceparent text check (length(traceparent) <= 55);

-- The oldest mail that could have gone out: what is deferred waits because its mailbox has had enough.
create index outbox_waiting on outbox (created_at) where not deferred;
