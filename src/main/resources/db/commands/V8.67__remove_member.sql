-- Removes a member on behalf of the owner. The login of the member and other memberships stay.
create function remove_member(p_account uuid, p_caller uuid, p_user uuid)
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
    if v_refusal is null then
        perform end_membership(v_account, v_membership, 'member.removed', p_caller);
    end if;
    return row(v_refusal, null::member_view)::member_result;
end
$$;
