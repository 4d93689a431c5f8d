-- The version of the link that was reminded of, and the reminder itself, which its mail is about.
alter table invitation add column reminded_version integer not null default 0;
alter table invitation add column reminder_id uuid;
create unique index invitation_of_reminder on invitation (account_id, reminder_id) where reminder_id is not null;
create index invitation_to_remind on invitation (expires_at) where status = 'PENDING' and reminded_version < token_version;
