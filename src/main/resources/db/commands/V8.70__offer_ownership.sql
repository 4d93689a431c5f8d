-- Offers an account to one of its members, and queues the mail to this member. This replaces an earlier offer.
create function offer_ownership(
    p_account     uuid,
    p_caller      uuid,
    p_new_owner   uuid,
    p_validity    double precision,
    p_mail        uuid,
    p_traceparent text)
returns ownership_result
language plpgsql as $$
declare
    v_account account;
    v_refusal text;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return row(refusal_of_other_user(p_account, p_caller), false)::ownership_result;
    end if;
    v_refusal := refusal_of_subject(find_membership(p_account, p_new_owner));
    if v_refusal is not null then
        return row(v_refusal, false)::ownership_result;
    end if;

    v_account.transfer_to := p_new_owner;
    v_account.transfer_expires_at := now() + make_interval(secs => p_validity);
    v_account.transfer_version := v_account.transfer_version + 1;
    v_account := append_event(v_account, 'ownership.offered', 'USER', p_caller, p_user_id => p_new_owner);
    perform save_account(v_account);
    perform queue_mail(p_account, p_mail, 'ownership-offer', p_account, v_account.transfer_version, p_traceparent);
    return row(null, true)::ownership_result;
end
$$;
