-- Reminders of what is overdue (design, Receivables): a letter for each customer and stage, in a manager's words, never about a document
-- twice at one stage.

-- What each stage says, and how many days past the due day it begins; 0: it is not sent.
create table payment_stage (
    stage       text primary key check (stage in ('friendly', 'second', 'last')),
    days_after  integer not null check (days_after between 0 and 366),
    subject_cs  text not null check (subject_cs <> '' and is_kept_text(subject_cs)),
    subject_en  text not null check (subject_en <> '' and is_kept_text(subject_en)),
    text_cs     text not null check (text_cs <> '' and is_kept_text(text_cs)),
    text_en     text not null check (text_en <> '' and is_kept_text(text_en))
);
insert into payment_stage (stage, days_after, subject_cs, subject_en, text_cs, text_en) values
    ('friendly', 0, 'Připomínáme platbu {total}', 'A reminder of {total} to pay',
     E'Dobrý den,\n\nmožná vám to uniklo: po splatnosti je {count}, celkem {total}. Pokud jste už zaplatili, tuto zprávu neberte v úvahu.',
     E'Hello,\n\nit may have slipped your mind: overdue is {count}, {total} in all. If you have paid already, please disregard this message.'),
    ('second', 0, 'Druhá upomínka: {total}', 'Second reminder: {total}',
     E'Dobrý den,\n\nstále nám chybí úhrada, celkem {total}. Nejstarší doklad byl splatný {oldest}. Nemůžete-li zaplatit najednou, ozvěte se, domluvíme splátky.',
     E'Hello,\n\nwe are still missing {total}. The oldest document was due on {oldest}. If you cannot pay at once, get in touch and we agree on instalments.'),
    ('last', 0, 'Poslední upomínka: {total}', 'Last reminder: {total}',
     E'Dobrý den,\n\ndlužíte nám {total}, nejstarší doklad byl splatný {oldest}. Jde o poslední upomínku. Zaplaťte, nebo se ozvěte.',
     E'Hello,\n\nyou owe us {total}; the oldest document was due on {oldest}. This is the last reminder. Pay, or get in touch.');
call keep_audit('payment_stage');
grant select, update (days_after, subject_cs, subject_en, text_cs, text_en) on payment_stage to linka_staff;
grant select on payment_stage to linka_system;

-- A letter that was written; one a day for a customer at most.
create table payment_reminder (
    id           bigint generated always as identity primary key,
    customer_id  bigint not null references customer,
    stage        text not null check (stage in ('friendly', 'second', 'last')),
    day          date not null,
    at           timestamptz not null,
    constraint one_reminder_a_day unique (customer_id, day),
    unique (id, customer_id)
);
call build_tenant_wall('payment_reminder');
create trigger append_only before update or delete or truncate on payment_reminder
    for each statement execute function refuse_change();

-- What it was the first letter of its stage about.
create table reminded_debt (
    reminder_id         bigint not null,
    customer_id         bigint not null,
    document_id         bigint,
    earlier_invoice_id  bigint references earlier_invoice,
    stage               text not null check (stage in ('friendly', 'second', 'last')),
    constraint reminded_of_one_thing check (num_nonnulls(document_id, earlier_invoice_id) = 1),
    constraint document_is_reminded_once unique (document_id, stage),
    constraint earlier_invoice_is_reminded_once unique (earlier_invoice_id, stage),
    foreign key (reminder_id, customer_id) references payment_reminder (id, customer_id),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
create index reminded_debt_of_reminder on reminded_debt (reminder_id);
call build_tenant_wall('reminded_debt');
create trigger append_only before update or delete or truncate on reminded_debt
    for each statement execute function refuse_change();

grant select on payment_reminder, reminded_debt to linka_staff;
grant select, insert on payment_reminder, reminded_debt to linka_system;

-- Whether somebody of a customer sees documents and has an address: whom write_mail_to_people() would write to.
create function has_billing_reader(p_customer bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from member m left join login l on l.member_id = m.id
                   where m.customer_id = p_customer and m.active and 'see_billing' = any (m.capabilities)
                     and coalesce(l.email, m.email, '') <> '')
$$;
grant create on schema public to linka_system;
alter function has_billing_reader owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function has_billing_reader from public;
grant execute on function has_billing_reader to linka_staff, linka_system;
