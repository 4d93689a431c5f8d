-- Appends an event to the log of a locked account. Events get their numbers in this file only. The caller writes the
-- returned account with save_account.
create function append_event(
    p_account       account,
    p_type          text,
    p_actor_kind    text,
    p_actor_id      uuid default null,
    p_invitation_id uuid default null,
    p_user_id       uuid default null,
    p_permissions   text[] default null,
    p_previous      text[] default null,
    p_send_count    integer default null)
returns account
language plpgsql as $$
begin
    p_account.feed_seq := p_account.feed_seq + 1;
    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, user_id, permissions,
                               previous, send_count)
    values (p_account.id, p_account.feed_seq, p_type, p_actor_kind, p_actor_id, p_invitation_id, p_user_id,
            p_permissions, p_previous, p_send_count);
    return p_account;
end
$$;

-- Appends one event for each of several invitations to the log of a locked account, in the order of the arrays. Each
-- element of p_permissions is a set of permissions, separated by spaces.
create function append_events(
    p_account        account,
    p_type           text,
    p_actor_kind     text,
    p_invitation_ids uuid[],
    p_actor_id       uuid default null,
    p_permissions    text[] default null,
    p_send_counts    integer[] default null)
returns account
language plpgsql as $$
begin
    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, permissions, send_count)
    select p_account.id, p_account.feed_seq + e.place, p_type, p_actor_kind, p_actor_id, e.invitation_id,
           string_to_array(e.permissions, ' '), e.send_count
      from unnest(p_invitation_ids, p_permissions, p_send_counts) with ordinality
           as e (invitation_id, permissions, send_count, place);
    p_account.feed_seq := p_account.feed_seq + cardinality(p_invitation_ids);
    return p_account;
end
$$;
