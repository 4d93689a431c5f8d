-- Ends an open offer of ownership. The owner withdraws it, or the other party declines it.
create function end_ownership_offer(p_account uuid, p_caller uuid)
returns ownership_result
language plpgsql as $$
declare
    v_account   account;
    v_new_owner uuid;
    v_event     text := 'ownership.declined';
begin
    v_account := lock_offered_account(p_account, p_caller);
    if v_account.id is null then
        return row('not-found', false)::ownership_result;
    end if;

    if v_account.owner_id = p_caller then
        v_event := 'ownership.withdrawn';
    end if;
    v_new_owner := v_account.transfer_to;
    v_account.transfer_to := null;
    v_account.transfer_expires_at := null;
    v_account := append_event(v_account, v_event, 'USER', p_caller, p_user_id => v_new_owner);
    perform save_account(v_account);
    return row(null, true)::ownership_result;
end
$$;
