//! Taking over a vendor's data from tables: what there is, what a line says, what is wrong with it, and what came of it.
//!
//! The same tables are what an export writes, so each row knows how to be read and how to be written. `docs/import.md` is made
//! of the columns here.

mod cells;
mod columns;
mod keeping;
mod line;
mod opening;
mod planning;
mod rows;
mod tables;

use serde::{Deserialize, Serialize};

pub use cells::{
    Cell, Country, Crowns, Dic, EmailAddress, Flag, Ico, Key, Line, ListOf, Moment, Paid, PhoneNumber, PostalCode,
    PostalPrefixes, SeriesName, Sha256, Spans, Symbol, TeamviewerId, Text, Total, Whole, is_near,
};
pub use columns::{Column, Header};
pub use keeping::{ComputerProgram, CustomerComputer, CustomerStanding, ProgramVersion, SignedFile, signed_file_path};
pub use line::{Region, Tier};
pub use opening::{OpenInvoice, Price, Series, SoldBundle};
pub use planning::{Absence, ClosedDay, PlanWeek};
pub use rows::{
    Appointment, Balance, Contact, Contract, Customer, Licence, Person, Program, Reference, Row, Skill, Technician,
    Term, WorkType,
};

use crate::model::base::codes::coded_enum;

coded_enum! {
    /// A kind of table, in the order in which they are taken: each refers only to what stands before it. The code is the name of
    /// its file.
    pub enum ImportKind {
        /// Where the line is called.
        Regions = "regions",
        /// How fast it promises to be.
        Tiers = "tiers",
        /// What technicians know.
        Skills = "skills",
        /// What the vendor sells.
        Programs = "programs",
        /// Which versions there are of it.
        ProgramVersions = "program_versions",
        /// What can be ordered.
        WorkTypes = "work_types",
        /// Who does the work.
        Technicians = "technicians",
        /// In which weeks they work.
        Plans = "plans",
        /// Where numbers go on.
        Series = "series",
        /// What the line costs.
        Prices = "prices",
        /// Which minutes are sold in advance.
        Bundles = "bundles",
        /// Organisations that are customers.
        Customers = "customers",
        /// Their people.
        People = "people",
        /// Where else they are reached.
        Contacts = "contacts",
        /// Which programs they run.
        Licences = "licences",
        /// The computers to which technicians connect.
        Computers = "computers",
        /// On which of them the programs run.
        ComputerPrograms = "computer_programs",
        /// By which terms they get minutes.
        Contracts = "contracts",
        /// What was signed of contracts.
        ContractFiles = "contract_files",
        /// What is left to them of their minutes.
        Balances = "balances",
        /// What they owe from before.
        Invoices = "invoices",
        /// What is agreed with them.
        Appointments = "appointments",
        /// When technicians are absent, or there on top of their week: after what is agreed, which dispatch then finds another place.
        Absences = "absences",
        /// When nobody works, likewise.
        Closures = "closures",
        /// Which customers may not order: after what is agreed with them, which stays.
        Standings = "standings",
    }
}

coded_enum! {
    /// In which encoding the text of a table was.
    pub enum TextEncoding {
        /// That of today.
        Utf8 = "utf_8",
        /// That of spreadsheets which are asked for "Unicode".
        Utf16 = "utf_16",
        /// That of Windows.
        Windows1250 = "windows_1250",
        /// That of Unix, once.
        Iso88592 = "iso_8859_2",
        /// That of DOS.
        Cp852 = "cp852",
    }
}

impl TextEncoding {
    /// Whether it was recognised by the letters, and not said by the file.
    #[must_use]
    pub const fn is_assumed(self) -> bool {
        matches!(self, Self::Windows1250 | Self::Iso88592 | Self::Cp852)
    }
}

