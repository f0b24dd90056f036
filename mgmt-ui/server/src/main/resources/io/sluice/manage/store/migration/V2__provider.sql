-- Who an account is at the identity provider: names there may be given to somebody else, this is not.
alter table account add column subject varchar(255);
