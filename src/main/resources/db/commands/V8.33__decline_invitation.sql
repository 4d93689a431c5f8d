-- Declines the invitation of a link, whose signature was verified. The holder of the link can repeat this; it changes
-- nothing, not even the reason.
create function decline_invitation(p_account uuid, p_id uuid, p_version integer, p_reason text)
returns invitation_result
language plpgsql as $$
declare
    v_account    account;
    v_invitation invitation;
    v_problem    text;
begin
    v_account := lock_account(p_account);
    v_invitation := find_invitation(p_account, p_id);
    if v_invitation.status = 'DECLINED' and p_version = v_invitation.token_version then
        return invitation_unchanged(v_invitation);
    end if;
    v_problem := link_problem(v_invitation, p_version);
    if v_problem is not null then
        return invitation_refused(v_problem);
    end if;

    update invitation
       set status = 'DECLINED', ended_at = now(), decline_reason = p_reason
     where account_id = p_account and id = p_id
    returning * into v_invitation;
    v_account.pending_count := v_account.pending_count - 1;
    v_account.declined_count := v_account.declined_count + 1;
    v_account := append_event(v_account, 'invitation.declined', 'INVITEE', p_invitation_id => p_id);
    perform save_account(v_account);
    return invitation_changed(v_invitation);
end
$$;
