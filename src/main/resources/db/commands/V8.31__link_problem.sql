-- Why a link of an invitation can be used neither to accept nor to decline. Returns null if it can be used.
create function link_problem(p_invitation invitation, p_version integer)
returns text
language plpgsql as $$
begin
    if p_invitation.id is null or p_version > p_invitation.token_version then
        return 'not-found';
    end if;
    if p_invitation.status in ('ACCEPTED', 'DECLINED') then
        return 'used';
    end if;
    if p_invitation.status = 'REVOKED' then
        return 'revoked';
    end if;
    if p_version < p_invitation.token_version then
        return 'superseded';
    end if;
    if p_invitation.status = 'EXPIRED' then
        return 'expired';
    end if;
    return null;
end
$$;
