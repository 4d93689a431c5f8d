-- Decides whether an invitation can be added to a locked account, and counts it if so. These are the rules of single
-- and of bulk creation. The caller then inserts the invitation.
create function admit_invitation(p_account account, p_draft invitation_draft, p_limits invitation_limits)
returns invitation_addition
language plpgsql as $$
declare
    v_seq      constant bigint := p_account.feed_seq;
    v_existing invitation;
    v_expired  bigint;
    v_wait     double precision;
begin
    if is_member(p_account.id, p_draft.canonical_email) then
        return row(p_account, invitation_refused('already-member'));
    end if;

    v_existing := find_pending(p_account.id, p_draft.canonical_email);
    if v_existing.expires_at > now() then
        return row(p_account, invitation_refused('invitation-pending', v_existing));
    end if;
    if v_existing.id is not null then
        p_account := expire_invitation(p_account, v_existing.id);
    end if;

    p_account := expire_overdue_if_full(p_account, p_limits.max_pending);
    v_expired := p_account.feed_seq - v_seq;
    if p_account.pending_count >= coalesce(p_account.max_pending, p_limits.max_pending) then
        return row(p_account, invitation_refused('too-many-pending', p_reached_limit => 'pending',
                                                 p_marked_expired => v_expired));
    end if;

    if p_account.creation_window <= now() - interval '1 day' then
        p_account.creation_window := now();
        p_account.creation_count := 0;
    end if;
    if p_account.creation_count >= coalesce(p_account.max_creations_per_day, p_limits.max_creations_per_day) then
        v_wait := extract(epoch from p_account.creation_window + interval '1 day' - now());
        return row(p_account, invitation_refused('limit-reached', null, v_wait, 'creations', v_expired));
    end if;

    v_wait := count_mail(p_account.id, p_draft.mailbox, true, p_limits.max_resends_per_day);
    if v_wait is not null then
        return row(p_account, invitation_refused('limit-reached', null, v_wait, 'resends', v_expired));
    end if;

    p_account.pending_count := p_account.pending_count + 1;
    p_account.creation_count := p_account.creation_count + 1;
    return row(p_account, invitation_changed(null, v_expired));
end
$$;

-- Adds an invitation to a locked account, or refuses it.
create function add_invitation(
    p_account     account,
    p_draft       invitation_draft,
    p_limits      invitation_limits,
    p_traceparent text)
returns invitation_addition
language plpgsql as $$
declare
    v_locale     constant text := coalesce(p_draft.locale, p_account.locale);
    v_expires_at constant timestamptz := expiry(p_draft.valid_days, p_account.valid_days, p_limits);
    v_admission  invitation_addition;
    v_result     invitation_result;
    v_added      invitation;
begin
    v_admission := admit_invitation(p_account, p_draft, p_limits);
    v_result := v_admission.result;
    if v_result.refusal is not null then
        return v_admission;
    end if;
    p_account := v_admission.account;
    p_account.invitation_seq := p_account.invitation_seq + 1;
    insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox, permissions, locale,
                            status, delivery_status, valid_days, expires_at)
    values (p_account.id, p_draft.id, p_account.invitation_seq, p_account.owner_id, p_draft.email,
            p_draft.canonical_email, p_draft.mailbox, p_draft.permissions, v_locale, 'PENDING', 'QUEUED',
            p_draft.valid_days, v_expires_at)
    returning * into v_added;
    p_account := append_event(p_account, 'invitation.created', 'USER', p_account.owner_id, v_added.id,
                              p_permissions => v_added.permissions);
    perform queue_mail(p_account.id, p_draft.mail_id, 'invitation', v_added.id, v_added.token_version, p_traceparent);
    return row(p_account, invitation_changed(v_added, v_result.marked_expired));
end
$$;
