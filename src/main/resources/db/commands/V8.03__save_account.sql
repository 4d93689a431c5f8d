-- Writes what commands change in a locked account.
create function save_account(p_account account)
returns void
language plpgsql as $$
begin
    update account
       set owner_id = p_account.owner_id,
           valid_days = p_account.valid_days,
           feed_seq = p_account.feed_seq,
           members_version = p_account.members_version,
           member_count = p_account.member_count,
           invitation_seq = p_account.invitation_seq,
           pending_count = p_account.pending_count,
           accepted_count = p_account.accepted_count,
           declined_count = p_account.declined_count,
           revoked_count = p_account.revoked_count,
           expired_count = p_account.expired_count,
           creation_window = p_account.creation_window,
           creation_count = p_account.creation_count,
           transfer_to = p_account.transfer_to,
           transfer_expires_at = p_account.transfer_expires_at,
           transfer_version = p_account.transfer_version
     where id = p_account.id;
end
$$;
