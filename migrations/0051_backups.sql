-- What was backed up, when, and by whom: the managers' page says whether somebody does it at all.
--
-- The row is written when the file is complete, so no backup tells of itself: one that is restored knows those before it.

create table backup (
    id       bigint generated always as identity primary key,
    made_at  timestamptz not null,
    bytes    bigint not null check (bytes > 0),
    made_by  text not null check (is_kept_text(made_by) and length(made_by) <= 100), -- an account of the server's system
    file     text not null check (is_kept_text(file) and length(file) <= 255)         -- its name, without the way to it
);
create index backup_latest on backup (made_at desc, id desc);
create trigger append_only before update or delete or truncate on backup
    execute function refuse_change();

grant select, insert on backup to linka_system;
grant select on backup to linka_staff;
