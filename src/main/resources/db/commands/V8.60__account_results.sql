-- An account as one of its members sees it.
create type account_view as (
    id                  uuid,
    name                text,
    locale              text,
    valid_days          integer,
    -- whether the member that reads the account is its owner
    owner               boolean,
    member_count        integer,
    -- the open offer of ownership; null if there is none or the reader is not one of its parties
    transfer_to         uuid,
    transfer_name       text,
    transfer_expires_at timestamptz,
    created_at          timestamptz
);

-- The result of a command on an account.
create type account_result as (
    -- the code of the problem; null if the command was executed
    refusal  text,
    -- whether an earlier request with the same key has executed the command
    replayed boolean,
    -- the account after the command; null if it was refused
    account  account_view
);

-- A member with the name and the address of the person.
create type member_view as (
    account_id  uuid,
    user_id     uuid,
    name        text,
    email       text,
    owner       boolean,
    permissions text[],
    version     integer,
    number      bigint,
    joined_at   timestamptz
);

-- The result of a command on a member.
create type member_result as (
    -- the code of the problem; null if the command was executed
    refusal text,
    -- the member after the command; null if it was refused or the membership has ended
    member  member_view
);

-- The result of a step of an ownership transfer.
create type ownership_result as (
    -- the code of the problem; null if the command was executed
    refusal text,
    -- whether the command has changed the account; false if it was repeated
    changed boolean
);
