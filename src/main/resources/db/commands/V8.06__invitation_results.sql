-- The result of a command that is refused.
create function invitation_refused(
    p_refusal        text,
    p_invitation     invitation default null,
    p_retry_after    double precision default null,
    p_reached_limit  text default null,
    p_marked_expired bigint default 0)
returns invitation_result
language plpgsql as $$
begin
    return row(p_refusal, p_retry_after, p_reached_limit, false, p_marked_expired::integer,
               p_invitation)::invitation_result;
end
$$;

-- The result of a command that was executed.
create function invitation_changed(p_invitation invitation, p_marked_expired bigint default 0)
returns invitation_result
language plpgsql as $$
begin
    return row(null, null, null, false, p_marked_expired::integer, p_invitation)::invitation_result;
end
$$;

-- The result of a command that was executed before.
create function invitation_unchanged(p_invitation invitation)
returns invitation_result
language plpgsql as $$
begin
    return row(null, null, null, true, 0, p_invitation)::invitation_result;
end
$$;
