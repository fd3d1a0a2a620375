//! The accountant's month: what is listed, taxed and paid, what a locked month lets in, and the files of a period.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::{calendar::to_local, ids::RefundId, money::Money},
        money::{
            accounting::{AccountingFilter, AccountingPage, DocumentDay, OpenOrPaid, rates_of},
            purchases::PaymentMethod,
            tax_documents::DocumentKind,
        },
        paths,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::money::{accounting, bank, refunds},
    },
};
use sqlx::PgPool;

use crate::support::{Shop, Site, documents::issue};

/// A shop with whoever keeps its books; it is 23 November 2026.
struct Books {
    shop: Shop,
    manager: Manager,
}

impl Books {
    async fn new(pool: PgPool) -> Self {
        let shop = Shop::new(pool).await;
        let manager = shop.world.staff(StaffRole::Manager).await.manager().expect("a manager");
        Self { shop, manager }
    }

    fn filter(&self, from: &str, until: &str) -> AccountingFilter {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        AccountingFilter::of(Some(day(from)), Some(day(until)), to_local(self.shop.world.app.clock.now()).date())
    }

    async fn page(&self, filter: AccountingFilter) -> AccountingPage {
        accounting::page(&self.shop.world.app, &self.manager, filter, None).await.expect("a page")
    }

    async fn invoice(&self, key: &str, haler: i64) -> Option<NaiveDate> {
        let issued = issue(&self.shop.world.app, self.shop.place.customer, DocumentKind::Invoice, key, haler).await;
        issued.expect("issued").content.supplied_on
    }

    async fn lock(&self, month: &str) -> Result<(), Problem> {
        accounting::lock(&self.shop.world.app, &self.manager, month.parse().expect("a day")).await
    }

