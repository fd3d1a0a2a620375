-- Files that people send may stand in a bucket (S3) beside the database. Which ones do is said by their rows, so that what came before
-- a bucket was set up stays where it is.
--
-- An object is written down here before it is sent there, in a transaction of its own, and named by its file afterwards. Whatever dies in
-- between, and whatever takes a file away later – a message that was never written, an erasure – leaves an object that no file names:
-- it is swept from here, and nobody has to read the bucket for that.
create table bucket_object (
    id  uuid primary key,
    at  timestamptz not null
);
create index bucket_object_by_age on bucket_object (at);
grant select, insert, update (at), delete on bucket_object to linka_system;

alter table attachment alter column bytes drop expression;
alter table attachment
    alter column content drop not null,
    add column object_id uuid unique references bucket_object,
    -- Of what was looked into: a bucket is somebody else's, and what it gives back is compared.
    add column object_sha256 bytea check (length(object_sha256) = 32),
    drop constraint attachment_is_small,
    add constraint attachment_is_small check (bytes between 1 and 10485760),
    add constraint attachment_is_as_long check (length(content) = bytes),
    add constraint attachment_stands_somewhere check (num_nonnulls(content, object_id) = 1),
    add constraint attachment_object_is_known check (num_nulls(object_id, object_sha256) <> 1);
