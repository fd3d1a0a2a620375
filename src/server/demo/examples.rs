//! What the demo stands on: the tables of `examples/import`, as they are built into the program. The import takes them over, as it
//! takes over anybody's.
//!
//! Most of them hold no day, and the days of contracts and balances hold however long ago they were. What is agreed is far ahead in
//! them, and is moved by whole weeks. Where numbers go on is no table of the demo: its year has numbers of its own.

use anyhow::{Context, ensure};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use super::catalogue::{STORIES, Story};
use crate::{
    model::{
        base::calendar::{BusinessCalendar, to_local},
        ordering::imports::{
            Appointment, Customer, Header, ImportKind, Licence, LineProblem, Person, PlanWeek, Row, Technician,
            WorkType,
        },
        people::members::Capability,
    },
    server::{
        app::App,
        service::ordering::imports,
        sheets::{self, SourceFile, write_csv},
    },
    ui::{import_words, texts::Locale},
};

macro_rules! tables {
    ($($kind:ident: $file:literal,)+) => {
        &[$( (ImportKind::$kind, concat!($file, ".csv"), include_str!(concat!("../../../examples/import/", $file, ".csv"))) ),+]
    };
}

/// The tables, each with its kind and the name of its file.
const TABLES: &[(ImportKind, &str, &str)] = tables![
    Regions: "regions",
    Skills: "skills",
    Programs: "programs",
    WorkTypes: "work_types",
    Technicians: "technicians",
    Plans: "plans",
    Prices: "prices",
    Bundles: "bundles",
    Customers: "customers",
    People: "people",
    Contacts: "contacts",
    Licences: "licences",
    Contracts: "contracts",
    Invoices: "invoices",
    Balances: "balances",
    Appointments: "appointments",
];

/// Those of them of which it matters since when they are known.
const TERMS: [ImportKind; 3] = [ImportKind::Prices, ImportKind::Contracts, ImportKind::Balances];

/// The heading of addresses in them.
const ADDRESS: &str = "e-mail";

/// In how many weeks what is agreed begins: behind all that fills the technicians' diaries.
const WEEKS_AHEAD: u64 = 3;

/// What the tables say that the demo's history is made of, in the order of their lines.
pub(super) struct Examples {
    pub customers: Vec<Customer>,
    pub people: Vec<Person>,
    pub technicians: Vec<Technician>,
    pub work: Vec<Work>,
    plans: Vec<PlanWeek>,
    licences: Vec<Licence>,
    appointments: Vec<Appointment>,
}

/// A kind of work, and what is told of it.
pub(super) struct Work {
    pub kind: WorkType,
    pub told: &'static Story,
}

impl Examples {
    /// Reads the tables.
    ///
    /// # Errors
    /// When they are wrong: where and why.
    pub fn read() -> anyhow::Result<Self> {
        let work = rows::<WorkType>()?.into_iter().map(|kind| -> anyhow::Result<Work> {
            let told = STORIES.iter().find(|story| story.key == kind.key.0);
            let told = told.with_context(|| format!("nothing is told of the kind of work {}", kind.key.0))?;
            Ok(Work { kind, told })
        });
        Ok(Self {
            customers: rows()?,
            people: rows()?,
            technicians: rows()?,
            work: work.collect::<anyhow::Result<_>>()?,
            plans: rows()?,
            licences: rows()?,
            appointments: rows()?,
        })
    }

    /// The place of a person's customer; the import has refused who has none.
    pub fn customer_of(&self, person: usize) -> usize {
        self.customers.iter().position(|customer| customer.key == self.people[person].customer).unwrap_or(0)
    }

    /// Who orders for a customer: places among the people.
    pub fn orderers(&self, customer: usize) -> Vec<usize> {
        let may_order = |person: &usize| self.people[*person].capabilities.0.contains(&Capability::Order);
        (0..self.people.len()).filter(|person| self.customer_of(*person) == customer).filter(may_order).collect()
    }

    /// The keys of the programs that a customer runs.
    pub fn programs_of(&self, customer: usize) -> Vec<&str> {
        let customer = &self.customers[customer].key;
        self.licences
            .iter()
            .filter(|licence| licence.customer == *customer)
            .map(|licence| &*licence.program.0)
            .collect()
    }

    /// When a technician works on a day.
    pub fn hours_of(&self, technician: usize, date: NaiveDate) -> &[(NaiveTime, NaiveTime)] {
        let technician = &self.technicians[technician].key;
        let Some(week) = self.plans.iter().find(|week| week.technician == *technician) else { return &[] };
        let hours = match date.weekday() {
            Weekday::Mon => &week.monday,
            Weekday::Tue => &week.tuesday,
            Weekday::Wed => &week.wednesday,
            Weekday::Thu => &week.thursday,
            Weekday::Fri => &week.friday,
            Weekday::Sat => &week.saturday,
            Weekday::Sun => &week.sunday,
        };
        &hours.0
    }

    /// Whether a technician knows what a kind of work needs.
    pub fn is_able(&self, technician: usize, work: usize) -> bool {
        self.technicians[technician].skills.0.contains(&self.work[work].kind.skill)
    }

