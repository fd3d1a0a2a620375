//! Orders of bundles as they stand before the tests: placed, with the document that asks for their payment.

use linka::{
    model::{
        base::{
            ids::{BundleId, BundleOrderId},
            money::Money,
        },
        money::{
            bundles::Bundle,
            purchases::{OrderNumber, PaymentMethod},
            tax_documents::{DocumentContent, DocumentKind, DocumentLine, LineSubject, tax_rows},
        },
    },
    server::db::money::{
        purchases::{self, NewOrder, StoredOrder},
        tax_documents::{self, Subject},
    },
};

use super::{Place, World};

/// An order, and the number of the document that asks for its payment.
pub struct Ordered {
    pub id: BundleOrderId,
    pub number: OrderNumber,
    pub total: Money,
    /// The variable symbol.
    pub symbol: String,
}

impl World {
    /// An order of so many minutes at twenty crowns each without VAT, which waits for its payment.
    pub async fn ordered(&self, place: &Place, minutes: u32, method: PaymentMethod, at_once: bool) -> Ordered {
        let price = Money::from_haler(i64::from(minutes) * 2_000);
        self.ordered_for(place, minutes, price, method, at_once).await
    }

    /// The same for another price without VAT.
    pub async fn ordered_for(
        &self,
        place: &Place,
        minutes: u32,
        price: Money,
        method: PaymentMethod,
        at_once: bool,
    ) -> Ordered {
        let now = self.app.clock.now();
        let bundle = BundleId(
            sqlx::query_scalar(
                "insert into bundle (minutes, price, validity_months, position)
                 select $1, $2, 12, max(position) + 1 from bundle returning id",
            )
            .bind(i64::from(minutes))
            .bind(price.haler())
            .fetch_one(self.app.db.pool())
            .await
            .expect("a bundle"),
        );
        let id = BundleOrderId(self.app.random.uuid());
        let member = place.boss.member().expect("a member").id();
        let quote = Bundle { id: bundle, minutes, price, validity_months: 12 }.quote(1, "21".parse().expect("a rate"));
        let mut tx = self.app.db.staff().await.expect("a transaction");
        let order = NewOrder {
            id,
            customer: place.customer,
            member,
            bundle,
            quote,
            validity_months: 12,
            reference: "",
            method,
            at_once,
            at: now,
            year: 2026,
        };
        purchases::place(&mut tx, &order).await.expect("an order");
        purchases::note_payment_started(&mut tx, id, now).await.expect("a note");
        let stored = purchases::find(&mut tx, id).await.expect("an answer").expect("the order");
        let kind = if at_once { DocumentKind::Invoice } else { DocumentKind::Proforma };
        let lines = vec![DocumentLine {
            what: LineSubject::Bundle { minutes, validity_months: 12 },
            quantity: 1,
            price,
            vat: quote.vat,
        }];
        let content = DocumentContent {
            kind,
            supplier: tax_documents::supplier(&mut tx).await.expect("a supplier"),
            customer: tax_documents::party(&mut tx, place.customer).await.expect("a customer"),
            issued_at: now,
            supplied_on: at_once.then(|| now.date_naive()),
            due_on: Some(now.date_naive()),
            order: Some((stored.order.number, String::new())),
            corrects: None,
            variable_symbol: None,
            taxes: tax_rows(&lines),
            lines,
            paid: false,
        };
        let key = format!("{kind}:{id}");
        let subject = Subject { customer: place.customer, order: Some(id), corrects: None, key: &key };
        let document = tax_documents::issue(&mut tx, &subject, content).await.expect("a document").expect("the first");
        tx.commit().await.expect("a commit");
        Ordered { id, number: stored.order.number, total: quote.total, symbol: document.number }
    }

    /// An order as it stands now.
    pub async fn stored(&self, id: BundleOrderId) -> StoredOrder {
        let mut tx = self.app.db.staff().await.expect("a transaction");
        purchases::find(&mut tx, id).await.expect("an answer").expect("the order")
    }
}
