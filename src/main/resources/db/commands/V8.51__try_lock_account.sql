-- Locks an account until the end of the transaction, without waiting. Returns null if another transaction has locked
-- it.
create function try_lock_account(p_account uuid)
returns account
language plpgsql as $$
declare
    v_account account;
begin
    select * into v_account
      from account
     where id = p_account
       for no key update skip locked;
    return v_account;
end
$$;
