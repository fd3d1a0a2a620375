//! What payments may pay though their symbols do not name it.

use std::collections::HashMap;

use crate::{
    model::{
        base::{ids::BankPaymentId, money::Money},
        money::{
            bank::{Candidate, Likeness, Payable},
            purchases::PurchaseNumber,
            tax_documents::DocumentKind,
        },
    },
    server::db::{DbError, Tx},
};

/// Documents of which something is left to pay, for each of some payments: those whose number stands in the message (our own
/// payment code writes it there), those of which exactly so much is asked, and those of customers whose IČO stands in the message or
/// for whom the same account has paid before.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn of(tx: &mut Tx, payments: &[i64]) -> Result<HashMap<BankPaymentId, Vec<Candidate>>, DbError> {
    let found = sqlx::query!(
        r#"with waiting as (
               select id, amount, counter_account, regexp_split_to_array(message, '[^0-9]+') as words
               from bank_payment where id = any($1)),
           likely as (
               select w.id, t.id as document_id, 1 as place from waiting w join tax_document t on t.symbol = any(w.words)
               union
               select w.id, t.id, 2 from waiting w join tax_document t on t.total = w.amount and t.kind in ('proforma', 'invoice')
               union
               select w.id, t.id, 3
               from waiting w
               join bank_payment o on o.counter_account = w.counter_account and o.state = 'matched' and w.counter_account <> ''
               join tax_document p on p.id = o.document_id
               join tax_document t on t.customer_id = p.customer_id
               union
               select w.id, t.id, 4
               from waiting w join customer c on c.ico = any(w.words) and c.ico <> ''
               join tax_document t on t.customer_id = c.id)
           select l.id as "payment!: BankPaymentId", array_agg(distinct l.place) as "places!", d.number as "number!",
                  d.kind as "kind!: DocumentKind", c.name as "customer!", u.number as "purchase?: PurchaseNumber", d.due_on,
                  asked_by(d.id) as "total!: Money", paid_by_transfer(d.id) as "paid!: Money"
           from likely l join tax_document d on d.id = l.document_id join customer c on c.id = d.customer_id
           left join purchase u on u.id = d.purchase_id
           where d.kind in ('proforma', 'invoice') and asked_by(d.id) > paid_by_transfer(d.id)
             and (u.id is null or (u.paid_at is null and u.closed_as is null))
           group by l.id, d.id, c.name, u.number"#,
        payments
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut candidates: HashMap<BankPaymentId, Vec<Candidate>> = HashMap::new();
    for row in found {
        let places = row.places.into_iter().filter_map(|place| usize::try_from(place - 1).ok());
        let because = places.filter_map(|place| Likeness::ALL.get(place).copied()).collect();
        let document = Payable {
            number: row.number,
            kind: Some(row.kind),
            customer: row.customer,
            purchase: row.purchase,
            due_on: row.due_on,
            total: row.total,
            paid: row.paid,
        };
        candidates.entry(row.payment).or_default().push(Candidate { document, because });
    }
    Ok(candidates)
}
