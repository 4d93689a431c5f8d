-- Inserts invitations that admit_invitation has admitted to a locked account, with their events and mails. One
-- statement for all rows of a table is faster than a statement for each row.
create function insert_invitations(
    p_account     account,
    p_drafts      invitation_draft[],
    p_limits      invitation_limits,
    p_traceparent text)
returns account
language plpgsql as $$
declare
    v_ids         constant uuid[] := array(select d.id from unnest(p_drafts) as d);
    v_permissions constant text[] := array(select array_to_string(d.permissions, ' ') from unnest(p_drafts) as d);
begin
    insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox, permissions, locale,
                            status, delivery_status, valid_days, expires_at)
    select p_account.id, d.id, p_account.invitation_seq + d.position, p_account.owner_id, d.email, d.canonical_email,
           d.mailbox, d.permissions, coalesce(d.locale, p_account.locale), 'PENDING', 'QUEUED', d.valid_days,
           expiry(d.valid_days, p_account.valid_days, p_limits)
      from unnest(p_drafts) with ordinality
           as d (id, mail_id, email, canonical_email, mailbox, permissions, locale, valid_days, position);
    insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
    select p_account.id, d.mail_id, 'invitation', d.id, 1, p_traceparent
      from unnest(p_drafts) as d;
    p_account.invitation_seq := p_account.invitation_seq + cardinality(p_drafts);
    return append_events(p_account, 'invitation.created', 'USER', v_ids, p_account.owner_id, v_permissions);
end
$$;
