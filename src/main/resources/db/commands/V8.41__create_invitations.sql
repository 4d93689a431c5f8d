-- The result for one draft of a batch of invitations.
create type batch_result as (
    -- the position of the draft in the batch, from 1; null if the whole batch is refused
    position       integer,
    -- the code of the problem; null if the invitation was created
    refusal        text,
    -- in how many seconds the same draft can succeed; null if that is not known
    retry_after    double precision,
    -- the limit that has refused the draft, by its name in the metrics
    reached_limit  text,
    -- whether an earlier request with the same key has created the invitation
    replayed       boolean,
    -- how many overdue invitations the draft has marked as expired
    marked_expired integer,
    -- the created invitation, or the one that is the reason for the refusal
    invitation_id  uuid
);

-- Invites several addresses to an account, one after the other. A refused draft does not affect the others.
-- All arrays have one element for each draft; its permissions are separated by spaces.
-- A dry run calls this function in a transaction that it rolls back. p_assumed is the number of invitations that it
-- would have created before; 0 for a real run.
-- Returns a row for each draft, in order, or one row if the caller is not the owner.
create function create_invitations(
    p_account               uuid,
    p_caller                uuid,
    p_ids                   uuid[],
    p_mails                 uuid[],
    p_emails                text[],
    p_canonical_emails      text[],
    p_mailboxes             text[],
    p_permissions           text[],
    p_locales               text[],
    p_valid_days            integer[],
    p_keys                  text[],
    p_fingerprints          text[],
    p_validity              double precision,
    p_max_pending           integer,
    p_max_creations_per_day integer,
    p_max_resends_per_day   integer,
    p_traceparent           text,
    p_assumed               integer)
returns setof batch_result
language plpgsql as $$
declare
    v_limits     constant invitation_limits := row(make_interval(secs => p_validity), p_max_pending,
                                                   p_max_creations_per_day, p_max_resends_per_day);
    v_account    account;
    v_seq        bigint;
    v_receipt    idempotency_receipt;
    v_draft      invitation_draft;
    v_admitted   invitation_draft[] := '{}';
    v_mailboxes  text[] := '{}';
    v_admission  invitation_addition;
    v_result     invitation_result;
    v_invitation invitation;
begin
    v_account := lock_owned_account(p_account, p_caller);
    if v_account.id is null then
        return next row(null, refusal_of_other_user(p_account, p_caller), null, null, false, 0, null)::batch_result;
        return;
    end if;
    v_seq := v_account.feed_seq;
    v_account.max_pending := coalesce(v_account.max_pending, p_max_pending) - p_assumed;
    v_account.max_creations_per_day := coalesce(v_account.max_creations_per_day, p_max_creations_per_day) - p_assumed;

    for v_position in 1 .. cardinality(p_ids) loop
        v_receipt := find_receipt(p_account, p_caller, p_keys[v_position]);
        if v_receipt.key is not null then
            v_result := invitation_replayed(v_receipt, p_fingerprints[v_position]);
            v_invitation := v_result.invitation;
        else
            v_draft := row(p_ids[v_position], p_mails[v_position], p_emails[v_position], p_canonical_emails[v_position],
                           p_mailboxes[v_position], string_to_array(p_permissions[v_position], ' '),
                           p_locales[v_position], p_valid_days[v_position]);
            -- The rules have to find an admitted invitation of the same address.
            if v_draft.mailbox = any (v_mailboxes) then
                v_account := insert_invitations(v_account, v_admitted, v_limits, p_traceparent);
                v_admitted := '{}';
                v_mailboxes := '{}';
            end if;
            v_admission := admit_invitation(v_account, v_draft, v_limits);
            v_account := v_admission.account;
            v_result := v_admission.result;
            v_invitation := v_result.invitation;
            if v_result.refusal is null then
                v_admitted := v_admitted || v_draft;
                v_mailboxes := v_mailboxes || v_draft.mailbox;
                perform add_receipt(p_account, p_caller, p_keys[v_position], p_fingerprints[v_position], v_draft.id);
                v_invitation.id := v_draft.id;
            end if;
        end if;
        return next row(v_position, v_result.refusal, v_result.retry_after, v_result.reached_limit, v_result.replayed,
                        v_result.marked_expired, v_invitation.id)::batch_result;
    end loop;

    v_account := insert_invitations(v_account, v_admitted, v_limits, p_traceparent);
    if v_account.feed_seq > v_seq then
        perform save_account(v_account);
    end if;
end
$$;
