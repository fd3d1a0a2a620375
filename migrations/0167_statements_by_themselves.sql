-- Statements that come by themselves: from the bank's interface, or from a folder. And rows of a statement that cannot be read are
-- written down beside those that were.
alter table bank_statement
    alter column staff_id drop not null,
    add column source text not null default 'upload' constraint bank_statement_source_check check (source in ('upload', 'folder', 'fio')),
    add constraint whoever_uploads_is_known check ((source = 'upload') = (staff_id is not null));

create table bank_statement_unread (
    statement_id  bigint not null references bank_statement,
    place         integer not null check (place > 0),
    line          integer not null check (line > 0),
    fault         text not null constraint bank_statement_unread_fault_check check (fault in (
        'empty', 'unknown_format', 'too_long', 'short_line', 'bad_date', 'bad_amount', 'bad_code', 'unknown_record',
        'unclear_reversal', 'open_quote', 'not_booked', 'broken_xml', 'foreign_account')),
    primary key (statement_id, place)
);
create trigger append_only before update or delete on bank_statement_unread for each row execute function refuse_change();
grant select, insert on bank_statement_unread to linka_staff;

-- When a bank's interface was last asked: it refuses whoever asks more often than each 30 seconds, from whatever process.
create table statement_fetch (
    source    text primary key constraint statement_fetch_source_check check (source in ('upload', 'folder', 'fio')),
    asked_at  timestamptz not null,
    -- The last day whose bookings were taken in.
    until     date
);
grant select, insert, update on statement_fetch to linka_system;

-- What jobs there are about payments and documents, and which of them members cause: whoever adds one writes a row.
create table payment_task (
    name        text primary key,
    by_members  boolean not null
);
insert into payment_task values
    ('start_checkout', true), ('end_checkout', false), ('handle_stripe_event', false), ('send_refund', false),
    ('print_document', true), ('fetch_statements', false);
grant select on payment_task to linka_system;
create or replace function queue_payment_job(p_task text, p_payload json, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from payment_task t where t.name = p_task) then
        raise insufficient_privilege using message = 'not a job of payments';
    end if;
    if current_setting('role') = 'linka_member'
       and not exists (select from payment_task t where t.name = p_task and t.by_members) then
        raise insufficient_privilege using message = 'not a job that members cause';
    end if;
    perform graphile_worker.add_job(p_task, p_payload, max_attempts => 16, job_key => p_task || ':' || p_key);
end
$$;

alter table payment_alert drop constraint payment_alert_kind_check;
alter table payment_alert add constraint payment_alert_kind_check check (kind in (
    'amount_differs', 'unreadable_event', 'unknown_payment', 'refund_failed', 'foreign_refund', 'dispute', 'paid_after_close',
    'checkout_refused', 'transfer_reversed', 'statement_refused'));
