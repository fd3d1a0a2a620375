-- A mailbox from which mails are fetched (design, Mail in). One process at a time looks into it, and one that dies over that blocks nobody
-- for long.
create table mailbox_turn (
    only_row    boolean primary key default true check (only_row),
    not_before  timestamptz not null default '-infinity'
);
insert into mailbox_turn default values;
grant select, update (not_before) on mailbox_turn to linka_system;

-- Since when it cannot be read, and why: there is a row as long as it cannot.
create table mailbox_trouble (
    only_row  boolean primary key default true check (only_row),
    since     timestamptz not null,
    failure   text not null constraint mailbox_trouble_failure_check check (failure in ('unreachable', 'refused', 'folder', 'broken'))
);
grant select, insert, update (failure), delete on mailbox_trouble to linka_system;
grant select on mailbox_trouble to linka_staff;
call tell_live('mailbox_trouble', 'live_at_desk');

insert into payment_task values ('fetch_mails', false);
