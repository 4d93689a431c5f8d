-- The result of accepting an invitation.
create type acceptance_result as (
    -- the code of the problem; null if the user is a member
    refusal     text,
    -- whether the user had accepted the invitation before
    replayed    boolean,
    -- the current permissions of the member
    permissions text[]
);

-- Accepts the invitation of a link, whose signature was verified, and adds the user to the members. A member who has
-- accepted it before, with this link or an older one, can repeat this; it changes nothing.
create function accept_invitation(
    p_account         uuid,
    p_id              uuid,
    p_version         integer,
    p_user            uuid,
    p_email           text,
    p_canonical_email text,
    p_name            text)
returns acceptance_result
language plpgsql as $$
declare
    v_account     account;
    v_invitation  invitation;
    v_permissions text[];
    v_problem     text;
begin
    v_account := lock_account(p_account);
    v_invitation := find_invitation(p_account, p_id);
    if v_invitation.accepted_by = p_user and p_version <= v_invitation.token_version then
        select permissions into v_permissions from membership where account_id = p_account and user_id = p_user;
        if found then
            return row(null, true, v_permissions)::acceptance_result;
        end if;
    end if;
    v_problem := link_problem(v_invitation, p_version);
    if v_problem is not null then
        return row(v_problem, false, null)::acceptance_result;
    end if;
    if v_invitation.inviter_id <> v_account.owner_id then
        return row('revoked', false, null)::acceptance_result;
    end if;
    if v_invitation.canonical_email <> p_canonical_email then
        return row('invitation-email-mismatch', false, null)::acceptance_result;
    end if;
    if is_member(p_account, p_canonical_email) then
        return row('already-member', false, null)::acceptance_result;
    end if;
    if exists (select 1 from membership where account_id = p_account and user_id = p_user) then
        return row('already-member', false, null)::acceptance_result;
    end if;

    update invitation
       set status = 'ACCEPTED', ended_at = now(), accepted_by = p_user
     where account_id = p_account and id = p_id;
    v_account.pending_count := v_account.pending_count - 1;
    v_account.accepted_count := v_account.accepted_count + 1;
    v_account.members_version := v_account.members_version + 1;
    v_account.member_count := v_account.member_count + 1;
    insert into account_person (account_id, user_id, email, name)
    values (p_account, p_user, p_email, p_name)
        on conflict (account_id, user_id) do update set email = excluded.email, name = excluded.name;
    insert into membership (account_id, user_id, canonical_email, owner, permissions, number)
    values (p_account, p_user, p_canonical_email, false, v_invitation.permissions, v_account.members_version);
    v_account := append_event(v_account, 'invitation.accepted', 'USER', p_user, p_id, p_user,
                              p_permissions => v_invitation.permissions);
    perform save_account(v_account);
    return row(null, false, v_invitation.permissions)::acceptance_result;
end
$$;