coded_enum! {
    /// Why a line, or a whole file, cannot be taken.
    pub enum ImportFault {
        /// The name of the file is that of no table.
        UnknownFile = "unknown_file",
        /// The file cannot be read as a table.
        Unreadable = "unreadable",
        /// More lines than are taken from one file.
        TooManyLines = "too_many_lines",
        /// More columns than any table has.
        TooManyColumns = "too_many_columns",
        /// A column that is needed is not there.
        MissingColumn = "missing_column",
        /// A column that there is not; the rest of the file is taken.
        UnknownColumn = "unknown_column",
        /// What stands there is no text in any encoding that is read.
        Garbled = "garbled",
        /// Nothing stands there.
        Missing = "missing",
        /// More characters than allowed.
        TooLong = "too_long",
        /// Not eight digits.
        NotAnIco = "not_an_ico",
        /// No number for VAT.
        NotADic = "not_a_dic",
        /// No postal code.
        NotAPostalCode = "not_a_postal_code",
        /// No telephone number that can be called.
        NotAPhone = "not_a_phone",
        /// No e-mail address.
        NotAnEmail = "not_an_email",
        /// No whole number.
        NotANumber = "not_a_number",
        /// A number outside its limits.
        OutOfRange = "out_of_range",
        /// No amount in crowns.
        NotAnAmount = "not_an_amount",
        /// No day.
        NotADay = "not_a_day",
        /// No day and time of day.
        NotAMoment = "not_a_moment",
        /// Neither yes nor no.
        NotYesOrNo = "not_yes_or_no",
        /// No hours of a day.
        NotHours = "not_hours",
        /// No number of TeamViewer's.
        NotATeamviewerId = "not_a_teamviewer_id",
        /// None of the words that can stand there.
        UnknownWord = "unknown_word",
        /// It ends before it begins.
        EndsBeforeItBegins = "ends_before_it_begins",
        /// It needs another column, which is empty.
        NeedsAnother = "needs_another",
        /// The same key stands in an earlier line.
        TwiceInTheFile = "twice_in_the_file",
        /// An earlier line says something of the same days.
        OverlapsALine = "overlaps_a_line",
        /// Nothing has that key.
        UnknownKey = "unknown_key",
        /// Something else has it already.
        AlreadyUsed = "already_used",
        /// Another contract of the customer is valid at the same time.
        OverlapsAnother = "overlaps_another",
        /// The technician has other work then.
        Taken = "taken",
        /// Minutes of the contract are credited for that time.
        Credited = "credited",
        /// The number, or one behind it, is taken.
        Issued = "issued",
        /// The technician does not work here any more then.
        GoneByThen = "gone_by_then",
        /// No such file stands beside the tables.
        NoSuchFile = "no_such_file",
        /// The file is no PDF, or too large.
        NotAPdf = "not_a_pdf",
        /// The file is another one than was written down.
        Damaged = "damaged",
        /// Minutes were taken from it since.
        UsedSince = "used_since",
        /// Nothing of it is left to pay.
        NothingLeft = "nothing_left",
        /// It is over.
        InThePast = "in_the_past",
        /// It is known with something else in it, and cannot be changed any more.
        CannotChange = "cannot_change",
        /// The database does not take it.
        Refused = "refused",
    }
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineProblem {
    /// The file's name.
    pub file: String,
    /// The line, the first being 1; of a workbook the row.
    pub line: usize,
    /// The column's name; empty where it is the line as a whole.
    pub column: String,
    /// Why the line is not taken.
    pub fault: ImportFault,
}

/// How many lines of a table came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Lines of what was not known.
    pub new: u32,
    /// Lines that say something else than what was known.
    pub changed: u32,
    /// Lines that say what was known.
    pub same: u32,
    /// Lines that cannot be taken.
    pub wrong: u32,
}

/// What came of an import, or would come of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// Each table that there was, in the order in which they are taken.
    pub tables: Vec<(ImportKind, Counts)>,
    /// What is wrong, file by file and line by line; the first [`ImportReport::MOST_PROBLEMS`] of it.
    pub problems: Vec<LineProblem>,
    /// How many more there are.
    #[serde(default)]
    pub more: u32,
    /// Files of which the encoding was recognised by their letters.
    #[serde(default)]
    pub encodings: Vec<(String, TextEncoding)>,
}

impl ImportReport {
    /// The most problems that are kept one by one.
    pub const MOST_PROBLEMS: usize = 1_000;

    /// Adds what is wrong, or counts it where enough is told.
    pub fn add(&mut self, problem: LineProblem) {
        if self.problems.len() < Self::MOST_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// All tables together.
    #[must_use]
    pub fn total(&self) -> Counts {
        self.tables.iter().fold(Counts::default(), |sum, (_, counts)| Counts {
            new: sum.new + counts.new,
            changed: sum.changed + counts.changed,
            same: sum.same + counts.same,
            wrong: sum.wrong + counts.wrong,
        })
    }
}

/// What `/settings/import` shows of an import that was made, or tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The last one of this person; none before the first.
    pub last: Option<ImportReport>,
    /// Whether it was only tried.
    pub dry_run: bool,
}
