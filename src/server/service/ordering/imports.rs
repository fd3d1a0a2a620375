//! Taking over tables: each line is new, changed, the same, or wrong; what is wrong is told, and the rest is taken.
//!
//! Lines are taken some hundreds at a time, each lot in a transaction: an import that is killed has taken whole lots, and finds
//! them the same when it is run again. One that is only tried does all of it in one transaction, and takes that back.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    model::{
        base::{
            calendar::{from_local, to_local},
            fields::FieldCode,
            ids::StaffId,
        },
        ordering::imports::{
            Appointment, Balance, Contact, Contract, Counts, Customer, Header, ImportFault, ImportKind, ImportPage,
            ImportReport, Licence, LineProblem, OpenInvoice, Person, Price, Program, Row, Series, Skill, SoldBundle,
            Technician, WorkType,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Manager,
            events::{SecurityEvent, record},
        },
        db::{
            DbError, Tx,
            locks::{self, Lock},
            ordering::imports::{self, CreditedBalance, Refusal},
        },
        sheets::{self, Sheet, SourceFile},
    },
};

/// How many lines are taken in one transaction.
const LOT: usize = 500;
/// How long another import may take, in seconds.
const BUSY_FOR: u32 = 30;

/// What `/settings/import` shows.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, manager: &Manager) -> Result<ImportPage, Problem> {
    let mut tx = app.db.staff().await?;
    let last = imports::last(&mut tx, manager.id()).await?;
    Ok(match last {
        Some((report, dry_run)) => ImportPage { last: Some(report), dry_run },
        None => ImportPage { last: None, dry_run: false },
    })
}

/// The same of a file as a form sends it, in hexadecimal digits.
///
/// # Errors
/// [`Problem::Invalid`] without a file; as [`import`].
pub async fn import_sent(
    app: &App,
    manager: &Manager,
    file_name: &str,
    file: &str,
    dry_run: bool,
) -> Result<ImportReport, Problem> {
    if file.is_empty() {
        return Err(Problem::field("file", FieldCode::Missing));
    }
    let bytes = hex::decode(file).map_err(|_| Problem::Malformed)?;
    let name = sheets::name(file_name);
    import(app, Some(manager.id()), &[SourceFile { name, bytes }], dry_run).await
}

/// Takes over, or tries to, what is in the tables of some files; for a manager, or for whoever may run commands on the server.
///
/// # Errors
/// [`Problem::Busy`] while another import runs; [`Problem::Unavailable`] when the database does not answer: what was taken by then
/// is found the same when it is run again.
pub async fn import(
    app: &App,
    by: Option<StaffId>,
    files: &[SourceFile],
    dry_run: bool,
) -> Result<ImportReport, Problem> {
    // Held until the end, beside the transactions of the lots.
    let mut lock = app.db.staff().await?;
    if !locks::try_take(&mut lock, Lock::Imports).await? {
        return Err(Problem::Busy { retry_after_s: BUSY_FOR });
    }
    let files = files.to_vec();
    // Large ones take a while, in which this thread serves others.
    let read = tokio::task::spawn_blocking(move || sheets::read(&files)).await;
    let (sheets, problems) = read.map_err(|_| Problem::Unavailable)?;
    let mut run = Run { app, by, dry_run, now: app.clock.now(), tx: None, report: ImportReport::default() };
    for problem in problems {
        run.report.add(problem);
    }
    for sheet in &sheets {
        if let Some(encoding) = sheet.encoding.filter(|encoding| encoding.is_assumed()) {
            run.report.encodings.push((sheet.file.clone(), encoding));
        }
    }
    for sheet in sheets.iter().filter(|sheet| ImportKind::from_code(&sheet.name).is_none()) {
        run.wrong(&sheet.file, 0, "", ImportFault::UnknownFile);
    }
    for kind in ImportKind::ALL {
        let of_kind: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.name == kind.code()).collect();
        if !of_kind.is_empty() {
            run.kind(*kind, &of_kind).await?;
        }
    }
    let Run { tx, report, .. } = run;
    drop(tx);
    let mut tx = app.db.staff().await?;
    imports::note(&mut tx, by, dry_run, &report, app.clock.now()).await?;
    tx.commit().await?;
    // Not left to a connection that is taken back some time later: whoever imports next need not wait.
    lock.rollback().await?;
    Ok(report)
}

