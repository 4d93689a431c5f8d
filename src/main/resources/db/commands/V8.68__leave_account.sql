-- Ends the membership of the caller.
create function leave_account(p_account uuid, p_caller uuid)
returns member_result
language plpgsql as $$
declare
    v_account    account;
    v_membership membership;
    v_refusal    text;
begin
    select * into v_account
      from account
     where id = p_account
       and exists (select 1 from membership where account_id = p_account and user_id = p_caller)
       for no key update;
    if v_account.id is null then
        return row('not-found', null::member_view)::member_result;
    end if;

    v_membership := find_membership(p_account, p_caller);
    v_refusal := refusal_of_subject(v_membership);
    if v_refusal is null then
        perform end_membership(v_account, v_membership, 'member.left', p_caller);
    end if;
    return row(v_refusal, null::member_view)::member_result;
end
$$;
