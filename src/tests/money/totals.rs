//! Totals: what documents, payments, the ledger, `/sales` and the customer's statement say over random years is the same, and is what
//! a second computation says that knows none of their rules but the arithmetic.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{
            calendar::to_local,
            ids::{BankPaymentId, RefundId, SettlingId},
            money::Money,
        },
        money::{
            account_statements::AccountStatement,
            purchases::{PaymentMethod, PurchaseNumber},
            refunds::RefundState,
            tax_documents::DocumentKind,
        },
        people::members::StaffRole,
    },
    server::{
        auth::Manager,
        db::{MIGRATIONS, money::purchases},
        service::money::{
            account_statements, balances, bank, fees,
            refunds::{self, RefundNews},
            sales, unmatching,
        },
    },
};
use reqwest::{Method, header};
use sqlx::PgPool;

use crate::support::{Shop, Site, TOTAL, billing_viewer, documents, typed_purchase};

const WHY: &str = "Na přání zákazníka.";

/// What was sold, as the second computation keeps it.
struct Sold {
    number: PurchaseNumber,
    symbol: String,
    minutes: i64,
    total: i64,
    paid: i64,
    /// Minutes and money that were given back or waived.
    back: (i64, i64),
    /// What of it was written off: it never comes.
    written_off: i64,
    /// Of a trusted customer: on an invoice.
    on_invoice: bool,
    /// The day of the one transfer that paid all of it.
    paid_whole: Option<NaiveDate>,
}

impl Sold {
    fn is_paid(&self) -> bool {
        self.left() <= 0
    }

    /// What is asked for and did not come.
    fn left(&self) -> i64 {
        self.total - self.paid - self.written_off - if self.on_invoice { self.back.1 } else { 0 }
    }

    /// What so many minutes more come to: their share of the whole, rounded half up, less what went before.
    fn share(&self, minutes: i64) -> i64 {
        let back = self.back.0 + minutes;
        (2 * self.total * back + self.minutes) / (2 * self.minutes) - self.back.1 - self.written_off
    }
}

/// A year in which things happen, and what they come to.
struct Year {
    shop: Shop,
    manager: Manager,
    seed: u64,
    sold: Vec<Sold>,
    /// What each document says, by the day of its tax.
    documents: Vec<(NaiveDate, i64)>,
    /// What came, less what went back, by day.
    payments: Vec<(NaiveDate, i64)>,
    minutes: Vec<(NaiveDate, i64)>,
    /// What was written off of invoices, by day: it is on no document.
    written_off: Vec<(NaiveDate, i64)>,
    /// Invoices from before, which are no documents of ours: when they were issued, what is left of each, and how much they were.
    earlier: Vec<(NaiveDate, i64, i64)>,
    /// What is owed to the customer, as too much came.
    balance: i64,
    /// The first day of the next month for which the contract is to be paid.
    fee_from: NaiveDate,
}

/// What the contract costs a month, without VAT.
const FEE: i64 = 99_999;

impl Year {
    async fn new(pool: PgPool, seed: u64) -> Self {
        let shop = Shop::new(pool).await;
        let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        shop.trust().await;
        shop.world.contract(shop.place.customer, 0).await;
        shop.world.sql(&format!("update contract set fee = {FEE}, fee_period = 'month'")).await;
        let fee_from = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a date");
        fees::begin(&shop.world.app, &manager, fee_from).await.expect("begun");
        let (sold, none) = (Vec::new(), Vec::new());
        let (documents, payments) = (none.clone(), none.clone());
        let written_off = none.clone();
        let earlier = Vec::new();
        Self {
            shop,
            manager,
            seed,
            sold,
            documents,
            payments,
            minutes: none,
            written_off,
            earlier,
            balance: 0,
            fee_from,
        }
    }

    /// Numbers that look random and are the same each time (Knuth's).
    fn below(&mut self, limit: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % limit
    }

    fn up_to(&mut self, most: i64) -> i64 {
        1 + i64::try_from(self.below(u64::try_from(most).expect("positive"))).expect("small")
    }

    fn today(&self) -> NaiveDate {
        to_local(self.shop.world.app.clock.now()).date()
    }

