-- Sends a pending or expired invitation again: it gets a new link, which replaces the old one, and its full validity
-- from now.
create function resend_invitation(
    p_account             uuid,
    p_caller              uuid,
    p_id                  uuid,
    p_mail                uuid,
    p_cooldown            double precision,
    p_validity            double precision,
    p_max_pending         integer,
    p_max_resends_per_day integer,
    p_traceparent         text,
    p_key                 text,
    p_fingerprint         text)
returns invitation_result
language plpgsql as $$
declare
    v_limits     constant invitation_limits := row(make_interval(secs => p_validity), p_max_pending, null,
                                                   p_max_resends_per_day);
    v_account    account;
    v_seq        bigint;
    v_receipt    idempotency_receipt;
    v_invitation invitation;
    v_pending    invitation;
    v_is_live    boolean;
    v_expires_at timestamptz;
    v_expired    bigint;
    v_wait       double precision;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return invitation_refused(refusal_of_other_user(p_account, p_caller));
    end if;
    v_receipt := find_receipt(p_account, p_caller, p_key);
    if v_receipt.key is not null then
        return invitation_replayed(v_receipt, p_fingerprint);
    end if;

    v_invitation := find_invitation(p_account, p_id);
    if v_invitation.id is null then
        return invitation_refused('not-found');
    end if;
    if v_invitation.status not in ('PENDING', 'EXPIRED') then
        return invitation_refused('wrong-status', v_invitation);
    end if;
    if is_member(p_account, v_invitation.canonical_email) then
        return invitation_refused('already-member');
    end if;
    v_pending := find_pending(p_account, v_invitation.canonical_email);
    if v_pending.id <> p_id and v_pending.expires_at > now() then
        return invitation_refused('invitation-pending', v_pending);
    end if;
    -- now() is from before this command waited for the lock.
    v_wait := extract(epoch from v_invitation.issued_at - clock_timestamp()) + p_cooldown;
    if v_wait > 0 then
        return invitation_refused('resend-too-soon', null, v_wait, 'cooldown');
    end if;

    v_seq := v_account.feed_seq;
    v_is_live := v_invitation.status = 'PENDING';
    if not v_is_live then
        if v_pending.id is not null then
            v_account := expire_invitation(v_account, v_pending.id);
        end if;
        v_account := expire_overdue_if_full(v_account, p_max_pending);
    end if;
    v_expired := v_account.feed_seq - v_seq;
    if v_expired > 0 then
        perform save_account(v_account);
    end if;
    if not v_is_live and v_account.pending_count >= coalesce(v_account.max_pending, p_max_pending) then
        return invitation_refused('too-many-pending', p_reached_limit => 'pending', p_marked_expired => v_expired);
    end if;
    v_wait := count_mail(p_account, v_invitation.mailbox, false, p_max_resends_per_day);
    if v_wait is not null then
        return invitation_refused('limit-reached', null, v_wait, 'resends', v_expired);
    end if;

    if not v_is_live then
        v_account.pending_count := v_account.pending_count + 1;
        v_account.expired_count := v_account.expired_count - 1;
    end if;
    v_expires_at := expiry(v_invitation.valid_days, v_account.valid_days, v_limits);
    update invitation
       set status = 'PENDING', ended_at = null, inviter_id = p_caller, delivery_status = 'QUEUED',
           token_version = token_version + 1, send_count = send_count + 1, issued_at = now(),
           expires_at = v_expires_at
     where account_id = p_account and id = p_id
    returning * into v_invitation;
    v_account := append_event(v_account, 'invitation.resent', 'USER', p_caller, p_id,
                              p_send_count => v_invitation.send_count);
    perform save_account(v_account);
    perform queue_mail(p_account, p_mail, 'invitation', p_id, v_invitation.token_version, p_traceparent);
    perform add_receipt(p_account, p_caller, p_key, p_fingerprint, p_id);
    return invitation_changed(v_invitation, v_expired);
end
$$;
