//! Tiers and regions as managers keep them.

use linka::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, ids::RegionId, seen::Seen},
        line::{needed::Needed, regions::TypedRegion, tiers::TypedTier},
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

use crate::support::World;

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn tier(cs: &str, en: &str) -> TypedTier {
    let name = Bilingual { cs: cs.into(), en: en.into() };
    TypedTier { name, urgent_target_minutes: "30".into(), normal_lead_minutes: "60".into() }
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
    tiers::save(app, &manager, "bleskova", &tier("Blesková", ""), false).await.expect("retired");
    assert_eq!(shown(&world).await, ["Basic", "Standard", "Fast", "Express"]);
    let basic = tiers::save(app, &manager, "basic", &tier("Základní", ""), false).await;
    assert_eq!(basic, Err(Problem::Needed(Needed::BasicTier)), "whoever has no contract has it");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_region_has_a_number_that_can_be_called(pool: PgPool) {
    let world = World::new(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    let typed = |name: &str, phone: &str, prefixes: &str| TypedRegion {
        name: name.into(),
        phone: phone.into(),
        postal_prefixes: prefixes.into(),
    };
    let wrong = regions::add(app, &manager, &typed("Slezsko", "12", "7a")).await;
    let Err(Problem::Invalid { fields }) = wrong else { panic!("{wrong:?}") };
    let codes: Vec<_> = fields.iter().map(|field| (field.field.as_str(), field.code)).collect();
    assert_eq!(codes, [("phone", FieldCode::NotAPhone), ("postal_prefixes", FieldCode::Unknown)]);
    regions::add(app, &manager, &typed("Slezsko", "377 457 999", "7")).await.expect("added");
    regions::add(app, &manager, &typed("Slezsko", "377 457 999", "7")).await.expect("the form that came twice");
    regions::move_up(app, &manager, RegionId(4)).await.expect("moved");
    let names = async || {
        let page = public_page::page(app).await.expect("the page");
        page.regions.into_iter().map(|region| region.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Jihozápad", "Morava", "Slezsko", "Severovýchod"]);
    regions::save(app, &manager, RegionId(4), &typed("Ostravsko", "377 457 999", "70, 71"), &Seen::default())
        .await
        .expect("renamed");
    let used = regions::save(app, &manager, RegionId(4), &typed("Morava", "377 457 999", ""), &Seen::default()).await;
    assert_eq!(used, Err(Problem::field("name", FieldCode::AlreadyUsed)));
    world.place("A").await;
    world.sql("update customer set region = 'Morava'").await;
    let chosen = sqlx::query_scalar::<_, i64>("select id from line_region where name = 'Morava'");
    let chosen = RegionId(chosen.fetch_one(world.app.db.pool()).await.expect("the region"));
    let of_customers = world.id("select count(*) from customer where region = 'Morava'").await;
    let customers = u32::try_from(of_customers).expect("a few");
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
