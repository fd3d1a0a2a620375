-- Cards that are saved no longer: removed by their customer, replaced, gone with their person, or entered by somebody who may not buy
-- any more. Each is taken from its customer at Stripe, however long that takes, and is never saved again (design, Subscriptions).

create table former_card (
    payment_method  text primary key constraint former_card_has_a_name check (payment_method <> ''),
    customer_id     bigint not null references customer,
    -- When Stripe had taken it from its customer, or knew of no such card.
    detached_at     timestamptz
);
create index former_card_customer on former_card (customer_id);
create index former_card_attached on former_card (payment_method) where detached_at is null;
call build_tenant_wall('former_card');
grant select, insert, update (detached_at) on former_card to linka_system;
grant delete on saved_card to linka_system;
-- Who has themselves erased, and the card with that, causes it as well.
insert into payment_task values ('detach_card', true);
call keep_decisions('saved_card', 'insert or delete or update of payment_method', 'true', 'saved_at');

-- Lets go of a card unless it is the saved one; tells whether that was news.
create function let_card_go(p_customer bigint, p_payment_method text) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into former_card (payment_method, customer_id)
        select p_payment_method, p_customer
        where not exists (select from saved_card s where s.payment_method = p_payment_method)
        on conflict do nothing;
    if not found then
        return false;
    end if;
    perform queue_payment_job('detach_card', json_build_object('card', p_payment_method), p_payment_method);
    return true;
end
$$;

create function leave_saved_card() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform let_card_go(old.customer_id, old.payment_method);
    return null;
end
$$;
create trigger leave_saved_card after delete or update of payment_method on saved_card
    for each row execute function leave_saved_card();

-- Whoever saves a card looks first whether it was let go; of two at once the later one is told to look again.
create function former_card_is_not_saved_again() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from former_card f where f.payment_method = new.payment_method) then
        raise exception using errcode = 'serialization_failure', constraint = 'former_card_is_not_saved_again',
            message = 'this card was let go';
    end if;
    return null;
end
$$;
create trigger former_card_is_not_saved_again after insert or update of payment_method on saved_card
    for each row execute function former_card_is_not_saved_again();

grant create on schema public to linka_system;
alter function let_card_go owner to linka_system;
alter function leave_saved_card owner to linka_system;
alter function former_card_is_not_saved_again owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function let_card_go from public;
grant execute on function let_card_go to linka_system;
