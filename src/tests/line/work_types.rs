//! Programs, kinds of work and skills as managers keep them: what is changed holds for new orders, and nothing that was ordered
//! changes.

use linka::{
    model::{
        base::{bilingual::Bilingual, fields::FieldCode, seen::Seen, terms::Urgency},
        line::{
            catalogue::SlotChoice,
            catalogue_changes::CatalogueRow,
            work_types::{TypedRules, TypedWorkType, WorkWords},
        },
        ordering::drafts::DraftStep,
        people::members::StaffRole,
        problem::{MovedOn, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::{
            line::{licences, programs, work_types},
            ordering::{drafts, requests},
        },
    },
};
use sqlx::PgPool;

use super::catalogue_changes::{change_from, today};
use crate::support::World;

async fn manager(world: &World) -> Manager {
    world.staff(StaffRole::Manager).await.manager().expect("a manager")
}

fn named(cs: &str, en: &str) -> Bilingual {
    Bilingual { cs: cs.into(), en: en.into() }
}

fn repair() -> TypedWorkType {
    TypedWorkType {
        words: WorkWords { name: named("Oprava", "Repair"), description: named("", "") },
        rules: TypedRules {
            minutes_from: "20".into(),
            minutes_to: "45".into(),
            slot_minutes: "60".into(),
            plannable: false,
            skill: "programs".into(),
            choice: Some(SlotChoice::Customer),
        },
    }
}

/// Changes the repair at once.
async fn change(world: &World, manager: &Manager, change: &str) {
    let row = CatalogueRow::WorkType(world.repair);
    change_from(&world.app, manager, &row, today(&world.app), change).await.expect("changed");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_empty_line_gets_its_catalogue_without_sql(pool: PgPool) {
    let world = World::empty(pool).await;
    let (app, manager) = (&world.app, manager(&world).await);
    programs::add(app, &manager, &named("Sklad", "Stock")).await.expect("added");
    programs::add(app, &manager, &named("Sklad", "Stock")).await.expect("the form that came twice");
    let used = Err(Problem::field("name", FieldCode::AlreadyUsed));
    assert_eq!(programs::add(app, &manager, &named("Sklad", "Store")).await, used);
    let unknown = work_types::add(app, &manager, &repair()).await;
    assert_eq!(unknown, Err(Problem::field("skill", FieldCode::Unknown)), "nobody can have that skill yet");
    work_types::add_skill(app, &manager, &named("Programs", "")).await.expect("added");
    work_types::add_skill(app, &manager, &named("Programs", "")).await.expect("the form that came twice");
    let id = work_types::add(app, &manager, &repair()).await.expect("added");
    assert_eq!(work_types::add(app, &manager, &repair()).await, Ok(id), "the form that came twice");
    let other = TypedWorkType { rules: TypedRules { minutes_to: "50".into(), ..repair().rules }, ..repair() };
    assert_eq!(work_types::add(app, &manager, &other).await, Err(Problem::field("name", FieldCode::AlreadyUsed)));
    assert_eq!(work_types::delete_skill(app, &manager, "programs").await, Err(Problem::Conflict), "it is needed");
    let page = work_types::page(app, &manager).await.expect("the page");
    assert_eq!((page.work_types.len(), page.skills.len()), (1, 1));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_retired_is_offered_no_more_and_stays_where_it_was_ordered(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (app, manager) = (&world.app, manager(&world).await);
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let ordered = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, ordered).await[0];
    let number = world.book(&orderer, ordered, start).await.expect("agreed");
    let draft = world.order(&orderer, Urgency::Normal).await;

    let words = WorkWords { name: named("Oprava", "Repair"), ..WorkWords::default() };
    work_types::describe(app, &manager, world.repair, &words, &Seen::default()).await.expect("named");
    change(&world, &manager, "active=false").await;
    let again = Problem::MovedOn(MovedOn::Draft { id: draft, step: DraftStep::What });
    assert_eq!(drafts::time_choice(app, &orderer, draft, None).await, Err(again.clone()), "it is asked again");
    assert_eq!(drafts::confirm(app, &orderer, draft, "").await, Err(again));
    let choice = drafts::what_choice(app, &orderer, draft).await.expect("the kinds of work");
    assert!(choice.work_types.iter().all(|offered| offered.id != world.repair));
    let page = requests::page(app, &orderer, number).await.expect("the request");
    assert_eq!(page.summary.work_type, named("Oprava", "Repair"), "what was ordered stays, by the name of today");

    programs::save(app, &manager, world.program, (&named("Sklad", "Stock"), false), &Seen::default())
        .await
        .expect("retired");
    assert_eq!(world.new_order(&orderer).await.programs, []);
    let page = requests::page(app, &orderer, number).await.expect("the request");
    assert_eq!(page.summary.program, named("Sklad", "Stock"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_urgent_draft_of_what_turns_plannable_is_asked_again_and_an_order_is_not(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (app, manager) = (&world.app, manager(&world).await);
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let ordered = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, ordered).await[0];
    let number = world.book(&orderer, ordered, start).await.expect("agreed");
    let draft = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, draft).await[0];
    world.pick(&orderer, draft, start).await.expect("a hold");

    change(&world, &manager, "plannable=true").await;
    let again = Problem::MovedOn(MovedOn::Draft { id: draft, step: DraftStep::What });
    assert_eq!(drafts::summary(app, &orderer, draft).await, Err(again.clone()));
    assert_eq!(drafts::confirm(app, &orderer, draft, "").await, Err(again));
    let page = requests::page(app, &orderer, number).await.expect("the request");
    assert_eq!(page.summary.urgency, Urgency::Urgent, "nothing ordered changes");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_estimate_that_changed_since_it_was_shown_is_shown_again_before_it_is_ordered(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (app, manager) = (&world.app, manager(&world).await);
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let draft = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, draft).await[0];
    world.pick(&orderer, draft, start).await.expect("a hold");
    let shown = drafts::summary(app, &orderer, draft).await.expect("the last look").estimate;

    change(&world, &manager, "minutes=20-90").await;
    let send = async |shown: &str| {
        let typed = drafts::LastLook { ceiling_minutes: "120", shown: Some(shown), ..Default::default() };
        drafts::confirm(app, &orderer, draft, typed).await
    };
    assert_eq!(send(&shown.as_shown()).await, Err(Problem::EstimateDiffers));
    let anew = drafts::summary(app, &orderer, draft).await.expect("the last look").estimate;
    assert_eq!((shown.minutes.to, anew.minutes.to), (45, 90));
    let number = send(&anew.as_shown()).await.expect("agreed");
    assert_eq!(send(&shown.as_shown()).await, Ok(number), "what is ordered is ordered");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_request_keeps_the_version_that_its_customer_ran_when_it_was_ordered(pool: PgPool) {
    let world = World::new(pool).await;
    world.technicians(1, "07:00", "15:30").await;
    let (app, manager, program) = (&world.app, manager(&world).await, world.program);
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    for (name, day) in [("2026.3", "2026-09-01"), ("2026.4", "2026-11-20"), ("2026.4", "2026-11-20")] {
        programs::add_version(app, &manager, program, (name, day)).await.expect("listed");
    }
    let other_day = programs::add_version(app, &manager, program, ("2026.3", "2026-09-02")).await;
    assert_eq!(other_day, Err(Problem::field("version", FieldCode::AlreadyUsed)));
    let place = world.place("Škola").await;
    let orderer = place.boss.may_order().expect("an orderer");
    let runs = async |version: &str| {
        licences::save(app, &desk, place.customer, Some(program), ("", version)).await.expect("saved");
    };
    runs("2026.3").await;
    let choice = world.new_order(&orderer).await.programs;
    assert_eq!(choice.first().map(|(_, version)| version.as_str()), Some("2026.3"), "shown where it is ordered");
    let order = world.order(&orderer, Urgency::Normal).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("agreed");
    runs("2026.4").await;
    programs::remove_version(app, &manager, program, "2026.3").await.expect("listed no more");
    let page = requests::page(app, &orderer, number).await.expect("the request");
    assert_eq!(page.version, "2026.3");
    let listed = programs::program_page(app, &manager, program).await.expect("the page").versions;
    let listed: Vec<_> = listed.iter().map(|version| (version.name.as_str(), version.customers)).collect();
    assert_eq!(listed, [("2026.4", 1)]);
}
