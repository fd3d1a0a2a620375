-- One word for one thing: the purchase of a bundle is called so in the tables too. "Order" is what a customer wants done.
--
-- Row-level-security policies, grants and triggers follow their tables; functions are text and are written anew. What lies in
-- rows that never change keeps its old words: the source of a bundle's grant is 'order:<purchase>' for ever.

alter table order_number rename to purchase_number;
alter table bundle_order rename to purchase;
alter table order_event rename to purchase_event;
alter table purchase_event rename column order_id to purchase_id;
alter table refund rename column order_id to purchase_id;
alter table payment_alert rename column order_id to purchase_id;
alter table tax_document rename column order_id to purchase_id;

-- Constraints, indexes and sequences that PostgreSQL and we named after them; a primary key's index goes with its constraint.
do $$
declare
    v_found  record;
    v_old    constant text := '^(bundle_order|order_event|order_number)(_|$)|^(refund|tax_document)_order$|_order_id_';
    v_new    text;
begin
    for v_found in
        select c.conname as name, c.conrelid::regclass as of_table, 'constraint' as what
        from pg_constraint c where c.connamespace = 'public'::regnamespace and c.conrelid <> 0 and c.conname ~ v_old
        union all
        select i.relname, null, case i.relkind when 'S' then 'sequence' else 'index' end
        from pg_class i
        where i.relnamespace = 'public'::regnamespace and i.relkind in ('i', 'S') and i.relname ~ v_old
          and not exists (select 1 from pg_constraint c where c.conindid = i.oid and c.conname = i.relname)
    loop
        v_new := regexp_replace(regexp_replace(v_found.name, '^bundle_order', 'purchase'), '(^|_)order(_|$)', '\1purchase\2', 'g');
        if v_found.what = 'constraint' then
            execute format('alter table %s rename constraint %I to %I', v_found.of_table, v_found.name, v_new);
        else
            execute format('alter %s %I rename to %I', v_found.what, v_found.name, v_new);
        end if;
    end loop;
end
$$;

-- A payment for a purchase that has ended.
alter table bank_payment drop constraint bank_payment_reason_check;
update bank_payment set reason = 'closed_purchase' where reason = 'closed_order';
alter table bank_payment add constraint bank_payment_reason_check check (reason in (
    'unknown_symbol', 'underpaid', 'overpaid', 'already_paid', 'foreign_currency', 'closed_purchase', 'repeated'));

alter function next_order_number rename to next_purchase_number;
create or replace function next_purchase_number(p_year integer) returns text
    language sql volatile security definer set search_path = public, pg_temp as $$
    insert into purchase_number as n (year, last) values (p_year, 1)
        on conflict (year) do update set last = n.last + 1
        returning 'B' || year || '-' || lpad(last::text, 6, '0')
$$;

alter function keep_order_facts rename to keep_purchase_facts;
create or replace function keep_purchase_facts() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.customer_id, new.number, new.member_id, new.bundle_id, new.quantity, new.minutes, new.price, new.vat_percent,
        new.total, new.validity_months, new.reference, new.method, new.at_once, new.created_at)
       is distinct from
       (old.id, old.customer_id, old.number, old.member_id, old.bundle_id, old.quantity, old.minutes, old.price, old.vat_percent,
        old.total, old.validity_months, old.reference, old.method, old.at_once, old.created_at)
       or (old.awaiting_since is not null and new.awaiting_since is distinct from old.awaiting_since)
       or (old.paid_at is not null and new.paid_at is distinct from old.paid_at)
       or (old.closed_as = 'cancelled' and new.closed_as is distinct from 'cancelled')
       or (old.closed_as = 'expired' and new.closed_as is null)
       or (old.checkout_session is not null and new.checkout_session is distinct from old.checkout_session)
       or (old.payment_intent is not null and new.payment_intent is distinct from old.payment_intent)
       or array_position(array['none', 'open', 'won', 'lost'], new.dispute)
          < array_position(array['none', 'open', 'won', 'lost'], old.dispute) then
        raise exception 'a purchase goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;

create or replace function keep_refund_facts() returns trigger
    language plpgsql as $$
declare
    v_ranks constant text[] := array['requested', 'pending', 'succeeded', 'failed', 'paid_otherwise'];
