-- An invitation that a command shall create, as the caller has entered it.
create type invitation_draft as (
    id              uuid,
    mail_id         uuid,
    email           text,
    canonical_email text,
    mailbox         text,
    permissions     text[],
    -- null for the language of the account
    locale          text,
    -- null for the validity of the account or else of the service
    valid_days      integer
);

-- The settings of the service for invitations. Accounts can have their own.
create type invitation_limits as (
    validity              interval,
    max_pending           integer,
    max_creations_per_day integer,
    max_resends_per_day   integer
);

-- The result of a command on one invitation.
create type invitation_result as (
    -- the code of the problem; null if the command was executed
    refusal        text,
    -- in how many seconds the same command can succeed; null if that is not known
    retry_after    double precision,
    -- the limit that has refused the command, by its name in the metrics
    reached_limit  text,
    -- whether an earlier request with the same key has executed the command
    replayed       boolean,
    -- how many overdue invitations the command has marked as expired
    marked_expired integer,
    -- the invitation after the command, or the one that is the reason for the refusal
    invitation     invitation
);

-- The result of adding an invitation to a locked account.
create type invitation_addition as (
    account account,
    result  invitation_result
);
