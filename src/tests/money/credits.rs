//! What is credited whatever became of the minutes: money that went back past us, invoices that nobody has paid, and payments that
//! came in parts.

use linka::{
    model::{
        base::{ids::RefundId, money::Money},
        money::{
            pages::PurchaseCase,
            purchases::{Dispute, PaymentMethod, PurchaseNumber, PurchaseState},
            refunds::RefundState,
            tax_documents::{DocumentFilter, DocumentKind, Settlement},
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::{MIGRATIONS, money::purchases},
        service::money::{
            account_statements, bank, disputes,
            refunds::{self, RefundNews},
            sales, tax_documents,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Bought, Shop, TOTAL, billing_viewer, typed_purchase};

const WHY: &str = "Vráceno na přání zákazníka.";

/// A shop with somebody who decides about money.
struct Counter {
    shop: Shop,
    manager: Manager,
}

impl Counter {
    async fn new(pool: PgPool) -> Self {
        let shop = Shop::new(pool).await;
        let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        Self { shop, manager }
    }

    fn key(&self) -> RefundId {
        RefundId(self.shop.world.app.random.uuid())
    }

    async fn case(&self, number: PurchaseNumber) -> PurchaseCase {
        sales::purchase(&self.shop.world.app, &self.manager, number).await.expect("a purchase")
    }

    async fn pay(&self, purchase: &Bought, parts: &[(&str, i64)]) {
        for (day, haler) in parts {
            let file =
                format!("Datum;Objem;Měna;VS\n{day};{},{:02};CZK;{}\n", haler / 100, haler % 100, purchase.symbol);
            bank::import(&self.shop.world.app, &self.manager, "v.csv", file.as_bytes(), bank::Said::default())
                .await
                .expect("an import");
            let page = bank::page(&self.shop.world.app, &self.manager, None).await.expect("a page");
            for payment in page.unmatched.rows {
                bank::assign(&self.shop.world.app, &self.manager, payment.id, &purchase.symbol, "")
                    .await
                    .expect("assigned");
            }
        }
    }

    async fn paid(&self, minutes: u32) -> Bought {
        let purchase = self.shop.world.bought(&self.shop.place, minutes, PaymentMethod::Transfer, false).await;
        self.pay(&purchase, &[("23.11.2026", purchase.total.haler())]).await;
        purchase
    }

    async fn returned_at_stripe(&self, purchase: &Bought, name: &str, amount: Money) {
        let mut tx = self.shop.world.app.db.system().await.expect("a transaction");
        let stored = purchases::lock(&mut tx, purchase.id).await.expect("an answer").expect("the purchase");
        let news = RefundNews { ours: None, stripe_refund: name, amount, state: RefundState::Succeeded };
        refunds::learn_refund(&mut tx, &stored, news, self.shop.world.app.clock.now()).await.expect("learnt");
        tx.commit().await.expect("a commit");
    }

    async fn credit(&self, purchase: &Bought, key: RefundId) -> Result<(), Problem> {
        refunds::credit_returned(&self.shop.world.app, &self.manager, purchase.number, WHY, key).await
    }

    /// What the documents of a kind come to.
    async fn documented(&self, kind: &str) -> i64 {
        self.shop
            .world
            .id(&format!("select coalesce(sum(total), 0)::bigint from tax_document where kind = '{kind}'"))
            .await
    }

    async fn assert_sound(&self) {
        assert_eq!(self.shop.world.ledger_faults().await, Vec::<String>::new());
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_returned_at_stripe_is_credited_though_the_minutes_are_gone(pool: PgPool) {
    let counter = Counter::new(pool).await;
    let purchase = counter.paid(100).await;
    // A year later nothing is left to be taken back.
    counter.shop.world.app.clock.advance(chrono::TimeDelta::days(370));
    let part = Money::from_haler(purchase.total.haler() / 3);
    counter.returned_at_stripe(&purchase, "re_1", part).await;
    let case = counter.case(purchase.number).await;
    assert_eq!((case.refundable, case.returned_past_us), (None, part));
    let no_reason =
        refunds::credit_returned(&counter.shop.world.app, &counter.manager, purchase.number, "", counter.key());
    assert_eq!(no_reason.await, Err(Problem::field("reason", FieldCode::Missing)));
    let key = counter.key();
    for _ in 0..2 {
        assert_eq!(counter.credit(&purchase, key).await, Ok(()));
    }
    assert_eq!(counter.documented("credit_note").await, -part.haler());
    let case = counter.case(purchase.number).await;
    assert_eq!(case.returned_past_us, Money::ZERO);
    assert!(case.refunds[0].document.is_some() && case.refunds[0].minutes == 0);
    assert_eq!(counter.credit(&purchase, counter.key()).await, Err(Problem::Conflict), "nothing more went back");
    // What goes back later is credited, too, and all of it is no more than was taxed.
    counter.returned_at_stripe(&purchase, "re_2", purchase.total - part).await;
    assert_eq!(counter.credit(&purchase, counter.key()).await, Ok(()));
    assert_eq!(counter.documented("credit_note").await, -purchase.total.haler());
    let base = "select sum(base)::bigint from tax_document where kind in ('payment', 'credit_note')";
    assert_eq!(counter.shop.world.id(base).await, 0);
    counter.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_lost_dispute_took_is_credited_once(pool: PgPool) {
    let counter = Counter::new(pool).await;
    let purchase = counter.paid(60).await;
    let learn = async |dispute| {
        let mut tx = counter.shop.world.app.db.system().await.expect("a transaction");
        let stored = purchases::lock(&mut tx, purchase.id).await.expect("an answer").expect("the purchase");
        disputes::learn(&mut tx, &stored, dispute, "dp_1", None, counter.shop.world.app.clock.now())
            .await
            .expect("learnt");
        tx.commit().await.expect("a commit");
    };
    learn(Dispute::Open).await;
    assert_eq!(counter.case(purchase.number).await.returned_past_us, Money::ZERO, "the bank has not decided");
    learn(Dispute::Lost).await;
    assert_eq!(counter.case(purchase.number).await.returned_past_us, purchase.total);
    let key = counter.key();
    for _ in 0..2 {
        assert_eq!(counter.credit(&purchase, key).await, Ok(()));
    }
    assert_eq!(counter.credit(&purchase, counter.key()).await, Err(Problem::Conflict));
    let case = counter.case(purchase.number).await;
    assert_eq!((case.purchase.refunded, case.returned_past_us), (purchase.total, Money::ZERO));
    assert!(case.refunds[0].was_taken_by_the_bank());
    assert_eq!(counter.documented("credit_note").await, -purchase.total.haler());
    counter.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_dispute_about_a_part_is_credited_for_that_part_and_documented_anew_when_it_is_won(pool: PgPool) {
    let counter = Counter::new(pool).await;
    let purchase = counter.paid(60).await;
    let part = Money::from_haler(purchase.total.haler() / 3);
    let learn = async |id: &str, dispute| {
        let mut tx = counter.shop.world.app.db.system().await.expect("a transaction");
        let stored = purchases::lock(&mut tx, purchase.id).await.expect("an answer").expect("the purchase");
        let now = counter.shop.world.app.clock.now();
        disputes::learn(&mut tx, &stored, dispute, id, Some(part), now).await.expect("learnt");
        tx.commit().await.expect("a commit");
    };
    let (app, manager) = (&counter.shop.world.app, &counter.manager);
    let document = async |key| disputes::document_won_back(app, manager, purchase.number, key).await;
    learn("dp_1", Dispute::Lost).await;
    learn("dp_2", Dispute::Lost).await;
    assert_eq!(counter.case(purchase.number).await.returned_past_us, part + part, "no more than they are about");
    assert_eq!(counter.credit(&purchase, counter.key()).await, Ok(()));
    assert_eq!(document(counter.key()).await, Err(Problem::Conflict), "nothing came again");
    learn("dp_1", Dispute::Won).await;
    let case = counter.case(purchase.number).await;
    assert_eq!((case.returned_past_us, case.won_back), (Money::ZERO, part));
    let alerts = "select count(*) from payment_alert where source = 'won:dp_1'";
    assert_eq!(counter.shop.world.id(alerts).await, 1, "a manager is told");
    let key = counter.key();
    for _ in 0..2 {
        assert_eq!(document(key).await, Ok(()));
    }
    assert_eq!(document(counter.key()).await, Err(Problem::Conflict), "once");
    let case = counter.case(purchase.number).await;
    assert_eq!((case.returned_past_us, case.won_back, case.purchase.refunded), (Money::ZERO, Money::ZERO, part));
    assert_eq!(counter.documented("credit_note").await, -2 * part.haler());
    assert_eq!(counter.documented("payment").await, (purchase.total + part).haler());
    let viewer = billing_viewer(&counter.shop.place.boss);
    let account = account_statements::statement(app, &viewer, None, None).await.expect("a statement");
    assert_eq!(account.closing(), Money::ZERO, "what is documented is what came and went");
    counter.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_unpaid_invoice_is_credited_with_its_minutes_and_ends_when_nothing_is_owed(pool: PgPool) {
    let counter = Counter::new(pool).await;
    counter.shop.trust().await;
    let typed = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
    let id = counter.shop.id();
    let number = counter.shop.purchase(id, &typed).await.expect("a purchase").number;
    let left = "select coalesce(sum(minutes), 0)::bigint from ledger_entry";
    assert_eq!(counter.shop.world.id(left).await, 300, "credited at once");
    let refund = async |minutes: &str, key| {
        refunds::request(&counter.shop.world.app, &counter.manager, number, minutes, WHY, key).await
    };
    let key = counter.key();
    for _ in 0..2 {
        assert_eq!(refund("100", key).await, Ok(()));
    }
    assert_eq!(counter.shop.world.id(left).await, 200);
    let case = counter.case(number).await;
    let third = Money::from_haler(TOTAL.haler() / 3);
    assert_eq!((case.purchase.state, case.purchase.refunded), (PurchaseState::AwaitingPayment, Money::ZERO));
    assert_eq!((case.refunds[0].amount, case.refunds[0].waived), (Money::ZERO, third), "no money moves");
    let page = counter.shop.page(number).await;
    assert_eq!(counter.documented("credit_note").await, -third.haler());
    assert_eq!(page.documents.len(), 2);
    assert_eq!(refund("201", counter.key()).await, Err(Problem::field("minutes", FieldCode::OutOfRange)));
    assert_eq!(refund("200", counter.key()).await, Ok(()));
    assert_eq!(counter.shop.world.id(left).await, 0, "nothing of it can be drawn any more");
    assert_eq!(counter.case(number).await.purchase.state, PurchaseState::Cancelled);
    let viewer = billing_viewer(&counter.shop.place.boss);
    let invoices = DocumentFilter { kind: Some(DocumentKind::Invoice), year: None };
    let list = tax_documents::list(&counter.shop.world.app, &viewer, invoices, None).await.expect("a list");
    assert_eq!(list.documents.page.rows[0].settlement, Settlement::Void);
    assert_eq!(counter.documented("invoice").await + counter.documented("credit_note").await, 0);
    counter.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_paid_in_parts_is_credited_from_the_latest_part_on(pool: PgPool) {
    let counter = Counter::new(pool).await;
    let purchase = counter.shop.world.bought(&counter.shop.place, 100, PaymentMethod::Transfer, false).await;
    let total = purchase.total.haler();
    let (first, second) = (total / 4 + 1, total - total / 4 - 1);
    counter.pay(&purchase, &[("20.11.2026", first), ("23.11.2026", second)]).await;
    let key = counter.key();
    let refund = refunds::request(&counter.shop.world.app, &counter.manager, purchase.number, "100", WHY, key);
    assert_eq!(refund.await, Ok(()));
    let corrected: Vec<(String, i64)> = sqlx::query_as(
        "select c.supplied_on::text, d.total from tax_document d join tax_document c on c.id = d.corrects_id order by d.id",
    )
    .fetch_all(counter.shop.world.app.db.pool())
    .await
    .expect("credit notes");
    let expected = [("2026-11-23", -second), ("2026-11-20", -first)];
    assert_eq!(corrected, expected.map(|(day, haler)| (day.to_owned(), haler)));
    let case = counter.case(purchase.number).await;
    assert_eq!(case.refunds[0].document.as_deref(), Some("2026400001, 2026400002"));
    let taxed = "select sum(tax)::bigint from tax_document where kind in ('payment', 'credit_note')";
    assert_eq!(counter.shop.world.id(taxed).await, 0);
    counter.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_that_meets_a_credit_note_pays_what_is_asked_after_it(pool: PgPool) {
    let counter = Counter::new(pool).await;
    let world = &counter.shop.world;
    counter.shop.trust().await;
    let typed = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
    let number = counter.shop.purchase(counter.shop.id(), &typed).await.expect("a purchase").number;
    let symbol = world.id("select number::bigint from tax_document where kind = 'invoice'").await;
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    // Both meet at the purchase, the credit note first; the import has read what was asked for before.
    let mut gate = world.app.db.staff().await.expect("a transaction");
    sqlx::query("select 1 from purchase for no key update").execute(&mut *gate).await.expect("a lock");
    let (app, manager, key) = (world.app.clone(), counter.manager.clone(), counter.key());
    let credit = tokio::spawn(async move { refunds::request(&app, &manager, number, "100", WHY, key).await });
    while world.id(waiting).await < 1 {
        assert!(!credit.is_finished(), "it waits for the purchase");
        tokio::task::yield_now().await;
    }
    let (app, manager) = (world.app.clone(), counter.manager.clone());
    let file =
        format!("Datum;Objem;Měna;VS\n23.11.2026;{},{:02};CZK;{symbol}\n", TOTAL.haler() / 100, TOTAL.haler() % 100);
    let import =
        tokio::spawn(
            async move { bank::import(&app, &manager, "v.csv", file.as_bytes(), bank::Said::default()).await },
        );
    while world.id(waiting).await < 2 {
        assert!(!import.is_finished(), "it waits for the purchase");
        tokio::task::yield_now().await;
    }
    gate.commit().await.expect("a commit");
    credit.await.expect("no panic").expect("credited");
    import.await.expect("no panic").expect("imported");

    let page = bank::page(&world.app, &counter.manager, None).await.expect("a page");
    let reasons: Vec<_> = page.unmatched.rows.iter().map(|payment| payment.reason.code()).collect();
    assert_eq!(reasons, ["overpaid"]);
    assert_eq!(counter.case(number).await.purchase.state, PurchaseState::AwaitingPayment);
    counter.assert_sound().await;
}
