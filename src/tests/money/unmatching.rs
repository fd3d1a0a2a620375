//! A payment that turns out to be another's is taken back from what it had paid, with all that rests on that.

use linka::{
    model::{
        base::{
            ids::{BankPaymentId, RefundId, SettlingId},
            money::Money,
        },
        money::{
            balances::Decided,
            bank::Unmatched,
            purchases::{PaymentMethod, PurchaseEventKind, PurchaseState},
            unmatching::{Consequences, Undone, UnmatchRefusal},
        },
        paths,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        db::MIGRATIONS,
        service::{
            money::{account_statements, balances, purchases, refunds, sales, unmatching},
            work::closing,
        },
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;

use super::bank::{Bank, fio};
use crate::support::{Bought, Place, Site, Work, billing_viewer};

const WHY: &str = "Platba patřila jiné škole.";

impl Bank {
    pub(super) fn form(&self) -> SettlingId {
        SettlingId(self.world.app.random.uuid())
    }

    /// Its minutes can be drawn by work that has begun long ago.
    async fn credited_before(&self, purchase: &Bought) {
        let grant = format!(
            "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
             select customer_id, 'bundle', minutes, created_at - interval '30 days', created_at + interval '1 year',
                    'order:' || id, created_at - interval '30 days' from purchase where id = '{}'",
            purchase.id
        );
        self.world.sql(&grant).await;
    }

    /// The payment that was matched last.
    async fn last_matched(&self) -> BankPaymentId {
        BankPaymentId(self.world.id("select max(id) from bank_payment where state = 'matched'").await)
    }

    pub(super) async fn look(&self, payment: BankPaymentId) -> Result<Consequences, UnmatchRefusal> {
        unmatching::page(&self.world.app, &self.manager, payment).await.expect("a page").outcome
    }

    pub(super) async fn take_back(&self, payment: BankPaymentId, shown: &str, key: SettlingId) -> Result<(), Problem> {
        unmatching::undo(&self.world.app, &self.manager, payment, shown, WHY, key).await
    }

    /// As a manager does it: what is shown is done.
    pub(super) async fn taken_back(&self, payment: BankPaymentId) -> Consequences {
        let consequences = self.look(payment).await.expect("it can be taken back");
        self.take_back(payment, &consequences.shown(), self.form()).await.expect("taken back");
        consequences
    }

    /// The same, decided anew and taken back again: a page that still shows the former decision does not do that.
    async fn taken_back_twice(&self, payment: BankPaymentId, purchase: &Bought) -> Consequences {
        let former = self.taken_back(payment).await;
        self.assign(payment, &purchase.symbol, "").await.expect("assigned");
        assert_eq!(self.take_back(payment, &former.shown(), self.form()).await, Err(Problem::Conflict));
        assert_eq!(self.state(purchase).await, PurchaseState::Paid);
        let again = self.taken_back(payment).await;
        assert_eq!((again.owed_again, again.decision), (former.owed_again, former.decision + 1));
        again
    }

    async fn closing(&self, place: &Place) -> i64 {
        let viewer = billing_viewer(&place.boss);
        let statement = account_statements::statement(&self.world.app, &viewer, None, None).await;
        statement.expect("a statement").closing().haler()
    }

    /// What is on tax documents of a purchase.
    async fn documented(&self, purchase: &Bought) -> i64 {
        let sum = format!(
            "select coalesce(sum(total), 0)::bigint from tax_document where kind <> 'proforma' and purchase_id = '{}'",
            purchase.id
        );
        self.world.id(&sum).await
    }

    async fn close(&self, job: &Work) {
        let (app, key) = (&self.world.app, self.world.app.random.uuid());
        closing::close(app, &job.technician, job.number, "Opraveno.", Some(true), key).await.expect("closed");
    }

    async fn assert_sound(&self) {
        assert_eq!(self.world.ledger_faults().await, Vec::<String>::new());
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_of_anothers_is_posted_back_and_matched_to_the_right_purchase(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let other = bank.world.place("Jiná škola").await;
    let wrong = bank.purchase(60).await;
    let right = bank.world.bought(&other, 60, PaymentMethod::Transfer, false).await;
    bank.credited_before(&wrong).await;
    bank.import(&fio(&[(1, "23.11.2026", wrong.total.haler(), &wrong.symbol)])).await.expect("an import");
    let payment = bank.last_matched().await;
    let jobs = bank.world.work_under_way(&bank.place, 1, 20).await;
    let seen = bank.look(payment).await.expect("it can be taken back");
    assert_eq!((seen.undone.minutes, seen.undone.claimed, seen.claim), (60, 0, Money::ZERO));
    // What was used meanwhile is not what was shown: nothing is done, and the page says what it is now.
    bank.close(&jobs[0]).await;
    assert_eq!(bank.take_back(payment, &seen.shown(), bank.form()).await, Err(Problem::Conflict));
    assert_eq!((bank.documented(&wrong).await, bank.closing(&bank.place).await), (wrong.total.haler(), 0));
    let seen = bank.look(payment).await.expect("it can be taken back");
    let third = Money::from_haler(wrong.total.haler() / 3);
    assert_eq!((seen.undone.minutes, seen.undone.claimed, seen.claim), (40, 20, third));
    let credit = seen.credit.clone().expect("a credit note");
    assert_eq!((credit.amount, credit.day), (wrong.total, "2026-11-23".parse().expect("a day")));
    let nothing = unmatching::undo(&bank.world.app, &bank.manager, payment, &seen.shown(), " ", bank.form()).await;
    assert_eq!(nothing, Err(Problem::field("reason", FieldCode::Missing)));
    // By its form, as the audit tells what a person did; twice is once.
    let site = Site::serve(bank.world.app.clone()).await;
    let cookie = bank.world.cookie(&bank.world.staff(StaffRole::Manager).await).await;
    let page = format!("/sales/unmatch?payment={payment}");
    let shown = site.get(&page, &cookie).await.body.replace('\u{a0}', " ");
    assert!(shown.contains("40 min") && shown.contains("20 min") && shown.contains(&credit.corrects), "{shown}");
    let (id, key, said) = (payment.to_string(), bank.form().0.to_string(), seen.shown());
    let fields = [("payment", id.as_str()), ("shown", said.as_str()), ("reason", WHY), ("key", key.as_str())];
    for _ in 0..2 {
        let done = site.post("/api/sales/undo-match", &cookie, &page, &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    assert_eq!(bank.documented(&wrong).await, 0, "the credit note takes all of it off");
    let case = sales::purchase(&bank.world.app, &bank.manager, wrong.number).await.expect("a purchase");
    assert_eq!((case.purchase.state, case.purchase.refunded), (PurchaseState::Refunded, wrong.total));
    assert!(case.transfers.is_empty() && case.refundable.is_none(), "{case:?}");
    assert!(case.history.iter().any(|event| event.kind == PurchaseEventKind::PaymentUndone && event.note == WHY));
    assert_eq!(bank.world.id("select sum(left_minutes)::bigint from grant_balance").await, 0);
    // Nobody tells the customer that money went back.
    let boss = bank.world.cookie(&bank.place.boss).await;
    let page = site.get(&paths::purchase(wrong.number), &boss).await.body;
    assert!(page.contains("patřila jinam") && !page.contains("Vrátili jsme"), "{page}");
    // What was used is a claim, on an invoice of its own, and told by mail; the credit note is, too.
    assert_eq!((bank.closing(&bank.place).await, bank.closing(&other).await), (third.haler(), 0));
    assert_eq!(bank.world.id("select sum(owed)::bigint from debts(null)").await, third.haler());
    let mails = "select count(distinct kind) from mail where kind in ('used_invoiced', 'credited')";
    assert_eq!(bank.world.id(mails).await, 2);
    assert_eq!(bank.world.id("select count(*) from audit_entry where subject = 'undone_match'").await, 1);
    bank.assert_sound().await;
    // The payment waits, and pays what it was for. What it had paid cannot be paid again but as an overpayment.
    assert_eq!(bank.unmatched().await, [(payment, Unmatched::Undone.code())]);
    let note = Problem::field("note", FieldCode::Missing);
    assert_eq!(bank.assign(payment, &wrong.symbol, "").await, Err(note));
    bank.assign(payment, &right.symbol, "").await.expect("assigned");
    bank.assert_fulfilled_once(&right, 60).await;
    let claim = "select number from tax_document where key like 'claim:%'";
    let claim: String = sqlx::query_scalar(claim).fetch_one(bank.world.app.db.pool()).await.expect("the invoice");
    bank.import(&fio(&[(2, "23.11.2026", third.haler(), &claim)])).await.expect("an import");
    assert_eq!((bank.unmatched().await, bank.closing(&bank.place).await), (vec![], 0));
    // That was another's, too: the invoice is owed again, and nothing of the purchase is touched.
    let again = bank.taken_back(bank.last_matched().await).await;
    assert_eq!((again.owed_again, again.undone, again.credit), (third, Undone::default(), None));
    assert_eq!(bank.closing(&bank.place).await, third.haler());
    bank.assert_sound().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn parts_and_invoices_are_asked_for_again(pool: PgPool) {
    let bank = Bank::new(pool).await;
    // A part of a proforma has a tax document of its own, which is credited; when it comes back to the same purchase it has another.
    let purchase = bank.purchase(60).await;
    let (symbol, total) = (purchase.symbol.as_str(), purchase.total.haler());
    bank.import(&fio(&[(1, "23.11.2026", 50_000, symbol)])).await.expect("an import");
    let part = bank.unmatched().await[0].0;
    bank.assign(part, symbol, "").await.expect("assigned");
    assert_eq!(bank.documented(&purchase).await, 50_000);
    // The month is told to the tax office already: what is credited is of the next one, as the page says.
    bank.world.sql("insert into vat_period (month, is_locked, reason) values ('2026-11-01', true, '')").await;
    let consequences = bank.taken_back(part).await;
    let december = "select count(*) from tax_document where kind = 'credit_note' and supplied_on = '2026-12-01'";
    assert_eq!(bank.world.id(december).await, 1);
    assert_eq!(consequences.credit.map(|credit| credit.day.to_string()).as_deref(), Some("2026-12-01"));
    bank.world.sql("update vat_period set is_locked = false, reason = 'Zkouška.'").await;
    assert_eq!((consequences.undone.lost, consequences.undone.minutes), (Money::ZERO, 0));
    assert_eq!((bank.documented(&purchase).await, bank.state(&purchase).await), (0, PurchaseState::AwaitingPayment));
    bank.assign(part, symbol, "").await.expect("assigned");
    bank.import(&fio(&[(2, "23.11.2026", total - 50_000 + 700, symbol)])).await.expect("an import");
    let rest = bank.unmatched().await[0].0;
    bank.assign(rest, symbol, "Sedm korun navíc.").await.expect("assigned");
    assert_eq!((bank.documented(&purchase).await, bank.state(&purchase).await), (total, PurchaseState::Paid));
    // Half of it is taken back, with the overpayment that was kept of it, while that is there.
    let spent = bank.form();
    let app = &bank.world.app;
    balances::give_back(app, &bank.manager, bank.place.customer, "7", WHY, spent).await.expect("returned");
    assert_eq!(bank.look(rest).await, Err(UnmatchRefusal::BalanceGone));
    let spent = spent.0.to_string();
    let undo = balances::undo(app, &bank.manager, Decided::Returned, &spent, WHY, bank.form());
    undo.await.expect("taken back");
    let consequences = bank.taken_back(rest).await;
    let lost = total - 50_000;
    let stay = 60 * 50_000 / total;
    assert_eq!((consequences.undone.lost.haler(), consequences.balance.haler()), (lost, 700));
    assert_eq!((i64::from(consequences.undone.minutes), bank.minutes().await), (60 - stay, stay));
    assert_eq!(
        (bank.documented(&purchase).await, bank.state(&purchase).await),
        (50_000, PurchaseState::PartlyRefunded)
    );
    assert_eq!(bank.closing(&bank.place).await, 50_000, "what was credited of the part is of December");
    bank.assert_sound().await;
    // What was given back for money is settled at the purchase, and not by this.
    let key = RefundId(app.random.uuid());
    refunds::request(app, &bank.manager, purchase.number, "1", WHY, key).await.expect("a refund");
    let seen = purchases::page(app, &billing_viewer(&bank.place.boss), purchase.number).await.expect("a page");
    assert_eq!((seen.undone.haler(), seen.purchase.refunded.haler()), (lost, lost), "nothing of it went back");
    assert_eq!(bank.look(part).await, Err(UnmatchRefusal::Refunded));
    let shown = consequences.shown();
    assert_eq!(bank.take_back(part, &shown, bank.form()).await, Err(Problem::Conflict));
    // An invoice is owed again; its minutes stay, and it is paid again by what is its own.
    let trusted = bank.world.bought(&bank.place, 30, PaymentMethod::Transfer, true).await;
    bank.import(&fio(&[(3, "23.11.2026", trusted.total.haler(), &trusted.symbol)])).await.expect("an import");
    assert_eq!(bank.state(&trusted).await, PurchaseState::Paid);
    let before = (bank.minutes().await, bank.closing(&bank.place).await);
    let payment = bank.last_matched().await;
    let consequences = bank.taken_back_twice(payment, &trusted).await;
    assert_eq!((consequences.owed_again, consequences.credit), (trusted.total, None));
    assert_eq!(bank.state(&trusted).await, PurchaseState::AwaitingPayment);
    assert_eq!(bank.world.id("select sum(owed)::bigint from debts(null)").await, trusted.total.haler());
    assert_eq!((bank.minutes().await, bank.closing(&bank.place).await), (before.0, before.1 + trusted.total.haler()));
    app.clock.advance(chrono::TimeDelta::days(1));
    bank.import(&fio(&[(4, "24.11.2026", trusted.total.haler(), &trusted.symbol)])).await.expect("an import");
    assert_eq!((bank.state(&trusted).await, bank.closing(&bank.place).await), (PurchaseState::Paid, before.1));
    let case = sales::purchase(app, &bank.manager, trusted.number).await.expect("a purchase");
    let told: Vec<_> = case.history.iter().map(|event| event.kind).collect();
    let paid = [PurchaseEventKind::Paid, PurchaseEventKind::PaymentUndone];
    assert_eq!(told[told.len() - 5..], [paid[0], paid[1], paid[0], paid[1], paid[0]], "each time that it was paid");
    bank.assert_sound().await;
    // Nobody says of a purchase that it is not paid but so, and no decision is undone without the payment waiting again.
    let unpaid = "update purchase set paid_at = null where paid_at is not null".to_owned();
    let undone = format!(
        "insert into undone_match (id, customer_id, purchase_id, document_id, payment_id, decision, amount, lost, minutes, claimed,
                                   reason, staff_id, at)
         select gen_random_uuid(), d.customer_id, d.purchase_id, d.id, p.id, p.decision, 1, 0, 0, 0, 'x', {}, now()
         from bank_payment p join tax_document d on d.id = p.document_id where p.state = 'matched' limit 1",
        bank.manager.id()
    );
    for (statement, why) in [(unpaid, "goes forward only"), (undone, "the payment still pays it")] {
        let refused = sqlx::raw_sql(AssertSqlSafe(statement)).execute(app.db.pool()).await.expect_err(why);
        assert!(refused.to_string().contains(why), "{refused}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_taking_back_and_use_leaves_no_minute_that_nobody_pays(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    bank.credited_before(&purchase).await;
    bank.import(&fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol)])).await.expect("an import");
    let payment = bank.last_matched().await;
    let mut deeds = JoinSet::new();
    for job in bank.world.work_under_way(&bank.place, 4, 20).await {
        let (app, key) = (bank.world.app.clone(), bank.world.app.random.uuid());
        deeds.spawn(async move {
            closing::close(&app, &job.technician, job.number, "Opraveno.", Some(true), key).await.expect("closed");
        });
    }
    for _ in 0..3 {
        let (app, manager) = (bank.world.app.clone(), bank.manager.clone());
        deeds.spawn(async move {
            // Until what was shown is what there is; whoever comes second finds it done.
            loop {
                let Ok(page) = unmatching::page(&app, &manager, payment).await else { return };
                let shown = page.outcome.expect("it can be taken back").shown();
                let key = SettlingId(app.random.uuid());
                match unmatching::undo(&app, &manager, payment, &shown, WHY, key).await {
                    Ok(()) => return,
                    Err(problem) => assert_eq!(problem, Problem::Conflict),
                }
            }
        });
    }
    deeds.join_all().await;
    let sum = async |what: &str| bank.world.id(&format!("select coalesce({what}, 0)::bigint")).await;
    let drawn = sum("(select -sum(minutes) from ledger_entry where kind = 'draw')").await;
    assert_eq!(sum("(select sum(claimed) from undone_match)").await, drawn, "what was drawn is claimed");
    assert_eq!(sum("(select sum(minutes + claimed) from undone_match)").await, 60);
    let taken = sum("(select count(*) from ledger_entry where kind in ('draw', 'charge'))").await;
    assert_eq!(taken, 4, "what was not drawn is charged");
    assert_eq!((sum("(select count(*) from undone_match)").await, bank.unmatched().await.len()), (1, 1));
    assert_eq!(bank.documented(&purchase).await, 0);
    bank.assert_sound().await;
    assert_eq!(bank.world.deadlocks().await, 0);
}
