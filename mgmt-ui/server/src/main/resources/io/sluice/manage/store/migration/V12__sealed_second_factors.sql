-- Secrets of second factors, encrypted; those in the older columns are moved here at the next start.
alter table account add column totp_sealed text;
alter table account add column totp_sealed_pending text;
