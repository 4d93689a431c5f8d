-- When an invitation expires that gets its full validity now: its own, or else that of the account or of the service.
create function expiry(p_invitation_days integer, p_account_days integer, p_limits invitation_limits)
returns timestamptz
language plpgsql as $$
begin
    return now() + coalesce(make_interval(hours => 24 * coalesce(p_invitation_days, p_account_days)),
                            p_limits.validity);
end
$$;
