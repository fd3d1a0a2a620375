//! A technician at work: a customer, an agreed time, and the steps of the workbench.

use chrono::TimeDelta;
use linka::{
    model::{
        base::{
            numbers::{InterventionRef, RequestNumber},
            terms::Urgency,
        },
        problem::Problem,
        work::{attempts::AttemptChannel, receipts::Receipt, segments::SegmentKind},
    },
    server::{
        auth::Technician,
        service::{
            ordering::requests,
            upkeep,
            work::{
                attempts, bench,
                clock::{self, TypedEnd},
                closing,
                corrections::TypedSegment,
                receipts,
            },
        },
    },
};
use sqlx::PgPool;

use super::{Place, World};

/// A customer with 30 minutes of contract in the quarter, and an appointment today.
pub struct Bench {
    pub world: World,
    pub place: Place,
    pub number: RequestNumber,
    pub technician: Technician,
}

impl Bench {
    pub async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        world.technicians(2, "07:00", "15:30").await;
        let place = world.place("Škola").await;
        world.contract(place.customer, 30).await;
        upkeep::credit_periods(&world.app).await.expect("the quarter's minutes");
        let (number, technician) = appointment(&world, &place).await;
        Self { world, place, number, technician }
    }

    pub async fn start(&self, kind: SegmentKind) -> Result<(), Problem> {
        let key = self.world.app.random.uuid();
        clock::start(&self.world.app, &self.technician, self.number, Some(kind), key).await
    }

    pub async fn pause(&self) {
        clock::pause(&self.world.app, &self.technician, self.number, None, &TypedEnd::default()).await.expect("paused");
    }

    pub fn minutes(&self, minutes: i64) {
        self.world.app.clock.advance(TimeDelta::minutes(minutes));
    }

    pub async fn close(&self, finished: bool) -> Result<(), Problem> {
        let key = self.world.app.random.uuid();
        closing::close(&self.world.app, &self.technician, self.number, "Tisk funguje.", Some(finished), key).await
    }

    pub async fn page(&self) -> linka::model::work::pages::WorkPage {
        bench::page(&self.world.app, &self.technician, self.number).await.expect("the workbench")
    }

    pub async fn request(&self) -> linka::model::work::pages::RequestPage {
        let member = self.place.boss.member().expect("a member");
        requests::page(&self.world.app, &member, self.number).await.expect("the request")
    }

    pub async fn receipt(&self, ordinal: u32) -> Receipt {
        let name = InterventionRef { number: self.number, ordinal };
        let page = receipts::page(&self.world.app, &self.place.boss, name).await.expect("the receipt");
        assert!(page.receipt.adds_up());
        page.receipt
    }

    pub async fn attempt(&self) {
        let (app, key) = (&self.world.app, self.world.app.random.uuid());
        let channel = Some(AttemptChannel::Phone);
        attempts::note(app, &self.technician, self.number, channel, "nebere", key).await.expect("noted");
    }

    pub async fn sound(&self) {
        assert_eq!(self.world.ledger_faults().await, Vec::<String>::new());
    }

    /// The customer picks the next time, and it comes.
    pub async fn pick_again(&mut self) {
        let app = &self.world.app;
        let orderer = self.place.boss.may_order().expect("an orderer");
        let choice = requests::move_choice(app, &orderer, self.number).await.expect("times");
        let start = choice.offers[0].slot.start;
        let key = app.random.uuid();
        requests::move_appointment(app, &orderer, self.number, Some(start), key).await.expect("picked");
        app.clock.advance(start - app.clock.now());
        self.technician = self.world.technician_of(self.number).await;
    }
}

/// An urgent appointment in the next hour, and whose it is.
pub async fn appointment(world: &World, place: &Place) -> (RequestNumber, Technician) {
    let orderer = place.boss.may_order().expect("an orderer");
    let order = world.order(&orderer, Urgency::Urgent).await;
    let start = world.starts(&orderer, order).await[0];
    let number = world.book(&orderer, order, start).await.expect("a booking");
    (number, world.technician_of(number).await)
}

/// What the form of a correction says.
pub fn typed_segment(kind: SegmentKind, from: &str, until: &str, reason: &str) -> TypedSegment {
    TypedSegment {
        kind: Some(kind),
        started_at: from.to_owned(),
        ended_at: until.to_owned(),
        reason: reason.to_owned(),
        confirmed: false,
    }
}
