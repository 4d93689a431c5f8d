-- The result of a request whose key belongs to a completed request: the current state of the invitation, or a refusal
-- if the key belongs to a request with other content.
create function invitation_replayed(p_receipt idempotency_receipt, p_fingerprint text)
returns invitation_result
language plpgsql as $$
declare
    v_invitation invitation;
begin
    if p_receipt.fingerprint <> p_fingerprint then
        return invitation_refused('idempotency-key-reused');
    end if;
    v_invitation := find_invitation(p_receipt.shard_id, p_receipt.subject_id);
    if v_invitation.id is null then
        return invitation_refused('not-found');
    end if;
    return invitation_unchanged(v_invitation);
end
$$;
