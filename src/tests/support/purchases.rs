//! Purchases of bundles as they stand before the tests: placed, with the document that asks for their payment.

use linka::{
    model::{
        base::{
            ids::{BundleId, PurchaseId},
            money::Money,
        },
        money::{
            bundles::Bundle,
            purchases::{PaymentMethod, PurchaseNumber},
            subscriptions::Recurrence,
            tax_documents::{DocumentContent, DocumentKind, DocumentLine, LineSubject, tax_rows},
        },
    },
    server::db::money::{
        purchases::{self, NewPurchase, StoredPurchase},
        supplier,
        tax_documents::{self, Subject},
    },
};

use super::{Place, World};

/// A purchase, and the number of the document that asks for its payment.
pub struct Bought {
    pub id: PurchaseId,
    pub number: PurchaseNumber,
    pub total: Money,
    /// The variable symbol.
    pub symbol: String,
}

impl World {
    /// A purchase of so many minutes at twenty crowns each without VAT, which waits for its payment.
    pub async fn bought(&self, place: &Place, minutes: u32, method: PaymentMethod, at_once: bool) -> Bought {
        let price = Money::from_haler(i64::from(minutes) * 2_000);
        self.bought_for(place, minutes, price, method, at_once).await
    }

    /// The same for another price without VAT.
    pub async fn bought_for(
        &self,
        place: &Place,
        minutes: u32,
        price: Money,
        method: PaymentMethod,
        at_once: bool,
    ) -> Bought {
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
        let id = PurchaseId(self.app.random.uuid());
        let member = place.boss.member().expect("a member").id();
        let quote = Bundle { id: bundle, minutes, price, validity_months: 12 }.quote(1, "21".parse().expect("a rate"));
        let mut tx = self.app.db.staff().await.expect("a transaction");
        let purchase = NewPurchase {
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
        purchases::insert(&mut tx, &purchase).await.expect("a purchase");
        purchases::note_payment_started(&mut tx, id, now).await.expect("a note");
        let stored = purchases::find(&mut tx, id).await.expect("an answer").expect("the purchase");
        let kind = if at_once { DocumentKind::Invoice } else { DocumentKind::Proforma };
        let lines = vec![DocumentLine {
            what: LineSubject::Bundle { minutes, validity_months: 12 },
            quantity: 1,
            price,
            vat: quote.vat,
        }];
        let content = DocumentContent {
            kind,
            supplier: supplier::find(&mut tx).await.expect("a supplier").expect("a supplier").0,
            customer: tax_documents::party(&mut tx, place.customer).await.expect("a customer"),
            issued_at: now,
            supplied_on: at_once.then(|| now.date_naive()),
            due_on: Some(now.date_naive()),
            purchase: Some((stored.purchase.number, String::new())),
            corrects: None,
            follows: None,
            variable_symbol: None,
            taxes: tax_rows(&lines),
            lines,
            paid: false,
        };
        let key = format!("{kind}:{id}");
        let subject = Subject { customer: place.customer, purchase: Some(id), corrects: None, key: &key };
        let document = tax_documents::issue(&mut tx, &subject, content).await.expect("a document").expect("the first");
        tx.commit().await.expect("a commit");
        Bought { id, number: stored.purchase.number, total: quote.total, symbol: document.number }
    }

    /// A plan that can be subscribed to, for a thousand crowns a period without VAT.
    pub async fn plan(&self, minutes: u32, comes: Recurrence) -> BundleId {
        let id = sqlx::query_scalar(
            "insert into bundle (minutes, price, validity_months, position, comes)
             select $1, 100000, $2, max(position) + 1, $3 from bundle returning id",
        )
        .bind(i64::from(minutes))
        .bind(i64::from(comes.lasts_months().expect("a plan")))
        .bind(comes.code())
        .fetch_one(self.app.db.pool())
        .await
        .expect("a plan");
        BundleId(id)
    }

    /// A purchase as it stands now.
    pub async fn stored(&self, id: PurchaseId) -> StoredPurchase {
        let mut tx = self.app.db.staff().await.expect("a transaction");
        purchases::find(&mut tx, id).await.expect("an answer").expect("the purchase")
    }
}
