-- A customer's people are kept by those of them who manage, too: invited by mail, changed and let go.
--
-- What somebody of a customer does never leaves the organisation with nobody who could let others in. The vendor's people may, who
-- are asked, and commands do.

-- An address that several people read: who of them it is, is asked with each order.
alter table member add column is_mailbox boolean not null default false;

create function somebody_manages() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from login where member_id is not null
            and id = nullif(split_part(current_setting('app.origin', true), '/', 1), '')::bigint) then
        return null;
    end if;
    -- Of two who take each other's right away at the same moment, the second waits here, and is refused.
    perform from customer where id = old.customer_id for update;
    if not exists (
        select from member m join login l on l.member_id = m.id
        where m.customer_id = old.customer_id and m.active and 'manage' = any (m.capabilities)) then
        raise check_violation using constraint = 'somebody_manages', message = 'nobody else manages';
    end if;
    return null;
end
$$;
create constraint trigger somebody_manages after update of active, capabilities on member
    for each row
    when (old.active and 'manage' = any (old.capabilities) and not (new.active and 'manage' = any (new.capabilities)))
    execute function somebody_manages();

-- Waits for whoever writes a person of a customer, one of that person's requests, or the customer: requests before the customer
-- before the person, as whoever orders locks them. A person of somebody else's is not there.
create function lock_member(p_customer bigint, p_member bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from service_request where member_id = p_member and customer_id = p_customer order by id for update;
    perform from customer where id = p_customer for update;
    perform from member where id = p_member and customer_id = p_customer for update;
end
$$;

-- Lets a person go: sessions and links end by forget_sign_ins(), requests stay, and what is open of them goes on with a colleague or
-- is called off, as when somebody is erased. Whoever is gone already stays so.
create function let_member_go(p_member bigint, p_heir bigint, p_call_off boolean, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_person member;
begin
    select * into v_person from member where id = p_member;
    if not found or not v_person.active then
        return;
    end if;
    if p_heir is not null and not exists (
        select from member where id = p_heir and customer_id = v_person.customer_id and id <> p_member and active) then
        raise check_violation using constraint = 'heir_is_a_colleague', message = 'no colleague';
    end if;
    if p_heir is null and exists (
        select from service_request where member_id = p_member and state = 'in_progress') then
        raise check_violation using constraint = 'work_is_somebodys', message = 'work is under way';
    end if;
    if p_heir is null and not p_call_off and exists (
        select from service_request where member_id = p_member and state in ('waiting', 'scheduled')) then
        raise check_violation using constraint = 'requests_are_somebodys', message = 'open requests';
    end if;
    perform hand_requests_over(p_member, p_heir, array[v_person.name], '{}', p_at);
    update member set active = false where id = p_member;
end
$$;

grant create on schema public to linka_eraser, linka_system;
alter function somebody_manages owner to linka_system;
alter function lock_member owner to linka_eraser;
alter function let_member_go owner to linka_eraser;
revoke create on schema public from linka_eraser, linka_system;
revoke execute on function somebody_manages, lock_member, let_member_go from public;
grant execute on function lock_member, let_member_go to linka_system;
