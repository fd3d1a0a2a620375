//! Bank statements that were imported, and the payments in them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    base::{
        ids::{BankPaymentId, BankStatementId, CustomerId, DocumentId, EarlierInvoiceId, PurchaseId, StaffId},
        money::Money,
        paging::{Page, Queue},
    },
    money::{
        bank::{
            BankPayment, Controls, ImportedStatement, MOST_UNREAD, Payable, PaymentState, StatementFault,
            StatementFormat, StatementRefused, StatementSource, Unmatched,
        },
        purchases::PurchaseNumber,
        tax_documents::DocumentKind,
    },
};
use crate::server::db::{
    DbError, Tx,
    codec::{Natural, integer},
    locks::{self, Lock},
    paging::{limit, queue},
};

/// Lets one transaction at a time decide what payments pay: imports and managers' decisions are rare, and whoever comes second
/// must see what the first has decided.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx) -> Result<(), DbError> {
    locks::take(tx, Lock::BankPayments).await
}

/// The statement that was imported from the same file.
///
/// # Errors
/// When the database fails.
pub async fn statement_of(tx: &mut Tx, sha256: &[u8]) -> Result<Option<BankStatementId>, DbError> {
    Ok(sqlx::query_scalar!(r#"select id as "id: BankStatementId" from bank_statement where sha256 = $1"#, sha256)
        .fetch_optional(&mut **tx)
        .await?)
}

/// A statement to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewStatement<'a> {
    /// Of the file.
    pub sha256: &'a [u8],
    /// What the file was called.
    pub file_name: &'a str,
    /// What kind of file it was.
    pub format: StatementFormat,
    /// When.
    pub at: DateTime<Utc>,
    /// From where.
    pub source: StatementSource,
    /// Who uploaded it; nobody where it came by itself.
    pub by: Option<StaffId>,
    /// Everything that was booked in it.
    pub lines: usize,
    /// What came in and no other statement had.
    pub incoming: usize,
    /// What it says of its sums.
    pub controls: Option<Controls>,
}

/// Writes down that a statement was imported.
///
/// # Errors
/// When the database fails.
pub async fn insert_statement(tx: &mut Tx, statement: &NewStatement<'_>) -> Result<BankStatementId, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into bank_statement (sha256, file_name, format, imported_at, staff_id, lines, incoming, told, found, source)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id as "id: BankStatementId""#,
        statement.sha256,
        statement.file_name,
        statement.format.code(),
        statement.at,
        statement.by.map(|staff| staff.0),
        integer(statement.lines)?,
        integer(statement.incoming)?,
        statement.controls.map(|controls| controls.told.haler()),
        statement.controls.map(|controls| controls.found.haler()),
        statement.source.code()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes down the rows of a statement that could not be read.
///
/// * `marks` – what makes each of them this row and no other
///
/// # Errors
/// When the database fails.
pub async fn insert_unread(
    tx: &mut Tx,
    statement: BankStatementId,
    unread: &[StatementRefused],
    marks: &[String],
) -> Result<(), DbError> {
    let lines: Vec<i32> = unread.iter().map(|row| integer(row.line)).collect::<Result<_, _>>()?;
    let faults: Vec<String> = unread.iter().map(|row| row.fault.code().to_owned()).collect();
    sqlx::query!(
        "insert into bank_statement_unread (statement_id, place, line, fault, mark)
         select $1, r.place, r.line, r.fault, r.mark
         from unnest($2::integer[], $3::text[], $4::text[]) with ordinality as r (line, fault, mark, place)",
        statement.0,
        &lines,
        &faults,
        marks
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The first row of a statement that could not be read and that no statement before it had, with what makes it this row.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn first_unread_news(
    tx: &mut Tx,
    statement: BankStatementId,
) -> Result<Option<(StatementRefused, String)>, DbError> {
    let row = sqlx::query!(
        r#"select u.line as "line: Natural", u.fault as "fault: StatementFault", u.mark as "mark!"
           from bank_statement_unread u
           where u.statement_id = $1 and u.mark is not null
             and not exists (select from bank_statement_unread o where o.mark = u.mark and o.statement_id < u.statement_id)
           order by u.place limit 1"#,
        statement.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (StatementRefused { line: row.line.into(), fault: row.fault }, row.mark)))
}

/// Which of some payments are known, by their references.
///
/// # Errors
/// When the database fails.
pub async fn known(tx: &mut Tx, references: &[String]) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar!("select reference from bank_payment where reference = any($1)", references)
        .fetch_all(&mut **tx)
        .await?)
}

