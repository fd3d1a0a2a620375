//! Money that goes back: never more than is left, to the haléř, and no minute of a disputed bundle is drawn.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use chrono::{DateTime, Utc};
use linka::{
    model::{
        base::{
            ids::{ContestId, RefundId},
            money::Money,
            numbers::InterventionRef,
        },
        money::{
            purchases::{Dispute, PaymentMethod, PurchaseState},
            refunds::RefundState,
            tax_documents::{DocumentContent, DocumentKind, FileFormat, TaxDocument},
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
        work::contests::ContestState,
    },
    server::{
        auth::Manager,
        db::{
            MIGRATIONS,
            money::{purchases, tax_documents},
        },
        service::{
            self,
            money::{
                bank, disputes,
                refunds::{self, RefundNews},
                sales,
            },
            work::{closing, contests},
        },
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{Bought, Place, World};

/// The schema of ISDOC, as `./test` has set it up, or beside the project or above it, if xmllint is there to read it.
fn isdoc_schema() -> Option<PathBuf> {
    Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().ok()?;
    let set_up = std::env::var_os("LINKA_ISDOC_SCHEMA").map(PathBuf::from);
    let schema = "shared/data/isdoc/isdoc-invoice-6.0.2.xsd";
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join(schema));
    set_up.into_iter().chain(beside).find(|schema| schema.exists())
}

struct Till {
    world: World,
    place: Place,
    manager: Manager,
}

impl Till {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let place = world.place("Škola").await;
        let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
        Self { world, place, manager }
    }

    fn now(&self) -> DateTime<Utc> {
        self.world.app.clock.now()
    }

    /// A purchase whose money came and whose minutes are credited since before any work of these tests.
    async fn paid(&self, minutes: u32, method: PaymentMethod) -> Bought {
        let purchase = self.world.bought(&self.place, minutes, method, false).await;
        let id = purchase.id;
        self.world.sql(&format!("update purchase set paid_at = created_at where id = '{id}'")).await;
        self.world
            .sql(&format!(
                "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
                 select customer_id, 'bundle', minutes, created_at - interval '30 days', created_at + interval '1 year',
                        'order:' || id, created_at - interval '30 days' from purchase where id = '{id}'"
            ))
            .await;
        purchase
    }

    async fn refund(&self, purchase: &Bought, minutes: u32, id: RefundId) -> Result<(), Problem> {
        refunds::request(
            &self.world.app,
            &self.manager,
            purchase.number,
            &minutes.to_string(),
            "Na přání zákazníka.",
            id,
        )
        .await
    }

    fn key(&self) -> RefundId {
        RefundId(self.world.app.random.uuid())
    }

    async fn left(&self) -> i64 {
        self.world.id("select coalesce(sum(minutes), 0)::bigint from ledger_entry").await
    }

    async fn learn(&self, purchase: &Bought, news: RefundNews<'_>) {
        let mut tx = self.world.app.db.system().await.expect("a transaction");
        let stored = purchases::lock(&mut tx, purchase.id).await.expect("an answer").expect("the purchase");
        refunds::learn_refund(&mut tx, &stored, news, self.now()).await.expect("learnt");
        tx.commit().await.expect("a commit");
    }

    async fn dispute(&self, purchase: &Bought, dispute: Dispute) {
        let mut tx = self.world.app.db.system().await.expect("a transaction");
        let stored = purchases::lock(&mut tx, purchase.id).await.expect("an answer").expect("the purchase");
        disputes::learn(&mut tx, &stored, dispute, "dp_1", None, self.now()).await.expect("learnt");
        tx.commit().await.expect("a commit");
    }

    async fn alerts(&self) -> Vec<String> {
        let page = sales::page(&self.world.app, &self.manager, None).await.expect("a page");
        page.alerts.rows.iter().map(|alert| alert.kind.code().to_owned()).collect()
    }

    /// The documents of a purchase, the oldest first.
    async fn documents(&self, purchase: &Bought) -> Vec<TaxDocument> {
        let mut tx = self.world.app.db.system().await.expect("a transaction");
        tax_documents::of_purchase(&mut tx, purchase.id).await.expect("documents")
    }

    /// What is downloaded of a document conforms to the standard's schema, where that and xmllint are at hand.
    async fn assert_valid_isdoc(&self, document: &TaxDocument) {
        service::money::tax_documents::print(&self.world.app, document.id).await.expect("printed");
        let mut tx = self.world.app.db.system().await.expect("a transaction");
        let isdoc =
            tax_documents::file(&mut tx, document.id, FileFormat::Isdoc).await.expect("an answer").expect("kept");
        let text = String::from_utf8(isdoc.clone()).expect("UTF-8");
        let (corrected, _) = document.content.corrects.as_ref().expect("what it corrects");
        assert!(text.contains(&format!("<ID>{}</ID>", document.number)), "{text}");
        assert!(text.contains(&format!("<ID>{corrected}</ID>")), "{text}");
        let Some(schema) = isdoc_schema() else {
            eprintln!("SKIPPED: the schema of ISDOC or xmllint is not at hand, the credit note was not validated");
            return;
        };
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&isdoc).expect("written");
        let lint =
            Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(schema).arg(file.path()).output();
        let lint = lint.expect("xmllint");
        assert!(lint.status.success(), "{}", String::from_utf8_lossy(&lint.stderr));
    }

    async fn assert_sound(&self) {
        assert_eq!(self.world.ledger_faults().await, Vec::<String>::new());
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refund_takes_minutes_and_tells_stripe_once_however_often_it_is_sent(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let key = till.key();
    let mut sendings = JoinSet::new();
    for _ in 0..8 {
        let (app, manager, number) = (till.world.app.clone(), till.manager.clone(), purchase.number);
        sendings.spawn(async move { refunds::request(&app, &manager, number, "40", "Na přání zákazníka.", key).await });
    }
    while let Some(sending) = sendings.join_next().await {
        assert_eq!(sending.expect("no panic"), Ok(()));
    }
    assert_eq!(till.left().await, 60);
    assert_eq!(till.world.id("select count(*) from refund").await, 1);
    let queued = format!("select count(*) from graphile_worker.jobs where key = 'send_refund:{key}'");
    assert_eq!(till.world.id(&queued).await, 1);
    let case = sales::purchase(&till.world.app, &till.manager, purchase.number).await.expect("a purchase");
    assert_eq!(case.refunds[0].amount, Money::from_haler(purchase.total.haler() * 40 / 100));
    assert_eq!(case.purchase.state, PurchaseState::Paid, "the customer does not have the money yet");
    till.assert_sound().await;
    // Whoever goes back and changes the form is not told that another refund was made.
    assert_eq!(till.refund(&purchase, 50, key).await, Err(Problem::Conflict));
    assert_eq!(till.left().await, 60);
    // Stripe says that the money is there; late news of the way there changes nothing.
    for state in [RefundState::Succeeded, RefundState::Pending, RefundState::Succeeded] {
        let news = RefundNews { ours: Some(key), stripe_refund: "re_1", amount: case.refunds[0].amount, state };
        till.learn(&purchase, news).await;
    }
    let stored = till.world.stored(purchase.id).await.purchase;
    assert_eq!((stored.state, stored.refunded), (PurchaseState::PartlyRefunded, case.refunds[0].amount));
    assert_eq!(till.alerts().await, Vec::<String>::new());
    till.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn partial_refunds_come_to_what_was_paid(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(97, PaymentMethod::Transfer).await;
    for minutes in [13, 31, 53] {
        let key = till.key();
        assert_eq!(till.refund(&purchase, minutes, key).await, Ok(()));
        assert_eq!(refunds::note_paid(&till.world.app, &till.manager, key).await, Ok(purchase.number));
        assert_eq!(refunds::note_paid(&till.world.app, &till.manager, key).await, Ok(purchase.number), "again");
        till.assert_sound().await;
    }
    let stored = till.world.stored(purchase.id).await.purchase;
    assert_eq!((stored.state, stored.refunded), (PurchaseState::Refunded, purchase.total));
    assert_eq!(till.left().await, 0);
    assert_eq!(till.refund(&purchase, 1, till.key()).await, Err(Problem::Conflict), "nothing is left");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn every_refund_has_one_credit_note_that_corrects_the_document_of_its_payment_by_its_money(pool: PgPool) {
    let till = Till::new(pool).await;
    for at_once in [false, true] {
        // The bases of its three parts, each rounded on its own, would come to a haléř more.
        let price = Money::from_haler(100_000);
        let purchase = till.world.bought_for(&till.place, 97, price, PaymentMethod::Transfer, at_once).await;
        let other = till.world.bought(&till.place, 50, PaymentMethod::Transfer, false).await;
        if at_once {
            // As placing the purchase of a trusted customer does.
            till.world
                .sql(&format!(
                    "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
                     select customer_id, 'bundle', minutes, created_at, created_at + interval '1 year', 'order:' || id,
                            created_at from purchase where id = '{}'",
                    purchase.id
                ))
                .await;
        }
        for paid in [&purchase, &other] {
            let haler = paid.total.haler();
            let file =
                format!("Datum;Objem;Měna;VS\n23.11.2026;{},{:02};CZK;{}\n", haler / 100, haler % 100, paid.symbol);
            bank::import(&till.world.app, &till.manager, "v.csv", file.as_bytes(), bank::Said::default())
                .await
                .expect("an import");
        }
        let corrected = till.documents(&purchase).await.pop().expect("the document of the payment");
        let expected = if at_once { DocumentKind::Invoice } else { DocumentKind::Payment };
        assert_eq!(corrected.content.kind, expected);

        // Shares that do not come out even; the last takes what is left, to the haléř.
        let parts = [13, 31, 53];
        for minutes in parts {
            let key = till.key();
            for _ in 0..2 {
                till.refund(&purchase, minutes, key).await.expect("a refund");
            }
            let case = sales::purchase(&till.world.app, &till.manager, purchase.number).await.expect("a purchase");
            let refund = case.refunds.iter().find(|refund| refund.id == key).expect("the refund");
            let note = till.documents(&purchase).await.pop().expect("a credit note");
            assert_eq!(refund.document.as_ref(), Some(&note.number));
            let content = &note.content;
            assert_eq!(content.kind, DocumentKind::CreditNote);
            assert_eq!(content.corrects, Some((corrected.number.clone(), "Na přání zákazníka.".to_owned())));
            assert_eq!(content.total(), -refund.amount);
            assert_eq!(content.base() + content.tax(), content.total());
            let [line] = content.lines.as_slice() else { panic!("one line: {:?}", content.lines) };
            assert_eq!((line.quantity, line.price), (minutes, content.base()));
            assert!(line.price < Money::ZERO && content.tax() < Money::ZERO);
            let key_of_note = format!(
                "select count(*) from tax_document where key = 'credit_note:{key}' and id = {} and total = {}
                   and corrects_id = {} and purchase_id = '{}'",
                note.id,
                -refund.amount.haler(),
                corrected.id,
                purchase.id
            );
            assert_eq!(till.world.id(&key_of_note).await, 1);
            assert_eq!(
                till.world.id(&format!("select count(*) from mail where key like 'document:{}:%'", note.id)).await,
                1
            );
            till.assert_valid_isdoc(&note).await;
        }
        let all = till.documents(&purchase).await;
        let notes: Vec<_> = all.iter().filter(|document| document.content.kind == DocumentKind::CreditNote).collect();
        assert_eq!(notes.len(), parts.len(), "each refund has one, however often it was sent");
        let of_notes =
            |part: fn(&DocumentContent) -> Money| notes.iter().map(|note| part(&note.content)).sum::<Money>();
        assert_eq!(of_notes(DocumentContent::base), -corrected.content.base(), "all of it is corrected");
        assert_eq!(of_notes(DocumentContent::tax), -corrected.content.tax());
        till.assert_sound().await;
    }
    assert_eq!(till.world.id("select count(*) from tax_document where kind = 'credit_note'").await, 6);
    assert_eq!(till.world.id("select last::bigint from document_series where kind = 'credit_note'").await, 6);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn only_what_is_left_of_a_paid_purchase_is_given_back_with_a_reason(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let too_many = till.refund(&purchase, 101, till.key()).await;
    assert_eq!(too_many, Err(Problem::field("minutes", FieldCode::OutOfRange)));
    assert_eq!(till.refund(&purchase, 0, till.key()).await, Err(Problem::field("minutes", FieldCode::OutOfRange)));
    let app = &till.world.app;
    let silent = refunds::request(app, &till.manager, purchase.number, "10", "", till.key()).await;
    assert_eq!(silent, Err(Problem::field("reason", FieldCode::Missing)));
    let typed = refunds::request(app, &till.manager, purchase.number, "deset", "Na přání.", till.key()).await;
    assert_eq!(typed, Err(Problem::field("minutes", FieldCode::NotANumber)));
    let unpaid = till.world.bought(&till.place, 50, PaymentMethod::Transfer, false).await;
    assert_eq!(till.refund(&unpaid, 10, till.key()).await, Err(Problem::Conflict));
    assert_eq!(till.world.id("select count(*) from refund").await, 0);
    assert_eq!(till.left().await, 100);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_refunds_and_closings_gives_no_minute_twice(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let works = till.world.work_under_way(&till.place, 6, 20).await;
    let mut deeds = JoinSet::new();
    for job in works {
        let app = till.world.app.clone();
        let key = app.random.uuid();
        deeds.spawn(
            async move { closing::close(&app, &job.technician, job.number, "Opraveno.", Some(true), key).await },
        );
    }
    for _ in 0..6 {
        let (app, manager, number, key) = (till.world.app.clone(), till.manager.clone(), purchase.number, till.key());
        deeds.spawn(async move { refunds::request(&app, &manager, number, "20", "Na přání zákazníka.", key).await });
    }
    let mut refused = 0;
    while let Some(deed) = deeds.join_next().await {
        match deed.expect("no panic") {
            Ok(()) => {}
            Err(Problem::Invalid { .. } | Problem::Conflict) => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    // Twelve takers of twenty minutes each for a hundred: five get some, a refund that gets none is refused, an intervention
    // that gets none is charged.
    let taken = till.world.id("select count(*) from ledger_entry where kind in ('draw', 'refund')").await;
    let charged = till.world.id("select count(*) from ledger_entry where kind = 'charge'").await;
    assert_eq!((taken, charged + refused), (5, 7));
    assert_eq!(till.left().await, 0);
    till.assert_sound().await;
    assert_eq!(till.world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refund_that_fails_at_the_card_waits_for_a_person(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let key = till.key();
    till.refund(&purchase, 50, key).await.expect("a refund");
    assert_eq!(refunds::note_paid(&till.world.app, &till.manager, key).await, Err(Problem::Conflict), "on its way");
    let amount = Money::from_haler(purchase.total.haler() / 2);
    for state in [RefundState::Succeeded, RefundState::Failed, RefundState::Failed] {
        till.learn(&purchase, RefundNews { ours: Some(key), stripe_refund: "re_1", amount, state }).await;
    }
    assert_eq!(till.world.stored(purchase.id).await.purchase.refunded, Money::ZERO, "the money came back to us");
    assert_eq!(till.alerts().await, ["refund_failed"]);
    refunds::note_paid(&till.world.app, &till.manager, key).await.expect("paid otherwise");
    let stored = till.world.stored(purchase.id).await.purchase;
    assert_eq!((stored.state, stored.refunded), (PurchaseState::PartlyRefunded, amount));
    assert_eq!(till.alerts().await, Vec::<String>::new(), "and that settles it");
    till.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_refund_made_at_stripe_takes_no_minutes_and_is_told(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let amount = Money::from_haler(1_000);
    for state in [RefundState::Pending, RefundState::Succeeded] {
        till.learn(&purchase, RefundNews { ours: None, stripe_refund: "re_9", amount, state }).await;
    }
    let stored = till.world.stored(purchase.id).await.purchase;
    assert_eq!((stored.state, stored.refunded), (PurchaseState::PartlyRefunded, amount));
    assert_eq!(till.left().await, 100);
    assert_eq!(till.alerts().await, ["foreign_refund"]);
    // The rest that can be given back is what is left of the money.
    let key = till.key();
    till.refund(&purchase, 100, key).await.expect("all minutes");
    let case = sales::purchase(&till.world.app, &till.manager, purchase.number).await.expect("a purchase");
    let ours = case.refunds.iter().find(|refund| refund.id == key).expect("ours");
    assert_eq!(ours.amount, purchase.total - amount);
    till.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_dispute_freezes_what_is_left_until_it_is_won(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let works = till.world.work_under_way(&till.place, 2, 30).await;
    let close = async |job: &crate::support::Work| {
        let key = till.world.app.random.uuid();
        closing::close(&till.world.app, &job.technician, job.number, "Opraveno.", Some(true), key)
            .await
            .expect("closed");
    };
    close(&works[0]).await;
    assert_eq!(till.left().await, 70);
    till.dispute(&purchase, Dispute::Open).await;
    till.dispute(&purchase, Dispute::Open).await;
    assert_eq!(till.left().await, 0);
    assert_eq!(till.world.stored(purchase.id).await.purchase.state, PurchaseState::Disputed);
    assert_eq!(till.alerts().await, ["dispute"]);
    assert_eq!(till.refund(&purchase, 10, till.key()).await, Err(Problem::Conflict), "no refund of disputed money");
    close(&works[1]).await;
    assert_eq!(till.world.id("select sum(over_minutes)::bigint from ledger_entry").await, 30, "drawn from nothing");
    till.assert_sound().await;
    till.dispute(&purchase, Dispute::Won).await;
    // News that come late change nothing any more.
    till.dispute(&purchase, Dispute::Open).await;
    till.dispute(&purchase, Dispute::Won).await;
    assert_eq!(till.left().await, 70);
    assert_eq!(till.world.stored(purchase.id).await.purchase.state, PurchaseState::Paid);
    till.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn minutes_that_return_to_a_lost_bundle_stay_frozen(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.paid(100, PaymentMethod::Card).await;
    let job = till.world.work_under_way(&till.place, 1, 30).await.remove(0);
    let key = till.world.app.random.uuid();
    closing::close(&till.world.app, &job.technician, job.number, "Opraveno.", Some(true), key).await.expect("closed");
    till.dispute(&purchase, Dispute::Open).await;
    till.dispute(&purchase, Dispute::Lost).await;
    assert_eq!(till.left().await, 0);
    // The customer objects, and is right: the minutes come back, to where nobody can draw them.
    let member = till.place.boss.member().expect("a member");
    let segment = till.world.id("select max(id) from time_segment").await;
    let intervention = InterventionRef { number: job.number, ordinal: 1 };
    contests::add(
        &till.world.app,
        &member,
        intervention,
        Some(linka::model::base::ids::SegmentId(segment)),
        "Nedomluveno.",
    )
    .await
    .expect("an objection");
    let desk = till.world.staff(StaffRole::Dispatcher).await.desk().expect("a dispatcher");
    let contest = ContestId(till.world.id("select max(id) from contest").await);
    let key = till.world.app.random.uuid();
    contests::decide(&till.world.app, &desk, contest, Some(ContestState::Accepted), "", "Máte pravdu.", key)
        .await
        .expect("accepted");
    assert_eq!(till.left().await, 0);
    assert_eq!(till.world.id("select -sum(minutes)::bigint from ledger_entry where kind = 'freeze'").await, 100);
    till.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_learnt_before_the_payment_takes_effect_with_it(pool: PgPool) {
    let till = Till::new(pool).await;
    let purchase = till.world.bought(&till.place, 60, PaymentMethod::Transfer, false).await;
    till.dispute(&purchase, Dispute::Open).await;
    let news =
        RefundNews { ours: None, stripe_refund: "re_1", amount: Money::from_haler(100), state: RefundState::Succeeded };
    till.learn(&purchase, news).await;
    assert_eq!(till.world.stored(purchase.id).await.purchase.state, PurchaseState::AwaitingPayment);
    let haler = purchase.total.haler();
    let file = format!("Datum;Objem;Měna;VS\n23.11.2026;{},{:02};CZK;{}\n", haler / 100, haler % 100, purchase.symbol);
    bank::import(&till.world.app, &till.manager, "v.csv", file.as_bytes(), bank::Said::default())
        .await
        .expect("an import");
    let stored = till.world.stored(purchase.id).await.purchase;
    assert_eq!((stored.state, stored.refunded), (PurchaseState::Disputed, Money::from_haler(100)));
    assert_eq!(till.left().await, 0, "credited and frozen");
    assert_eq!(till.world.id("select count(*) from ledger_entry").await, 2);
    till.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_owner_sees_what_is_owed(pool: PgPool) {
    let till = Till::new(pool).await;
    let (first, second) = (till.paid(100, PaymentMethod::Card).await, till.paid(50, PaymentMethod::Card).await);
    let job = till.world.work_under_way(&till.place, 1, 30).await.remove(0);
    let key = till.world.app.random.uuid();
    closing::close(&till.world.app, &job.technician, job.number, "Opraveno.", Some(true), key).await.expect("closed");
    till.refund(&first, 20, till.key()).await.expect("a refund");
    till.dispute(&second, Dispute::Open).await;
    let page = sales::page(&till.world.app, &till.manager, None).await.expect("a page");
    let liability = page.liability;
    assert_eq!((liability.sold, liability.drawn, liability.refunded), (150, 30, 20));
    assert_eq!((liability.frozen, liability.left, liability.expired), (50, 50, 0));
    let [waiting] = page.refunds.rows.as_slice() else { panic!("one waits: {:?}", page.refunds) };
    assert_eq!((waiting.purchase, waiting.amount), (first.number, Money::from_haler(20 * 2_000 * 121 / 100)));
}
