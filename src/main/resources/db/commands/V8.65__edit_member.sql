-- Replaces the permissions of a member.
create function edit_member(
    p_account     uuid,
    p_caller      uuid,
    p_user        uuid,
    p_permissions text[],
    p_version     integer)
returns member_result
language plpgsql as $$
declare
    v_account    account;
    v_membership membership;
    v_refusal    text;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return row(refusal_of_other_user(p_account, p_caller), null::member_view)::member_result;
    end if;

    v_membership := find_membership(p_account, p_user);
    v_refusal := refusal_of_subject(v_membership);
    if v_refusal is null and v_membership.version <> p_version then
        v_refusal := 'stale';
    end if;
    if v_refusal is not null then
        return row(v_refusal, null::member_view)::member_result;
    end if;

    update membership
       set permissions = p_permissions, version = version + 1
     where account_id = p_account and user_id = p_user;
    v_account := append_event(v_account, 'member.permissions-changed', 'USER', p_caller, p_user_id => p_user,
                              p_permissions => p_permissions, p_previous => v_membership.permissions);
    perform save_account(v_account);
    return row(null, view_member(p_account, p_user))::member_result;
end
$$;
