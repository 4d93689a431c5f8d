-- Sets how long invitations of an account are valid if they do not specify it themselves; null for the default of the
-- service.
create function set_account_validity(p_account uuid, p_caller uuid, p_valid_days integer)
returns account_result
language plpgsql as $$
declare
    v_account account;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return row(refusal_of_other_user(p_account, p_caller), false, null::account_view)::account_result;
    end if;

    v_account.valid_days := p_valid_days;
    v_account := append_event(v_account, 'account.validity-changed', 'USER', p_caller);
    perform save_account(v_account);
    return row(null, false, view_account(p_account, p_caller))::account_result;
end
$$;
