-- A purchase is not closed while a try to take its money is open: what may be paid at this moment cannot be called off. Whoever begins
-- a try and whoever closes lock the purchase first, so that one of them finds what the other has done.
create function nothing_is_being_taken() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from card_try t where t.purchase_id = new.id and t.state = 'open') then
        raise exception using errcode = 'check_violation', constraint = 'nothing_is_being_taken',
            message = 'it may be paid at this moment';
    end if;
    return new;
end
$$;
grant create on schema public to linka_system;
alter function nothing_is_being_taken owner to linka_system;
revoke create on schema public from linka_system;
create trigger nothing_is_being_taken before update of closed_as on purchase
    for each row when (old.closed_as is null and new.closed_as is not null and new.paid_at is null)
    execute function nothing_is_being_taken();
