//! Minutes that are left, where the period of their contract was credited before they are taken over.

use linka::{
    model::ordering::imports::{
        Counts,
        ImportFault::{Credited, OutOfRange, UsedSince},
        ImportKind, LineProblem,
    },
    server::{db::MIGRATIONS, service::upkeep, sheets::SourceFile},
};
use sqlx::PgPool;

use super::{Tables, of, run};
use crate::support::World;

/// So many customers, whose contracts have credited their period in full.
async fn credited(pool: PgPool, customers: usize) -> World {
    let world = World::empty(pool).await;
    let files = Tables::of(customers, 0).files().into_iter().filter(|file| file.name != "balances.csv");
    assert_eq!(run(&world, &files.collect::<Vec<_>>(), false).await.problems, []);
    upkeep::credit_periods(&world.app).await.expect("credited");
    let full = i64::try_from(300 * customers).expect("few");
    assert_eq!(world.id("select sum(left_minutes)::bigint from grant_balance").await, full);
    world
}

fn table(lines: &str) -> [SourceFile; 1] {
    let text = format!("key;customer;contract;minutes;from;until;reason\n{lines}");
    [SourceFile { name: "balances.csv".into(), bytes: text.into_bytes() }]
}

async fn left(world: &World, customer: &str) -> i64 {
    let left =
        "select coalesce(sum(left_minutes), 0)::bigint from grant_balance b join customer c on c.id = b.customer_id
                where c.external_key = ";
    world.id(&format!("{left}'{customer}'")).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_credited_is_corrected_to_what_is_left_once(pool: PgPool) {
    let world = credited(pool, 3).await;
    let files = table(
        "b1;z1;s1;140;1. 10. 2026;31. 12. 2026;Zůstatek\n\
         b2;z2;s2;300;1. 10. 2026;31. 12. 2026;Zůstatek\n\
         b3;z3;s3;0;1. 10. 2026;31. 12. 2026;Zůstatek\n",
    );
    let tried = run(&world, &files, true).await;
    assert_eq!((left(&world, "z1").await, left(&world, "z3").await), (300, 300), "it was only tried");
    let first = run(&world, &files, false).await;
    assert_eq!(first, tried);
    assert_eq!(first.total(), Counts { new: 3, ..Counts::default() });
    assert_eq!(
        (left(&world, "z1").await, left(&world, "z2").await, left(&world, "z3").await),
        (140, 300, 0),
        "{:?}",
        first.problems
    );
    assert_eq!(run(&world, &files, false).await.total(), Counts { same: 3, ..Counts::default() });
    assert_eq!(world.id("select count(*) from ledger_entry where kind = 'correction'").await, 2);
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
    upkeep::credit_periods(&world.app).await.expect("credited");
    assert_eq!(left(&world, "z3").await, 0, "the period is not credited once more");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_balance_that_cannot_be_right_any_more_is_told(pool: PgPool) {
    let world = credited(pool, 3).await;
    world
        .sql(
            "insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id)
             select customer_id, '2026-11-23T08:00Z', 'expiry', id, -10, 'expiry', 'x' from minute_grant g
             where exists (select from customer c where c.id = g.customer_id and c.external_key = 'z1')",
        )
        .await;
    let report = run(
        &world,
        &table(
            "b1;z1;s1;140;1. 10. 2026;31. 12. 2026;Zůstatek\n\
             b2;z2;s2;301;1. 10. 2026;31. 12. 2026;Zůstatek\n\
             b3;z3;s3;100;1. 11. 2026;31. 12. 2026;Zůstatek\n",
        ),
        false,
    )
    .await;
    let told: Vec<_> = report
        .problems
        .iter()
        .map(|LineProblem { line, column, fault, .. }| (*line, column.as_str(), *fault))
        .collect();
    assert_eq!(told, [(2, "minutes", UsedSince), (3, "minutes", OutOfRange), (4, "from", Credited)]);
    assert_eq!(of(&report, ImportKind::Balances), Counts { wrong: 3, ..Counts::default() });
    // Another key for what a table has brought already is no correction of it.
    let first = table("b9;z3;s3;100;1. 10. 2026;31. 12. 2026;Zůstatek\n");
    assert_eq!(run(&world, &first, false).await.total(), Counts { new: 1, ..Counts::default() });
    let second = table("b10;z3;s3;50;1. 10. 2026;31. 12. 2026;Zůstatek\n");
    assert_eq!(run(&world, &second, false).await.total(), Counts { wrong: 1, ..Counts::default() });
    assert_eq!(left(&world, "z3").await, 100);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_period_that_is_used_up_is_not_credited_again(pool: PgPool) {
    let world = World::empty(pool).await;
    let mut files = Tables::of(1, 0).files();
    files.retain(|file| file.name != "balances.csv");
    files.extend(table("b1;z1;s1;0;1. 10. 2026;31. 12. 2026;Zůstatek\n"));
    assert_eq!(run(&world, &files, false).await.problems, []);
    upkeep::credit_periods(&world.app).await.expect("credited");
    assert_eq!(left(&world, "z1").await, 0);
    assert_eq!(run(&world, &files, false).await.total(), Counts { same: 10, ..Counts::default() });
    assert_eq!(world.ledger_faults().await, Vec::<String>::new());
}
