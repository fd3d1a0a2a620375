-- Two customers turn out to be one. What one of them has had – closed requests, work, documents, the entries of its account – stays
-- where it is, under its name; what goes on is posted to the other one: people, what is open, and the minutes that are left.
alter table member
    add column goes_on_as bigint references member, -- the same person, at the customer into which this one's was merged
    add constraint goes_on_as_somebody_else check (goes_on_as <> id and (goes_on_as is null or not active));
create index member_goes_on on member (goes_on_as) where goes_on_as is not null;
alter table service_request
    add column goes_on_as uuid references service_request, -- the same request, at the customer into which this one's was merged
    add constraint goes_on_when_over check (goes_on_as is null or state = 'cancelled');
create unique index service_request_goes_on on service_request (goes_on_as) where goes_on_as is not null;

alter table ledger_entry
    drop constraint ledger_entry_source_kind_check,
    add constraint ledger_entry_source_kind_check
        check (source_kind in ('grant', 'receipt', 'expiry', 'dispute', 'refund', 'import', 'merge')),
    drop constraint ledger_entry_kind_check,
    add constraint ledger_entry_kind_check
        check (kind in ('grant', 'draw', 'return', 'expiry', 'charge', 'waive', 'freeze', 'thaw', 'refund', 'correction', 'handover')),
    drop constraint sign_fits_kind,
    add constraint sign_fits_kind check (
        case kind when 'grant' then minutes > 0 when 'draw' then minutes < 0 when 'return' then minutes > 0
                  when 'expiry' then minutes < 0 when 'freeze' then minutes < 0 when 'thaw' then minutes > 0
                  when 'refund' then minutes < 0 when 'correction' then minutes < 0 when 'handover' then minutes < 0
                  when 'charge' then over_minutes > 0 and amount >= 0 when 'waive' then over_minutes < 0 and amount <= 0 end);

-- Posts what is left of a grant to the account of another customer, where it can be drawn in the same time: one entry there, one here.
create function hand_minutes_over(p_grant bigint, p_into bigint, p_at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_grant  minute_grant;
    v_left   integer;
    v_seq    bigint;
begin
    select * into v_grant from minute_grant where id = p_grant;
    perform from minute_account where customer_id = v_grant.customer_id for update;
    select grant_balance_after, seq into v_left, v_seq from ledger_entry where grant_id = p_grant order by seq desc limit 1;
    if v_left <= 0 or v_grant.expires_at <= p_at then
        return; -- what has expired ends where it is
    end if;
    insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id)
        values (v_grant.customer_id, p_at, 'handover', p_grant, -v_left, 'merge', p_grant || ':' || v_seq);
    insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
        values (p_into, 'correction', v_left, v_grant.effective_at, v_grant.expires_at, 'merge:' || p_grant || ':' || v_seq, p_at);
end
$$;

-- What comes back to the account of who was merged, or is paid only now, is the other one's as well.
create function minutes_lead_on() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_into  bigint;
begin
    select merged_into into v_into from customer where id = new.customer_id;
    if v_into is not null then
        perform hand_minutes_over(new.grant_id, v_into, new.at);
    end if;
    return null;
end
$$;
create trigger minutes_lead_on after insert on ledger_entry
    for each row when (new.kind in ('grant', 'return', 'thaw')) execute function minutes_lead_on();

-- Lets the people of a customer go on at another one, who may order there, with the sign-ins that they have; what they may do beyond that
-- is for those who manage. Where nobody signs in who manages, they may what they could.
create function hand_people_over(p_from bigint, p_into bigint) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_person  member;
    v_new     bigint;
    v_manages boolean := exists (
        select from member m join login l on l.member_id = m.id
        where m.customer_id = p_into and m.active and 'manage' = any (m.capabilities));
