-- Locks an account that has an open offer of ownership, if the user is one of its two parties. Otherwise returns null.
create function lock_offered_account(p_account uuid, p_party uuid)
returns account
language plpgsql as $$
declare
    v_account account;
begin
    select * into v_account
      from account
     where id = p_account and transfer_expires_at > now() and (owner_id = p_party or transfer_to = p_party)
       for no key update;
    return v_account;
end
$$;