    fn key(&self) -> RefundId {
        RefundId(self.shop.world.app.random.uuid())
    }

    /// The first purchase from a random place on that is as wanted.
    fn some(&mut self, wanted: impl Fn(&Sold) -> bool) -> Option<usize> {
        let count = self.sold.len();
        let from = usize::try_from(self.below(1 + u64::try_from(count).expect("few"))).expect("small");
        (0..count).map(|place| (from + place) % count).find(|&place| wanted(&self.sold[place]))
    }

    async fn step(&mut self) {
        let days = self.up_to(12);
        self.shop.world.app.clock.advance(TimeDelta::days(days));
        match self.below(14) {
            0 | 1 => self.buy().await,
            2 => self.buy_on_invoice().await,
            3 => self.pay(true).await,
            4 => self.pay(false).await,
            5 => self.give_back().await,
            6 => self.returned_at_stripe().await,
            7 => self.month_is_invoiced().await,
            8 => self.pay_too_much().await,
            9 => self.settle_balance().await,
            10 => self.write_off().await,
            11 => self.earlier_is_taken_over().await,
            12 => self.take_back().await,
            _ => self.fees_are_invoiced().await,
        }
    }

    async fn buy(&mut self) {
        let minutes = self.up_to(200);
        let count = u32::try_from(minutes).expect("few");
        let bought = self.shop.world.bought(&self.shop.place, count, PaymentMethod::Transfer, false).await;
        let (number, symbol, total) = (bought.number, bought.symbol, bought.total.haler());
        self.sold.push(Sold {
            number,
            symbol,
            minutes,
            total,
            paid: 0,
            back: (0, 0),
            written_off: 0,
            on_invoice: false,
            paid_whole: None,
        });
    }

    async fn buy_on_invoice(&mut self) {
        if self.sold.iter().filter(|sold| sold.on_invoice && !sold.is_paid()).count() >= 2 {
            return;
        }
        let typed = typed_purchase("1", PaymentMethod::Transfer, TOTAL);
        let number = self.shop.purchase(self.shop.id(), &typed).await.expect("a purchase").number;
        let asked = self.shop.page(number).await.documents.remove(0);
        let (today, total, symbol) = (self.today(), TOTAL.haler(), asked.number);
        // While something is overdue the credit is frozen: it is asked for by a proforma, as of everybody.
        let on_invoice = asked.kind == DocumentKind::Invoice;
        if on_invoice {
            self.documents.push((today, total));
            self.minutes.push((today, 300));
        }
        let (back, written_off, paid_whole) = ((0, 0), 0, None);
        self.sold.push(Sold {
            number,
            symbol,
            minutes: 300,
            total,
            paid: 0,
            back,
            written_off,
            on_invoice,
            paid_whole,
        });
    }

    /// A payment of all that is left of something, or of a part of it.
    async fn pay(&mut self, all: bool) {
        let Some(place) = self.some(|sold| !sold.is_paid()) else { return };
        let left = self.sold[place].left();
        let amount = if all { left } else { self.up_to(left) };
        let symbol = self.sold[place].symbol.clone();
        self.transfer(amount, &symbol).await;
        if amount == self.sold[place].total {
            self.sold[place].paid_whole = Some(self.today());
        }
        self.is_paid_by(place, amount);
    }

    /// What paid something turns out to be for nothing of ours.
    async fn take_back(&mut self) {
        let Some(place) = self.some(|sold| sold.paid_whole.is_some() && sold.back == (0, 0)) else { return };
        let app = self.shop.world.app.clone();
        let payment = format!(
            "select min(b.id) from bank_payment b join tax_document d on d.id = b.document_id
             where d.number = '{}' and b.state = 'matched'",
            self.sold[place].symbol
        );
        let payment = BankPaymentId(self.shop.world.id(&payment).await);
        let page = unmatching::page(&app, &self.manager, payment).await.expect("a page");
        let shown = page.outcome.expect("it can be taken back").shown();
        let key = SettlingId(app.random.uuid());
        unmatching::undo(&app, &self.manager, payment, &shown, WHY, key).await.expect("taken back");
        bank::set_aside(&app, &self.manager, payment, WHY).await.expect("set aside");
        let today = self.today();
        let sold = &mut self.sold[place];
        let Some(day) = sold.paid_whole.take() else { return };
        self.payments.push((day, -sold.total));
        if sold.on_invoice {
            // It is owed again.
            sold.paid -= sold.total;
        } else {
            self.documents.push((today, -sold.total));
            self.minutes.push((today, -sold.minutes));
            sold.back = (sold.minutes, sold.total);
        }
    }

