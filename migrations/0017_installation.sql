-- What this database is for: the demo, whose passwords everybody knows, or a vendor's real work. Said once, by the first server
-- that starts on it, and never changed: neither ever serves the other's data (the design, Running it).
create table installation (
    only_one boolean primary key default true constraint installation_is_one check (only_one),
    kind text not null constraint installation_kind check (kind in ('demo', 'production'))
);

-- Databases from before this table say it by whom they let in: the demo's sign-ins are of a domain that nobody has.
insert into installation (kind)
select case when bool_or(email like '%.example') then 'demo' else 'production' end
from login
having count(*) > 0;
