-- What is taken over from other systems is known by its key there: a table that is read again finds what it brought, and an
-- export names everything in the same way. Minutes that were taken over are known by the source of their grant.

alter table program add column external_key text constraint program_of_a_key unique check (is_kept_text(external_key));
alter table work_type add column external_key text constraint work_type_of_a_key unique check (is_kept_text(external_key));
alter table staff add column external_key text constraint staff_of_a_key unique check (is_kept_text(external_key));
alter table customer add column external_key text constraint customer_of_a_key unique check (is_kept_text(external_key));
alter table member add column external_key text constraint member_of_a_key unique check (is_kept_text(external_key));
alter table contract add column external_key text constraint contract_of_a_key unique check (is_kept_text(external_key));
alter table service_request add column external_key text constraint request_of_a_key unique check (is_kept_text(external_key));

-- What came of each import, tried or made, line by line of what was wrong.
create table import_run (
    id        bigint generated always as identity primary key,
    at        timestamptz not null,
    staff_id  bigint references staff, -- nobody: the command of the operator
    dry_run   boolean not null,
    report    jsonb not null
);
create trigger append_only before update or delete or truncate on import_run
    execute function refuse_change();

-- With what addresses people sign in, and nothing else of how they do: who keeps people names them by it.
create view member_address as select member_id, email from login where member_id is not null;
create view staff_address as select staff_id, email from login where staff_id is not null;

grant select on member_address, staff_address to linka_staff;
grant select, insert on import_run to linka_staff;