    /// More comes than is left, even where nothing is.
    async fn pay_too_much(&mut self) {
        let Some(place) = self.some(|_| true) else { return };
        let (left, too_much) = (self.sold[place].left().max(0), self.up_to(90_000));
        let symbol = self.sold[place].symbol.clone();
        self.transfer(left + too_much, &symbol).await;
        self.balance += too_much;
        self.is_paid_by(place, left);
    }

    /// What follows from money for something, from wherever it came.
    fn is_paid_by(&mut self, place: usize, amount: i64) {
        let today = self.today();
        let sold = &mut self.sold[place];
        let was_paid = sold.is_paid();
        sold.paid += amount;
        if sold.on_invoice || was_paid {
            return;
        }
        self.documents.push((today, amount));
        if sold.is_paid() {
            self.minutes.push((today, sold.minutes));
        }
    }

    /// What is owed to the customer goes back, or pays something else.
    async fn settle_balance(&mut self) {
        if self.balance == 0 {
            return;
        }
        let (app, customer) = (self.shop.world.app.clone(), self.shop.place.customer);
        let key = SettlingId(app.random.uuid());
        if let Some(place) = self.earlier.iter().position(|(_, left, _)| *left > 0) {
            let amount = self.balance.min(self.earlier[place].1);
            let number = format!("FV{place}");
            balances::spend(&app, &self.manager, customer, &number, key).await.expect("used");
            self.balance -= amount;
            self.earlier[place].1 -= amount;
            return;
        }
        let Some(place) = self.some(|sold| !sold.is_paid()) else {
            let amount = self.up_to(self.balance);
            let crowns = format!("{},{:02}", amount / 100, amount % 100);
            balances::give_back(&app, &self.manager, customer, &crowns, WHY, key).await.expect("returned");
            self.balance -= amount;
            self.payments.push((self.today(), -amount));
            return;
        };
        let (amount, symbol) = (self.balance.min(self.sold[place].left()), self.sold[place].symbol.clone());
        balances::spend(&app, &self.manager, customer, &symbol, key).await.expect("used");
        self.balance -= amount;
        self.is_paid_by(place, amount);
    }

    /// An invoice from before is taken over, and a part of it comes by transfer.
    async fn earlier_is_taken_over(&mut self) {
        let (place, total, today) = (self.earlier.len(), 10_000 + self.up_to(90_000), self.today());
        let customer = self.shop.place.customer;
        // It is due after all of this: what is overdue freezes the credit.
        let invoice = format!(
            "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
             values ({customer}, 'FV{place}', '77{place}', '{today}', '2029-12-31', {total}, 0, now())"
        );
        self.shop.world.sql(&invoice).await;
        let part = self.up_to(total - 1);
        self.transfer(part, &format!("FV{place}")).await;
        self.earlier.push((today, total - part, total));
    }

    /// All but a little comes, and that is written off.
    async fn write_off(&mut self) {
        let Some(place) = self.some(|sold| sold.left() > 1_000) else { return };
        let missing = self.up_to(1_000);
        let amount = self.sold[place].left() - missing;
        let symbol = self.sold[place].symbol.clone();
        self.transfer(amount, &symbol).await;
        self.is_paid_by(place, amount);
        let (app, today) = (self.shop.world.app.clone(), self.today());
        let key = SettlingId(app.random.uuid());
        balances::write_off(&app, &self.manager, &symbol, WHY, key).await.expect("written off");
        let sold = &mut self.sold[place];
        sold.written_off += missing;
        if sold.on_invoice {
            self.written_off.push((today, missing));
        } else {
            self.minutes.push((today, sold.minutes));
        }
    }

