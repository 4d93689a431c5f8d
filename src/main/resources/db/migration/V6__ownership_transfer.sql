-- To whom the account is offered, and until when. The version tells the mail of one offer from that of the next.
alter table account add column transfer_to uuid;
alter table account add column transfer_expires_at timestamptz;
alter table account add column transfer_version integer not null default 0;
alter table account add constraint account_transfer_check check ((transfer_to is null) = (transfer_expires_at is null));
