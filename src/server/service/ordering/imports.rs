//! Taking over tables: each line is new, changed, the same, or wrong; what is wrong is told, and the rest is taken.
//!
//! Lines are taken some hundreds at a time, each lot in a transaction: an import that is killed has taken whole lots, and finds
//! them the same when it is run again. One that is only tried does all of it in one transaction, and takes that back.

mod faults;
mod lines;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use self::{
    faults::{fault, fault_of_new, unchangeable},
    lines::{Read, Seen, internal, json, lots},
};
use crate::{
    model::{
        base::{
            calendar::{from_local, to_local},
            fields::FieldCode,
            ids::StaffId,
        },
        minutes::contracts::{LARGEST_FILE, PDF_MAGIC},
        ordering::imports::{
            Absence, Appointment, Balance, ClosedDay, ComputerProgram, Contact, Contract, Counts, Customer,
            CustomerComputer, CustomerStanding, Header, ImportFault, ImportKind, ImportPage, ImportReport, Licence,
            LineProblem, OpenInvoice, Person, PlanWeek, Price, Program, ProgramVersion, Region, Row, Series,
            SignedFile, Skill, SoldBundle, Technician, Tier, WorkType,
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
            Tx,
            locks::{self, Lock},
            ordering::imports::{self, CreditedBalance, Refusal},
            savepoints,
        },
        sheets::{self, Sheet, SourceFile},
    },
};

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

/// What a file beside the tables holds, by the way to it that a line says; none when there is no such file.
pub type Beside<'a> = &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// Takes over, or tries to, what is in the tables of some files; for a manager, or for whoever may run commands on the server. Files
/// that lines name are among them, or in archives that are.
///
/// # Errors
/// As [`import_beside`].
pub async fn import(
    app: &App,
    by: Option<StaffId>,
    files: &[SourceFile],
    dry_run: bool,
) -> Result<ImportReport, Problem> {
    import_beside(app, by, files, &|_| None, dry_run).await
}

/// As [`import`], with files that stand beside the tables, of which each is read when a line names it.
///
/// # Errors
/// [`Problem::Busy`] while another import runs; [`Problem::Unavailable`] when the database does not answer: what was taken by then
/// is found the same when it is run again.
pub async fn import_beside(
    app: &App,
    by: Option<StaffId>,
    files: &[SourceFile],
    beside: Beside<'_>,
    dry_run: bool,
) -> Result<ImportReport, Problem> {
    // Held until the end, beside the transactions of the lots.
    let mut lock = app.db.staff().await?;
    if !locks::try_take(&mut lock, Lock::Imports).await? {
        return Err(Problem::Busy { retry_after_s: BUSY_FOR });
    }
    let files = files.to_vec();
    // Large ones take a while, in which this thread serves others.
    let read = tokio::task::spawn_blocking(move || (sheets::read(&files), sheets::pdfs(&files))).await;
    let ((sheets, problems), pdfs) = read.map_err(|_| Problem::Unavailable)?;
    let find = |way: &str| beside(way).or_else(|| sheets::at(&pdfs, way));
    let mut run =
        Run { app, by, beside: &find, dry_run, now: app.clock.now(), tx: None, report: ImportReport::default() };
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
    beside: Beside<'a>,
    dry_run: bool,
    now: DateTime<Utc>,
    /// The lot's transaction, once it has begun.
    tx: Option<Tx>,
    report: ImportReport,
}

/// Rows that are not known, and rows that are known with something else in them.
type NewAndChanged<'a, R> = (Vec<Read<'a, R>>, Vec<Read<'a, R>>);

