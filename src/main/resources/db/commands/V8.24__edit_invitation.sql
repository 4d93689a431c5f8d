-- Replaces the permissions of a pending invitation. Its link stays valid.
create function edit_invitation(
    p_account     uuid,
    p_caller      uuid,
    p_id          uuid,
    p_permissions text[],
    p_version     integer)
returns invitation_result
language plpgsql as $$
declare
    v_account    account;
    v_invitation invitation;
    v_previous   text[];
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return invitation_refused(refusal_of_other_user(p_account, p_caller));
    end if;

    v_invitation := find_invitation(p_account, p_id);
    if v_invitation.id is null then
        return invitation_refused('not-found');
    end if;
    if v_invitation.status <> 'PENDING' then
        return invitation_refused('wrong-status', v_invitation);
    end if;
    if v_invitation.version <> p_version then
        return invitation_refused('stale', v_invitation);
    end if;

    v_previous := v_invitation.permissions;
    update invitation
       set permissions = p_permissions, version = version + 1
     where account_id = p_account and id = p_id
    returning * into v_invitation;
    v_account := append_event(v_account, 'invitation.permissions-changed', 'USER', p_caller, p_id,
                              p_permissions => p_permissions, p_previous => v_previous);
    perform save_account(v_account);
    return invitation_changed(v_invitation);
end
$$;
