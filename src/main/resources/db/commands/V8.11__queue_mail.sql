-- Queues a mail, which is sent after the commit.
create function queue_mail(
    p_shard       uuid,
    p_id          uuid,
    p_topic       text,
    p_subject     uuid,
    p_version     integer,
    p_traceparent text default null)
returns void
language plpgsql as $$
begin
    insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
    values (p_shard, p_id, p_topic, p_subject, p_version, p_traceparent);
end
$$;