impl Run<'_> {
    async fn kind(&mut self, kind: ImportKind, sheets: &[&Sheet]) -> Result<(), Problem> {
        let counts = match kind {
            ImportKind::Regions => self.table::<Region>(sheets).await?,
            ImportKind::Tiers => self.table::<Tier>(sheets).await?,
            ImportKind::Skills => self.table::<Skill>(sheets).await?,
            ImportKind::Programs => self.table::<Program>(sheets).await?,
            ImportKind::ProgramVersions => self.table::<ProgramVersion>(sheets).await?,
            ImportKind::WorkTypes => self.table::<WorkType>(sheets).await?,
            ImportKind::Technicians => self.table::<Technician>(sheets).await?,
            ImportKind::Plans => self.table::<PlanWeek>(sheets).await?,
            ImportKind::Series => self.table::<Series>(sheets).await?,
            ImportKind::Prices => self.table::<Price>(sheets).await?,
            ImportKind::Bundles => self.table::<SoldBundle>(sheets).await?,
            ImportKind::Customers => self.table::<Customer>(sheets).await?,
            ImportKind::People => self.table::<Person>(sheets).await?,
            ImportKind::Contacts => self.table::<Contact>(sheets).await?,
            ImportKind::Licences => self.table::<Licence>(sheets).await?,
            ImportKind::Computers => self.table::<CustomerComputer>(sheets).await?,
            ImportKind::ComputerPrograms => self.table::<ComputerProgram>(sheets).await?,
            ImportKind::Contracts => self.table::<Contract>(sheets).await?,
            ImportKind::ContractFiles => self.table::<SignedFile>(sheets).await?,
            ImportKind::Balances => self.table::<Balance>(sheets).await?,
            ImportKind::Invoices => self.table::<OpenInvoice>(sheets).await?,
            ImportKind::Appointments => self.table::<Appointment>(sheets).await?,
            ImportKind::Absences => self.table::<Absence>(sheets).await?,
            ImportKind::Closures => self.table::<ClosedDay>(sheets).await?,
            ImportKind::Standings => self.table::<CustomerStanding>(sheets).await?,
        };
        self.report.tables.push((kind, counts));
        Ok(())
    }

    async fn table<R: Row>(&mut self, sheets: &[&Sheet]) -> Result<Counts, Problem> {
        let mut counts = Counts::default();
        let mut seen = Seen::default();
        for sheet in sheets {
            let (header, faults) = Header::of(R::COLUMNS, &sheet.header);
            for (column, fault) in &faults {
                self.wrong(&sheet.file, 1, column, *fault);
            }
            if faults.iter().any(|(_, fault)| *fault == ImportFault::MissingColumn) {
                counts.wrong += count(sheet.lines.len());
                continue;
            }
            for lot in lots::<R>(sheet, &header) {
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
            None => {
                let mut tx = self.app.db.staff().await?;
                imports::tell_nobody(&mut tx).await?;
                tx
            }
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
        seen: &mut Seen,
    ) -> Vec<Read<'a, R>> {
        let mut rows = Vec::with_capacity(lot.len());
        for (line, cells) in lot {
            if let Some(place) = cells.iter().position(|cell| sheets::is_garbled(cell)) {
                let column = sheet.header.get(place).map(String::as_str).unwrap_or_default();
                self.wrong(&sheet.file, *line, column, ImportFault::Garbled);
                continue;
            }
            let row = R::read(header, cells);
            let row = row.and_then(|row| self.with_file(row).map_err(|fault| vec![fault]));
            let row = row.and_then(|found| seen.add(&found.0).map(|()| found).map_err(|fault| vec![fault]));
            match row {
                Ok((row, way)) => rows.push(Read { sheet, header, line: *line, row, way }),
                Err(faults) => {
                    for (column, fault) in faults {
                        self.wrong(&sheet.file, *line, header.said(column), fault);
                    }
                }
            }
        }
        rows
    }

    /// A row that knows which file it names, and the way to that; or what is wrong with the file.
    fn with_file<R: Row>(&self, mut row: R) -> Result<(R, String), (&'static str, ImportFault)> {
        let Some(way) = row.file().map(str::to_owned) else { return Ok((row, String::new())) };
        let bytes = (self.beside)(&way).ok_or(("file", ImportFault::NoSuchFile))?;
        if bytes.len() > LARGEST_FILE || !bytes.starts_with(PDF_MAGIC) {
            return Err(("file", ImportFault::NotAPdf));
        }
        row.take_file(&hex::encode(Sha256::digest(&bytes)))?;
        Ok((row, way))
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
        let (new, changed) = self.compare(rows, counts).await?;
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

    /// The rows that are not known, and those that are known with something else in them; what cannot be taken of them is told.
    async fn compare<'r, R: Row>(
        &mut self,
        rows: Vec<Read<'r, R>>,
        counts: &mut Counts,
    ) -> Result<NewAndChanged<'r, R>, Problem> {
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
                None => match fault_of_new(&read.row, today, settled.contains(&read.row.key())) {
                    Some((column, fault)) => {
                        counts.wrong += 1;
                        self.wrong(&read.sheet.file, read.line, read.header.said(column), fault);
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
                            self.wrong(&read.sheet.file, read.line, read.header.said(column), fault);
                        }
                        None => changed.push(read),
                    }
                }
            }
        }
        Ok((new, changed))
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
            self.wrong(&read.sheet.file, read.line, read.header.said(R::COLUMNS[0].name), ImportFault::InThePast);
        }
        kept
    }

    /// The rows that name nothing that there is not.
    async fn with_what_they_name<'r, R: Row>(&mut self, rows: Vec<Read<'r, R>>) -> Result<Vec<Read<'r, R>>, Problem> {
        let mut named: HashMap<ImportKind, Vec<String>> = HashMap::new();
        for reference in rows.iter().flat_map(|read| read.row.references()) {
            named.entry(reference.kind).or_default().push(reference.key.into_owned());
        }
        let mut known = HashSet::new();
        for (kind, keys) in named {
            let found = imports::known(self.tx().await?, kind, &keys).await?;
            known.extend(found.into_iter().map(|key| (kind, key)));
        }
        let mut kept = Vec::with_capacity(rows.len());
        for read in rows {
            let unknown = read.row.references().into_iter();
            let mut unknown = unknown.filter(|named| !known.contains(&(named.kind, named.key.clone().into_owned())));
            match unknown.next().map(|named| named.column) {
                Some(column) => {
                    self.wrong(&read.sheet.file, read.line, read.header.said(column), ImportFault::UnknownKey);
                }
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
            self.wrong(&read.sheet.file, read.line, read.header.said("minutes"), fault);
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
                self.wrong(&read.sheet.file, read.line, read.header.said("start"), ImportFault::InThePast);
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
            savepoints::mark(self.tx().await?).await?;
            let refusal = self.write_all(&rows, are_new).await?;
            savepoints::unmark(self.tx().await?, refusal.is_some()).await?;
            match refusal {
                None => {}
                Some(refusal) if rows.len() == 1 => {
                    let (column, fault) = fault::<R>(refusal);
                    wrong += 1;
                    self.wrong(&rows[0].sheet.file, rows[0].line, rows[0].header.said(column), fault);
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
        let (by, now, beside, is_trial) = (self.by, self.now, self.beside, self.dry_run);
        let tx = self.tx().await?;
        let written = match (R::KIND, are_new) {
            (ImportKind::ContractFiles, true) => {
                let files: Vec<_> = rows.iter().map(|read| beside(&read.way).unwrap_or_default()).collect();
                imports::keep_files(tx, &json, &files).await.map(|()| true)
            }
            (_, true) => imports::insert(tx, R::KIND, &json, by, now, is_trial).await,
            (_, false) => imports::update(tx, R::KIND, &json, by, now).await,
        };
        match written {
            Ok(true) => Ok(None),
            Ok(false) => Ok(Some(Refusal::LeftOut)),
            Err(error) => Refusal::of(&error).map(Some).ok_or_else(|| error.into()),
        }
    }

    fn wrong(&mut self, file: &str, line: usize, column: &str, fault: ImportFault) {
        self.report.add(LineProblem { file: file.to_owned(), line, column: sheets::name(column), fault });
    }
}

/// Lines are at most some hundred thousand.
fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}
