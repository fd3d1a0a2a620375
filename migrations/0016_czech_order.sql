-- Names are sorted as Czech sorts them, ch after h and č after c, wherever a query orders by them. The column says so, that no
-- query can forget it: the locale of the private database is C, and that of another one may be anything. What is equal stays
-- so, since the collation is deterministic.
alter table customer alter column name type text collate "cs-x-icu";
alter table member alter column name type text collate "cs-x-icu";
alter table staff alter column name type text collate "cs-x-icu";
alter table program alter column name type text collate "cs-x-icu";
alter table work_type alter column name type text collate "cs-x-icu";

-- The list of customers goes on after the last name of a page.
create index customer_by_name on customer (name, id);
