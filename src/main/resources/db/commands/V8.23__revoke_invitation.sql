-- Revokes a pending or expired invitation. Its link stops working.
create function revoke_invitation(
    p_account     uuid,
    p_caller      uuid,
    p_id          uuid,
    p_key         text,
    p_fingerprint text)
returns invitation_result
language plpgsql as $$
declare
    v_account    account;
    v_receipt    idempotency_receipt;
    v_invitation invitation;
    v_expired    bigint := 0;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return invitation_refused(refusal_of_other_user(p_account, p_caller));
    end if;
    v_receipt := find_receipt(p_account, p_caller, p_key);
    if v_receipt.key is not null then
        return invitation_replayed(v_receipt, p_fingerprint);
    end if;

    select * into v_invitation from invitation where account_id = p_account and id = p_id;
    if not found then
        return invitation_refused('not-found');
    end if;
    if v_invitation.status not in ('PENDING', 'EXPIRED') then
        return invitation_refused('wrong-status', v_invitation);
    end if;

    if v_invitation.status = 'PENDING' and v_invitation.expires_at <= now() then
        v_account := expire_invitation(v_account, p_id);
        v_invitation.status := 'EXPIRED';
        v_expired := 1;
    end if;
    if v_invitation.status = 'PENDING' then
        v_account.pending_count := v_account.pending_count - 1;
    else
        v_account.expired_count := v_account.expired_count - 1;
    end if;
    v_account.revoked_count := v_account.revoked_count + 1;
    update invitation
       set status = 'REVOKED', ended_at = now()
     where account_id = p_account and id = p_id
    returning * into v_invitation;
    v_account := append_event(v_account, 'invitation.revoked', 'USER', p_caller, p_id);
    perform save_account(v_account);
    perform add_receipt(p_account, p_caller, p_key, p_fingerprint, p_id);
    return invitation_changed(v_invitation, v_expired);
end
$$;
