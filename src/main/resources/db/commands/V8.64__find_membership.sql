-- Finds the membership of a user. Returns null if the user is not a member.
create function find_membership(p_account uuid, p_user uuid)
returns membership
language plpgsql as $$
declare
    v_membership membership;
begin
    select * into v_membership from membership where account_id = p_account and user_id = p_user;
    return v_membership;
end
$$;

-- Why a command cannot have a user as its subject that must be a member other than the owner. Returns null if it can.
create function refusal_of_subject(p_membership membership)
returns text
language plpgsql as $$
begin
    if p_membership.user_id is null then
        return 'not-found';
    end if;
    if p_membership.owner then
        return 'owner-immutable';
    end if;
    return null;
end
$$;