    /// Takes over what there is before anything happens. Nobody has an address yet to which a mail about it could go.
    ///
    /// # Errors
    /// When the tables are wrong, or the database fails.
    pub async fn take_over_ground(app: &App) -> anyhow::Result<()> {
        let ground = TABLES.iter().filter(|(kind, ..)| !TERMS.contains(kind) && *kind != ImportKind::Appointments);
        let without_addresses = ground.map(|(kind, name, text)| match kind {
            // A column without a name is none, and a table says nothing of what it has no column for.
            ImportKind::Technicians | ImportKind::People => file(name, text.replacen(ADDRESS, "", 1)),
            _ => file(name, (*text).to_owned()),
        });
        take_over(app, without_addresses).await
    }

    /// Takes over what was agreed on minutes, as it was known when the vendor came to Linka.
    ///
    /// # Errors
    /// As [`Examples::take_over_ground`].
    pub async fn take_over_terms(app: &App) -> anyhow::Result<()> {
        let terms = TABLES.iter().filter(|(kind, ..)| TERMS.contains(kind));
        take_over(app, terms.map(|(_, name, text)| file(name, (*text).to_owned()))).await
    }

    /// Takes over all of the tables, what is agreed in some weeks from now.
    ///
    /// # Errors
    /// As [`Examples::take_over_ground`].
    pub async fn take_over_all(&self, app: &App, calendar: &BusinessCalendar) -> anyhow::Result<()> {
        let agreed = self.agreed_after(app.clock.now(), calendar);
        let all = TABLES.iter().map(|(kind, name, text)| match kind {
            ImportKind::Appointments => file(name, agreed.clone()),
            _ => file(name, (*text).to_owned()),
        });
        take_over(app, all).await
    }

    /// The table of what is agreed, moved by so many weeks that it is [`WEEKS_AHEAD`], and by more where the line is closed then.
    fn agreed_after(&self, now: DateTime<Utc>, calendar: &BusinessCalendar) -> Vec<u8> {
        let monday = |date: NaiveDate| date - Days::new(date.weekday().num_days_from_monday().into());
        let first = self.appointments.iter().map(|agreed| agreed.start.0.date()).min().unwrap_or_default();
        let shift = monday(to_local(now).date()) + Days::new(7 * WEEKS_AHEAD) - monday(first);
        let lines = self.appointments.iter().cloned().map(|mut agreed| {
            agreed.start.0 += shift;
            while !calendar.is_working_day(agreed.start.0.date()) {
                agreed.start.0 += TimeDelta::weeks(1);
            }
            agreed.write()
        });
        let header = Appointment::COLUMNS.iter().map(|column| column.name.to_owned()).collect();
        write_csv(std::iter::once(header).chain(lines))
    }
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: bytes.into() }
}

async fn take_over(app: &App, files: impl Iterator<Item = SourceFile>) -> anyhow::Result<()> {
    let report = imports::import(app, None, &files.collect::<Vec<_>>(), false).await?;
    refuse(&report.problems)
}

/// The lines of a table.
fn rows<R: Row>() -> anyhow::Result<Vec<R>> {
    let of_kind = TABLES.iter().filter(|(kind, ..)| *kind == R::KIND);
    rows_of(&of_kind.map(|(_, name, text)| file(name, (*text).to_owned())).collect::<Vec<_>>())
}

fn rows_of<R: Row>(files: &[SourceFile]) -> anyhow::Result<Vec<R>> {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    let (sheets, problems) = sheets::read(files);
    refuse(&problems)?;
    for sheet in &sheets {
        let problem = |line, column: &str, fault| {
            let (file, column) = (sheet.file.clone(), column.to_owned());
            LineProblem { file, line, column, fault }
        };
        let (header, faults) = Header::of(R::COLUMNS, &sheet.header);
        wrong.extend(faults.iter().map(|(column, fault)| problem(1, column, *fault)));
        for (line, cells) in &sheet.lines {
            match R::read(&header, cells) {
                Ok(row) => rows.push(row),
                Err(faults) => wrong.extend(faults.iter().map(|(column, fault)| problem(*line, column, *fault))),
            }
        }
    }
    refuse(&wrong)?;
    Ok(rows)
}

/// Says what is wrong with the tables, if anything is.
fn refuse(problems: &[LineProblem]) -> anyhow::Result<()> {
    let told: Vec<String> = problems.iter().map(|problem| import_words::line(Locale::En, problem)).collect();
    ensure!(told.is_empty(), "examples/import: {}", told.join("; "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_told_with_its_file_and_number() {
        let text = "klíč;název;IČO\nZ001;Škola;70874123\nZ002;;70874123\n";
        let told = rows_of::<Customer>(&[file("customers.csv", text)]).err().map(|error| error.to_string());
        assert!(
            told.as_deref().is_some_and(|told| told.starts_with("examples/import: customers.csv:3: name:")),
            "{told:?}"
        );
        assert!(Examples::read().is_ok());
    }

    #[test]
    fn what_is_agreed_lies_ahead_of_the_diaries_on_any_day() {
        let examples = Examples::read().unwrap();
        let closes = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let calendar = BusinessCalendar::new(closes(7), closes(15), []);
        let first = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for day in first.iter_days().take(800) {
            let now = day.and_time(closes(22)).and_utc();
            let table = examples.agreed_after(now, &calendar);
            let moved = rows_of::<Appointment>(&[file("appointments.csv", table)]).unwrap();
            assert_eq!(moved.len(), examples.appointments.len());
            for (moved, told) in moved.iter().zip(&examples.appointments) {
                let date = moved.start.0.date();
                assert!(calendar.is_working_day(date) && date > day + Days::new(14), "{moved:?} on {day}");
                assert_eq!((moved.start.0 - told.start.0).num_days() % 7, 0, "by whole weeks");
            }
        }
    }
}