/// A payment to be written down.
#[derive(Debug, Clone)]
pub struct NewPayment {
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// In which currency.
    pub currency: String,
    /// The variable symbol; empty without one.
    pub variable_symbol: String,
    /// The payer's account.
    pub counter_account: String,
    /// The payer's name.
    pub counter_name: String,
    /// What the payer wrote.
    pub message: String,
    /// What makes it this payment and no other.
    pub reference: String,
}

/// Writes down a payment that is yet to be matched.
///
/// # Errors
/// When the database fails.
pub async fn insert_payment(
    tx: &mut Tx,
    statement: BankStatementId,
    payment: &NewPayment,
) -> Result<BankPaymentId, DbError> {
    Ok(sqlx::query_scalar!(
        r#"insert into bank_payment (statement_id, booked_on, amount, currency, variable_symbol, counter_account,
                                     counter_name, message, reference, state, reason)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'unmatched', 'unknown_symbol') returning id as "id: BankPaymentId""#,
        statement.0,
        payment.booked_on,
        payment.amount.haler(),
        payment.currency,
        payment.variable_symbol,
        payment.counter_account,
        payment.counter_name,
        payment.message,
        payment.reference
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Which payments of a statement look like one that another statement has brought: a bank says the same in other words in
/// another format, or in another export of the same one, so that references alone do not tell. Formats differ in which day
/// they call that of the booking, hence a few days of difference between them.
///
/// # Errors
/// When the database fails.
pub async fn repeated(tx: &mut Tx, statement: BankStatementId) -> Result<Vec<BankPaymentId>, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: BankPaymentId" from bank_payment p join bank_statement s on s.id = p.statement_id
           where p.statement_id = $1 and exists (
               select 1 from bank_payment o join bank_statement f on f.id = o.statement_id
               where o.statement_id <> p.statement_id and o.variable_symbol = p.variable_symbol and o.amount = p.amount
                 and o.currency = p.currency and o.booked_on between p.booked_on - 3 and p.booked_on + 3
                 and (f.format <> s.format or o.booked_on = p.booked_on))"#,
        statement.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What went out of an account, as far as it may undo what came in.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    /// How much, in haléře, above nothing.
    pub amounts: Vec<i64>,
    /// In which currencies.
    pub currencies: Vec<String>,
    /// The variable symbols; empty without one.
    pub symbols: Vec<String>,
    /// The accounts on the other side.
    pub accounts: Vec<String>,
    /// When it was booked.
    pub days: Vec<NaiveDate>,
    /// Whether the bank itself says that it undoes something.
    pub are_reversals: Vec<bool>,
}

/// A payment that came in and is gone again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// Which of what went out, counted from one.
    pub place: i64,
    /// The purchase that the payment had paid.
    pub purchase: Option<PurchaseId>,
}

