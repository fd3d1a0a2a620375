//! Fees of contracts: every period that has begun is invoiced once, since a manager has begun it.

use chrono::{NaiveDate, TimeDelta};
use linka::{
    model::{
        base::money::Money,
        money::fees::FeesPage,
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::{
            money::{fees, sales},
            people::mergers,
        },
    },
};
use sqlx::PgPool;

use crate::support::{Place, World, billing_viewer};

/// A customer whose contract costs a thousand crowns a quarter since the beginning of 2026; it is 23 November.
struct Office {
    world: World,
    place: Place,
    contract: i64,
    manager: Manager,
}

impl Office {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let place = world.place("Škola").await;
        let contract = world.contract(place.customer, 30).await;
        world.sql("update contract set fee = 100000, fee_period = 'quarter'").await;
        let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
        Self { world, place, contract, manager }
    }

    async fn page(&self, from: Option<&str>) -> FeesPage {
        fees::page(&self.world.app, &self.manager, from.map(day)).await.expect("a page")
    }

    async fn begin(&self, from: &str) -> Result<(), Problem> {
        fees::begin(&self.world.app, &self.manager, day(from)).await
    }

    async fn invoice(&self) {
        fees::invoice(&self.world.app).await.expect("invoiced");
    }

    /// The first days that are invoiced, and the number of documents.
    async fn invoiced(&self) -> (Vec<String>, i64) {
        let days = sqlx::query_scalar("select first_day::text from contract_fee order by first_day");
        let days = days.fetch_all(self.world.app.db.pool()).await.expect("days");
        (days, self.world.id("select count(*) from tax_document where kind = 'invoice'").await)
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn periods_are_invoiced_once_since_a_manager_has_seen_and_begun_it(pool: PgPool) {
    let office = Office::new(pool).await;
    office.invoice().await;
    assert_eq!(office.invoiced().await, (Vec::new(), 0), "nobody has begun");
    let tried = office.page(Some("2026-10-01")).await;
    let due: Vec<_> = tried.due.iter().map(|fee| (fee.period.from.to_string(), fee.period.amount)).collect();
    assert_eq!(due, [("2026-10-01".to_owned(), Money::from_haler(100_000))]);
    assert_eq!(office.page(Some("2026-10-02")).await.due, [], "that quarter had begun before");
    assert_eq!(office.begin("2020-01-01").await, Err(Problem::field("from", FieldCode::OutOfRange)));
    for _ in 0..2 {
        assert_eq!(office.begin("2026-10-01").await, Ok(()));
    }
    assert_eq!(office.begin("2026-11-01").await, Err(Problem::Conflict), "it is said once");

    // Whose address nobody knows waits, and a manager sees it.
    office.world.sql("update customer set street = ''").await;
    office.invoice().await;
    assert!(office.page(None).await.due[0].waits);
    let nameless = sales::page(&office.world.app, &office.manager, None).await.expect("a page").nameless;
    assert_eq!(nameless.rows.iter().map(|(customer, _)| *customer).collect::<Vec<_>>(), [office.place.customer]);
    office.world.sql("update customer set street = 'Školní 1'").await;

    let (one, other) = tokio::join!(fees::invoice(&office.world.app), fees::invoice(&office.world.app));
    assert_eq!((one, other), (Ok(()), Ok(())), "two processes at once");
    office.invoice().await;
    assert_eq!(office.invoiced().await, (vec!["2026-10-01".to_owned()], 1));
    let issued = "select count(*) from tax_document
                  where supplied_on = '2026-10-01' and due_on > '2026-11-23' and base = 100000 and total = 121000
                    and content #>> '{lines,0,what,contract}' like 'SLS-%'";
    assert_eq!(office.world.id(issued).await, 1);
    let mailed = "select count(distinct content #>> '{fee,until}') from mail where kind = 'month_invoiced'";
    assert_eq!(office.world.id(mailed).await, 1, "it is mailed with how to pay it");
    // A period that was shortened does not make its days owed again; the next year begins with the new length.
    let amended = format!(
        "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
             rate_per_minute, urgent_rate_per_minute, minimum_minutes, fee, fee_period, known_since)
         select id, customer_id, '2026-12-01', tier, minutes_per_period, period, rollover, rate_per_minute,
                urgent_rate_per_minute, minimum_minutes, 40000, 'month', now() from contract where id = {}",
        office.contract
    );
    office.world.sql(&amended).await;
    office.world.app.clock.advance(TimeDelta::days(39));
    office.invoice().await;
    let days = ["2026-10-01", "2027-01-01"].map(str::to_owned).to_vec();
    assert_eq!(office.invoiced().await, (days, 2));
    let again = sqlx::query(
        "insert into contract_fee (contract_id, customer_id, first_day, last_day, amount, document_id)
         select contract_id, customer_id, first_day + 1, last_day, amount, document_id + 100 from contract_fee limit 1",
    );
    let refused = again.execute(office.world.app.db.pool()).await.expect_err("refused");
    assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some("no_day_is_paid_twice"));

    // With whoever the customer is merged, the contract goes on owing as it would have.
    let (into, manager) = (office.world.place("Družina").await, office.world.staff(StaffRole::Manager).await);
    let manager = manager.desk().expect("a manager");
    mergers::merge(&office.world.app, &manager, office.place.customer, into.customer, None).await.expect("merged");
    office.invoice().await;
    assert_eq!(office.invoiced().await.1, 2, "January is paid for");
    office.world.app.clock.advance(TimeDelta::days(31));
    office.invoice().await;
    let days = ["2026-10-01", "2027-01-01", "2027-02-01"].map(str::to_owned).to_vec();
    assert_eq!(office.invoiced().await, (days, 3));
    let theirs = format!("select count(*) from tax_document where customer_id = {}", into.customer);
    assert_eq!(office.world.id(&theirs).await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_invoice_of_a_fee_stands_with_all_others_and_can_be_credited(pool: PgPool) {
    let office = Office::new(pool).await;
    let (app, manager) = (&office.world.app, &office.manager);
    office.begin("2026-10-01").await.expect("begun");
    office.invoice().await;
    let fee = office.page(None).await.invoiced.remove(0);
    let months = sales::page(app, manager, None).await.expect("a page").months;
    let october = months.iter().find(|month| month.month == day("2026-10-01")).expect("October");
    assert_eq!((october.documents, october.net.haler(), october.vat.haler()), (1, 100_000, 21_000));
    let viewer = billing_viewer(&office.place.boss);
    let owed = async || {
        let span = (Some(day("2026-10-01")), Some(day("2026-12-31")));
        let statement = linka::server::service::money::account_statements::statement(app, &viewer, span.0, span.1);
        statement.await.expect("a statement").closing().haler()
    };
    assert_eq!(owed().await, 121_000);
    let key = app.random.uuid();
    let credit = async |invoice: &str, reason: &str| fees::credit(app, manager, (key, invoice), reason).await;
    assert_eq!(credit(&fee.invoice, " ").await, Err(Problem::field("reason", FieldCode::Missing)));
    assert_eq!(credit("2026399999", "Smlouva neplatila.").await, Err(Problem::NotFound));
    let (one, same) = tokio::join!(
        Box::pin(credit(&fee.invoice, "Smlouva neplatila.")),
        Box::pin(credit(&fee.invoice, "Smlouva neplatila."))
    );
    assert_eq!((one, same), (Ok(()), Ok(())), "one form, sent twice at once");
    assert_eq!(credit(&fee.invoice, "Smlouva neplatila.").await, Ok(()), "and again later");
    let other = fees::credit(app, manager, (app.random.uuid(), &fee.invoice), "Smlouva neplatila.").await;
    assert_eq!(other, Err(Problem::Conflict), "another form");
    assert_eq!(office.world.id("select count(*) from tax_document where kind = 'credit_note'").await, 1);
    assert_eq!(owed().await, 0);
    assert!(office.page(None).await.invoiced[0].credited);
    office.invoice().await;
    assert_eq!(office.invoiced().await.1, 1, "the period is not invoiced again");
    assert_eq!(office.world.id("select sum(tax)::bigint from tax_document").await, 0);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_period_is_invoiced_on_the_day_that_the_contract_says_and_once_whatever_it_says_later(pool: PgPool) {
    let office = Office::new(pool).await;
    office.world.sql("update contract set fee_period = 'month', fee_day = 31").await;
    office.begin("2026-11-01").await.expect("begun");
    office.invoice().await;
    assert_eq!(office.invoiced().await.1, 0, "the last day of November has not come");
    let due: Vec<_> = office.page(None).await.due.iter().map(|fee| fee.period.invoiced_on.to_string()).collect();
    assert_eq!(due, ["2026-11-30", "2026-12-31"]);
    office.world.app.clock.advance(TimeDelta::days(7));
    office.invoice().await;
    assert_eq!(office.invoiced().await, (vec!["2026-11-01".to_owned()], 1));
    let taxed = "select count(*) from tax_document where supplied_on = '2026-11-30' and content #>> '{lines,0,what,from}' = '2026-11-01'";
    assert_eq!(office.world.id(taxed).await, 1, "that day is the day of the tax");
    // From December on it is another day, which has come for no period that is invoiced.
    let amended = "insert into contract_amendment (contract_id, customer_id, from_day, tier, minutes_per_period, period, rollover,
             rate_per_minute, urgent_rate_per_minute, minimum_minutes, fee, fee_period, fee_day, known_since)
         select id, customer_id, '2026-12-01', tier, minutes_per_period, period, rollover, rate_per_minute,
                urgent_rate_per_minute, minimum_minutes, fee, fee_period, 5, now() from contract";
    office.world.sql(amended).await;
    office.world.app.clock.advance(TimeDelta::days(4));
    office.invoice().await;
    assert_eq!(office.invoiced().await.1, 1, "it is the fourth");
    office.world.app.clock.advance(TimeDelta::days(1));
    for _ in 0..2 {
        office.invoice().await;
    }
    let days = ["2026-11-01", "2026-12-01"].map(str::to_owned).to_vec();
    assert_eq!(office.invoiced().await, (days, 2));

    // It ends with a merge while another month has begun: what it owes is asked of the people who go on.
    office.world.app.clock.advance(TimeDelta::days(28));
    let (into, manager) = (office.world.place("Družina").await, office.world.staff(StaffRole::Manager).await);
    office.world.contract(into.customer, 30).await;
    let (from, manager) = (office.place.customer, manager.desk().expect("a manager"));
    mergers::merge(&office.world.app, &manager, from, into.customer, Some(into.customer)).await.expect("merged");
    office.world.app.clock.advance(TimeDelta::days(4));
    office.invoice().await;
    assert_eq!(office.invoiced().await.1, 3);
    let owed = format!(
        "select count(*) from tax_document where customer_id = {from} and content #>> '{{lines,0,what,from}}' = '2027-01-01'"
    );
    assert_eq!(office.world.id(&owed).await, 1, "of whom the contract was");
    let told = format!("select count(*) from mail where kind = 'month_invoiced' and customer_id = {}", into.customer);
    assert_eq!(office.world.id(&told).await, 1, "by who may buy there");
    assert_eq!(office.world.id(&format!("select has_billing_reader({from})::int::bigint")).await, 1, "and reminded");
}