begin
    if (new.id, new.customer_id, new.purchase_id, new.minutes, new.amount, new.reason, new.staff_id, new.requested_at)
       is distinct from
       (old.id, old.customer_id, old.purchase_id, old.minutes, old.amount, old.reason, old.staff_id, old.requested_at)
       or (old.stripe_refund is not null and new.stripe_refund is distinct from old.stripe_refund)
       or (old.document_id is not null and new.document_id is distinct from old.document_id)
       or array_position(v_ranks, new.state) < array_position(v_ranks, old.state) then
        raise exception 'a refund goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;

create or replace function ledger_faults() returns table (customer_id bigint, fault text)
    language sql stable as $$
    select * from account_faults()
    union all
    -- minutes were taken back exactly once for each refund that took any
    select coalesce(r.customer_id, e.customer_id), format('refund %s and the ledger differ', coalesce(r.id::text, e.source_id))
    from (select * from refund where minutes > 0) r
    full join (select * from ledger_entry where kind = 'refund') e on e.source_id = r.id::text
    where e.minutes is distinct from -r.minutes or e.customer_id is distinct from r.customer_id
    union all
    -- no more is thawed than was frozen
    select e.customer_id, format('grant %s: more minutes thawed than frozen', e.grant_id)
    from ledger_entry e where e.kind in ('freeze', 'thaw')
    group by e.customer_id, e.grant_id having sum(e.minutes) > 0
    union all
    -- nothing can be drawn while its payment is disputed, nor when that was lost; all is back when it was won
    select p.customer_id, format('purchase %s is %s and has %s minutes left, %s frozen', p.number, p.dispute, b.left_minutes, f.frozen)
    from purchase p
    join minute_grant g on g.kind = 'bundle' and g.source = 'order:' || p.id
    join grant_balance b on b.id = g.id
    cross join lateral (
        select -coalesce(sum(e.minutes), 0) as frozen from ledger_entry e
        where e.grant_id = g.id and e.kind in ('freeze', 'thaw')) f
    where case when p.dispute in ('open', 'lost') then b.left_minutes <> 0 else f.frozen <> 0 end
    union all
    -- what went back is the sum of what is settled
    select p.customer_id, format('purchase %s: %s refunded, but its refunds are %s', p.number, p.refunded, r.settled)
    from purchase p
    cross join lateral (
        select coalesce(sum(r.amount), 0) as settled from refund r
        where r.purchase_id = p.id and r.state in ('succeeded', 'paid_otherwise')) r
    where p.paid_at is not null and p.refunded <> least(r.settled, p.total)
$$;

-- Its parameter has another name.
drop function issue_tax_document;
create function issue_tax_document(
    p_customer bigint, p_kind text, p_year integer, p_issued_at timestamptz, p_supplied_on date, p_due_on date, p_purchase uuid,
    p_corrects bigint, p_base bigint, p_tax bigint, p_total bigint, p_content jsonb, p_key text
) returns table (id bigint, number text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_serial  integer;
    v_number  text;
begin
    perform refuse_foreign_customer(p_customer);
    -- What members cause is the request for the payment of a purchase of theirs, and nothing that concerns taxes.
    if current_setting('role') = 'linka_member' and not (
        p_kind = 'proforma' and exists (select 1 from purchase p
                                        where p.id = p_purchase and p.customer_id = p_customer and p.total = p_total)) then
        raise insufficient_privilege using message = 'not a document that members cause';
    end if;
    insert into document_series as s (kind, year, last) values (p_kind, p_year, 1)
        on conflict (kind, year) do update set last = s.last + 1
        returning s.last into v_serial;
    -- Under the series' lock nobody else issues: looking first is enough, and the constraint repeats it.
    if exists (select 1 from tax_document d where d.key = p_key) then
        if v_serial = 1 then
            delete from document_series s where s.kind = p_kind and s.year = p_year;
        else
            update document_series s set last = v_serial - 1 where s.kind = p_kind and s.year = p_year;
        end if;
        return;
    end if;
    v_number := p_year || case p_kind when 'proforma' then '1' when 'payment' then '2' when 'invoice' then '3' else '4' end
                || lpad(v_serial::text, 5, '0');
    return query insert into tax_document as d (customer_id, kind, year, serial, number, issued_at, supplied_on, due_on, purchase_id,
                                                corrects_id, base, tax, total, content, key)
        values (p_customer, p_kind, p_year, v_serial, v_number, p_issued_at, p_supplied_on, p_due_on, p_purchase, p_corrects,
                p_base, p_tax, p_total, p_content, p_key)
        returning d.id, d.number;
end
$$;
grant create on schema public to linka_system;
alter function issue_tax_document owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function issue_tax_document from public;
grant execute on function issue_tax_document to linka_member, linka_staff, linka_system;
