-- Reads an account as one of its members sees it. Returns null if the user is not a member.
create function view_account(p_account uuid, p_reader uuid)
returns account_view
language plpgsql as $$
declare
    v_view account_view;
begin
    select a.id, a.name, a.locale, a.valid_days, m.owner, a.member_count, t.user_id, t.name,
           case when t.user_id is not null then a.transfer_expires_at end, a.created_at
      into v_view
      from membership m
      join account a on a.id = m.account_id
      left join account_person t
        on t.account_id = a.id and t.user_id = a.transfer_to and a.transfer_expires_at > now()
       and (m.owner or m.user_id = a.transfer_to)
     where a.id = p_account and m.account_id = p_account and m.user_id = p_reader;
    return v_view;
end
$$;

-- Reads a member with the name and the address of the person. Returns null if the user is not a member.
create function view_member(p_account uuid, p_user uuid)
returns member_view
language plpgsql as $$
declare
    v_view member_view;
begin
    select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number, m.joined_at
      into v_view
      from membership m
      join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
     where m.account_id = p_account and m.user_id = p_user and p.account_id = p_account;
    return v_view;
end
$$;