/// An import under way.
struct Run<'a> {
    app: &'a App,
    by: Option<StaffId>,
    dry_run: bool,
    now: DateTime<Utc>,
    /// The lot's transaction, once it has begun.
    tx: Option<Tx>,
    report: ImportReport,
}

/// A line that reads as a row.
struct Read<'a, R> {
    sheet: &'a Sheet,
    /// Which columns the sheet has.
    header: &'a Header,
    line: usize,
    row: R,
}

impl<R: Row> Read<'_, R> {
    /// Takes what is known for what the sheet has no column for: it says nothing of that, and so changes nothing.
    fn complete(&mut self, known: &R) -> Result<(), Problem> {
        let absent = R::COLUMNS.iter().filter(|column| !self.header.has(column.name));
        let mut row = serde_json::to_value(&self.row).map_err(|error| internal(&error))?;
        let known = serde_json::to_value(known).map_err(|error| internal(&error))?;
        for column in absent {
            row[column.name] = known[column.name].clone();
        }
        self.row = serde_json::from_value(row).map_err(|error| internal(&error))?;
        Ok(())
    }
}

impl Run<'_> {
    async fn kind(&mut self, kind: ImportKind, sheets: &[&Sheet]) -> Result<(), Problem> {
        let counts = match kind {
            ImportKind::Skills => self.table::<Skill>(sheets).await?,
            ImportKind::Programs => self.table::<Program>(sheets).await?,
            ImportKind::WorkTypes => self.table::<WorkType>(sheets).await?,
            ImportKind::Technicians => self.table::<Technician>(sheets).await?,
            ImportKind::Series => self.table::<Series>(sheets).await?,
            ImportKind::Prices => self.table::<Price>(sheets).await?,
            ImportKind::Bundles => self.table::<SoldBundle>(sheets).await?,
            ImportKind::Customers => self.table::<Customer>(sheets).await?,
            ImportKind::People => self.table::<Person>(sheets).await?,
            ImportKind::Contacts => self.table::<Contact>(sheets).await?,
            ImportKind::Licences => self.table::<Licence>(sheets).await?,
            ImportKind::Contracts => self.table::<Contract>(sheets).await?,
            ImportKind::Balances => self.table::<Balance>(sheets).await?,
            ImportKind::Invoices => self.table::<OpenInvoice>(sheets).await?,
            ImportKind::Appointments => self.table::<Appointment>(sheets).await?,
        };
        self.report.tables.push((kind, counts));
        Ok(())
    }

    async fn table<R: Row>(&mut self, sheets: &[&Sheet]) -> Result<Counts, Problem> {
        let mut counts = Counts::default();
        let mut seen = HashSet::new();
        for sheet in sheets {
            let (header, faults) = Header::of(R::COLUMNS, &sheet.header);
            for (column, fault) in &faults {
                self.wrong(&sheet.file, 1, column, *fault);
            }
            if faults.iter().any(|(_, fault)| *fault == ImportFault::MissingColumn) {
                counts.wrong += count(sheet.lines.len());
                continue;
            }
            for lot in sheet.lines.chunks(LOT) {
                let rows = self.read::<R>(sheet, &header, lot, &mut seen);
                counts.wrong += count(lot.len() - rows.len());
                self.take(rows, &mut counts).await?;
                self.settle().await?;
            }
        }
        Ok(counts)
    }

    /// The lot's transaction, which begins with its first statement: beside the lock's connection it takes one more.
    async fn tx(&mut self) -> Result<&mut Tx, Problem> {
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.app.db.staff().await?,
        };
        Ok(self.tx.insert(tx))
    }

    /// Ends the lot's transaction; one that is only tried goes on in the same.
    async fn settle(&mut self) -> Result<(), Problem> {
        if !self.dry_run
            && let Some(tx) = self.tx.take()
        {
            tx.commit().await?;
            record(SecurityEvent::Imported);
        }
        Ok(())
    }

    /// The lines of a lot that read as rows, each key once.
    fn read<'a, R: Row>(
        &mut self,
        sheet: &'a Sheet,
        header: &'a Header,
        lot: &[(usize, Vec<String>)],
        seen: &mut HashSet<String>,
    ) -> Vec<Read<'a, R>> {
        let mut rows = Vec::with_capacity(lot.len());
        for (line, cells) in lot {
            if let Some(place) = cells.iter().position(|cell| sheets::is_garbled(cell)) {
                let column = sheet.header.get(place).map(String::as_str).unwrap_or_default();
                self.wrong(&sheet.file, *line, column, ImportFault::Garbled);
                continue;
            }
            match R::read(header, cells) {
                Ok(row) if seen.insert(row.key()) => rows.push(Read { sheet, header, line: *line, row }),
                Ok(_) => self.wrong(&sheet.file, *line, R::COLUMNS[0].name, ImportFault::TwiceInTheFile),
                Err(faults) => {
                    for (column, fault) in faults {
                        self.wrong(&sheet.file, *line, column, fault);
                    }
                }
            }
        }
        rows
    }

    async fn take<R: Row>(&mut self, rows: Vec<Read<'_, R>>, counts: &mut Counts) -> Result<(), Problem> {
        let before = rows.len();
        let rows = self.without_overtaken(rows);
        let rows = self.with_what_they_name(rows).await?;
        counts.wrong += count(before - rows.len());
        if rows.is_empty() {
            return Ok(());
        }
        imports::adopt(self.tx().await?, R::KIND, &json(&rows)?).await?;
        let keys: Vec<String> = rows.iter().map(|read| read.row.key()).collect();
        let now = self.now;
        let today = to_local(now).date();
        let known = imports::stored(self.tx().await?, R::KIND, &keys, now).await?;
        let known = known.into_iter().map(|row| serde_json::from_value::<R>(row).map(|row| (row.key(), row)));
        let known: HashMap<String, R> = known.collect::<Result<_, _>>().map_err(|error| internal(&error))?;
        let settled = imports::settled(self.tx().await?, R::KIND, &keys, now).await?;
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for mut read in rows {
            if let Some(known) = known.get(&read.row.key()) {
                read.complete(known)?;
            }
            match known.get(&read.row.key()) {
                None => match read.row.fault_on(today, None) {
                    Some((column, fault)) => {
                        counts.wrong += 1;
                        self.wrong(&read.sheet.file, read.line, column, fault);
                    }
                    None => new.push(read),
                },
                Some(row) if *row == read.row => counts.same += 1,
                Some(_) if R::KIND == ImportKind::Appointments => counts.same += 1,
                Some(row) => {
                    let column = unchangeable(row, &read.row, settled.contains(&row.key()));
                    let fault = column.map(|column| (column, ImportFault::CannotChange));
                    match fault.or_else(|| read.row.fault()).or_else(|| read.row.fault_on(today, Some(row))) {
                        Some((column, fault)) => {
                            counts.wrong += 1;
                            self.wrong(&read.sheet.file, read.line, column, fault);
                        }
                        None => changed.push(read),
                    }
                }
            }
        }
        let new = self.only_to_come(new, counts);
        let new = self.with_right_balances(new, counts).await?;
        for (rows, are_new) in [(new, true), (changed, false)] {
            let all = count(rows.len());
            let wrong = self.write(rows, are_new).await?;
            counts.wrong += wrong;
            *(if are_new { &mut counts.new } else { &mut counts.changed }) += all - wrong;
        }
        Ok(())
    }

    /// Without rows that hold from a day that has come, where another one of the lot holds since.
    fn without_overtaken<'r, R: Row>(&mut self, rows: Vec<Read<'r, R>>) -> Vec<Read<'r, R>> {
        let today = to_local(self.now).date();
        let come = |read: &Read<'_, R>| read.row.holds_from().filter(|from| *from <= today);
        let latest = rows.iter().filter_map(come).max();
        let (kept, overtaken): (Vec<_>, Vec<_>) = rows.into_iter().partition(|read| {
            let from = come(read);
            from.is_none() || from == latest
        });
        for read in overtaken {
            self.wrong(&read.sheet.file, read.line, R::COLUMNS[0].name, ImportFault::InThePast);
        }
        kept
    }

    /// The rows that name nothing that there is not.
    async fn with_what_they_name<'r, R: Row>(&mut self, rows: Vec<Read<'r, R>>) -> Result<Vec<Read<'r, R>>, Problem> {
        let mut named: HashMap<ImportKind, Vec<String>> = HashMap::new();
        for reference in rows.iter().flat_map(|read| read.row.references()) {
            named.entry(reference.kind).or_default().push(reference.key.to_owned());
        }
        let mut known = HashSet::new();
        for (kind, keys) in named {
            let found = imports::known(self.tx().await?, kind, &keys).await?;
            known.extend(found.into_iter().map(|key| (kind, key)));
        }
        let mut kept = Vec::with_capacity(rows.len());
        for read in rows {
            let unknown = read.row.references().into_iter();
            let mut unknown = unknown.filter(|named| !known.contains(&(named.kind, named.key.to_owned())));
            match unknown.next().map(|named| named.column) {
                Some(column) => self.wrong(&read.sheet.file, read.line, column, ImportFault::UnknownKey),
                None => kept.push(read),
            }
        }
        Ok(kept)
    }

    /// Without balances of periods that were credited already, where that cannot be put right.
    async fn with_right_balances<'r, R: Row>(
        &mut self,
        rows: Vec<Read<'r, R>>,
        counts: &mut Counts,
    ) -> Result<Vec<Read<'r, R>>, Problem> {
        if R::KIND != ImportKind::Balances || rows.is_empty() {
            return Ok(rows);
        }
        let credited = imports::credited_balances(self.tx().await?, &json(&rows)?).await?;
        let mut kept = Vec::with_capacity(rows.len());
        for read in rows {
            let fault = match credited.iter().find(|balance| balance.key == read.row.key()) {
                Some(CreditedBalance { is_used: true, .. }) => ImportFault::UsedSince,
                Some(CreditedBalance { is_more: true, .. }) => ImportFault::OutOfRange,
                Some(CreditedBalance { .. }) | None => {
                    kept.push(read);
                    continue;
                }
            };
            counts.wrong += 1;
            self.wrong(&read.sheet.file, read.line, "minutes", fault);
        }
        Ok(kept)
    }

    /// Without appointments that have begun.
    fn only_to_come<'r, R: Row>(&mut self, rows: Vec<Read<'r, R>>, counts: &mut Counts) -> Vec<Read<'r, R>> {
        let mut kept = Vec::with_capacity(rows.len());
        for read in rows {
            let start = read.row.begins().map(|start| from_local(start.date(), start.time()));
            if start.is_some_and(|start| start <= self.now) {
                counts.wrong += 1;
                self.wrong(&read.sheet.file, read.line, "start", ImportFault::InThePast);
            } else {
                kept.push(read);
            }
        }
        kept
    }

    /// Writes rows; of those that the database does not take, which are found by halving, none. How many these are.
    async fn write<R: Row>(&mut self, rows: Vec<Read<'_, R>>, are_new: bool) -> Result<u32, Problem> {
        let mut wrong = 0;
        let mut left = vec![rows];
        while let Some(mut rows) = left.pop() {
            if rows.is_empty() {
                continue;
            }
            imports::mark(self.tx().await?).await?;
            let refusal = self.write_all(&rows, are_new).await?;
            imports::unmark(self.tx().await?, refusal.is_some()).await?;
            match refusal {
                None => {}
                Some(refusal) if rows.len() == 1 => {
                    let (column, fault) = fault::<R>(refusal);
                    wrong += 1;
                    self.wrong(&rows[0].sheet.file, rows[0].line, column, fault);
                }
                Some(_) => {
                    let second = rows.split_off(rows.len() / 2);
                    // The first half is taken first.
                    left.extend([second, rows]);
                }
            }
        }
        Ok(wrong)
    }

    async fn write_all<R: Row>(&mut self, rows: &[Read<'_, R>], are_new: bool) -> Result<Option<Refusal>, Problem> {
        let json = json(rows)?;
        let (by, now) = (self.by, self.now);
        let tx = self.tx().await?;
        let written = if are_new {
            imports::insert(tx, R::KIND, &json, by, now).await
        } else {
            imports::update(tx, R::KIND, &json, by, now).await.map(|()| true)
        };
        match written {
            Ok(true) => Ok(None),
            Ok(false) => Ok(Some(Refusal::Nowhere)),
            Err(error) => Refusal::of(&error).map(Some).ok_or_else(|| error.into()),
        }
    }

    fn wrong(&mut self, file: &str, line: usize, column: &str, fault: ImportFault) {
        self.report.add(LineProblem { file: file.to_owned(), line, column: sheets::name(column), fault });
    }
}

