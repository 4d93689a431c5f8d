-- Ends a membership in a locked account, and withdraws an open offer of ownership to the member.
create function end_membership(p_account account, p_membership membership, p_event text, p_actor uuid)
returns void
language plpgsql as $$
begin
    delete from membership where account_id = p_account.id and user_id = p_membership.user_id;
    p_account.members_version := p_account.members_version + 1;
    p_account.member_count := p_account.member_count - 1;
    if p_account.transfer_to = p_membership.user_id then
        p_account.transfer_to := null;
        p_account.transfer_expires_at := null;
    end if;
    p_account := append_event(p_account, p_event, 'USER', p_actor, p_user_id => p_membership.user_id,
                              p_previous => p_membership.permissions);
    perform save_account(p_account);
end
$$;
