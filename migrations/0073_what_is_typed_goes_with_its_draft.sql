-- What is typed on the pages of a draft and was never sent goes with it: when it is sent, thrown away, or the oldest of too many.
-- Else it would stay for a day, of something that its author has given up.

create index unsent_form_of_a_page on kept_form (page text_pattern_ops) where unsent;

create function forget_what_was_typed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    -- The pages of a draft, as the portal spells them.
    delete from kept_form where unsent and page like '/order/' || new.id || '/%';
    return null;
end $$;
create trigger forget_what_was_typed after update of state on service_request
    for each row when (old.state = 'draft' and new.state <> 'draft') execute function forget_what_was_typed();

grant create on schema public to linka_system;
alter function forget_what_was_typed owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function forget_what_was_typed from public;
