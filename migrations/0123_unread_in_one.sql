-- About which requests the vendor has written what a member who takes part has not read, the latest message first: home and the list of
-- requests ask one function, so that home asks with what else stands there. What is not told comes up as those are read.

create function unread_requests(p_customer bigint, p_member bigint, p_sees_all boolean, p_since timestamptz, p_most bigint)
    returns setof text language sql stable as $$
    select r.number
    from request_event e
    join service_request r on r.id = e.request_id
    left join conversation_reader d on d.request_id = e.request_id and d.member_id = p_member
    where e.customer_id = p_customer and e.kind = 'vendor_wrote' and e.at > p_since and e.id > coalesce(d.read_to, 0)
      and (r.member_id = p_member
           or p_sees_all and exists (select from request_event w
                                     where w.request_id = r.id and w.kind = 'customer_wrote' and w.member_id = p_member))
    group by r.number
    order by max(e.id) desc
    limit p_most
$$;
revoke execute on function unread_requests from public;
grant execute on function unread_requests to linka_member;
