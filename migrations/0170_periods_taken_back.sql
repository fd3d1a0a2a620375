-- A period that nobody has paid is taken back before it begins, and one whose payment did not come gives up its days (design,
-- Subscriptions). Its purchase stays.

drop trigger append_only on subscription_period;
create trigger append_only before update on subscription_period
    for each row execute function refuse_change();
create function keep_period_that_counts() returns trigger
    language plpgsql as $$
begin
    if exists (select from purchase p where p.id = old.purchase_id and (p.closed_as is null or p.paid_at is not null)) then
        raise exception 'a period that is paid or waits for it stays' using errcode = 'LK003';
    end if;
    return old;
end
$$;
create trigger keep_period_that_counts before delete on subscription_period
    for each row execute function keep_period_that_counts();
grant delete on subscription_period to linka_system;

-- Of which period those who buy were told before its payment is asked for, and on which day.
alter table subscription
    add column told_ordinal integer check (told_ordinal > 0),
    add column told_on date,
    add constraint told_of_one_on_a_day check ((told_ordinal is null) = (told_on is null));
grant update (told_ordinal, told_on) on subscription to linka_system;

-- What is not owed any more, as its minutes were given back unused, need not have been decided by anybody of the vendor.
alter table refund
    drop constraint made_by_somebody,
    add constraint made_by_somebody check (staff_id is not null or stripe_refund is not null or amount = 0 and waived > 0);

call keep_decisions('subscription', 'insert or update of state, wish, next_bundle_id', 'true', 'state wish next_bundle_id');