    /// So much comes today for what has this symbol.
    async fn transfer(&mut self, amount: i64, symbol: &str) {
        let (today, app) = (self.today(), self.shop.world.app.clone());
        let day = today.format("%d.%m.%Y");
        let file = format!("Datum;Objem;Měna;VS\n{day};{},{:02};CZK;{symbol}\n", amount / 100, amount % 100);
        bank::import(&app, &self.manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
        for payment in bank::page(&app, &self.manager, None).await.expect("a page").unmatched.rows {
            bank::assign(&app, &self.manager, payment.id, symbol, "Navíc.").await.expect("assigned");
        }
        self.payments.push((today, amount));
    }

    /// Minutes go back for money, or are taken off an invoice that is not paid.
    async fn give_back(&mut self) {
        let Some(place) = self.some(|sold| {
            sold.back.0 < sold.minutes
                && sold.back.1 + sold.written_off < sold.total
                && (sold.is_paid() || (sold.on_invoice && sold.paid == 0))
        }) else {
            return;
        };
        let minutes = self.up_to(self.sold[place].minutes - self.sold[place].back.0);
        let (today, key, app) = (self.today(), self.key(), self.shop.world.app.clone());
        let sold = &self.sold[place];
        let (number, amount) = (sold.number, sold.share(minutes).max(0));
        let moves = sold.is_paid() && amount > 0;
        refunds::request(&app, &self.manager, number, &minutes.to_string(), WHY, key).await.expect("a refund");
        if moves && self.below(3) > 0 {
            refunds::note_paid(&app, &self.manager, key).await.expect("sent");
            self.payments.push((today, -amount));
        }
        self.documents.push((today, -amount));
        self.minutes.push((today, -minutes));
        let sold = &mut self.sold[place];
        sold.back = (sold.back.0 + minutes, sold.back.1 + amount);
    }

    /// Money went back past us, and is credited; the minutes stay.
    async fn returned_at_stripe(&mut self) {
        let Some(place) =
            self.some(|sold| !sold.on_invoice && sold.is_paid() && sold.back.1 + sold.written_off < sold.total)
        else {
            return;
        };
        let most = self.sold[place].total - self.sold[place].back.1 - self.sold[place].written_off;
        let (amount, today, app) = (self.up_to(most), self.today(), self.shop.world.app.clone());
        let (number, name) = (self.sold[place].number, format!("re_{}", self.documents.len()));
        let mut tx = app.db.system().await.expect("a transaction");
        let known = purchases::by_number(&mut tx, number).await.expect("an answer").expect("the purchase");
        let stored = purchases::lock(&mut tx, known.purchase.id).await.expect("an answer").expect("the purchase");
        let amount_back = Money::from_haler(amount);
        let news = RefundNews { ours: None, stripe_refund: &name, amount: amount_back, state: RefundState::Succeeded };
        refunds::learn_refund(&mut tx, &stored, news, app.clock.now()).await.expect("learnt");
        tx.commit().await.expect("a commit");
        refunds::credit_returned(&app, &self.manager, number, WHY, self.key()).await.expect("credited");
        self.payments.push((today, -amount));
        self.documents.push((today, -amount));
        self.sold[place].back.1 += amount;
    }

    /// A month is invoiced, and paid on the same day: what is overdue freezes the credit, and nothing is bought on an invoice then.
    async fn month_is_invoiced(&mut self) {
        let (net, today) = (self.up_to(500_000), self.today());
        let key = format!("month:{}", self.documents.len());
        let app = self.shop.world.app.clone();
        let invoice = documents::issue(&app, self.shop.place.customer, DocumentKind::Invoice, &key, net).await;
        let total = net + (net * 21 + 50) / 100;
        self.documents.push((today, total));
        self.transfer(total, &invoice.expect("issued").number).await;
    }

    async fn fees_are_invoiced(&mut self) {
        fees::invoice(&self.shop.world.app).await.expect("invoiced");
        while self.fee_from <= self.today() {
            self.documents.push((self.fee_from, FEE + (FEE * 21 + 50) / 100));
            self.fee_from = self.fee_from + Months::new(1);
        }
    }

    async fn statement(&self, from: NaiveDate, until: NaiveDate) -> AccountStatement {
        let viewer = billing_viewer(&self.shop.place.boss);
        account_statements::statement(&self.shop.world.app, &viewer, Some(from), Some(until))
            .await
            .expect("a statement")
    }

    /// Every reader says what the second computation says.
    async fn assert_agrees(&mut self) {
        let app = &self.shop.world.app;
        assert_eq!(self.shop.world.ledger_faults().await, Vec::<String>::new());
        let mut months: BTreeMap<(i32, u32), (u32, i64)> = BTreeMap::new();
        for (day, total) in &self.documents {
            let month = months.entry((day.year(), day.month())).or_default();
            // What comes to nothing has no document.
            *month = (month.0 + u32::from(*total != 0), month.1 + total);
        }
        let sales = sales::page(app, &self.manager, None).await.expect("a page");
        assert_eq!(sales.owed_back.1.haler(), self.balance, "what is owed to customers");
        let left: i64 = self.earlier.iter().map(|(_, left, _)| left).sum();
        let debts = "select coalesce(sum(owed), 0)::bigint from debts(null) where earlier_invoice_id is not null";
        assert_eq!(self.shop.world.id(debts).await, left, "what is owed on invoices from before");
        let received: i64 = self.payments.iter().map(|(_, haler)| haler).sum();
        let moved = "select coalesce(sum(amount), 0)::bigint from money_moved('2026-01-01', '2029-12-31')";
        assert_eq!(
            self.shop.world.id(moved).await,
            received,
            "what the accountant reads that came, less what went back"
        );
        let shown = sales.months;
        for month in &shown {
            let (_, total) = months.remove(&(month.month.year(), month.month.month())).unwrap_or_default();
            assert_eq!((month.net + month.vat).haler(), total, "/sales of {}", month.month);
        }
        assert_eq!(months, BTreeMap::new(), "every month is shown");
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a date");
        for _ in 0..4 {
            let (one, other) = (self.below(330), self.below(330));
            let day = |days: u64| first + TimeDelta::days(i64::try_from(days).expect("few"));
            let (from, until) = (day(one.min(other)), day(one.max(other)));
            let statement = self.statement(from, until).await;
            let sum = |what: &[(NaiveDate, i64)], of: &dyn Fn(NaiveDate) -> bool| -> i64 {
                what.iter().filter(|(day, _)| of(*day)).map(|(_, haler)| haler).sum()
            };
            let (before, within) = (|day| day < from, |day| day >= from && day <= until);
            let earlier: Vec<_> = self.earlier.iter().map(|(day, _, total)| (*day, *total)).collect();
            let charged = |of: &dyn Fn(NaiveDate) -> bool| {
                sum(&self.documents, of) + sum(&earlier, of) - sum(&self.written_off, of)
            };
            assert_eq!(statement.opening.haler(), charged(&before) - sum(&self.payments, &before));
            assert_eq!(statement.charged().haler(), charged(&within), "charged from {from} to {until}");
            assert_eq!(statement.paid().haler(), sum(&self.payments, &within), "paid from {from} to {until}");
            assert_eq!(statement.closing(), statement.opening + statement.charged() - statement.paid());
            assert_eq!(i64::from(statement.minutes_opening), sum(&self.minutes, &before));
            let minutes: i64 = statement.minutes.iter().map(|sum| sum.minutes).sum();
            assert_eq!(minutes, sum(&self.minutes, &within));
            assert_eq!(i64::from(statement.minutes_closing), i64::from(statement.minutes_opening) + minutes);
        }
    }
}

async fn a_random_year(pool: PgPool, seed: u64) {
    let mut year = Year::new(pool, seed).await;
    // On the first day nothing is overdue yet, whatever the seed brings later.
    year.buy_on_invoice().await;
    for _ in 0..26 {
        Box::pin(year.step()).await;
    }
    assert!(year.documents.len() >= 5 && !year.payments.is_empty(), "something happens in the year {seed}");
    assert!(year.sold.iter().any(|sold| sold.on_invoice), "something is bought on an invoice in the year {seed}");
    year.assert_agrees().await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_tells_the_same_of_a_random_year(pool: PgPool) {
    Box::pin(a_random_year(pool, 1)).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_tells_the_same_of_another_random_year(pool: PgPool) {
    Box::pin(a_random_year(pool, 20_261_123)).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn everybody_tells_the_same_of_a_third_random_year(pool: PgPool) {
    Box::pin(a_random_year(pool, 77)).await;
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_payment_that_is_imported_in_december_counts_on_the_day_on_which_it_came(pool: PgPool) {
    let mut year = Year::new(pool, 1).await;
    let bought = year.shop.world.bought(&year.shop.place, 100, PaymentMethod::Transfer, false).await;
    let haler = bought.total.haler();
    let invoice = documents::issue(&year.shop.world.app, year.shop.place.customer, DocumentKind::Invoice, "m", 100_000);
    let invoice = invoice.await.expect("issued").content.total();
    // The first of December; the bank booked it the day before.
    year.shop.world.app.clock.advance(TimeDelta::days(8));
    let file = format!("Datum;Objem;Měna;VS\n30.11.2026;{},{:02};CZK;{}\n", haler / 100, haler % 100, bought.symbol);
    bank::import(&year.shop.world.app, &year.manager, "v.csv", file.as_bytes(), bank::Said::default())
        .await
        .expect("an import");
    let months = sales::page(&year.shop.world.app, &year.manager, None).await.expect("a page").months;
    assert_eq!((months[0].documents, months[0].net), (0, Money::ZERO), "nothing in December");
    assert_eq!(months[1].documents, 2, "the payment and the invoice");
    assert_eq!(months[1].net + months[1].vat, bought.total + invoice);
    year.documents.clear();
    let november = year.statement("2026-11-01".parse().expect("a date"), "2026-11-30".parse().expect("a date")).await;
    assert_eq!((november.charged(), november.paid()), (bought.total + invoice, bought.total));
    assert_eq!(november.closing(), invoice, "the invoice is owed");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_statement_is_shown_printed_and_downloaded_by_those_who_see_the_billing(pool: PgPool) {
    let year = Year::new(pool, 1).await;
    documents::issue(&year.shop.world.app, year.shop.place.customer, DocumentKind::Invoice, "m", 100_000).await;
    let other = year.shop.world.place("Jiná škola").await;
    let boss = year.shop.world.cookie(&year.shop.place.boss).await;
    let stranger = year.shop.world.cookie(&other.boss).await;
    let site = Site::serve(year.shop.world.app.clone()).await;
    let page = site.get("/documents/statement?from=2026-11-01&until=2026-11-30", &boss).await;
    let page = page.body.replace('\u{a0}', " ");
    for said in ["Výpis z účtu", "2026300001", "/documents/2026300001/document.pdf", "statement.csv?from=2026-11-01"]
    {
        assert!(page.contains(said), "{said} is not in: {page}");
    }
    let english = site.get("/documents/statement", &format!("{boss}; linka-language=en")).await;
    assert!(english.body.contains("Statement of account") && english.body.contains("you owe"), "{}", english.body);
    let wrong = site.get("/documents/statement?from=listopad", &boss).await;
    assert!(wrong.status == 422 && wrong.body.contains("from-error"), "{} {}", wrong.status, wrong.body);
    let far = site.get("/documents/statement?until=9999-12-31", &boss).await;
    let said = far.body.contains("until-error") && far.body.contains("Tak daleký den neukazujeme");
    assert!(far.status == 422 && said && !far.body.contains("from-error"), "{} {}", far.status, far.body);
    assert!(!site.get("/documents/statement", &stranger).await.body.contains("2026300001"), "an account of one's own");
    let get = async |path: &str, cookie: &str| {
        let answer = site.request(Method::GET, path).header(header::COOKIE, cookie).send().await.expect("an answer");
        (answer.status().as_u16(), answer.bytes().await.expect("a body").to_vec())
    };
    let (status, csv) = get("/documents/statement.csv", &boss).await;
    let csv = String::from_utf8(csv).expect("UTF-8");
    assert!(status == 200 && csv.contains(";Faktura;2026300001;;1210,00;1210,00;1210,00;"), "{status} {csv}");
    let (status, pdf) = get("/documents/statement.pdf", &boss).await;
    assert!(status == 200 && pdf.starts_with(b"%PDF"));
    for path in ["/documents/statement.csv", "/documents/statement.pdf"] {
        assert_eq!(get(path, "").await.0, 303, "{path}");
    }
}
