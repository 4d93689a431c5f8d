-- Marks an overdue invitation of a locked account as expired.
create function expire_invitation(p_account account, p_id uuid)
returns account
language plpgsql as $$
begin
    update invitation set status = 'EXPIRED', ended_at = expires_at where account_id = p_account.id and id = p_id;
    p_account.pending_count := p_account.pending_count - 1;
    p_account.expired_count := p_account.expired_count + 1;
    return append_event(p_account, 'invitation.expired', 'SYSTEM', p_invitation_id => p_id);
end
$$;

-- Marks overdue invitations of a locked account as expired, first those that expired first.
create function expire_overdue_invitations(p_account account, p_max integer default null)
returns account
language plpgsql as $$
declare
    v_due constant uuid[] := array(select id
                                     from invitation
                                    where account_id = p_account.id and status = 'PENDING' and expires_at <= now()
                                    order by expires_at
                                    limit p_max);
    v_ids uuid[];
begin
    with expired as (
        update invitation
           set status = 'EXPIRED', ended_at = expires_at
         where account_id = p_account.id and id = any(v_due) and status = 'PENDING' and expires_at <= now()
        returning id, expires_at)
    select coalesce(array_agg(id order by expires_at, id), '{}') into v_ids from expired;
    p_account.pending_count := p_account.pending_count - cardinality(v_ids);
    p_account.expired_count := p_account.expired_count + cardinality(v_ids);
    return append_events(p_account, 'invitation.expired', 'SYSTEM', v_ids);
end
$$;

-- Marks the overdue invitations of a locked account as expired if its counter of pending invitations, which contains
-- them, has reached the limit.
create function expire_overdue_if_full(p_account account, p_max_pending integer)
returns account
language plpgsql as $$
begin
    if p_account.pending_count >= coalesce(p_account.max_pending, p_max_pending) then
        return expire_overdue_invitations(p_account);
    end if;
    return p_account;
end
$$;
