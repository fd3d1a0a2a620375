//! What does not come out even: differences, overpayments, and decisions that are taken back.

use linka::{
    model::{
        base::{
            ids::{BankPaymentId, SettlingId},
            money::Money,
        },
        money::{
            account_statements::{AccountEntryKind, AccountStatement},
            balances::{BalancesPage, Decided},
            bank::Unmatched,
            purchases::{PaymentMethod, PurchaseState},
            tax_documents::DocumentKind,
            unmatching::UnmatchRefusal,
        },
        ordering::live::Topic,
        paths,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        db::{MIGRATIONS, ordering::live},
        service::money::{account_statements, balances, bank, refunds, sales},
    },
};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinSet;

use super::bank::{Bank, fio};
use crate::support::{Bought, Site, billing_viewer, documents};

const WHY: &str = "Halířový rozdíl.";

impl Bank {
    fn key(&self) -> SettlingId {
        SettlingId(self.world.app.random.uuid())
    }

    async fn balances(&self) -> BalancesPage {
        balances::page(&self.world.app, &self.manager).await.expect("a page")
    }

    async fn statement(&self) -> AccountStatement {
        let viewer = billing_viewer(&self.place.boss);
        account_statements::statement(&self.world.app, &viewer, None, None).await.expect("a statement")
    }

    /// A payment comes and is assigned.
    async fn pays(&self, reference: u32, haler: i64, symbol: &str, note: &str) {
        self.import(&fio(&[(reference, "23.11.2026", haler, symbol)])).await.expect("an import");
        for (payment, _) in self.unmatched().await {
            self.assign(payment, symbol, note).await.expect("assigned");
        }
    }

    async fn write_off(&self, number: &str, key: SettlingId) -> Result<(), Problem> {
        balances::write_off(&self.world.app, &self.manager, number, WHY, key).await
    }

    async fn spend(&self, number: &str, key: SettlingId) -> Result<(), Problem> {
        balances::spend(&self.world.app, &self.manager, self.place.customer, number, key).await
    }

    async fn give_back(&self, crowns: &str, key: SettlingId) -> Result<(), Problem> {
        let app = &self.world.app;
        balances::give_back(app, &self.manager, self.place.customer, crowns, "Příkaz z 24. 11.", key).await
    }

    async fn undo(&self, decided: Decided, id: &str) -> Result<(), Problem> {
        balances::undo(&self.world.app, &self.manager, decided, id, "Omyl při třídění.", self.key()).await
    }

    /// Whether open pages of the customer are told of what is done.
    async fn tells(&self, done: impl Future<Output = ()>) -> bool {
        let news = async |position| {
            let mut tx = self.world.app.db.system().await.expect("a transaction");
            live::since(&mut tx, position).await.expect("news")
        };
        let before = news(i64::MAX).await.newest;
        done.await;
        let topic = Topic::Customer(self.place.customer);
        news(before).await.events.iter().any(|(xact, told)| *xact >= before && *told == topic)
    }