/// The rows as the database reads them.
fn json<R: Row>(rows: &[Read<'_, R>]) -> Result<Value, Problem> {
    let rows: Result<Vec<Value>, _> = rows.iter().map(|read| serde_json::to_value(&read.row)).collect();
    rows.map(Value::Array).map_err(|error| internal(&error))
}

fn internal(error: &serde_json::Error) -> Problem {
    DbError::Unknown { column: "a row of an import", value: error.to_string() }.into()
}

/// Lines are at most some hundred thousand.
fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// The column in which two rows of a key differ though it cannot be changed, if there is one.
fn unchangeable<R: Row>(known: &R, row: &R, is_settled: bool) -> Option<&'static str> {
    let columns: &[&str] = match R::KIND {
        // Minutes that were credited are in the ledger.
        ImportKind::Balances => return Some("key"),
        // Work was done and minutes were credited by these terms, or somebody has agreed on others: an amendment changes them.
        ImportKind::Contracts if is_settled => &[
            "customer",
            "tier",
            "from",
            "until",
            "minutes_per_period",
            "period",
            "rollover",
            "rate",
            "urgent_rate",
            "minimum",
            "ceiling",
            "fee",
            "fee_period",
        ],
        ImportKind::Prices if is_settled => &["rate", "minimum_with_contract", "minimum_one_off"],
        ImportKind::Bundles if is_settled => &["minutes", "price", "validity_months"],
        // What came for it was matched with it as it is.
        ImportKind::Invoices if is_settled => &["customer", "variable_symbol", "total", "paid"],
        // What has a history of its own stays whose it is.
        ImportKind::People | ImportKind::Contracts => &["customer"],
        // Who leaves hands appointments over, in the portal.
        ImportKind::Technicians => &["active"],
        _ => &[],
    };
    let (known, row) = (known.write(), row.write());
    let differs = |name: &str| {
        let place = R::COLUMNS.iter().position(|column| column.name == name);
        place.is_some_and(|place| known.get(place) != row.get(place))
    };
    let lost_address = || {
        let place = R::COLUMNS.iter().position(|column| column.name == "email")?;
        let is_lost = row.get(place).is_some_and(String::is_empty) && known.get(place) != row.get(place);
        is_lost.then_some("email")
    };
    columns.iter().find(|name| differs(name)).copied().or_else(lost_address)
}

