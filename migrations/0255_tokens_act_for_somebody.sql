-- In whose name a token acts: of whoever made it, or, where that person is gone or the desk made it, of somebody who manages. Where nobody
-- does it acts in nobody's: of the people who are left none has let a program in.
create function member_of_token(p_customer bigint, p_member bigint) returns bigint
    language sql stable set search_path = public, pg_temp as $$
    select m.id from member m
    where m.customer_id = p_customer and m.active and (m.id = p_member or 'manage' = any (m.capabilities))
    order by (m.id = p_member) is true desc, m.id
    limit 1
$$;
