//! Invoices from before Linka: taken over, shown until they are paid, and matched with what the bank brings.

use linka::{
    model::{
        base::{
            ids::{BankPaymentId, BundleId, PurchaseId, SettlingId},
            money::Money,
        },
        money::{purchases::PaymentMethod, tax_documents::DocumentFilter},
        ordering::imports::{
            Counts,
            ImportFault::{self, AlreadyUsed, CannotChange, EndsBeforeItBegins, NothingLeft, OutOfRange, UnknownKey},
            ImportReport, LineProblem,
        },
        people::members::StaffRole,
        problem::{FieldCode, Problem},
    },
    server::{
        auth::Manager,
        db::MIGRATIONS,
        service::{
            money::{bank, purchases, tax_documents, unmatching},
            ordering::imports,
        },
        sheets::SourceFile,
    },
};
use sqlx::PgPool;

use crate::support::{Place, Site, World, typed_purchase};

const HEADER: &str = "číslo;zákazník;variabilní symbol;vystaveno;splatnost;celkem;uhrazeno";

struct Debts {
    world: World,
    place: Place,
    manager: Manager,
}

impl Debts {
    async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let place = world.place("Škola").await;
        world.sql("update customer set external_key = 'z1'").await;
        let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
        Self { world, place, manager }
    }

    async fn take(&self, lines: &str) -> ImportReport {
        let bytes = format!("{HEADER}\n{lines}").into_bytes();
        let files = [SourceFile { name: "invoices.csv".into(), bytes }];
        imports::import(&self.world.app, Some(self.manager.id()), &files, false).await.expect("imported")
    }

    /// A payment of the bank, of so many haléře.
    async fn comes(&self, reference: u32, haler: i64, symbol: &str) {
        let text = format!(
            "\"ID pohybu\";\"Datum\";\"Objem\";\"Měna\";\"Protiúčet\";\"Název protiúčtu\";\"VS\"\r\n\
             \"{reference}\";\"23.11.2026\";\"{},{:02}\";\"CZK\";\"19-2000145399/0800\";\"Škola\";\"{symbol}\"\r\n",
            haler / 100,
            haler % 100
        );
        bank::import(&self.world.app, &self.manager, "výpis.csv", text.as_bytes(), bank::Said::default())
            .await
            .expect("a statement");
    }

    /// Payments that wait: with the reason, and the number of what they may pay.
    async fn waiting(&self) -> Vec<(BankPaymentId, &'static str, Option<String>)> {
        let page = bank::page(&self.world.app, &self.manager, None).await.expect("a page");
        let rows = page.unmatched.rows.into_iter();
        rows.map(|payment| (payment.id, payment.reason.code(), payment.document.map(|it| it.number))).collect()
    }

    /// What the customer sees: each number with the haléře that are left.
    async fn seen(&self) -> Vec<(String, i64)> {
        let viewer = self.place.boss.may_see_billing().expect("a viewer");
        let list = tax_documents::list(&self.world.app, &viewer, DocumentFilter::default(), None).await;
        list.expect("documents").earlier.rows.into_iter().map(|it| (it.number, it.left.haler())).collect()
    }
}

