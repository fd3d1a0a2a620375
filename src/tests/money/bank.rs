//! Bank statements: nothing is imported twice, nothing is credited twice, and what is not plain waits for a manager.

use linka::{
    model::{
        base::{
            ids::{BankPaymentId, RefundId},
            money::Money,
        },
        money::{
            bank::{Likeness, StatementFault, StatementRefused, Unmatched},
            card::PaymentAlertKind,
            purchases::{Dispute, PaymentMethod, PurchaseState},
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::money::{bank, disputes, refunds, sales},
    },
};
use reqwest::header;
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{Bought, Place, Site, World};

/// A statement in Fio's columns: bank's reference, day, haléře, symbol.
pub(super) fn fio(payments: &[(u32, &str, i64, &str)]) -> Vec<u8> {
    let mut text = "\"ID pohybu\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"VS\"\r\n".to_owned();
    for (reference, day, haler, symbol) in payments {
        let sign = if *haler < 0 { "-" } else { "" };
        let (crowns, rest) = (haler.abs() / 100, haler.abs() % 100);
        text += &format!(
            "\"{reference}\";\"{day}\";\"{sign}{crowns},{rest:02}\";\"CZK\";\"19-2000145399/0800\";\"Škola\";\"{symbol}\"\r\n"
        );
    }
    text.into_bytes()
}

/// A transfer that came in on a day such as `231126`, as GPC tells it.
fn gpc(haler: i64, symbol: &str, day: &str) -> Vec<u8> {
    let head = format!("075{:016}{:016}{:013}{haler:012}2{symbol:0>10}", 1, 192_000_145_399_u64, 7);
    format!("{head}{:010}{:010}{day}{:<20}00203{day}\r\n", 8_000_000, 0, "Škola").into_bytes()
}

pub(super) struct Bank {
    pub world: World,
    pub place: Place,
    pub manager: Manager,
}

impl Bank {
    pub async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let place = world.place("Škola").await;
        let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
        Self { world, place, manager }
    }

    pub async fn purchase(&self, minutes: u32) -> Bought {
        self.world.bought(&self.place, minutes, PaymentMethod::Transfer, false).await
    }

    pub async fn import(&self, file: &[u8]) -> Result<bank::Imported, Problem> {
        bank::import(&self.world.app, &self.manager, "výpis.csv", file, bank::Said::default()).await
    }

    pub async fn minutes(&self) -> i64 {
        self.world.id("select coalesce(sum(minutes), 0)::bigint from ledger_entry").await
    }

    pub async fn unmatched(&self) -> Vec<(BankPaymentId, &'static str)> {
        let page = bank::page(&self.world.app, &self.manager, None).await.expect("a page");
        page.unmatched.rows.iter().map(|payment| (payment.id, payment.reason.code())).collect()
    }

    pub async fn assign(&self, payment: BankPaymentId, number: &str, note: &str) -> Result<(), Problem> {
        bank::assign(&self.world.app, &self.manager, payment, number, note).await
    }

    pub async fn state(&self, purchase: &Bought) -> PurchaseState {
        self.world.stored(purchase.id).await.purchase.state
    }

    /// Credited once, documented once, and the books are right.
    pub async fn assert_fulfilled_once(&self, purchase: &Bought, minutes: i64) {
        self.assert_fulfilled(purchase, minutes, 1).await;
    }

    /// The same of what came in parts.
    async fn assert_fulfilled(&self, purchase: &Bought, minutes: i64, parts: i64) {
        assert_eq!(self.state(purchase).await, PurchaseState::Paid);
        let source = format!("order:{}", purchase.id);
        let credited = format!("select coalesce(sum(minutes), 0)::bigint from minute_grant where source = '{source}'");
        assert_eq!(self.world.id(&credited).await, minutes);
        let documents =
            format!("select count(*) from tax_document where kind = 'payment' and purchase_id = '{}'", purchase.id);
        assert_eq!(self.world.id(&documents).await, parts);
        assert_eq!(self.world.ledger_faults().await, Vec::<String>::new());
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_exact_payment_is_matched_by_itself_on_the_day_of_its_booking(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(120).await;
    let file = fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol), (2, "23.11.2026", -500, "")]);
    let imported = bank.import(&file).await.expect("an import");
    assert!(!imported.again);
    bank.assert_fulfilled_once(&purchase, 120).await;
    assert_eq!(bank.unmatched().await, []);
    let taxed = "select (supplied_on - date '2026-11-23')::bigint from tax_document where kind = 'payment'";
    assert_eq!(bank.world.id(taxed).await, 0, "the day of the tax is the day on which the bank booked the money");
    let page = bank::page(&bank.world.app, &bank.manager, None).await.expect("a page");
    let statement = &page.statements.page.rows[0];
    assert_eq!((statement.lines, statement.incoming, statement.matched, statement.unmatched), (2, 1, 1, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_same_file_and_an_overlapping_one_bring_nothing_twice(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (first, second) = (bank.purchase(60).await, bank.purchase(30).await);
    let one = (1, "23.11.2026", first.total.haler(), first.symbol.as_str());
    let two = (2, "23.11.2026", second.total.haler(), second.symbol.as_str());
    let stranger = (3, "23.11.2026", 100, "77");
    let file = fio(&[one, stranger]);
    let imported = bank.import(&file).await.expect("an import");
    let again = bank.import(&file).await.expect("an answer");
    assert_eq!((again.statement, again.again), (imported.statement, true));
    bank.import(&fio(&[one, stranger, two])).await.expect("an overlapping import");
    bank.assert_fulfilled_once(&first, 60).await;
    bank.assert_fulfilled_once(&second, 30).await;
    assert_eq!(bank.world.id("select count(*) from bank_payment").await, 3);
    assert_eq!(bank.unmatched().await.len(), 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_imports_of_the_same_and_of_overlapping_files_credits_once(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let other = bank.world.place("Jídelna").await;
    let first = bank.purchase(60).await;
    let second = bank.world.bought(&other, 30, PaymentMethod::Transfer, false).await;
    let one = (1, "23.11.2026", first.total.haler(), first.symbol.as_str());
    let two = (2, "23.11.2026", second.total.haler(), second.symbol.as_str());
    let files = [fio(&[one, two]), fio(&[two, one]), fio(&[one]), fio(&[two])];
    let mut imports = JoinSet::new();
    for file in files.iter().cycle().take(16) {
        let (app, manager, file) = (bank.world.app.clone(), bank.manager.clone(), file.clone());
        imports.spawn(async move { bank::import(&app, &manager, "výpis.csv", &file, bank::Said::default()).await });
    }
    let mut new = 0;
    while let Some(import) = imports.join_next().await {
        new += usize::from(!import.expect("no panic").expect("an import").again);
    }
    assert_eq!(new, 4, "each file is imported once");
    bank.assert_fulfilled_once(&first, 60).await;
    bank.assert_fulfilled_once(&second, 30).await;
    assert_eq!(bank.minutes().await, 90);
    assert_eq!(bank.world.id("select count(*) from bank_payment").await, 2);
    assert_eq!(bank.world.deadlocks().await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_not_plain_waits_with_its_reason_and_credits_nothing(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (purchase, closed) = (bank.purchase(60).await, bank.purchase(30).await);
    bank.world
        .sql(&format!("update purchase set closed_as = 'expired', closed_at = created_at where id = '{}'", closed.id))
        .await;
    let total = purchase.total.haler();
    let file = fio(&[
        (1, "23.11.2026", total - 1, &purchase.symbol),
        (2, "23.11.2026", total + 1, &purchase.symbol),
        (3, "23.11.2026", total, "1234567890"),
        (4, "23.11.2026", total, ""),
        (5, "23.11.2026", closed.total.haler(), &closed.symbol),
    ]);
    bank.import(&file).await.expect("an import");
    let reasons: Vec<&str> = bank.unmatched().await.into_iter().map(|(_, reason)| reason).collect();
    assert_eq!(reasons, ["underpaid", "overpaid", "unknown_symbol", "no_symbol", "closed_purchase"]);
    assert_eq!(bank.minutes().await, 0);
    assert_eq!(bank.state(&purchase).await, PurchaseState::AwaitingPayment);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn parts_add_up_and_the_minutes_come_with_the_last(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let third = purchase.total.haler() / 3;
    let rest = purchase.total.haler() - 2 * third;
    let file = fio(&[(1, "20.11.2026", third, &purchase.symbol), (2, "21.11.2026", third, "1")]);
    bank.import(&file).await.expect("an import");
    let waiting = bank.unmatched().await;
    for (payment, _) in &waiting {
        assert_eq!(bank.assign(*payment, &purchase.symbol, "").await, Ok(()));
        assert_eq!(bank.minutes().await, 0, "not all of the money is there");
    }
    // The last part is all that is left, so it matches by itself.
    bank.import(&fio(&[(3, "23.11.2026", rest, &purchase.symbol)])).await.expect("an import");
    bank.assert_fulfilled(&purchase, 60, 3).await;
    let taxed: Vec<(String, i64)> =
        sqlx::query_as("select supplied_on::text, total from tax_document where kind = 'payment' order by number")
            .fetch_all(bank.world.app.db.pool())
            .await
            .expect("documents");
    let each = [("2026-11-20", third), ("2026-11-21", third), ("2026-11-23", rest)];
    assert_eq!(taxed, each.map(|(day, haler)| (day.to_owned(), haler)), "each on its own day");
    let told = "select count(*) from mail where kind = ";
    assert_eq!(bank.world.id(&format!("{told}'part_received'")).await, 2);
    assert_eq!(bank.world.id(&format!("{told}'minutes_credited'")).await, 1);
    // Deciding the same once more changes nothing; deciding otherwise is refused.
    assert_eq!(bank.assign(waiting[0].0, &purchase.symbol, "").await, Ok(()));
    let other = bank::set_aside(&bank.world.app, &bank.manager, waiting[0].0, "Patří jinam.").await;
    assert_eq!(other, Err(Problem::Conflict));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_part_that_two_formats_tell_does_not_pay_for_the_whole(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(100).await;
    let half = purchase.total.haler() / 2;
    bank.import(&gpc(half, &purchase.symbol, "231126")).await.expect("an import");
    let (part, reason) = bank.unmatched().await[0];
    assert_eq!(reason, "underpaid");
    bank.assign(part, &purchase.symbol, "").await.expect("assigned");
    // Exactly what is left; but it is the same money, told once more.
    bank.import(&fio(&[(1, "23.11.2026", half, &purchase.symbol)])).await.expect("an import");
    let waiting = bank.unmatched().await;
    assert_eq!(waiting.iter().map(|(_, reason)| *reason).collect::<Vec<_>>(), ["repeated"]);
    assert_eq!((bank.state(&purchase).await, bank.minutes().await), (PurchaseState::AwaitingPayment, 0));
    // A person who has compared them may say that it is another one.
    assert_eq!(bank.assign(waiting[0].0, &purchase.symbol, "").await, Ok(()));
    bank.assert_fulfilled(&purchase, 100, 2).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_overpayment_needs_a_note_and_is_a_balance_from_then_on(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let file = fio(&[
        (1, "23.11.2026", purchase.total.haler() + 100, &purchase.symbol),
        (2, "23.11.2026", 100, &purchase.symbol),
    ]);
    bank.import(&file).await.expect("an import");
    let waiting = bank.unmatched().await;
    let (over, small) = (waiting[0].0, waiting[1].0);
    assert_eq!(bank.assign(over, &purchase.symbol, "").await, Err(Problem::field("note", FieldCode::Missing)));
    assert_eq!(bank.assign(over, &purchase.symbol, "Korunu vrátíme.").await, Ok(()));
    bank.assert_fulfilled_once(&purchase, 60).await;
    let refused = bank.assign(small, &purchase.symbol, "").await;
    assert_eq!(refused, Err(Problem::field("note", FieldCode::Missing)), "all of it is too much");
    assert_eq!(bank.world.id("select sum(amount)::bigint from balance_entry").await, 100, "what is too much is owed");
    assert_eq!(bank.assign(small, "2026199999", "").await, Err(Problem::field("document", FieldCode::Unknown)));
    let payment =
        format!("select count(*) from tax_document where kind = 'payment' and purchase_id = '{}'", purchase.id);
    assert_eq!(bank.world.id(&payment).await, 1);
    let set_aside = |reason| bank::set_aside(&bank.world.app, &bank.manager, small, reason);
    assert_eq!(set_aside("").await, Err(Problem::field("reason", FieldCode::Missing)));
    assert_eq!(set_aside("Vráceno 24. 11.").await, Ok(()));
    assert_eq!(set_aside("Vráceno 24. 11.").await, Ok(()));
    assert_eq!(bank.unmatched().await, []);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_manager_may_accept_what_comes_for_a_closed_purchase(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    bank.world
        .sql(&format!("update purchase set closed_as = 'expired', closed_at = created_at where id = '{}'", purchase.id))
        .await;
    bank.import(&fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol)])).await.expect("an import");
    let (payment, reason) = bank.unmatched().await[0];
    assert_eq!(reason, "closed_purchase");
    assert_eq!(bank.assign(payment, &purchase.symbol, "").await, Ok(()));
    bank.assert_fulfilled_once(&purchase, 60).await;
    let history = sales::purchase(&bank.world.app, &bank.manager, purchase.number).await.expect("a purchase").history;
    let paid = history.iter().find(|event| event.kind.code() == "paid").expect("it was paid");
    assert_eq!(paid.by.as_deref(), Some("Z"), "the history says who decided");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_invoice_of_a_trusted_customer_is_paid_without_crediting_again(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.world.bought(&bank.place, 60, PaymentMethod::Transfer, true).await;
    bank.world
        .sql(&format!(
            "insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
             select customer_id, 'bundle', minutes, created_at, created_at + interval '1 year', 'order:' || id, created_at
             from purchase where id = '{}'",
            purchase.id
        ))
        .await;
    bank.import(&fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol)])).await.expect("an import");
    assert_eq!(bank.state(&purchase).await, PurchaseState::Paid);
    assert_eq!(bank.minutes().await, 60);
    assert_eq!(bank.world.id("select count(*) from tax_document where kind = 'payment'").await, 0);
}

/// A statement in ABO of an account, with the turnovers that its lines make or not: haléře, code, symbol, day.
fn abo(account: &str, (debit, credit): (i64, i64), lines: &[(i64, u8, &str, &str)]) -> Vec<u8> {
    let head = format!(
        "074{account:0>16}{:<20}011126{:014}+{:014}+{debit:014}+{credit:014}+001301126",
        "LINKA",
        1_000_000,
        1_000_000 + credit - debit
    );
    let line = |(haler, code, symbol, day): &(i64, u8, &str, &str)| {
        let payer = 192_000_145_399_u64;
        format!(
            "075{account:0>16}{payer:016}{:013}{haler:012}{code}{symbol:0>10}0008000000{:010}{day}{:<20}00203{day}",
            7, 0, "Škola"
        )
    };
    [head].into_iter().chain(lines.iter().map(line)).collect::<Vec<_>>().join("\r\n").into_bytes()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_day_long_ago_or_before_the_document_waits_and_a_manager_may_take_it(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (first, second) = (bank.purchase(60).await, bank.purchase(30).await);
    let file = fio(&[
        (1, "05.01.2014", first.total.haler(), &first.symbol),
        (2, "22.11.2026", second.total.haler(), &second.symbol),
    ]);
    bank.import(&file).await.expect("an import");
    let waiting = bank.unmatched().await;
    assert_eq!(waiting.iter().map(|(_, reason)| *reason).collect::<Vec<_>>(), ["odd_day", "odd_day"]);
    assert_eq!(bank.minutes().await, 0);
    assert_eq!(bank.assign(waiting[1].0, &second.symbol, "").await, Ok(()));
    bank.assert_fulfilled_once(&second, 30).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_statement_of_another_account_is_refused_unless_somebody_says_that_it_may(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let total = purchase.total.haler();
    let file = abo("2000145399", (0, total), &[(total, 2, &purchase.symbol, "231126")]);
    let supplier = "select count(*) from supplier where account = '19-2000145399/0800'";
    assert_eq!(bank.world.id(supplier).await, 1, "the statement is of another account than the supplier's");
    let refused = bank.import(&file).await;
    assert_eq!(refused, Err(Problem::Statement(StatementRefused::new(1, StatementFault::ForeignAccount))));
    assert_eq!(bank.world.id("select count(*) from bank_statement").await, 0);
    let of_both = [abo("192000145399", (0, 0), &[]), file.clone()].join(&b"\r\n"[..]);
    assert_eq!(bank.import(&of_both).await, refused, "ours stands in front of it");
    let said = bank::Said { foreign_account: true, codes: None };
    bank::import(&bank.world.app, &bank.manager, "v.gpc", &file, said).await.expect("an import");
    bank.assert_fulfilled_once(&purchase, 60).await;
    let page = bank::page(&bank.world.app, &bank.manager, None).await.expect("a page");
    let controls = page.statements.page.rows[0].controls().expect("sums");
    assert!(controls.agree() && controls.told == purchase.total, "{controls:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_reversal_is_never_income_and_one_of_a_payment_is_told_to_the_manager_once(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (paid, open) = (bank.purchase(60).await, bank.purchase(30).await);
    bank.import(&fio(&[(1, "23.11.2026", paid.total.haler(), &paid.symbol)])).await.expect("an import");
    let (gone, back) = (paid.total.haler(), open.total.haler());
    let said = bank::Said { foreign_account: true, codes: None };
    let import = |file: Vec<u8>| {
        let (app, manager) = (bank.world.app.clone(), bank.manager.clone());
        async move { bank::import(&app, &manager, "v.gpc", &file, said).await }
    };
    let lines = [(gone, 5, paid.symbol.as_str(), "241126"), (back, 4, open.symbol.as_str(), "241126")];
    import(abo("2000145399", (gone, back), &lines)).await.expect("an import");
    // The same reversal in another file is no news.
    import(abo("2000145399", (gone, 0), &lines[..1])).await.expect("an import");
    assert_eq!(bank.state(&open).await, PurchaseState::AwaitingPayment);
    bank.assert_fulfilled_once(&paid, 60).await;
    assert_eq!(bank.world.id("select count(*) from bank_payment").await, 1);
    let alerts = sales::page(&bank.world.app, &bank.manager, None).await.expect("a page").alerts;
    let told: Vec<_> = alerts.rows.iter().map(|alert| (alert.kind.code(), alert.purchase, alert.amount)).collect();
    assert_eq!(told, [("transfer_reversed", Some(paid.number), Some(paid.total))]);
    // A manager freezes what is left of its minutes until it is known whether the money comes once more.
    let say = async |became| disputes::decide_reversal(&bank.world.app, &bank.manager, paid.number, became).await;
    let reversal = async || {
        let case = sales::purchase(&bank.world.app, &bank.manager, paid.number).await.expect("a case");
        (case.reversal.map(|reversal| (reversal.amount, reversal.state)), case.returned_past_us)
    };
    assert_eq!(reversal().await, (Some((paid.total, Dispute::None)), Money::ZERO));
    assert_eq!(say(Dispute::Lost).await, Err(Problem::Conflict), "nobody settles what is not frozen");
    for _ in 0..2 {
        assert_eq!(say(Dispute::Open).await, Ok(()));
        assert_eq!((bank.minutes().await, bank.state(&paid).await), (0, PurchaseState::Disputed));
    }
    assert_eq!(bank.world.id("select count(*) from payment_alert where resolved_at is null").await, 0);
    assert_eq!(say(Dispute::Lost).await, Ok(()));
    assert_eq!(reversal().await, (Some((paid.total, Dispute::Lost)), paid.total), "it can be credited now");
    assert_eq!(say(Dispute::Won).await, Err(Problem::Conflict));
    assert_eq!(bank.world.ledger_faults().await, Vec::<String>::new());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_payment_without_a_symbol_may_pay_is_proposed_with_its_reasons(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (paid, open) = (bank.purchase(60).await, bank.purchase(30).await);
    bank.import(&fio(&[(1, "23.11.2026", paid.total.haler(), &paid.symbol)])).await.expect("an import");
    let crowns = |haler: i64| format!("{},{:02}", haler / 100, haler % 100);
    let file = format!(
        "Datum;Objem;Měna;VS;Protiúčet;Zpráva pro příjemce\n23.11.2026;{};CZK;;19-2000145399/0800;Linka {}\n\
         23.11.2026;1,00;CZK;;86/0100;nic\n",
        crowns(open.total.haler()),
        open.symbol
    );
    bank.import(file.as_bytes()).await.expect("an import");
    let page = bank::page(&bank.world.app, &bank.manager, None).await.expect("a page");
    let [likely, stranger] = &page.unmatched.rows[..] else { panic!("two wait") };
    let [candidate] = &likely.candidates[..] else { panic!("{:?}", likely.candidates) };
    assert_eq!(candidate.document.number, open.symbol, "what is paid is not proposed");
    assert_eq!(candidate.because, [Likeness::Symbol, Likeness::Amount, Likeness::Account]);
    assert_eq!((likely.reason, &stranger.candidates[..]), (Unmatched::NoSymbol, &[][..]));
    assert_eq!(bank.assign(likely.id, &candidate.document.number, "").await, Ok(()));
    bank.assert_fulfilled_once(&open, 30).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn two_payments_of_one_reference_are_two_by_their_symbols(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let (first, second) = (bank.purchase(60).await, bank.purchase(60).await);
    let file = fio(&[(7, "23.11.2026", first.total.haler(), &first.symbol)]);
    bank.import(&file).await.expect("an import");
    bank.import(&fio(&[(7, "23.11.2026", second.total.haler(), &second.symbol)])).await.expect("an import");
    bank.assert_fulfilled_once(&first, 60).await;
    bank.assert_fulfilled_once(&second, 60).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn rows_that_cannot_be_read_are_told_beside_those_that_were_and_a_file_of_none_leaves_nothing(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let mut file = fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol)]);
    let bad = "\"2\";\"31.11.2026\";\"1,00\";\"CZK\";\"\";\"\";\"\"\r\n";
    file.extend_from_slice(bad.as_bytes());
    let told = [StatementRefused::new(3, StatementFault::BadDate)];
    assert_eq!(bank.import(&file).await.expect("an import").unread, told);
    bank.assert_fulfilled_once(&purchase, 60).await;
    let page = bank::page(&bank.world.app, &bank.manager, None).await.expect("a page");
    let statement = &page.statements.page.rows[0];
    assert_eq!((&statement.unread[..], statement.unread_count, statement.lines), (&told[..], 1, 1));
    let none = [fio(&[]), bad.as_bytes().to_vec()].concat();
    assert_eq!(bank.import(&none).await, Err(StatementRefused::new(2, StatementFault::BadDate).into()));
    assert_eq!(bank.world.id("select count(*) from bank_payment").await, 1);
    assert_eq!(bank.world.id("select count(*) from bank_statement").await, 1);
}

/// A form with a file, as a browser sends it.
fn upload(page: &str, file: &[u8]) -> (String, Vec<u8>) {
    let boundary = "----boundary7MA4YWxkTrZu0gW";
    let mut body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"page\"\r\n\r\n{page}\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"výpis.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_file_is_uploaded_by_a_plain_form(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let manager = bank.world.staff(StaffRole::Manager).await;
    let cookie = bank.world.cookie(&manager).await;
    let site = Site::serve(bank.world.app.clone()).await;
    let send = async |file: Vec<u8>, cookie: &str| {
        let (content_type, body) = upload("/sales/bank", &file);
        let request = site
            .request(reqwest::Method::POST, "/api/sales/import")
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, format!("{}/sales/bank", site.origin))
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, content_type)
            .body(body);
        site.send(request).await.expect("an answer")
    };
    let file = fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol)]);
    let dispatcher = bank.world.staff(StaffRole::Dispatcher).await;
    let refused = send(file.clone(), &bank.world.cookie(&dispatcher).await).await;
    assert_eq!(refused.status, 403, "only managers import");
    let answer = send(file.clone(), &cookie).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let location = answer.location.expect("a location");
    bank.assert_fulfilled_once(&purchase, 60).await;
    let page = site.get(&location, &cookie).await;
    assert!(page.body.contains("výpis.csv"), "{}", page.body);
    let again = send(file, &cookie).await;
    assert!(again.location.expect("a location").ends_with("&again=true"));
    // What cannot be read, nothing at all, and too much: the page comes back and says so.
    let unreadable = send(b"Dobr\xc3\xbd den".to_vec(), &cookie).await;
    assert_eq!(unreadable.status, 422);
    assert!(unreadable.body.contains("GPC"), "{}", unreadable.body);
    assert_eq!(send(Vec::new(), &cookie).await.status, 422);
    assert_eq!(send(vec![b'x'; 3 * 1024 * 1024], &cookie).await.status, 413);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_pages_of_sales_show_what_there_is_to_managers(pool: PgPool) {
    let bank = Bank::new(pool).await;
    let purchase = bank.purchase(60).await;
    let file = fio(&[(1, "23.11.2026", purchase.total.haler(), &purchase.symbol), (2, "23.11.2026", 100, "5")]);
    bank.import(&file).await.expect("an import");
    let manager = bank.world.staff(StaffRole::Manager).await;
    let cookie = bank.world.cookie(&manager).await;
    let dispatcher = bank.world.staff(StaffRole::Dispatcher).await;
    let dispatcher = bank.world.cookie(&dispatcher).await;
    let site = Site::serve(bank.world.app.clone()).await;
    let case = format!("/sales/purchases/{}", purchase.number);
    for (path, shown) in [
        ("/sales", "60"),
        ("/sales/bank", "19-2000145399/0800"),
        ("/sales/purchases?state=paid&search=skola", purchase.number.to_string().as_str()),
        (case.as_str(), purchase.symbol.as_str()),
        (&format!("{case}?minutes=60"), "/api/sales/refund"),
        ("/sales/export.csv?year=2026", purchase.number.to_string().as_str()),
    ] {
        let answer = site.get(path, &cookie).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains(shown), "{path} shows {shown}: {}", answer.body);
        assert_eq!(site.get(path, &dispatcher).await.status, 403, "{path} as a dispatcher");
    }
    // What waits is said in words: a refund that is to be sent, and each kind of alert, with what is to be done about it.
    let key = RefundId(bank.world.app.random.uuid());
    let refunded = refunds::request(&bank.world.app, &bank.manager, purchase.number, "10", "Na přání.", key).await;
    refunded.expect("a refund");
    for kind in PaymentAlertKind::ALL {
        let alert =
            format!("insert into payment_alert (kind, source, at) values ('{kind}', 'x', '2026-11-23T08:00:00Z')");
        bank.world.sql(&alert).await;
    }
    let waiting = site.get("/sales", &cookie).await.body.replace('\u{a0}', " ");
    assert!(waiting.contains("Vrátit") && waiting.contains("převodem"), "{waiting}");
    for kind in PaymentAlertKind::ALL {
        assert!(!waiting.contains(kind.code()), "{kind} is no word: {waiting}");
    }
    assert_eq!(waiting.matches("name=\"alert\"").count(), PaymentAlertKind::ALL.len());
    let none = site.get("/sales/purchases?state=cancelled", &cookie).await;
    assert!(!none.body.contains(&purchase.number.to_string()));
    assert_eq!(site.get("/sales/purchases/B2026-999999", &cookie).await.status, 404);
}
