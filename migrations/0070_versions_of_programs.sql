-- A program has versions, each released on a day; a licence runs one of them, or another that nobody has listed. A request keeps the
-- version that its customer ran when it was ordered, so that whoever connects knows what to expect.

create table program_version (
    program_id   bigint not null references program,
    name         text not null,
    released_on  date not null,
    constraint version_is_one_only primary key (program_id, name),
    constraint version_is_short check (name <> '' and length(name) <= 60),
    constraint version_is_kept check (is_kept_text(name)),
    constraint version_is_of_our_time check (released_on between '1980-01-01' and '2200-01-01')
);
grant select on program_version to linka_member, linka_staff, linka_system;
grant insert, delete on program_version to linka_staff;
call keep_audit('program_version');

alter table licence
    add column version text not null default '',
    add constraint licence_version_is_short check (length(version) <= 60),
    add constraint licence_version_is_kept check (is_kept_text(version));
grant update (version) on licence to linka_staff;

alter table service_request
    add column version text not null default '',
    add constraint request_version_is_kept check (is_kept_text(version));
create function keep_version_as_ordered() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.state <> 'draft' then
        return new; -- it was ordered: staff who reclassify it change no version
    end if;
    new.version := coalesce((
        select l.version from licence l where l.customer_id = new.customer_id and l.program_id = new.program_id), '');
    return new;
end
$$;
create trigger keep_version_as_ordered before insert or update of program_id, classed_at on service_request
    for each row execute function keep_version_as_ordered();
