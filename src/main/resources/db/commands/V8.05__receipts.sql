-- Finds the receipt of a request that was completed before. Returns null if there is none, or if the request has no
-- key.
create function find_receipt(p_shard uuid, p_caller uuid, p_key text)
returns idempotency_receipt
language plpgsql strict as $$
declare
    v_receipt idempotency_receipt;
begin
    select * into v_receipt
      from idempotency_receipt
     where shard_id = p_shard and caller_id = p_caller and key = p_key;
    return v_receipt;
end
$$;

-- Stores that a request was completed, and the id of what it has created or changed. Does nothing if the request has no
-- key.
create function add_receipt(p_shard uuid, p_caller uuid, p_key text, p_fingerprint text, p_subject uuid)
returns void
language plpgsql strict as $$
begin
    insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id)
    values (p_shard, p_caller, p_key, p_fingerprint, p_subject);
end
$$;
