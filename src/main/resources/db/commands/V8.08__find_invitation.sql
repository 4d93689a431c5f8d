-- Finds an invitation. An overdue invitation is returned as expired, whether it is marked or not.
create function find_invitation(p_account uuid, p_id uuid)
returns invitation
language plpgsql as $$
declare
    v_invitation invitation;
begin
    select * into v_invitation from invitation where account_id = p_account and id = p_id;
    if v_invitation.status = 'PENDING' and v_invitation.expires_at <= now() then
        v_invitation.status := 'EXPIRED';
        v_invitation.ended_at := v_invitation.expires_at;
    end if;
    return v_invitation;
end
$$;

-- Finds the pending invitation of an address, which can be overdue. An account has at most one.
create function find_pending(p_account uuid, p_canonical_email text)
returns invitation
language plpgsql as $$
declare
    v_invitation invitation;
begin
    select * into v_invitation
      from invitation
     where account_id = p_account and canonical_email = p_canonical_email and status = 'PENDING';
    return v_invitation;
end
$$;

-- Whether an address belongs to a member.
create function is_member(p_account uuid, p_canonical_email text)
returns boolean
language plpgsql as $$
begin
    return exists (select 1 from membership where account_id = p_account and canonical_email = p_canonical_email);
end
$$;