fn told(report: &ImportReport) -> Vec<(usize, &str, ImportFault)> {
    report.problems.iter().map(|LineProblem { line, column, fault, .. }| (*line, column.as_str(), *fault)).collect()
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn open_invoices_are_taken_once_shown_to_their_customer_and_changed_by_the_same_table(pool: PgPool) {
    let debts = Debts::new(pool).await;
    let other = debts.world.place("Jiná").await;
    let lines = "FV1;z1;0260131;2. 10. 2026;16. 10. 2026;3630;\n\
                 FV2;z1;260138;30. 10. 2026;13. 12. 2026;1815,50;500\n\
                 FV3;z1;260139;30. 10. 2026;13. 12. 2026;100;100\n\
                 FV4;nikdo;260140;30. 10. 2026;13. 12. 2026;100;\n\
                 FV5;z1;260141;30. 10. 2026;13. 9. 2026;100;\n\
                 FV6;z1;260142;30. 10. 2026;13. 12. 2026;100;101\n";
    let first = debts.take(lines).await;
    assert_eq!(
        told(&first),
        [
            (6, "splatnost", EndsBeforeItBegins),
            (7, "uhrazeno", OutOfRange),
            (5, "zákazník", UnknownKey),
            (4, "uhrazeno", NothingLeft)
        ]
    );
    assert_eq!(first.total(), Counts { new: 2, wrong: 4, ..Counts::default() });
    assert_eq!(debts.seen().await, [("FV1".to_owned(), 363_000), ("FV2".to_owned(), 131_550)]);
    let viewer = other.boss.may_see_billing().expect("a viewer");
    let theirs = tax_documents::list(&debts.world.app, &viewer, DocumentFilter::default(), None).await;
    assert_eq!(theirs.expect("documents").earlier.rows, [], "what one customer owes is no other's business");

    assert_eq!(debts.take(lines).await.total(), Counts { same: 2, wrong: 4, ..Counts::default() });
    let paid = debts.take("FV2;z1;260138;30. 10. 2026;13. 12. 2026;1815,50;1815,50\n").await;
    assert_eq!(paid.total(), Counts { changed: 1, ..Counts::default() });
    assert_eq!(debts.seen().await, [("FV1".to_owned(), 363_000)]);
    assert_eq!(debts.world.id("select count(*) from tax_document").await, 0, "they are no documents of ours");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_exact_payment_is_matched_and_what_it_paid_is_not_changed_any_more(pool: PgPool) {
    let debts = Debts::new(pool).await;
    let line = "FV1;z1;260131;2. 10. 2026;16. 10. 2026;3630;630\n";
    debts.take(line).await;
    debts.comes(1, 300_000, "260131").await;
    assert_eq!(debts.waiting().await, []);
    assert_eq!(debts.seen().await, []);
    assert_eq!(debts.world.ledger_faults().await, Vec::<String>::new());

    assert_eq!(debts.take(line).await.total(), Counts { same: 1, ..Counts::default() });
    let twice = debts.take("FV1;z1;260131;2. 10. 2026;16. 10. 2026;3630;3630\n").await;
    assert_eq!(told(&twice), [(2, "uhrazeno", CannotChange)], "what came here would count twice");
    debts.comes(2, 100_000, "260131").await;
    let waiting = debts.waiting().await;
    assert_eq!((waiting[0].1, waiting[0].2.as_deref()), ("already_paid", Some("FV1")));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_does_not_fit_waits_with_the_invoice_beside_it_and_is_assigned_once(pool: PgPool) {
    let debts = Debts::new(pool).await;
    debts
        .take(
            "FV1;z1;77;2. 10. 2026;16. 10. 2026;1000;\nFV2;z1;88;2. 10. 2026;16. 10. 2026;500;\n\
             FV3;z1;88;3. 10. 2026;17. 10. 2026;500;\n",
        )
        .await;
    debts.comes(1, 40_000, "77").await;
    debts.comes(2, 50_000, "88").await;
    let waiting = debts.waiting().await;
    let reasons: Vec<_> = waiting.iter().map(|(_, reason, number)| (*reason, number.as_deref())).collect();
    assert_eq!(reasons, [("underpaid", Some("FV1")), ("ambiguous", None)]);

    let assign =
        async |payment, number: &str| bank::assign(&debts.world.app, &debts.manager, payment, number, "").await;
    assert_eq!(assign(waiting[1].0, "88").await, Err(Problem::field("document", FieldCode::Unknown)), "which of two?");
    assert_eq!(assign(waiting[0].0, "77").await, Ok(()));
    assert_eq!(assign(waiting[0].0, "FV1").await, Ok(()), "the same form once more");
    assert_eq!(assign(waiting[0].0, "FV2").await, Err(Problem::Conflict));
    assert_eq!(assign(waiting[1].0, "FV3").await, Ok(()));
    assert_eq!(debts.seen().await, [("FV1".to_owned(), 60_000), ("FV2".to_owned(), 50_000)]);
    debts.comes(3, 60_000, "77").await;
    assert_eq!(debts.seen().await, [("FV2".to_owned(), 50_000)], "what was left of it");
    // Whoever takes a payment of one back is told that it will be owed again, and it is.
    let (app, page) = (&debts.world.app, format!("/sales/unmatch?payment={}", waiting[0].0));
    let seen = unmatching::page(app, &debts.manager, waiting[0].0).await.expect("a page");
    let shown = seen.outcome.expect("it can be taken back");
    assert_eq!((shown.owed_again, seen.number.as_str()), (Money::from_haler(40_000), "FV1"));
    let site = Site::serve(app.clone()).await;
    let cookie = debts.world.cookie(&debts.world.staff(StaffRole::Manager).await).await;
    let said = site.get(&page, &cookie).await.body.replace('\u{a0}', " ");
    assert!(said.contains("400 Kč na FV1 bude zákazník znovu dlužit"), "{said}");
    let key = SettlingId(app.random.uuid());
    let said = shown.shown();
    let undone = unmatching::undo(app, &debts.manager, waiting[0].0, &said, "Platba jiné školy.", key);
    undone.await.expect("taken back");
    assert_eq!(debts.seen().await, [("FV1".to_owned(), 40_000), ("FV2".to_owned(), 50_000)]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_invoices_with_one_symbol_the_one_is_offered_of_which_exactly_as_much_is_left(pool: PgPool) {
    let debts = Debts::new(pool).await;
    debts.take("FV1;z1;88;2. 10. 2026;16. 10. 2026;3630;\nFV2;z1;88;3. 10. 2026;17. 10. 2026;100;45\n").await;
    debts.comes(1, 5_500, "88").await;
    debts.comes(2, 7_700, "88").await;
    let offered: Vec<_> = debts.waiting().await.into_iter().map(|(_, _, number)| number).collect();
    assert_eq!(offered, [Some("FV2".to_owned()), None]);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn one_number_is_of_an_invoice_from_before_or_of_a_document_of_ours(pool: PgPool) {
    let debts = Debts::new(pool).await;
    debts.take("2026100001;z1;77;2. 10. 2026;16. 10. 2026;1000;\n").await;
    let buyer = debts.place.boss.may_buy().expect("a buyer");
    let typed = typed_purchase("1", PaymentMethod::Transfer, Money::from_haler(166_980));
    let id = PurchaseId(debts.world.app.random.uuid());
    purchases::buy(&debts.world.app, &buyer, id, BundleId(1), &typed).await.expect("bought");
    let ours = "select count(*) from tax_document where number = '2026100002' and serial = 2";
    assert_eq!(debts.world.id(ours).await, 1, "the series goes on beyond what an invoice from before is called");
    assert_eq!(debts.world.id("select last::bigint from document_series where kind = 'proforma'").await, 2);

    let line = "2026100002;z1;78;2. 10. 2026;16. 10. 2026;55;\n";
    assert_eq!(told(&debts.take(line).await), [(2, "číslo", AlreadyUsed)]);

    // Had both come at the same moment.
    debts.world.sql("alter table earlier_invoice disable trigger earlier_number_is_no_documents").await;
    debts.take(line).await;
    debts.comes(1, 5_500, "79").await;
    let payment = debts.waiting().await[0].0;
    let which = bank::assign(&debts.world.app, &debts.manager, payment, "2026100002", "").await;
    assert_eq!(which, Err(Problem::field("document", FieldCode::Unknown)));
    assert_eq!(bank::assign(&debts.world.app, &debts.manager, payment, "78", "").await, Ok(()));
}