    async fn unlock(&self, month: &str, reason: &str) -> Result<(), Problem> {
        accounting::unlock(&self.shop.world.app, &self.manager, month.parse().expect("a day"), reason).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_period_lists_its_documents_with_their_taxes_and_what_came(pool: PgPool) {
    let books = Books::new(pool).await;
    let world = &books.shop.world;
    let bought = world.bought(&books.shop.place, 100, PaymentMethod::Transfer, false).await;
    books.invoice("one", 100_000).await;
    let file = format!("Datum;Objem;Měna;VS\n23.11.2026;{};CZK;{}\n", bought.total.haler() / 100, bought.symbol);
    bank::import(&world.app, &books.manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");

    let november = books.filter("2026-11-01", "2026-11-30");
    let page = books.page(november.clone()).await;
    let listed = &page.documents.page.rows;
    assert_eq!(listed.len(), 2, "an invoice and the document on the payment: {listed:?}");
    let total: Money = listed.iter().map(|document| document.total).sum();
    assert_eq!(rates_of(&page.days).iter().map(|row| row.total).sum::<Money>(), total, "of which all is taxed");
    assert_eq!(page.received, bought.total);

    let by_issue = AccountingFilter { by: DocumentDay::Issue, ..november.clone() };
    assert_eq!(books.page(by_issue.clone()).await.documents.page.rows.len(), 3, "the proforma, too");
    let open = AccountingFilter { paid: Some(OpenOrPaid::Open), ..by_issue.clone() };
    let open = books.page(open).await.documents.page.rows;
    assert_eq!(
        open.iter().map(|row| (row.kind, row.open)).collect::<Vec<_>>(),
        [(DocumentKind::Invoice, Money::from_haler(121_000))]
    );
    let paid = AccountingFilter { paid: Some(OpenOrPaid::Paid), ..by_issue.clone() };
    assert_eq!(books.page(paid).await.documents.page.rows.len(), 2);
    let proformas = AccountingFilter { kind: Some(DocumentKind::Proforma), ..by_issue.clone() };
    assert_eq!(books.page(proformas).await.documents.page.rows.len(), 1);
    for (search, found) in [("škola", 3), ("SKOLA", 3), (bought.symbol.as_str(), 1), ("nikdo", 0)] {
        let page = books.page(by_issue.clone().searched(search)).await;
        assert_eq!(page.documents.page.rows.len(), found, "{search}");
    }
    assert_eq!(books.page(books.filter("2026-10-01", "2026-10-31")).await.documents.page.rows, []);
    let period = accounting::period(&world.app, &books.manager, &november).await.expect("a period");
    assert_eq!((period.documents.len(), period.payments.len()), (2, 1));
    assert_eq!(period.days, page.days, "taxes of the documents are those of the database");
    let invoices = AccountingFilter { kind: Some(DocumentKind::Invoice), ..november.clone() };
    let filtered = accounting::period(&world.app, &books.manager, &invoices).await.expect("a period");
    assert_eq!((filtered.documents.len(), filtered.days.len()), (1, 1), "files hold what the list shows");
    let proforma = by_issue.clone().searched(&bought.symbol);
    let found = accounting::period(&world.app, &books.manager, &proforma).await.expect("a period");
    assert_eq!(found.documents.iter().map(|document| &document.number).collect::<Vec<_>>(), [&bought.symbol]);
    assert_eq!((period.payments[0].pays.as_str(), period.payments[0].amount), (bought.symbol.as_str(), bought.total));

    // What is owed from before Linka is paid, and what was bought is given back.
    world
        .sql(&format!(
            "insert into earlier_invoice (customer_id, number, variable_symbol, issued_on, due_on, total, paid_before, created_at)
             values ({}, '777', '777', '2026-10-01', '2026-10-15', 50000, 0, now())",
            books.shop.place.customer
        ))
        .await;
    let file = "Datum;Objem;Měna;VS\n23.11.2026;500;CZK;777\n";
    bank::import(&world.app, &books.manager, "w.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    let key = RefundId(world.app.random.uuid());
    refunds::request(&world.app, &books.manager, bought.number, "100", "Nevyužito.", key).await.expect("a refund");
    refunds::note_paid(&world.app, &books.manager, key).await.expect("sent");
    let period = accounting::period(&world.app, &books.manager, &november).await.expect("a period");
    let mut moved: Vec<_> =
        period.payments.iter().map(|payment| (payment.pays.clone(), payment.amount.haler())).collect();
    moved.sort();
    let total = bought.total.haler();
    let expected = [(bought.symbol.clone(), total), ("777".to_owned(), 50_000), (bought.number.to_string(), -total)];
    assert_eq!(moved, expected);
    let page = books.page(november).await;
    assert_eq!((page.received.haler(), page.returned.haler()), (total + 50_000, total));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn no_document_comes_to_a_locked_month_and_what_is_late_gets_the_next_open_day(pool: PgPool) {
    let books = Books::new(pool).await;
    let world = &books.shop.world;
    assert_eq!(books.lock("2026-11-01").await, Err(Problem::Conflict), "it is not over");
    assert_eq!(books.lock("2026-10-02").await, Err(Problem::Conflict), "that is no month");
    let bought = world.bought(&books.shop.place, 100, PaymentMethod::Transfer, false).await;
    world.app.clock.advance(TimeDelta::days(10));
    for _ in 0..2 {
        assert_eq!(books.lock("2026-11-01").await, Ok(()));
    }
    // A payment of November comes to light in December.
    let file = format!("Datum;Objem;Měna;VS\n24.11.2026;{};CZK;{}\n", bought.total.haler() / 100, bought.symbol);
    bank::import(&world.app, &books.manager, "v.csv", file.as_bytes(), bank::Said::default()).await.expect("an import");
    let day = "select to_char(supplied_on, 'YYYYMMDD')::bigint from tax_document where kind = 'payment'";
    assert_eq!(world.id(day).await, 20_261_201);
    let late = sqlx::query(
        "insert into tax_document (customer_id, kind, year, serial, number, issued_at, supplied_on, base, tax, total, content, key)
         select customer_id, kind, year, 99, '2026299999', issued_at, '2026-11-30', base, tax, total, content, 'late'
         from tax_document where kind = 'payment'",
    );
    let refused = late.execute(world.app.db.pool()).await.expect_err("refused");
    assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some("tax_day_is_open"));

    assert_eq!(books.unlock("2026-11-01", " ").await, Err(Problem::field("reason", FieldCode::Missing)));
    assert_eq!(books.unlock("2026-11-01", "Dodatečné přiznání").await, Ok(()));
    let months = books.page(books.filter("2026-11-01", "2026-11-30")).await.months;
    assert_eq!((months.len(), months[0].is_locked, months[0].reason.as_str()), (12, false, "Dodatečné přiznání"));
    let changes = "select count(*) from audit_entry where subject = 'vat_period'";
    assert_eq!(world.id(changes).await, 2, "what was sent twice has changed something once");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_month_is_locked_after_those_who_issue_in_it_and_before_those_who_come_later(pool: PgPool) {
    let books = Books::new(pool).await;
    let app = &books.shop.world.app;
    app.clock.advance(TimeDelta::days(10));
    // Somebody has asked for the day and has not committed yet.
    let mut issuing = app.db.system().await.expect("a transaction");
    let asked: NaiveDate =
        sqlx::query_scalar("select open_tax_day('2026-11-30')").fetch_one(&mut *issuing).await.expect("a day");
    assert_eq!(asked.to_string(), "2026-11-30");
    let waits = "do $$ begin
                     perform set_config('lock_timeout', '50ms', true);
                     insert into vat_period values ('2026-11-01', true, '');
                 end $$";
    let outcome = sqlx::raw_sql(waits).execute(app.db.pool()).await.map(drop);
    assert!(outcome.is_err(), "whoever locks waits for them");
    issuing.commit().await.expect("a commit");
    assert_eq!(books.lock("2026-11-01").await, Ok(()));
    let next: NaiveDate =
        sqlx::query_scalar("select open_tax_day('2026-11-30')").fetch_one(app.db.pool()).await.expect("a day");
    assert_eq!(next.to_string(), "2026-12-01");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn files_of_a_period_are_a_managers_and_hold_its_documents(pool: PgPool) {
    let books = Books::new(pool).await;
    let world = &books.shop.world;
    books.invoice("one", 100_000).await;
    let manager = world.staff(StaffRole::Manager).await;
    let (site, cookie) = (Site::serve(world.app.clone()).await, world.cookie(&manager).await);
    let dispatcher = world.cookie(&world.staff(StaffRole::Dispatcher).await).await;
    let query = "?from=2026-11-01&until=2026-11-30";
    for (path, begins) in [
        (paths::SALES_ACCOUNTING_XLSX, "PK"),
        (paths::SALES_ACCOUNTING_CSV, "Číslo"),
        (paths::SALES_ACCOUNTING_ISDOC, "PK"),
        (paths::SALES_ACCOUNTING_POHODA, "<?xml"),
        (paths::SALES_ACCOUNTING_MONEY_S3, "<?xml"),
    ] {
        let address = format!("{path}{query}");
        let answer = site.get(&address, &cookie).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.trim_start_matches('\u{feff}').starts_with(begins), "{path}");
        assert_eq!(site.get(&address, &dispatcher).await.status, 403, "{path}");
    }
    let page = site.get(&format!("{}{query}", paths::SALES_ACCOUNTING), &cookie).await;
    assert!(
        page.body.contains("2026300001")
            && page.body.contains("pohoda.xml?from=2026-11-01")
            && page.body.contains("export.csv?from=2026-11-01"),
        "{}",
        page.body
    );
}
