-- What is left to pay on a document: nothing on one that asks for nothing, or whose purchase is paid or ended.
create function left_to_pay(p_document bigint) returns bigint
    language sql stable set search_path = public, pg_temp as $$
    select coalesce((
        select greatest(asked_by(d.id) - paid_by_transfer(d.id), 0)
        from tax_document d left join purchase p on p.id = d.purchase_id
        where d.id = p_document and d.kind in ('proforma', 'invoice')
          and (p.id is null or p.paid_at is null and p.closed_as is null)), 0)
$$;
revoke execute on function left_to_pay from public;
grant execute on function left_to_pay to linka_member, linka_staff, linka_system;
