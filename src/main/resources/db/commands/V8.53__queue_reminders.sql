-- Queues reminder mails for invitations of an account that expire soon, one for each link. An invitation gets none if
-- its validity is shorter than twice the lead time, because then its mail is recent; nor if its mail is still queued or
-- was rejected. The record of the mail that reminded of an earlier link is deleted.
-- p_lead_time: how long before the expiry a reminder is queued, in seconds
-- p_reminders, p_mails: the ids of the reminders and of their mails, one of each for an invitation of the batch
-- Returns how many it has queued; 0 if another transaction has locked the account.
create function queue_reminders(
    p_account   uuid,
    p_lead_time double precision,
    p_batch     integer,
    p_reminders uuid[],
    p_mails     uuid[])
returns integer
language plpgsql as $$
declare
    v_lead_time   constant interval := make_interval(secs => p_lead_time);
    v_account     account;
    v_ids         uuid[];
    v_versions    integer[];
    v_send_counts integer[];
    v_count       integer;
begin
    v_account := try_lock_account(p_account);
    if v_account.id is null then
        return 0;
    end if;

    select array_agg(id), array_agg(token_version), array_agg(send_count), count(*)
      into v_ids, v_versions, v_send_counts, v_count
      from (select id, token_version, send_count
              from invitation
             where account_id = p_account and status = 'PENDING' and expires_at > now()
               and reminded_version < token_version and delivery_status = 'SENT'
               and expires_at <= now() + v_lead_time and expires_at - issued_at >= v_lead_time * 2
             order by expires_at, id
             limit p_batch) due;
    if v_count = 0 then
        return 0;
    end if;

    delete from mail_attempt
     where shard_id = p_account
       and subject_id in (select reminder_id from invitation where account_id = p_account and id = any(v_ids));
    update invitation i
       set reminded_version = i.token_version, reminder_id = r.reminder_id
      from unnest(v_ids, p_reminders) as r(id, reminder_id)
     where i.account_id = p_account and i.id = r.id;
    insert into outbox (shard_id, id, topic, subject_id, version)
    select p_account, m.id, 'reminder', m.reminder_id, m.version
      from unnest(p_mails[:v_count], p_reminders[:v_count], v_versions) as m(id, reminder_id, version);
    v_account := append_events(v_account, 'invitation.reminded', 'SYSTEM', v_ids, p_send_counts => v_send_counts);
    perform save_account(v_account);
    return v_count;
end
$$;
