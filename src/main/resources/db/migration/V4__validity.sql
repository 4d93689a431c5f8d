-- How long invitations are valid, in days of 24 hours; null means the account's, there the service's.
alter table account add column valid_days integer check (valid_days between 1 and 30);
alter table invitation add column valid_days integer check (valid_days between 1 and 30);
