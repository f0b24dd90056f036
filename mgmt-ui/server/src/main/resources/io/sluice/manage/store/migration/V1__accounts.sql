-- Words that SQLite and PostgreSQL both know. Times are milliseconds since 1970-01-01T00:00Z.

create table account (
    id           varchar(64) primary key,
    name         varchar(100) not null,
    roles        varchar(200) not null,
    enabled      integer not null,
    origin       varchar(10) not null,
    password     text,
    totp_secret  varchar(64),
    totp_pending varchar(64),
    totp_step    bigint not null,
    failures     integer not null,
    locked_until bigint not null,
    last_sign_in bigint,
    language     varchar(10),
    theme        varchar(10)
);

create table recovery_code (
    account varchar(64) not null references account (id) on delete cascade,
    hash    varchar(64) not null,
    primary key (account, hash)
);

-- The token itself is only in the browser.
create table login_session (
    token_hash varchar(64) primary key,
    id         varchar(64) not null unique,
    account    varchar(64) not null references account (id) on delete cascade,
    half_way   integer not null,
    begun      bigint not null,
    last_seen  bigint not null,
    address    varchar(64) not null,
    agent      varchar(200) not null
);

-- Links that are shown once: without an account, the one that makes the first.
create table one_time_link (
    token_hash varchar(64) primary key,
    account    varchar(64) references account (id) on delete cascade,
    expires    bigint not null
);

-- What is still to be told to the firewall's journal.
create table journal_note (
    id     varchar(36) primary key,
    at     bigint not null,
    type   varchar(64) not null,
    person varchar(100) not null,
    fields text not null
);

create table policy_draft (
    account varchar(64) primary key references account (id) on delete cascade,
    yaml    text not null,
    note    text not null,
    base    varchar(64) not null,
    at      bigint not null
);

create table capture (
    id    varchar(36) primary key,
    name  varchar(200) not null,
    bytes bigint not null,
    at    bigint not null,
    who   varchar(100) not null
);
