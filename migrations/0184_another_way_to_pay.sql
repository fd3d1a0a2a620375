-- Who has not paid yet may pay otherwise than was chosen. The page at Stripe that is left is ended first, and known for ever: what is
-- paid there all the same is known for whose it is.

create table former_checkout (
    session      text primary key constraint former_checkout_has_a_name check (session <> ''),
    customer_id  bigint not null,
    purchase_id  uuid not null,
    foreign key (purchase_id, customer_id) references purchase (id, customer_id)
);
create index former_checkout_purchase on former_checkout (purchase_id);
create index former_checkout_customer on former_checkout (customer_id);
call build_tenant_wall('former_checkout');
create trigger append_only before update or delete or truncate on former_checkout execute function refuse_change();
grant select, insert on former_checkout to linka_system;

-- Since when it can be paid by card, where that was chosen later.
alter table purchase add column card_since timestamptz;
grant update (method, card_since) on purchase to linka_system;

create or replace function keep_purchase_facts() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.customer_id, new.number, new.member_id, new.bundle_id, new.quantity, new.minutes, new.price, new.vat_percent,
        new.total, new.validity_months, new.reference, new.at_once, new.created_at)
       is distinct from
       (old.id, old.customer_id, old.number, old.member_id, old.bundle_id, old.quantity, old.minutes, old.price, old.vat_percent,
        old.total, old.validity_months, old.reference, old.at_once, old.created_at)
       or (new.method <> old.method and (old.paid_at is not null or old.at_once))
       or (old.awaiting_since is not null and new.awaiting_since is distinct from old.awaiting_since)
       or (old.paid_at is not null and new.paid_at is distinct from old.paid_at)
       or (old.closed_as = 'cancelled' and new.closed_as is distinct from 'cancelled')
       or (old.closed_as = 'expired' and new.closed_as is null)
       or (old.payment_intent is not null and new.payment_intent is distinct from old.payment_intent)
       or new.checkout_try < old.checkout_try then
        raise exception 'a purchase goes forward only' using errcode = 'LK003';
    end if;
    -- A page is left only for another way to pay, and is known afterwards.
    if old.checkout_session is not null and new.checkout_session is distinct from old.checkout_session then
        if new.checkout_session is not null or new.method <> 'transfer'
           or not exists (select from former_checkout f where f.session = old.checkout_session) then
            raise exception 'a purchase goes forward only' using errcode = 'LK003';
        end if;
    end if;
    return new;
end
$$;

-- Leaves the card for a transfer. Whoever learns of a transfer does it as well, and has no business with pages and addresses.
create function leave_card(p_purchase uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into former_checkout (session, customer_id, purchase_id)
        select p.checkout_session, p.customer_id, p.id from purchase p where p.id = p_purchase and p.checkout_session is not null
        on conflict do nothing;
    update purchase set method = 'transfer', checkout_session = null, checkout_url = null, checkout_expires_at = null,
                        checkout_refused_at = null, checkout_try = checkout_try + 1
        where id = p_purchase and method = 'card' and paid_at is null;
    delete from checkout_email where purchase_id = p_purchase;
end
$$;
grant create on schema public to linka_system;
alter function leave_card owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function leave_card from public;
grant execute on function leave_card to linka_staff, linka_system;
