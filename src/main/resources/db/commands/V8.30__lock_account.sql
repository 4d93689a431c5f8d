-- Locks an account until the end of the transaction, for commands that other users than the owner can execute.
-- Returns null if there is no such account.
create function lock_account(p_account uuid)
returns account
language plpgsql as $$
declare
    v_account account;
begin
    select * into v_account from account where id = p_account for no key update;
    return v_account;
end
$$;
