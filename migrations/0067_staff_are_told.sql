-- Whom of the vendor Linka writes to by itself, of what, and when not (design, Who of us is told). Without a row the usual of
-- somebody's roles holds. Hours are those of the line's wall; both or neither, and a night that ends when it begins is none.
create table staff_wish (
    staff_id    bigint primary key references staff,
    kinds       text[] not null,
    quiet_from  smallint,
    quiet_until smallint,
    constraint known_kinds check (kinds <@ array['urgent', 'waits', 'trouble', 'plan']),
    constraint quiet_within_a_day check (quiet_from between 0 and 23 and quiet_until between 0 and 23),
    constraint quiet_has_two_ends check (num_nulls(quiet_from, quiet_until) <> 1 and quiet_from is distinct from quiet_until
        or num_nulls(quiet_from, quiet_until) = 2)
);
grant select on staff_wish to linka_system;
grant select, insert, update on staff_wish to linka_staff;

-- What somebody was told, so that nobody is told it twice, whichever process does it.
create table staff_told (
    staff_id bigint not null references staff,
    what     text not null,
    at       timestamptz not null,
    primary key (staff_id, what)
);
create index staff_told_at on staff_told (at);
grant select, insert, delete on staff_told to linka_system;
