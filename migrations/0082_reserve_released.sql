-- The share of a day that is kept for urgent work can be given to everybody before its hour (design, Offers): the desk says so, for a
-- day, and not back again: what is agreed in it stays. Whoever orders is offered the day by it, so members read which days those are.
create table reserve_release (
    date         date primary key,
    released_at  timestamptz not null,
    staff_id     bigint not null references staff
);
create trigger append_only before update or delete or truncate on reserve_release
    for each statement execute function refuse_change();
grant select (date) on reserve_release to linka_member;
grant select, insert on reserve_release to linka_staff;
grant select on reserve_release to linka_system;
call tell_live('reserve_release', 'live_plans');