begin
    for v_person in select * from member where customer_id = p_from and active order by id loop
        insert into member (customer_id, name, phone, email, capabilities, is_mailbox)
            values (p_into, v_person.name, v_person.phone, v_person.email,
                    case when v_manages then '{order}' else v_person.capabilities end, v_person.is_mailbox)
            returning id into v_new;
        -- The sign-in first: with its person it would end.
        update login set member_id = v_new where member_id = v_person.id;
        update member set active = false, goes_on_as = v_new where id = v_person.id;
        update member set goes_on_as = v_new where goes_on_as = v_person.id and erased_at is null;
    end loop;
end
$$;

-- Posts what a customer has asked for and not had yet to another one: each request ends in favour of one of the other customer, which
-- has its words, its promise and, in the same moment, its agreed time.
create function hand_requests_on(p_from bigint, p_into bigint, p_staff bigint, p_at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_old      service_request;
    v_new      service_request;
    v_time     appointment;
begin
    for v_old in select * from service_request where customer_id = p_from and state in ('waiting', 'scheduled') order by id loop
        if not exists (select from member where id = v_old.member_id and goes_on_as is not null) then
            raise check_violation using constraint = 'nothing_is_left_behind', message = 'a request of nobody who goes on';
        end if;
        select * into v_time from appointment where request_id = v_old.id and state = 'confirmed' for update;
        update appointment set state = 'cancelled' where id = v_time.id;
        update service_request set state = 'cancelled', sequence = sequence + 1 where id = v_old.id;
        insert into service_request (id, customer_id, member_id, number, state, source, program_id, work_type_id, urgency, what_stopped,
                stopped_since, what_happened, contact_name, contact_phone, ready, ceiling_minutes, estimate, moves, created_at,
                submitted_at, estimated_at, classed_at, outage_id, first_offer)
            select gen_random_uuid(), p_into, m.goes_on_as, next_request_number(extract(year from p_at at time zone 'Europe/Prague')::integer),
                   v_old.state, v_old.source, v_old.program_id, v_old.work_type_id, v_old.urgency, v_old.what_stopped,
                   v_old.stopped_since, v_old.what_happened, v_old.contact_name, v_old.contact_phone, v_old.ready, v_old.ceiling_minutes,
                   v_old.estimate, v_old.moves, p_at, v_old.submitted_at, v_old.estimated_at, v_old.classed_at, v_old.outage_id,
                   v_old.first_offer
            from member m where m.id = v_old.member_id
            returning * into v_new;
        update service_request set goes_on_as = v_new.id where id = v_old.id;
        if v_time.id is not null then
            insert into appointment (customer_id, request_id, technician_id, during, urgency, state)
                values (p_into, v_new.id, v_time.technician_id, v_time.during, v_time.urgency, 'confirmed');
            -- A technician who has left meanwhile keeps no time: then nothing is merged before somebody else has it.
            if not exists (select from appointment where request_id = v_new.id and state = 'confirmed') then
                raise check_violation using constraint = 'nothing_is_left_behind', message = 'a time that nobody can keep';
            end if;
        end if;
        insert into request_event (customer_id, request_id, at, kind, staff_id, note)
            values (p_from, v_old.id, p_at, 'merged', p_staff, v_new.number), (p_into, v_new.id, p_at, 'merged', p_staff, v_old.number);
    end loop;
end
$$;

-- Merges a customer into another one, which twice is the same as once. What is only half done is finished first: work, a contract in
-- force, whose terms are nobody else's. Requests before customers before accounts, as whoever orders and works locks them; each in the
-- order of their numbers: two that are merged into one another at the same moment wait for each other.
create function merge_customer(p_from bigint, p_into bigint, p_staff bigint, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_from    customer;
    v_grant   bigint;
begin
    perform from service_request where customer_id = p_from and state not in ('closed', 'cancelled') order by id for update;
    perform from customer where id in (p_from, p_into) order by id for update;
    select * into v_from from customer where id = p_from;
    if v_from.merged_into = p_into then
        return;
    end if;
    if not v_from.active or v_from.blocked_at is not null then
        raise check_violation using constraint = 'customers_are_merged', message = 'no customer to be merged';
    end if;
    if not exists (select from customer where id = p_into and id <> p_from and active and blocked_at is null and awaits_nod_since is null) then
        raise check_violation using constraint = 'merged_into_a_customer', message = 'no customer to be merged into';
    end if;
    if exists (select from service_request where customer_id = p_from and state = 'in_progress')
       or exists (select from intervention where customer_id = p_from and state = 'open')
       or exists (select from contract where customer_id = p_from
                  and (upper_inf(valid) or upper(valid) > (p_at at time zone 'Europe/Prague')::date)) then
        raise check_violation using constraint = 'nothing_is_left_behind', message = 'something is under way';
    end if;
    perform from minute_account where customer_id in (p_from, p_into) order by customer_id for update;
    delete from appointment where state = 'held' and customer_id = p_from;
    update service_request set state = 'cancelled' where customer_id = p_from and state = 'draft';
    insert into licence (customer_id, program_id, number, version)
        select p_into, program_id, number, version from licence where customer_id = p_from on conflict do nothing;
    insert into computer (customer_id, name, teamviewer_id)
        select p_into, name, teamviewer_id from computer where customer_id = p_from on conflict do nothing;
    perform hand_people_over(p_from, p_into);
    perform hand_requests_on(p_from, p_into, p_staff, p_at);
    for v_grant in select id from minute_grant where customer_id = p_from order by id loop
        perform hand_minutes_over(v_grant, p_into, p_at);
    end loop;
    update customer set active = false, awaits_nod_since = null, merged_into = p_into where id = p_from;
    -- Who was merged into this one before leads to where this one does.
    update customer set merged_into = p_into where merged_into = p_from;
end
$$;
drop function merge_newcomer(bigint, bigint, timestamptz);

-- What a person of a customer may read of those who were merged into it: whose it is, and who the person was there. A number is that of
-- a request or of a tax document.
create function read_of_former(p_number text, p_member bigint) returns table (customer_id bigint, member_id bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select k.id, (select m.id from member m where m.customer_id = k.id and m.goes_on_as = p_member order by m.id limit 1)
    from customer k
    where k.merged_into = current_customer()
      and (exists (select from service_request r where r.number = p_number and r.customer_id = k.id)
           or exists (select from tax_document d where d.number = p_number and d.customer_id = k.id))
$$;

-- Who has gone on elsewhere is one and the same person: nobody else's name stands in the way of being forgotten.
create or replace function is_shared_trace(p_member bigint, p_customer bigint, p_text text) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select exists (select from member m where (p_customer is null or m.customer_id = p_customer) and m.id <> p_member
                     and m.goes_on_as is distinct from p_member
                     and m.id is distinct from (select o.goes_on_as from member o where o.id = p_member)
                     and lower(p_text) in (lower(m.name), lower(m.email), m.phone))
        or exists (select from login l where l.member_id is distinct from p_member
                     and l.member_id is distinct from (select o.goes_on_as from member o where o.id = p_member) and l.email = lower(p_text))
        or exists (select from staff s where lower(s.name) = lower(p_text))
        or exists (select from customer k where (p_customer is null or k.id = p_customer) and lower(k.name) = lower(p_text))
        or exists (select from supplier s where s.email = lower(p_text))
$$;
create function erase_former_self() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
declare
    v_former  bigint;
begin
    for v_former in select id from member where goes_on_as = new.id and erased_at is null order by id loop
        perform erase_member(v_former, null, true, false, '', new.erased_at);
    end loop;
    return null;
end
$$;
create trigger erase_former_self after update of erased_at on member
    for each row when (old.erased_at is null and new.erased_at is not null) execute function erase_former_self();

grant select on computer to linka_system;
grant insert on computer, service_request to linka_system;
grant execute on function next_request_number to linka_system;
grant create on schema public to linka_system;
alter function merge_customer owner to linka_system;
alter function minutes_lead_on owner to linka_system;
alter function read_of_former owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function merge_customer, hand_minutes_over, minutes_lead_on, hand_people_over, hand_requests_on, read_of_former,
    erase_former_self from public;
grant execute on function hand_minutes_over, hand_people_over, hand_requests_on to linka_system;
grant execute on function merge_customer to linka_staff;
grant execute on function read_of_former to linka_member;