    /// What is owed to the only customer.
    async fn owed(&self) -> i64 {
        let owed = sales::page(&self.world.app, &self.manager, None).await.expect("a page").owed_back;
        let balances = self.balances().await.balances;
        assert_eq!(owed.1, balances.rows.iter().map(|balance| balance.amount).sum::<Money>());
        assert_eq!(owed.0, balances.total);
        owed.1.haler()
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_small_difference_is_written_off_once_and_what_came_is_what_is_taxed(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let (symbol, total) = (purchase.symbol.as_str(), purchase.total.haler());
    bank.pays(1, total - 2_000, symbol, "").await;
    assert_eq!(bank.write_off(symbol, bank.key()).await, Err(Problem::Conflict), "20 Kč are above the limit");
    // Above the limit it is asked for, once a day.
    for _ in 0..2 {
        assert_eq!(balances::ask(&bank.world.app, &bank.manager, symbol).await, Ok(()));
    }
    assert_eq!(bank.world.id("select count(*) from mail where kind = 'rest_asked'").await, 1);
    bank.pays(2, 1_960, symbol, "").await;
    let page = bank.balances().await;
    let [difference] = &page.differences.rows[..] else { panic!("{page:?}") };
    assert_eq!((difference.number.as_str(), difference.left().haler(), page.limit.haler()), (symbol, 40, 1_000));
    assert_eq!((bank.minutes().await, bank.state(&purchase).await), (0, PurchaseState::AwaitingPayment));
    let key = bank.key();
    for _ in 0..2 {
        assert_eq!(bank.write_off(symbol, key).await, Ok(()));
        assert_eq!((bank.minutes().await, bank.state(&purchase).await), (60, PurchaseState::Paid));
    }
    assert_eq!(bank.write_off(symbol, bank.key()).await, Err(Problem::Conflict), "nothing is left");
    let taxed = "select sum(total)::bigint from tax_document where kind = 'payment'";
    assert_eq!(bank.world.id(taxed).await, total - 40);
    assert_eq!(bank.world.id("select count(*) from mail where kind = 'minutes_credited'").await, 1);
    // Of a proforma nothing is owed by what was written off.
    assert_eq!(bank.statement().await.closing(), Money::ZERO);
    assert_eq!(bank.balances().await.differences.total, 0);
    // What never came is not given back.
    let refund = linka::model::base::ids::RefundId(bank.world.app.random.uuid());
    refunds::request(&bank.world.app, &bank.manager, purchase.number, "60", WHY, refund).await.expect("a refund");
    assert_eq!(bank.world.id("select sum(amount)::bigint from refund").await, total - 40);
    assert_eq!(bank.world.id("select sum(total)::bigint from tax_document where kind <> 'proforma'").await, 0);
    assert_eq!(bank.world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_overpayment_is_owed_until_it_is_returned_or_used(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (first, second) = (bank.purchase(60).await, bank.purchase(30).await);
    let rest = second.total.haler() - 20_000;
    bank.pays(1, first.total.haler() + 30_000, &first.symbol, "Zaplaceno navíc.").await;
    bank.assert_fulfilled_once(&first, 60).await;
    assert_eq!((bank.owed().await, bank.statement().await.closing().haler()), (30_000, -30_000));
    // A part goes back, and no more than there is.
    let key = bank.key();
    for _ in 0..2 {
        assert_eq!(bank.give_back("100", key).await, Ok(()));
    }
    for too_much in ["200,01", "0"] {
        let refused = Problem::field("amount", FieldCode::OutOfRange);
        assert_eq!(bank.give_back(too_much, bank.key()).await, Err(refused), "{too_much}");
    }
    assert_eq!((bank.owed().await, bank.statement().await.closing().haler()), (20_000, -20_000));
    // The rest pays a part of another proforma, and is taxed on that day.
    bank.world.app.clock.advance(chrono::TimeDelta::days(2));
    let other = Problem::field("document", FieldCode::Unknown);
    assert_eq!(bank.spend("2026199999", bank.key()).await, Err(other));
    let paid = Problem::field("document", FieldCode::AlreadyUsed);
    assert_eq!(bank.spend(&first.symbol, bank.key()).await, Err(paid));
    // Of several at once, one has the money.
    let mut spending = JoinSet::new();
    for _ in 0..4 {
        let (app, manager, key) = (bank.world.app.clone(), bank.manager.clone(), bank.key());
        let (customer, symbol) = (bank.place.customer, second.symbol.clone());
        spending.spawn(async move { balances::spend(&app, &manager, customer, &symbol, key).await });
    }
    let spent = spending.join_all().await;
    assert_eq!(spent.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{spent:?}");
    assert_eq!(bank.owed().await, 0);
    let taxed = "select total from tax_document where kind = 'payment' and supplied_on = '2026-11-25'";
    assert_eq!(bank.world.id(taxed).await, 20_000);
    assert_eq!(bank.state(&second).await, PurchaseState::AwaitingPayment);
    bank.pays(2, rest, &second.symbol, "").await;
    assert_eq!((bank.state(&second).await, bank.minutes().await), (PurchaseState::Paid, 90));
    let statement = bank.statement().await;
    assert_eq!(statement.closing(), Money::ZERO);
    let kinds = [AccountEntryKind::BalanceReturned, AccountEntryKind::BalanceUsed];
    let told = statement.entries.iter().filter(|entry| kinds.contains(&entry.kind));
    assert_eq!(told.map(|entry| entry.total.haler()).collect::<Vec<_>>(), [10_000, 20_000]);
    assert_eq!(statement.paid(), first.total + second.total);
    pays_an_invoice_from_before(&bank, &second).await;
    // No entry begins with what the one before it did not leave, and none takes what is not there.
    for (before, amount) in [(0, -1), (500, -100)] {
        let entry = format!(
            "insert into balance_entry (id, customer_id, seq, balance_before, balance_after, kind, amount, reason, staff_id, at)
             select gen_random_uuid(), {}, 8, {before}, {before} + {amount}, 'returned', {amount}, 'x', {}, now()",
            bank.place.customer,
            bank.manager.id()
        );
        let refused = sqlx::raw_sql(AssertSqlSafe(entry)).execute(bank.world.app.db.pool()).await;
        assert!(refused.is_err(), "{before} {amount}");
    }
    assert_eq!(bank.world.ledger_faults().await, Vec::<String>::new());
}

/// A balance pays an invoice from before Linka, until that is taken back, and then once more.
async fn pays_an_invoice_from_before(bank: &Bank, second: &Bought) {
    bank.world
        .sql(&format!(
            "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
             values ({}, 'FV7', '7', '2026-10-01', '2026-10-15', 50000, 0, now())",
            bank.place.customer
        ))
        .await;
    bank.pays(3, second.total.haler() + 50_000, &second.symbol, "Zaplaceno podruhé.").await;
    let closing = bank.statement().await.closing();
    bank.spend("FV7", bank.key()).await.expect("used");
    let statement = bank.statement().await;
    assert_eq!((bank.owed().await, statement.closing()), (second.total.haler(), closing));
    let used: Vec<_> = statement.entries.iter().filter(|entry| entry.kind == AccountEntryKind::BalanceUsed).collect();
    assert_eq!(used.last().map(|entry| (entry.number.as_str(), entry.total.haler())), Some(("FV7", 50_000)));
    assert_eq!(bank.world.id("select count(*) from debts(null)").await, 0, "nothing is owed any more");
    let paid = Problem::field("document", FieldCode::AlreadyUsed);
    assert_eq!(bank.spend("7", bank.key()).await, Err(paid), "by its symbol, too");
    let entry =
        sqlx::query_scalar::<_, uuid::Uuid>("select id from balance_entry where earlier_invoice_id is not null");
    let entry = entry.fetch_one(bank.world.app.db.pool()).await.expect("the entry");
    bank.undo(Decided::Used, &entry.to_string()).await.expect("taken back");
    assert_eq!(bank.world.id("select sum(owed)::bigint from debts(null)").await, 50_000);
    bank.spend("7", bank.key()).await.expect("used");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_decision_is_taken_back_while_nothing_rests_on_it(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let invoice = documents::issue(&bank.world.app, bank.place.customer, DocumentKind::Invoice, "m", 100_000);
    let invoice = invoice.await.expect("issued");
    let (number, total) = (invoice.number.as_str(), invoice.content.total().haler());
    let purchase = bank.purchase(60).await;
    let file = fio(&[
        (1, "23.11.2026", total + 500, number),
        (2, "23.11.2026", 700, "77"),
        (3, "23.11.2026", purchase.total.haler(), &purchase.symbol),
    ]);
    bank.import(&file).await.expect("an import");
    let waiting = bank.unmatched().await;
    let (over, stranger) = (waiting[0].0, waiting[1].0);
    bank.assign(over, number, "Pět korun navíc.").await.expect("assigned");
    bank::set_aside(&bank.world.app, &bank.manager, stranger, "Není naše.").await.expect("set aside");
    assert_eq!(bank.owed().await, 500);
    let undoable = bank.balances().await.decisions.rows;
    let listed: Vec<_> = undoable.iter().map(|undoable| (undoable.decided, undoable.id.clone())).collect();
    assert_eq!(listed.len(), 2, "not what credited minutes: {listed:?}");
    // What a payment pays is taken back by the page that shows what follows.
    assert_eq!(bank.undo(Decided::Assigned, &format!("{over}.1")).await, Err(Problem::Conflict));
    // What is gone cannot be taken back with it.
    let returned = bank.key();
    bank.give_back("5", returned).await.expect("returned");
    assert_eq!(bank.look(over).await, Err(UnmatchRefusal::BalanceGone));
    bank.undo(Decided::Returned, &returned.0.to_string()).await.expect("taken back");
    assert_eq!(bank.undo(Decided::Returned, &returned.0.to_string()).await, Err(Problem::Conflict), "once");
    assert_eq!(bank.owed().await, 500);
    let former = bank.taken_back(over).await;
    assert_eq!((former.balance.haler(), former.owed_again.haler()), (500, total));
    for _ in 0..2 {
        assert_eq!(bank.undo(Decided::SetAside, &format!("{stranger}.1")).await, Ok(()));
    }
    assert_eq!(bank.owed().await, 0);
    let waiting = bank.unmatched().await;
    assert_eq!(waiting, [(over, Unmatched::Undone.code()), (stranger, Unmatched::Undone.code())]);
    // It is decided anew, and the difference of an invoice is written off and asked for again.
    assert_eq!(bank.assign(over, &purchase.symbol, "").await, Err(Problem::field("note", FieldCode::Missing)));
    bank.assign(over, number, "Pět korun navíc.").await.expect("assigned");
    // A page that shows the former decision takes back nothing that was decided since.
    assert_eq!(bank.take_back(over, &former.shown(), bank.form()).await, Err(Problem::Conflict));
    let second = documents::issue(&bank.world.app, bank.place.customer, DocumentKind::Invoice, "n", 100_000);
    let second = second.await.expect("issued").number;
    let assigned = async || bank.assign(stranger, &second, "").await.expect("assigned");
    assert!(bank.tells(Box::pin(assigned())).await, "a part of an invoice came");
    assert!(bank.tells(Box::pin(async { drop(bank.taken_back(stranger).await) })).await, "it was another's");
    assigned().await;
    bank.pays(9, total - 800, &second, "").await;
    let written_off = bank.key();
    bank.write_off(&second, written_off).await.expect("written off");
    let owed = bank.statement().await.closing();
    bank.undo(Decided::WrittenOff, &written_off.0.to_string()).await.expect("taken back");
    assert_eq!(bank.statement().await.closing(), owed + Money::from_haler(100));
    assert_eq!(bank.balances().await.differences.total, 1);
    // Written off beside a payment that turns out to be another's, it is asked for again with it.
    bank.write_off(&second, bank.key()).await.expect("written off");
    let taken_back = bank.taken_back(stranger).await;
    assert_eq!((taken_back.owed_again.haler(), taken_back.asked_again.haler()), (800, 100));
    assert_eq!(bank.statement().await.closing(), owed + Money::from_haler(100 + 700));
    let left = format!("select left_to_pay(id) from tax_document where number = '{second}'");
    assert_eq!(bank.world.id(&left).await, 800);
    assert_eq!(bank.world.id("select sum(amount)::bigint from difference").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_second_payment_of_what_is_paid_is_owed_back_whole(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.world.bought(&bank.place, 60, PaymentMethod::Transfer, false).await;
    bank.pays(1, purchase.total.haler(), &purchase.symbol, "").await;
    bank.pays(2, purchase.total.haler(), &purchase.symbol, "Zaplaceno podruhé.").await;
    bank.assert_fulfilled_once(&purchase, 60).await;
    assert_eq!(bank.owed().await, purchase.total.haler());
    let payment = BankPaymentId(bank.world.id("select payment_id from balance_entry").await);
    // Nothing rests on what was all too much. By its form, as the audit tells what a person did.
    let site = Site::serve(bank.world.app.clone()).await;
    let cookie = bank.world.cookie(&bank.world.staff(StaffRole::Manager).await).await;
    let page = format!("{}?payment={payment}", paths::SALES_UNMATCH);
    let list = site.get(paths::SALES_BALANCES, &cookie).await.body;
    assert!(list.contains(&format!("href=\"{page}\"")), "the list leads to what follows: {list}");
    let shown = bank.look(payment).await.expect("it can be taken back").shown();
    let (payment, key) = (payment.to_string(), bank.key().0.to_string());
    let fields = [
        ("payment", payment.as_str()),
        ("shown", shown.as_str()),
        ("reason", "Omyl při třídění."),
        ("key", key.as_str()),
    ];
    for _ in 0..2 {
        let undone = site.post("/api/sales/undo-match", &cookie, &page, &fields).await;
        assert_eq!(undone.status, 303, "{}", undone.body);
    }
    let told = "select count(*) from audit_entry where subject = 'bank_payment' and after ->> 'state' = 'unmatched'";
    assert_eq!(bank.world.id(told).await, 1, "that it was taken back stays to be read");
    assert_eq!((bank.owed().await, bank.unmatched().await.len()), (0, 1));
    bank.assert_fulfilled_once(&purchase, 60).await;
    let theirs = site.get(&paths::purchase(purchase.number), &bank.world.cookie(&bank.place.boss).await).await.body;
    let marks = ["/live?on=customer", "data-live=\"now\"", "data-live=\"rest\""];
    assert!(marks.iter().all(|mark| theirs.contains(mark)), "the customer's page stays true: {theirs}");
}
