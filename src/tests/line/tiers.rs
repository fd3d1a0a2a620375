//! Tiers and regions as managers keep them.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, ids::RegionId, seen::Seen},
        line::{
            catalogue_changes::CatalogueRow,
            needed::Needed,
            regions::{TypedPlace, TypedRegion},
            tiers::{TypedPromise, TypedTier},
        },
        people::members::StaffRole,
        problem::Problem,
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::line::{public_page, regions, tiers},
    },
};
use sqlx::PgPool;

use super::catalogue_changes::{change_from, today};
use crate::support::World;

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn tier(cs: &str, en: &str) -> TypedTier {
    let name = Bilingual { cs: cs.into(), en: en.into() };
    let promise = TypedPromise { urgent_target_minutes: "30".into(), normal_lead_minutes: "60".into() };
    TypedTier { name, promise }
}

/// The names of the tiers that the public page shows.
async fn shown(world: &World) -> Vec<String> {
    let page = public_page::page(&world.app).await.expect("the page");
    page.tiers.into_iter().map(|tier| tier.name.english().to_owned()).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn tiers_are_added_put_in_order_and_retired(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    tiers::add(app, &manager, &tier("Blesková", "Lightning")).await.expect("added");
    tiers::add(app, &manager, &tier("Blesková", "Lightning")).await.expect("the form that came twice");
    let used = Err(Problem::field("name", FieldCode::AlreadyUsed));
    assert_eq!(tiers::add(app, &manager, &tier("Rychlá", "")).await, used);
    assert_eq!(shown(&world).await, ["Basic", "Standard", "Fast", "Express", "Lightning"]);
    tiers::move_up(app, &manager, "bleskova").await.expect("moved");
    tiers::move_up(app, &manager, "basic").await.expect("the first stays");
    assert_eq!(shown(&world).await, ["Basic", "Standard", "Fast", "Lightning", "Express"]);
    let retire = async |code: &str| {
        let row = CatalogueRow::Tier(code.to_owned());
        change_from(app, &manager, &row, today(app), "active=false").await
    };
    retire("bleskova").await.expect("retired");
    assert_eq!(shown(&world).await, ["Basic", "Standard", "Fast", "Express"]);
    assert_eq!(retire("basic").await, Err(Problem::Needed(Needed::BasicTier)), "whoever has no contract has it");
    let name = Bilingual { cs: "Rychlá".into(), en: "Swift".into() };
    tiers::rename(app, &manager, "fast", &name, &Seen::default()).await.expect("renamed");
    assert_eq!(shown(&world).await, ["Basic", "Standard", "Swift", "Express"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_region_has_a_number_that_can_be_called(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let place = |name: &str, prefixes: &str| TypedPlace { name: name.into(), postal_prefixes: prefixes.into() };
    let typed =
        |name: &str, phone: &str, prefixes: &str| TypedRegion { place: place(name, prefixes), phone: phone.into() };
    let wrong = regions::add(app, &manager, &typed("Slezsko", "12", "7a")).await;
    let Err(Problem::Invalid { fields }) = wrong else { panic!("{wrong:?}") };
    let codes: Vec<_> = fields.iter().map(|field| (field.field.as_str(), field.code)).collect();
    assert_eq!(codes, [("postal_prefixes", FieldCode::Unknown), ("phone", FieldCode::NotAPhone)]);
    regions::add(app, &manager, &typed("Slezsko", "377 457 999", "8")).await.expect("added");
    regions::add(app, &manager, &typed("Slezsko", "377 457 999", "8")).await.expect("the form that came twice");
    regions::move_up(app, &manager, RegionId(4)).await.expect("moved");
    let names = async || {
        let page = public_page::page(app).await.expect("the page");
        page.regions.into_iter().map(|region| region.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Jihozápad", "Morava", "Slezsko", "Severovýchod"]);
    regions::save(app, &manager, RegionId(4), &place("Ostravsko", "70, 71"), &Seen::default()).await.expect("renamed");
    let used = regions::save(app, &manager, RegionId(4), &place("Morava", ""), &Seen::default()).await;
    assert_eq!(used, Err(Problem::field("name", FieldCode::AlreadyUsed)));
    world.place("A").await;
    world.sql("update customer set region = 'Morava'").await;
    let chosen = sqlx::query_scalar::<_, i64>("select id from line_region where name = 'Morava'");
    let chosen = RegionId(chosen.fetch_one(world.app.db.pool()).await.expect("the region"));
    let of_customers = world.id("select count(*) from customer where region = 'Morava'").await;
    let customers = u32::try_from(of_customers).expect("a few");
    let asked = regions::region_page(app, &manager, chosen).await.expect("the page");
    assert_eq!(asked.customers, customers, "it is said before whom that concerns");
    let kept = regions::delete(app, &manager, chosen).await;
    assert_eq!(kept, Err(Problem::Needed(Needed::RegionOf { customers })), "customers have it");
    world.sql("update customer set region = null").await;
    for region in 1..=3 {
        regions::delete(app, &manager, RegionId(region)).await.expect("taken away");
    }
    let last = regions::delete(app, &manager, RegionId(4)).await;
    assert_eq!(last, Err(Problem::Needed(Needed::LastRegion)), "somebody must be called");
    assert_eq!(names().await, ["Ostravsko"]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn postal_codes_that_begin_alike_are_one_regions_however_many_claim_them_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let region = |name: &str, prefixes: &str| TypedRegion {
        place: TypedPlace { name: name.into(), postal_prefixes: prefixes.into() },
        phone: "377 457 999".into(),
    };
    let used = Err(Problem::field("postal_prefixes", FieldCode::AlreadyUsed));
    assert_eq!(regions::add(app, &manager, &region("Slezsko", "7")).await, used, "Morava has it");
    regions::add(app, &manager, &region("Slezsko", "74")).await.expect("a part of it");
    let prefixes = TypedPlace { name: "Jihozápad".into(), postal_prefixes: "3, 74".into() };
    assert_eq!(regions::save(app, &manager, RegionId(1), &prefixes, &Seen::default()).await, used);
    let (one, other) = (region("Praha", "1"), region("Střed", "1, 2"));
    let (one, other) = tokio::join!(regions::add(app, &manager, &one), regions::add(app, &manager, &other));
    assert_eq!([&one, &other].into_iter().filter(|added| added.is_ok()).count(), 1, "{one:?} {other:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_region_has_another_number_from_a_day_on(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let row = CatalogueRow::Region(RegionId(1));
    let next = "2026-11-24".parse().expect("a date");
    change_from(app, &manager, &row, next, "phone=377~20~000~20~111").await.expect("planned");
    let place = world.place("Škola").await;
    let said = async || public_page::page(app).await.expect("the page").regions[0].phone.clone();
    assert_eq!(said().await, "377 457 977");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(said().await, "377 000 111");
    let of_customer = format!("select replace(line_phone({}, $1), ' ', '')", place.customer);
    let phone: String = sqlx::query_scalar(sqlx::AssertSqlSafe(of_customer))
        .bind(app.clock.now())
        .fetch_one(app.db.pool())
        .await
        .expect("a number");
    assert_eq!(phone, "377000111");
}
