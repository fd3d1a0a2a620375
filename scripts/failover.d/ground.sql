-- A line for the load: technicians with time for all of it, customers whose programs order, and nobody who meets a limit.
-- psql sets customers and technicians.
\set ON_ERROR_STOP on
\set QUIET on
begin;
insert into skill values ('programs', 'Programy');
insert into program (name) values ('Sklad');
insert into work_type (name, minutes_from, minutes_to, slot_minutes, plannable, skill) values ('Oprava', 15, 30, 30, false, 'programs');
insert into supplier (name, street, city, postal_code, ico, dic, register, email, bank, account, iban, bic, confirmed_at)
values ('Linka software s.r.o.', 'Klatovská třída 12', 'Plzeň', '301 00', '12345679', 'CZ12345679',
        'Krajský soud v Plzni, oddíl C, vložka 1234', 'fakturace@linka.example', 'Česká spořitelna',
        '19-2000145399/0800', 'CZ6508000000192000145399', 'GIBACZPX', '2026-01-01');
insert into line_region (name, phone, position, postal_prefixes) values ('Jihozápad', '377 457 977', 1, '{3}');
insert into bundle (id, minutes, price, validity_months, position) overriding system value values (1, 60, 138000, 12, 1);
update line_setting set list_rate_per_minute = 2500, urgent_reserve_percent = 0;
update line_limit set future_appointments = 100000, waiting_requests = 100000, unpaid_purchases = 100000, purchases_per_day = 100000,
    downloads = 100000, drafts = 100000, holds = 100000, holds_per_hour = 100000, messages_per_hour = 100000,
    writes_per_minute = 100000, attachment_megabytes = 100000;

with technician as (
    insert into staff (name, roles) select 'Technik ' || n, '{technician}' from generate_series(1, :technicians) n returning id),
skilled as (insert into technician_skill select id, 'programs' from technician)
insert into working_plan select id, day, '07:00'::time, '15:30'::time from technician, generate_series(1, 5) day;

create temporary table place on commit drop as
select n, lpad(n::text, 8, '0') as ico from generate_series(1, :customers) n;
insert into customer (name, ico, street, city, postal_code, created_at, trusted)
select 'Škola ' || n, ico, 'Školní 1', 'Plzeň', '301 00', now(), true from place;
insert into licence (customer_id, program_id) select c.id, p.id from place join customer c using (ico), program p;
insert into member (customer_id, name, capabilities)
select c.id, 'Jana Nováková', '{order,see_all,buy,see_billing,manage}' from place join customer c using (ico);
insert into login (email, member_id) select 'jana' || n || '@example.com', m.id
from place join customer c using (ico) join member m on m.customer_id = c.id;
-- Who buys has a second factor.
insert into authenticator (login_id, secret, offered_at, confirmed_at)
select l.id, substr(sha256(l.email::bytea), 1, 20), now(), now() from login l;
-- Program n shows `load-n`, and the browser of its customer the cookie that is the SHA-256 of `browser-n`.
insert into api_token (id, customer_id, program_id, token_hash, prefix, scopes, created_at)
select gen_random_uuid(), c.id, p.id, sha256(('load-' || n)::bytea), 'load-' || n, '{read,order,billing}', now()
from place join customer c using (ico), program p;
insert into session (token_hash, id, login_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at, browser, confirmed_at)
select sha256(sha256(('browser-' || n)::bytea)), gen_random_uuid(), l.id, now(), now(), now() + interval '1 day',
       now() + interval '1 day', sha256('b'), now()
from place join login l on l.email = 'jana' || n || '@example.com';
commit;
