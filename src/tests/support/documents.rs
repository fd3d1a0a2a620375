//! Tax documents as the services issue them.

use linka::{
    model::{
        base::{
            calendar::to_local,
            ids::CustomerId,
            money::{Money, VatRate},
        },
        money::tax_documents::{DocumentContent, DocumentKind, DocumentLine, LineSubject, TaxDocument, tax_rows},
    },
    server::{
        app::App,
        db::{
            Tx,
            money::{
                supplier,
                tax_documents::{self, Subject},
            },
        },
    },
};
use rust_decimal::Decimal;

/// Issues a document about bundles for so many haléře in a transaction; none when its key has one.
pub async fn issue_in(
    tx: &mut Tx,
    app: &App,
    customer: CustomerId,
    kind: DocumentKind,
    key: &str,
    haler: i64,
) -> Option<TaxDocument> {
    let now = app.clock.now();
    let today = to_local(now).date();
    let lines = vec![DocumentLine {
        what: LineSubject::Bundle { minutes: 120, validity_months: 12 },
        quantity: 1,
        price: Money::from_haler(haler),
        vat: VatRate::from_percent(Decimal::from(21)).expect("a rate"),
    }];
    let content = DocumentContent {
        kind,
        supplier: supplier::find(tx).await.expect("the supplier").expect("the supplier").0,
        customer: tax_documents::party(tx, customer).await.expect("the customer"),
        issued_at: now,
        supplied_on: kind.is_tax_document().then_some(today),
        due_on: kind.asks_for_payment().then_some(today),
        purchase: None,
        corrects: None,
        follows: None,
        variable_symbol: None,
        taxes: tax_rows(&lines),
        lines,
        paid: kind == DocumentKind::Payment,
    };
    let subject = Subject { customer, purchase: None, corrects: None, key };
    tax_documents::issue(tx, &subject, content).await.expect("it is issued")
}

/// The same in a transaction of its own.
pub async fn issue(app: &App, customer: CustomerId, kind: DocumentKind, key: &str, haler: i64) -> Option<TaxDocument> {
    let mut tx = app.db.system().await.expect("a transaction");
    let issued = issue_in(&mut tx, app, customer, kind, key, haler).await;
    tx.commit().await.expect("a commit");
    issued
}
