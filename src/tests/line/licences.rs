//! Programs and computers of customers: kept by the desk, at hand at the workbench.

use linka::{
    model::{
        base::ids::ProgramId,
        line::licences::ComputerForm,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{db::MIGRATIONS, service::line::licences},
};
use sqlx::PgPool;

use crate::support::{Site, World};

fn computer(name: &str, number: &str, program: ProgramId) -> ComputerForm {
    ComputerForm { name: name.into(), teamviewer_id: number.into(), programs: vec![program, ProgramId(4711)] }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_computer_is_kept_once_and_shown_where_the_work_is_done(pool: PgPool) {
    let world = World::new(pool).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let (place, other) = (world.place("A").await, world.place("B").await);
    let hostile = "PC <b>účtárna</b>";
    for typed in [computer("PC", "123 456 789", world.program), computer(hostile, "123-456-789", world.program)] {
        licences::save_computer(&world.app, &desk, place.customer, &typed).await.expect("kept");
    }
    licences::save_computer(&world.app, &desk, other.customer, &computer("Jiný", "1234567890", world.program))
        .await
        .expect("kept");
    let wrong = licences::save_computer(&world.app, &desk, place.customer, &computer("PC", "12", world.program)).await;
    assert_eq!(wrong, Err(Problem::field("teamviewer_id", FieldCode::Unknown)));
    let page = licences::page(&world.app, &desk, place.customer).await.expect("a page");
    let [known] = &page.computers[..] else { panic!("{:?}", page.computers) };
    assert_eq!(
        (known.name.as_str(), known.teamviewer_id.as_str()),
        (hostile, "123456789"),
        "of one number there is one"
    );
    assert_eq!(known.programs.len(), 1, "a program without a licence is left out");

    let work = world.work_under_way(&place, 1, 30).await.remove(0);
    let site = Site::serve(world.app.clone()).await;
    let technician = world.staff(StaffRole::Technician).await;
    let cookie = world.cookie(&technician).await;
    for language in ["cs", "en"] {
        let shown = site.get(&format!("/work/{}", work.number), &format!("{cookie}; linka-language={language}")).await;
        assert_eq!(shown.status, 200);
        assert!(shown.body.contains("teamviewer10://control?device=123456789"), "{}", shown.body);
        assert!(shown.body.contains("123\u{a0}456\u{a0}789") && !shown.body.contains("<b>účtárna"), "{}", shown.body);
        assert!(!shown.body.contains("1234567890"), "another customer's");
    }
    licences::remove_computer(&world.app, &desk, other.customer, known.id).await.expect("nothing of theirs");
    assert_eq!(world.id("select count(*) from computer").await, 2);
    licences::remove_computer(&world.app, &desk, place.customer, known.id).await.expect("forgotten");
    assert_eq!(world.id("select count(*) from computer").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn who_orders_writes_down_a_computer_and_takes_nothing_of_it_away(pool: PgPool) {
    let world = World::new(pool).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let (place, other) = (world.place("A").await, world.place("B").await);
    let lunch = ProgramId(world.id("insert into program (name) values ('Jídelna') returning id").await);
    licences::save(&world.app, &desk, place.customer, Some(lunch), ("", "")).await.expect("a licence");
    licences::save_computer(&world.app, &desk, place.customer, &computer("PC", "123456789", lunch))
        .await
        .expect("kept");
    let orderer = place.boss.may_order().expect("an orderer");
    for _ in 0..2 {
        let typed = computer("Kancelář", "123 456 789", world.program);
        licences::keep_own_computer(&world.app, &orderer, &typed).await.expect("kept");
    }
    let stranger = other.boss.may_order().expect("an orderer");
    let typed = computer("Cizí", "123456789", world.program);
    licences::keep_own_computer(&world.app, &stranger, &typed).await.expect("a computer of their own");
    let page = licences::page(&world.app, &desk, place.customer).await.expect("a page");
    let [known] = &page.computers[..] else { panic!("{:?}", page.computers) };
    assert_eq!(known.name, "Kancelář");
    assert_eq!(known.programs, ["Jídelna", "Sklad"], "what else runs on it stays");
    let wrong = licences::keep_own_computer(&world.app, &orderer, &computer("", "12", world.program)).await;
    assert!(matches!(wrong, Err(Problem::Invalid { fields }) if fields.len() == 2));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_program_is_added_numbered_and_taken_away_with_what_runs_it(pool: PgPool) {
    let world = World::new(pool).await;
    let desk = world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let place = world.place("A").await;
    let save = async |program, number: &str| {
        licences::save(&world.app, &desk, place.customer, program, (number, "2026.3")).await
    };
    assert_eq!(save(None, "").await, Err(Problem::field("program", FieldCode::Missing)));
    assert_eq!(save(Some(ProgramId(4711)), "").await, Err(Problem::field("program", FieldCode::Unknown)));
    for _ in 0..2 {
        save(Some(world.program), "AB-123").await.expect("saved");
    }
    let typed = computer("PC", "123456789", world.program);
    licences::save_computer(&world.app, &desk, place.customer, &typed).await.expect("kept");
    let page = licences::page(&world.app, &desk, place.customer).await.expect("a page");
    assert_eq!((page.licences.len(), page.licences[0].number.as_str()), (1, "AB-123"));
    assert_eq!(page.licences[0].version, "2026.3", "listed or not");
    licences::remove(&world.app, &desk, place.customer, world.program).await.expect("taken away");
    let page = licences::page(&world.app, &desk, place.customer).await.expect("a page");
    assert!(page.licences.is_empty() && page.computers[0].programs.is_empty());
}
