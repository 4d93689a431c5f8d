-- Locks an account until the end of the transaction, if a user owns it. Each statement after that reads what all
-- commands before have committed, and no other command changes the account meanwhile.
-- Returns null if the user is not the owner.
create function lock_owned_account(p_account uuid, p_owner uuid)
returns account
language plpgsql as $$
declare
    v_account account;
begin
    select * into v_account
      from account
     where id = p_account and owner_id = p_owner
       for no key update;
    return v_account;
end
$$;

-- Why a user who does not own an account cannot execute a command of the owner. Only members learn that the account
-- exists.
create function refusal_of_other_user(p_account uuid, p_user uuid)
returns text
language plpgsql as $$
begin
    if exists (select 1 from membership where account_id = p_account and user_id = p_user) then
        return 'owner-only';
    end if;
    return 'not-found';
end
$$;
