//! What a payment, a balance or a difference settles: a document of ours, or an invoice from before Linka.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    fulfilment::{self, Received},
    payment_methods, tax_documents,
};
use crate::{
    model::{
        base::{ids::CustomerId, money::Money},
        money::{
            bank::{Receivable, Unmatched},
            tax_documents::DocumentKind,
        },
        problem::Problem,
    },
    server::db::{
        Tx,
        money::{
            balances::About,
            bank::{self, Decision, FoundDocument},
            earlier_invoices::{self, FoundInvoice},
            purchase_events::{self, Actor},
            purchases::{self, StoredPurchase},
            tax_documents as issued,
        },
    },
};

/// What a payment may pay, as things stand.
pub(super) struct Target {
    pub(super) what: Claim,
    pub(super) receivable: Receivable,
}

/// What asks for a payment.
pub(super) enum Claim {
    /// A document of ours, with its purchase.
    Document(FoundDocument, Option<Box<StoredPurchase>>),
    /// An invoice from before.
    Earlier(FoundInvoice),
}

impl Target {
    /// An invoice from before: nothing is credited or issued when it is paid.
    async fn earlier(tx: &mut Tx, invoice: &FoundInvoice) -> Result<Self, Problem> {
        let paid = earlier_invoices::paid(tx, invoice.id).await?;
        let receivable = Receivable { total: invoice.total, paid, purchase: None, issued_on: invoice.issued_on };
        Ok(Self { what: Claim::Earlier(invoice.clone()), receivable })
    }

    /// That which a payment's symbol names, if anything does and nothing else.
    pub(super) async fn of_symbol(
        tx: &mut Tx,
        symbol: &str,
        documents: &[FoundDocument],
        earlier: &[FoundInvoice],
    ) -> Result<Result<Option<Self>, Unmatched>, Problem> {
        let document = documents.iter().find(|document| document.symbol == symbol);
        let mut before = earlier.iter().filter(|invoice| invoice.variable_symbol == symbol);
        Ok(match (document, before.next(), before.next()) {
            (Some(document), None, _) => Ok(Some(Self::document(tx, document.clone()).await?)),
            (None, Some(invoice), None) => Ok(Some(Self::earlier(tx, invoice).await?)),
            (None, None, _) => Ok(None),
            (Some(_), Some(_), _) | (None, Some(_), Some(_)) => Err(Unmatched::Ambiguous),
        })
    }

    /// That which a number names that a person typed: a document of ours or an invoice from before by its number, else the only
    /// one of a variable symbol. A number that both have names neither.
    pub(super) async fn named(tx: &mut Tx, number: &str) -> Result<Option<Self>, Problem> {
        let names = [number.to_owned()];
        let found = bank::documents(tx, &names).await?;
        let document = found.iter().find(|document| document.number == number).or(found.last()).cloned();
        let found = earlier_invoices::named(tx, &names).await?;
        let of_number = found.iter().find(|invoice| invoice.number == number);
        match (document, of_number, found.as_slice()) {
            (Some(_), Some(_), _) => Ok(None),
            (Some(document), None, _) => Ok(Some(Self::document(tx, document).await?)),
            (None, Some(invoice), _) => Ok(Some(Self::earlier(tx, invoice).await?)),
            (None, None, [only]) => Ok(Some(Self::earlier(tx, only).await?)),
            (None, None, _) => Ok(None),
        }
    }

    /// Whose it is.
    pub(super) fn customer(&self) -> CustomerId {
        match &self.what {
            Claim::Document(document, _) => document.customer,
            Claim::Earlier(invoice) => invoice.customer,
        }
    }

    /// What it is, as an entry of a balance or a difference names it.
    pub(super) fn about(&self) -> About {
        match &self.what {
            Claim::Document(document, _) => About { document: Some(document.id), earlier: None },
            Claim::Earlier(invoice) => About { document: None, earlier: Some(invoice.id) },
        }
    }

    /// The purchase that it is about.
    pub(super) fn purchase(&self) -> Option<&StoredPurchase> {
        match &self.what {
            Claim::Document(_, purchase) => purchase.as_deref(),
            Claim::Earlier(_) => None,
        }
    }

    /// How many tax documents there are on payments of its purchase.
    pub(super) async fn payment_documents(&self, tx: &mut Tx) -> Result<usize, Problem> {
        let Some(stored) = self.purchase() else { return Ok(0) };
        let documents = issued::of_purchase(tx, stored.purchase.id).await?;
        Ok(documents.iter().filter(|document| document.content.kind == DocumentKind::Payment).count())
    }

    /// What is left to pay.
    pub(super) fn left(&self) -> Money {
        (self.receivable.total - self.receivable.paid).max(Money::ZERO)
    }

    /// How it is decided that a payment pays this.
    pub(super) fn decision(&self) -> Decision {
        match &self.what {
            Claim::Document(document, _) => Decision::Pays(document.id),
            Claim::Earlier(invoice) => Decision::PaysEarlier(invoice.id),
        }
    }

    async fn document(tx: &mut Tx, document: FoundDocument) -> Result<Self, Problem> {
        let purchase = match document.purchase {
            Some(purchase) => purchases::lock(tx, purchase).await?,
            None => None,
        };
        // What was credited until the purchase was locked is asked for no more.
        let document = FoundDocument { total: bank::asked(tx, document.id).await?, ..document };
        let came = bank::paid(tx, document.id).await?;
        // A purchase that is paid, however it was, has nothing left to be paid.
        let is_paid = purchase.as_ref().is_some_and(|purchase| purchase.purchase.paid_at.is_some());
        let receivable = Receivable {
            total: document.total,
            paid: if is_paid { came.max(document.total) } else { came },
            purchase: purchase.as_ref().map(|purchase| purchase.purchase.state),
            issued_on: document.issued_on,
        };
        Ok(Self { what: Claim::Document(document, purchase.map(Box::new)), receivable })
    }

    /// What follows once a payment is matched: the purchase is paid as soon as all of the money is there.
    pub(super) async fn settle(
        &self,
        tx: &mut Tx,
        booked_on: NaiveDate,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<(), Problem> {
        let Claim::Document(document, Some(purchase)) = &self.what else { return Ok(()) };
        payment_methods::settle_by_transfer(tx, purchase).await?;
        if bank::paid(tx, document.id).await? < document.total {
            // Each part is taxed on its own day, whether the rest comes or not.
            tax_documents::issue_on_transfers(tx, purchase, now).await?;
            return Ok(());
        }
        match document.kind {
            DocumentKind::Invoice => {
                // The minutes were credited when it was issued.
                if purchases::note_paid(tx, purchase.purchase.id, now).await? {
                    purchase_events::record_paid(tx, purchase, by, now).await?;
                    fulfilment::catch_up(tx, purchase, now).await?;
                }
            }
            DocumentKind::Proforma | DocumentKind::Payment | DocumentKind::CreditNote => {
                fulfilment::fulfil(tx, purchase, Received { on: booked_on, by }, now).await?;
            }
        }
        Ok(())
    }
}
