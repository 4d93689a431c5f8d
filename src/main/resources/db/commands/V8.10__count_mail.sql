-- Counts one more mail from an account to an invitee. The first mail of a day is free; the limit counts all further
-- ones, both resends and new invitations after a revoked one.
-- Returns null if the mail was counted, or the time in seconds until the window of a day ends if the limit is reached.
create function count_mail(p_account uuid, p_mailbox text, p_is_first boolean, p_max_resends integer)
returns double precision
language plpgsql as $$
declare
    v_day_ago constant timestamptz := now() - interval '1 day';
    v_resends constant integer := case when p_is_first then 0 else 1 end;
begin
    insert into invitee_quota as q (account_id, mailbox, window_start, resends)
    values (p_account, p_mailbox, now(), v_resends)
        on conflict (account_id, mailbox) do update
       set window_start = case when q.window_start <= v_day_ago then excluded.window_start
                               else q.window_start end,
           resends = case when q.window_start <= v_day_ago then excluded.resends else q.resends + 1 end
     where q.window_start <= v_day_ago or q.resends < p_max_resends;
    if found then
        return null;
    end if;
    return (select extract(epoch from window_start - v_day_ago)
              from invitee_quota
             where account_id = p_account and mailbox = p_mailbox);
end
$$;
