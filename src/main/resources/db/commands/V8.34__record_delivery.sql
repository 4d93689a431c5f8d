-- Records whether the mail with an invitation's newest link was delivered to the mail server.
-- Returns false if the mail had an older link, or if its result is recorded already.
create function record_delivery(p_account uuid, p_id uuid, p_version integer, p_sent boolean)
returns boolean
language plpgsql as $$
declare
    v_account    account;
    v_status     constant text := case when p_sent then 'SENT' else 'FAILED' end;
    v_event      constant text := case when p_sent then 'invitation.sent' else 'invitation.delivery-failed' end;
    v_send_count integer;
begin
    v_account := lock_account(p_account);
    update invitation
       set delivery_status = v_status
     where account_id = p_account and id = p_id and token_version = p_version and delivery_status = 'QUEUED'
    returning send_count into v_send_count;
    if not found then
        return false;
    end if;
    v_account := append_event(v_account, v_event, 'SYSTEM', p_invitation_id => p_id, p_send_count => v_send_count);
    perform save_account(v_account);
    return true;
end
$$;
