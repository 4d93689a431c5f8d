-- Invites an address to an account.
create function create_invitation(
    p_account               uuid,
    p_caller                uuid,
    p_id                    uuid,
    p_mail                  uuid,
    p_email                 text,
    p_canonical_email       text,
    p_mailbox               text,
    p_permissions           text[],
    p_locale                text,
    p_valid_days            integer,
    p_validity              double precision,
    p_max_pending           integer,
    p_max_creations_per_day integer,
    p_max_resends_per_day   integer,
    p_traceparent           text,
    p_key                   text,
    p_fingerprint           text)
returns invitation_result
language plpgsql as $$
declare
    v_limits   constant invitation_limits := row(make_interval(secs => p_validity), p_max_pending,
                                                 p_max_creations_per_day, p_max_resends_per_day);
    v_draft    constant invitation_draft := row(p_id, p_mail, p_email, p_canonical_email, p_mailbox, p_permissions,
                                                p_locale, p_valid_days);
    v_account  account;
    v_receipt  idempotency_receipt;
    v_addition invitation_addition;
    v_result   invitation_result;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return invitation_refused(refusal_of_other_user(p_account, p_caller));
    end if;
    v_receipt := find_receipt(p_account, p_caller, p_key);
    if v_receipt.key is not null then
        return invitation_replayed(v_receipt, p_fingerprint);
    end if;

    v_addition := add_invitation(v_account, v_draft, v_limits, p_traceparent);
    v_result := v_addition.result;
    if v_result.refusal is null or v_result.marked_expired > 0 then
        perform save_account(v_addition.account);
    end if;
    if v_result.refusal is null then
        perform add_receipt(p_account, p_caller, p_key, p_fingerprint, p_id);
    end if;
    return v_result;
end
$$;
