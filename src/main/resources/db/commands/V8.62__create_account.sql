-- The result of a creation whose key belongs to a completed request: the current state of the account, or a refusal if
-- the key belongs to a request with other content or its caller is no longer a member.
create function account_replayed(p_receipt idempotency_receipt, p_fingerprint text)
returns account_result
language plpgsql as $$
declare
    v_view account_view;
begin
    if p_receipt.fingerprint <> p_fingerprint then
        return row('idempotency-key-reused', false, null::account_view)::account_result;
    end if;
    v_view := view_account(p_receipt.subject_id, p_receipt.caller_id);
    if v_view.id is null then
        return row('not-found', false, null::account_view)::account_result;
    end if;
    return row(null, true, v_view)::account_result;
end
$$;

-- Creates an account with its owner as the only member.
--
-- The receipt is inserted first, because there is no account yet that can be locked: a concurrent request with the same
-- key waits here until this transaction ends, and then either finds the receipt or creates the account itself. The
-- receipt and the rows of the account are committed together. In a distributed database they can be on two machines,
-- because the shard of the receipt is the user: then the commit has two phases. Without a key only the machine of the
-- account takes part.
create function create_account(
    p_id              uuid,
    p_caller          uuid,
    p_name            text,
    p_locale          text,
    p_email           text,
    p_canonical_email text,
    p_caller_name     text,
    p_permissions     text[],
    p_key             text,
    p_fingerprint     text)
returns account_result
language plpgsql as $$
declare
    v_account account;
begin
    if p_key is not null then
        insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id)
        values (p_caller, p_caller, p_key, p_fingerprint, p_id)
            on conflict do nothing;
        if not found then
            return account_replayed(find_receipt(p_caller, p_caller, p_key), p_fingerprint);
        end if;
    end if;

    insert into account (id, owner_id, name, locale, members_version, member_count)
    values (p_id, p_caller, p_name, p_locale, 1, 1)
    returning * into v_account;
    insert into account_person (account_id, user_id, email, name) values (p_id, p_caller, p_email, p_caller_name);
    insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
    values (p_id, p_caller, p_canonical_email, true, p_permissions, 1);
    v_account := append_event(v_account, 'account.created', 'USER', p_caller);
    perform save_account(v_account);
    return row(null, false, view_account(p_id, p_caller))::account_result;
end
$$;
