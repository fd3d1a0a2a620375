-- Objections that are accepted in part, with what the technician says of them; consent that was given by telephone.

alter table contest
    add column accepted_minutes integer check (accepted_minutes > 0),
    drop constraint contest_state_check,
    add constraint contest_state_check check (state in ('open', 'accepted', 'partly_accepted', 'rejected')),
    add constraint part_has_a_length check ((state = 'partly_accepted') = (accepted_minutes is not null)),
    add constraint contest_of_customer unique (id, customer_id);
-- What was decided, the latest first.
create index contest_decided on contest (decided_at desc, id desc) where state <> 'open';

-- What the technician whose segment it is says of an objection: once, and for the desk, not for the customer.
create table contest_remark (
    contest_id   bigint primary key,
    customer_id  bigint not null,
    staff_id     bigint not null references staff,
    at           timestamptz not null,
    remark       text not null check (remark <> ''),
    foreign key (contest_id, customer_id) references contest (id, customer_id),
    constraint remark_is_kept check (is_kept_text(remark))
);
call build_tenant_wall('contest_remark');
create trigger append_only before update or delete or truncate on contest_remark
    execute function refuse_change();
grant select, insert on contest_remark to linka_staff;

-- An answer is a member's, or staff write down who said what on the telephone, and when.
alter table ceiling_consent
    add column staff_id bigint references staff,
    add column said_by text check (said_by <> ''),
    add column said_at timestamptz,
    add column words text check (words <> ''),
    drop constraint answered_by_somebody,
    add constraint answered_by_somebody check (
        num_nonnulls(answered_at, agreed) = 2 * (answered_at is not null)::integer
        and num_nonnulls(member_id, staff_id) = (answered_at is not null)::integer),
    add constraint heard_by_staff check (
        num_nonnulls(said_by, said_at, words) = 3 * (staff_id is not null)::integer and said_at <= answered_at),
    add constraint words_are_kept check (is_kept_text(said_by) and is_kept_text(words));

-- Who said on the telephone what the note of an event says, and when.
alter table request_event
    add column said_by text check (said_by <> ''),
    add column said_at timestamptz,
    add constraint heard_by_staff check (
        num_nonnulls(said_by, said_at) in (0, 2) and (said_by is null or staff_id is not null)),
    add constraint said_by_is_kept check (is_kept_text(said_by));

-- To a technician about a request at whose appointments that person works or worked: the door for what members do.
create function write_mail_to_technician(p_staff bigint, p_request uuid, p_content jsonb, p_now timestamptz, p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_customer  bigint;
begin
    select customer_id into v_customer from appointment
        where request_id = p_request and technician_id = p_staff limit 1;
    if not found then
        raise insufficient_privilege using message = 'a mail to somebody who does not work on it';
    end if;
    perform refuse_foreign_customer(v_customer);
    perform write_mail_to_staff(p_staff, p_content, p_now, p_key);
end
$$;
grant create on schema public to linka_system;
alter function write_mail_to_technician owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function write_mail_to_technician from public;
grant execute on function write_mail_to_technician to linka_member, linka_staff, linka_system;
