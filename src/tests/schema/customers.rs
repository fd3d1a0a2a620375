//! The wall between customers, table by table as the catalogue lists them: a new table is asked too, without anybody
//! naming it here.

use std::collections::BTreeSet;

use linka::{model::base::ids::CustomerId, server::db::MIGRATIONS};
use sqlx::{AssertSqlSafe, PgPool, Row};

use crate::support::World;

/// Every table with a customer: its name, and the column that names the customer.
const TABLES: &str = "
    select c.relname::text, a.attname::text
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and (a.attname = 'customer_id' or (c.relname = 'customer' and a.attname = 'id'))
    order by 1";

/// Puts a row of a customer's into every such table: the customer, and any value of its type in each column that must have
/// one. What keeps nonsense out (checks, triggers, references) is taken away first; policies and privileges stay.
const ROW_IN_EVERY_TABLE: &str = r#"
    create function pg_temp.row_in_every_table(customer bigint) returns void language plpgsql as $$
    declare
      target record;
      names text;
      vals text;
    begin
      for target in
        select c.oid, c.oid::regclass as name, k.attname as key
        from pg_class c join pg_attribute k on k.attrelid = c.oid and not k.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and (k.attname = 'customer_id' or (c.relname = 'customer' and k.attname = 'id'))
      loop
        execute format('alter table %s disable trigger user', target.name);
        for names in select conname from pg_constraint where conrelid = target.oid and contype in ('c', 'f') loop
          execute format('alter table %s drop constraint %I', target.name, names);
        end loop;
        for names in select attname from pg_attribute where attrelid = target.oid and attgenerated <> '' loop
          execute format('alter table %s alter %I drop not null', target.name, names);
        end loop;
        select string_agg(quote_ident(attname), ', '),
               string_agg(case when attname = target.key then customer::text else
                 format('(%s)::%s', case format_type(atttypid, null)
                                    when 'boolean' then 'false'
                                    when 'bytea' then quote_literal('x')
                                    when 'date' then quote_literal('2026-11-23')
                                    when 'timestamp with time zone' then quote_literal('2026-11-23')
                                    when 'text' then quote_literal('x')
                                    when 'text[]' then quote_literal('{}')
                                    when 'timestamp with time zone[]' then quote_literal('{2026-11-23}')
                                    when 'uuid' then 'gen_random_uuid()'
                                    when 'jsonb' then quote_literal('{}')
                                    when 'tstzrange' then quote_literal('[2026-11-23,2026-11-24)')
                                    when 'daterange' then quote_literal('[2026-11-23,2026-11-24)')
                                    else '1' end, format_type(atttypid, atttypmod)) end, ', ')
        into names, vals
        from pg_attribute
        where attrelid = target.oid and attnum > 0 and not attisdropped
          and (attname = target.key or (attnotnull and not atthasdef and attgenerated = '' and attidentity = ''));
        execute format('insert into %s (%s) overriding system value values (%s)', target.name, names, vals);
      end loop;
    end $$"#;

/// Who is nobody's customer in these tests but one's own.
const THEIRS: CustomerId = CustomerId(4_711);

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_table_with_a_customer_has_a_policy_for_members(pool: PgPool) {
    let open: Vec<String> = sqlx::query_scalar(
        "select c.relname from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
           and not (c.relrowsecurity and c.relforcerowsecurity
                    and exists (select 1 from pg_policy p
                                where p.polrelid = c.oid and 'linka_member'::regrole = any (p.polroles)))",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    assert!(open.is_empty(), "tables with customer_id and no policy for members: {open:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_member_reads_no_row_of_another_customer_in_any_table(pool: PgPool) {
    let world = world_with_a_row_in_every_table(pool).await;
    let ours = world.place("Ours").await.customer;
    let tables = tables(&world).await;
    assert!(tables.len() >= 28, "{tables:?}");
    let mut readable = BTreeSet::new();
    for (table, key) in &tables {
        assert!(rows(&world, None, table, key).await.is_ok_and(|rows| rows > 0), "{table}: nothing to hide");
        // Where members have no business at all, nobody of them reads.
        let seen = rows(&world, Some(ours), table, key).await;
        match &seen {
            Ok(seen) => assert_eq!(*seen, 0, "{table} shows another customer's rows"),
            Err(error) => assert!(error.to_string().contains("permission denied"), "{table}: {error}"),
        }
        let own = rows(&world, Some(THEIRS), table, key).await;
        assert_eq!(own.is_ok(), seen.is_ok(), "{table}");
        if own.is_ok_and(|rows| rows > 0) {
            readable.insert(table.as_str());
        }
    }
    for table in ["customer", "member", "service_request", "receipt", "ledger_entry", "tax_document", "contract"] {
        assert!(readable.contains(table), "{table} hides even what is one's own: {readable:?}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_table_that_lets_others_read_is_seen(pool: PgPool) {
    let world = world_with_a_row_in_every_table(pool).await;
    let ours = world.place("Ours").await.customer;
    world.sql("create table note (id bigint generated always as identity, customer_id bigint not null)").await;
    world.sql("grant select on note to linka_member").await;
    assert!(tables(&world).await.contains(&("note".into(), "customer_id".into())));
    assert_eq!(rows(&world, None, "note", "customer_id").await.ok(), Some(0), "a table without rows shows nothing");
    world.sql(&format!("insert into note (customer_id) values ({THEIRS})")).await;
    assert_eq!(rows(&world, Some(ours), "note", "customer_id").await.ok(), Some(1));
}

async fn world_with_a_row_in_every_table(pool: PgPool) -> World {
    let world = World::new(pool).await;
    // No account adds up that is made of such rows.
    world.ends_with.faults("");
    let mut database = world.app.db.pool().acquire().await.expect("a connection");
    sqlx::query(ROW_IN_EVERY_TABLE).execute(&mut *database).await.expect("the function");
    sqlx::query("select pg_temp.row_in_every_table($1)").bind(THEIRS.0).execute(&mut *database).await.expect("rows");
    world
}

async fn tables(world: &World) -> Vec<(String, String)> {
    sqlx::query_as(TABLES).fetch_all(world.app.db.pool()).await.expect("the catalogue")
}

/// How many rows of [`THEIRS`] a table shows: to a member of a customer, or to the owner of the database.
async fn rows(world: &World, to: Option<CustomerId>, table: &str, key: &str) -> Result<i64, sqlx::Error> {
    let query = sqlx::query(AssertSqlSafe(format!("select count(*) from {table} where {key} = $1"))).bind(THEIRS.0);
    let row = match to {
        None => query.fetch_one(world.app.db.pool()).await?,
        Some(customer) => {
            let mut tx = world.app.db.member(customer).await.expect("a transaction");
            query.fetch_one(&mut *tx).await?
        }
    };
    row.try_get(0)
}
