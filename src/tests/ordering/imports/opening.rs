//! What a vendor goes on from: numbers, prices, bundles.

use linka::{
    model::ordering::imports::{
        Counts,
        ImportFault::{self, CannotChange, InThePast, Issued, OutOfRange, UnknownWord},
        ImportKind, ImportReport, LineProblem,
    },
    server::{clock::Clock, db::MIGRATIONS, service::ordering::imports, sheets::SourceFile},
};
use sqlx::{PgPool, query_scalar};

use super::{assert_same_problems, of, run};
use crate::support::{World, at};

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() }
}

fn problem(file: &str, line: usize, column: &str, fault: ImportFault) -> LineProblem {
    LineProblem { file: file.into(), line, column: column.into(), fault }
}

async fn next_request(world: &World) -> String {
    query_scalar("select next_request_number(2026)").fetch_one(world.app.db.pool()).await.expect("a number")
}

async fn next_purchase(world: &World) -> String {
    query_scalar("select next_purchase_number(2026)").fetch_one(world.app.db.pool()).await.expect("a number")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn numbers_go_on_from_where_they_were_and_never_below_what_is_taken(pool: PgPool) {
    let world = World::empty(pool).await;
    let files = [file(
        "series.csv",
        "řada;rok;další\nrequests;2026;1201\npurchases;2026;88\ninvoice;2026;141\ninvoice;2028;1\norders;2026;1\ncredit_note;2026;90001\n",
    )];
    let wrong = [
        problem("series.csv", 5, "rok", OutOfRange),
        problem("series.csv", 6, "řada", UnknownWord),
        problem("series.csv", 7, "další", OutOfRange),
    ];
    let tried = run(&world, &files, true).await;
    assert_eq!(tried.total(), Counts { new: 3, wrong: 3, ..Counts::default() });
    assert_eq!(world.id("select count(*) from request_number_start").await, 0, "it was only tried");

    let first = run(&world, &files, false).await;
    assert_same_problems(&first, &wrong);
    assert_eq!(first, tried);
    assert_eq!(run(&world, &files, false).await.total(), Counts { same: 3, wrong: 3, ..Counts::default() });

    assert_eq!(next_request(&world).await, "2026-001201");
    assert_eq!(next_request(&world).await, "2026-001202");
    assert_eq!(next_purchase(&world).await, "B2026-000088");
    assert_eq!(world.id("select next::bigint from number_series where series = 'invoice' and year = 2026").await, 141);
    world.sql("select next_request_number(2150)").await;
    let next = "select next::bigint from number_series where series = 'requests' and year = 2150";
    assert_eq!(world.id(next).await, 2, "of whatever year");

    // Numbers were taken since: the same table says nothing new, one that goes back is not followed, one that goes ahead is.
    assert_eq!(run(&world, &files, false).await.total(), Counts { same: 3, wrong: 3, ..Counts::default() });
    let later = run(&world, &[file("series.csv", "series;year;next\nrequests;2026;1202\n")], false).await;
    assert_same_problems(&later, &[problem("series.csv", 2, "next", Issued)]);
    let ahead = run(&world, &[file("series.csv", "series;year;next\nrequests;2026;1500\n")], false).await;
    assert_eq!(ahead.total(), Counts { changed: 1, ..Counts::default() });
    assert_eq!(next_request(&world).await, "2026-001500");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_series_of_purchases_or_documents_of_which_a_number_is_taken_does_not_go_back(pool: PgPool) {
    let world = World::new(pool).await;
    let place = world.place("Škola").await;
    let purchase = "insert into purchase (id, customer_id, number, member_id, bundle_id, quantity, minutes, price, vat_percent,
                        total, validity_months, method, created_at)
                    select gen_random_uuid(), customer_id, 'B2026-000012', id, 1, 1, 60, 138000, 21, 166980, 12, 'transfer', now()
                    from member where customer_id = ";
    world.sql(&format!("{purchase}{} limit 1", place.customer.0)).await;
    let report =
        run(&world, &[file("series.csv", "series;year;next\npurchases;2026;12\npurchases;2027;5\n")], false).await;
    assert_same_problems(&report, &[problem("series.csv", 2, "next", Issued)]);
    assert_eq!(of(&report, ImportKind::Series), Counts { new: 1, wrong: 1, ..Counts::default() });
    let report = run(&world, &[file("series.csv", "series;year;next\npurchases;2026;13\n")], false).await;
    assert_eq!(report.problems, []);
    assert_eq!(next_purchase(&world).await, "B2026-000013");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn requests_taken_at_once_get_numbers_of_their_own_from_the_first_on(pool: PgPool) {
    let world = World::empty(pool).await;
    run(&world, &[file("series.csv", "series;year;next\nrequests;2026;400\n")], false).await;
    let taken = futures::future::join_all((0..20).map(|_| next_request(&world))).await;
    let numbers: std::collections::BTreeSet<_> = taken.iter().cloned().collect();
    assert_eq!(numbers.len(), 20, "{taken:?}");
    assert!(numbers.iter().all(|number| number.as_str() >= "2026-000400"), "{taken:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn prices_hold_from_their_day_and_what_is_in_force_is_not_rewritten(pool: PgPool) {
    let world = World::bare(pool).await;
    let header = "od;sazba;minimum se smlouvou;minimum jednorázové";
    let text =
        format!("{header}\n1. 1. 2025;20;20;30\n1. 1. 2026;25;20;30\n1. 1. 2027;27,50;15;30\n1. 1. 2030;30;15;30\n");
    let files = [file("prices.csv", &text)];
    let wrong = [problem("prices.csv", 2, "od", InThePast), problem("prices.csv", 5, "od", OutOfRange)];
    let first = run(&world, &files, false).await;
    assert_same_problems(&first, &wrong);
    assert_eq!(of(&first, ImportKind::Prices), Counts { new: 2, wrong: 2, ..Counts::default() });
    let rate = async |on: &str| {
        let rate = "select list_rate_per_minute from line_settings_at($1::timestamptz, $1::timestamptz)";
        query_scalar::<_, i64>(rate).bind(at(on)).fetch_one(world.app.db.pool()).await.expect("a price")
    };
    assert_eq!(rate("2026-11-23T09:00:00+01:00").await, 2_500);
    assert_eq!(rate("2026-12-31T23:59:00+01:00").await, 2_500);
    assert_eq!(rate("2027-01-01T00:00:00+01:00").await, 2_750);

    let second = run(&world, &files, false).await;
    assert_eq!(of(&second, ImportKind::Prices), Counts { same: 2, wrong: 2, ..Counts::default() });
    assert_eq!(world.id("select count(*) from line_setting_change").await, 2, "nothing was written");

    let app = world.with_clock(Clock::manual(at("2026-11-24T08:00:00+01:00")));
    let text = format!("{header}\n1. 1. 2026;26;20;30\n1. 1. 2027;28;15;30\n");
    let changed = imports::import(&app, None, &[file("prices.csv", &text)], false).await.expect("imported");
    assert_same_problems(&changed, &[problem("prices.csv", 2, "sazba", CannotChange)]);
    assert_eq!(of(&changed, ImportKind::Prices), Counts { changed: 1, wrong: 1, ..Counts::default() });
    assert_eq!(rate("2027-01-01T00:00:00+01:00").await, 2_800);
    assert_eq!(rate("2026-11-25T00:00:00+01:00").await, 2_500);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn bundles_are_sold_from_their_day_and_what_is_sold_keeps_its_terms(pool: PgPool) {
    let world = World::bare(pool).await;
    let header = "klíč;minut;cena;platnost měsíců;od;do";
    let text = format!(
        "{header}\nB2;120;2640;12;1. 1. 2026;\nB1;60;1380;12;1. 1. 2025;\nB1;60;1440;12;1. 1. 2027;\nB3;60;0;12;1. 1. 2026;\nB4;60;1000;12;1. 1. 2026;31. 12. 2025\n"
    );
    let files = [file("bundles.csv", &text)];
    let first = run(&world, &files, false).await;
    let of_bundles = |report: &ImportReport| of(report, ImportKind::Bundles);
    assert_eq!(of_bundles(&first), Counts { new: 3, wrong: 2, ..Counts::default() }, "{:?}", first.problems);
    assert_eq!(of_bundles(&run(&world, &files, false).await), Counts { same: 3, wrong: 2, ..Counts::default() });
    let on = async |day: &str| {
        let sold = "select coalesce(string_agg(price::text, ' ' order by position), '') from bundle where on_sale @> $1::text::date";
        query_scalar::<_, String>(sold).bind(day).fetch_one(world.app.db.pool()).await.expect("bundles")
    };
    assert_eq!(on("2026-11-23").await, "264000 138000");
    assert_eq!(on("2027-01-01").await, "264000 144000", "in the same place");

    // Sold otherwise from a day to come; what has been sold so is not rewritten, and nothing is sold otherwise since a day that
    // has passed.
    let text =
        format!("{header}\nB2;120;2700;12;1. 1. 2026;\nB1;60;1450;12;1. 1. 2027;\nB2;120;2750;18;1. 12. 2026;\n");
    let changed = run(&world, &[file("bundles.csv", &text)], false).await;
    assert_same_problems(&changed, &[problem("bundles.csv", 2, "cena", CannotChange)]);
    assert_eq!(of_bundles(&changed), Counts { new: 1, changed: 1, wrong: 1, ..Counts::default() });
    assert_eq!(on("2026-11-30").await, "264000 138000");
    assert_eq!(on("2027-01-01").await, "275000 145000");
    let before = format!("{header}\nB1;60;1300;12;1. 6. 2024;\n");
    let refused = run(&world, &[file("bundles.csv", &before)], false).await;
    assert_same_problems(&refused, &[problem("bundles.csv", 2, "od", CannotChange)]);
}
