-- Releases stand side by side while one takes another's place, and the newer one brings the schema up to date for both. What it adds, the
-- older one does not ask for; what it takes away, no release that still serves may need. So whoever takes something away says here which
-- migration a program has to know for it: one that does not know that is not started any more.
create table oldest_release (
    only_one   boolean primary key default true constraint oldest_release_is_one check (only_one),
    migration  bigint not null check (migration > 0)
);
insert into oldest_release (migration) values (245);
grant select on oldest_release to linka_system;

-- It is only ever raised.
create function refuse_older_release() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or new.migration < old.migration then
        raise exception 'what a schema no longer serves does not come back';
    end if;
    return new;
end $$;
create trigger only_raised before update or delete on oldest_release
    for each row execute function refuse_older_release();
