//! A technician's own blocks of text: theirs alone, in their order, and nothing of a form that comes late is done twice.

use linka::{
    model::{
        base::ids::ReportBlockId,
        problem::{FieldCode, Problem},
        work::report_blocks::{BlockForm, MOST_BLOCKS},
    },
    server::{auth::Technician, db::MIGRATIONS, service::work::report_blocks},
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::World;

struct Desk {
    world: World,
    technician: Technician,
    colleague: Technician,
}

impl Desk {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let first = world.id("select min(id) from staff where name like 'T%'").await;
        let last = world.id("select max(id) from staff where name like 'T%'").await;
        let [technician, colleague] = [first, last].map(|id| world.technician(linka::model::base::ids::StaffId(id)));
        Self { world, technician, colleague }
    }

    async fn add(&self, title: &str, key: Uuid) -> Result<(), Problem> {
        self.save(None, title, key).await
    }

    async fn save(&self, block: Option<ReportBlockId>, title: &str, key: Uuid) -> Result<(), Problem> {
        let form = BlockForm { title: title.to_owned(), body: format!("{title} funguje.") };
        report_blocks::save(&self.world.app, &self.technician, block, &form, key).await
    }

    fn key(&self) -> Uuid {
        self.world.app.random.uuid()
    }

    async fn titles(&self) -> Vec<(ReportBlockId, String)> {
        let page = report_blocks::page(&self.world.app, &self.technician).await.expect("the page");
        page.blocks.into_iter().map(|block| (block.id, block.title)).collect()
    }

    async fn order(&self) -> String {
        self.titles().await.into_iter().map(|(_, title)| title).collect::<Vec<_>>().join(" ")
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_block_is_added_once_and_has_a_name_of_its_own(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let key = desk.key();
    desk.add("Tisk", key).await.expect("added");
    desk.add("Tisk", key).await.expect("the same form again");
    assert_eq!(desk.add("Import", key).await, Err(Problem::Conflict), "gone back to, it says something else");
    let used = Err(Problem::field("block_title", FieldCode::AlreadyUsed));
    assert_eq!(desk.add("tisk", desk.key()).await, used);
    desk.add("Import", desk.key()).await.expect("added");
    let blocks = desk.titles().await;
    assert_eq!(desk.order().await, "Tisk Import");
    assert_eq!(desk.save(Some(blocks[1].0), "Tisk", desk.key()).await, used);
    desk.save(Some(blocks[1].0), "Export", desk.key()).await.expect("changed");
    assert_eq!(desk.order().await, "Tisk Export");

    let (app, block) = (&desk.world.app, blocks[0].0);
    assert_eq!(report_blocks::block(app, &desk.colleague, block).await.err(), Some(Problem::NotFound));
    report_blocks::delete(app, &desk.colleague, block).await.expect("nothing of theirs");
    report_blocks::step(app, &desk.colleague, block, 0, false).await.expect("nothing of theirs");
    assert_eq!(desk.order().await, "Tisk Export", "a colleague's are left alone");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn blocks_change_places_once_for_each_form(pool: PgPool) {
    let desk = Desk::new(pool).await;
    for title in ["A", "B", "C"] {
        desk.add(title, desk.key()).await.expect("added");
    }
    let blocks = desk.titles().await;
    let step = |block: usize, place, is_up| {
        report_blocks::step(&desk.world.app, &desk.technician, blocks[block].0, place, is_up)
    };
    step(2, 2, true).await.expect("up");
    step(2, 2, true).await.expect("the same form again");
    assert_eq!(desk.order().await, "A C B");
    for (place, is_up) in [(0, true), (2, false), (u32::MAX, false)] {
        step(0, place, is_up).await.expect("there is no such place");
    }
    assert_eq!(desk.order().await, "A C B");
    step(0, 0, false).await.expect("down");
    assert_eq!(desk.order().await, "C A B");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_thrown_away_last_can_be_taken_back_to_its_place(pool: PgPool) {
    let desk = Desk::new(pool).await;
    for title in ["A", "B", "C"] {
        desk.add(title, desk.key()).await.expect("added");
    }
    let blocks = desk.titles().await;
    let (app, me) = (&desk.world.app, &desk.technician);
    for _ in 0..2 {
        report_blocks::delete(app, me, blocks[1].0).await.expect("thrown away");
    }
    let page = report_blocks::page(app, me).await.expect("the page");
    assert_eq!(page.deleted.map(|block| block.title).as_deref(), Some("B"));
    assert_eq!(desk.order().await, "A C");
    report_blocks::restore(app, me, blocks[1].0).await.expect("taken back");
    assert_eq!(desk.order().await, "A B C");

    report_blocks::delete(app, me, blocks[1].0).await.expect("thrown away");
    desk.add("b", desk.key()).await.expect("its name is free");
    assert_eq!(report_blocks::restore(app, me, blocks[1].0).await, Err(Problem::Conflict));
    report_blocks::delete(app, me, blocks[0].0).await.expect("another one");
    report_blocks::restore(app, me, blocks[1].0).await.expect("it is gone for good");
    assert_eq!(desk.order().await, "C b");
    assert_eq!(desk.world.id("select count(*) from report_block").await, 3);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_for_the_last_places_leaves_as_many_blocks_as_there_may_be(pool: PgPool) {
    let desk = Desk::new(pool).await;
    for number in 2..MOST_BLOCKS {
        desk.add(&format!("Text {number}"), desk.key()).await.expect("added");
    }
    let adds = (0..6).map(|number| {
        let title = format!("Poslední {number}");
        let desk = &desk;
        async move { desk.add(&title, desk.key()).await }
    });
    let added = futures::future::join_all(adds).await;
    let refused = Err(Problem::field("block_title", FieldCode::OutOfRange));
    assert_eq!(added.iter().filter(|added| **added == refused).count(), 4, "{added:?}");
    assert_eq!(desk.titles().await.len(), MOST_BLOCKS);
}