/// Which of what went out undoes a payment of ours: the same amount, and what the bank calls a reversal of the same symbol or
/// account, or any other row of both. The last payment that fits is the one.
///
/// # Errors
/// When the database fails.
pub async fn undone(tx: &mut Tx, outgoing: &Outgoing) -> Result<Vec<Undone>, DbError> {
    Ok(sqlx::query_as!(
        Undone,
        r#"select r.place as "place!", p.purchase_id as "purchase?: PurchaseId"
           from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::boolean[])
                    with ordinality as r(amount, currency, symbol, account, booked_on, is_reversal, place)
           join lateral (
               select distinct on (b.currency) d.purchase_id
               from bank_payment b left join tax_document d on d.id = b.document_id
               where b.amount = r.amount and b.currency = r.currency and b.booked_on <= r.booked_on
                 and b.booked_on > r.booked_on - 400 and b.state <> 'set_aside'
                 and ((b.variable_symbol <> '' and b.variable_symbol = r.symbol)::integer
                      + (b.counter_account <> '' and b.counter_account = r.account)::integer) > (not r.is_reversal)::integer
               order by b.currency, (b.state = 'matched') desc, b.booked_on desc, b.id desc) p on true
           order by r.place"#,
        &outgoing.amounts,
        &outgoing.currencies,
        &outgoing.symbols,
        &outgoing.accounts,
        &outgoing.days,
        &outgoing.are_reversals
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Notes why a payment was not matched by itself.
///
/// # Errors
/// When the database fails.
pub async fn note_reason(tx: &mut Tx, id: BankPaymentId, reason: Unmatched) -> Result<(), DbError> {
    sqlx::query!("update bank_payment set reason = $2 where id = $1", id.0, reason.code()).execute(&mut **tx).await?;
    Ok(())
}

/// What was decided about a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It pays this document.
    Pays(DocumentId),
    /// It pays this invoice from before.
    PaysEarlier(EarlierInvoiceId),
    /// It pays nothing of ours.
    SetAside,
}

/// Decides about a payment, for good.
///
/// * `by` – nobody when it was matched by itself
///
/// # Errors
/// When the database fails, also because it was decided before.
pub async fn decide(
    tx: &mut Tx,
    id: BankPaymentId,
    decision: Decision,
    by: Option<StaffId>,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let (state, document, earlier) = match decision {
        Decision::Pays(document) => (PaymentState::Matched, Some(document.0), None),
        Decision::PaysEarlier(invoice) => (PaymentState::Matched, None, Some(invoice.0)),
        Decision::SetAside => (PaymentState::SetAside, None, None),
    };
    sqlx::query!(
        "update bank_payment
         set state = $2, document_id = $3, earlier_invoice_id = $4, reason = null, decided_at = $5, staff_id = $6, note = $7
         where id = $1",
        id.0,
        state.code(),
        document,
        earlier,
        now,
        by.map(|staff| staff.0),
        note
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A payment as far as deciding about it cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPayment {
    /// The day on which the bank booked it.
    pub booked_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// In which currency.
    pub currency: String,
    /// Whether it was decided, and how: what it pays, and the note.
    pub decided: Option<(Decision, String)>,
}

/// A payment; what it pays is [locked](lock).
///
/// # Errors
/// When the database fails.
pub async fn payment(tx: &mut Tx, id: BankPaymentId) -> Result<Option<OpenPayment>, DbError> {
    let row = sqlx::query!(
        r#"select booked_on, amount as "amount: Money", currency, state as "state: PaymentState",
                  document_id as "document: DocumentId", earlier_invoice_id as "earlier: EarlierInvoiceId", note
           from bank_payment where id = $1"#,
        id.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| OpenPayment {
        booked_on: row.booked_on,
        amount: row.amount,
        currency: row.currency,
        decided: match (row.state, row.document, row.earlier) {
            (PaymentState::Unmatched, ..) => None,
            (_, Some(document), _) => Some((Decision::Pays(document), row.note)),
            (_, None, Some(invoice)) => Some((Decision::PaysEarlier(invoice), row.note)),
            (_, None, None) => Some((Decision::SetAside, row.note)),
        },
    }))
}

/// A document that asks for a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDocument {
    /// Which.
    pub id: DocumentId,
    /// Its number.
    pub number: String,
    /// Under which symbol it is paid.
    pub symbol: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Whose.
    pub customer: CustomerId,
    /// The purchase that it is about.
    pub purchase: Option<PurchaseId>,
    /// What it asks for, including VAT: less what was credited of it.
    pub total: Money,
    /// The day on which it was issued.
    pub issued_on: NaiveDate,
}

/// The documents with some numbers that ask for a payment.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn documents(tx: &mut Tx, numbers: &[String]) -> Result<Vec<FoundDocument>, DbError> {
    Ok(sqlx::query_as!(
        FoundDocument,
        r#"select id as "id: DocumentId", number, symbol as "symbol!", kind as "kind: DocumentKind", customer_id as "customer: CustomerId",
                  purchase_id as "purchase: PurchaseId", asked_by(id) as "total!: Money",
                  (issued_at at time zone 'Europe/Prague')::date as "issued_on!"
           from tax_document where (number = any($1) or symbol = any($1)) and kind in ('proforma', 'invoice') order by number"#,
        numbers
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What a document asks for, including VAT: less what was credited of it.
///
/// # Errors
/// When the database fails.
pub async fn asked(tx: &mut Tx, document: DocumentId) -> Result<Money, DbError> {
    Ok(sqlx::query_scalar!(r#"select asked_by($1) as "asked!: Money""#, document.0).fetch_one(&mut **tx).await?)
}

/// What came in for a document so far.
///
/// # Errors
/// When the database fails.
pub async fn paid(tx: &mut Tx, document: DocumentId) -> Result<Money, DbError> {
    Ok(sqlx::query_scalar!(r#"select paid_by_transfer($1) as "paid!: Money""#, document.0).fetch_one(&mut **tx).await?)
}

/// A page of the statements, the newest first.
///
/// * `before` – the last one of the page before
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn statements(
    tx: &mut Tx,
    before: Option<BankStatementId>,
    size: usize,
) -> Result<Page<ImportedStatement, BankStatementId>, DbError> {
    let found = sqlx::query!(
        r#"select s.id as "id: BankStatementId", s.file_name, s.format as "format: StatementFormat", s.imported_at,
                  s.source as "source: StatementSource", f.name as "by?", s.lines as "lines: Natural",
                  s.incoming as "incoming: Natural", p.matched as "matched!: Natural", p.unmatched as "unmatched!: Natural",
                  u.rows as "unread_count!: Natural", u.lines as "unread_lines!", u.faults as "unread_faults!",
                  s.told as "told: Money", s.found as "found: Money"
           from (select * from bank_statement where $1::bigint is null or id < $1 order by id desc limit $2) s
           left join staff f on f.id = s.staff_id
           cross join lateral (
               select count(*) filter (where b.state = 'matched') as matched, count(*) filter (where b.state = 'unmatched') as unmatched
               from bank_payment b where b.statement_id = s.id) p
           cross join lateral (
               select count(*) as rows, coalesce(array_agg(r.line order by r.place) filter (where r.place <= $3), '{}') as lines,
                      coalesce(array_agg(r.fault order by r.place) filter (where r.place <= $3), '{}') as faults
               from bank_statement_unread r where r.statement_id = s.id) u
           order by s.id desc"#,
        before.map(|id| id.0),
        limit(size),
        integer(MOST_UNREAD)?
    )
    .fetch_all(&mut **tx)
    .await?;
    let rows = found.into_iter().map(|row| {
        let unread = row.unread_lines.into_iter().zip(row.unread_faults);
        let unread = unread.filter_map(|(line, fault)| {
            Some(StatementRefused { line: line.try_into().ok()?, fault: StatementFault::from_code(&fault)? })
        });
        ImportedStatement {
            id: row.id,
            file_name: row.file_name,
            format: row.format,
            imported_at: row.imported_at,
            source: row.source,
            by: row.by,
            lines: row.lines.into(),
            incoming: row.incoming.into(),
            matched: row.matched.into(),
            unmatched: row.unmatched.into(),
            unread: unread.collect(),
            unread_count: row.unread_count.into(),
            told: row.told,
            found: row.found,
        }
    });
    let found = rows.collect();
    Ok(Page::of(found, size, |last| last.id))
}

/// How many statements there are.
///
/// # Errors
/// When the database fails.
pub async fn statement_count(tx: &mut Tx) -> Result<u32, DbError> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!: Natural" from bank_statement"#);
    Ok(count.fetch_one(&mut **tx).await?.into())
}

/// Payments that wait for a decision, the oldest first, each with the document or the invoice from before that its symbol names;
/// of several, the only one of which exactly as much is left as came, else none.
///
/// # Errors
/// When the database fails or holds a value that makes no sense.
pub async fn unmatched(tx: &mut Tx, at_most: i64) -> Result<Queue<BankPayment>, DbError> {
    let found = sqlx::query!(
        r#"select p.id as "id: BankPaymentId", p.booked_on, p.amount as "amount: Money", p.currency, p.variable_symbol,
                  p.counter_account, p.counter_name, p.message, p.reason as "reason!: Unmatched",
                  coalesce(d.number, e.number) as "number?", d.kind as "kind?: DocumentKind", c.name as "customer?",
                  pu.number as "purchase?: PurchaseNumber", coalesce(d.due_on, e.due_on) as due_on,
                  coalesce(asked_by(d.id), e.total) as "total?: Money",
                  coalesce(paid_of_earlier_invoice(e.id), paid_by_transfer(d.id)) as "paid!: Money", p.waiting as "waiting!: Natural"
           from (select *, count(*) over () as waiting from bank_payment
                 where state = 'unmatched' order by booked_on, id limit $1) p
           left join lateral (
               select o.document_id, o.invoice_id
               from (select a.*, count(*) over () as named, a.unpaid = p.amount as fits,
                            count(*) over (partition by a.unpaid = p.amount) as alike
                     from (select t.id as document_id, null::bigint as invoice_id, asked_by(t.id) - paid_by_transfer(t.id) as unpaid
                           from tax_document t where t.symbol = p.variable_symbol and t.kind in ('proforma', 'invoice')
                           union all
                           select null, i.id, i.total - paid_of_earlier_invoice(i.id)
                           from earlier_invoice i where i.variable_symbol = p.variable_symbol) a) o
               where o.named = 1 or (o.fits and o.alike = 1)) n on true
           left join tax_document d on d.id = n.document_id
           left join earlier_invoice e on e.id = n.invoice_id
           left join customer c on c.id = coalesce(d.customer_id, e.customer_id)
           left join purchase pu on pu.id = d.purchase_id
           order by p.booked_on, p.id"#,
        at_most
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(queue(
        found,
        |row| row.waiting,
        |row| {
            let document = match (row.number, row.customer, row.total) {
                (Some(number), Some(customer), Some(total)) => Some(Payable {
                    number,
                    kind: row.kind,
                    customer,
                    purchase: row.purchase,
                    due_on: row.due_on,
                    total,
                    paid: row.paid,
                }),
                _ => None,
            };
            BankPayment {
                id: row.id,
                booked_on: row.booked_on,
                amount: row.amount,
                currency: row.currency,
                variable_symbol: row.variable_symbol,
                counter_account: row.counter_account,
                counter_name: row.counter_name,
                message: row.message,
                reason: row.reason,
                document,
                candidates: Vec::new(),
            }
        },
    ))
}

/// What came in by transfer for a purchase so far, including VAT.
///
/// # Errors
/// When the database fails.
pub async fn paid_for_purchase(tx: &mut Tx, purchase: PurchaseId) -> Result<Money, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(paid_by_transfer(id)), 0)::bigint as "sum!: Money" from tax_document where purchase_id = $1"#,
        purchase.0
    )
    .fetch_one(&mut **tx)
    .await?)
}
