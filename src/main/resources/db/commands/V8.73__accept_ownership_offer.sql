-- Makes the member to whom an account is offered its owner, and queues the mail to the previous owner, who stays a
-- member with all permissions. A user who is the owner already changes nothing.
create function accept_ownership_offer(
    p_account     uuid,
    p_caller      uuid,
    p_permissions text[],
    p_mail        uuid,
    p_traceparent text)
returns ownership_result
language plpgsql as $$
declare
    v_account  account;
    v_previous uuid;
begin
    v_account := lock_offered_account(p_account, p_caller);
    if v_account.id is null and exists (select 1 from account where id = p_account and owner_id = p_caller) then
        return row(null, false)::ownership_result;
    end if;
    if v_account.id is null or v_account.owner_id = p_caller then
        return row('not-found', false)::ownership_result;
    end if;

    v_previous := v_account.owner_id;
    -- first the previous owner, because an account cannot have two owners
    update membership
       set owner = false, permissions = p_permissions, version = version + 1
     where account_id = p_account and user_id = v_previous;
    update membership
       set owner = true, permissions = p_permissions, version = version + 1
     where account_id = p_account and user_id = p_caller;
    -- an invitation is valid only while its inviter is the owner
    update invitation set inviter_id = p_caller where account_id = p_account and status = 'PENDING';

    v_account.owner_id := p_caller;
    v_account.members_version := v_account.members_version + 1;
    v_account.transfer_to := null;
    v_account.transfer_expires_at := null;
    v_account := append_event(v_account, 'ownership.transferred', 'USER', p_caller, p_user_id => v_previous);
    perform save_account(v_account);
    perform queue_mail(p_account, p_mail, 'ownership-news', v_previous, v_account.transfer_version, p_traceparent);
    return row(null, true)::ownership_result;
end
$$;