/// Where the fault is that made the database refuse a row.
fn fault<R: Row>(refusal: Refusal) -> (&'static str, ImportFault) {
    let own = match R::KIND {
        ImportKind::Programs | ImportKind::WorkTypes => "name",
        ImportKind::Customers => "ico",
        ImportKind::People | ImportKind::Technicians => "email",
        ImportKind::Contracts | ImportKind::Invoices => "number",
        ImportKind::Series => "next",
        ImportKind::Prices => "from",
        ImportKind::Skills | ImportKind::Bundles | ImportKind::Balances | ImportKind::Appointments => "key",
        ImportKind::Contacts | ImportKind::Licences => "customer",
    };
    match (refusal, R::KIND) {
        (Refusal::Used, _) => (own, ImportFault::AlreadyUsed),
        (Refusal::Overlaps, ImportKind::Balances) => ("from", ImportFault::Credited),
        (Refusal::Overlaps, ImportKind::Bundles) => ("from", ImportFault::CannotChange),
        (Refusal::Overlaps, ImportKind::Appointments) => ("start", ImportFault::Taken),
        (Refusal::Overlaps, _) => ("from", ImportFault::OverlapsAnother),
        (Refusal::Nowhere, ImportKind::Customers) => ("region", ImportFault::UnknownKey),
        (Refusal::Nowhere, ImportKind::Contracts) => ("tier", ImportFault::UnknownWord),
        (Refusal::Nowhere, ImportKind::Appointments) => ("technician", ImportFault::Taken),
        (Refusal::Nowhere, _) => (own, ImportFault::UnknownKey),
        (Refusal::Broken, ImportKind::Series) => (own, ImportFault::Issued),
        (Refusal::Broken, _) => (own, ImportFault::Refused),
    }
}
