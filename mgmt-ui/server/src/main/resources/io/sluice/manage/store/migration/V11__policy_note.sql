-- Why people applied a policy, beside the firewall's own history.
create table policy_note (
    hash varchar(64) not null,
    at   bigint not null,
    who  varchar(100) not null,
    note text not null,
    primary key (hash, at)
);
