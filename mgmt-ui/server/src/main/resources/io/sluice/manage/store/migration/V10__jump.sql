-- Groups of accounts, as the policy's `sessions` name them, with commas between them.
alter table account add column group_names varchar(4000) default '' not null;

-- One jump session. What it is lies in a document; columns are what is searched for.
create table jump_session (
    id       varchar(64) primary key,
    person   varchar(64) not null,
    at       bigint not null,
    is_over  integer not null,
    document text not null,
    activity text not null
);

create index jump_session_by_time on jump_session (is_over, at);

create table ssh_key (
    id          varchar(36) primary key,
    account     varchar(64) not null references account (id) on delete cascade,
    name        varchar(100) not null,
    type        varchar(40) not null,
    fingerprint varchar(64) not null,
    added       bigint not null,
    last_used   bigint,
    unique (account, fingerprint)
);
