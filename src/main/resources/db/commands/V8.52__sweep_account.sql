-- Marks overdue invitations of an account as expired, at most a batch.
-- Returns how many it has marked; 0 if another transaction has locked the account.
create function sweep_account(p_account uuid, p_batch integer)
returns integer
language plpgsql as $$
declare
    v_account account;
    v_seq     bigint;
begin
    v_account := try_lock_account(p_account);
    if v_account.id is null then
        return 0;
    end if;

    v_seq := v_account.feed_seq;
    v_account := expire_overdue_invitations(v_account, p_batch);
    if v_account.feed_seq > v_seq then
        perform save_account(v_account);
    end if;
    return v_account.feed_seq - v_seq;
end
$$;
